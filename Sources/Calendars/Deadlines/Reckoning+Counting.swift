extension Reckoning {
    /// A length with the days that it leaves out.
    struct Measure {
        var period: CountedPeriod
        var policy: CountingPolicy
        /// Set by a policy that counts inclusively.
        var firstDayCounts = false
    }

    func measure(_ length: DeadlineRule.Length) throws(DeadlineFailure) -> Measure {
        switch length {
        case .period(let period): return Measure(period: period, policy: policy(for: period))
        case .policy(let named):
            let name = named.path.joined(separator: ".")
            guard let found = facts.period(name) else { throw .noPolicy(name, named.range) }
            let counting = found.period.counting == .calendar ? nil : found.counting
            if isExplained { nameSource(of: found, as: name) }
            return Measure(
                period: found.period, policy: counting ?? policy(for: found.period), firstDayCounts: found.firstDayCounts)
        }
    }

    private func policy(for period: CountedPeriod) -> CountingPolicy {
        switch period.counting {
        case .calendar: .calendar
        case .working: facts.working
        case .clear: facts.counting
        }
    }

    func counted(
        _ length: DeadlineRule.Length, _ direction: DeadlineRule.Direction, _ origin: DeadlineRule.Origin, _ time: CivilTime?
    ) throws(DeadlineFailure) -> Found {
        let measure = try measure(length)
        if measure.firstDayCounts, direction == .after, !measure.period.isOnTheClock, measure.period.counting != .clear {
            return settled(try lastDay(of: measure, beginningWith: origin), at: time)
        }
        let point = try point(origin)
        let period = measure.period
        let sign = direction == .before ? -1 : 1
        switch period.unit {
        case .minutes, .hours: return settled(try onTheClock(period, sign, origin, point))
        case .months, .years:
            let date = point.date.adding(months: sign * period.number * (period.unit == .years ? 12 : 1))
            noteMonths(period, sign, origin, point.date, date)
            return settled(try inside(date), at: time)
        case .weeks:
            let date = point.date.adding(days: sign * 7 * period.number)
            note("\(period) \(word(sign)) \(named(origin, point.date.words)) is \(date.words).", date)
            return settled(try inside(date), at: time)
        case .days:
            noteCounting(measure, origin, point.date)
            return settled(try counted(measure, from: point.date, sign), at: time)
        }
    }

    private func onTheClock(
        _ period: CountedPeriod, _ sign: Int, _ origin: DeadlineRule.Origin, _ point: Point
    ) throws(DeadlineFailure) -> Point {
        guard let instant = point.instant else { throw .noClock(point.date) }
        let seconds = period.number * (period.unit == .hours ? 3600 : 60)
        let found = self.point(instant.adding(seconds: Int64(sign * seconds)))
        note("\(period) \(word(sign)) \(named(origin, words(point))) is \(words(found)).", found.date)
        return found
    }

    /// The day reached by counting days from, and without, `start`. Of clear days the day reached does not count either.
    private func counted(_ measure: Measure, from start: CivilDate, _ sign: Int) throws(DeadlineFailure) -> CivilDate {
        let number = measure.period.number
        let last: CivilDate
        if measure.policy.leavesNothingOut {
            last = start.adding(days: sign * number)
            if measure.period.counting == .clear { noteRun(measure, start, last, sign) }
        } else {
            last = try walk(measure, from: start, sign)
        }
        guard measure.period.counting == .clear else {
            if measure.policy.leavesNothingOut { note("\(measure.period) \(word(sign)) it is \(last.words).", last) }
            return try inside(last)
        }
        let found = last.adding(days: sign)
        note("The day reached does not count either: it is \(found.words).", found)
        if isExplained, sign < 0 { noteOffice(measure, found) }
        return try inside(found)
    }

    /// Goes from day to day until so many have counted.
    private func walk(_ measure: Measure, from start: CivilDate, _ sign: Int) throws(DeadlineFailure) -> CivilDate {
        let policy = measure.policy
        guard policy.weekdaysLeftOut != .all else { throw .outsideCalendar }
        var tally = Tally(measure: measure, sign: sign)
        var left = measure.period.number
        var date = start
        while left > 0 {
            guard date > .earliest, date < .latest else { throw .outsideCalendar }
            date = date.adding(days: sign)
            let isWeekdayOut = policy.weekdaysLeftOut.contains(date.weekday)
            var isOut = isWeekdayOut
            if !isOut, policy.leavesOutHolidays { isOut = try isHoliday(date) }
            if !isOut { left -= 1 }
            if isExplained { isOut ? tally.leaveOut(date, why(date, isWeekdayOut)) : tally.count(date) }
        }
        if isExplained { write(tally) }
        return date
    }

    func isHoliday(_ date: CivilDate) throws(DeadlineFailure) -> Bool {
        guard let table = facts.holidays else { throw .noHolidayTable }
        guard let isHoliday = table.isHoliday(date) else { throw .outsideTable(table.name, date) }
        return isHoliday
    }

    func inside(_ date: CivilDate) throws(DeadlineFailure) -> CivilDate {
        guard date > .earliest, date < .latest else { throw .outsideCalendar }
        return date
    }

    /// The last day of a period whose first day is the origin's (counting inclusively; Localism Act 2011 s.31(3) is such a rule).
    func lastDay(
        of length: DeadlineRule.Length, beginningWith origin: DeadlineRule.Origin
    ) throws(DeadlineFailure) -> CivilDate {
        try lastDay(of: try measure(length), beginningWith: origin)
    }

    private func lastDay(
        of measure: Measure, beginningWith origin: DeadlineRule.Origin
    ) throws(DeadlineFailure) -> CivilDate {
        let period = measure.period
        let first = try point(origin).date
        note("\(capitalised(day(of: origin))), \(first.words), is the first day counted.", first)
        switch period.unit {
        case .minutes, .hours: throw .noClock(first)
        case .months, .years:
            let date = first.adding(months: period.number * (period.unit == .years ? 12 : 1))
            // Where the month has no corresponding day the period ends with the month.
            let last = date.day == first.day ? date.adding(days: -1) : date
            note("\(capitalised(period.description)) beginning with it end with \(last.words).", last)
            return try inside(last)
        case .weeks, .days:
            if measure.policy.leavesNothingOut {
                let days = period.number * (period.unit == .weeks ? 7 : 1)
                let last = first.adding(days: days - 1)
                note("\(period) beginning with it \(period.number == 1 ? "ends" : "end") with \(last.words).", last)
                return try inside(last)
            }
            notePolicy(measure)
            return try inside(try walk(measure, from: first.adding(days: -1), 1))
        }
    }

    /// The n-th such weekday before or after the origin's day, which does not count.
    func nth(
        _ number: Int, _ weekday: Weekday, _ direction: DeadlineRule.Direction, _ origin: DeadlineRule.Origin
    ) throws(DeadlineFailure) -> CivilDate {
        let start = try point(origin).date
        let sign = direction == .before ? -1 : 1
        let ahead = (sign * (weekday.rawValue - start.weekday.rawValue) - 1).wrapped(to: 7) + 1
        let date = try inside(start.adding(days: sign * (ahead + 7 * (number - 1))))
        note("\(capitalised(day(of: origin))), \(start.words), does not count.", start)
        note("\(date.words) is the \(number.ordinal) \(weekday.name) \(word(sign)).", date)
        return date
    }
}

extension CountingPolicy {
    /// Whether counting is plain subtraction.
    var leavesNothingOut: Bool { weekdaysLeftOut == .none && !leavesOutHolidays }
}
