import Calendars
import Foundation
import Governance
import Journals
import Testing
import Workflows

@testable import Secretariat

@Suite struct DeskTests {
    let society: Society

    init() throws {
        society = try Society()
        try society.take(Society.roster)
    }

    private func plan(id: String? = nil) throws -> Reply {
        try society.give(
            "plan_meeting", by: "sam", meeting: nil, id: id, ["body": "Health Board", "start": "2026-05-12 14:00"])
    }

    @Test("the same command id gives the first answer and changes nothing")
    func idempotent() throws {
        let first = try #require(try plan(id: "once").receipt)
        let entries = try society.desk.entries().count
        #expect(try plan(id: "once").receipt == first)
        #expect(try society.desk.entries().count == entries)
        #expect(first.made == ["m1"])
    }

    @Test("a refusal says why and what is allowed, and changes nothing")
    func refusal() throws {
        let before = try society.desk.entries().count
        let refusal = try #require(
            try society.give("plan_meeting", by: "ann", meeting: nil, ["body": "Health Board", "start": "2026-05-12 14:00"])
                .refusal)
        #expect(refusal.kind == .notYours && refusal.reason.contains("Ann Archer"))
        #expect(try society.desk.entries().count == before)
    }

    @Test("another desk reads the same standing from the journal, and each sees what the other wrote")
    func replay() throws {
        _ = try plan()
        try society.give("add_item", by: "sam", ["title": "Transport grant", "purpose": "decision"])
        let other = try Desk(
            workspace: society.workspace, journal: society.journal, files: try FileStore(folder: society.folder + "/files"),
            clock: society.clock, chance: society.chance, fill: Society.fill)
        #expect(other.standing.records == society.desk.standing.records)
        #expect(other.standing.cases == society.desk.standing.cases)
        #expect(other.standing.duties == society.desk.standing.duties)
        #expect(other.standing.drafts == society.desk.standing.drafts)
        #expect(other.standing.numbers == society.desk.standing.numbers)
        #expect(other.standing.personal == society.desk.standing.personal)
        try society.give("add_item", by: "sam", ["title": "Another"])
        #expect(try other.refresh().records.items.count == 2)
    }

    @Test("read models made anew are the same to the byte")
    func rebuilt() throws {
        _ = try plan()
        try society.give("give_notice", by: "sam")
        try society.give("publish_agenda", by: "sam")
        try society.give("accept", by: "ann")
        try society.at("2026-05-08T08:00:00Z")
        _ = try Timekeeper(desk: society.desk).remind()
        let before = try society.desk.readModelDigest()
        try society.desk.rebuildReadModels()
        #expect(try society.desk.readModelDigest() == before)
    }

    @Test("names, addresses and what only some may read stay out of the journal")
    func personal() throws {
        _ = try plan()
        try society.give("add_item", by: "sam", ["title": "Transport grant", "purpose": "decision"])
        try society.give("publish_agenda", by: "sam")
        let reply = try society.give(
            "declare", by: "bob", ["item": "1", "kind": "financial", "nature": "I own the bus company"])
        #expect(reply.receipt != nil, "\(reply)")
        let payloads = try society.journal.read { try $0.entries().map(\.payload).joined() }
        for word in ["Archer", "example.org", "bus company"] { #expect(!payloads.contains(word)) }
        #expect(society.desk.standing.personal.values.contains("I own the bus company"))
    }

    @Test("if the journal fails, what is held in memory goes back")
    func rollback() throws {
        _ = try plan()
        let before = society.desk.standing.records
        struct Broken: Error {}
        #expect(throws: Broken.self) {
            try society.desk.transact { transaction, now in
                var record = Proceedings()
                try society.desk.fire(upTo: now.adding(seconds: 86_400 * 365), &record, transaction)
                #expect(!record.isEmpty)
                throw Broken()
            }
        }
        #expect(society.desk.standing.records == before)
        #expect(try society.give("add_item", by: "sam", ["title": "Still here"]).receipt != nil)
    }

    @Test("what was due before a command fires first, at its own instant")
    func timersFirst() throws {
        _ = try plan()
        try society.at("2026-05-20T08:00:00Z")
        _ = try society.give("add_item", by: "sam", ["title": "Late"])
        let wake = try #require(try society.desk.entries().first { $0.entry.kind == .timer })
        #expect(wake.entry.effective < society.hands.now && wake.recorded == society.hands.now)
    }

    @Test("a clock that runs backwards does not run backwards in the journal")
    func backwards() throws {
        _ = try plan()
        try society.at("2026-03-01T08:00:00Z")
        _ = try society.give("add_item", by: "sam", ["title": "Earlier"])
        let recorded = try society.desk.entries().map(\.recorded)
        #expect(recorded == recorded.sorted())
        #expect(society.desk.now > society.hands.now)
    }

    @Test("the text of each workflow that a case began with is kept under its hash")
    func pinned() throws {
        _ = try plan()
        let hash = try #require(society.desk.standing.cases.values.first { $0.workflow == "meeting" }?.hash)
        let kept = try society.journal.read { try $0.definition(hash) }
        #expect(kept?.name == "meeting" && kept?.text.contains("workflow: meeting") == true)
    }

    @Test("a case goes on under the text it began with when the workspace's file changes")
    func changedWorkflow() throws {
        _ = try plan()
        let shipped = String(decoding: try Disk.read(Society.checkout + "/Workflows/item.yaml"), as: UTF8.self)
        let meeting = String(decoding: try Disk.read(Society.checkout + "/Workflows/meeting.yaml"), as: UTF8.self)
        #expect(!shipped.isEmpty)
        try Disk.write(meeting + "\n# changed\n", to: society.folder + "/Workflows/meeting.yaml")
        let workspace = try Workspace(folder: society.folder, shelf: Shelf(folder: Society.share))
        let desk = try Desk(
            workspace: workspace, journal: society.journal, files: try FileStore(folder: society.folder + "/files"),
            clock: society.clock, chance: society.chance, fill: Society.fill)
        let it = try #require(desk.standing.cases.values.first { $0.workflow == "meeting" })
        #expect(it.hash != workspace.definitions.workflows["meeting"]?.hash)
        #expect(desk.registrar.rulebook.workflow(of: it)?.hash == it.hash)
    }
}
