import CEL
import Calendars
import Governance
import Testing
import Workflows

@Suite("What lies ahead of a meeting") struct ForecastTests {
    private func forecast(_ it: Rehearsal, _ item: String? = nil) throws -> QuorumForecast {
        try #require(it.registrar.forecastQuorum(of: "m1", in: it.standing).first { $0.item == item })
    }

    @Test("the quorum of each item is told before the meeting, with who is away, who must withdraw and what would help")
    func quorum() throws {
        var it = Rehearsal.planned()
        it.say("add_item", by: "sue", [.meeting: "m1"], ["title": .string("Transport"), "purpose": .string("decision")])
        for name in ["ann", "dan"] { it.say("accept", by: name, [.meeting: "m1"]) }
        for name in ["eve", "fay"] { it.say("apologise", by: name, [.meeting: "m1"], ["reason": .string("clash")]) }
        #expect(try forecast(it).expected == Quorum(present: 4, needed: 3))
        #expect(try forecast(it).certain.present == 2)
        #expect(try forecast(it).apologised == [it.id("eve"), it.id("fay")])
        #expect(try forecast(it).unanswered == [it.id("bob"), it.id("cat")])
        it.declare("bob")
        it.declare("ann", ruled: nil)
        let item = try forecast(it, "i1")
        #expect(item.expected == Quorum(present: 2, needed: 3))
        #expect(item.mustWithdraw == [it.id("ann"), it.id("bob")])
        #expect(item.remedies.contains("1 more must count"))
        #expect(item.remedies.contains("who has apologised comes after all: Eve, Fay"))
        #expect(item.remedies.contains("a dispensation, or a ruling that clears: Ann, Bob"))
        #expect(try forecast(it, "i2").expected.isMet)
        #expect(try forecast(it, "i2").remedies == [])
    }

    @Test("a substitute who has agreed fills the seat; one who might is a way out")
    func substitutes() throws {
        var it = Rehearsal.planned { $0.quorum.minimum = 6 }
        it.say("apologise", by: "ann", [.meeting: "m1"], ["reason": .string("clash")])
        #expect(try forecast(it).remedies.contains("a substitute comes: Sam for Ann"))
        it.say("propose_stand_in", by: "ann", [.meeting: "m1"], ["substitute": it.person("sam")])
        it.say("stand_in", by: "sam", [.meeting: "m1"])
        #expect(try forecast(it).expected.present == 6)
        #expect(try forecast(it).apologised == [])
    }

    /// Four meetings, of which three are held, each with these people there.
    private func year(_ policy: AttendancePolicy, _ present: [[String]]) -> Rehearsal {
        var it = Rehearsal(at: "2026-01-02 10:00")
        it.go { $0.attendance = policy }
        it.settleIn()
        let days = ["2026-03-04", "2026-05-21", "2026-09-16", "2026-11-18", "2026-12-16"]
        for day in days {
            it.say(
                "plan_meeting", by: "sue", [:], ["body": .string("b1"), "start": it.at(day + " 14:00"), "title": .string(day)])
        }
        for (place, names) in present.enumerated() {
            let meeting = "m\(place + 1)"
            it.wait(until: days[place] + " 14:00")
            it.say("preside", by: "sue", [.meeting: meeting], ["person": it.person("carl")])
            for name in names { it.say("arrive", by: "sue", [.meeting: meeting], ["person": it.person(name)]) }
            it.say("open_meeting", by: "sue", [.meeting: meeting])
            it.wait(until: days[place] + " 16:00")
            it.say("end_meeting", by: "sue", [.meeting: meeting])
        }
        return it
    }

    private func attendance(_ it: Rehearsal, _ name: String) throws -> AttendanceForecast {
        try #require(
            it.registrar.forecastAttendance(of: "b1", in: it.standing, now: it.now).first { $0.person == it.id(name) })
    }

    @Test("last attended 21 May: the last safe day is 21 November, and the last safe meeting the one before it")
    func sixMonths() throws {
        let policy = try #require(try Rehearsal.shipped("england-parish").attendance)
        var it = year(policy, [["ann", "bob", "cat"], ["ann", "bob", "cat"], ["bob", "cat", "dan"]])
        let ann = try attendance(it, "ann")
        #expect(ann.lastAttended == CivilDate("2026-05-21"))
        #expect(ann.lastSafeDay == CivilDate("2026-11-21"))
        #expect(ann.lastSafeMeeting == "m4")
        #expect(!ann.isTooLittle)
        let fay = try attendance(it, "fay")
        #expect(fay.lastAttended == nil && fay.lastSafeDay == CivilDate("2026-07-01") && fay.isTooLittle)
        #expect(try attendance(it, "bob").lastSafeMeeting == "m5")
        it.say("cancel", by: "sue", [.meeting: "m4"], ["why": .string("Snow.")])
        #expect(try attendance(it, "ann").lastSafeMeeting == nil)
    }

    @Test("misses in a row count without apologies and without meetings at which a substitute sat in")
    func misses() throws {
        let policy = try #require(try Rehearsal.shipped("informal-partnership").attendance)
        let it = year(policy, [["ann", "bob", "cat"], ["ann", "bob", "cat"], ["ann", "bob", "cat"]])
        #expect(try attendance(it, "ann").missesLeft == 1)
        #expect(try attendance(it, "dan").isTooLittle)
        #expect(try attendance(it, "dan").records == [.absent, .absent, .absent])
    }

    @Test("interests are to be reviewed a year after the last answer, be it that there are none")
    func reviews() throws {
        let pack = try Rehearsal.shipped("informal-partnership")
        var it = Rehearsal.planned { $0 = pack }
        func review(_ name: String) throws -> ReviewForecast {
            try #require(
                it.registrar.forecastReviews(of: "b1", in: it.standing, now: it.now).first { $0.person == it.id(name) })
        }
        #expect(try review("ann").due.get().date == CivilDate("2027-01-01"))
        it.take(it.registrar.keepInterests(of: "r1", .review, by: it.id("ann"), in: it.standing, now: it.now))
        #expect(try review("ann").due.get().date == CivilDate("2027-10-01"))
        it.now = Rehearsal.moment("2027-03-01 10:00")
        #expect(try review("bob").isOverdue)
        #expect(try !review("ann").isOverdue)
    }
}

@Suite("Registered interests and the items that they touch") struct MatchTests {
    private func registered(_ organisation: String = "Carers Together") throws -> Rehearsal {
        var it = Rehearsal.planned()
        it.take(
            it.registrar.keepInterests(
                of: "r2",
                .register(
                    kind: .financial, organisation: organisation, nature: "Paid trustee", isSensitive: false,
                    since: try #require(CivilDate("2026-02-01"))), by: it.id("bob"), in: it.standing, now: it.now))
        return it
    }

    @Test("an organisation of the directory is the same by its id and by its name")
    func sameByID() throws {
        var it = try registered("Patients' Forum")
        it.say(
            "add_item", by: "sue", [.meeting: "m1"],
            ["title": .string("Day services"), "purpose": .string("decision"), "organisations": .string("o2;")])
        it.say(
            "add_item", by: "sue", [.meeting: "m1"],
            ["title": .string("Night services"), "purpose": .string("decision"), "organisations": .string("o1;")])
        #expect(it.standing.interestMatches(of: "r2", at: "m1").map(\.item) == ["i2"])
    }

    @Test("the organisation named on an item, or in its title, is a match once the agenda is out; only its holder is asked")
    func asked() throws {
        var it = try registered()
        it.say(
            "add_item", by: "sue", [.meeting: "m1"],
            [
                "title": .string("Day services"), "purpose": .string("decision"),
                "organisations": .string("Minds Matter; carers together"),
            ])
        it.say(
            "add_item", by: "sue", [.meeting: "m1"],
            ["title": .string("Grant to Carers Together, Ltd."), "purpose": .string("decision")])
        it.say("add_item", by: "sue", [.meeting: "m1"], ["title": .string("Carers"), "purpose": .string("decision")])
        #expect(it.standing.interestMatches(of: "r2", at: "m1").map(\.item) == ["i2", "i3"])
        #expect(it.standing.interestMatches(of: "r1", at: "m1") == [])
        it.say("publish_agenda", by: "sue", [.meeting: "m1"])
        let owed = it.registrar.owed(by: it.id("bob"), in: it.standing, now: it.now).first {
            $0.title == "Declare your interests, or that you have none"
        }
        #expect(owed?.checklist.map { $0.key.split(separator: "/").last } == ["g1@i2", "g1@i3"])
        #expect(owed?.checklist.first?.text.contains("your interest in Carers Together: Day services") == true)
    }

    @Test("who has matches may not say that there is none before each is denied or declared")
    func declaredOrDenied() throws {
        var it = try registered()
        for title in ["Carers Together: lease", "Carers Together: grant"] {
            it.say("add_item", by: "sue", [.meeting: "m1"], ["title": .string(title), "purpose": .string("decision")])
        }
        it.say("publish_agenda", by: "sue", [.meeting: "m1"])
        let refusal = it.refused("declare_none", by: "bob", [.meeting: "m1"])
        #expect(refusal.reason.contains("Still to tick"))
        let title = "Declare your interests, or that you have none"
        it.declare("bob", item: "i2", ruled: nil)
        let duty = try #require(it.duty(title, of: "bob"))
        let lines = it.registrar.checklist(of: duty, in: it.standing, now: it.now).map(\.key)
        #expect(lines.map { $0.split(separator: "/").last } == ["g1@i3"])
        it.take(it.registrar.tick(duty: duty.id, line: lines[0], isDone: true, by: it.id("bob"), in: it.standing, now: it.now))
        it.say("declare_none", by: "bob", [.meeting: "m1"])
        #expect(it.duty(title, of: "bob") == nil)
    }

    @Test("without registered interests nothing changes")
    func nothing() {
        var it = Rehearsal.planned()
        it.say("publish_agenda", by: "sue", [.meeting: "m1"])
        it.say("declare_none", by: "bob", [.meeting: "m1"])
        #expect(!it.owes("bob").contains("Declare your interests, or that you have none"))
    }

    @Test("the register is kept by its holder and the officers; names stand apart from the journal; an end is dated")
    func kept() throws {
        var it = try registered()
        let stranger = it.registrar.keepInterests(of: "r2", .review, by: it.id("ann"), in: it.standing, now: it.now)
        guard case .refused(let refusal) = stranger else { return #expect(Bool(false), "taken") }
        #expect(refusal.kind == .notYours)
        let interest = try #require(it.standing.records.interests["g1"])
        #expect(interest.organisation.hasPrefix("§") && it.standing.words(interest.organisation) == "Carers Together")
        let early = it.registrar.keepInterests(
            of: "r2", .end("g1", on: try #require(CivilDate("2026-01-01"))), by: it.id("bob"), in: it.standing, now: it.now)
        guard case .refused = early else { return #expect(Bool(false), "taken") }
        it.take(
            it.registrar.keepInterests(
                of: "r2", .end("g1", on: try #require(CivilDate("2026-09-30"))), by: it.id("sue"), in: it.standing, now: it.now)
        )
        #expect(it.standing.records.standingInterests(of: "r2") == [])
    }
}
