/// A recurrence rule on civil dates (RFC 5545, section 3.3.10), such as `FREQ=MONTHLY;BYDAY=2TU`: every second Tuesday of a month.
///
/// The first day of a series (DTSTART) is one of its dates only where the rule yields it, as in python-dateutil. Two places where the
/// RFC is silent follow python-dateutil too: BYWEEKNO without BYDAY means all seven days, and a yearly rule looks at the days of the
/// calendar year, whatever year their week belongs to. BYSETPOS counts in whole weeks, as the RFC says, in the first week too.
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
        /// After so many dates that the rule yields; those removed count too.
        case count(Int)
        /// With the last date that is not after this.
        case until(CivilDate)
    }

    public var frequency: Frequency
    /// Every so many days, weeks, months or years; 1 or more.
    public var interval: Int
    public var end: End?
    /// BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY, BYDAY and BYSETPOS.
    public var months: [Int] = []
    public var weekNumbers: [Int] = []
    public var yearDays: [Int] = []
    public var monthDays: [Int] = []
    public var days: [Day] = []
    public var positions: [Int] = []
    /// WKST: the weekday on which weeks begin.
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

    /// Reads a rule such as `FREQ=MONTHLY;BYDAY=2TU`, or says what is wrong with it and where. A date-time in UNTIL means its date.
    public static func parse(_ text: String) -> Result<Recurrence, RuleProblem> {
        var parser = RecurrenceParser(text)
        do { return .success(try parser.recurrence()) } catch { return .failure(error) }
    }
}

/// Why a recurrence gives nothing.
public enum RecurrenceFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// No day until the end of the year 9999 fits the rule, as with 30 February.
    case neverHappens(from: CivilDate)

    public var description: String {
        switch self {
        case .neverHappens(let start): "this never happens: no day from \(start.words) on fits the rule"
        }
    }
}

extension Recurrence {
    /// The dates of the series whose first day is `start`, up to and with `last`, in order, each once.
    public func dates(from start: CivilDate, through last: CivilDate) -> [CivilDate] {
        var found: [CivilDate] = []
        var dates = Dates(of: self, from: start, through: last)
        while let date = dates.next() { found.append(date) }
        return found
    }

    /// The dates of the series in order, worked out as they are asked for; they may go on to the year 9999.
    public func dates(from start: CivilDate) -> Dates { Dates(of: self, from: start, through: .latest) }

    /// The first date of the series, or that there is none.
    public func first(from start: CivilDate) -> Result<CivilDate, RecurrenceFailure> {
        var dates = dates(from: start)
        return dates.next().map(Result.success) ?? .failure(.neverHappens(from: start))
    }

    /// The dates of a series: those of the rule and those added, without those removed.
    public struct Dates: Sequence, IteratorProtocol, Sendable {
        private var rule: RecurrenceExpansion
        private var pending: CivilDate?
        private let added: [CivilDate]
        private var nextAdded = 0
        private let removed: Set<CivilDate>

        init(of recurrence: Recurrence, from start: CivilDate, through last: CivilDate) {
            rule = RecurrenceExpansion(of: recurrence, from: start, through: last)
            pending = rule.next()
            added = recurrence.added.filter { $0 <= last }.sorted()
            removed = recurrence.removed
        }

        public mutating func next() -> CivilDate? {
            while let date = nextOfBoth() {
                if removed.isEmpty || !removed.contains(date) { return date }
            }
            return nil
        }

        private mutating func nextOfBoth() -> CivilDate? {
            let extra = nextAdded < added.count ? added[nextAdded] : nil
            guard let date = pending, extra.map({ date <= $0 }) ?? true else {
                if extra != nil { nextAdded += 1 }
                return extra
            }
            if date == extra { nextAdded += 1 }
            pending = rule.next()
            return date
        }
    }
}
