import Calendars
import Testing

@Suite("Deadlines")
struct DeadlineTests {
    private func deadline(_ rule: String, _ facts: DeadlineFacts, for purpose: DeadlineRule.Purpose? = nil) throws -> Deadline {
        try DeadlineRule.parse(rule, for: purpose).get().evaluate(in: facts).get()
    }

    @Test(
        "golden cases of notice count the days that the policy counts",
        arguments: [
            ("5 clear days before meeting.start", "2026-11-18", CountingPolicy.working, "2026-11-10"),
            ("3 clear days before meeting.start", "2026-11-17", .exceptSundays, "2026-11-12"),
            ("3 clear days before meeting.start", "2026-11-17", .working, "2026-11-11"),
            ("14 clear days before meeting.start", "2026-11-18", .calendar, "2026-11-03"),
            // Christmas Day and the substitute for Boxing Day are left out.
            ("3 clear days before meeting.start", "2026-12-30", .working, "2026-12-22"),
        ])
    func notice(rule: String, meeting: String, counting: CountingPolicy, expected: String) throws {
        let found = try deadline(rule, facts(meeting: meeting, counting: counting))
        #expect(found.date == date(expected))
        #expect(found.instant == instant("\(expected) 23:59:59"))
        #expect(!found.hasClock)
    }

    @Test("notice on Thu 26 Apr 1990 for Tue 1 May 1990 is short of 3 days for working days alone (Elitestone)")
    func elitestone() throws {
        let table = HolidayTable(name: "1990", edition: date("1990-01-01"), days: [:], listed: 1990...1990)
        let given = date("1990-04-26")
        func isInTime(_ number: Int, _ counting: CountingPolicy) throws -> Bool {
            let facts = facts(meeting: "1990-05-01", counting: counting, holidays: table)
            return try deadline("\(number) clear days before meeting.start", facts).date >= given
        }
        #expect(try isInTime(4, .calendar) && !isInTime(5, .calendar))
        #expect(try isInTime(3, .exceptSundays) && !isInTime(4, .exceptSundays))
        #expect(try isInTime(2, .working) && !isInTime(3, .working))
    }

    @Test(
        "each form of the grammar gives its moment",
        arguments: [
            ("meeting.start", "2026-11-18 14:00"),
            ("meeting.start at 09:00", "2026-11-18 09:00"),
            ("1 working day before meeting.start at 17:00", "2026-11-17 17:00"),
            ("3 working days before meeting.start", "2026-11-13 23:59:59"),
            ("20 working days before meeting.start", "2026-10-21 23:59:59"),
            ("2 days before meeting.start", "2026-11-16 23:59:59"),
            ("2 calendar days before meeting.start", "2026-11-16 23:59:59"),
            ("2 weeks before meeting.start", "2026-11-04 23:59:59"),
            ("10 working days after meeting.start", "2026-12-02 23:59:59"),
            ("48 hours before meeting.start", "2026-11-16 14:00"),
            ("90 minutes after meeting.start", "2026-11-18 15:30"),
            ("2 working days later", "2026-11-10 23:59:59"),
            ("36 hours later", "2026-11-07 22:15"),
            ("2 months before meeting.start", "2026-09-18 23:59:59"),
            ("1 year later", "2027-11-06 23:59:59"),
            ("the earlier of 2 working days later and meeting.start", "2026-11-10 23:59:59"),
            ("the later of 2 working days later and meeting.start", "2026-11-18 14:00"),
            ("the earlier of the end of last_day and term.end", "2026-11-30 23:59:59"),
            ("10 working days later no later than meeting.start", "2026-11-18 14:00"),
            ("10 working days later no earlier than 2026-11-25", "2026-11-25 23:59:59"),
            ("the end of meeting.start", "2026-11-18 23:59:59"),
            ("3rd Thursday after meeting.start", "2026-12-03 23:59:59"),
            ("1st Wednesday after meeting.start at 12:00", "2026-11-25 12:00"),
            ("1st Wednesday before meeting.start", "2026-11-11 23:59:59"),
            ("2nd Tuesday before meeting.start", "2026-11-10 23:59:59"),
            ("within 28 days beginning with 2026-01-05", "2026-02-01 23:59:59"),
            ("within 28 days of 2026-01-05", "2026-02-02 23:59:59"),
            ("within 2 working days beginning with 2026-01-05", "2026-01-06 23:59:59"),
            ("within 6 months beginning with 2026-01-05", "2026-07-04 23:59:59"),
            ("within 1 month beginning with 2026-01-31", "2026-02-28 23:59:59"),
            ("within 24 hours of meeting.start", "2026-11-19 14:00"),
            ("6 months after 2026-05-21", "2026-11-21 23:59:59"),
            ("1 month after 2026-01-31", "2026-02-28 23:59:59"),
            ("1 year after 2028-02-29", "2029-02-28 23:59:59"),
            ("3 clear days after meeting.start", "2026-11-24 23:59:59"),
            ("term.end", "2026-12-31 23:59:59"),
        ])
    func forms(rule: String, expected: String) throws {
        let facts = facts(
            meeting: "2026-11-18", entered: "2026-11-06 10:15",
            others: ["last_day": .date(date("2026-11-30")), "term.end": .date(date("2026-12-31"))])
        let found = try deadline(rule, facts)
        #expect(found.instant == instant(expected), "\(london.civil(at: found.instant))")
        #expect(found.date == london.civil(at: found.instant).date)
        #expect(found.hasClock == !expected.hasSuffix(":59"))
    }

    @Test(
        "reminders are relative to the due moment and begin the day",
        arguments: [
            ("3 working days before", "2026-11-13 00:00"), ("1 working day before at 09:00", "2026-11-17 09:00"),
            ("on the day", "2026-11-18 00:00"), ("on the day at 09:00", "2026-11-18 09:00"),
            ("2 hours before", "2026-11-18 15:00"),
        ])
    func reminders(rule: String, expected: String) throws {
        let facts = facts(meeting: "2027-01-01", due: "2026-11-18 17:00")
        for purpose in [DeadlineRule.Purpose.reminder, nil] {
            #expect(try deadline(rule, facts, for: purpose).instant == instant(expected))
        }
        #expect(throws: RuleProblem.self) { try DeadlineRule.parse(rule, for: .deadline).get() }
    }

    @Test("a bare period delays what follows on a due moment, to the end of the day")
    func delays() throws {
        let facts = facts(meeting: "2027-01-01", due: "2026-11-20 17:00")
        #expect(try deadline("1 working day", facts, for: .delay).instant == instant("2026-11-23 23:59:59"))
        #expect(try deadline("2 hours", facts, for: .delay).instant == instant("2026-11-20 19:00"))
        #expect(throws: RuleProblem.self) { try DeadlineRule.parse("1 working day").get() }
    }

    @Test("an opening begins its day")
    func openings() throws {
        let found = try deadline("20 working days before meeting.start", facts(meeting: "2026-11-18"), for: .opening)
        #expect(found.instant == instant("2026-10-21 00:00"))
    }

    @Test("a deadline without a clock ends its day where the day has 23 or 25 hours")
    func unequalDays() throws {
        let spring = try deadline("1 day before meeting.start", facts(meeting: "2026-03-30"))
        #expect(spring.instant == Instant("2026-03-29T22:59:59Z"))
        let autumn = try deadline("1 day before meeting.start", facts(meeting: "2026-10-26"))
        #expect(autumn.instant == Instant("2026-10-25T23:59:59Z"))
    }

    @Test("a clock in the spring gap moves on by the gap, one in the autumn fold is the first, and both are said")
    func gapAndFold() throws {
        let gap = try deadline("1 day before meeting.start at 01:30", facts(meeting: "2026-03-30"))
        #expect(gap.instant == Instant("2026-03-29T01:30:00Z"))
        #expect(gap.derivation.lines.contains("The clocks skip 01:30 that day; it moves on to 02:30."))
        let fold = try deadline("1 day before meeting.start at 01:30", facts(meeting: "2026-10-26"))
        #expect(fold.instant == Instant("2026-10-25T00:30:00Z"))
        #expect(fold.derivation.lines.contains("The clocks show 01:30 twice that day; the first is meant."))
        let plain = try deadline("1 day before meeting.start at 03:30", facts(meeting: "2026-10-26"))
        #expect(!plain.derivation.lines.contains { $0.contains("twice") || $0.contains("skip") })
    }

    @Test("hours keep the instant across a change of the clocks")
    func hoursAcrossChange() throws {
        let found = try deadline("24 hours before meeting.start", facts(meeting: "2026-03-29 14:00"))
        #expect(london.civil(at: found.instant).description == "2026-03-28T13:00")
    }

    @Test("what is not known is refused by name")
    func failures() throws {
        func failure(_ rule: String, _ facts: DeadlineFacts) throws -> DeadlineFailure? {
            if case .failure(let failure) = try DeadlineRule.parse(rule).get().evaluate(in: facts) { return failure }
            return nil
        }
        let plain = facts(meeting: "2026-11-18")
        #expect(try failure("5 days after meeting.ended", plain) == .notKnown(["meeting", "ended"], 13..<26))
        #expect(try failure("policy.papers before meeting.start", plain) == .noPolicy("papers", 0..<13))
        #expect(try failure("3 days later", plain) == .notEntered)
        #expect(try failure("on the day", plain) == .noDue)
        #expect(try failure("2 hours before 2026-11-18", plain) == .noClock(date("2026-11-18")))
        #expect(try failure("10000 years after 2026-11-18", plain) == .outsideCalendar)
        #expect(try failure("2 days before 0001-01-02", plain) == .outsideCalendar)
        let untabled = facts(meeting: "2026-11-18", holidays: nil)
        #expect(try failure("1 working day before meeting.start", untabled) == .noHolidayTable)
        let early = facts(meeting: "2024-01-01")
        #expect(
            try failure("1 working day before meeting.start", early) == .outsideTable("england-and-wales", date("2023-12-29")))
        let never = facts(meeting: "2026-11-18", counting: CountingPolicy(weekdaysLeftOut: .all, leavesOutHolidays: false))
        #expect(try failure("1 clear day before meeting.start", never) == .outsideCalendar)
    }

    @Test("evaluating without words gives the same moment")
    func unexplained() throws {
        let facts = facts(meeting: "2026-12-30")
        for text in [
            "5 clear days before meeting.start", "30 working days after meeting.start at 12:00", "1 year after 2026-01-01",
        ] {
            let rule = try DeadlineRule.parse(text).get()
            let brief = try rule.evaluate(in: facts, explained: false).get()
            let full = try rule.evaluate(in: facts).get()
            #expect(brief.instant == full.instant && brief.date == full.date && brief.hasClock == full.hasClock)
            #expect(brief.derivation == .init(rule: text) && !full.derivation.steps.isEmpty)
        }
    }

    @Test("the last day of notice is the latest with so many days that count between it and the meeting")
    func clearDaysByDefinition() throws {
        let seed: UInt64 = 5
        print("seed \(seed)")
        var numbers = SeededNumbers(seed: seed)
        let policies = [
            CountingPolicy.working, .exceptSundays, .calendar,
            CountingPolicy(weekdaysLeftOut: .weekend, leavesOutHolidays: false),
        ]
        for _ in 0..<500 {
            let meeting = date("2025-01-01").adding(days: Int.random(in: 0...2500, using: &numbers))
            let counting = try #require(policies.randomElement(using: &numbers))
            let number = Int.random(in: 1...25, using: &numbers)
            func daysBetween(_ given: CivilDate) -> Int {
                (1..<max(1, given.days(to: meeting))).count { ahead in
                    let day = given.adding(days: ahead)
                    if counting.weekdaysLeftOut.contains(day.weekday) { return false }
                    return !counting.leavesOutHolidays || englandAndWales.status(of: day) == .ordinary
                }
            }
            let facts = facts(meeting: "\(meeting)", counting: counting)
            let found = try deadline("\(number) clear day\(number == 1 ? "" : "s") before meeting.start", facts)
            #expect(daysBetween(found.date) == number && daysBetween(found.date.adding(days: 1)) == number - 1)
            #expect(
                Set(found.derivation.skipped.map(\.date)).count == found.date.days(to: meeting) - 1 - number
                    || counting == .calendar)
        }
    }
}
