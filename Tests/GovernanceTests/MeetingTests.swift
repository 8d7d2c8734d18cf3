import CEL
import Calendars
import Diagnostics
import Governance
import Testing
import Workflows

@Suite struct MeetingTests {
    /// A meeting planned for Wednesday 18 November 2026, 14:00, with two items and a paper.
    func planned() -> Rehearsal {
        var it = Rehearsal(at: "2026-10-01 10:00")
        it.settleIn()
        it.say(
            "plan_meeting", by: "sue", [:],
            ["body": .string("b1"), "start": it.at("2026-11-18 14:00"), "title": .string("November")])
        it.say("add_item", by: "sue", [.meeting: "m1"], ["title": .string("Budget"), "purpose": .string("decision")])
        it.say("add_item", by: "sue", [.meeting: "m1"], ["title": .string("Transport")])
        it.say("add_paper", by: "sue", [.meeting: "m1"], ["title": .string("The budget in full"), "item": .string("i1")])
        return it
    }

    @Test("the shipped workflows have no errors")
    func shippedWorkflowsAreSound() {
        for library in [Rehearsal.library, Rehearsal.whole] {
            let errors = library.findings.filter { $0.severity == .error }
            #expect(errors.map { $0.rendered(in: nil) } == [])
        }
        #expect(Rehearsal.whole.workflows.count == Rehearsal.sources.count)
    }

    @Test("planning a meeting gives each representative a case, and the secretary duties in time")
    func planning() {
        var it = planned()
        #expect(it.standing.cases(of: "representative").count == 6)
        #expect(it.standing.cases(of: "item").count == 2)
        #expect(it.owes("sue") == [])
        it.wait(until: "2026-10-29 10:00")
        #expect(it.owes("sue") == ["Give notice of the meeting", "Publish the agenda", "Circulate the papers"])
        #expect(it.owes("ann") == ["Say whether you will attend"])
    }

    @Test("notice not given in time lapses and is owed again with its consequence")
    func shortNotice() {
        var it = planned()
        it.wait(until: "2026-11-05 09:00")
        let owed = it.registrar.owed(by: it.id("sue"), in: it.standing, now: it.now)
        #expect(owed.first?.title == "Give notice, which is now short")
        #expect(owed.first?.note == "Members may ask to put off what they could not prepare.")
        #expect(it.standing.duties.values.contains { $0.ended?.how == .lapsed })
    }

    @Test("papers circulated reach each representative's own case, and reading needs its checklist")
    func reading() {
        var it = planned()
        it.wait(until: "2026-11-02 10:00")
        it.say("give_notice", by: "sue", [.meeting: "m1"])
        it.say("publish_agenda", by: "sue", [.meeting: "m1"])
        it.say("circulate", by: "sue", [.meeting: "m1"])
        #expect(it.owes("bob").contains("Read the papers"))
        let refusal = it.refused("confirm_read", by: "bob", [.meeting: "m1"])
        #expect(refusal.kind == .condition)
        #expect(refusal.reason.contains("Read The budget in full"))
        let duty = it.registrar.owed(by: it.id("bob"), in: it.standing, now: it.now).first { $0.title == "Read the papers" }
        #expect(duty?.checklist.map(\.key) == ["line1/a1", "line2/i1", "line2/i2", "line3"])
        for line in duty?.checklist ?? [] {
            it.take(
                it.registrar.tick(
                    duty: duty?.duty.id ?? "", line: line.key, isDone: true, by: it.id("bob"), in: it.standing, now: it.now))
        }
        it.say("confirm_read", by: "bob", [.meeting: "m1"])
        #expect(!it.owes("bob").contains("Read the papers"))
        #expect(it.mailed("agenda").first?.count == 6)
    }

    /// Goes on to the sitting with everyone there but ann, for whom sam stands in.
    func sitting() -> Rehearsal {
        var it = planned()
        it.wait(until: "2026-11-02 10:00")
        for command in ["give_notice", "publish_agenda", "circulate"] { it.say(command, by: "sue", [.meeting: "m1"]) }
        it.say("apologise", by: "ann", [.meeting: "m1"], ["reason": .string("clash"), "substitute": it.person("sam")])
        it.say("stand_in", by: "sam", [.meeting: "m1"])
        for name in ["bob", "cat", "dan", "eve", "fay"] { it.say("accept", by: name, [.meeting: "m1"]) }
        it.wait(until: "2026-11-18 13:55")
        it.say("preside", by: "sue", [.meeting: "m1"], ["person": it.person("carl")])
        for name in ["carl", "sam", "bob", "cat"] { it.say("arrive", by: "sue", [.meeting: "m1"], ["person": it.person(name)]) }
        return it
    }

    @Test("a substitute who accepts is a representative of that seat, and the absent one's duties are excused")
    func substitute() {
        let it = sitting()
        let standIn = it.standing.records.representatives.values.first { $0.person == it.id("sam") }
        #expect(standIn?.seat == "s1")
        #expect(standIn?.term == nil)
        #expect(it.owes("ann") == [])
        let ended = it.standing.duties.values.filter { duty in
            it.standing.cases[duty.ofCase]?.subjects[.representative] == "r1"
        }.compactMap(\.ended?.how)
        #expect(ended.contains(.excused))
        #expect(!ended.contains(.lapsed))
        #expect(
            it.standing.attendance(
                of: it.standing.records.representatives["r1"] ?? Representative(id: "", seat: "", person: "", term: nil),
                at: "m1") == "represented")
    }

    @Test("the second to open a meeting reads who opened it")
    func openedTwice() {
        var it = sitting()
        it.say("open_meeting", by: "sue", [.meeting: "m1"])
        let refusal = it.refused("open_meeting", by: "carl", [.meeting: "m1"])
        #expect(refusal.notes.contains { $0.contains("Sue") && $0.contains("18 Nov") })
    }

    @Test(
        "a declared interest is ruled on, facts are given, the member withdraws, the quorum is lost and the item goes on elsewhere"
    )
    func withdrawal() {
        var it = sitting()
        it.say(
            "plan_meeting", by: "sue", [:],
            ["body": .string("b1"), "start": it.at("2026-12-16 14:00"), "title": .string("December")])
        it.say("open_meeting", by: "sue", [.meeting: "m1"])
        it.say(
            "declare", by: "bob", [.meeting: "m1"],
            ["item": .string("i1"), "kind": .string("financial"), "nature": .string("My employer bids for it.")])
        it.say("rule", by: "carl", [.item: "i1"], ["ruling": .string("must_withdraw")])
        it.say("open_item", by: "sue", [.item: "i1"])
        #expect(it.owes("bob").contains("Withdraw from the item"))
        let early = it.refused("decide", by: "sue", [.item: "i1"], ["decision": .string("Agreed.")])
        #expect(early.reason.contains("inquorate"))
        #expect(early.allowed.contains("move_on"))
        it.say("invite_facts", by: "carl", [.item: "i1"])
        it.say("give_facts", by: "bob", [.item: "i1"], ["facts": .string("The contract ends in March.")])
        it.say("withdraw", by: "bob", [.item: "i1"])
        #expect(it.standing.withdrawn(from: "i1", by: it.registrar.rulebook) == [it.id("bob")])
        #expect(it.standing.quorum(of: "m1", item: "i1", by: it.registrar.rulebook) == Quorum(present: 2, needed: 3))
        #expect(it.theCase("item", [.item: "i1"])?.isIn("inquorate") == true)
        it.say("move_on", by: "carl", [.item: "i1"])
        let next = it.standing.records.items.values.first { $0.continues == "i1" }
        #expect(next?.meeting == "m2")
        #expect(next?.title == "Budget")
        let offered = it.standing.cases(of: "interest").last
        #expect(offered?.subjects[.item] == next?.id)
        #expect(offered?.isIn("offered") == true)
        #expect(offered?.variables["kind"] == .string("financial"))
        it.say("return_to_room", by: "bob", [.item: "i1"])
        #expect(it.standing.isPresent(it.id("bob"), at: "m1"))
    }

    @Test("a member who has withdrawn cannot be named as taking part in the decision")
    func withdrawnIsNotNamed() {
        var it = sitting()
        it.say("arrive", by: "sue", [.meeting: "m1"], ["person": it.person("dan")])
        it.say("open_meeting", by: "sue", [.meeting: "m1"])
        it.say(
            "declare", by: "bob", [.meeting: "m1"],
            ["item": .string("i1"), "kind": .string("financial"), "nature": .string("My employer bids for it.")])
        it.say("rule", by: "carl", [.item: "i1"], ["ruling": .string("must_withdraw")])
        it.say("open_item", by: "sue", [.item: "i1"])
        it.say("withdraw", by: "bob", [.item: "i1"])
        let refusal = it.refused(
            "decide", by: "sue", [.item: "i1"],
            ["decision": .string("Agreed."), "took_part": .list([it.person("bob"), it.person("cat")])])
        #expect(refusal.kind == .rule)
        #expect(refusal.reason.contains("Bob"))
        it.say("decide", by: "sue", [.item: "i1"], ["decision": .string("Agreed."), "votes_for": .int(3)])
        let resolution = it.standing.records.items["i1"]?.resolution
        #expect(resolution?.tookPart.map { it.standing.name(of: $0) } == ["Cat", "Dan", "Sam"])
        #expect(resolution?.withdrawn == [it.id("bob")])
        #expect(resolution?.presider == it.id("carl"))
    }

    @Test(
        "a report is drafted, sent back, released, disseminated and answered; the meeting closes when the minutes are confirmed"
    )
    func wholeWay() {
        var it = sitting()
        it.say(
            "plan_meeting", by: "sue", [:],
            ["body": .string("b1"), "start": it.at("2026-12-16 14:00"), "title": .string("December")])
        it.say("open_meeting", by: "sue", [.meeting: "m1"])
        for item in ["i1", "i2"] {
            it.say("open_item", by: "sue", [.item: item])
            it.say("note", by: "sue", [.item: item])
        }
        it.say("end_meeting", by: "sue", [.meeting: "m1"])
        #expect(it.owes("bob") == ["Report back", "Say whether you will attend"])
        #expect(it.owes("ann") == ["Say whether you will attend"])
        #expect(it.owes("sam") == ["Report back"])
        it.say("submit_report", by: "bob", [.meeting: "m1"])
        it.say("return_report", by: "olga", [.meeting: "m1", .representative: "r2"], ["why": .string("Name nobody.")])
        #expect(it.owes("bob").first == "Report back")
        it.say("submit_report", by: "bob", [.meeting: "m1"])
        it.say("release_report", by: "olga", [.meeting: "m1", .representative: "r2"])
        #expect(it.mailed("feedback_report") == [["Kim"]])
        it.take(
            it.registrar.tell(
                Word(
                    event: "feedback_report_settled", about: [.meeting: "m1", .representative: "r2"],
                    payload: ["dead": .list([])], from: nil),
                in: it.standing, now: it.now))
        #expect(it.theCase("representative", [.meeting: "m1", .representative: "r2"])?.isIn("feedback.settled") == true)
        it.say("answer", by: "kim", [.meeting: "m1", .representative: "r2"], ["text": .string("Thank you.")])
        for representative in ["r7", "r3"] {
            it.say(
                "excuse_report", by: "olga", [.meeting: "m1", .representative: representative],
                ["why": .string("Nothing to tell.")])
        }
        it.wait(until: "2026-11-25 10:00")
        it.say("send_minutes", by: "sue", [.meeting: "m1"])
        it.say("pass_minutes", by: "carl", [.meeting: "m1"])
        let minutes = it.standing.records.items(of: "m2").first
        #expect(minutes?.confirms == "m1")
        it.wait(until: "2026-12-01 10:00")
        for command in ["give_notice", "publish_agenda", "circulate"] { it.say(command, by: "sue", [.meeting: "m2"]) }
        it.wait(until: "2026-12-16 14:00")
        it.say("preside", by: "sue", [.meeting: "m2"], ["person": it.person("carl")])
        for name in ["bob", "cat", "dan"] { it.say("arrive", by: "sue", [.meeting: "m2"], ["person": it.person(name)]) }
        it.say("open_meeting", by: "sue", [.meeting: "m2"])
        it.say("open_item", by: "sue", [.item: minutes?.id ?? ""])
        it.say("decide", by: "sue", [.item: minutes?.id ?? ""], ["decision": .string("Confirmed as right.")])
        #expect(it.theCase("meeting", [.meeting: "m1"])?.isIn("closed") == true)
        #expect(it.theCase("meeting", [.meeting: "m1"])?.isOpen == false)
        #expect(it.standing.openCases(inFamily: "meeting/m1").flatMap { it.standing.openDuties(of: $0.id) } == [])
    }

    @Test("what the entries hold gives the same standing again")
    func replay() {
        var it = sitting()
        it.say("open_meeting", by: "sue", [.meeting: "m1"])
        var again = Standing()
        for entry in it.entries { again.evolve(entry) }
        #expect(again.cases == it.standing.cases)
        #expect(again.duties == it.standing.duties)
        #expect(again.records == it.standing.records)
        #expect(again.drafts == it.standing.drafts)
    }
}
