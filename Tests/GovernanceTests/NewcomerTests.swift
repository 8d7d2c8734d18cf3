import CEL
import Calendars
import Governance
import Testing
import Workflows

/// What people meet who do not know the program: slips, late records, members who come and go.
struct NewcomerTests {
    private static let plan: [String: Value] = ["body": .string("b1")]

    /// A new member in a seat of its own.
    private func join(_ it: inout Rehearsal, _ name: String, seat: ID) {
        let records: [Record] = [
            .seat(Seat(id: seat, body: "b1", organisation: "o1", name: seat)),
            .term(
                Term(
                    id: "t" + seat, seat: seat, person: it.id(name), start: CivilDate("2026-01-01") ?? .earliest,
                    end: CivilDate("2028-12-31") ?? .latest)),
        ]
        it.take(it.registrar.adopt(records, personal: [], by: nil, in: it.standing, now: it.now))
    }

    @Test("a body does not meet twice at the same time, unless the other meeting was cancelled")
    func twice() {
        var it = Rehearsal.planned()
        let same = Self.plan.merging(["start": it.at("2026-11-18 14:00")]) { $1 }
        #expect(it.refused("plan_meeting", by: "sue", [:], same).reason.contains("already: m1"))
        it.say("plan_meeting", by: "sue", [:], Self.plan.merging(["start": it.at("2026-12-16 14:00")]) { $1 })
        let moved = it.refused("reschedule", by: "sue", [.meeting: "m2"], ["start": it.at("2026-11-18 14:00")])
        #expect(moved.reason.contains("already: m1"))
        it.say("cancel", by: "sue", [.meeting: "m1"], ["why": .string("Snow.")])
        it.say("reschedule", by: "sue", [.meeting: "m2"], ["start": it.at("2026-11-18 14:00")])
    }

    @Test("nobody is told that a meeting was moved or cancelled of which nobody knew")
    func unknownMeeting() {
        var it = Rehearsal.planned()
        it.say("reschedule", by: "sue", [.meeting: "m1"], ["start": it.at("2026-11-25 14:00")])
        #expect(it.mailed("invitation").isEmpty)
        var called = it
        it.say("cancel", by: "sue", [.meeting: "m1"], ["why": .string("Planned twice.")])
        #expect(it.mailed("cancellation").isEmpty)
        called.say("give_notice", by: "sue", [.meeting: "m1"])
        #expect(called.mailed("invitation").map(\.count) == [6])
        called.say("cancel", by: "sue", [.meeting: "m1"], ["why": .string("Snow.")])
        #expect(called.mailed("cancellation").map(\.count) == [6])
    }

    @Test("who gets a seat once the others were invited is invited alone", arguments: [false, true])
    func joinsLate(isMoved: Bool) {
        var it = Rehearsal.planned()
        it.say("give_notice", by: "sue", [.meeting: "m1"])
        if isMoved { it.say("reschedule", by: "sue", [.meeting: "m1"], ["start": it.at("2026-11-25 14:00")]) }
        let before = it.mailed("invitation").count
        join(&it, "kim", seat: "s7")
        #expect(it.mailed("invitation").dropFirst(before) == [["Kim"]])
    }

    @Test("who gets a seat before the others were invited is invited with them") func joinsEarly() {
        var it = Rehearsal.planned()
        join(&it, "kim", seat: "s7")
        #expect(it.mailed("invitation").isEmpty)
        it.say("give_notice", by: "sue", [.meeting: "m1"])
        #expect(it.mailed("invitation").map(\.count) == [7])
    }

    @Test("an action is due on the day of the meeting or later")
    func actionDue() {
        var it = Rehearsal.planned()
        it.open(with: ["ann", "bob", "cat"])
        func action(_ due: String) -> [String: Value] {
            ["what": .string("Write to the board"), "who": it.person("ann"), "due": .string(due)]
        }
        let slip = it.refused("agree_action", by: "sue", [.meeting: "m1"], action("2026-01-15"))
        #expect(slip.reason.contains("on the day of the meeting, or later"))
        it.say("agree_action", by: "sue", [.meeting: "m1"], action("2026-11-18"))
        #expect(it.owes("ann").contains("Write to the board"))
    }

    @Test("what is recorded late, of a time before an item was opened, does not make the item inquorate")
    func lateDeparture() {
        var it = Rehearsal.planned()
        it.open(with: ["ann", "bob", "cat"])
        it.wait(until: "2026-11-18 14:10")
        it.say("arrive", by: "sue", [.meeting: "m1"], ["person": it.person("dan")])
        it.wait(until: "2026-11-18 14:15")
        it.say("open_item", by: "sue", [.item: "i1"])
        it.wait(until: "2026-11-18 14:20")
        var left = Command(
            id: "late", name: "depart", subjects: [.meeting: "m1"], fields: ["person": it.person("cat")], actor: it.id("sue"))
        left.occurred = Rehearsal.moment("2026-11-18 14:05")
        it.take(it.registrar.decide(left, in: it.standing, now: it.now))
        #expect(it.theCase("item", [.item: "i1"])?.isIn("on_the_table.open") == true)
        it.say("decide", by: "sue", [.item: "i1"], ["decision": .string("Agreed.")])
    }

    @Test("one line holds no control characters; a longer text may have lines")
    func controlCharacters() {
        var it = Rehearsal.planned()
        for title in ["a\u{7}b", "a\nb", "a\u{1B}[31m", "a\u{9B}b"] {
            let refusal = it.refused("add_item", by: "sue", [.meeting: "m1"], ["title": .string(title)])
            #expect(refusal.reason.contains("one line of text without control characters"))
        }
        it.open(with: ["ann", "bob", "cat"])
        it.say("open_item", by: "sue", [.item: "i1"])
        it.refused("decide", by: "sue", [.item: "i1"], ["decision": .string("Agreed.\u{0}")])
        it.say("decide", by: "sue", [.item: "i1"], ["decision": .string("Agreed:\n\t1. so\r\n\t2. be it")])
    }

    @Test("a duty that is overdue as it opens is passed upwards only after the time that it gives")
    func overdueAtOpening() {
        var it = Rehearsal(
            at: "2026-10-01 10:00",
            with: [
                """
                workflow: training
                title: Training
                for: term
                begins: {each: "true"}
                commands: {take: {title: Take the training, by: person}}
                states:
                  owing:
                    duty: {title: Train, basis: 003 L20, of: person, due: 1 month after term.start, escalate: {to: coordinator, after: 2 working days}}
                    on: {take: over}
                  over: final
                """
            ])
        it.settleIn()
        let duty = it.standing.duties.values.first { $0.state == "owing" }
        #expect(duty.map { $0.due < it.now } == true)
        it.wait(until: "2026-10-02 23:00")
        #expect(it.mailed("escalation").isEmpty)
        it.wait(until: "2026-10-06 23:00")
        #expect(!it.mailed("escalation").isEmpty)
    }

    @Test("minutes are written while they are drafted, and again once the chair asks for a correction; they are placed once")
    func minutes() {
        var it = Rehearsal.planned()
        it.open(with: ["ann", "bob", "cat"])
        it.say("drop_item", by: "carl", [.item: "i1"], ["why": .string("Twice.")])
        it.say("end_meeting", by: "sue", [.meeting: "m1"])
        let id = it.theCase("meeting", [.meeting: "m1"])?.id ?? ""
        func edited() -> Decision {
            it.registrar.edit(draft: "minutes", of: id, file: "f", by: it.id("sue"), in: it.standing, now: it.now)
        }
        it.take(edited())
        it.say("send_minutes", by: "sue", [.meeting: "m1"])
        guard case .refused(let refusal) = edited() else { return #expect(Bool(false), "edited while the chair checks") }
        #expect(refusal.kind == .notNow)
        it.say("pass_minutes", by: "carl", [.meeting: "m1"])
        guard case .refused = edited() else { return #expect(Bool(false), "edited after they went out") }
        it.say("plan_meeting", by: "sue", [:], Self.plan.merging(["start": it.at("2026-12-16 14:00")]) { $1 })
        #expect(it.standing.records.meetings["m2"]?.items.count == 1)
        it.say("correct_minutes", by: "carl", [.meeting: "m1"], ["what": .string("Item 1 was dropped by me.")])
        it.take(edited())
        it.say("send_minutes", by: "sue", [.meeting: "m1"])
        it.say("pass_minutes", by: "carl", [.meeting: "m1"])
        #expect(it.mailed("minutes").count == 2)
        #expect(it.standing.records.meetings["m2"]?.items.count == 1)
    }
}
