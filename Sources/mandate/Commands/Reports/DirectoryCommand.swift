import ArgumentParser
import Secretariat

struct DirectoryCommand: ShowsDocument {
    static let configuration = CommandConfiguration(
        commandName: "directory", abstract: "Show who sits where, and how to reach them.")

    @OptionGroup var reading: ReadingOptions

    @Argument(help: "The body; all bodies if left out.")
    var body: String?

    @Flag(name: .customLong("public"), help: "As it may be published, without addresses, whoever asks.")
    var isPublic = false

    @OptionGroup var shape: DocumentOptions

    func request(in session: Session) throws -> PaperRequest {
        PaperRequest(
            document: "directory", body: try body.map { try session.lookup.body($0) },
            reader: isPublic ? nil : try session.actorIfNamed(reading))
    }
}
