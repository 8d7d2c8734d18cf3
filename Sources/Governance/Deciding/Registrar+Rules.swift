import Calendars
import Workflows

/// What of the rules in force open cases are to go by from now on.
public struct RulesAdoption: Sendable, Hashable {
    /// The rule pack, with the body's own values.
    public var pack: Bool
    public var holidays: Bool

    public init(pack: Bool, holidays: Bool) {
        self.pack = pack
        self.holidays = holidays
    }

    public static let holidayTable = RulesAdoption(pack: false, holidays: true)
    public static let rulePack = RulesAdoption(pack: true, holidays: false)

    var name: String { pack ? "adopt_rules" : "adopt_holidays" }

    func pins(of it: Case, towards pins: Pins) -> Pins {
        Pins(pack: pack ? pins.pack : it.pins?.pack ?? pins.pack, holidays: holidays ? pins.holidays : it.pins?.holidays)
    }
}

extension Registrar {
    /// The open cases that go by other texts than those in force, in the respects named.
    public func casesBehind(_ adoption: RulesAdoption, in standing: Standing) -> [Case] {
        standing.openFamilies.flatMap { standing.openCases(inFamily: $0) }.filter { it in
            it.pins != adoption.pins(of: it, towards: rulebook.binding(of: standing.keys(of: it).all[.body]).pins)
        }
    }

    /// Lets open cases go by the rules in force: their deadlines, duties and reminders move, those concerned are told, and a notice that has become
    /// short is owed anew. Only a body's secretary or chair may.
    public func adopt(_ adoption: RulesAdoption, by actor: ID, in standing: Standing, now: Instant) -> Decision {
        let bodies = standing.records.bodies.values.filter { body in
            ["secretary", "chair"].contains { (body.roles[$0] ?? []).contains(actor) }
        }.map(\.id)
        guard !bodies.isEmpty else {
            return .refused(
                Refusal(.notYours, "Only a body's secretary or chair may adopt rules; \(standing.name(of: actor)) is neither."))
        }
        let behind = casesBehind(adoption, in: standing).filter { it in
            standing.keys(of: it).all[.body].map(bodies.contains) ?? true
        }
        guard !behind.isEmpty else {
            return .refused(
                Refusal(.notNow, "All open cases of your bodies go by what is in force already: there is nothing to adopt."))
        }
        return note(.adoption, adoption.name, stream: "society", by: actor, in: standing, now: now) {
            (proceeding) throws(Refusal) in proceeding.adopt(adoption, in: behind)
        }
    }
}

extension Proceeding {
    mutating func adopt(_ adoption: RulesAdoption, in behind: [Case]) {
        for it in behind {
            let pins = rulebook.binding(of: standing.keys(of: it).all[.body]).pins
            apply(.pinned(ofCase: it.id, adoption.pins(of: it, towards: pins)))
        }
        // What hangs on another case of the same family moves too.
        for family in Set(behind.map(\.family)) { stale.formUnion(standing.openCases(inFamily: family).map(\.id)) }
        refreshDeadlines()
        let meetings = Set(behind.compactMap { standing.keys(of: $0).all[.meeting] })
        for meeting in meetings.sorted(by: numbered) {
            words.append(.word(Word(event: "rules_adopted", about: [.meeting: meeting], payload: [:], from: nil)))
        }
    }
}
