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

    @Flag(name: .customLong("public"), help: "As it may be published, whoever asks.")
    var isPublic = false

    @OptionGroup var shape: DocumentOptions

    func request(in session: Session) throws -> PaperRequest {
        let reader = isPublic ? nil : try session.actorIfNamed(reading)
        if let name = body?.underscored, session.rulebook.register(named: name) != nil {
            var request = PaperRequest(document: "register_rows", reader: reader)
            request.register = name
            return request
        }
        return PaperRequest(document: "register", body: try body.map { try session.lookup.body($0) }, reader: reader)
    }
}
