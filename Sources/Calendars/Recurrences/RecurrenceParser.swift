import Diagnostics

/// Reads `FREQ=MONTHLY;BYDAY=2TU` part by part.
struct RecurrenceParser {
    private let bytes: [UInt8]
    private var seen: [String: Range<Int>] = [:]

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func recurrence() throws(RuleProblem) -> Recurrence {
        guard bytes.count <= Self.longestText else {
            throw problem(0..<bytes.count, "the rule is too long", "at most 1000 bytes")
        }
        var rule = Recurrence(.daily)
        for range in split(start..<bytes.count, at: ";") { try read(range, into: &rule) }
        guard seen["FREQ"] != nil else {
            throw problem(start..<bytes.count, "there is no FREQ", "a rule such as `FREQ=MONTHLY;BYDAY=2TU`")
        }
        try check(rule)
        return rule
    }

    private var start: Int { bytes.starts(with: Array("RRULE:".utf8)) ? 6 : 0 }

    private mutating func read(_ range: Range<Int>, into rule: inout Recurrence) throws(RuleProblem) {
        guard let mark = bytes[range].firstIndex(of: UInt8(ascii: "=")) else {
            throw problem(range, "`\(text(range))` has no value", "a part such as `FREQ=MONTHLY`")
        }
        let name = text(range.lowerBound..<mark)
        let value = mark + 1..<range.upperBound
        guard seen.updateValue(range, forKey: name) == nil else {
            throw problem(range, "`\(name)` is written twice", "each part once")
        }
        switch name {
        case "FREQ": rule.frequency = try frequency(value)
        case "INTERVAL": rule.interval = try number(value, 1...Recurrence.largestInterval)
        case "COUNT": rule.end = .count(try number(value, 1...Self.largestCount))
        case "UNTIL": rule.end = .until(try date(value))
        case "WKST": rule.weekStart = try weekday(value)
        case "BYMONTH": rule.months = try numbers(value, 1...12, fromEnd: false)
        case "BYWEEKNO": rule.weekNumbers = try numbers(value, 1...53)
        case "BYYEARDAY": rule.yearDays = try numbers(value, 1...366)
        case "BYMONTHDAY": rule.monthDays = try numbers(value, 1...31)
        case "BYSETPOS": rule.positions = try numbers(value, 1...366)
        case "BYDAY": rule.days = try days(value)
        case "BYHOUR", "BYMINUTE", "BYSECOND":
            throw problem(
                range, "`\(name)` is not for dates: a series of meetings has one time of day", "days, weeks, months or years")
        default:
            throw unknown(range.lowerBound..<mark, "a part of a rule such as `BYDAY`", among: Self.names)
        }
    }

    private static let longestText = 1000
    private static let largestCount = 100_000
    private static let names = [
        "FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYSETPOS", "BYDAY",
    ]
    private static let weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
}

// MARK: What the standard forbids

extension RecurrenceParser {
    private func check(_ rule: Recurrence) throws(RuleProblem) {
        if let count = seen["COUNT"], let until = seen["UNTIL"] {
            throw problem(
                max(count.lowerBound, until.lowerBound)..<max(count.upperBound, until.upperBound),
                "a rule ends by COUNT or by UNTIL", "one of them")
        }
        try refuse("BYMONTHDAY", where: rule.frequency == .weekly, "goes with days, months or years, not with weeks")
        try refuse("BYYEARDAY", where: rule.frequency != .yearly, "goes with FREQ=YEARLY")
        try refuse("BYWEEKNO", where: rule.frequency != .yearly, "goes with FREQ=YEARLY")
        let isNumbered = rule.days.contains { $0.number != nil }
        let mayBeNumbered = rule.frequency == .monthly || rule.frequency == .yearly && rule.weekNumbers.isEmpty
        try refuse(
            "BYDAY", where: isNumbered && !mayBeNumbered, "has numbers, which count in a month, or in a year without BYWEEKNO")
        try refuse(
            "BYSETPOS", where: !seen.keys.contains { $0.hasPrefix("BY") && $0 != "BYSETPOS" },
            "picks from the days of another BY part, and there is none")
    }

    private func refuse(_ name: String, where isForbidden: Bool, _ why: String) throws(RuleProblem) {
        guard isForbidden, let range = seen[name] else { return }
        throw problem(range, "`\(name)` \(why)", "what RFC 5545 allows")
    }
}

// MARK: Values

extension RecurrenceParser {
    private func frequency(_ range: Range<Int>) throws(RuleProblem) -> Recurrence.Frequency {
        if let frequency = Recurrence.Frequency(rawValue: text(range)) { return frequency }
        if ["HOURLY", "MINUTELY", "SECONDLY"].contains(text(range)) {
            throw problem(
                range, "`\(text(range))` is not for dates: a series of meetings has one time of day",
                "DAILY, WEEKLY, MONTHLY or YEARLY")
        }
        throw unknown(range, "DAILY, WEEKLY, MONTHLY or YEARLY", among: Recurrence.Frequency.allCases.map(\.rawValue))
    }

    private func weekday(_ range: Range<Int>) throws(RuleProblem) -> Weekday {
        guard let index = Self.weekdays.firstIndex(of: text(range)), let weekday = Weekday(rawValue: index + 1) else {
            throw unknown(range, "a weekday such as `TU`", among: Self.weekdays)
        }
        return weekday
    }

    private func days(_ range: Range<Int>) throws(RuleProblem) -> [Recurrence.Day] {
        var days: [Recurrence.Day] = []
        for part in split(range, at: ",") {
            let letters = max(part.upperBound - 2, part.lowerBound)
            let weekday = try weekday(letters..<part.upperBound)
            let number = letters > part.lowerBound ? try signed(part.lowerBound..<letters, 1...53) : nil
            days.append(Recurrence.Day(weekday, number: number))
        }
        return days
    }

    private func numbers(_ range: Range<Int>, _ allowed: ClosedRange<Int>, fromEnd: Bool = true) throws(RuleProblem) -> [Int] {
        var numbers: [Int] = []
        for part in split(range, at: ",") { numbers.append(fromEnd ? try signed(part, allowed) : try number(part, allowed)) }
        return numbers
    }

    private func signed(_ range: Range<Int>, _ allowed: ClosedRange<Int>) throws(RuleProblem) -> Int {
        guard let first = bytes[range].first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") else {
            return try number(range, allowed)
        }
        let number = try number(range.lowerBound + 1..<range.upperBound, allowed)
        return first == UInt8(ascii: "-") ? -number : number
    }

    private func number(_ range: Range<Int>, _ allowed: ClosedRange<Int>) throws(RuleProblem) -> Int {
        let digits = bytes[range]
        guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }), let number = Int(text(range)),
            allowed.contains(number)
        else {
            throw problem(range, "`\(text(range))` cannot stand here", "\(allowed.lowerBound) to \(allowed.upperBound)")
        }
        return number
    }

    /// `20261231`, or a date-time, whose date is meant.
    private func date(_ range: Range<Int>) throws(RuleProblem) -> CivilDate {
        let digits = bytes[range]
        let rest = Array(digits.dropFirst(8))
        let isTime =
            rest.isEmpty
            || rest.first == UInt8(ascii: "T") && [7, 8].contains(rest.count)
                && rest[1..<7].allSatisfy { (48...57).contains($0) } && (rest.count == 7 || rest[7] == UInt8(ascii: "Z"))
        let from = range.lowerBound
        guard isTime, digits.count >= 8, digits.prefix(8).allSatisfy({ (48...57).contains($0) }),
            let year = Int(text(from..<from + 4)), let month = Int(text(from + 4..<from + 6)),
            let day = Int(text(from + 6..<from + 8)),
            let date = CivilDate(year: year, month: month, day: day)
        else { throw problem(range, "`\(text(range))` is not a date", "a date such as `20261231`") }
        return date
    }
}

// MARK: Text

extension RecurrenceParser {
    private func split(_ range: Range<Int>, at mark: Unicode.Scalar) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var from = range.lowerBound
        for index in range where bytes[index] == UInt8(ascii: mark) {
            parts.append(from..<index)
            from = index + 1
        }
        return parts + [from..<range.upperBound]
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range].prefix(40), as: UTF8.self) }

    private func unknown(_ range: Range<Int>, _ expected: String, among names: [String]) -> RuleProblem {
        let capitals = text(range).uppercased()
        return RuleProblem(
            range: range, message: "`\(text(range))` is not understood here", expected: expected,
            nearest: names.contains(capitals) ? capitals : nearestName(to: capitals, among: names))
    }

    private func problem(_ range: Range<Int>, _ message: String, _ expected: String) -> RuleProblem {
        RuleProblem(range: range, message: message, expected: expected)
    }
}
