import Calendars
import Diagnostics
import Foundation
import Testing
import Workflows

/// The shipped tables against two independent Python packages, of the environment that `MANDATE_PYTHON` names; skipped without it.
@Suite(
    "Holiday tables against the packages holidays and govuk-bank-holidays", .enabled(if: oracle != nil, "needs MANDATE_PYTHON"))
struct HolidayOracleTests {
    static let script = """
        import sys
        import holidays
        from govuk_bank_holidays.bank_holidays import BankHolidays
        years = range(2018, 2029)
        for division, part in (('england-and-wales', 'ENG'), ('england-and-wales', 'WLS'), ('scotland', 'SCT'), ('northern-ireland', 'NIR')):
            found = holidays.country_holidays('GB', subdiv=part, years=years)
            print('holidays', division, *sorted(day for day in found if day.weekday() < 5))
        published = BankHolidays(use_cached_holidays=True)
        for division in ('england-and-wales', 'scotland', 'northern-ireland'):
            days = [entry['date'] for entry in published.get_holidays(division=division)]
            print('govuk', division, *sorted(day for day in days if day.year in years))
        """

    /// Days that one package has and the other, made earlier, has not.
    static let unpublished = ["govuk scotland": ["2026-06-15"]]

    @Test("every day off from 2018 to 2028 is the same in both and in the table")
    func agree() throws {
        let answer = try #require(oracle)
        let lines = answer.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(lines.count == 7)
        for line in lines {
            let expected = Set(line.dropFirst(2) + (Self.unpublished[line[0] + " " + line[1]] ?? []))
            #expect(expected.count > 80)
            let table = try RulePackTests.table(line[1])
            let found = try (2018...2028).flatMap { try #require(table.holidays(in: $0)).map(\.date.description) }
            #expect(expected.symmetricDifference(found).sorted() == [], "\(line[0]) \(line[1])")
            // The harness must see a day that is missing.
            #expect(expected.symmetricDifference(found.filter { $0 != "2022-09-19" }) == ["2022-09-19"])
        }
    }
}

/// What the packages say; nil where there is no environment that has them.
private let oracle: String? = {
    guard let python = ProcessInfo.processInfo.environment["MANDATE_PYTHON"] else { return nil }
    return run([python, "-c", HolidayOracleTests.script])
}()

/// What a program prints; nil where it fails.
private func run(_ words: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let bytes = (try? pipe.fileHandleForReading.readToEnd()) ?? nil
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: bytes ?? Data(), as: UTF8.self) : nil
}
