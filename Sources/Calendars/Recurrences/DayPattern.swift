/// Which days of a month, a week or a year fit a rule, what the rule leaves out taken from the first day of the series.
///
/// A month is a word of bits, the first day the lowest, so that a rule such as "the second Tuesday" costs a few operations.
struct DayPattern: Sendable {
    private var months: Set<Int>
    private var monthBits: UInt16
    private var monthDayBits: UInt32
    private var monthDaysFromEnd: [Int]
    private var hasMonthDays: Bool
    private var weekdays: Weekdays
    private var numbered: [(number: Int, weekday: Weekday)]
    private var hasDays: Bool
    /// Numbered weekdays count in the year, and not in the month.
    private var countsInYear: Bool
    private var yearDays: Set<Int>
    private var weekNumbers: Set<Int>
    private let weekStart: Weekday

    init(of recurrence: Recurrence, from start: CivilDate) {
        let rule = Self.completed(recurrence, from: start)
        months = Set(rule.months)
        monthBits = rule.months.reduce(0) { (1...12).contains($1) ? $0 | 1 << UInt16($1) : $0 }
        monthDayBits = rule.monthDays.reduce(0) { (1...31).contains($1) ? $0 | 1 << UInt32($1 - 1) : $0 }
        monthDaysFromEnd = rule.monthDays.filter { (-31 ... -1).contains($0) }
        hasMonthDays = !rule.monthDays.isEmpty
        let countsNumbers = rule.frequency == .monthly || rule.frequency == .yearly
        weekdays = Weekdays(rule.days.filter { $0.number == nil || !countsNumbers }.map(\.weekday))
        numbered = countsNumbers ? rule.days.compactMap { day in day.number.map { ($0, day.weekday) } } : []
        hasDays = !rule.days.isEmpty
        countsInYear = rule.frequency == .yearly && rule.months.isEmpty && !numbered.isEmpty
        yearDays = Set(rule.yearDays)
        weekNumbers = Set(rule.weekNumbers)
        weekStart = rule.weekStart
    }

    /// What the rule does not say is taken from the first day.
    private static func completed(_ recurrence: Recurrence, from start: CivilDate) -> Recurrence {
        var rule = recurrence
        guard rule.weekNumbers.isEmpty, rule.yearDays.isEmpty, rule.monthDays.isEmpty, rule.days.isEmpty else { return rule }
        switch rule.frequency {
        case .daily: break
        case .weekly: rule.days = [.init(start.weekday)]
        case .monthly: rule.monthDays = [start.day]
        case .yearly:
            rule.monthDays = [start.day]
            if rule.months.isEmpty { rule.months = [start.month] }
        }
        return rule
    }
}

extension DayPattern {
    func collect(year: Int, into found: inout [CivilDate]) {
        for month in 1...12 { collect(month: month, of: year, into: &found) }
    }

    func collect(month: Int, of year: Int, into found: inout [CivilDate]) {
        guard months.isEmpty || monthBits & 1 << UInt16(month) != 0 else { return }
        let first = CivilDate.days(year: year, month: month, day: 1)
        var bits = bits(of: Month(year: year, first: first, length: CivilDate.daysIn(month: month, of: year)))
        while bits != 0 {
            let day = first + bits.trailingZeroBitCount
            bits &= bits - 1
            if fitsYear(day, year) { found.append(CivilDate(daysSince1970: day)) }
        }
    }

    /// The days of a week or a single day.
    func collect(days: ClosedRange<Int>, into found: inout [CivilDate]) {
        for day in days {
            let date = CivilDate(daysSince1970: day)
            if hasDays, !weekdays.contains(date.weekday) { continue }
            if !months.isEmpty || hasMonthDays || !yearDays.isEmpty || !weekNumbers.isEmpty {
                let (year, month, number) = date.parts
                let length = CivilDate.daysIn(month: month, of: year)
                guard months.isEmpty || monthBits & 1 << UInt16(month) != 0 else { continue }
                guard
                    !hasMonthDays || monthDayBits & 1 << UInt32(number - 1) != 0
                        || monthDaysFromEnd.contains(number - length - 1)
                else { continue }
                guard fitsYear(day, year) else { continue }
            }
            found.append(date)
        }
    }

    private struct Month {
        var year: Int
        /// Days since 1970 of its first day.
        var first: Int
        var length: Int
        /// How many days after the first the first such weekday is.
        func ahead(_ weekday: Weekday) -> Int { (weekday.rawValue - 1 - (first + 3)).wrapped(to: 7) }
    }

    private func bits(of month: Month) -> UInt32 {
        let all = UInt32.max >> UInt32(32 - month.length)
        var bits = all
        if hasMonthDays {
            bits &= monthDaysFromEnd.reduce(monthDayBits) { month.length + $1 >= 0 ? $0 | 1 << UInt32(month.length + $1) : $0 }
        }
        guard hasDays else { return bits }
        var fitting: UInt32 = 0
        if weekdays != .none {
            for weekday in Weekday.allCases where weekdays.contains(weekday) {
                fitting |= Self.weekly << UInt32(month.ahead(weekday))
            }
        }
        for (number, weekday) in numbered {
            fitting |= countsInYear ? inYear(number, weekday, month) : inMonth(number, weekday, month)
        }
        return bits & fitting & all
    }

    /// The n-th such weekday of the month as a bit; none where the month has none.
    private func inMonth(_ number: Int, _ weekday: Weekday, _ month: Month) -> UInt32 {
        let ahead = month.ahead(weekday)
        let count = (month.length - 1 - ahead) / 7 + 1
        let index = number > 0 ? number - 1 : count + number
        return (0..<count).contains(index) ? 1 << UInt32(ahead + 7 * index) : 0
    }

    /// The n-th such weekday of the year as a bit, where it lies in the month.
    private func inYear(_ number: Int, _ weekday: Weekday, _ month: Month) -> UInt32 {
        let newYear = CivilDate.days(year: month.year, month: 1, day: 1)
        let length = CivilDate.isLeap(month.year) ? 366 : 365
        let ahead = (weekday.rawValue - 1 - (newYear + 3)).wrapped(to: 7)
        let count = (length - 1 - ahead) / 7 + 1
        let index = number > 0 ? number - 1 : count + number
        guard (0..<count).contains(index) else { return 0 }
        let day = newYear + ahead + 7 * index - month.first
        return (0..<month.length).contains(day) ? 1 << UInt32(day) : 0
    }

    private func fitsYear(_ day: Int, _ year: Int) -> Bool {
        if yearDays.isEmpty && weekNumbers.isEmpty { return true }
        let newYear = CivilDate.days(year: year, month: 1, day: 1)
        if !yearDays.isEmpty {
            let number = day - newYear + 1
            let length = CivilDate.isLeap(year) ? 366 : 365
            guard yearDays.contains(number) || yearDays.contains(number - length - 1) else { return false }
        }
        return weekNumbers.isEmpty || fitsWeekNumber(day, year, newYear)
    }

    /// Week 1 is the first with at least four days in the year (RFC 5545, BYWEEKNO; ISO 8601 where weeks begin on Monday).
    private func fitsWeekNumber(_ day: Int, _ year: Int, _ newYear: Int) -> Bool {
        let inWeek = (day + 3 - (weekStart.rawValue - 1)).wrapped(to: 7) + 1
        var number = (day - newYear + 1 - inWeek + 10) / 7
        var weeks = weeksIn(year)
        if number < 1 {
            weeks = weeksIn(year - 1)
            number = weeks
        } else if number > weeks {
            weeks = weeksIn(year + 1)
            number = 1
        }
        return weekNumbers.contains(number) || weekNumbers.contains(number - weeks - 1)
    }

    private func weeksIn(_ year: Int) -> Int {
        let newYear = CivilDate.days(year: year, month: 1, day: 1)
        let inWeek = (newYear + 3 - (weekStart.rawValue - 1)).wrapped(to: 7) + 1
        return inWeek == 4 || inWeek == 3 && CivilDate.isLeap(year) ? 53 : 52
    }

    /// Each seventh day from the first.
    private static let weekly: UInt32 = 0b1_0000001_0000001_0000001_0000001
}
