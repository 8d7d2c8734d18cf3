import ArgumentParser
import Calendars
import Governance
import Secretariat

/// Whose service in a seat a subcommand is about.
struct SeatOptions: ParsableArguments {
    @Option(name: .customLong("for"), help: ArgumentHelp("Whose; else that of whoever acts.", valueName: "person"))
    var person: String?

    @Option(help: "Of which body, for someone with seats on several.")
    var body: String?

    /// The newest service of the person, on that body if one is named; with `past`, also one that is over.
    func representative(in session: Session, _ reading: ReadingOptions, past: Bool = false) throws -> Representative {
        let person = try session.lookup.person(try person ?? session.actor(reading))
        let body = try body.map { try session.lookup.body($0) }
        let records = session.records
        let theirs = records.representatives.values.filter { it in
            let itsBody = records.seats[it.seat]?.body
            guard it.person == person, it.term != nil, body == nil || itsBody == body else { return false }
            return past
                || session.standing.serves(it, on: session.desk.zone(of: itsBody).civil(at: session.desk.now).date)
        }.sorted { numbered($0.id, $1.id) }
        let name = session.standing.name(of: person)
        let bodies = Set(theirs.compactMap { records.seats[$0.seat]?.body })
        guard bodies.count <= 1 else {
            throw LookupFailure(
                "\(name) sits on several bodies; say which with --body",
                candidates: bodies.compactMap { records.bodies[$0]?.name }.sorted())
        }
        guard let newest = theirs.last else {
            throw LookupFailure("\(name) holds no seat" + (body == nil ? "" : " on that body") + (past ? "" : " now"))
        }
        return newest
    }
}
