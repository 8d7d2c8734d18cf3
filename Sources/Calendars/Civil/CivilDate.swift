/// A day of the proleptic Gregorian calendar, from 1 January of year 1 to 31 December 9999, without a zone.
///
/// It is a count of days, so that comparing and adding cost nothing; year, month and day are worked out when asked for.
public struct CivilDate: Hashable, Sendable {
    /// Days since 1 January 1970.
    public let daysSince1970: Int32

    /// The day so many days from 1 January 1970; a number outside the calendar becomes its first or last day.
    public init(daysSince1970 days: Int) {
        daysSince1970 = Int32(min(max(days, Self.earliestDay), Self.latestDay))
    }

    /// The day with these numbers; nil where the calendar has none, as for 30 February.
    public init?(year: Int, month: Int, day: Int) {
        guard Self.years.contains(year), (1...12).contains(month), day >= 1, day <= Self.daysIn(month: month, of: year) else {
            return nil
        }
        self.init(daysSince1970: Self.days(year: year, month: month, day: day))
    }

    /// The day of that month, or the month's last where the month is shorter; a month past December is one of the next years, and
    /// a year outside the calendar becomes its first or last day.
    init(clampingYear year: Int, month: Int, day: Int) {
        let year = year + (month - 1).floored(by: 12)
        let month = (month - 1).wrapped(to: 12) + 1
        guard Self.years.contains(year) else {
            self.init(daysSince1970: year < 1 ? Self.earliestDay : Self.latestDay)
            return
        }
        let day = min(max(day, 1), Self.daysIn(month: month, of: year))
        self.init(daysSince1970: Self.days(year: year, month: month, day: day))
    }

    public static let earliest = CivilDate(daysSince1970: earliestDay)
    public static let latest = CivilDate(daysSince1970: latestDay)
    /// The years that a date may have.
    public static let years = 1...9999
    static let earliestDay = -719_162
    static let latestDay = 2_932_896
}

extension CivilDate {
    /// Year, month and day in one reckoning.
    public var parts: (year: Int, month: Int, day: Int) {
        // Days from 1 March of year 0, so that the leap day is the last of its year.
        let days = Int(daysSince1970) + 719_468
        let era = days.floored(by: 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    public var year: Int { parts.year }
    public var month: Int { parts.month }
    public var day: Int { parts.day }

    public var weekday: Weekday {
        // 1 January 1970 was a Thursday.
        Weekday(rawValue: (Int(daysSince1970) + 3).wrapped(to: 7) + 1) ?? .monday
    }

    /// The number of the day in its year, from 1.
    public var dayOfYear: Int { Int(daysSince1970) - Self.days(year: year, month: 1, day: 1) + 1 }

    /// So many days later, or earlier where the number is negative; stops at the ends of the calendar.
    public func adding(days: Int) -> CivilDate {
        let (sum, overflow) = Int(daysSince1970).addingReportingOverflow(days)
        return CivilDate(daysSince1970: overflow ? (days < 0 ? Self.earliestDay : Self.latestDay) : sum)
    }

    /// The corresponding date so many months later or earlier; where that month is shorter, its last day.
    /// Stops at the ends of the calendar.
    public func adding(months: Int) -> CivilDate {
        let (year, month, day) = parts
        let months = min(max(months, -Self.mostMonths), Self.mostMonths)
        return CivilDate(clampingYear: year, month: month + months, day: day)
    }

    /// Days from this date to the other; negative where that one is earlier.
    public func days(to other: CivilDate) -> Int { Int(other.daysSince1970) - Int(daysSince1970) }

    /// Whether the year has a 29 February.
    public static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    /// How many days the month has; the month counts from 1 to 12.
    public static func daysIn(month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970 of a date that is known to exist.
    static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.floored(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static let mostMonths = 12 * 10_000
}

extension CivilDate: Comparable {
    public static func < (lhs: CivilDate, rhs: CivilDate) -> Bool { lhs.daysSince1970 < rhs.daysSince1970 }
}

extension Int {
    /// The quotient rounded downwards.
    func floored(by divisor: Int) -> Int {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }

    /// The remainder that is never negative.
    func wrapped(to divisor: Int) -> Int {
        let rest = self % divisor
        return rest < 0 ? rest + divisor : rest
    }
}
