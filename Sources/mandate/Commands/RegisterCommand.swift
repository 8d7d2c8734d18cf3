import ArgumentParser
import Governance
import Secretariat

struct RegisterCommand: ShowsDocument {
    static let configuration = CommandConfiguration(
        commandName: "register", abstract: "Show the register of interests, or another one.",
        discussion: "Workflows declare registers of their own, such as training taken; name one in place of a body.")

    @OptionGroup var reading: ReadingOptions

    @Argument(help: "The body, or a register; the interests of all bodies if left out.")
    var body: String?

    @Option(help: "md, html or text.")
    var format: Format = .text

    func request(in session: Session) throws -> PaperRequest {
        if let name = body?.underscored, session.rulebook.register(named: name) != nil {
            var request = PaperRequest(document: "register_rows", reader: try session.actorIfNamed(reading))
            request.register = name
            return request
        }
        return PaperRequest(
            document: "register", body: try body.map { try session.lookup.body($0) }, reader: try session.actorIfNamed(reading))
    }
}
