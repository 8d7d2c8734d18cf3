import CEL
import Calendars
import Diagnostics
import Foundation
import Governance
import Testing
import Workflows

extension Rehearsal {
    /// Lets the society go by other rules from now on; open cases keep those with which they began.
    mutating func go(by change: (inout RulePack) -> Void) {
        var rulebook = registrar.rulebook
        rulebook.pinnedPacks[rulebook.standard.pack.hash] = rulebook.standard.pack
        var pack = rulebook.standard.pack
        change(&pack)
        pack.hash += "'"
        rulebook.standard.pack = pack
        registrar = Registrar(rulebook: rulebook)
    }

    /// Puts a holiday table with these days besides into force.
    mutating func proclaim(_ days: String...) {
        var rulebook = registrar.rulebook
        guard let table = rulebook.standard.holidays else { return }
        let hash = rulebook.standard.holidaysHash ?? "first table"
        rulebook.pinnedTables[hash] = table
        var all = table.days
        for day in days.compactMap({ CivilDate($0) }) { all[day] = "Proclaimed" }
        rulebook.standard.holidays = HolidayTable(name: table.name, edition: table.edition.adding(days: 1), days: all)
        rulebook.standard.holidaysHash = hash + "'"
        registrar = Registrar(rulebook: rulebook)
    }

    /// A shipped rule pack with its own holiday table.
    static func shipped(_ name: String) throws -> RulePack {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Workflows/rules").standardized
        let text = try String(contentsOf: folder.appending(path: name + ".yaml"), encoding: .utf8)
        return try #require(readRulePack(SourceText(name: name, text: text), hash: "hash of " + name).0)
    }

    /// The society before a meeting on 18 November with one item, under these rules.
    static func planned(under change: (inout RulePack) -> Void = { _ in }) -> Rehearsal {
        var it = Rehearsal(at: "2026-10-01 10:00")
        it.go(by: change)
        it.proclaim()
        it.settleIn()
        it.say(
            "plan_meeting", by: "sue", [:],
            ["body": .string("b1"), "start": it.at("2026-11-18 14:00"), "title": .string("November")])
        it.say("add_item", by: "sue", [.meeting: "m1"], ["title": .string("Budget"), "purpose": .string("decision")])
        return it
    }

    /// The meeting opened, with these people there.
    mutating func open(with names: [String]) {
        wait(until: "2026-11-18 14:00")
        say("preside", by: "sue", [.meeting: "m1"], ["person": person("carl")])
        for name in names { say("arrive", by: "sue", [.meeting: "m1"], ["person": person(name)]) }
        say("open_meeting", by: "sue", [.meeting: "m1"])
    }

    mutating func declare(
        _ name: String, _ kind: String = "financial", item: String = "i1", ruled ruling: String? = "must_withdraw"
    ) {
        say(
            "declare", by: name, [.meeting: "m1"],
            ["item": .string(item), "kind": .string(kind), "nature": .string("A stake.")])
        guard let ruling else { return }
        let representative = standing.records.representatives.values.first { $0.person == id(name) && $0.term != nil }?.id ?? ""
        say("rule", by: "carl", [.item: item, .representative: representative], ["ruling": .string(ruling)])
    }

    func quorum(item: String? = nil) -> Quorum { standing.quorum(of: "m1", item: item, by: registrar.rulebook) }

    /// The open duty of that title.
    func duty(_ title: String, of name: String) -> Duty? {
        registrar.owed(by: id(name), in: standing, now: now, everything: true).first { $0.title == title }?.duty
    }

    func day(_ instant: Instant?) -> String? { instant.map { Self.zone.civil(at: $0).date.description } }
}
