public import Calendars
import Workflows

// Erasing a person (UK GDPR, article 17).
extension Registrar {
    /// Why a person should not be erased yet: while somebody holds an office or owes something, what is known of them is needed for the
    /// purpose for which it is kept (article 17(3)). Being on a list of those reported back to, or a substitute, is no such reason.
    public func reasonsToKeep(_ person: ID, in standing: Standing, now: Instant) -> [String] {
        let records = standing.records
        let terms = records.terms.values.sorted { numbered($0.id, $1.id) }.filter { term in
            let zone = rulebook.binding(of: records.seats[term.seat]?.body).zone
            return term.person == person && term.end >= zone.civil(at: now).date
        }
        let offices =
            records.bodies.values.sorted { numbered($0.id, $1.id) }.map { ($0.name, $0.roles) }
            + records.organisations.values.sorted { numbered($0.id, $1.id) }.map { ($0.name, $0.roles) }
        let roles = offices.flatMap { name, roles in
            roles.filter { $0.value.contains(person) }.keys.sorted().map { "\($0) of \(name)" }
        }
        let duties = standing.duties.values.filter { $0.isOpen && owners(of: $0, in: standing).contains(person) }
        return terms.map { term in
            let seat = records.seats[term.seat]
            return "a term on \(seat.flatMap { records.bodies[$0.body]?.name } ?? term.seat) until \(term.end.words)"
        } + roles.map { $0.split(separator: "_").joined(separator: " ") }
            + (duties.isEmpty ? [] : ["\(duties.count) open \(duties.count == 1 ? "duty" : "duties")"])
    }

    /// Erases a person: takes them off every list, and says for good that nothing is to be known of them. The words themselves stand apart from
    /// the journal, and are the caller's to erase.
    public func erase(
        _ erasure: Erasure, by actor: ID, isForced: Bool = false, in standing: Standing, now: Instant
    ) -> Decision {
        let name = standing.name(of: erasure.person)
        guard standing.records.people[erasure.person] != nil else {
            return .refused(Refusal(.noCase, "There is no person \(erasure.person)."))
        }
        guard standing.mayErase(actor) else {
            return .refused(
                Refusal(
                    .notYours,
                    "Only a body's secretary or chair, or a coordinator, may erase a person; \(standing.name(of: actor)) is none."
                )
            )
        }
        if let before = standing.erasures[erasure.person], !before.staysInRecord || erasure.staysInRecord {
            return .refused(Refusal(.notNow, "\(erasure.person) was erased on \(before.at)."))
        }
        let reasons = reasonsToKeep(erasure.person, in: standing, now: now)
        guard reasons.isEmpty || isForced else {
            return .refused(
                Refusal(
                    .rule, "\(name) still has an office or something to do, for which what is known of them is needed.",
                    notes: reasons + ["End these first; or erase all the same with --force."]))
        }
        return note(.erasure, "erase_person", stream: "society", by: actor, in: standing, now: now) {
            (proceeding) throws(Refusal) in
            proceeding.strike(erasure.person)
            proceeding.apply(.erased(erasure))
        }
    }
}

extension Standing {
    package func mayErase(_ person: ID) -> Bool {
        records.bodies.values.contains { body in
            ["secretary", "chair"].contains { (body.roles[$0] ?? []).contains(person) }
        } || records.organisations.values.contains { ($0.roles["coordinator"] ?? []).contains(person) }
    }
}

extension Proceeding {
    /// Takes a person off every list on which they would be written to or asked.
    fileprivate mutating func strike(_ person: ID) {
        for var body in standing.records.bodies.values.sorted(by: { numbered($0.id, $1.id) })
        where body.roles.values.contains(where: { $0.contains(person) }) {
            body.roles = body.roles.mapValues { $0.filter { $0 != person } }.filter { !$0.value.isEmpty }
            apply(.recorded(.body(body)))
        }
        for var it in standing.records.organisations.values.sorted(by: { numbered($0.id, $1.id) })
        where it.constituency.contains(person) || it.roles.values.contains(where: { $0.contains(person) }) {
            it.constituency.removeAll { $0 == person }
            it.roles = it.roles.mapValues { $0.filter { $0 != person } }.filter { !$0.value.isEmpty }
            apply(.recorded(.organisation(it)))
        }
        for var seat in standing.records.seats.values.sorted(by: { numbered($0.id, $1.id) })
        where seat.substitutes.contains(person) {
            seat.substitutes.removeAll { $0 == person }
            apply(.recorded(.seat(seat)))
        }
    }
}
