import Calendars
import Foundation
import Testing

@Suite("Civil dates and written moments")
struct CivilTests {
    @Test("every day of ten thousand years follows the one before")
    func everyDay() throws {
        var expected = (year: 1, month: 1, day: 1)
        var weekday = Weekday.monday
        var wrong = 0
        var date = CivilDate.earliest
        while true {
            if date.parts != expected || date.weekday != weekday { wrong += 1 }
            if CivilDate(year: expected.year, month: expected.month, day: expected.day) != date { wrong += 1 }
            if date == .latest { break }
            date = date.adding(days: 1)
            weekday = Weekday(rawValue: weekday.rawValue % 7 + 1) ?? .monday
            expected.day += 1
            if expected.day > CivilDate.daysIn(month: expected.month, of: expected.year) {
                expected = expected.month == 12 ? (expected.year + 1, 1, 1) : (expected.year, expected.month + 1, 1)
            }
        }
        #expect(wrong == 0)
        #expect(expected == (9999, 12, 31))
        #expect(date.weekday == .friday)
    }

    @Test(
        "dates that do not exist are none",
        arguments: [(2026, 2, 29), (1900, 2, 29), (2026, 13, 1), (2026, 0, 1), (2026, 4, 31), (0, 1, 1), (10_000, 1, 1)])
    func none(year: Int, month: Int, day: Int) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }

    @Test("months later is the corresponding date or the end of the month, and the calendar has ends")
    func months() {
        #expect(date("2026-01-31").adding(months: 1) == date("2026-02-28"))
        #expect(date("2028-01-31").adding(months: 1) == date("2028-02-29"))
        #expect(date("2026-03-31").adding(months: -13) == date("2025-02-28"))
        #expect(date("2026-11-18").adding(months: 14) == date("2028-01-18"))
        #expect(date("2026-11-18").adding(months: .max) == .latest)
        #expect(date("2026-11-18").adding(months: .min) == .earliest)
        #expect(date("2026-11-18").adding(days: .max) == .latest)
        #expect(date("2026-11-18").adding(days: .min) == .earliest)
        #expect(Instant(seconds: .max) == .latest && Instant.latest.adding(seconds: .max) == .latest)
        #expect(Instant.earliest.adding(seconds: .min) == .earliest)
        #expect(london.end(of: .latest) == .latest)
    }

    @Test(
        "moments are read as people write them",
        arguments: [
            ("2026-11-18", WrittenMoment.date(date("2026-11-18"))),
            ("2026-07-01 14:00", .local(CivilDateTime(date("2026-07-01"), CivilTime(hour: 14, minute: 0) ?? .midnight))),
            (
                "2026-07-01T14:00:30",
                .local(CivilDateTime(date("2026-07-01"), CivilTime(hour: 14, minute: 0, second: 30) ?? .midnight))
            ),
            ("2026-11-18T14:00Z", .instant(Instant(seconds: 1_795_010_400))),
            ("2026-11-18T14:00:00+01:00", .instant(Instant(seconds: 1_795_006_800))),
            ("2026-11-18 14:00-05:30", .instant(Instant(seconds: 1_795_030_200))),
            ("1970-01-01T00:00Z", .instant(Instant(seconds: 0))),
            ("1969-12-31T23:59:59Z", .instant(Instant(seconds: -1))),
        ])
    func read(text: String, expected: WrittenMoment) throws {
        #expect(try WrittenMoment.parse(text).get() == expected)
    }

    @Test(
        "a moment written wrong is refused where it is wrong",
        arguments: [
            ("", 0..<0), ("18.11.2026", 0..<10), ("2026-11", 7..<7), ("2026-13-01", 5..<7), ("2026-02-30", 8..<10),
            ("2026-1-18", 5..<9), ("2026-11-18 24:00", 11..<16), ("2026-11-18 14", 13..<13), ("2026-11-18 14:00 pm", 16..<19),
            ("2026-11-18x", 10..<11), ("2026-11-18 14:00+1", 17..<18), ("0000-01-01", 0..<4),
            ("2026-11-18 14:00+99:00", 16..<22),
            ("2026-11-18 14:00Zz", 17..<18), ("２０２６-11-18", 0..<18),
        ])
    func refused(text: String, range: Range<Int>) {
        guard case .failure(let problem) = WrittenMoment.parse(text) else {
            Issue.record("\(text) was read")
            return
        }
        #expect(problem.range == range)
        #expect(problem.expected != nil)
    }

    @Test(
        "an instant is ISO 8601 in UTC both ways, and in JSON",
        arguments: ["2026-11-18T14:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1969-12-31T23:59:59Z"])
    func text(text: String) throws {
        let instant = try #require(Instant(text))
        #expect(instant.description == text)
        let json = try JSONEncoder().encode([instant])
        #expect(String(decoding: json, as: UTF8.self) == "[\"\(text)\"]")
        #expect(try JSONDecoder().decode([Instant].self, from: json) == [instant])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Instant].self, from: Data("[\"2026-11-18\"]".utf8)) }
        let civil = instant.utc.date
        #expect(try JSONDecoder().decode([CivilDate].self, from: JSONEncoder().encode([civil])) == [civil])
    }

    @Test("dates speak as people do")
    func words() {
        #expect(date("2026-11-18").words == "Wed 18 Nov 2026")
        #expect(date("2026-01-05").shortWords == "Mon 5 Jan")
        #expect(CivilTime("09:05")?.description == "09:05")
        #expect(CivilTime("9:05") == nil && CivilTime("09:05x") == nil && CivilTime("24:00") == nil)
    }
}
