import ArgumentParser
import Secretariat

struct ActionsCommand: ShowsDocument {
    static let configuration = CommandConfiguration(
        commandName: "actions", abstract: "Show the action log.")

    @OptionGroup var reading: ReadingOptions

    @Argument(help: "The body; all bodies if left out.")
    var body: String?

    @OptionGroup var shape: DocumentOptions

    func request(in session: Session) throws -> PaperRequest {
        PaperRequest(
            document: "actions", body: try body.map { try session.lookup.body($0) }, reader: try session.actorIfNamed(reading))
    }
}
