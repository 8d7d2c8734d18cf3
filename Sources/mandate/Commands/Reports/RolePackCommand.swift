import ArgumentParser
import Secretariat

struct RolePackCommand: ShowsDocument {
    static let configuration = CommandConfiguration(
        commandName: "role-pack", abstract: "Show what a representative is to know of the role.")

    @OptionGroup var reading: ReadingOptions

    @Option(name: .customLong("for"), help: ArgumentHelp("Whose; else that of whoever acts.", valueName: "person"))
    var person: String?

    @Option(help: "Of which body, for someone with seats on several.")
    var body: String?

    @OptionGroup var shape: DocumentOptions

    func request(in session: Session) throws -> PaperRequest {
        let whose = try session.lookup.person(try person ?? session.actor(reading))
        let seat = try session.representative(whose, on: try body.map { try session.lookup.body($0) })
        return PaperRequest(document: "role_pack", representative: seat, reader: try session.actorIfNamed(reading))
    }
}
