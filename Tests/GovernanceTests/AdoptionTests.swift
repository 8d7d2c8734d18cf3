import CEL
import Calendars
import Governance
import Testing
import Workflows

@Suite("Rules that change while a meeting is being prepared") struct AdoptionTests {
    private func adopt(_ it: inout Rehearsal, _ adoption: RulesAdoption = .holidayTable) {
        it.take(it.registrar.adopt(adoption, by: it.id("sue"), in: it.standing, now: it.now))
    }

    @Test("a new holiday table moves no deadline until it is adopted, and then every one that hangs on it")
    func pinned() {
        var it = Rehearsal.planned()
        #expect(it.day(it.duty("Give notice of the meeting", of: "sue")?.due) == "2026-11-04")
        it.proclaim("2026-11-16")
        it.say("add_item", by: "sue", [.meeting: "m1"], ["title": .string("More"), "purpose": .string("discussion")])
        #expect(it.day(it.duty("Give notice of the meeting", of: "sue")?.due) == "2026-11-04")
        let before = it.standing.duties
        adopt(&it)
        #expect(it.day(it.duty("Give notice of the meeting", of: "sue")?.due) == "2026-11-03")
        #expect(it.day(it.duty("Circulate the papers", of: "sue")?.due) == "2026-11-10")
        #expect(it.day(it.duty("Say whether you will attend", of: "bob")?.due) == "2026-11-10")
        #expect(it.standing.duties.values.filter { $0.due != before[$0.id]?.due }.allSatisfy { $0.revision == 1 })
        let explanation = it.registrar.explain(
            duty: it.duty("Give notice of the meeting", of: "sue")?.id ?? "", in: it.standing, now: it.now)
        #expect(explanation?.derivation?.lines.contains { $0.contains("Mon 16 Nov (Proclaimed)") } == true)
    }

    @Test("adopting twice is refused, and so is somebody without the office")
    func refused() {
        var it = Rehearsal.planned()
        it.proclaim("2026-11-16")
        adopt(&it)
        guard case .refused(let again) = it.registrar.adopt(.holidayTable, by: it.id("sue"), in: it.standing, now: it.now),
            case .refused(let stranger) = it.registrar.adopt(.holidayTable, by: it.id("bob"), in: it.standing, now: it.now)
        else { return #expect(Bool(false), "taken") }
        #expect(again.kind == .notNow)
        #expect(stranger.kind == .notYours)
    }

    @Test("notice that was in time and is short under the new table is owed again, with the consequence")
    func short() {
        var it = Rehearsal.planned()
        it.wait(until: "2026-11-04 10:00")
        it.say("give_notice", by: "sue", [.meeting: "m1"])
        #expect(it.duty("Give notice, which is now short", of: "sue") == nil)
        it.proclaim("2026-11-16")
        adopt(&it)
        let owed = it.registrar.owed(by: it.id("sue"), in: it.standing, now: it.now)
        #expect(
            owed.first { $0.title == "Give notice, which is now short" }?.note
                == "Members may ask to put off what they could not prepare.")
    }

    @Test("notice that stays in time stays given")
    func stillEnough() {
        var it = Rehearsal.planned()
        it.wait(until: "2026-11-02 10:00")
        it.say("give_notice", by: "sue", [.meeting: "m1"])
        it.proclaim("2026-11-16")
        adopt(&it)
        #expect(it.theCase("meeting", [.meeting: "m1"])?.isIn("notice.given") == true)
    }

    @Test("other rules bind a new meeting at once and an open one when they are adopted")
    func rules() {
        var it = Rehearsal.planned()
        it.go { $0.quorum.minimum = 5 }
        #expect(it.quorum().needed == 3)
        it.say(
            "plan_meeting", by: "sue", [:],
            ["body": .string("b1"), "start": it.at("2026-12-16 14:00"), "title": .string("December")])
        #expect(it.standing.quorum(of: "m2", by: it.registrar.rulebook).needed == 5)
        adopt(&it, .rulePack)
        #expect(it.quorum().needed == 5)
    }

    @Test("those whose duties moved are told once, but not who moved them, nor of what is not shown yet")
    func told() {
        var it = Rehearsal.planned()
        it.wait(until: "2026-10-26 10:00")
        it.proclaim("2026-11-16")
        adopt(&it)
        let told = it.mailed("deadlines_moved").flatMap(\.self)
        #expect(told.sorted() == ["Ann", "Bob", "Cat", "Dan", "Eve", "Fay"])
        let count = it.entries.count
        it.wait(until: "2026-10-26 11:00")
        #expect(it.mailed("deadlines_moved").count == 6)
        #expect(it.entries.count >= count)
    }

    @Test("a rescheduled meeting tells members by its invitation alone")
    func invitationTells() {
        var it = Rehearsal.planned()
        it.wait(until: "2026-10-26 10:00")
        it.say("give_notice", by: "sue", [.meeting: "m1"])
        it.say("reschedule", by: "sue", [.meeting: "m1"], ["start": it.at("2026-12-02 14:00")])
        #expect(it.mailed("invitation").count == 2)
        #expect(it.mailed("deadlines_moved").flatMap(\.self).allSatisfy { $0 == "Carl" })
    }

    private func withdrawn(_ it: Rehearsal) -> [String] {
        it.entries.flatMap(\.changes).compactMap { change in
            if case .occurrenceWithdrawn(let duty, let occurrence) = change { "\(duty)/\(occurrence)" } else { nil }
        }
    }

    @Test("reminders that went out at another moment are withdrawn, and no others")
    func withdrawals() {
        var it = Rehearsal.planned()
        // Two reminders of the same duty have gone: 5 and 1 working days before.
        it.wait(until: "2026-11-03 10:00")
        let duty = it.duty("Give notice of the meeting", of: "sue")
        #expect(duty?.settled == ["remind.0/0", "remind.1/0"])
        it.proclaim("2026-11-16")
        adopt(&it)
        #expect(withdrawn(it).filter { $0.hasPrefix((duty?.id ?? "") + "/") }.count == 2)
        // The papers' first reminder, three working days before 11 November, lies ahead and has nothing to withdraw.
        let papers = it.duty("Circulate the papers", of: "sue")?.id ?? ""
        #expect(!withdrawn(it).contains { $0.hasPrefix(papers + "/") })
    }

    @Test("a reminder whose moment stays keeps its message, and is not sent again")
    func stays() {
        var it = Rehearsal.planned()
        it.say("add_paper", by: "sue", [.meeting: "m1"], ["title": .string("The budget")])
        it.say("circulate", by: "sue", [.meeting: "m1"])
        it.wait(until: "2026-11-17 10:00")
        // Read by 17:00 on the day before; reminded three working days before that and, at 09:00, one working day before.
        let duty = it.registrar.owed(by: it.id("bob"), in: it.standing, now: it.now).first { $0.title == "Read the papers" }?
            .duty
        #expect(duty?.settled.contains("remind.1/0") == true)
        let sent = it.mailed("reminder").count
        it.say("reschedule", by: "sue", [.meeting: "m1"], ["start": it.at("2026-11-18 16:00")])
        #expect(!withdrawn(it).contains { $0.hasPrefix((duty?.id ?? "") + "/") })
        it.wait(until: "2026-11-17 10:05")
        let again = it.entries.flatMap(\.changes).compactMap { change -> Mailing? in
            if case .mailed(let mailing) = change, mailing.duty == duty?.id, mailing.document == "reminder" {
                mailing
            } else {
                nil
            }
        }
        #expect(Set(again.map(\.occurrence)).count == again.count)
        #expect(sent > 0)
    }

    @Test("replaying the entries gives the pins that stand")
    func replay() {
        var it = Rehearsal.planned()
        it.proclaim("2026-11-16")
        adopt(&it)
        var replayed = Standing()
        for entry in it.entries { replayed.evolve(entry) }
        #expect(replayed.cases == it.standing.cases)
        #expect(replayed.duties == it.standing.duties)
        #expect(Set(it.standing.cases.values.filter(\.isOpen).map(\.pins?.holidays)) == ["first table''"])
    }
}
