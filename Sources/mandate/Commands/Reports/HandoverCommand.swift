import ArgumentParser
import Governance
import Secretariat

struct HandoverCommand: ShowsDocument {
    static let configuration = CommandConfiguration(
        commandName: "handover", abstract: "Show what a successor in a seat needs to know.")

    @OptionGroup var reading: ReadingOptions

    @OptionGroup var seat: SeatOptions

    @OptionGroup var shape: DocumentOptions

    func request(in session: Session) throws -> PaperRequest {
        let theirs = try seat.representative(in: session, reading, past: true)
        return PaperRequest(document: "handover_pack", representative: theirs.id, reader: try session.actorIfNamed(reading))
    }
}
