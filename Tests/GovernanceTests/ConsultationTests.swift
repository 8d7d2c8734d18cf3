import CEL
import Calendars
import Governance
import Testing
import Workflows

/// Views gathered, a position that binds, and what was said on the sector's behalf.
@Suite struct ConsultationTests {
    private static let matter: [String: Value] = [
        "matter": .string("Evening buses"), "why": .string("Routes are to be cut"), "closes": .string("2026-02-20"),
    ]

    private static func view(_ group: String, differs: Bool = false) -> [String: Value] {
        ["group": .string(group), "view": .string("We need them: \(group)"), "differs": .bool(differs)]
    }

    /// The views of three groups are heard, one of which differs, and set out.
    static func heard() -> Rehearsal {
        var it = Rehearsal.serving()
        it.say("consult", by: "olga", [.organisation: "o1"], matter)
        #expect(it.mailed("consultation_call") == [["Kim"]])
        it.refused("finish_outreach", by: "olga", [.organisation: "o1"], ["how": .string("By phone")])
        it.tickAll("olga", "Reach out to those seldom heard: Evening buses")
        it.say("finish_outreach", by: "olga", [.organisation: "o1"], ["how": .string("By phone")])
        it.wait(until: "2026-02-21 09:00")
        #expect(it.refused("finish_summary", by: "olga", [.organisation: "o1"]).reason.contains("No view"))
        it.say("give_view", by: "kim", [.organisation: "o1"], view("older_people"))
        it.say("give_view", by: "kim", [.organisation: "o1"], view("younger_people", differs: true))
        it.say("finish_summary", by: "olga", [.organisation: "o1"])
        return it
    }

    static let position: [String: Value] = [
        "matter": .string("Evening buses"), "position": .string("Keep every evening route"),
    ]

    @Test("a position needs views from several groups, or a reason, and keeps those that differ")
    func breadth() {
        var it = Self.heard()
        #expect(
            it.refused("adopt_position", by: "olga", [.organisation: "o1"], Self.position).reason.contains("fewer than three"))
        it.say("accept_narrow", by: "olga", [.organisation: "o1"], ["narrow_why": .string("A small district")])
        #expect(it.refused("adopt_position", by: "olga", [.organisation: "o1"], Self.position).reason.contains("differ"))
        it.say(
            "adopt_position", by: "olga", [.organisation: "o1"],
            Self.position.merging(["minority": .string("The young would rather have bicycles")]) { $1 })
        #expect(it.standing.rows(of: "position").map(\.about) == ["o1"])
        #expect(it.mailed("consultation_outcome") == [["Kim"]])
        #expect(it.standing.cases(of: "consultation").last?.isOpen == false)
    }

    /// A meeting is called, then the position adopted.
    static func bound() -> Rehearsal {
        var it = heard()
        it.say("plan_meeting", by: "sue", [:], ["body": .string("b1"), "start": it.at("2026-03-18 14:00")])
        it.say("add_item", by: "sue", [.meeting: "m1"], ["title": .string("Buses"), "purpose": .string("decision")])
        it.say("accept_narrow", by: "olga", [.organisation: "o1"], ["narrow_why": .string("A small district")])
        it.say(
            "adopt_position", by: "olga", [.organisation: "o1"],
            position.merging(["minority": .string("The young would rather have bicycles")]) { $1 })
        return it
    }

    @Test("a position shows up in the preparation of every representative whom it binds, and of nobody else")
    func preparation() {
        var it = Self.bound()
        let title = "Take up what Voluntary Alliance has agreed to say"
        #expect(["ann", "bob", "cat"].allSatisfy { it.owes($0).contains(title) })
        #expect(["dan", "eve", "fay"].allSatisfy { !it.owes($0).contains(title) })
        #expect(it.refused("take_up_position", by: "ann", [.meeting: "m1"]).reason.contains("Keep every evening route"))
        it.tickAll("ann", title)
        it.say("take_up_position", by: "ann", [.meeting: "m1"])
        for command in ["give_notice", "publish_agenda", "circulate"] { it.say(command, by: "sue", [.meeting: "m1"]) }
        let reading = it.registrar.owed(by: it.id("ann"), in: it.standing, now: it.now).first { $0.title == "Read the papers" }
        #expect(reading?.checklist.contains { $0.text.contains("Keep every evening route") } == true)
    }

    /// The meeting is held; ann speaks, challenges, and reports.
    static func reported() -> Rehearsal {
        var it = bound()
        for command in ["give_notice", "publish_agenda", "circulate"] { it.say(command, by: "sue", [.meeting: "m1"]) }
        it.say("accept", by: "ann", [.meeting: "m1"])
        it.wait(until: "2026-03-18 13:55")
        it.say("preside", by: "sue", [.meeting: "m1"], ["person": it.person("carl")])
        for name in ["ann", "bob", "dan"] { it.say("arrive", by: "sue", [.meeting: "m1"], ["person": it.person(name)]) }
        it.say("open_meeting", by: "sue", [.meeting: "m1"])
        it.say("open_item", by: "sue", [.item: "i1"])
        it.say("decide", by: "sue", [.item: "i1"], ["decision": .string("Two routes are kept.")])
        it.say(
            "agree_action", by: "sue", [.meeting: "m1"],
            [
                "what": .string("Ask the operator for figures"), "who": it.person("bob"), "due": .string("2026-04-10"),
                "on_item": .string("i1"),
            ])
        it.say("end_meeting", by: "sue", [.meeting: "m1"])
        let said: [String: Value] = ["item": .string("i1"), "said": .string("Keep every route")]
        let bare = said.merging(["rests_on": .string("consultation")]) { $1 }
        #expect(it.refused("record_voice", by: "ann", [.meeting: "m1"], bare).kind == .condition)
        let consultation = it.standing.cases(of: "consultation")[0].id
        it.say(
            "record_voice", by: "ann", [.meeting: "m1"],
            bare.merging(["consultation": .string(consultation), "rests_on": .string("position")]) { $1 })
        it.say("record_voice", by: "ann", [.meeting: "m1"], said.merging(["rests_on": .string("nothing")]) { $1 })
        it.say(
            "challenge", by: "ann", [.meeting: "m1"], ["what": .string("No night route"), "affects": .string("Shift workers")])
        it.say("submit_report", by: "ann", [.meeting: "m1"])
        it.say("release_report", by: "olga", [.meeting: "m1", .representative: "r1"])
        it.take(
            it.registrar.tell(
                Word(
                    event: "feedback_report_settled", about: [.meeting: "m1", .representative: "r1"],
                    payload: ["dead": .list([])], from: nil), in: it.standing, now: it.now))
        it.say("answer", by: "kim", [.meeting: "m1", .representative: "r1"], ["text": .string("Ask about Sundays")])
        return it
    }

    @Test("what is said rests on a consultation or a position, or says that it rests on nothing; a challenge is followed up")
    func voiced() {
        var it = Self.reported()
        #expect(it.standing.rows(of: "voiced").map { $0.fields["rests_on"] } == [.string("position"), .string("nothing")])
        #expect(it.owes("ann").contains("Follow up your challenge: No night route"))
        it.say(
            "follow_up", by: "ann", [.meeting: "m1"],
            ["outcome": .string("changed"), "matter": .string("Buses"), "change": .string("A night route on Fridays")])
        #expect(it.standing.rows(of: "influence").map(\.about) == ["o1"])
    }

    @Test("answers to a report are to be raised at the next meeting")
    func answers() {
        var it = Self.reported()
        it.say("plan_meeting", by: "sue", [:], ["body": .string("b1"), "start": it.at("2026-05-20 14:00")])
        for command in ["give_notice", "publish_agenda", "circulate"] { it.say(command, by: "sue", [.meeting: "m2"]) }
        func lines(_ name: String) -> [String] {
            it.registrar.owed(by: it.id(name), in: it.standing, now: it.now).filter { $0.ofCase.subjects[.meeting] == "m2" }
                .flatMap(\.checklist).map(\.text)
        }
        #expect(lines("ann").contains { $0.contains("Ask about Sundays") })
        #expect(!lines("bob").contains { $0.contains("Ask about Sundays") })
    }

    @Test("an action is owed by the one to whom it was given, may be moved and passed on, and ends with what came of it")
    func action() {
        var it = Self.reported()
        #expect(it.owes("bob").contains("Ask the operator for figures"))
        #expect(it.refused("report_action", by: "dan", [.meeting: "m1"], ["came_of_it": .string("Here")]).kind == .notYours)
        #expect(
            it.refused("move_action", by: "carl", [.meeting: "m1"], ["due": .string("2026-01-01"), "why": .string("W")]).kind
                == .condition)
        it.say("move_action", by: "carl", [.meeting: "m1"], ["due": .string("2026-05-01"), "why": .string("Holidays")])
        let duty = it.registrar.owed(by: it.id("bob"), in: it.standing, now: it.now).first {
            $0.title.hasPrefix("Ask the operator")
        }
        #expect(duty.map { Rehearsal.zone.civil(at: $0.duty.due).date.description } == "2026-05-01")
        it.say("pass_action", by: "sue", [.meeting: "m1"], ["who": it.person("dan")])
        it.say("report_action", by: "dan", [.meeting: "m1"], ["came_of_it": .string("Here they are")])
        #expect(it.standing.cases(of: "action").allSatisfy { !$0.isOpen })
    }
}
