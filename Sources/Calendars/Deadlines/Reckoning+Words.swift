/// The days met in counting, in the order in which they were met.
struct Tally {
    let measure: Reckoning.Measure
    let sign: Int
    private(set) var met: [Met] = []

    struct Met {
        var date: CivilDate
        /// Why it is left out; nil for a day that counts.
        var why: String?
        var isWeekday = false
    }

    init(measure: Reckoning.Measure, sign: Int) {
        self.measure = measure
        self.sign = sign
    }

    mutating func count(_ date: CivilDate) { met.append(Met(date: date)) }

    mutating func leaveOut(_ date: CivilDate, _ why: (text: String, isWeekday: Bool)) {
        met.append(Met(date: date, why: why.text, isWeekday: why.isWeekday))
    }
}

extension Reckoning {
    func word(_ sign: Int) -> String { sign < 0 ? "before" : "after" }

    /// Why the day is left out; a weekday is named before a holiday that falls on it.
    func why(_ date: CivilDate, _ isWeekdayOut: Bool) -> (text: String, isWeekday: Bool) {
        if isWeekdayOut { return ("a \(date.weekday.name)", true) }
        guard case .holiday(let name, let isComputed)? = facts.holidays?.status(of: date) else { return ("a holiday", false) }
        return (isComputed ? "\(name), computed by rule" : name, false)
    }

    func nameSource(of found: PolicyPeriod, as name: String) {
        var details = [found.source, found.status].compactMap(\.self).joined(separator: "; ")
        if !details.isEmpty { details = " (\(details))" }
        note("`policy.\(name)` is \(found.period), from \(found.policy)\(details).")
        amend {
            $0.policy = found.policy
            $0.source = found.source
        }
    }

    func noteCounting(_ measure: Measure, _ origin: DeadlineRule.Origin, _ date: CivilDate) {
        guard isExplained else { return }
        notePolicy(measure)
        note("\(capitalised(day(of: origin))), \(date.words), does not count.", date)
    }

    /// What does not count, who says so, and whose holidays are meant.
    func notePolicy(_ measure: Measure) {
        guard isExplained, measure.period.counting != .calendar else { return }
        let policy = measure.policy
        var details = [policy.name, policy.source].compactMap(\.self).joined(separator: "; ")
        if !details.isEmpty { details = " (\(details))" }
        note("In \(measure.period.counting.rawValue) days \(policy.words)\(details).")
        amend {
            $0.policy = $0.policy ?? policy.name
            $0.source = $0.source ?? policy.source
        }
        guard policy.leavesOutHolidays, let table = facts.holidays else { return }
        guard table != .none else {
            amend { $0.holidays = table.name }
            return note("No day is a holiday here: no holiday table is in force.")
        }
        amend { $0.holidays = "\(table.name), edition \(table.edition)" }
        note("Holidays are those of \(table.name), edition of \(table.edition.words).")
    }

    /// The origin with its moment: "the meeting, Wed 18 Nov 2026,"; of a moment written in the rule, that alone.
    func named(_ origin: DeadlineRule.Origin, _ moment: String) -> String {
        if case .written = origin { return moment }
        return "\(words(origin)), \(moment),"
    }

    /// Notice may be given on a day that does not count, as the day of notice never does; where nobody is at work then, the day
    /// before on which somebody is helps more.
    func noteOffice(_ measure: Measure, _ found: CivilDate) {
        var date = found
        var isOut = true
        for _ in 0..<Self.mostDaysSought {
            isOut = measure.policy.weekdaysLeftOut.contains(date.weekday)
            if !isOut, measure.policy.leavesOutHolidays { isOut = (try? isHoliday(date)) ?? false }
            if !isOut { break }
            date = date.adding(days: -1)
        }
        guard !isOut, date != found else { return }
        note("It is not a day that counts; the last before it that does is \(date.words).", date)
    }

    func noteMonths(
        _ period: CountedPeriod, _ sign: Int, _ origin: DeadlineRule.Origin, _ start: CivilDate, _ found: CivilDate
    ) {
        let isCut = found.day != start.day
        note(
            "\(period) \(word(sign)) \(named(origin, start.words)) is \(found.words)"
                + (isCut ? ", the last day of a shorter month." : ", the corresponding date."), found)
    }

    func noteRun(_ measure: Measure, _ start: CivilDate, _ last: CivilDate, _ sign: Int) {
        let near = start.adding(days: sign)
        let number = measure.period.number
        if number == 1 { return note("\(near.words) is the clear day \(word(sign)).", near) }
        let (first, final) = sign < 0 ? (last, near) : (near, last)
        note("\(first.words) to \(final.words) are the \(number) clear days \(word(sign)).", last)
    }

    /// Each day while they are few; the first, the last, the number of weekdays left out and each holiday where they are many.
    func write(_ tally: Tally) {
        let skipped = tally.met.compactMap { met in met.why.map { Derivation.Skipped(date: met.date, why: $0) } }
        amend { $0.skipped += skipped }
        if tally.measure.period.number <= Self.mostDaysNamed { writeEach(tally) } else { writeBriefly(tally) }
    }

    private func writeEach(_ tally: Tally) {
        var number = 0
        var leftOut: [Tally.Met] = []
        for met in tally.met {
            if met.why != nil {
                leftOut.append(met)
                continue
            }
            writeLeftOut(leftOut)
            leftOut = []
            number += 1
            let day = tally.measure.period.dayWords
            note("\(met.date.shortWords) is the \(number.ordinal) \(day) \(word(tally.sign)).", met.date)
        }
    }

    private func writeBriefly(_ tally: Tally) {
        let counted = tally.met.filter { $0.why == nil }
        guard let first = counted.first?.date, let last = counted.last?.date else { return }
        let day = tally.measure.period.dayWords
        note("\(first.words) is the 1st \(day) \(word(tally.sign)).", first)
        let weekdays = tally.met.filter(\.isWeekday)
        for weekday in tally.measure.policy.weekdaysLeftOut.members {
            let count = weekdays.count { $0.date.weekday == weekday }
            if count > 0 { note("\(count) \(weekday.name)\(count == 1 ? " is" : "s are") left out.") }
        }
        writeLeftOut(tally.met.filter { $0.why != nil && !$0.isWeekday })
        note("\(last.words) is the \(counted.count.ordinal) \(day) \(word(tally.sign)).", last)
    }

    private func writeLeftOut(_ days: [Tally.Met]) {
        guard !days.isEmpty else { return }
        let named = days.map { "\($0.date.shortWords) (\($0.why ?? ""))" }.joined(separator: ", ")
        note("Left out: \(named).", days.first?.date)
    }

    /// So many days counted are named one by one.
    private static let mostDaysNamed = 10
    private static let mostDaysSought = 30
}
