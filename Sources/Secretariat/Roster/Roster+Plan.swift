public import Governance

extension Roster {
    /// What would change, a line for each record: `new seat: Carers 1`, `changed person: Ann O'Brien`.
    public func plan(in standing: Standing) -> [String] {
        var names = standing.personal
        for value in personal { names[value.key] = value.value }
        let told = Set(records.map(\.personID).compactMap(\.self))
        let values = Set(personal.map(\.owner)).subtracting(told).filter { standing.records.people[$0] != nil }
        return records.map { line(for: $0, in: standing.records, names) }
            + values.sorted(by: numbered).map { "changed person: \(names[$0 + "/name"] ?? $0)" }
    }

    private func line(for record: Record, in known: Records, _ names: [String: String]) -> String {
        func sort(_ isKnown: Bool, _ what: String) -> String { (isKnown ? "changed " : "new ") + what }
        let name = { (person: ID) in names[person + "/name"] ?? person }
        let seats = Dictionary(
            records.compactMap { record -> (ID, String)? in
                if case .seat(let it) = record { (it.id, it.name) } else { nil }
            } + known.seats.map { ($0.key, $0.value.name) }
        ) { first, _ in first }
        switch record {
        case .person(let it): return sort(known.people[it.id] != nil, "person: \(name(it.id))")
        case .organisation(let it): return sort(known.organisations[it.id] != nil, "organisation: \(it.name)")
        case .body(let it): return sort(known.bodies[it.id] != nil, "body: \(it.name)")
        case .seat(let it): return sort(known.seats[it.id] != nil, "seat: \(it.name)")
        case .term(let it):
            return sort(
                known.terms[it.id] != nil, "term: \(name(it.person)) in \(seats[it.seat] ?? it.seat), \(it.start) to \(it.end)")
        case .representative(let it):
            return sort(
                known.representatives[it.id] != nil, "representative: \(name(it.person)) in \(seats[it.seat] ?? it.seat)")
        default: return "changed record"
        }
    }
}

extension Record {
    fileprivate var personID: ID? {
        if case .person(let it) = self { it.id } else { nil }
    }
}
