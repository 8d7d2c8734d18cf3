/// The rule in a TZif footer, as in the POSIX variable TZ with RFC 9636's wider hours: `GMT0BST,M3.5.0/1,M10.5.0`.
struct ZoneRule: Hashable, Sendable {
    var standard: Zone.Period
    var daylightSaving: DaylightSaving?

    struct DaylightSaving: Hashable, Sendable {
        var period: Zone.Period
        var start: Change
        var end: Change
    }

    /// A day of the year and the clock, in seconds from that day's midnight, at which the offset changes.
    struct Change: Hashable, Sendable {
        var day: Day
        var time: Int
    }

    enum Day: Hashable, Sendable {
        /// `J60`: the n-th day, 29 February never counted.
        case julian(Int)
        /// `59`: the day with n before it, 29 February counted.
        case zeroBased(Int)
        /// `M3.5.0`: the n-th such weekday (0 is Sunday) of the month, 5 the last.
        case weekday(month: Int, week: Int, weekday: Int)
    }

    /// Seconds that an offset may have: more than -25 hours, less than 26 (RFC 9636, section 3.2).
    static let offsets = (-25 * 3600 + 1)...(26 * 3600 - 1)

    init(_ text: String) throws(ZoneFailure) {
        var reader = RuleReader(bytes: Array(text.utf8), text: text)
        self = try reader.rule()
    }

    init(standard: Zone.Period, daylightSaving: DaylightSaving?) {
        self.standard = standard
        self.daylightSaving = daylightSaving
    }

    /// The year's changes by time. Where summer time ends as it begins again it never ends.
    func changes(in year: Int) -> [ZoneFile.Transition] {
        guard let daylightSaving else { return [] }
        let start = ZoneFile.Transition(
            at: daylightSaving.start.local(in: year) - Int64(standard.offset), period: daylightSaving.period)
        let end = ZoneFile.Transition(
            at: daylightSaving.end.local(in: year) - Int64(daylightSaving.period.offset), period: standard)
        return start.at < end.at ? [start, end] : [end, start]
    }
}

extension ZoneRule.Change {
    /// Seconds since 1970 on the clock that the change ends.
    func local(in year: Int) -> Int64 {
        let newYear = CivilDate.days(year: year, month: 1, day: 1)
        let days =
            switch day {
            case .julian(let number): newYear + number - 1 + (number >= 60 && CivilDate.isLeap(year) ? 1 : 0)
            case .zeroBased(let number): newYear + number
            case .weekday(let month, let week, let weekday): Self.days(year, month, week, weekday)
            }
        return Int64(days) * 86_400 + Int64(time)
    }

    private static func days(_ year: Int, _ month: Int, _ week: Int, _ weekday: Int) -> Int {
        let first = CivilDate.days(year: year, month: month, day: 1)
        let ahead = (weekday - (first + 4)).wrapped(to: 7)
        let day = first + ahead + (week - 1) * 7
        return day < first + CivilDate.daysIn(month: month, of: year) ? day : day - 7
    }
}

private struct RuleReader {
    let bytes: [UInt8]
    let text: String
    var offset = 0

    init(bytes: [UInt8], text: String) {
        self.bytes = bytes
        self.text = text
    }

    private var failure: ZoneFailure { .broken("its footer `\(text)` cannot be read at byte \(offset)") }
    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    mutating func rule() throws(ZoneFailure) -> ZoneRule {
        let standardName = try name()
        let standardOffset = -(try clock(mostHours: 24))
        let standard = Zone.Period(offset: standardOffset, isDaylightSaving: false, abbreviation: standardName)
        if next == nil { return ZoneRule(standard: standard, daylightSaving: nil) }
        let summerName = try name()
        let summerOffset = next == UInt8(ascii: ",") ? standardOffset + 3600 : -(try clock(mostHours: 24))
        let summer = Zone.Period(offset: summerOffset, isDaylightSaving: true, abbreviation: summerName)
        let start = try change()
        let end = try change()
        guard next == nil else { throw failure }
        return ZoneRule(standard: standard, daylightSaving: .init(period: summer, start: start, end: end))
    }

    private mutating func name() throws(ZoneFailure) -> String {
        let isQuoted = take("<")
        let start = offset
        while let byte = next, isLetter(byte) || isQuoted && (isDigit(byte) || byte == 43 || byte == 45) { offset += 1 }
        let end = offset
        guard end - start >= 3, !isQuoted || take(">") else { throw failure }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// Hours, and minutes and seconds if any, with a sign: seconds.
    private mutating func clock(mostHours: Int) throws(ZoneFailure) -> Int {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        var seconds = try number(0...mostHours) * 3600
        if take(":") {
            seconds += try number(0...59) * 60
            if take(":") { seconds += try number(0...59) }
        }
        return isNegative ? -seconds : seconds
    }

    private mutating func change() throws(ZoneFailure) -> ZoneRule.Change {
        guard take(",") else { throw failure }
        let day = try day()
        return ZoneRule.Change(day: day, time: take("/") ? try clock(mostHours: 167) : 2 * 3600)
    }

    private mutating func day() throws(ZoneFailure) -> ZoneRule.Day {
        if take("J") { return .julian(try number(1...365)) }
        guard take("M") else { return .zeroBased(try number(0...365)) }
        let month = try number(1...12)
        guard take(".") else { throw failure }
        let week = try number(1...5)
        guard take(".") else { throw failure }
        return .weekday(month: month, week: week, weekday: try number(0...6))
    }

    private mutating func number(_ range: ClosedRange<Int>) throws(ZoneFailure) -> Int {
        var value = 0
        let start = offset
        while let byte = next, isDigit(byte), offset - start < 3 {
            value = value * 10 + Int(byte - 48)
            offset += 1
        }
        guard offset > start, range.contains(value) else { throw failure }
        return value
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: mark) else { return false }
        offset += 1
        return true
    }

    private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    private func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
}
