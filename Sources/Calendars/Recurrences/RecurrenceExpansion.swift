/// The dates of a rule alone, period by period: a day, a week, a month or a year at a time.
struct RecurrenceExpansion: Sendable {
    private let frequency: Recurrence.Frequency
    private let interval: Int
    private let pattern: DayPattern
    private let positions: [Int]
    private let weekStart: Weekday
    private let start: CivilDate
    private let last: CivilDate
    private var remaining: Int?
    private var period = 0
    private var found: [CivilDate] = []
    private var place = 0
    private var emptyPeriods = 0

    init(of recurrence: Recurrence, from start: CivilDate, through last: CivilDate) {
        frequency = recurrence.frequency
        interval = min(max(recurrence.interval, 1), Recurrence.largestInterval)
        pattern = DayPattern(of: recurrence, from: start)
        positions = recurrence.positions
        weekStart = recurrence.weekStart
        self.start = start
        switch recurrence.end {
        case .until(let until): self.last = min(until, last)
        case .count(let count):
            remaining = count
            self.last = last
        case nil: self.last = last
        }
    }

    /// The next date; nil when the rule or the calendar has ended.
    mutating func next() -> CivilDate? {
        if let remaining, remaining <= 0 { return nil }
        while true {
            while place < found.count {
                let date = found[place]
                place += 1
                if date < start { continue }
                if date > last { return nil }
                remaining? -= 1
                return date
            }
            found.removeAll(keepingCapacity: true)
            place = 0
            guard emptyPeriods <= frequency.periodsInCycle, expand() else { return nil }
            period += 1
            if !positions.isEmpty { pick() }
            emptyPeriods = found.isEmpty ? emptyPeriods + 1 : 0
        }
    }

    /// Finds the days of the period; false where it lies after the last date.
    private mutating func expand() -> Bool {
        switch frequency {
        case .yearly:
            let year = start.year + period * interval
            guard year <= last.year else { return false }
            pattern.collect(year: year, into: &found)
        case .monthly:
            let months = start.month - 1 + period * interval
            let year = start.year + months / 12
            guard year <= last.year else { return false }
            pattern.collect(month: months % 12 + 1, of: year, into: &found)
        case .weekly:
            let ahead = (start.weekday.rawValue - weekStart.rawValue).wrapped(to: 7)
            let first = Int(start.daysSince1970) - ahead + 7 * interval * period
            guard first <= Int(last.daysSince1970) else { return false }
            pattern.collect(days: max(first, CivilDate.earliestDay)...min(first + 6, CivilDate.latestDay), into: &found)
        case .daily:
            let day = Int(start.daysSince1970) + interval * period
            guard day <= Int(last.daysSince1970) else { return false }
            pattern.collect(days: day...day, into: &found)
        }
        return true
    }

    /// Keeps the days at the positions (BYSETPOS), counted from the end where negative.
    private mutating func pick() {
        guard !found.isEmpty else { return }
        let count = found.count
        var picked = positions.compactMap { position -> CivilDate? in
            let index = position > 0 ? position - 1 : count + position
            return found.indices.contains(index) ? found[index] : nil
        }
        if picked.count > 1 { picked = Set(picked).sorted() }
        found.replaceSubrange(found.indices, with: picked)
    }
}

extension Recurrence.Frequency {
    /// The calendar repeats after 400 years. Whatever the interval, so many periods in a row have met every case there is, so that a
    /// rule that none of them fits never happens again.
    fileprivate var periodsInCycle: Int {
        switch self {
        case .daily: 146_097
        case .weekly: 20_871
        case .monthly: 4_800
        case .yearly: 400
        }
    }
}

extension Recurrence {
    /// No rule steps further: the calendar ends before.
    static let largestInterval = 10_000
}
