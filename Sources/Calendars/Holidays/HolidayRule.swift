/// A holiday that comes back each year, as a rule from which its date is computed.
public struct HolidayRule: Hashable, Sendable, Codable {
    /// On which day of a year it falls.
    public enum Day: Hashable, Sendable, Codable {
        /// The day of that month; on a Saturday or Sunday a substitute may stand in.
        case fixed(month: Int, day: Int, substitute: Substitute = .none)
        /// So many days after Easter Sunday of the western churches; Good Friday is -2, Easter Monday 1.
        case easter(Int)
        /// The n-th such weekday of the month; -1 is the last.
        case nthWeekday(Int, Weekday, month: Int)
    }

    /// What happens to a holiday that falls on a weekend.
    public enum Substitute: String, Hashable, Sendable, Codable {
        case none
        /// The next day that is neither of a weekend nor a holiday is kept instead, as in England and Wales.
        case nextWorkingDay
    }

    public var name: String
    public var day: Day

    public init(_ name: String, _ day: Day) {
        self.name = name
        self.day = day
    }
}

extension HolidayRule {
    /// The date in the year before any substitute; nil where the year has none, as for a fifth Monday.
    func date(in year: Int) -> CivilDate? {
        switch day {
        case .fixed(let month, let day, _): CivilDate(year: year, month: month, day: day)
        case .easter(let offset): Self.easter(in: year)?.adding(days: offset)
        case .nthWeekday(let number, let weekday, let month): Self.nth(number, weekday, month: month, year: year)
        }
    }

    var isMovedFromWeekend: Bool {
        if case .fixed(_, _, .nextWorkingDay) = day { return true }
        return false
    }

    /// Easter Sunday of the western churches (the reckoning of Meeus, Jones and Butcher).
    static func easter(in year: Int) -> CivilDate? {
        let a = year % 19
        let b = year / 100
        let c = year % 100
        let d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
        let e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7
        let f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114
        return CivilDate(year: year, month: f / 31, day: f % 31 + 1)
    }

    /// The n-th weekday of a month, counted from its end where negative.
    static func nth(_ number: Int, _ weekday: Weekday, month: Int, year: Int) -> CivilDate? {
        guard (1...12).contains(month), (1...5).contains(abs(number)),
            let first = CivilDate(year: year, month: month, day: 1)
        else { return nil }
        let length = CivilDate.daysIn(month: month, of: year)
        let ahead = (weekday.rawValue - first.weekday.rawValue).wrapped(to: 7)
        let day = number > 0 ? 1 + ahead + (number - 1) * 7 : 1 + ahead + ((length - 1 - ahead) / 7 + 1 + number) * 7
        return CivilDate(year: year, month: month, day: day)
    }
}
