import Governance
import Secretariat

extension Session {
    /// The person in a seat: the newest of theirs, on that body if one is named.
    func representative(_ person: ID, on body: ID?) throws -> ID {
        let theirs = records.representatives.values.filter { it in
            it.person == person && it.term != nil && (body == nil || records.seats[it.seat]?.body == body)
        }.sorted { numbered($0.id, $1.id) }
        let bodies = Set(theirs.compactMap { records.seats[$0.seat]?.body })
        guard bodies.count <= 1 else {
            let names = bodies.compactMap { records.bodies[$0]?.name }.sorted().joined(separator: ", ")
            throw UsageFailure("\(standing.name(of: person)) sits on several bodies: say which, with --body (\(names))")
        }
        guard let found = theirs.last else {
            throw LookupFailure("\(standing.name(of: person)) sits for nobody" + (body == nil ? "" : " on that body"))
        }
        return found.id
    }
}
