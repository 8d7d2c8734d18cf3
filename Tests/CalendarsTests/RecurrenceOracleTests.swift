import Calendars
import Testing

@Suite("Recurrences against python-dateutil", .enabled(if: hasDateutil, "needs python3 with dateutil"))
struct RecurrenceOracle {
    /// Reads lines of `first last rule`, with `+date` and `-date` after it, and answers with the dates.
    private static let script = """
        import sys, datetime as d
        from dateutil.rrule import rrulestr, rruleset
        # Else python-dateutil seeks what never happens up to the year 9999.
        d.MAXYEAR = 2070
        day = lambda text: d.datetime.strptime(text, '%Y-%m-%d')
        for line in sys.stdin:
            start, last, rule, *others = line.split()
            series = rruleset()
            rule = rrulestr('RRULE:' + rule, dtstart=day(start))
            series.rrule(rule)
            for other in others:
                (series.rdate if other[0] == '+' else series.exdate)(day(other[1:]))
            found = []
            for date in series:
                if date > day(last): break
                found.append(date.strftime('%Y-%m-%d'))
            print(' '.join(found))
        """

    @Test("random rules give the same dates over twenty years", arguments: [UInt64(1), 2_026_1118])
    func random(seed: UInt64) throws {
        print("seed \(seed)")
        var dice = Dice(seed: seed)
        let cases = (0..<500).map { _ in dice.roll() }
        let input = cases.map { "\($0.start) \($0.last) \($0.rule)\($0.others)\n" }.joined()
        let answers = try #require(try python(Self.script, input: input, needs: "dateutil"))
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let wrong = try disagreements(cases, answers)
        #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(5))")
        #expect(answers.count >= cases.count && answers.joined(separator: " ").count > 500_000)
        // The harness must catch a fault: weeks that begin a day late change some of the dates, and not all.
        let planted = try disagreements(cases, answers) { $0.weekStart = $0.weekStart == .sunday ? .monday : .sunday }
        #expect((5...250).contains(planted.count))
    }

    private func disagreements(
        _ cases: [Tried], _ answers: [String], planting fault: (inout Recurrence) -> Void = { _ in }
    ) throws -> [String] {
        try zip(cases, answers).compactMap { tried, answer in
            var rule = try Recurrence.parse(tried.rule).get()
            rule.added = tried.added
            rule.removed = tried.removed
            fault(&rule)
            let found = rule.dates(from: tried.start, through: tried.last).map(\.description).joined(separator: " ")
            return found == answer ? nil : "\(tried.start) \(tried.rule)\(tried.others)"
        }
    }
}

private struct Tried {
    var start: CivilDate
    var last: CivilDate
    var rule: String
    var added: Set<CivilDate> = []
    var removed: Set<CivilDate> = []

    var others: String {
        (added.sorted().map { " +\($0)" } + removed.sorted().map { " -\($0)" }).joined()
    }
}

/// Makes rules that RFC 5545 allows, but for the few forms in which python-dateutil differs from it: BYDAY with and without numbers
/// in one rule, BYSETPOS in a first week that begins before the series, and weeks -52 and -53.
private struct Dice {
    var numbers: SeededNumbers

    init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &numbers) }
    mutating func isTrue(_ percent: Int) -> Bool { number(1...100) <= percent }

    mutating func signed(_ range: ClosedRange<Int>) -> Int { number(range) * (isTrue(40) ? -1 : 1) }

    mutating func list(_ count: ClosedRange<Int>, _ make: (inout Dice) -> String) -> String {
        (0..<number(count)).map { _ in make(&self) }.joined(separator: ",")
    }

    static let weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    mutating func weekday() -> String { Self.weekdays[number(0...6)] }

    mutating func roll() -> Tried {
        let frequency = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"][number(0...3)]
        var start = date("1990-01-01").adding(days: number(0...18_000))
        var parts = ["FREQ=\(frequency)"]
        if isTrue(40) { parts.append("INTERVAL=\(number(1...(frequency == "DAILY" ? 40 : 6)))") }
        let filters = choices(frequency)
        parts += filters
        var weekStart = 0
        if isTrue(40) {
            weekStart = number(0...6)
            parts.append("WKST=\(Self.weekdays[weekStart])")
        }
        if !filters.isEmpty, isTrue(25) {
            parts.append("BYSETPOS=\(list(1...2) { "\($0.signed(1...6))" })")
            if frequency == "WEEKLY" {
                while start.weekday.rawValue != weekStart + 1 { start = start.adding(days: 1) }
            }
        }
        if isTrue(20) {
            parts.append("COUNT=\(number(1...60))")
        } else if isTrue(25) {
            let until = start.adding(days: number(0...5000)).description.filter { $0 != "-" }
            parts.append("UNTIL=\(until)")
        }
        var tried = Tried(start: start, last: start.adding(months: 240), rule: parts.joined(separator: ";"))
        if isTrue(20) {
            for _ in 0..<number(1...5) { tried.added.insert(start.adding(days: number(0...4000))) }
            for _ in 0..<number(1...5) { tried.removed.insert(start.adding(days: number(0...400))) }
        }
        return tried
    }

    private mutating func choices(_ frequency: String) -> [String] {
        var parts: [String] = []
        let isYearly = frequency == "YEARLY"
        let hasWeekNumbers = isYearly && isTrue(25)
        if isTrue(35) { parts.append("BYMONTH=\(list(1...4) { "\($0.number(1...12))" })") }
        if hasWeekNumbers {
            parts.append("BYWEEKNO=\(list(1...4) { $0.isTrue(30) ? "-\($0.number(1...51))" : "\($0.number(1...53))" })")
        }
        if isYearly, isTrue(20) { parts.append("BYYEARDAY=\(list(1...20) { "\($0.signed(1...366))" })") }
        if frequency != "WEEKLY", isTrue(30) { parts.append("BYMONTHDAY=\(list(1...6) { "\($0.signed(1...31))" })") }
        if isTrue(50) {
            let isNumbered = (frequency == "MONTHLY" || isYearly && !hasWeekNumbers) && isTrue(60)
            let most = isYearly && !parts.contains { $0.hasPrefix("BYMONTH=") } ? 53 : 5
            parts.append("BYDAY=" + list(1...4) { isNumbered ? "\($0.signed(1...most))\($0.weekday())" : $0.weekday() })
        }
        return parts
    }
}
