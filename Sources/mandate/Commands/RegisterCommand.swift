import ArgumentParser
import Secretariat

struct RegisterCommand: ShowsDocument {
    static let configuration = CommandConfiguration(
        commandName: "register", abstract: "Show the register of interests of a body.")

    @OptionGroup var reading: ReadingOptions

    @Argument(help: "The body; all bodies if left out.")
    var body: String?

    @Flag(name: .customLong("public"), help: "As it may be published, whoever asks.")
    var isPublic = false

    @OptionGroup var shape: DocumentOptions

    func request(in session: Session) throws -> PaperRequest {
        PaperRequest(
            document: "register", body: try body.map { try session.lookup.body($0) },
            reader: isPublic ? nil : try session.actorIfNamed(reading))
    }
}
