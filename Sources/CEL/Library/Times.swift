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
        guard !isLarge, !isLarger, total != .min else { throw .timeRange }
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

    /// All in nanoseconds; never the smallest number, so that it may change its sign.
    func total() throws(EvaluationError) -> Int64 {
        let (scaled, isLarge) = seconds.multipliedReportingOverflow(by: Self.billion)
        let (total, isLarger) = scaled.addingReportingOverflow(Int64(nanoseconds))
        guard !isLarge, !isLarger, total != .min else { throw .timeRange }
        return total
    }

    func adding(_ other: Span, sign: Int64) throws(EvaluationError) -> Span {
        let (sum, isLarge) = try total().addingReportingOverflow(sign * other.total())
        guard !isLarge, sum != .min else { throw .timeRange }
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
