import Calendars
import Testing

@Suite("Recurrences")
struct RecurrenceTests {
    private func dates(_ rule: String, from start: String, through last: String) throws -> [String] {
        try Recurrence.parse(rule).get().dates(from: date(start), through: date(last)).map(\.description)
    }

    @Test(
        "rules give the dates that a person would",
        arguments: [
            ("FREQ=MONTHLY;BYDAY=2TU", "2026-01-01", "2026-04-30", "2026-01-13 2026-02-10 2026-03-10 2026-04-14"),
            ("RRULE:FREQ=MONTHLY;BYDAY=-1FR", "2026-01-01", "2026-03-31", "2026-01-30 2026-02-27 2026-03-27"),
            ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-01-01", "2026-03-31", "2026-01-30 2026-02-27 2026-03-31"),
            ("FREQ=MONTHLY", "2026-01-31", "2026-05-31", "2026-01-31 2026-03-31 2026-05-31"),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-01", "2026-03-31", "2026-01-31 2026-02-28 2026-03-31"),
            ("FREQ=MONTHLY;BYDAY=MO,2TU", "2026-01-01", "2026-01-31", "2026-01-05 2026-01-12 2026-01-13 2026-01-19 2026-01-26"),
            ("FREQ=YEARLY;BYDAY=20MO", "1997-05-19", "1999-12-31", "1997-05-19 1998-05-18 1999-05-17"),
            ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12", "1999-12-31", "1997-05-12 1998-05-11 1999-05-17"),
            (
                "FREQ=YEARLY;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;INTERVAL=4", "1996-11-05", "2004-12-31",
                "1996-11-05 2000-11-07 2004-11-02"
            ),
            (
                "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05", "1998-01-01",
                "1997-08-05 1997-08-10 1997-08-19 1997-08-24"
            ),
            (
                "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05", "1998-01-01",
                "1997-08-05 1997-08-17 1997-08-19 1997-08-31"
            ),
            ("FREQ=DAILY;INTERVAL=10;COUNT=3", "2026-12-25", "2027-12-31", "2026-12-25 2027-01-04 2027-01-14"),
            ("FREQ=YEARLY", "2024-02-29", "2032-12-31", "2024-02-29 2028-02-29 2032-02-29"),
            ("FREQ=MONTHLY;BYDAY=2TU;UNTIL=20260310", "2026-01-14", "2027-01-01", "2026-02-10 2026-03-10"),
            ("FREQ=MONTHLY;BYDAY=2TU;UNTIL=20260310T140000Z", "2026-01-14", "2027-01-01", "2026-02-10 2026-03-10"),
            // The whole week counts, also the first, which begins before the series.
            ("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1", "2026-11-18", "2026-12-01", "2026-11-23 2026-11-30"),
        ])
    func known(rule: String, start: String, last: String, expected: String) throws {
        #expect(try dates(rule, from: start, through: last).joined(separator: " ") == expected)
    }

    @Test("dates are added and removed, and each comes once")
    func addedAndRemoved() throws {
        var rule = try Recurrence.parse("FREQ=MONTHLY;BYDAY=2TU;COUNT=3").get()
        rule.added = [date("2026-01-20"), date("2026-02-10"), date("2027-01-01"), date("2025-12-31")]
        rule.removed = [date("2026-03-10"), date("2026-01-20")]
        let found = rule.dates(from: date("2026-01-01"), through: date("2026-12-31")).map(\.description)
        #expect(found == ["2025-12-31", "2026-01-13", "2026-02-10"])
    }

    @Test(
        "a rule that never happens says so",
        arguments: [
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYWEEKNO=10;BYMONTH=12",
            "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1", "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
            "FREQ=DAILY;BYMONTHDAY=1;BYSETPOS=2",
        ])
    func never(text: String) throws {
        let rule = try Recurrence.parse(text).get()
        #expect(rule.first(from: date("2026-01-01")) == .failure(.neverHappens(from: date("2026-01-01"))))
        #expect(rule.dates(from: date("2026-01-01"), through: date("2126-01-01")).isEmpty)
    }

    @Test("a series is worked out as it is asked for, to the end of the calendar")
    func lazy() throws {
        let rule = try Recurrence.parse("FREQ=YEARLY;INTERVAL=1000").get()
        #expect(rule.dates(from: date("2026-01-01")).map(\.year) == [2026, 3026, 4026, 5026, 6026, 7026, 8026, 9026])
        #expect(Array(try Recurrence.parse("FREQ=DAILY").get().dates(from: .latest)) == [.latest])
        #expect(try Recurrence.parse("FREQ=WEEKLY;WKST=WE").get().first(from: .earliest) == .success(.earliest))
        #expect(Array(Recurrence(.weekly, interval: -3).dates(from: date("2026-01-01")).prefix(2)).count == 2)
    }

    @Test(
        "a mistake is found where it stands",
        arguments: [
            ("", 0..<0), ("FREQ", 0..<4), ("INTERVAL=2", 0..<10), ("FREQ=MONTHLY;BYDAY=2TX", 20..<22),
            ("FREQ=FORTNIGHTLY", 5..<16),
            ("FREQ=HOURLY", 5..<11), ("FREQ=DAILY;BYHOUR=9", 11..<19), ("FREQ=DAILY;FREQ=DAILY", 11..<21),
            ("FREQ=DAILY;COUNT=0", 17..<18),
            ("FREQ=DAILY;COUNT=3;UNTIL=20261231", 19..<33), ("FREQ=WEEKLY;BYDAY=2TU", 12..<21),
            ("FREQ=WEEKLY;BYMONTHDAY=2", 12..<24),
            ("FREQ=MONTHLY;BYWEEKNO=2", 13..<23), ("FREQ=MONTHLY;BYSETPOS=1", 13..<23),
            ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", 23..<32),
            ("FREQ=DAILY;UNTIL=20260230", 17..<25), ("FREQ=DAILY;BYMONTHDAY=1,,2", 24..<24), ("FREQ=DAILY;BYMONTH=-1", 19..<21),
            ("FREQ=DAILY;", 11..<11), ("FREQ=DAILY;INTERVAL=99999999999999999999", 20..<40),
        ])
    func refused(text: String, range: Range<Int>) {
        guard case .failure(let problem) = Recurrence.parse(text) else {
            Issue.record("\(text) was read")
            return
        }
        #expect(problem.range == range, "\(problem)")
    }

    @Test(
        "the nearest word is told",
        arguments: [
            ("freq=DAILY", "FREQ"), ("FREQ=MONTLY", "MONTHLY"), ("FREQ=DAILY;BYDAY=tu", "TU"),
            ("FREQ=DAILY;BYMONTDAY=1", "BYMONTHDAY"),
        ])
    func nearest(text: String, nearest: String) {
        guard case .failure(let problem) = Recurrence.parse(text) else {
            Issue.record("\(text) was read")
            return
        }
        #expect(problem.nearest == nearest)
    }

    @Test("any text is a rule or a problem within the text, and any rule gives dates or says that it never happens")
    func anything() {
        let seed: UInt64 = 11
        print("seed \(seed)")
        var numbers = SeededNumbers(seed: seed)
        let pieces = [
            "FREQ=", "YEARLY", "MONTHLY", ";", ";", "=", ",", "BYDAY=", "MO", "-1", "53", "BYWEEKNO=", "BYSETPOS=", "366", "é",
            "COUNT=",
            "UNTIL=", "20270101", "INTERVAL=", "10000", "BYMONTHDAY=", "31", "BYYEARDAY=",
        ]
        var read = 0
        for _ in 0..<30_000 {
            var text = "FREQ=YEARLY;"
            for _ in 0..<Int.random(in: 1...6, using: &numbers) { text += pieces.randomElement(using: &numbers) ?? "" }
            switch Recurrence.parse(text) {
            case .success(let rule):
                read += 1
                if case .success(let first) = rule.first(from: date("2026-11-18")) { #expect(first >= date("2026-11-18")) }
            case .failure(let problem): #expect(problem.range.upperBound <= text.utf8.count, "\(text)")
            }
        }
        #expect(read > 100)
    }
}
