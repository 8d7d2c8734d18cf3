import CEL
import Calendars
import Diagnostics
import Foundation
import Governance
import Journals
import Testing
import Workflows

@testable import Secretariat

/// A new edition of the holiday table lies in the workspace: what stays, what moves, and which messages are taken back.
@Suite("A new holiday table in a workspace") struct AdoptionTests {
    let society: Society

    init() throws {
        society = try Society()
        try society.take(Society.roster)
        try society.give("plan_meeting", by: "sam", meeting: nil, ["body": "Health Board", "start": "2026-05-12 14:00"])
        try society.give("plan_meeting", by: "sam", meeting: nil, ["body": "Carers Group", "start": "2026-05-06 14:00"])
    }

    private func desk() throws -> Desk {
        let workspace = try Workspace(folder: society.folder, shelf: Shelf(folder: Society.share))
        return try Desk(
            workspace: workspace, journal: society.journal, files: try FileStore(folder: society.folder + "/files"),
            clock: society.clock, chance: society.chance)
    }

    private var tablePath: String { society.folder + "/Workflows/holidays/england-and-wales.yaml" }

    private func proclaim(_ day: String) throws {
        let shipped = String(
            decoding: try Disk.read(Society.checkout + "/Workflows/holidays/england-and-wales.yaml"), as: UTF8.self)
        try Disk.makeFolder(society.folder + "/Workflows/holidays")
        try Disk.write(shipped.replacing("rules:\n", with: "  \(day): Proclaimed\nrules:\n"), to: tablePath, replacing: true)
    }

    private func due(_ title: String, of meeting: ID, _ desk: Desk) throws -> String {
        let duty = desk.standing.duties.values.compactMap { desk.registrar.describe($0, in: desk.standing, now: desk.now) }
            .first { $0.title == title && $0.meeting == meeting && $0.duty.isOpen }
        return desk.zone(of: nil).civil(at: try #require(duty).duty.due).date.description
    }

    private func adopt(_ desk: Desk, id: String = "k1") throws -> Reply {
        try desk.adopt(.holidayTable, by: try desk.lookup().person("sam"), id: id)
    }

    @Test("open cases keep their table until the new one is adopted, and the text of the old one is kept")
    func pinned() throws {
        let title = "Circulate the papers"
        #expect(try due(title, of: "m1", society.desk) == "2026-05-05")
        try proclaim("2026-05-07")
        let reopened = try desk()
        _ = try reopened.perform(
            Command(
                id: "k0", name: "add_item", subjects: [.meeting: "m1"],
                fields: ["title": .string("A"), "purpose": .string("discussion")], actor: try reopened.lookup().person("sam")))
        #expect(try due(title, of: "m1", reopened) == "2026-05-05")
        #expect(try adopt(reopened).receipt != nil)
        #expect(try due(title, of: "m1", reopened) == "2026-05-01")
        // The file is gone again: the case goes by the text that the journal keeps.
        try FileManager.default.removeItem(atPath: tablePath)
        let later = try desk()
        #expect(later.registrar.casesBehind(.holidayTable, in: later.standing).isEmpty == false)
        _ = try later.rebuildReadModels()
        #expect(try due(title, of: "m1", later) == "2026-05-01")
        let home = later.standing.cases(of: "meeting").first?.id ?? ""
        let owed = later.standing.openDuties(of: home).first { $0.state.hasSuffix("papers.collecting") }
        let lines = later.registrar.explain(duty: owed?.id ?? "", in: later.standing, now: later.now)?.derivation?.lines ?? []
        #expect(lines.contains { $0.contains("Thu 7 May (Proclaimed)") })
    }

    @Test(
        "an unsent digest loses the reminders whose moment moved and keeps the others, and each person hears of the move once"
    )
    func superseded() throws {
        try society.at("2026-04-27T08:30:00Z")
        let before = try desk()
        _ = try before.fireAll()
        let secretary = try before.lookup().person("sam")
        let digest = try #require(
            try before.messages(in: [.pending]).first { $0.recipient == secretary && $0.key.hasPrefix("digest/") })
        let note = try #require(LetterNote.read(digest.json))
        #expect(note.streams == ["meeting/m1", "meeting/m2"])
        try proclaim("2026-05-07")
        let reopened = try desk()
        #expect(try adopt(reopened).receipt != nil)
        let rest = try reopened.messages(in: [.pending]).filter { $0.recipient == secretary && !$0.key.hasPrefix("moved/") }
        #expect(rest.map(\.key) == [digest.key] && rest.first?.bytes != digest.bytes)
        let left = try #require(rest.first.flatMap { LetterNote.read($0.json) })
        #expect(left.streams == ["meeting/m2"] && !left.mailings.isEmpty && left.mailings.count < note.mailings.count)
        let moved = try reopened.messages().filter { $0.key.hasPrefix("moved/") }
        #expect(Set(moved.map(\.recipient)).count == moved.count && !moved.isEmpty)
        #expect(!moved.contains { $0.recipient == secretary })
        // The same command again gives the first answer, and nothing twice.
        let count = try reopened.messages().count
        #expect(try adopt(reopened).receipt != nil)
        #expect(try reopened.messages().count == count)
    }

    @Test("a message about another meeting, or about no duty, stays as it is")
    func untouched() throws {
        try society.at("2026-04-29T08:30:00Z")
        let before = try desk()
        _ = try before.fireAll()
        let pending = try before.messages(in: [.pending])
        try proclaim("2026-09-07")
        let reopened = try desk()
        #expect(try adopt(reopened).receipt != nil)
        #expect(try reopened.messages(in: [.superseded]) == [])
        #expect(try reopened.messages(in: [.pending]).map(\.key) == pending.map(\.key))
    }
}

@Suite("Rules of a workspace") struct WorkspaceRulesTests {
    private func binding(_ settings: String) throws -> Rulebook.Binding {
        let society = try Society(settings: "society: S\n" + settings)
        return society.desk.registrar.rulebook.standard
    }

    @Test("a workspace names its pack and lays single values over it, also parts of one")
    func own() throws {
        let binding = try binding(
            """
            rules: cio
            policies:
              notice: 21 clear days
              quorum: {share: 1/2}
              clear_days: [sunday]
            """)
        #expect(binding.pack.name == "cio")
        #expect(binding.pack.periods["notice"]?.period.number == 21)
        #expect(binding.pack.quorum.denominator == 2 && binding.pack.quorum.minimum == 2)
        #expect(binding.pack.counting.weekdaysLeftOut == .sunday)
        #expect(binding.pack.citations["notice"]?.status == .own)
        #expect(binding.pack.ownPolicies == ["clear_days", "notice", "quorum"])
    }

    @Test("a wrong value of one's own is found where mandate.yaml says it")
    func mistake() throws {
        for (settings, line) in [
            ("policies:\n  notice: 5 days\n  papers: 7 dayz\n", 4),
            ("bodies:\n  Board:\n    policies:\n      qourum: {share: 1/2}\n", 5),
            ("policies: {quorum: {share: 3/2}}\n", 2),
        ] {
            let failure = #expect(throws: WorkspaceFailure.self) { _ = try binding(settings) }
            guard case .findings(let findings, _)? = failure else {
                Issue.record("\(String(describing: failure))")
                continue
            }
            #expect(findings.map(\.range.start.line) == [line])
            #expect(findings.allSatisfy { $0.file.hasSuffix("/mandate.yaml") })
        }
    }

    @Test("`check` runs the cases of a rule pack and finds the one that does not hold, at its line")
    func checked() throws {
        let society = try Society()
        try Disk.makeFolder(society.folder + "/Workflows/rules")
        let text = String(decoding: try Disk.read(Society.checkout + "/Workflows/rules/cio.yaml"), as: UTF8.self)
        let path = society.folder + "/Workflows/rules/cio.yaml"
        try Disk.write(text.replacing("gives: 2026-11-03", with: "gives: 2026-11-04"), to: path)
        var check = FileCheck(folder: society.folder, shelf: Shelf(folder: Society.checkout))
        try check.check([])
        let finding = try #require(check.findings.first { $0.severity == .error })
        #expect(check.findings.count { $0.severity == .error } == 1)
        #expect(finding.code == "MW074" && finding.file == path)
        let source = try #require(check.sources[path])
        #expect(source.line(finding.range.start.line).contains("Fourteen clear days"))
    }
}
