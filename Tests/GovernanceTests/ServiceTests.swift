import CEL
import Calendars
import Governance
import Testing
import Workflows

/// A representative's service from the first day to the handover.
@Suite struct ServiceTests {
    static let training: [String: Value] = [
        "course": .string("Speaking for others"), "covers": .string("the_role"), "taken": .string("2026-02-10"),
        "expires": .string("2027-02-10"),
    ]

    /// Ann's first weeks: induction, training, code, interests, contact.
    static func settled() -> Rehearsal {
        var it = Rehearsal.serving()
        it.refused("finish_induction", by: "ann", [.term: "t1"])
        it.tickAll("ann", "Complete your induction")
        it.say("finish_induction", by: "ann", [.term: "t1"])
        it.refused("explain_role", by: "olga", [.term: "t1"])
        it.say(
            "record_responsibility", by: "olga", [.term: "t1"],
            ["responsibility": .string("Speaks on transport"), "agreed": .string("2026-01-20")])
        it.tickAll("olga", "Explain role and support to Ann")
        it.say("explain_role", by: "olga", [.term: "t1"])
        it.say("record_code", by: "olga", [.organisation: "o1"], ["title": .string("The code"), "date": .string("2009-10-10")])
        it.say("acknowledge_code", by: "ann", [.term: "t1"])
        it.say("confirm_register", by: "ann", [.term: "t1"])
        it.wait(until: "2026-02-10 17:00")
        var wrong = training
        wrong["expires"] = .string("2026-02-01")
        #expect(it.refused("record_training", by: "ann", [.term: "t1"], wrong).kind == .condition)
        it.say("record_training", by: "ann", [.term: "t1"], training)
        return it
    }

    @Test("the first weeks: induction with its checklist, role explained, code acknowledged, training recorded")
    func firstWeeks() {
        let it = Self.settled()
        #expect(it.owes("ann") == ["Take the training around equality and diversity"])
        #expect(it.mailed("role_pack").contains(["Ann"]))
        #expect(it.standing.rows(of: "training").map(\.about) == [it.id("ann")])
        #expect(it.standing.rows(of: "responsibility").map(\.about) == ["s1"])
    }

    @Test("training that runs out is to be renewed, first by its owner, then over the coordinator's head")
    func renewal() {
        var it = Self.settled()
        it.wait(until: "2026-12-20 09:00")
        #expect(it.owes("ann").contains("Renew your training for the role"))
        it.wait(until: "2027-02-12 09:00")
        #expect(it.owes("ann").contains("Renew your training for the role, which has run out"))
        var again = Self.training
        again["taken"] = .string("2027-02-12")
        again["expires"] = .string("2029-02-12")
        it.say("record_training", by: "olga", [.term: "t1"], again)
        #expect(!it.owes("ann").contains { $0.hasPrefix("Renew your training for the role") })
    }

    @Test("contact details are asked for each half year; a new address stands apart from the journal, and none is shared")
    func contact() {
        var it = Self.settled()
        it.wait(until: "2026-07-07 09:00")
        #expect(it.owes("ann").contains("Confirm your contact details"))
        #expect(it.refused("change_details", by: "ann", [.term: "t1"], ["email": .string("bob@example.org")]).kind == .form)
        #expect(it.refused("change_details", by: "ann", [.term: "t1"], ["email": .string("nowhere")]).kind == .form)
        it.say("change_details", by: "ann", [.term: "t1"], ["email": .string("ann@example.net")])
        #expect(it.standing.email(of: it.id("ann")) == "ann@example.net")
        #expect(!it.entries.contains { "\($0)".contains("ann@example.net") })
        #expect(!it.owes("ann").contains("Confirm your contact details"))
    }

    @Test("a new edition of the code is acknowledged anew by all who go by it")
    func code() {
        var it = Self.settled()
        it.refused("record_code", by: "olga", [.organisation: "o1"], ["title": .string("Old"), "date": .string("2001-01-01")])
        it.say("record_code", by: "olga", [.organisation: "o1"], ["title": .string("The code"), "date": .string("2026-03-01")])
        #expect(it.owes("ann").contains { $0.hasPrefix("Read and acknowledge The code of") && $0.contains("2026") })
        #expect(it.owes("eve").allSatisfy { !$0.hasPrefix("Read and acknowledge") })
        it.say("acknowledge_code", by: "ann", [.term: "t1"])
        #expect(it.refused("acknowledge_code", by: "ann", [.term: "t1"]).kind == .notNow)
    }

    /// Ann steps down; her only substitute takes the seat.
    static func steppedDown() -> Rehearsal {
        var it = settled()
        it.wait(until: "2026-03-02 10:00")
        it.refused("step_down", by: "ann", [.term: "t1"], ["last_day": .string("2029-03-31")])
        it.say("step_down", by: "ann", [.term: "t1"], ["last_day": .string("2026-03-31"), "reason": .string("Moving away")])
        return it
    }

    @Test("stepping down tells the electors at once, opens an election, and ends what is owed when the last day is over")
    func steppingDown() {
        var it = Self.steppedDown()
        #expect(it.mailed("stepping_down") == [["Kim", "Dan", "Olga", "Sue"]])
        #expect(it.owes("olga").contains("Publish the vacancy: Seat 1, Care Partnership"))
        #expect(it.refused("step_down", by: "ann", [.term: "t1"], ["last_day": .string("2026-03-30")]).kind == .notNow)
        it.wait(until: "2026-04-01 09:00")
        #expect(it.owes("ann") == ["Hand over to your successor"])
        #expect(it.standing.records.terms["t1"]?.end.description == "2026-03-31")
        #expect(it.owes("sam") == ["Say whether you will stand in for Seat 1 until it is filled"])
        it.say("take_seat", by: "sam", [.term: "t1"])
        let interim = it.standing.records.terms.values.first { $0.isInterim == true }
        #expect(interim?.person == it.id("sam") && interim?.end.description == "2028-12-31")
        #expect(it.owes("sam").contains("Complete your induction"))
        it.say("hand_over", by: "ann", [.term: "t1"])
        #expect(it.theCase("term", [.term: "t1"])?.isOpen == false)
    }

    @Test("where no substitute will stand in, each is asked and the seat falls vacant")
    func vacancy() {
        var it = Self.steppedDown()
        it.wait(until: "2026-04-01 09:00")
        it.say("decline_seat", by: "sam", [.term: "t1"])
        #expect(it.theCase("term", [.term: "t1"])?.isIn("substitution.vacant") == true)
        #expect(it.standing.cases(of: "election").filter(\.isOpen).count == 1)
    }

    @Test("a recall is put to those who elected, and counts only if it is carried")
    func recall() {
        var it = Self.settled()
        #expect(it.refused("call_recall", by: "eve", [.term: "t1"], ["why": .string("W")]).kind == .notYours)
        it.say("call_recall", by: "kim", [.term: "t1"], ["why": .string("Never reports")])
        let votes: [String: Value] = ["votes_for": .int(1), "votes_against": .int(1), "last_day": .string("2026-02-28")]
        it.tickAll("olga", "Put the recall of Ann to those who elected")
        #expect(it.refused("recall", by: "olga", [.term: "t1"], votes).kind == .condition)
        #expect(it.standing.records.terms["t1"]?.end.description == "2028-12-31")
        it.say("recall", by: "olga", [.term: "t1"], votes.merging(["votes_for": .int(2)]) { $1 })
        #expect(it.standing.records.terms["t1"]?.end.description == "2026-02-28")
        #expect(it.mailed("stepping_down").count == 1)
    }

    @Test("absences beyond the body's policy open a talk with the coordinator; fewer do not")
    func attendance() {
        var it = Rehearsal.serving { pack in
            pack.attendance = AttendancePolicy(
                missesInARow: 2, apologyExcuses: false, substituteAttends: true, takesEffectByItself: false,
                consequence: "The seat may be declared vacant.")
        }
        for (number, day) in ["2026-03-18", "2026-05-20"].enumerated() {
            it.hold(day, with: ["bob", "cat", "dan"])
            it.say("send_minutes", by: "sue", [.meeting: "m\(number + 1)"])
            it.say("pass_minutes", by: "carl", [.meeting: "m\(number + 1)"])
            #expect(it.owes("olga").contains("Speak with Ann about attendance") == (number == 1))
        }
        it.say("record_talk", by: "olga", [.term: "t1"], ["agreed": .string("By video from now on")])
        #expect(!it.owes("olga").contains("Speak with Ann about attendance"))
    }

    @Test("each year the coordinator publishes how the seat was filled")
    func account() {
        var it = Self.settled()
        it.wait(until: "2027-01-06 09:00")
        #expect(it.owes("olga").contains("Publish how Ann has represented us"))
        it.say("publish_account", by: "olga", [.term: "t1"])
        #expect(it.mailed("accountability").last == ["Kim", "Dan"])
    }
}

extension Rehearsal {
    /// Plans and holds a meeting on a day, from two weeks before, with these present; nothing is on the agenda.
    mutating func hold(_ day: String, with names: [String], _ location: SourceLocation = #_sourceLocation) {
        say("plan_meeting", by: "sue", [:], ["body": .string("b1"), "start": at(day + " 14:00")], location)
        let meeting = "m\(standing.records.meetings.count)"
        for command in ["give_notice", "publish_agenda", "circulate"] {
            say(command, by: "sue", [.meeting: meeting], [:], location)
        }
        wait(until: day + " 13:55", location)
        say("preside", by: "sue", [.meeting: meeting], ["person": person("carl")], location)
        for name in names { say("arrive", by: "sue", [.meeting: meeting], ["person": person(name)], location) }
        say("open_meeting", by: "sue", [.meeting: meeting], [:], location)
        say("end_meeting", by: "sue", [.meeting: meeting], [:], location)
    }
}
