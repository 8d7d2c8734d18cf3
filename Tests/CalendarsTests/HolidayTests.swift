import Calendars
import Testing

@Suite("Holiday tables")
struct HolidayTests {
    @Test("the rules give what was announced for each listed year", arguments: 2024...2028)
    func rulesAgree(year: Int) throws {
        let byRule = HolidayTable(name: "rules", edition: date("2026-03-01"), days: [:], rules: englandAndWalesRules)
        let computed = try #require(byRule.holidays(in: year))
        let announced = try #require(englandAndWales.holidays(in: year))
        #expect(computed.map(\.date) == announced.map(\.date))
        #expect(computed.allSatisfy(\.isComputed) && announced.allSatisfy { !$0.isComputed })
    }

    @Test(
        "a holiday on a weekend moves to the next working day that is none",
        arguments: [
            (2021, "2021-12-27 2021-12-28"), (2022, "2022-12-26 2022-12-27"), (2027, "2027-12-27 2027-12-28"),
            (2032, "2032-12-27 2032-12-28"), (2033, "2033-12-26 2033-12-27"),
        ])
    func substitutes(year: Int, expected: String) throws {
        let byRule = HolidayTable(name: "rules", edition: date("2026-03-01"), days: [:], rules: englandAndWalesRules)
        let found = try #require(byRule.holidays(in: year)).map(\.date).filter { $0.month == 12 }
        #expect(found.map(\.description).joined(separator: " ") == expected)
    }

    @Test("Scotland's two days of New Year keep their order of substitutes")
    func scotland() throws {
        let rules = [
            HolidayRule("New Year's Day", .fixed(month: 1, day: 1, substitute: .nextWorkingDay)),
            HolidayRule("2nd January", .fixed(month: 1, day: 2, substitute: .nextWorkingDay)),
        ]
        let table = HolidayTable(name: "scotland", edition: date("2026-03-01"), days: [:], rules: rules)
        #expect(try #require(table.holidays(in: 2022)).map(\.date) == [date("2022-01-03"), date("2022-01-04")])
        #expect(try #require(table.holidays(in: 2023)).map(\.date) == [date("2023-01-02"), date("2023-01-03")])
    }

    @Test("a listed day has its name, a later one is computed, an earlier one is unknown")
    func status() {
        #expect(englandAndWales.status(of: date("2026-12-28")) == .holiday(name: "Boxing Day", isComputed: false))
        #expect(englandAndWales.status(of: date("2026-12-26")) == .ordinary)
        #expect(englandAndWales.status(of: date("2029-03-30")) == .holiday(name: "Good Friday", isComputed: true))
        #expect(englandAndWales.status(of: date("2029-03-31")) == .ordinary)
        #expect(englandAndWales.status(of: date("2023-12-25")) == .unknown)
        let listedOnly = HolidayTable(name: "listed", edition: date("2026-03-01"), days: englandAndWales.days)
        #expect(listedOnly.status(of: date("2028-12-31")) == .ordinary)
        #expect(listedOnly.status(of: date("2029-01-01")) == .unknown)
        #expect(listedOnly.holidays(in: 2029) == nil)
        let empty = HolidayTable(name: "empty", edition: date("2026-03-01"), days: [:])
        #expect(empty.status(of: date("2026-01-01")) == .unknown)
    }

    @Test("a one-off is listed like the others")
    func oneOff() {
        let table = HolidayTable(
            name: "one-off", edition: date("2022-09-12"), days: [date("2022-09-19"): "State funeral"],
            rules: englandAndWalesRules)
        #expect(table.status(of: date("2022-09-19")) == .holiday(name: "State funeral", isComputed: false))
        #expect(table.status(of: date("2023-09-19")) == .ordinary)
        #expect(table.status(of: date("2023-12-25")) == .holiday(name: "Christmas Day", isComputed: true))
    }

    @Test(
        "Easter and the days of two centuries agree with the Python package dateutil",
        .enabled(if: hasDateutil, "needs python3 with dateutil"))
    func easter() throws {
        let script = "from dateutil.easter import easter\nfor y in range(1900, 2100): print(easter(y))"
        let lines = try #require(try python(script, needs: "dateutil")).split(separator: "\n").map(String.init)
        let table = HolidayTable(
            name: "easter", edition: date("2026-03-01"), days: [:], rules: [HolidayRule("Easter", .easter(0))])
        let found = try (1900..<2100).map { try #require(table.holidays(in: $0)).map(\.date.description).joined() }
        #expect(lines.count == 200)
        #expect(found == lines)
    }

    @Test(
        "the rules of England and Wales give the same working days off as the Python package holidays",
        .enabled(if: hasHolidays, "needs python3 with holidays"))
    func holidaysPackage() throws {
        let script = """
            import holidays
            found = holidays.country_holidays('GB', subdiv='ENG', years=range(2029, 2100))
            for day in sorted(found):
                if day.weekday() < 5: print(day)
            """
        let lines = try #require(try python(script, needs: "holidays")).split(separator: "\n").map(String.init)
        let found = try (2029..<2100).flatMap { try #require(englandAndWales.holidays(in: $0)).map(\.date.description) }
        #expect(lines.count == 71 * 8)
        #expect(found == lines)
    }

    @Test("weekdays of a month are counted from either end, and may be missing")
    func nthWeekday() throws {
        let rules = [
            HolidayRule("first", .nthWeekday(1, .thursday, month: 10)),
            HolidayRule("fifth", .nthWeekday(5, .thursday, month: 10)),
            HolidayRule("last", .nthWeekday(-1, .saturday, month: 10)),
            HolidayRule("fifth last", .nthWeekday(-5, .friday, month: 10)),
        ]
        let table = HolidayTable(name: "n", edition: date("2026-03-01"), days: [:], rules: rules)
        #expect(try #require(table.holidays(in: 2026)).map(\.date.day) == [1, 2, 29, 31])
        #expect(try #require(table.holidays(in: 2027)).map(\.date.day) == [1, 7, 30])
    }
}

/// Whether python3 with dateutil is here; where it is not, the tests against it are skipped.
let hasDateutil = (try? python("", needs: "dateutil")) != nil

/// Whether the Python package holidays is here too.
private let hasHolidays = (try? python("", needs: "holidays")) != nil
