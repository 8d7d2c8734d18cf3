import Calendars
import Diagnostics
import Foundation
import Workflows

private let holidays = """
    holidays: england-and-wales
    edition: 2026-11-21
    days: {2026-01-01: New Year's Day, 2026-04-03: Good Friday, 2026-04-06: Easter Monday, 2026-05-04: Early May bank holiday, \
    2026-05-25: Spring bank holiday, 2026-08-31: Summer bank holiday, 2026-12-25: Christmas Day, 2026-12-28: Boxing Day}
    rules:
      - {name: New Year's Day, on: 1 January, moved: true}
      - {name: Good Friday, easter: -2}
      - {name: Easter Monday, easter: 1}
      - {name: Early May bank holiday, weekday: first Monday of May}
      - {name: Spring bank holiday, weekday: last Monday of May}
      - {name: Summer bank holiday, weekday: last Monday of August}
      - {name: Christmas Day, on: 25 December, moved: true}
      - {name: Boxing Day, on: 26 December, moved: true}
    """

func calendarBenchmarks() throws -> [Benchmark] {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/Europe/London"))
    let zone = try Zone(name: "Europe/London", tzif: [UInt8](bytes))
    let (table, findings) = readHolidayTable(SourceText(name: "holidays.yaml", text: holidays))
    guard let table, findings.isEmpty else { throw BenchFailure("the holiday table is wrong: \(findings)") }
    let rule = try DeadlineRule.parse("5 clear days before meeting.start", for: .deadline).get()
    let recurrence = try Recurrence.parse("FREQ=MONTHLY;BYDAY=2TU").get()
    guard let first = CivilDate(year: 2026, month: 1, day: 13), let last = CivilDate(year: 2046, month: 1, day: 1) else {
        throw BenchFailure("the calendar has no 13 January")
    }
    let starts = (0..<64).map { Instant(seconds: 1_774_861_200 + Int64($0) * 86_400 * 5) }
    let facts = starts.map { start in
        DeadlineFacts(zone: zone, holidays: table, counting: .working, anchor: { _ in .instant(start) })
    }
    return [
        Benchmark("deadline-clear-days") { times in
            var found: Int64 = 0
            for time in 0..<times {
                found &+= try rule.evaluate(in: facts[time & 63], explained: false).get().instant.seconds
            }
            guard found > 0 else { throw BenchFailure("no deadline was found") }
            return times
        },
        Benchmark("recurrence-monthly-20-years") { times in
            for _ in 0..<times where recurrence.dates(from: first, through: last).count != 240 {
                throw BenchFailure("the rule gives a wrong number of dates")
            }
            return times
        },
    ]
}
