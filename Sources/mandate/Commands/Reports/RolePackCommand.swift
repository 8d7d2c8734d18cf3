import ArgumentParser
import Governance
import Secretariat

struct RolePackCommand: ShowsDocument {
    static let configuration = CommandConfiguration(
        commandName: "role-pack", abstract: "Show what a representative is to know of the role.")

    @OptionGroup var reading: ReadingOptions

    @OptionGroup var seat: SeatOptions

    @OptionGroup var shape: DocumentOptions

    func request(in session: Session) throws -> PaperRequest {
        let theirs = try seat.representative(in: session, reading, past: true)
        return PaperRequest(document: "role_pack", representative: theirs.id, reader: try session.actorIfNamed(reading))
    }
}
