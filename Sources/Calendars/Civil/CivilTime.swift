/// A time of day as a clock on the wall shows it, to the second, without a zone.
public struct CivilTime: Hashable, Sendable {
    /// Seconds since the clock showed midnight, 0 to 86399.
    public let secondOfDay: Int

    /// The time with these numbers; nil where no clock shows it, as for 24:00.
    public init?(hour: Int, minute: Int, second: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
        secondOfDay = hour * 3600 + minute * 60 + second
    }

    /// The time so many seconds after midnight; a number outside the day wraps.
    init(wrapping second: Int) { secondOfDay = second.wrapped(to: 86_400) }

    public var hour: Int { secondOfDay / 3600 }
    public var minute: Int { secondOfDay / 60 % 60 }
    public var second: Int { secondOfDay % 60 }

    public static let midnight = CivilTime(wrapping: 0)
}

extension CivilTime: Comparable, CustomStringConvertible {
    public static func < (lhs: CivilTime, rhs: CivilTime) -> Bool { lhs.secondOfDay < rhs.secondOfDay }

    /// `14:00`, or `14:00:30` where the seconds are not nought.
    public var description: String {
        var digits: [UInt8] = []
        write(to: &digits, withSeconds: second != 0)
        return String(decoding: digits, as: UTF8.self)
    }

    func write(to digits: inout [UInt8], withSeconds: Bool) {
        digits.append(hour, width: 2)
        digits.append(UInt8(ascii: ":"))
        digits.append(minute, width: 2)
        guard withSeconds else { return }
        digits.append(UInt8(ascii: ":"))
        digits.append(second, width: 2)
    }
}

/// A date and a time of day without a zone.
public struct CivilDateTime: Hashable, Sendable {
    public var date: CivilDate
    public var time: CivilTime

    public init(_ date: CivilDate, _ time: CivilTime) {
        self.date = date
        self.time = time
    }

    /// Seconds since 1970 as if the clock ran in UTC.
    var secondsIgnoringZone: Int64 { Int64(date.daysSince1970) * 86_400 + Int64(time.secondOfDay) }

    init(secondsIgnoringZone seconds: Int64) {
        let days = Int(seconds).floored(by: 86_400)
        date = CivilDate(daysSince1970: days)
        time = CivilTime(wrapping: Int(seconds) - days * 86_400)
    }
}

extension CivilDateTime: Comparable, CustomStringConvertible {
    public static func < (lhs: CivilDateTime, rhs: CivilDateTime) -> Bool {
        lhs.date == rhs.date ? lhs.time < rhs.time : lhs.date < rhs.date
    }

    /// `2026-11-18T14:00`.
    public var description: String { "\(date)T\(time)" }

    /// `Wed 18 Nov 2026 at 14:00`, for people.
    public var words: String { "\(date.words) at \(time)" }
}
