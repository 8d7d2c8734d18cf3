import CEL
import Calendars
import Diagnostics
import Foundation
import Governance
import Testing
import Workflows

/// Faults found by reading the room with fresh eyes, each lived through.
@Suite struct ReviewTests {
    func planned() -> Rehearsal { DesignCasesTests().planned() }

    /// The November meeting on its day, with these people there and nobody else; `carl` presides unless another is named.
    func sat(
        _ people: [String], presiding chair: String = "carl", _ before: (inout Rehearsal) -> Void = { _ in }
    ) -> Rehearsal {
        var it = planned()
        it.wait(until: "2026-11-02 10:00")
        before(&it)
        it.wait(until: "2026-11-18 13:55")
        it.say("preside", by: "sue", [.meeting: "m1"], ["person": it.person(chair)])
        for name in people { it.say("arrive", by: "sue", [.meeting: "m1"], ["person": it.person(name)]) }
        it.wait(until: "2026-11-18 14:00")
        it.say("open_meeting", by: "sue", [.meeting: "m1"])
        return it
    }

    func declare(_ it: inout Rehearsal, _ name: String = "bob", ruling: String? = "must_withdraw") {
        it.say(
            "declare", by: name, [.meeting: "m1"],
            ["item": .string("i1"), "kind": .string("financial"), "nature": .string("My employer bids for it.")])
        if let ruling { it.say("rule", by: "carl", [.item: "i1"], ["ruling": .string(ruling)]) }
    }

    func plan(_ it: inout Rehearsal, _ start: String, _ title: String) {
        it.say("plan_meeting", by: "sue", [:], ["body": .string("b1"), "start": it.at(start), "title": .string(title)])
    }

    // MARK: - Guards and due moments of a meeting that is moved

    @Test("a meeting with short notice that is moved far ahead owes an ordinary notice again")
    func movedFarAhead() {
        var it = planned()
        it.wait(until: "2026-11-05 09:00")
        #expect(it.owes("sue").contains("Give notice, which is now short"))
        it.say("reschedule", by: "sue", [.meeting: "m1"], ["start": it.at("2027-01-20 14:00")])
        #expect(it.theCase("meeting", [.meeting: "m1"])?.isIn("notice.to_give") == true)
    }

    @Test("late papers are in time again when the meeting is moved far ahead")
    func papersInTimeAgain() {
        var it = planned()
        it.wait(until: "2026-11-16 09:00")
        #expect(it.theCase("meeting", [.meeting: "m1"])?.isIn("papers.late") == true)
        it.say("reschedule", by: "sue", [.meeting: "m1"], ["start": it.at("2027-01-20 14:00")])
        #expect(it.theCase("meeting", [.meeting: "m1"])?.isIn("papers.collecting") == true)
    }

    @Test("a notice that becomes short by a move is owed once, as short, and no other lapses with it")
    func shortAtOnce() {
        var it = planned()
        it.wait(until: "2026-11-02 10:00")
        it.say("give_notice", by: "sue", [.meeting: "m1"])
        it.say("reschedule", by: "sue", [.meeting: "m1"], ["start": it.at("2026-11-10 14:00")])
        let lapsed = it.standing.duties.values.filter { $0.state.hasSuffix("notice.to_give") && $0.ended?.how == .lapsed }
        #expect(lapsed.isEmpty)
    }

    @Test("a duty whose due moment has passed because the meeting was moved is due at the meeting's start")
    func movedIntoThePast() {
        var it = planned()
        it.wait(until: "2026-11-05 10:00")
        it.say("reschedule", by: "sue", [.meeting: "m1"], ["start": it.at("2026-11-10 14:00")])
        let duty = it.registrar.owed(by: it.id("bob"), in: it.standing, now: it.now)
            .first { $0.title == "Say whether you will attend" }
        #expect(duty?.duty.due == Rehearsal.moment("2026-11-10 14:00"))
        #expect(duty?.isOverdue == false)
    }

    @Test("a duty that is due at the meeting's start as it opened late follows the meeting")
    func lateDutyFollows() {
        var it = planned()
        it.wait(until: "2026-11-18 09:00")
        it.say("circulate", by: "sue", [.meeting: "m1"])
        it.say("reschedule", by: "sue", [.meeting: "m1"], ["start": it.at("2026-11-18 18:00")])
        #expect(DesignCasesTests().reading(it, "bob")?.duty.due == Rehearsal.moment("2026-11-18 18:00"))
    }

    @Test("a substitute who had agreed can agree again after the meeting was moved")
    func standInAskedAgain() {
        var it = planned()
        it.say("apologise", by: "ann", [.meeting: "m1"], ["reason": .string("clash"), "substitute": it.person("sam")])
        it.say("stand_in", by: "sam", [.meeting: "m1"])
        it.say("reschedule", by: "sue", [.meeting: "m1"], ["start": it.at("2026-12-02 14:00")])
        it.say("apologise", by: "ann", [.meeting: "m1"], ["reason": .string("clash"), "substitute": it.person("sam")])
        it.say("stand_in", by: "sam", [.meeting: "m1", .representative: "r1"])
        #expect(it.theCase("representative", [.meeting: "m1", .representative: "r1"])?.isIn("filled") == true)
    }

    // MARK: - Timers

    @Test("what is due in another meeting takes effect at its own moment, whatever command comes first")
    func ownMoment() {
        var it = planned()
        plan(&it, "2026-12-16 14:00", "December")
        it.wait(until: "2026-11-30 10:00")
        let due = it.theCase("meeting", [.meeting: "m2"])?.deadlines["notice_due"]
        it.now = Rehearsal.moment("2026-12-04 10:00")
        it.take(it.registrar.fire(upTo: it.now, in: it.standing, family: "meeting/m1"))
        it.say("add_item", by: "sue", [.meeting: "m1"], ["title": .string("Late")])
        it.take(it.registrar.fire(upTo: it.now, in: it.standing))
        let notice = it.standing.duties.values.first { duty in
            duty.state.hasSuffix("notice.to_give") && it.standing.cases[duty.ofCase]?.subjects == [.meeting: "m2"]
        }
        #expect(due.map { $0 < it.now } == true)
        #expect(notice?.ended?.at == due)
    }

    @Test("a reminder that is caught up with at the moment of the next one does not go out beside it")
    func reminderOfTheMoment() {
        var it = planned()
        it.wait(until: "2026-11-08 10:00")
        let count = it.mailed("reminder").count { $0 == ["Bob"] }
        it.wait(until: "2026-11-11 09:00")
        #expect(it.mailed("reminder").count { $0 == ["Bob"] } - count == 1)
    }

    // MARK: - Who is conflicted

    @Test("a chair with an interest does not rule on it in the secretary's name")
    func ruleOnBehalf() {
        var it = planned()
        let body = Body(id: "b1", name: "Care Partnership", roles: ["secretary": [it.id("sue")], "chair": [it.id("bob")]])
        it.take(it.registrar.adopt([.body(body)], personal: [], by: nil, in: it.standing, now: it.now))
        declare(&it, ruling: nil)
        #expect(it.refused("rule", by: "bob", for: "sue", [.item: "i1"], ["ruling": .string("clear")]).kind == .notYours)
    }

    @Test("the coordinator does not rule on her representative's interest in the chair's name")
    func coordinatorForChair() {
        var it = planned()
        declare(&it, ruling: nil)
        #expect(it.refused("rule", by: "olga", for: "carl", [.item: "i1"], ["ruling": .string("clear")]).kind == .notYours)
    }

    @Test("a vice-chair who owes the ruling, as the chair has an interest, can give it")
    func viceChair() {
        var it = planned()
        let roles = ["secretary": [it.id("sue")], "chair": [it.id("bob")], "vice_chair": [it.id("carl")]]
        it.take(
            it.registrar.adopt(
                [.body(Body(id: "b1", name: "Care Partnership", roles: roles))], personal: [], by: nil, in: it.standing,
                now: it.now))
        declare(&it, ruling: nil)
        #expect(it.owes("carl").contains("Rule on the interest declared"))
        it.say("rule", by: "carl", [.item: "i1"], ["ruling": .string("must_withdraw")])
        #expect(!it.owes("carl").contains("Rule on the interest declared"))
    }

    @Test("a member who must withdraw and did not come does not hold the decision up")
    func absentAndConflicted() {
        var it = sat(["ann", "cat", "dan"]) { declare(&$0) }
        it.say("open_item", by: "sue", [.item: "i1"])
        it.say("decide", by: "sue", [.item: "i1"], ["decision": .string("Agreed.")])
        #expect(it.standing.records.items["i1"]?.resolution?.tookPart.count == 3)
    }

    @Test("a member who must withdraw and is recorded as having left does not hold the decision up")
    func departedAndConflicted() {
        var it = sat(["ann", "bob", "cat", "dan"]) { declare(&$0) }
        it.say("open_item", by: "sue", [.item: "i1"])
        it.say("depart", by: "sue", [.meeting: "m1"], ["person": it.person("bob")])
        it.say("decide", by: "sue", [.item: "i1"], ["decision": .string("Agreed.")])
        #expect(it.standing.records.items["i1"]?.resolution?.withdrawn == [it.id("bob")])
    }

    @Test("a member who has withdrawn is not recorded as presiding over the decision")
    func presiderWithdrew() {
        var it = planned()
        let body = Body(id: "b1", name: "Care Partnership", roles: ["secretary": [it.id("sue")], "chair": [it.id("bob")]])
        it.take(it.registrar.adopt([.body(body)], personal: [], by: nil, in: it.standing, now: it.now))
        declare(&it, ruling: nil)
        it.say("rule", by: "sue", [.item: "i1"], ["ruling": .string("must_withdraw")])
        it.wait(until: "2026-11-18 13:55")
        it.say("preside", by: "sue", [.meeting: "m1"], ["person": it.person("bob")])
        for name in ["ann", "bob", "cat", "dan"] { it.say("arrive", by: "sue", [.meeting: "m1"], ["person": it.person(name)]) }
        it.say("open_meeting", by: "sue", [.meeting: "m1"])
        it.say("open_item", by: "sue", [.item: "i1"])
        it.say("withdraw", by: "bob", [.item: "i1"])
        it.refused("decide", by: "sue", [.item: "i1"], ["decision": .string("Agreed.")])
        #expect(it.standing.records.items["i1"]?.resolution?.presider != it.id("bob"))
    }

    @Test("a seat has one vote, where its holder comes after all beside the stand-in")
    func oneVoteForASeat() {
        var it = sat(["ann", "sam", "bob", "cat"]) { it in
            it.say("apologise", by: "ann", [.meeting: "m1"], ["reason": .string("clash"), "substitute": it.person("sam")])
            it.say("stand_in", by: "sam", [.meeting: "m1"])
        }
        it.say("open_item", by: "sue", [.item: "i1"])
        it.say("decide", by: "sue", [.item: "i1"], ["decision": .string("Agreed.")])
        #expect(it.standing.records.items["i1"]?.resolution?.tookPart.count == 3)
    }

    @Test("naming one person twice does not stand for another who took no part")
    func namedTwice() {
        var it = sat(["ann", "cat", "dan"])
        it.say("open_item", by: "sue", [.item: "i1"])
        it.refused(
            "decide", by: "sue", [.item: "i1"],
            ["decision": .string("Agreed."), "took_part": .list([it.person("cat"), it.person("cat"), it.person("dan")])])
    }

    @Test("a seat that may only be in the room is not said to have withdrawn")
    func observer() {
        var it = planned()
        let seat = Seat(id: "s6", body: "b1", organisation: "o2", name: "Observer", rights: "room")
        it.take(it.registrar.adopt([.seat(seat)], personal: [], by: nil, in: it.standing, now: it.now))
        it.wait(until: "2026-11-18 13:55")
        it.say("preside", by: "sue", [.meeting: "m1"], ["person": it.person("carl")])
        for name in ["ann", "bob", "cat", "fay"] { it.say("arrive", by: "sue", [.meeting: "m1"], ["person": it.person(name)]) }
        it.say("open_meeting", by: "sue", [.meeting: "m1"])
        #expect(it.standing.withdrawn(from: "i1", by: it.registrar.rulebook) == [])
    }

    @Test("an interest that was taken back can be declared again")
    func declaredAgain() {
        var it = planned()
        declare(&it, ruling: nil)
        it.say("no_longer", by: "bob", [.item: "i1"], ["why": .string("It was a mistake.")])
        declare(&it, ruling: nil)
        #expect(it.standing.cases(of: "interest").last?.isIn("declared") == true)
    }

    @Test("an interest that was taken back does not come to life by apologies and an acceptance")
    func takenBackStays() {
        var it = planned()
        declare(&it, ruling: nil)
        it.say("no_longer", by: "bob", [.item: "i1"], ["why": .string("It was a mistake.")])
        it.say("apologise", by: "bob", [.meeting: "m1"], ["reason": .string("clash")])
        it.say("accept", by: "bob", [.meeting: "m1"])
        #expect(it.standing.cases(of: "interest").last?.isIn("declared") == false)
    }

    @Test("an interest that was taken back is not offered again where the item goes on")
    func takenBackIsNotOffered() {
        var it = sat(["ann", "bob", "cat"]) { it in
            declare(&it, ruling: nil)
            it.say("no_longer", by: "bob", [.item: "i1"], ["why": .string("It was a mistake.")])
        }
        plan(&it, "2026-12-16 14:00", "December")
        it.say("open_item", by: "sue", [.item: "i1"])
        it.say("defer", by: "sue", [.item: "i1"], ["why": .string("No time.")])
        #expect(it.standing.cases(of: "interest").count == 1)
    }

    @Test("a member leaves the room for themselves, and records nobody else as leaving")
    func withdrawsAnother() {
        var it = sat(["ann", "bob", "cat", "dan"]) { declare(&$0) }
        it.say("open_item", by: "sue", [.item: "i1"])
        it.refused("withdraw", by: "bob", [.item: "i1"], ["person": it.person("cat")])
    }

    @Test("who serves no more has nothing owed for an interest either")
    func interestOfOneGone() {
        var it = planned()
        declare(&it, ruling: nil)
        let term = Term(
            id: "t2", seat: "s2", person: it.id("bob"), start: CivilDate("2026-01-01") ?? .earliest,
            end: CivilDate("2026-10-31") ?? .latest)
        it.take(it.registrar.adopt([.term(term)], personal: [], by: nil, in: it.standing, now: it.now))
        let owed = it.standing.cases(of: "interest").flatMap { it.standing.openDuties(of: $0.id) }
        #expect(owed.isEmpty)
    }

    // MARK: - What was recorded afterwards

    @Test("who took part in a decision recorded afterwards is judged at the time of the decision")
    func decidedEarlier() {
        var it = sat(["ann", "bob", "cat"])
        it.say("open_item", by: "sue", [.item: "i1"])
        it.wait(until: "2026-11-18 14:30")
        it.say("arrive", by: "sue", [.meeting: "m1"], ["person": it.person("dan")])
        it.wait(until: "2026-11-18 14:40")
        let command = Command(
            id: "late", name: "decide", subjects: [.item: "i1"], fields: ["decision": .string("Agreed.")], actor: it.id("sue"),
            occurred: Rehearsal.moment("2026-11-18 14:20"))
        it.take(it.registrar.decide(command, in: it.standing, now: it.now))
        #expect(it.standing.records.items["i1"]?.resolution?.tookPart == [it.id("ann"), it.id("bob"), it.id("cat")])
    }

    @Test("a meeting cannot have ended before it was opened")
    func endedBeforeOpened() {
        var it = sat(["ann", "bob", "cat"])
        it.wait(until: "2026-11-18 15:00")
        let command = Command(
            id: "late", name: "end_meeting", subjects: [.meeting: "m1"], actor: it.id("sue"),
            occurred: Rehearsal.moment("2026-11-18 13:00"))
        #expect(it.registrar.whyRefused(command, in: it.standing, now: it.now) != nil)
    }

    @Test("an amendment cannot bring votes below none")
    func negativeVotes() {
        var it = sat(["ann", "bob", "cat"])
        it.say("open_item", by: "sue", [.item: "i1"])
        it.say("decide", by: "sue", [.item: "i1"], ["decision": .string("Agreed."), "votes_for": .int(3)])
        let amendment = Amendment(
            .decision(item: "i1", Amendment.Ruling(votesAgainst: -2)), entry: nil, why: "A slip.")
        guard case .refused = it.registrar.amend(amendment, by: it.id("sue"), in: it.standing, now: it.now) else {
            return #expect(Bool(false), "minus two votes were taken")
        }
    }

    // MARK: - Minutes, items, attendance

    @Test("minutes whose item is carried over are confirmed at the later meeting")
    func minutesCarriedOver() {
        var it = sat(["ann", "bob", "cat"])
        plan(&it, "2026-12-16 14:00", "December")
        it.say("end_meeting", by: "sue", [.meeting: "m1"])
        it.say("send_minutes", by: "sue", [.meeting: "m1"])
        it.say("pass_minutes", by: "carl", [.meeting: "m1"])
        plan(&it, "2027-01-20 14:00", "January")
        let item = it.standing.records.meetings["m2"]?.items.first
        #expect(item.flatMap { it.standing.records.items[$0] }?.confirms == "m1")
        it.say("cancel", by: "sue", [.meeting: "m2"], ["why": .string("Snow.")])
        let carried = it.standing.records.items.values.first { $0.continues == item }
        #expect(carried?.confirms == "m1")
        let variable = carried.flatMap { it.theCase("item", [.item: $0.id]) }?.variables["confirms"]
        #expect(variable == .object(Reference(kind: "meeting", id: "m1")))
    }

    @Test("an item that the secretary adds to confirm minutes confirms them")
    func itemAddedToConfirm() {
        var it = sat(["ann", "bob", "cat"])
        it.say("end_meeting", by: "sue", [.meeting: "m1"])
        plan(&it, "2026-12-16 14:00", "December")
        it.say("add_item", by: "sue", [.meeting: "m2"], ["title": .string("Minutes"), "confirms": .string("m1")])
        let item = it.standing.records.meetings["m2"]?.items.last ?? ""
        #expect(it.theCase("item", [.item: item])?.variables["confirms"] == .object(Reference(kind: "meeting", id: "m1")))
    }

    @Test("an item that was not reached has not been deferred for want of a quorum")
    func notReached() {
        var it = sat(["ann", "bob", "cat"])
        plan(&it, "2026-12-16 14:00", "December")
        it.say("end_meeting", by: "sue", [.meeting: "m1"])
        let next = it.standing.records.items.values.first { $0.continues == "i1" }
        #expect(next.flatMap { it.theCase("item", [.item: $0.id]) }?.variables["deferrals"] == .int(0))
    }

    @Test("a seat that was represented stays so when the stand-in's case is over")
    func representedForEver() {
        var it = sat(["sam", "bob", "cat"]) { it in
            it.say("apologise", by: "ann", [.meeting: "m1"], ["reason": .string("clash"), "substitute": it.person("sam")])
            it.say("stand_in", by: "sam", [.meeting: "m1"])
        }
        it.say("end_meeting", by: "sue", [.meeting: "m1"])
        let ann = it.standing.records.representatives["r1"] ?? Representative(id: "", seat: "", person: "", term: nil)
        #expect(it.standing.attendance(of: ann, at: "m1") == "represented")
        for seat in ["r2", "r3", "r7"] {
            it.say(
                "excuse_report", by: "olga", [.meeting: "m1", .representative: seat], ["why": .string("Nothing was said.")])
        }
        it.say("send_minutes", by: "sue", [.meeting: "m1"])
        it.say("pass_minutes", by: "carl", [.meeting: "m1"])
        it.say("confirm_without_meeting", by: "carl", [.meeting: "m1"], ["why": .string("By letter.")])
        #expect(it.standing.openCases(inFamily: "meeting/m1").filter { $0.workflow == "representative" }.isEmpty)
        #expect(it.standing.attendance(of: ann, at: "m1") == "represented")
    }

    @Test("a paper that has not gone out is not among those to be read")
    func paperNotSent() {
        var it = planned()
        it.wait(until: "2026-11-02 10:00")
        it.say("circulate", by: "sue", [.meeting: "m1"])
        it.say("add_paper", by: "sue", [.meeting: "m1"], ["title": .string("Late figures")])
        #expect(DesignCasesTests().reading(it, "bob")?.checklist.map(\.key) == ["line1/a1", "line2/i1", "line3"])
    }

    @Test("every duty has an owner, also where an organisation has no coordinator")
    func everyDutyHasAnOwner() {
        var it = sat(["dan", "bob", "cat"])
        it.say("end_meeting", by: "sue", [.meeting: "m1"])
        it.say("submit_report", by: "dan", [.meeting: "m1"])
        for duty in it.standing.duties.values where duty.isOpen {
            #expect(!it.registrar.owners(of: duty, in: it.standing).isEmpty, "\(duty.state)")
        }
    }

    // MARK: - Entries and personal values

    /// The case that a change is about, where it is about one.
    private func subject(of change: Change, in standing: Standing) -> ID? {
        switch change {
        case .moved(let move): move.ofCase
        case .dutyOpened(let duty), .dutyMoved(let duty): duty.ofCase
        case .dutyEnded(let id, _, _): standing.duties[id]?.ofCase
        case .ended(let id, _, _), .deadlines(let id, _, _), .given(let id, _, _, _): id
        case .drafted(let draft): draft.ofCase
        case .mailed(let mailing): mailing.ofCase
        default: nil
        }
    }

    @Test("an entry holds what happened to its own case, and not to another")
    func entriesOfTheirCase() {
        var it = sat(["ann", "bob", "cat"])
        it.say("end_meeting", by: "sue", [.meeting: "m1"])
        let strays = it.entries.flatMap { entry in
            entry.changes.filter { change in
                subject(of: change, in: it.standing).map { $0 != entry.ofCase } ?? false
            }.map { "\(entry.kind) \(entry.name) of \(entry.ofCase ?? "-"): \(subject(of: $0, in: it.standing) ?? "")" }
        }
        #expect(strays == [])
    }

    @Test("reasons stay out of the journal's clear text")
    func reasonsApart() {
        var it = sat(["ann", "bob", "cat"])
        it.say("open_item", by: "sue", [.item: "i1"])
        it.say(
            "decide", by: "sue", [.item: "i1"],
            [
                "decision": .string("Agreed."), "took_part": .list([it.person("ann"), it.person("bob")]),
                "reason": .string("Cat felt ill."),
            ])
        #expect(!String(describing: it.entries).contains("Cat felt ill."))
    }

    @Test("what the secretary records for a member is the member's own value")
    func ownerOfTheNature() {
        let it = planned()
        let command = Command(
            id: "k99", name: "declare", subjects: [.meeting: "m1", .representative: "r2"],
            fields: ["item": .string("i1"), "kind": .string("personal"), "nature": .string("My sister applied.")],
            actor: it.id("sue"))
        guard case .taken(let taken) = it.registrar.decide(command, in: it.standing, now: it.now) else {
            return #expect(Bool(false), "it was refused")
        }
        #expect(taken.personal.map(\.owner) == [it.id("bob")])
    }

    @Test("nobody reads another's personal value by writing its key")
    func keyAsText() {
        var it = planned()
        declare(&it, ruling: nil)
        guard case .string(let key)? = it.standing.cases(of: "interest").last?.variables["nature"] else {
            return #expect(Bool(false), "there is no nature")
        }
        it.refused("add_paper", by: "sue", [.meeting: "m1"], ["title": .string(key)])
    }

    @Test("replay of a whole meeting gives the same standing, indexes included")
    func wholeReplay() {
        var it = sat(["sam", "bob", "cat", "dan"]) { it in
            it.say("apologise", by: "ann", [.meeting: "m1"], ["reason": .string("clash"), "substitute": it.person("sam")])
            it.say("stand_in", by: "sam", [.meeting: "m1"])
            declare(&it)
        }
        plan(&it, "2026-12-16 14:00", "December")
        it.say("open_item", by: "sue", [.item: "i1"])
        it.say("withdraw", by: "bob", [.item: "i1"])
        it.say("defer", by: "sue", [.item: "i1"], ["why": .string("No time.")])
        it.say("end_meeting", by: "sue", [.meeting: "m1"])
        it.wait(until: "2027-01-10 10:00")
        var again = Standing()
        for entry in it.entries { again.evolve(entry) }
        #expect(again.cases == it.standing.cases)
        #expect(again.duties == it.standing.duties)
        #expect(again.records == it.standing.records)
        #expect(again.drafts == it.standing.drafts)
        #expect(again.numbers == it.standing.numbers)
        #expect(again.openFamilies == it.standing.openFamilies)
        for family in again.openFamilies {
            #expect(again.openCases(inFamily: family) == it.standing.openCases(inFamily: family))
        }
        for one in again.cases.values {
            #expect(again.keys(of: one) == it.standing.keys(of: one))
            #expect(again.openDuties(of: one.id) == it.standing.openDuties(of: one.id))
            for word in Set(again.cases.values.flatMap(\.announcing)) {
                let keys = again.keys(of: one)
                #expect(again.isAnnounced(word, for: keys) == it.standing.isAnnounced(word, for: keys))
            }
        }
    }

    @Test("who presides is the one recorded for the latest time, in whatever order it was written down")
    func presidingInOrder() {
        var it = sat(["ann", "bob", "cat"])
        it.wait(until: "2026-11-18 15:00")
        for (name, time) in [("ann", "14:40"), ("bob", "14:20")] {
            let command = Command(
                id: name, name: "preside", subjects: [.meeting: "m1"], fields: ["person": it.person(name)], actor: it.id("sue"),
                occurred: Rehearsal.moment("2026-11-18 " + time))
            it.take(it.registrar.decide(command, in: it.standing, now: it.now))
        }
        let world = it.theCase("meeting", [.meeting: "m1"]).map { it.standing.people(.presider, of: $0) }
        #expect(world == [it.id("ann")])
    }

    @Test("a case that nothing calls for any more announces nothing")
    func closedAnnouncesNothing() {
        var it = planned()
        it.say("accept", by: "bob", [.meeting: "m1"])
        for end in ["2026-10-31", "2028-12-31"] {
            let term = Term(
                id: "t2", seat: "s2", person: it.id("bob"), start: CivilDate("2026-01-01") ?? .earliest,
                end: CivilDate(end) ?? .latest)
            it.take(it.registrar.adopt([.term(term)], personal: [], by: nil, in: it.standing, now: it.now))
        }
        #expect(it.owes("bob") == [])
        #expect(it.theCase("representative", [.meeting: "m1", .representative: "r2"])?.isIn("asked") == true)
        #expect(it.registrar.forecastQuorum(of: "m1", in: it.standing).first?.unanswered.contains(it.id("bob")) == true)
    }

    @Test("the secretary of one body does not bring another body's meetings under new rules")
    func rulesOfAnotherBody() {
        var it = planned()
        it.take(
            it.registrar.adopt(
                [.body(Body(id: "b2", name: "Another", roles: ["secretary": [it.id("kim")]]))], personal: [], by: nil,
                in: it.standing, now: it.now))
        var rulebook = it.registrar.rulebook
        rulebook.standard.pack.hash = "another pack"
        let registrar = Registrar(rulebook: rulebook)
        // What belongs to no body, such as a network meeting, she may bring under them.
        guard case .taken(let taken) = registrar.adopt(.rulePack, by: it.id("kim"), in: it.standing, now: it.now) else {
            return
        }
        let moved = taken.entries.flatMap(\.changes).compactMap { change in
            if case .pinned(let id, _) = change { taken.standing.cases[id] } else { nil }
        }
        #expect(moved.allSatisfy { taken.standing.keys(of: $0).all[.body] == nil })
    }

    @Test("a rule asked when a word is told is enforced")
    func ruleAtAWord() {
        let sources = Rehearsal.sources.map { source in
            guard source.text.name == "Workflows/item.yaml" else { return source }
            let text = source.text.text + "\n  - {name: an item is left over, when: meeting_ended, if: \"true\"}\n"
            return WorkflowSource(SourceText(name: source.text.name, text: text), hash: source.hash)
        }
        let library = WorkflowLibrary(checking: sources)
        #expect(library.findings.filter { $0.severity == .error }.map { $0.rendered(in: nil) } == [])
        var it = Rehearsal(at: "2026-10-01 10:00")
        var rulebook = it.registrar.rulebook
        rulebook.workflows = Dictionary(uniqueKeysWithValues: library.workflows.map { ($0.name, $0) })
        it.registrar = Registrar(rulebook: rulebook)
        it.settleIn()
        plan(&it, "2026-11-18 14:00", "November")
        it.say("add_item", by: "sue", [.meeting: "m1"], ["title": .string("Budget")])
        it.wait(until: "2026-11-18 14:00")
        it.say("preside", by: "sue", [.meeting: "m1"], ["person": it.person("carl")])
        it.say("open_meeting", by: "sue", [.meeting: "m1"])
        it.refused("end_meeting", by: "sue", [.meeting: "m1"])
    }
}
