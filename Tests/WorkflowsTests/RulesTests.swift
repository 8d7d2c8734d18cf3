import Calendars
import Diagnostics
import Foundation
import Testing
import Workflows

@Suite struct RulesTests {
    private func source(_ path: String) throws -> SourceText {
        SourceText(name: path, text: try String(contentsOf: repository.appendingPathComponent(path), encoding: .utf8))
    }

    private func table() throws -> HolidayTable {
        let (table, findings) = readHolidayTable(try source("Workflows/holidays/england-and-wales.yaml"))
        #expect(findings.isEmpty, "\(rendered(findings))")
        return try #require(table)
    }

    private func dates(_ year: Int, _ text: String) -> [CivilDate] {
        text.split(separator: " ").compactMap { word in
            let parts = word.split(separator: "-").compactMap { Int($0) }
            return CivilDate(year: year, month: parts[0], day: parts[1])
        }
    }

    @Test(
        "the shipped holiday table has the days that were announced",
        arguments: [
            (2024, "1-1 3-29 4-1 5-6 5-27 8-26 12-25 12-26"), (2025, "1-1 4-18 4-21 5-5 5-26 8-25 12-25 12-26"),
            (2026, "1-1 4-3 4-6 5-4 5-25 8-31 12-25 12-28"), (2027, "1-1 3-26 3-29 5-3 5-31 8-30 12-27 12-28"),
            (2028, "1-3 4-14 4-17 5-1 5-29 8-28 12-25 12-26"), (2022, "1-3 4-15 4-18 5-2 6-2 6-3 8-29 9-19 12-26 12-27"),
            (1990, "1-1 4-13 4-16 5-7 5-28 8-27 12-25 12-26"),
        ])
    func announced(year: Int, expected: String) throws {
        let found = try #require(try table().holidays(in: year))
        #expect(found.map(\.date) == dates(year, expected))
        #expect(found.allSatisfy { !$0.isComputed })
    }

    @Test("its rules give the announced days of each year without a one-off")
    func computed() throws {
        let table = try table()
        let byRule = HolidayTable(
            name: "rules", edition: table.edition, days: [:], rules: table.rules, listed: 1989...1989)
        // Millennium, jubilees, a wedding, a coronation, a funeral, and two moved May holidays.
        let oneOffs = [1995, 1999, 2002, 2011, 2012, 2020, 2022, 2023]
        for year in 1990...2028 where !oneOffs.contains(year) {
            #expect(byRule.holidays(in: year)?.map(\.date) == table.holidays(in: year)?.map(\.date), "\(year)")
        }
        #expect(try #require(table.holidays(in: 2031)).allSatisfy(\.isComputed))
    }

    @Test(
        "each nation's rules give the announced days of each year without a one-off",
        arguments: [
            // Scotland's St Andrew's Day is a bank holiday since 2007; 15 June 2026 was a one-off.
            ("scotland", 2007, [2011, 2012, 2020, 2022, 2023, 2026]),
            ("northern-ireland", 1990, [1995, 1999, 2002, 2011, 2012, 2020, 2022, 2023]),
        ])
    func nations(name: String, from first: Int, oneOffs: [Int]) throws {
        let (found, findings) = readHolidayTable(try source("Workflows/holidays/\(name).yaml"))
        #expect(findings.isEmpty, "\(rendered(findings))")
        let table = try #require(found)
        #expect(table.listedYears == 1990...2028)
        let byRule = HolidayTable(name: "rules", edition: table.edition, days: [:], rules: table.rules, listed: 1989...1989)
        for year in first...2028 {
            let agrees = byRule.holidays(in: year)?.map(\.date) == table.holidays(in: year)?.map(\.date)
            #expect(agrees == !oneOffs.contains(year), "\(year)")
        }
    }

    @Test("one-offs are days of every nation's table", arguments: ["england-and-wales", "scotland", "northern-ireland"])
    func oneOffs(name: String) throws {
        let table = try #require(readHolidayTable(try source("Workflows/holidays/\(name).yaml")).0)
        for day in [
            "1995-05-08", "1999-12-31", "2002-06-03", "2011-04-29", "2012-06-05", "2022-06-03", "2022-09-19", "2023-05-08",
        ] {
            let date = try #require(CivilDate(day))
            if case .holiday(_, let isComputed) = table.status(of: date) {
                #expect(!isComputed)
            } else {
                Issue.record("\(day)")
            }
        }
    }

    @Test("the shipped rule pack says each policy with its source")
    func rulePack() throws {
        let (pack, findings) = readRulePack(try source("Workflows/rules/informal-partnership.yaml"), hash: "h")
        #expect(findings.isEmpty, "\(rendered(findings))")
        let rules = try #require(pack)
        #expect(rules.name == "informal-partnership")
        #expect(rules.periods["notice"]?.period == CountedPeriod(5, .days, counting: .clear))
        #expect(rules.periods["papers"]?.period == CountedPeriod(5, .days, counting: .working))
        #expect(rules.counting.weekdaysLeftOut == .weekend)
        #expect(rules.counting.leavesOutHolidays)
        #expect(rules.quorum.needed(of: 10) == 4)
        #expect(rules.quorum.needed(of: 4) == 3)
        #expect(rules.inquorateItem == .defer)
        #expect(rules.deferralsAllowed == 1)
        #expect(rules.citations.count == 14)
        #expect(rules.citations["notice"]?.status == .unverified)
        #expect(rules.citations["interests"]?.status == .verified)
    }

    @Test(
        "a mistake in a rule pack is found at its place",
        arguments: [
            ("value: 5 clear days", "value: 5 clera days", "MW071 16:14 clear"),
            ("value: defer\n", "value: deffer\n", "MW017 36:12 defer"),
            ("share: 1/3", "share: 4/3", "MW072 32:20"),
            ("value: 1\n", "value: many\n", "MW015 40:12"),
            ("  notice:", "  notise:", "MW012 15:3 notice"),
            ("status: unverified", "status: read", "MW017 10:13"),
        ])
    func mistakes(written: String, instead: String, expected: String) throws {
        let text = try source("Workflows/rules/informal-partnership.yaml").text
        let place = try #require(text.range(of: written))
        let wrong = text.replacingCharacters(in: place, with: instead)
        let (pack, findings) = readRulePack(SourceText(name: "rules.yaml", text: wrong), hash: "h")
        #expect(pack == nil)
        #expect(places(findings).first { $0.hasPrefix(expected) } != nil, "\(rendered(findings))")
    }

    @Test("a mistake in a holiday table is found at its place")
    func holidayMistakes() {
        let text = """
            holidays: x
            edition: 2026-02-30
            days:
              2026-13-01: Never
            rules:
              - {name: A, on: 31 Febuary}
              - {name: B, weekday: last Mon of May}
              - {name: C, easter: 2.5}
            """
        let (table, findings) = readHolidayTable(SourceText(name: "x.yaml", text: text))
        #expect(table == nil)
        #expect(
            places(findings) == [
                "MW070 2:10", "MW070 4:3", "MW073 6:19 February", "MW073 7:24", "MW015 8:23",
            ], "\(rendered(findings))")
    }
}
