import Calendars
import Diagnostics
import YAML

/// Reads a holiday table; there is none where a finding is an error.
public func readHolidayTable(_ source: SourceText) -> (HolidayTable?, [Finding]) {
    let (node, findings) = parseYAML(source)
    var reader = HolidayTableReader(log: FindingLog(file: source.name))
    reader.log.add(findings)
    let table = node.flatMap { reader.table($0) }
    return (reader.log.hasErrors ? nil : table, reader.log.findings)
}

private struct HolidayTableReader {
    var log: FindingLog

    mutating func table(_ node: Node) -> HolidayTable? {
        let keys = ["holidays", "title", "edition", "source", "days", "rules"]
        guard let fields = node.mapping(allowing: keys, of: "a holiday table", &log) else { return nil }
        let name = fields.required("holidays", of: "a holiday table", &log)?.text(of: "the table's name", &log)
        let edition = fields.required("edition", of: "a holiday table", &log).flatMap { date($0) }
        let source = fields["source"]?.text(of: "a source", &log)
        var days: [CivilDate: String] = [:]
        for entry in fields["days"]?.namedEntries(of: "`days`", &log) ?? [] {
            if let date = date(entry.key) { days[date] = entry.value.text(of: "a holiday's name", &log) }
        }
        let rules = fields["rules"]?.items.compactMap { rule($0) } ?? []
        guard let name, let edition else { return nil }
        return HolidayTable(name: name, edition: edition, source: source, days: days, rules: rules)
    }

    private mutating func date(_ node: Node) -> CivilDate? {
        guard let text = node.text(of: "a date", &log) else { return nil }
        if let date = CivilDate(text) { return date }
        log.add(.badDate, at: node.range, "`\(text)` is no date", expected: "a date such as `2026-11-18`")
        return nil
    }

    private mutating func rule(_ node: Node) -> HolidayRule? {
        guard let fields = node.mapping(allowing: ["name", "on", "moved", "easter", "weekday"], of: "a holiday's rule", &log),
            let name = fields.required("name", of: "a holiday's rule", &log)?.text(of: "a holiday's name", &log)
        else { return nil }
        if let easter = fields["easter"] {
            return easter.integer(in: -100...100, of: "`easter`", &log).map { HolidayRule(name, .easter($0)) }
        }
        if let weekday = fields["weekday"] { return self.weekday(weekday).map { HolidayRule(name, $0) } }
        guard let on = fields.required("on", of: "a holiday's rule", &log) else { return nil }
        let isMoved = fields["moved"]?.flag(of: "`moved`", &log) ?? false
        guard let (month, day) = dayOfYear(on) else { return nil }
        return HolidayRule(name, .fixed(month: month, day: day, substitute: isMoved ? .nextWorkingDay : .none))
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let ordinals = ["first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1]

    /// `25 December`.
    private mutating func dayOfYear(_ node: Node) -> (month: Int, day: Int)? {
        let words = (node.rawText ?? "").split(separator: " ").map(String.init)
        if words.count == 2, let day = Int(words[0]), let month = Self.months.firstIndex(of: words[1]),
            CivilDate(year: 2024, month: month + 1, day: day) != nil
        {
            return (month + 1, day)
        }
        log.add(
            .badHoliday, at: node.range, "this is no day of the year", expected: "a day and a month such as `25 December`",
            nearest: words.last.flatMap { nearestName(to: $0, among: Self.months) })
        return nil
    }

    /// `last Monday of May`.
    private mutating func weekday(_ node: Node) -> HolidayRule.Day? {
        let words = (node.rawText ?? "").split(separator: " ").map(String.init)
        if words.count == 4, words[2] == "of", let number = Self.ordinals[words[0]], let weekday = Weekday(name: words[1]),
            let month = Self.months.firstIndex(of: words[3])
        {
            return .nthWeekday(number, weekday, month: month + 1)
        }
        log.add(.badHoliday, at: node.range, "this is no weekday of a month", expected: "such as `last Monday of May`")
        return nil
    }
}
