import CEL
import Calendars
import Governance
import Testing
import Workflows

/// The cases that decided the design, each lived through.
@Suite struct DesignCasesTests {
    func planned(at start: String = "2026-11-18 14:00") -> Rehearsal {
        var it = Rehearsal(at: "2026-10-01 10:00")
        it.settleIn()
        it.say("plan_meeting", by: "sue", [:], ["body": .string("b1"), "start": it.at(start), "title": .string("November")])
        it.say("add_item", by: "sue", [.meeting: "m1"], ["title": .string("Budget"), "purpose": .string("decision")])
        it.say("add_paper", by: "sue", [.meeting: "m1"], ["title": .string("The budget"), "item": .string("i1")])
        return it
    }

    func reading(_ it: Rehearsal, _ name: String) -> OwedDuty? {
        it.registrar.owed(by: it.id(name), in: it.standing, now: it.now).first { $0.title == "Read the papers" }
    }

    @Test("papers that come late are to be read by the start of the meeting, and nobody is told above")
    func latePapers() {
        var it = planned()
        it.wait(until: "2026-11-18 09:00")
        let secretary = it.standing.duties.values.filter { $0.state.hasSuffix("papers.collecting") }
        #expect(secretary.map(\.ended?.how) == [.lapsed])
        it.say("circulate", by: "sue", [.meeting: "m1"])
        let duty = reading(it, "bob")?.duty
        #expect(duty?.due == Rehearsal.moment("2026-11-18 14:00"))
        #expect(duty?.isLate == true)
        #expect(duty?.escalation == nil)
        #expect(duty?.reminders == [:])
    }

    @Test("a supplement reopens reading for what is new; old ticks stay")
    func supplement() {
        var it = planned()
        it.wait(until: "2026-11-02 10:00")
        it.say("circulate", by: "sue", [.meeting: "m1"])
        let first = reading(it, "bob")?.duty.id ?? ""
        for line in ["line1/a1", "line2/i1", "line3"] {
            it.take(it.registrar.tick(duty: first, line: line, isDone: true, by: it.id("bob"), in: it.standing, now: it.now))
        }
        it.say("confirm_read", by: "bob", [.meeting: "m1"])
        #expect(reading(it, "bob") == nil)
        it.say("add_paper", by: "sue", [.meeting: "m1"], ["title": .string("Late figures")])
        #expect(it.owes("sue").contains("Circulate the supplement"))
        #expect(reading(it, "bob") == nil)
        it.say("circulate", by: "sue", [.meeting: "m1"])
        let again = reading(it, "bob")
        #expect(again?.checklist.map(\.isDone) == [true, false, true, true])
        #expect(it.mailed("supplement").contains(["Cat"]))
    }

    @Test("a meeting that is moved asks everybody again, sends invitations anew, and owes a notice that has become short")
    func rescheduled() {
        var it = planned()
        it.wait(until: "2026-11-02 10:00")
        it.say("give_notice", by: "sue", [.meeting: "m1"])
        it.say("accept", by: "bob", [.meeting: "m1"])
        it.say("apologise", by: "dan", [.meeting: "m1"], ["reason": .string("clash")])
        it.say("reschedule", by: "sue", [.meeting: "m1"], ["start": it.at("2026-11-10 14:00")])
        for name in ["bob", "dan"] { #expect(it.owes(name).contains("Say whether you will attend")) }
        #expect(it.mailed("invitation").last?.count == 6)
        #expect(it.theCase("meeting", [.meeting: "m1"])?.variables["sequence"] == .int(1))
        let owed = it.registrar.owed(by: it.id("sue"), in: it.standing, now: it.now)
        #expect(owed.first { $0.title == "Give notice, which is now short" }?.note != nil)
    }

    @Test("moving a meeting moves the due moments and reminders that hang on it")
    func dueMoves() {
        var it = planned()
        let asked = it.theCase("representative", [.meeting: "m1", .representative: "r1"])
        let before = it.standing.duties.values.first {
            $0.state.hasSuffix("attendance.before.asked") && $0.ofCase == asked?.id
        }
        it.say("reschedule", by: "sue", [.meeting: "m1"], ["start": it.at("2026-12-02 14:00")])
        let after = before.flatMap { it.standing.duties[$0.id] }
        #expect(before.map { Rehearsal.zone.civil(at: $0.due).date } == CivilDate("2026-11-11"))
        #expect(after.map { Rehearsal.zone.civil(at: $0.due).date } == CivilDate("2026-11-25"))
        #expect(after?.revision == 1)
        #expect(after?.reminders[0].map { Rehearsal.zone.civil(at: $0).description } == "2026-11-23T09:00")
    }

    @Test("a cancelled meeting leaves nothing owed")
    func cancelled() {
        var it = planned()
        it.wait(until: "2026-11-02 10:00")
        it.say("give_notice", by: "sue", [.meeting: "m1"])
        it.say("cancel", by: "sue", [.meeting: "m1"], ["why": .string("Snow.")])
        #expect(it.standing.duties.values.filter(\.isOpen).allSatisfy { it.standing.cases[$0.ofCase]?.workflow == "item" })
        #expect(it.standing.records.meetings["m1"]?.isCancelled == true)
        #expect(it.mailed("cancellation").count == 1)
        #expect(it.owes("ann") == [])
    }

    @Test("another substitute proposed releases the first")
    func secondSubstitute() {
        var it = planned()
        it.say("apologise", by: "ann", [.meeting: "m1"], ["reason": .string("illness"), "substitute": it.person("sam")])
        it.say("stand_in", by: "sam", [.meeting: "m1"])
        let standIn = it.standing.cases(of: "representative").last
        #expect(standIn?.isOpen == true)
        it.say("accept", by: "ann", [.meeting: "m1"])
        #expect(standIn.flatMap { it.standing.cases[$0.id] }?.isOpen == false)
        #expect(it.owes("sam") == [])
    }

    @Test("only a substitute of the seat may be asked")
    func onlySubstitutes() {
        var it = planned()
        let refusal = it.refused(
            "apologise", by: "ann", [.meeting: "m1"], ["reason": .string("illness"), "substitute": it.person("kim")])
        #expect(refusal.kind == .form)
        #expect(refusal.notes == ["To choose from: Sam."])
    }

    @Test("a reason is kept apart from the journal")
    func personalReason() {
        var it = planned()
        it.say(
            "declare", by: "bob", [.meeting: "m1"],
            ["item": .string("i1"), "kind": .string("personal"), "nature": .string("My sister applied.")])
        let nature = it.standing.cases(of: "interest").last?.variables["nature"]
        guard case .string(let key)? = nature else { return #expect(Bool(false), "there is no nature") }
        #expect(key.hasPrefix("§"))
        #expect(it.standing.words(key) == "My sister applied.")
    }

    @Test("who no longer serves has the case closed and what was owed excused")
    func noLongerServes() {
        var it = planned()
        let term = Term(
            id: "t2", seat: "s2", person: it.id("bob"), start: CivilDate("2026-01-01") ?? .earliest,
            end: CivilDate("2026-10-31") ?? .latest)
        it.take(it.registrar.adopt([.term(term)], personal: [], by: nil, in: it.standing, now: it.now))
        #expect(it.owes("bob") == [])
        #expect(it.theCase("representative", [.meeting: "m1", .representative: "r2"])?.ending == .closed)
        let ended = it.standing.duties.values.filter {
            $0.ofCase == it.theCase("representative", [.meeting: "m1", .representative: "r2"])?.id
        }
        #expect(!ended.isEmpty && ended.allSatisfy { $0.ended?.how == .excused })
    }

    @Test("after days without cron, stale reminders expire and the newest goes out once")
    func cronWasDown() {
        var it = planned()
        it.wait(until: "2026-10-22 10:00")
        let sent = it.mailed("reminder").count
        it.wait(until: "2026-11-11 12:00")
        let entries = it.entries.flatMap(\.changes)
        let reminded = entries.compactMap { change -> Mailing? in
            if case .mailed(let mailing) = change, mailing.document == "reminder" { mailing } else { nil }
        }
        #expect(reminded.count > sent)
        for mailing in reminded { #expect(mailing.validUntil.map { $0 >= it.now } ?? true) }
        let again = it.mailed("reminder").count
        it.wait(until: "2026-11-11 12:01")
        #expect(it.mailed("reminder").count == again)
    }

    @Test("a chair with an interest does not rule on it; the secretary owes the ruling")
    func chairWithInterest() {
        var it = planned()
        var body = it.standing.records.bodies["b1"] ?? Body(id: "", name: "")
        body.roles["chair"] = [it.id("bob")]
        it.take(
            it.registrar.adopt(
                [.body(body)], personal: [], by: nil, in: it.standing, now: it.now))
        it.say(
            "declare", by: "bob", [.meeting: "m1"],
            ["item": .string("i1"), "kind": .string("loyalty"), "nature": .string("It is my own organisation's bid.")])
        #expect(it.owes("sue").contains("Rule on the interest declared"))
        let refusal = it.refused("rule", by: "bob", [.item: "i1"], ["ruling": .string("clear")])
        #expect(refusal.kind == .notYours)
        it.say("rule", by: "sue", [.item: "i1"], ["ruling": .string("clear")])
        #expect(it.theCase("interest", [.item: "i1", .representative: "r2"])?.isIn("clear") == true)
    }

    @Test("the roll put right after the meeting brings a report that is owed")
    func rollAmended() {
        var it = planned()
        it.wait(until: "2026-11-18 13:55")
        it.say("preside", by: "sue", [.meeting: "m1"], ["person": it.person("carl")])
        for name in ["ann", "bob", "cat"] { it.say("arrive", by: "sue", [.meeting: "m1"], ["person": it.person(name)]) }
        it.say("open_meeting", by: "sue", [.meeting: "m1"])
        it.wait(until: "2026-11-18 16:00")
        it.say("end_meeting", by: "sue", [.meeting: "m1"])
        #expect(!it.owes("dan").contains("Report back"))
        let presence = Presence(
            from: Rehearsal.moment("2026-11-18 14:10"), until: Rehearsal.moment("2026-11-18 16:00"), manner: .remote)
        let amendment = Amendment(
            .roll(meeting: "m1", person: it.id("dan"), presence: [presence]), entry: nil, why: "Dan had joined by telephone.")
        it.take(it.registrar.amend(amendment, by: it.id("sue"), in: it.standing, now: it.now))
        #expect(it.owes("dan").contains("Report back"))
    }

    @Test("what was recorded for an earlier time is judged there")
    func occurredEarlier() {
        var it = planned()
        it.wait(until: "2026-11-18 15:00")
        let command = Command(
            id: "late", name: "preside", subjects: [.meeting: "m1"], fields: ["person": it.person("carl")], actor: it.id("sue"),
            occurred: Rehearsal.moment("2026-11-18 14:00"))
        it.take(it.registrar.decide(command, in: it.standing, now: it.now))
        #expect(it.standing.records.meetings["m1"]?.presiding.last?.at == Rehearsal.moment("2026-11-18 14:00"))
        let future = Command(
            id: "early", name: "arrive", subjects: [.meeting: "m1"], fields: ["person": it.person("bob")], actor: it.id("sue"),
            occurred: Rehearsal.moment("2026-11-19 14:00"))
        #expect(it.registrar.whyRefused(future, in: it.standing, now: it.now)?.kind == .form)
    }

    @Test("every duty that is owed explains its due moment")
    func explanations() {
        var it = planned()
        it.wait(until: "2026-11-02 10:00")
        it.say("circulate", by: "sue", [.meeting: "m1"])
        for duty in it.standing.duties.values where duty.isOpen {
            let explanation = it.registrar.explain(duty: duty.id, in: it.standing, now: it.now)
            #expect(explanation?.derivation.map { !$0.lines.isEmpty } == true, "\(duty.state)")
            #expect(explanation?.owed.basis.isEmpty == false)
        }
    }
}
