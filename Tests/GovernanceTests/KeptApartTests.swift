import CEL
import Calendars
import Foundation
import Governance
import Testing
import Workflows

/// Who is kept from what: presiders with an interest, one person in two seats, papers of an item.
@Suite struct KeptApartTests {
    private let review = ReviewTests()

    /// The meeting with these there, Bob presiding, and item i1 open; Bob has declared an interest in it.
    private func bobPresides() -> Rehearsal {
        var it = review.sat(["ann", "bob", "cat", "dan"], presiding: "bob") {
            self.review.declare(&$0, ruling: "may_stay_for_facts")
        }
        it.say("open_item", by: "sue", [.item: "i1"])
        return it
    }

    @Test(
        "nothing becomes of an item while somebody presides who has an interest in it, whoever records it",
        arguments: [("note", [:]), ("defer", ["why": Value.string("No time.")])])
    func conflictedPresider(command: String, fields: [String: Value]) {
        var it = bobPresides()
        #expect(it.refused(command, by: "sue", [.item: "i1"], fields).reason.contains("record first who presides over it"))
        it.say("preside", by: "sue", [.item: "i1"], ["person": it.person("carl")])
        it.say(command, by: "sue", [.item: "i1"], fields)
    }

    @Test("whoever has an interest in an item neither defers nor drops it, also where another presides")
    func interestedOfficer() {
        var it = bobPresides()
        let roles = ["secretary": [it.id("sue")], "chair": [it.id("bob")], "vice_chair": [it.id("carl")]]
        let body = Body(id: "b1", name: "Care Partnership", roles: roles)
        it.take(it.registrar.adopt([.body(body)], personal: [], by: nil, in: it.standing, now: it.now))
        #expect(it.refused("defer", by: "bob", [.item: "i1"], ["why": .string("x")]).kind == .notYours)
        it.say("preside", by: "sue", [.item: "i1"], ["person": it.person("carl")])
        it.say("defer", by: "carl", [.item: "i1"], ["why": .string("No time.")])
        let refusal = it.refused("drop_item", by: "bob", [.item: "i1"], ["why": .string("x")])
        #expect(refusal.kind == .notYours)
        #expect(refusal.reason.contains("whoever has an interest in the item"))
    }

    @Test("one person in two seats counts once for the quorum")
    func twoSeats() throws {
        var it = review.planned()
        // Ann holds a second seat, in place of Dan.
        let start = try #require(CivilDate("2026-01-01"))
        let end = try #require(CivilDate("2028-12-31"))
        let term = Term(id: "t4", seat: "s4", person: it.id("ann"), start: start, end: end)
        it.take(it.registrar.adopt([.term(term)], personal: [], by: nil, in: it.standing, now: it.now))
        it.wait(until: "2026-11-18 13:55")
        it.say("preside", by: "sue", [.meeting: "m1"], ["person": it.person("carl")])
        for name in ["ann", "bob"] { it.say("arrive", by: "sue", [.meeting: "m1"], ["person": it.person(name)]) }
        #expect(it.standing.members(of: "m1").count { $0.person == it.id("ann") } == 2)
        #expect(it.standing.quorum(of: "m1", by: it.registrar.rulebook).present == 2)
        it.say("arrive", by: "sue", [.meeting: "m1"], ["person": it.person("cat")])
        #expect(it.standing.quorum(of: "m1", by: it.registrar.rulebook).present == 3)
    }

    @Test("a deferred item brings its papers to the later meeting, where they are to be circulated")
    func papersComeAlong() throws {
        var it = review.sat(["ann", "bob", "cat"]) { it in
            it.say(
                "add_paper", by: "sue", [.meeting: "m1"],
                ["title": .string("Costs"), "item": .string("i1"), "file": .string("f1")])
            it.say("circulate", by: "sue", [.meeting: "m1"])
            self.review.plan(&it, "2026-12-16 14:00", "December")
            it.say("circulate", by: "sue", [.meeting: "m2"])
        }
        it.say("open_item", by: "sue", [.item: "i1"])
        it.say("defer", by: "sue", [.item: "i1"], ["why": .string("No time.")])
        let brought = try #require(it.standing.records.papers(of: "m2").last)
        let item = try #require(brought.item.flatMap { it.standing.records.items[$0] })
        #expect(item.continues == "i1")
        #expect((brought.title, brought.file, brought.circulated) == ("Costs", "f1", nil))
        #expect(it.owes("sue").contains("Circulate the supplement"))
        #expect(it.standing.records.papers(of: "m1").count == it.standing.records.papers(of: "m2").count)
    }

    @Test("a refusal names the lines of a checklist by the numbers that people see")
    func numbers() {
        var it = review.planned()
        it.say("add_paper", by: "sue", [.meeting: "m1"], ["title": .string("Costs"), "item": .string("i1")])
        it.say("circulate", by: "sue", [.meeting: "m1"])
        let reason = it.refused("confirm_read", by: "bob", [.meeting: "m1"]).reason
        #expect(reason.contains("Still to tick: 1. "), "\(reason)")
        #expect(!reason.contains("line1"))
    }

    @Test("the papers of an item are kept from a member who must withdraw, and come back to one who is cleared")
    func papersKept() throws {
        var it = review.planned()
        it.say("add_paper", by: "sue", [.meeting: "m1"], ["title": .string("Costs"), "item": .string("i1")])
        it.say("circulate", by: "sue", [.meeting: "m1"])
        let paper = try #require(it.standing.records.papers(of: "m1").first)
        func mayRead(_ name: String?) -> Bool {
            Discretion(it.standing, by: it.registrar.rulebook, now: it.now, reader: name.map { it.id($0) }).mayRead(paper)
        }
        #expect(mayRead("bob"))
        review.declare(&it, ruling: nil)
        #expect(mayRead("bob"))
        it.say("rule", by: "carl", [.item: "i1"], ["ruling": .string("must_withdraw")])
        #expect(!mayRead("bob"))
        #expect(mayRead("cat") && mayRead("sue") && mayRead(nil))
        let reading = it.registrar.owed(by: it.id("bob"), in: it.standing, now: it.now).flatMap(\.checklist).map(\.text)
        #expect(!reading.contains { $0.contains("Costs") })
        it.say("rule", by: "carl", [.item: "i1"], ["ruling": .string("clear"), "dispensation": .string("Board, 1 November")])
        #expect(mayRead("bob"))
    }
}
