import Calendars
import Governance
import Journals

extension Desk {
    /// How much of what stands a desk has in hand.
    public enum Extent: Sendable, Hashable {
        case everything
        /// Only what its work turns out to need: nothing at first, then the circles of the bodies concerned.
        case whatIsNeeded
    }

    /// The standing with the place in the journal at which it stands so.
    struct Held {
        var extent: Extent
        var standing = Standing()
        var sequence: Int64 = 0
        /// Where streams end, as far as known.
        var positions: [String: Int64] = [:]
        /// What the entries of a stream say, where a document asked for them.
        var stories: [String: [Governance.Entry]] = [:]
        /// Numbers as the rows have them.
        var numbers: [String: Int] = [:]
        /// The rows were made by another version of the program, or not at all: they are made anew before anything is written.
        var rowsAreOld = false

        init(extent: Extent) {
            self.extent = extent
            if extent == .whatIsNeeded { standing.circles = [] }
        }
    }

    private static let page = 1000

    /// Catches up with the entries recorded since the desk last looked: from the rows at first, then entry by entry. A desk that holds only
    /// what it needs lets go of it when others have written, and reads again what it then needs.
    func catchUp(_ reading: Reading) throws {
        let last = try reading.newestEntry()
        guard last?.sequence ?? 0 != held.sequence || held.sequence == 0 else { return }
        if held.sequence == 0 || held.standing.circles != nil {
            try begin(reading, last)
        } else {
            try fold(reading)
            try readPersonalValues(of: nil, reading)
        }
        if let last { newest = max(newest, Instant(seconds: last.recorded)) }
        try consult(reading)
    }

    private func begin(_ reading: Reading, _ last: Journals.Entry?) throws {
        held = Held(extent: held.extent)
        guard let last else {
            held.standing.circles = nil
            return
        }
        guard let numbers = try Rows.numbers(reading) else {
            held.standing = Standing()
            try fold(reading)
            held.rowsAreOld = true
            return try readPersonalValues(of: nil, reading)
        }
        held.sequence = last.sequence
        held.numbers = numbers
        held.standing.numbers = numbers
        held.standing.moment = Instant(seconds: last.recorded)
        if held.extent == .everything { try holdEverything(reading) }
    }

    private func fold(_ reading: Reading) throws {
        while true {
            let entries = try reading.entries(after: held.sequence, limit: Self.page)
            for placed in entries {
                let entry = try Ledger.read(placed)
                held.standing.evolve(entry)
                held.stories[placed.stream]?.append(entry)
                held.sequence = placed.sequence
                held.positions[placed.stream] = placed.position
                newest = max(newest, Instant(seconds: placed.recorded))
            }
            if entries.count < Self.page { return }
        }
    }

    /// What stands by the entries alone.
    static func replayed(_ reading: Reading) throws -> Standing {
        var standing = Standing()
        var sequence: Int64 = 0
        while true {
            let entries = try reading.entries(after: sequence, limit: page)
            for placed in entries { standing.evolve(try Ledger.read(placed)) }
            guard let last = entries.last, entries.count == page else { return standing }
            sequence = last.sequence
        }
    }

    func readPersonalValues(of people: [ID]?, _ reading: Reading) throws {
        guard let people else {
            held.standing.personal = [:]
            for value in try reading.personalValues() { held.standing.personal[value.id] = value.value }
            return
        }
        for person in people {
            for value in try reading.personalValues(of: person) { held.standing.personal[value.id] = value.value }
        }
    }

    /// Has everything in hand from now on.
    func holdEverything(_ reading: Reading) throws {
        guard !held.rowsAreOld else { return }
        let moment = held.standing.moment
        held.standing = Standing()
        held.standing.numbers = held.numbers
        held.standing.moment = moment
        held.standing.take(try Rows.portion(nil, reading))
        try readPersonalValues(of: nil, reading)
        try consult(reading)
    }

    /// Has the circles of these bodies in hand, beside those that it has, with the cases about no body that concern them. Where it is such a case
    /// that is wanted itself, everything: what it hears and asks knows no bounds.
    func hold(_ bodies: Set<ID>, _ reading: Reading) throws {
        guard let known = held.standing.circles else { return }
        let missing = bodies.subtracting(known)
        guard !missing.isEmpty else { return }
        if missing.contains("") || registrar.rulebook.mixesOrganisations { return try holdEverything(reading) }
        let portion = try Rows.portion(missing, beside: known, reading)
        held.standing.circles = known.union(missing)
        held.standing.take(portion)
        let people = portion.records.compactMap { record -> ID? in
            guard case .person(let person) = record else { return nil }
            return person.id
        }
        try readPersonalValues(of: people, reading)
        try consult(reading)
    }

    /// Has all in hand that fires by now.
    func holdWhatIsDue(by now: Instant, _ reading: Reading) throws {
        guard held.standing.circles != nil else { return }
        let cases = Set(try reading.timers(TimerFilter(dueBy: now.seconds)).map(\.caseID))
        try holdCases(cases, reading)
    }

    func holdCases(_ cases: Set<ID>, _ reading: Reading) throws {
        guard held.standing.circles != nil else { return }
        try hold(Set(try cases.compactMap { try reading.caseRow($0)?.circle }), reading)
    }

    /// Has all the bodies in hand with which these people have to do.
    func holdPeople(_ people: Set<ID>, _ reading: Reading) throws {
        guard held.standing.circles != nil else { return }
        try hold(Set(try people.flatMap { try reading.circles(of: $0) }), reading)
        // What they owe in cases about no body, such as for an organisation that has no seat.
        for duty in try reading.duties(DutyFilter(state: "open", circle: "")) where held.standing.duties[duty.id] == nil {
            let owners = duty.owner.split(separator: " ")
            if owners.contains(where: { people.contains(ID($0)) }) { return try holdEverything(reading) }
        }
    }

    func position(of stream: String, _ reading: Reading) throws -> Int64 {
        if let known = held.positions[stream] { return known }
        return try reading.position(of: stream)
    }

    /// What the entries of a stream say, in order.
    func entries(of stream: String, _ reading: Reading) throws -> [Governance.Entry] {
        if let known = held.stories[stream] { return known }
        let story = try reading.entries(of: stream).map { try Ledger.read($0) }
        held.stories[stream] = story
        return story
    }
}
