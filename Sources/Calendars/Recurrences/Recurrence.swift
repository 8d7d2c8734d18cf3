/// A recurrence rule on civil dates (RFC 5545, section 3.3.10), such as `FREQ=MONTHLY;BYDAY=2TU`: every second Tuesday of a month.
public struct Recurrence: Hashable, Sendable {
    public enum Frequency: String, Hashable, Sendable, CaseIterable {
        case daily = "DAILY"
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
        case yearly = "YEARLY"
    }

    /// A weekday, or the n-th of them in its month or year, counted from the end where negative.
    public struct Day: Hashable, Sendable {
        public var number: Int?
        public var weekday: Weekday

        public init(_ weekday: Weekday, number: Int? = nil) {
            self.number = number
            self.weekday = weekday
        }
    }

    /// When the rule stops.
    public enum End: Hashable, Sendable {
        /// After so many dates that the rule yields.
        case count(Int)
        /// With the last date that is not after this.
        case until(CivilDate)
    }

    public var frequency: Frequency
    public var interval = 1
    public var end: End?
    public var months: [Int] = []
    public var weekNumbers: [Int] = []
    public var yearDays: [Int] = []
    public var monthDays: [Int] = []
    public var days: [Day] = []
    public var positions: [Int] = []
    public var weekStart = Weekday.monday
    /// RDATE: dates that belong to the series besides those of the rule.
    public var added: Set<CivilDate> = []
    /// EXDATE: dates that do not.
    public var removed: Set<CivilDate> = []

    public init(_ frequency: Frequency, interval: Int = 1, end: End? = nil) {
        self.frequency = frequency
        self.interval = interval
        self.end = end
    }

    /// Reads a rule such as `FREQ=MONTHLY;BYDAY=2TU`, or says what is wrong with it and where.
    public static func parse(_ text: String) -> Result<Recurrence, RuleProblem> {
        .failure(RuleProblem(range: 0..<0, message: ""))
    }

    /// The dates of the series from its first day `start` to `last`, in order.
    public func dates(from start: CivilDate, through last: CivilDate) -> [CivilDate] { [] }
}
