import ArgumentParser
import Secretariat

struct AccountabilityCommand: ShowsDocument {
    static let configuration = CommandConfiguration(
        commandName: "accountability", abstract: "Show attendance, reports and views, seat by seat.")

    @OptionGroup var reading: ReadingOptions

    @Argument(help: "The body; all bodies if left out.")
    var body: String?

    @Option(help: "Only the seats of this nominating body.")
    var organisation: String?

    @OptionGroup var shape: DocumentOptions

    func request(in session: Session) throws -> PaperRequest {
        PaperRequest(
            document: "accountability", body: try body.map { try session.lookup.body($0) },
            organisation: try organisation.map { try session.lookup.organisation($0) },
            reader: try session.actorIfNamed(reading))
    }
}
