/// The holidays of one nation: named, dated by edition, with the days that were announced and rules for the years after them.
///
/// A day in a year before the first listed has no answer, and asking for one is refused; after the last listed year the rules
/// answer, and what they say is marked as computed.
public struct HolidayTable: Hashable, Sendable {
    public let name: String
    /// The day on which the table was taken from its source; two editions are two tables.
    public let edition: CivilDate
    public let source: String?
    /// The days that were announced, one-offs among them.
    public let days: [CivilDate: String]
    public let rules: [HolidayRule]
    /// The years that are listed whole; nil for a table that lists none.
    public let listedYears: ClosedRange<Int>?
    private let known: KnownDays

    /// A table from its values. `listed` says which years `days` holds whole; left out, it is from the first of them to the last.
    public init(
        name: String, edition: CivilDate, source: String? = nil, days: [CivilDate: String], rules: [HolidayRule] = [],
        listed: ClosedRange<Int>? = nil
    ) {
        self.name = name
        self.edition = edition
        self.source = source
        self.days = days
        self.rules = rules
        let years = days.keys.map(\.year)
        var span = listed
        if span == nil, let first = years.min(), let last = years.max() { span = first...last }
        listedYears = span
        known = KnownDays(days: days, rules: rules, listed: span)
    }

    /// The table of those for whom no day is a holiday: `holidays: none`.
    public static let none = HolidayTable(name: "none", edition: .earliest, days: [:], listed: 1900...2200)

    public static func == (lhs: HolidayTable, rhs: HolidayTable) -> Bool {
        (lhs.name, lhs.edition, lhs.source, lhs.listedYears) == (rhs.name, rhs.edition, rhs.source, rhs.listedYears)
            && lhs.days == rhs.days && lhs.rules == rhs.rules
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(edition)
    }
}

/// What a holiday table says of a day.
public enum HolidayStatus: Hashable, Sendable {
    case ordinary
    /// `isComputed` where a rule says so, and no announcement.
    case holiday(name: String, isComputed: Bool)
    /// The table does not reach the day: it lies before the first listed year, or after the last where there are no rules.
    case unknown
}

extension HolidayTable {
    /// What the table says of the day.
    public func status(of date: CivilDate) -> HolidayStatus {
        guard known.reaches(date) else { return .unknown }
        guard known.isHoliday(date) else { return .ordinary }
        if let name = days[date] { return .holiday(name: name, isComputed: false) }
        let name = Self.computed(rules, in: date.year)[date]
        return .holiday(name: name ?? "holiday", isComputed: true)
    }

    /// Whether the day is a holiday; nil where the table does not reach it. Faster than `status(of:)`, as it names nothing.
    func isHoliday(_ date: CivilDate) -> Bool? { known.reaches(date) ? known.isHoliday(date) : nil }

    /// The holidays of the year in order of date; nil where the table does not reach it.
    public func holidays(in year: Int) -> [(date: CivilDate, name: String, isComputed: Bool)]? {
        guard let newYear = CivilDate(year: year, month: 1, day: 1), known.reaches(newYear) else { return nil }
        let isListed = listedYears?.contains(year) ?? false
        let found =
            isListed
            ? days.filter { $0.key.year == year }
            : Self.computed(rules, in: year).merging(days.filter { $0.key.year == year }) { $1 }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value, days[$0.key] == nil) }
    }

    /// The holidays that the rules give for a year. Those that fall on a working day are placed first, then the substitutes of the
    /// others in the order of the rules.
    static func computed(_ rules: [HolidayRule], in year: Int) -> [CivilDate: String] {
        var placed: [CivilDate: String] = [:]
        var moved: [(date: CivilDate, name: String)] = []
        for rule in rules {
            guard let date = rule.date(in: year) else { continue }
            if rule.isMovedFromWeekend, Weekdays.weekend.contains(date.weekday) {
                moved.append((date, rule.name))
            } else {
                placed[date] = placed[date].map { "\($0), \(rule.name)" } ?? rule.name
            }
        }
        for (date, name) in moved {
            var date = date
            while (Weekdays.weekend.contains(date.weekday) || placed[date] != nil), date < .latest {
                date = date.adding(days: 1)
            }
            placed[date] = "\(name) (substitute day)"
        }
        return placed
    }
}

/// The holidays of the listed years and the computed ones after them as a bit for each day.
private struct KnownDays: Sendable {
    private let first: Int32
    private let last: Int32
    private let bits: [UInt64]

    init(days: [CivilDate: String], rules: [HolidayRule], listed: ClosedRange<Int>?) {
        let firstYear = listed?.lowerBound ?? (rules.isEmpty ? 1 : 1900)
        var lastYear = listed?.upperBound ?? (rules.isEmpty ? 0 : 1899)
        let computedYears = rules.isEmpty ? 0 : Self.yearsComputed
        let listedThrough = lastYear
        lastYear = min(lastYear + computedYears, CivilDate.years.upperBound)
        first = CivilDate(clampingYear: firstYear, month: 1, day: 1).daysSince1970
        last = lastYear < firstYear ? first - 1 : CivilDate(clampingYear: lastYear, month: 12, day: 31).daysSince1970
        var bits = [UInt64](repeating: 0, count: max(0, Int(last - first) / 64 + 1))
        var all = Array(days.keys)
        for year in stride(from: listedThrough + 1, through: lastYear, by: 1) {
            all += HolidayTable.computed(rules, in: year).keys
        }
        for date in all where date.daysSince1970 >= first && date.daysSince1970 <= last {
            let bit = Int(date.daysSince1970 - first)
            bits[bit / 64] |= 1 << UInt64(bit % 64)
        }
        self.bits = bits
    }

    func reaches(_ date: CivilDate) -> Bool { date.daysSince1970 >= first && date.daysSince1970 <= last }

    func isHoliday(_ date: CivilDate) -> Bool {
        let bit = Int(date.daysSince1970 - first)
        return bits[bit / 64] & 1 << UInt64(bit % 64) != 0
    }

    /// So far the rules are trusted; nobody plans a meeting later.
    private static let yearsComputed = 200
}
