/// A date, a date with a clock, or an instant, as people write them: `2026-11-18`, `2026-11-18 14:00`, `2026-11-18T14:00:30`, and
/// with `Z` or an offset such as `+01:00` at the end.
public enum WrittenMoment: Hashable, Sendable {
    case date(CivilDate)
    case local(CivilDateTime)
    case instant(Instant)

    /// The civil date as written; an instant's is the one in the zone.
    public func date(in zone: Zone) -> CivilDate {
        switch self {
        case .date(let date): date
        case .local(let civil): civil.date
        case .instant(let instant): zone.civil(at: instant).date
        }
    }

    /// The instant meant; nil for a date without a clock.
    public func instant(in zone: Zone) -> Instant? {
        switch self {
        case .date: nil
        case .local(let civil): zone.instant(of: civil)
        case .instant(let instant): instant
        }
    }

    /// Reads what a person wrote, or says what is wrong with it and where.
    public static func parse(_ text: String) -> Result<WrittenMoment, RuleProblem> {
        var reader = MomentReader(bytes: Array(text.utf8))
        do { return .success(try reader.moment()) } catch { return .failure(error) }
    }
}

extension CivilTime: LosslessStringConvertible {
    /// Reads `14:00` or `14:00:30`; nil for anything else.
    public init?(_ text: String) {
        var reader = MomentReader(bytes: Array(text.utf8))
        guard let time = try? reader.time(), reader.isAtEnd else { return nil }
        self = time
    }
}

/// Reads digits at a place in bytes; every mistake is a problem with its range.
private struct MomentReader {
    let bytes: [UInt8]
    var offset = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func moment() throws(RuleProblem) -> WrittenMoment {
        let date = try date()
        if isAtEnd { return .date(date) }
        guard bytes[offset] == UInt8(ascii: "T") || bytes[offset] == UInt8(ascii: " ") else { throw unexpectedRest() }
        offset += 1
        let civil = CivilDateTime(date, try time())
        if isAtEnd { return .local(civil) }
        let offsetFromUTC = try offsetFromUTC()
        guard isAtEnd else { throw unexpectedRest() }
        return .instant(Instant(utc: civil).adding(seconds: -Int64(offsetFromUTC)))
    }

    mutating func date() throws(RuleProblem) -> CivilDate {
        let year = try number(digits: 4, what: "a year of four digits")
        try take("-", expected: "a date such as `2026-11-18`")
        let month = try number(digits: 2, what: "a month of two digits")
        guard (1...12).contains(month) else { throw problem(offset - 2..<offset, "there is no month \(month)", "01 to 12") }
        try take("-", expected: "a date such as `2026-11-18`")
        let day = try number(digits: 2, what: "a day of two digits")
        guard let date = CivilDate(year: year, month: month, day: day) else {
            guard CivilDate.years.contains(year) else { throw problem(0..<4, "there is no year \(year)", "0001 to 9999") }
            let last = CivilDate.daysIn(month: month, of: year)
            let name = CivilDate.monthNames[month - 1]
            throw problem(offset - 2..<offset, "\(name) \(year) has no day \(day)", "01 to \(last)")
        }
        return date
    }

    mutating func time() throws(RuleProblem) -> CivilTime {
        let start = offset
        let hour = try number(digits: 2, what: "a time such as `14:00`")
        try take(":", expected: "a time such as `14:00`")
        let minute = try number(digits: 2, what: "minutes of two digits")
        var second = 0
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ":") {
            offset += 1
            second = try number(digits: 2, what: "seconds of two digits")
        }
        guard let time = CivilTime(hour: hour, minute: minute, second: second) else {
            let expected = hour == 24 ? "`00:00` of the next day, or `23:59`" : "00:00 to 23:59"
            throw problem(start..<offset, "no clock shows \(text(start..<offset))", expected)
        }
        return time
    }

    private mutating func offsetFromUTC() throws(RuleProblem) -> Int {
        let start = offset
        let mark = bytes[offset]
        guard mark == UInt8(ascii: "Z") || mark == UInt8(ascii: "+") || mark == UInt8(ascii: "-") else {
            throw unexpectedRest()
        }
        offset += 1
        if mark == UInt8(ascii: "Z") { return 0 }
        let hours = try number(digits: 2, what: "an offset such as `+01:00`")
        try take(":", expected: "an offset such as `+01:00`")
        let minutes = try number(digits: 2, what: "an offset such as `+01:00`")
        guard hours <= 23, minutes <= 59 else {
            throw problem(start..<offset, "no zone is \(text(start..<offset)) from UTC", "an offset such as `+01:00`")
        }
        return (hours * 3600 + minutes * 60) * (mark == UInt8(ascii: "-") ? -1 : 1)
    }

    private mutating func number(digits: Int, what: String) throws(RuleProblem) -> Int {
        var value = 0
        for index in offset..<offset + digits {
            guard index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) else {
                throw unexpectedRest(what)
            }
            value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
        }
        offset += digits
        return value
    }

    private mutating func take(_ mark: Unicode.Scalar, expected: String) throws(RuleProblem) {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: mark) else { throw unexpectedRest(expected) }
        offset += 1
    }

    private func unexpectedRest(_ expected: String = "a date, a time, or `Z` or an offset at the end") -> RuleProblem {
        if isAtEnd { return problem(offset..<offset, bytes.isEmpty ? "nothing is written" : "it ends too early", expected) }
        return problem(offset..<bytes.count, "`\(text(offset..<bytes.count))` cannot be read", expected)
    }

    private func problem(_ range: Range<Int>, _ message: String, _ expected: String) -> RuleProblem {
        RuleProblem(range: range, message: message, expected: expected)
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range].prefix(40), as: UTF8.self) }
}
