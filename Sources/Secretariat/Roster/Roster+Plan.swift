public import Governance

extension Roster {
    /// What would change, a line for each record: `new seat: Carers 1`, `changed person: Ann O'Brien`; under it who holds which role from
    /// then on, who stands in and who is reported back to, each with who did before.
    public func plan(in standing: Standing) -> [String] {
        let told = Set(records.map(\.personID).compactMap(\.self))
        let values = Set(personal.map(\.owner)).subtracting(told).filter { standing.records.people[$0] != nil }
        let telling = RosterTelling(self, standing)
        return records.flatMap { telling.lines(for: $0) }
            + values.sorted(by: numbered).map { "changed person: \(telling.name(of: $0))" }
    }
}

/// Tells what a roster changes, by the names that hold once it is taken.
private struct RosterTelling {
    let known: Records
    let names: [String: String]
    let seats: [ID: String]

    init(_ roster: Roster, _ standing: Standing) {
        known = standing.records
        names = standing.personal.merging(roster.personal.map { ($0.key, $0.value) }) { $1 }
        let new = roster.records.compactMap { record -> (ID, String)? in
            if case .seat(let it) = record { (it.id, it.name) } else { nil }
        }
        seats = known.seats.mapValues(\.name).merging(new) { $1 }
    }

    func name(of person: ID) -> String { names[person + "/name"] ?? person }

    func lines(for record: Record) -> [String] {
        func sort(_ isKnown: Bool, _ what: String) -> String { (isKnown ? "changed " : "new ") + what }
        switch record {
        case .person(let it): return [sort(known.people[it.id] != nil, "person: \(name(of: it.id))")]
        case .organisation(let it):
            let before = known.organisations[it.id]
            let reportedTo = change("reported back to for \(it.name)", before?.constituency ?? [], it.constituency)
            return [sort(before != nil, "organisation: \(it.name)")] + roles(it.roles, before?.roles ?? [:], of: it.name)
                + reportedTo
        case .body(let it):
            let before = known.bodies[it.id]
            return [sort(before != nil, "body: \(it.name)")] + roles(it.roles, before?.roles ?? [:], of: it.name)
        case .seat(let it):
            let before = known.seats[it.id]
            return [sort(before != nil, "seat: \(it.name)")]
                + change("stands in for \(it.name)", before?.substitutes ?? [], it.substitutes)
        case .term(let it):
            let words = "term: \(name(of: it.person)) in \(seats[it.seat] ?? it.seat), \(it.start) to \(it.end)"
            return [sort(known.terms[it.id] != nil, words)]
        case .representative(let it):
            let words = "representative: \(name(of: it.person)) in \(seats[it.seat] ?? it.seat)"
            return [sort(known.representatives[it.id] != nil, words)]
        default: return ["changed record"]
        }
    }

    /// A line for each role that passes to others.
    private func roles(_ after: [String: [ID]], _ before: [String: [ID]], of place: String) -> [String] {
        after.keys.sorted().flatMap { role in
            let title = role.split(separator: "_").joined(separator: " ")
            let holders = after[role] ?? []
            let lines = change("\(title) of \(place)", before[role] ?? [], holders)
            guard !lines.isEmpty, role == "chair", holders.count > 1 else { return lines }
            return lines + ["  note: \(place) has \(holders.count) chairs; each of them may do what a chair does, and owes it"]
        }
    }

    /// `  chair of Housing Board: Cho Lin (before: Ann Archer)`; nothing where it stays as it was.
    private func change(_ what: String, _ before: [ID], _ after: [ID]) -> [String] {
        guard before != after else { return [] }
        let told = before.isEmpty ? "" : " (before: \(people(before)))"
        return ["  \(what): \(after.isEmpty ? "nobody" : people(after))\(told)"]
    }

    private func people(_ ids: [ID]) -> String {
        let shown = ids.prefix(Self.mostNamed).map { name(of: $0) }
        return enumerated(ids.count > shown.count ? shown + ["\(ids.count - shown.count) more"] : Array(shown))
    }

    private static let mostNamed = 12
}

extension Record {
    fileprivate var personID: ID? {
        if case .person(let it) = self { it.id } else { nil }
    }
}
