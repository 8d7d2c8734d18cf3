import Calendars
import Foundation
import Testing

@Suite("Derivations")
struct DerivationTests {
    private func lines(_ rule: String, _ facts: DeadlineFacts) throws -> [String] {
        try DeadlineRule.parse(rule).get().evaluate(in: facts).get().derivation.lines
    }

    @Test("notice from a policy names the policy, its source, each day counted and each left out")
    func notice() throws {
        let notice = PolicyPeriod(
            CountedPeriod(5, .days, counting: .clear), policy: "england-principal-council", source: "LGA 1972 s.100A(6)(a)",
            counting: CountingPolicy(weekdaysLeftOut: .weekend, leavesOutHolidays: true, source: "Sch 12 para 4(1A)"))
        let facts = facts(meeting: "2026-11-18", counting: .calendar, periods: ["notice": notice])
        let derivation = try DeadlineRule.parse("policy.notice before meeting.start").get().evaluate(in: facts).get().derivation
        #expect(
            derivation.lines == [
                "`policy.notice` is 5 clear days, from england-principal-council (LGA 1972 s.100A(6)(a)).",
                "In clear days Saturdays, Sundays and holidays are left out (Sch 12 para 4(1A)).",
                "Holidays are those of england-and-wales, edition of Sun 1 Mar 2026.",
                "The day of the meeting, Wed 18 Nov 2026, does not count.",
                "Tue 17 Nov is the 1st clear day before.",
                "Mon 16 Nov is the 2nd clear day before.",
                "Left out: Sun 15 Nov (a Sunday), Sat 14 Nov (a Saturday).",
                "Fri 13 Nov is the 3rd clear day before.",
                "Thu 12 Nov is the 4th clear day before.",
                "Wed 11 Nov is the 5th clear day before.",
                "The day reached does not count either: it is Tue 10 Nov 2026.",
                "No time is given, so it is the end of Tue 10 Nov 2026, Europe/London.",
            ])
        #expect(derivation.policy == "england-principal-council")
        #expect(derivation.source == "LGA 1972 s.100A(6)(a)")
        #expect(derivation.holidays == "england-and-wales, edition 2026-03-01")
        #expect(
            derivation.skipped == [
                .init(date: date("2026-11-15"), why: "a Sunday"), .init(date: date("2026-11-14"), why: "a Saturday"),
            ])
    }

    @Test("a holiday is left out by name, and one that a rule gives says so")
    func holidays() throws {
        let near = try lines("1 working day before meeting.start at 17:00", facts(meeting: "2026-12-29"))
        #expect(
            near == [
                "In working days Saturdays, Sundays and holidays are left out.",
                "Holidays are those of england-and-wales, edition of Sun 1 Mar 2026.",
                "The day of the meeting, Tue 29 Dec 2026, does not count.",
                "Left out: Mon 28 Dec (Boxing Day), Sun 27 Dec (a Sunday), Sat 26 Dec (a Saturday), Fri 25 Dec (Christmas Day).",
                "Thu 24 Dec is the 1st working day before.",
                "It is Thu 24 Dec 2026 at 17:00, Europe/London (GMT).",
            ])
        let far = try lines("1 working day after 2031-12-24", facts(meeting: "2026-12-29"))
        #expect(
            far.contains(
                "Left out: Thu 25 Dec (Christmas Day, computed by rule), Fri 26 Dec (Boxing Day, computed by rule), Sat 27 Dec (a Saturday), Sun 28 Dec (a Sunday)."
            ))
    }

    @Test("a last day of notice that does not count stands, and the day before that counts is named")
    func office() throws {
        let facts = facts(meeting: "2026-11-19")
        let found = try DeadlineRule.parse("3 clear days before meeting.start").get().evaluate(in: facts).get()
        #expect(found.date == date("2026-11-15"))
        #expect(
            found.derivation.lines.suffix(3) == [
                "The day reached does not count either: it is Sun 15 Nov 2026.",
                "It is not a day that counts; the last before it that does is Fri 13 Nov 2026.",
                "No time is given, so it is the end of Sun 15 Nov 2026, Europe/London.",
            ])
    }

    @Test("periods on the calendar and the clock name what they count from")
    func origins() throws {
        let facts = facts(meeting: "2026-11-18", entered: "2026-11-06 10:15", due: "2026-11-10 17:00")
        #expect(
            try lines("2 months before meeting.start", facts).first
                == "2 months before the meeting, Wed 18 Nov 2026, is Fri 18 Sep 2026, the corresponding date.")
        #expect(
            try lines("36 hours later", facts) == [
                "36 hours after the moment from which this counts, Fri 6 Nov 2026 at 10:15, Europe/London, is "
                    + "Sat 7 Nov 2026 at 22:15, Europe/London."
            ])
        #expect(
            try lines("on the day at 09:00", facts) == [
                "The day when it is due is Tue 10 Nov 2026.", "It is Tue 10 Nov 2026 at 09:00, Europe/London (GMT).",
            ])
    }

    @Test("many days are told briefly")
    func briefly() throws {
        #expect(
            try lines("60 working days after 2026-10-01", facts(meeting: "2026-12-29")).dropFirst(2) == [
                "The day named, Thu 1 Oct 2026, does not count.",
                "Fri 2 Oct 2026 is the 1st working day after.",
                "12 Saturdays are left out.",
                "12 Sundays are left out.",
                "Thu 24 Dec 2026 is the 60th working day after.",
                "No time is given, so it is the end of Thu 24 Dec 2026, Europe/London.",
            ])
    }

    @Test(
        "the plain forms are told in a line or two",
        arguments: [
            (
                "14 clear days before meeting.start",
                [
                    "In clear days every day counts.", "The day of the meeting, Wed 18 Nov 2026, does not count.",
                    "Wed 4 Nov 2026 to Tue 17 Nov 2026 are the 14 clear days before.",
                    "The day reached does not count either: it is Tue 3 Nov 2026.",
                    "No time is given, so it is the end of Tue 3 Nov 2026, Europe/London.",
                ]
            ),
            (
                "within 28 days beginning with 2026-01-05",
                [
                    "The day named, Mon 5 Jan 2026, is the first day counted.",
                    "28 days beginning with it end with Sun 1 Feb 2026.",
                    "No time is given, so it is the end of Sun 1 Feb 2026, Europe/London.",
                ]
            ),
            (
                "within 28 days of 2026-01-05 at 12:00",
                [
                    "The day named, Mon 5 Jan 2026, does not count.", "28 days after it is Mon 2 Feb 2026.",
                    "It is Mon 2 Feb 2026 at 12:00, Europe/London (GMT).",
                ]
            ),
            (
                "1 month after 2026-01-31 at 12:00",
                [
                    "1 month after Sat 31 Jan 2026 is Sat 28 Feb 2026, the last day of a shorter month.",
                    "It is Sat 28 Feb 2026 at 12:00, Europe/London (GMT).",
                ]
            ),
            (
                "48 hours before meeting.start",
                [
                    "48 hours before the meeting, Wed 18 Nov 2026 at 14:00, Europe/London, is Mon 16 Nov 2026 at 14:00, Europe/London."
                ]
            ),
            ("meeting.start", ["The meeting is Wed 18 Nov 2026 at 14:00, Europe/London."]),
            (
                "the earlier of 2026-11-20 and meeting.start",
                [
                    "The moment named is Fri 20 Nov 2026.",
                    "No time is given, so it is the end of Fri 20 Nov 2026, Europe/London.",
                    "The meeting is Wed 18 Nov 2026 at 14:00, Europe/London.",
                    "The earlier of Fri 20 Nov 2026 and Wed 18 Nov 2026 at 14:00 is Wed 18 Nov 2026 at 14:00.",
                ]
            ),
        ])
    func plain(rule: String, expected: [String]) throws {
        #expect(try lines(rule, facts(meeting: "2026-11-18", counting: .calendar)) == expected)
    }

    @Test("a deadline with its derivation comes back from JSON")
    func json() throws {
        let deadline = try DeadlineRule.parse("5 clear days before meeting.start").get().evaluate(
            in: facts(meeting: "2026-12-30")
        ).get()
        #expect(deadline.derivation.skipped.count > 2)
        #expect(try JSONDecoder().decode(Deadline.self, from: JSONEncoder().encode(deadline)) == deadline)
    }
}
