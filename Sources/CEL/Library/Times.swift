/// Moments and lengths of time as text and in calculations. A length has at most the nanoseconds that 64 bits hold (292 years), a
/// moment lies in the years 1 to 9999.
extension Timestamp {
    private static let first: Int64 = -62_135_596_800
    private static let last: Int64 = 253_402_300_799

    func inRange() throws(EvaluationError) -> Timestamp {
        guard seconds >= Self.first, seconds <= Self.last else { throw .timeRange }
        return self
    }

    func adding(_ span: Span, sign: Int64) throws(EvaluationError) -> Timestamp {
        let whole = try span.total()
        let nanoseconds = Int64(self.nanoseconds) + sign * (whole % Span.billion)
        let carried = nanoseconds >= 0 ? nanoseconds / Span.billion : -((Span.billion - 1 - nanoseconds) / Span.billion)
        let moved = Timestamp(
            seconds: try inRange().seconds + sign * (whole / Span.billion) + carried,
            nanoseconds: Int32(nanoseconds - carried * Span.billion))
        return try moved.inRange()
    }

    func since(_ other: Timestamp) throws(EvaluationError) -> Span {
        let seconds = try inRange().seconds - other.inRange().seconds
        let (scaled, isLarge) = seconds.multipliedReportingOverflow(by: Span.billion)
        let (total, isLarger) = scaled.addingReportingOverflow(Int64(nanoseconds) - Int64(other.nanoseconds))
        guard !isLarge, !isLarger else { throw .timeRange }
        return Span(total: total)
    }

    /// Reads RFC 3339: `2026-03-01T18:30:00Z`, with a fraction and an offset; nil where it is something else.
    public init?(text: String) {
        var reader = DigitReader(text)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), reader.take("T"), let hour = reader.number(2), reader.take(":"),
            let minute = reader.number(2), reader.take(":"), let second = reader.number(2),
            (1...12).contains(month), day >= 1, day <= CivilDay.length(ofMonth: month, year: year), hour < 24, minute < 60,
            second < 60
        else { return nil }
        var nanoseconds: Int64 = 0
        if reader.take(".") {
            guard let fraction = reader.fraction() else { return nil }
            nanoseconds = fraction
        }
        guard let offset = reader.offset(), reader.isAtEnd else { return nil }
        let days = CivilDay.number(year: year, month: month, day: day)
        self.init(
            seconds: days * 86400 + hour * 3600 + minute * 60 + second - offset, nanoseconds: Int32(nanoseconds))
    }

    /// RFC 3339 in UTC, the fraction without noughts at its end.
    public var text: String {
        let fields = CivilFields(self, offset: 0)
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let year = String(fields.year)
        return String(repeating: "0", count: max(0, 4 - year.count)) + year + "-\(two(fields.month))-\(two(fields.day))T"
            + "\(two(fields.hour)):\(two(fields.minute)):\(two(fields.second))\(fractionText(Int64(nanoseconds)))Z"
    }
}

extension Span {
    static let billion: Int64 = 1_000_000_000

    init(total: Int64) { self.init(seconds: total / Self.billion, nanoseconds: Int32(total % Self.billion)) }

    /// All in nanoseconds.
    func total() throws(EvaluationError) -> Int64 {
        let (scaled, isLarge) = seconds.multipliedReportingOverflow(by: Self.billion)
        let (total, isLarger) = scaled.addingReportingOverflow(Int64(nanoseconds))
        guard !isLarge, !isLarger else { throw .timeRange }
        return total
    }

    func adding(_ other: Span, sign: Int64) throws(EvaluationError) -> Span {
        let (sum, isLarge) = try total().addingReportingOverflow(sign * other.total())
        guard !isLarge else { throw .timeRange }
        return Span(total: sum)
    }

    /// Reads `1h30m`, `1.5s`, `-20ms`: numbers with the units h, m, s, ms, us and ns.
    public init(text: String) throws(EvaluationError) {
        let wrong = EvaluationError("not a duration: '\(text)'")
        var reader = DigitReader(text)
        let isNegative = reader.take("-")
        if !isNegative { _ = reader.take("+") }
        var total: Int64 = 0
        var parts = 0
        if text == "0" { (parts, reader) = (1, DigitReader("")) }
        while !reader.isAtEnd {
            let whole = reader.digits()
            let fraction = reader.take(".") ? reader.digits() : ""
            guard !(whole.isEmpty && fraction.isEmpty), let unit = reader.unit() else { throw wrong }
            // Digits beyond a nanosecond do not count.
            let scaled = try Self.scaled(whole, fraction, unit: unit)
            let (sum, isLarge) = total.addingReportingOverflow(scaled)
            guard !isLarge else { throw .timeRange }
            (total, parts) = (sum, parts + 1)
        }
        guard parts > 0 else { throw wrong }
        self.init(total: isNegative ? -total : total)
    }

    private static func scaled(_ whole: String, _ fraction: String, unit: Int64) throws(EvaluationError) -> Int64 {
        guard let count = Int64(whole.isEmpty ? "0" : whole) else { throw .timeRange }
        var (result, isLarge) = count.multipliedReportingOverflow(by: unit)
        var (place, rest): (Int64, Int64) = (unit, 0)
        for digit in fraction.utf8 {
            // A unit is at most 3.6e12, so ten times it and nine digits of carry stay far below 2^63.
            rest += Int64(digit - 0x30) * (place / 10)
            place /= 10
        }
        if !isLarge { (result, isLarge) = result.addingReportingOverflow(rest) }
        guard !isLarge else { throw .timeRange }
        return result
    }

    /// Seconds with a fraction: `5400s`, `-0.25s`.
    public var text: String {
        let isNegative = seconds < 0 || nanoseconds < 0
        return "\(isNegative ? "-" : "")\(seconds.magnitude)\(fractionText(abs(Int64(nanoseconds))))s"
    }
}

/// A fraction of a second with its point, without noughts at its end; nothing where there is none.
private func fractionText(_ nanoseconds: Int64) -> String {
    guard nanoseconds != 0 else { return "" }
    var digits = String(nanoseconds)
    digits = String(repeating: "0", count: max(0, 9 - digits.count)) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "." + digits
}

/// The parts of a moment on a calendar and a clock that are ahead of UTC by an offset in seconds.
struct CivilFields {
    var (year, month, day): (Int64, Int64, Int64)
    var (hour, minute, second): (Int64, Int64, Int64)
    /// From 0, a Sunday.
    var weekday: Int64
    /// From 0.
    var dayOfYear: Int64

    init(_ moment: Timestamp, offset: Int) {
        let seconds = moment.seconds &+ Int64(offset)
        let days = seconds >= 0 ? seconds / 86400 : -((86399 - seconds) / 86400)
        let rest = seconds - days * 86400
        (year, month, day) = CivilDay.date(days)
        (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
        weekday = ((days + 4) % 7 + 7) % 7
        dayOfYear = days - CivilDay.number(year: year, month: 1, day: 1)
    }
}

/// Days of the Gregorian calendar, counted from 1970-01-01.
enum CivilDay {
    /// Years are counted from March here, so that the leap day is the last of its year; 400 years have 146,097 days.
    static func number(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    static func date(_ number: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    static func length(ofMonth month: Int64, year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// Reads numbers of fixed length and single letters.
struct DigitReader {
    private var rest: ArraySlice<UInt8>

    init(_ text: String) { rest = Array(text.utf8)[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ letter: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: letter) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number(_ count: Int) -> Int64? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy(isDigit) else { return nil }
        rest = rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    mutating func digits() -> String {
        let digits = rest.prefix(while: isDigit)
        rest = rest.dropFirst(digits.count)
        return String(decoding: digits, as: UTF8.self)
    }

    /// Nanoseconds from the digits after a point; beyond the ninth they do not count.
    mutating func fraction() -> Int64? {
        let digits = digits().prefix(9)
        guard !digits.isEmpty else { return nil }
        return Int64(digits + String(repeating: "0", count: 9 - digits.count))
    }

    /// Seconds ahead of UTC: `Z`, `+01:00`; the sign may be missing where `isLenient`.
    mutating func offset(isLenient: Bool = false) -> Int64? {
        if take("Z") { return 0 }
        let isWest = take("-")
        guard isWest || take("+") || isLenient, let hours = number(2), take(":"), let minutes = number(2), hours < 24,
            minutes < 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
    }

    /// Nanoseconds of a unit of time.
    mutating func unit() -> Int64? {
        let letters = rest.prefix { !isDigit($0) && $0 != ascii(".") }
        rest = rest.dropFirst(letters.count)
        switch String(decoding: letters, as: UTF8.self) {
        case "h": return 3_600_000_000_000
        case "m": return 60_000_000_000
        case "s": return 1_000_000_000
        case "ms": return 1_000_000
        case "us", "µs", "μs": return 1000
        case "ns": return 1
        default: return nil
        }
    }
}
