/// A moment by which something is to be done, and how it was found.
public struct Deadline: Hashable, Sendable, Codable {
    /// The moment itself. Without a clock it is the last second of the civil day; of an opening or a reminder the first instant.
    public var instant: Instant
    /// The civil day in the zone of the facts.
    public var date: CivilDate
    /// Whether the rule or its anchor gave a time of day.
    public var hasClock: Bool
    public var derivation: Derivation

    public init(instant: Instant, date: CivilDate, hasClock: Bool, derivation: Derivation) {
        self.instant = instant
        self.date = date
        self.hasClock = hasClock
        self.derivation = derivation
    }
}

/// Why a rule gives no deadline now.
public enum DeadlineFailure: Error, Hashable, Sendable {
    /// What the path names has no moment yet; the range is the path's in the rule, in UTF-8 bytes.
    case notKnown([String], Range<Int>)
    /// The policy sets no such period.
    case noPolicy(String, Range<Int>)
    /// The rule counts from the entry of a state, or is relative to a due moment, and there is none.
    case notEntered
    case noDue
    /// Holidays are left out, but there is no table of them.
    case noHolidayTable
    /// The table does not reach the day.
    case outsideTable(String, CivilDate)
    /// Hours or minutes cannot be counted from a day that has no clock.
    case noClock(CivilDate)
    /// The weekday or the count leads out of the calendar, or no day ever counts.
    case outsideCalendar
}

extension DeadlineFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notKnown(let path, _): "`\(path.joined(separator: "."))` is not known yet"
        case .noPolicy(let name, _): "the policy sets no period `policy.\(name)`"
        case .notEntered: "`later` counts from the entry of a state, and none is entered here"
        case .noDue: "this is relative to a due moment, and there is none here"
        case .noHolidayTable: "holidays are left out of the count, but there is no holiday table"
        case .outsideTable(let name, let date): "the holiday table `\(name)` says nothing about \(date.words)"
        case .noClock(let date): "hours cannot be counted from \(date.words), which has no time of day"
        case .outsideCalendar: "no such day is within the years 1 to 9999"
        }
    }
}
