import Diagnostics

/// Reads deadline rules word by word; the grammar stands in the language article.
///
///     rule   = moment ["no" ("earlier" | "later") "than" moment]
///     moment = "the" ("earlier" | "later") "of" moment "and" moment | "the" "end" "of" origin | "on" "the" "day" [at]
///            | "within" length ("of" | "beginning" "with") origin [at] | ordinal weekday ("before" | "after") origin [at]
///            | length ("later" | ("before" | "after") [origin]) [at] | origin [at]
///     length = number ["working" | "clear" | "calendar"] unit | "policy." name
///     origin = path | date
///     at     = "at" HH:MM
struct DeadlineParser {
    private let text: String
    private let words: [Word]
    private var next = 0
    private var depth = 0
    private var purpose: DeadlineRule.Purpose?

    struct Word {
        var text: String
        var range: Range<Int>
    }

    init(_ text: String) {
        self.text = text
        words = Self.split(text)
    }

    mutating func rule(for purpose: DeadlineRule.Purpose?) throws(RuleProblem) -> DeadlineRule {
        self.purpose = purpose
        try checkLength()
        var form = try moment()
        if take("no") {
            let choice = try choice("`earlier than` or `later than`")
            try need("than")
            // No later than B is the earlier of the two.
            form = .chosen(choice == .later ? .earlier : .later, form, try moment())
        }
        try needEnd()
        return DeadlineRule(text: text, form: form, purpose: purpose)
    }

    mutating func wholePeriod() throws(RuleProblem) -> CountedPeriod {
        try checkLength()
        guard let word = current, word.isNumber else { throw unexpected("a period such as `5 clear days`") }
        let period = try period()
        try needEnd()
        return period
    }

    private static let longestText = 1000
    private static let deepest = 8
    private static let path = "a moment such as `meeting.start`, or a date such as `2026-11-18`"
    private static let start = "a deadline such as `5 working days before meeting.start`"
}

// MARK: Forms

extension DeadlineParser {
    private mutating func moment() throws(RuleProblem) -> DeadlineRule.Form {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw problem(range, "this is nested too deeply", "at most \(Self.deepest) levels") }
        guard let word = current else { throw unexpected(Self.start) }
        switch word.text {
        case "the": return try afterThe()
        case "on": return try onTheDay()
        case "within": return try within()
        default: break
        }
        if word.isNumber || word.isPolicy { return try counted() }
        if word.isOrdinal { return try nthWeekday() }
        let origin = try origin(Self.start)
        return .moment(origin, at: try clock())
    }

    private mutating func afterThe() throws(RuleProblem) -> DeadlineRule.Form {
        next += 1
        if take("end") {
            try need("of")
            return .endOfDay(try origin(Self.path))
        }
        let choice = try choice("`earlier of`, `later of` or `end of`", among: ["earlier", "later", "end"])
        try need("of")
        let first = try moment()
        try need("and")
        return .chosen(choice, first, try moment())
    }

    private mutating func onTheDay() throws(RuleProblem) -> DeadlineRule.Form {
        let start = range.lowerBound
        next += 1
        try need("the")
        try need("day")
        try checkDueIsMeant(start..<previousEnd, "`on the day`")
        return .day(.due, at: try clock())
    }

    private mutating func within() throws(RuleProblem) -> DeadlineRule.Form {
        next += 1
        guard let word = current, word.isNumber || word.isPolicy else { throw unexpected("a period such as `28 days`") }
        let range = word.range
        let length = try length()
        if take("of") { return .counted(length, .after, try origin(Self.path), at: try clock(after: length)) }
        guard take("beginning") else { throw unexpected("`of` or `beginning with`", among: ["of", "beginning"]) }
        try need("with")
        if case .period(let period) = length, period.isOnTheClock || period.counting == .clear {
            throw problem(range, "`beginning with` counts days, weeks, months or years", "`within \(period) of`")
        }
        return .beginning(length, try origin(Self.path), at: try clock())
    }

    private mutating func nthWeekday() throws(RuleProblem) -> DeadlineRule.Form {
        let number = try ordinal()
        guard let word = current else { throw unexpected("a weekday such as `Thursday`") }
        guard let weekday = Weekday(name: word.text) else {
            throw unexpected("a weekday such as `Thursday`", among: Weekday.names)
        }
        next += 1
        guard take("before") || take("after") else { throw unexpected("`before` or `after`", among: ["before", "after"]) }
        let direction: DeadlineRule.Direction = words[next - 1].text == "before" ? .before : .after
        return .weekday(number, weekday, direction, try origin(Self.path), at: try clock())
    }

    private mutating func counted() throws(RuleProblem) -> DeadlineRule.Form {
        let start = range.lowerBound
        let length = try length()
        if take("later") { return .counted(length, .after, .entry, at: try clock(after: length)) }
        if current == nil, purpose == .delay { return .counted(length, .after, .due, at: nil) }
        guard take("before") || take("after") else {
            throw unexpected("`before`, `after` or `later`", among: ["before", "after", "later"])
        }
        let direction: DeadlineRule.Direction = words[next - 1].text == "before" ? .before : .after
        if current == nil || ["at", "and", "no"].contains(current?.text) {
            try checkDueIsMeant(start..<previousEnd, "`\(words[next - 1].text)` without a moment")
            return .counted(length, direction, .due, at: try clock(after: length))
        }
        return .counted(length, direction, try origin(Self.path), at: try clock(after: length))
    }

    private func checkDueIsMeant(_ range: Range<Int>, _ form: String) throws(RuleProblem) {
        guard purpose == .deadline || purpose == .opening else { return }
        throw problem(range, "\(form) is relative to a due moment, and stands under `remind` only", Self.start)
    }
}

// MARK: Parts

extension DeadlineParser {
    private mutating func length() throws(RuleProblem) -> DeadlineRule.Length {
        guard let word = current, word.isPolicy else { return .period(try period()) }
        let path = try namedPath(word)
        guard path.path.count > 1 else { throw problem(word.range, "`policy` is no period", "`policy.notice`") }
        return .policy(DeadlineRule.NamedPath(path: Array(path.path.dropFirst()), range: path.range))
    }

    private mutating func period() throws(RuleProblem) -> CountedPeriod {
        let number = try number()
        var counting = CountedPeriod.Counting.calendar
        let adjective = range
        if let word = current, let found = CountedPeriod.Counting(rawValue: word.text) {
            counting = found
            next += 1
        }
        let unit = try unit(number, afterAdjective: counting != .calendar)
        if counting != .calendar, unit != .days {
            throw problem(
                adjective, "`\(counting.rawValue)` goes with days",
                "`\(number) \(unit.rawValue)`, or `\(counting.rawValue) days`")
        }
        return CountedPeriod(number, unit, counting: counting)
    }

    private mutating func number() throws(RuleProblem) -> Int {
        let word = words[next]
        guard let number = Int(word.text), number <= CountedPeriod.largestNumber else {
            throw problem(word.range, "\(word.text.prefix(20)) is too large", "at most \(CountedPeriod.largestNumber)")
        }
        guard number > 0 else { throw problem(word.range, "nothing is counted", "1 or more") }
        next += 1
        return number
    }

    private mutating func unit(_ number: Int, afterAdjective: Bool) throws(RuleProblem) -> CountedPeriod.Unit {
        let units = CountedPeriod.Unit.allCases.map(\.rawValue)
        let spelled = number == 1 ? units.map { String($0.dropLast()) } : units
        guard let word = current, let index = spelled.firstIndex(of: word.text) else {
            let adjectives = afterAdjective ? [] : CountedPeriod.Counting.allCases.map(\.rawValue)
            let example =
                afterAdjective ? "`\(number == 1 ? "day" : "days")`" : "a unit such as `\(number == 1 ? "day" : "days")`"
            throw unexpected(example, among: spelled + adjectives)
        }
        next += 1
        return CountedPeriod.Unit.allCases[index]
    }

    private mutating func ordinal() throws(RuleProblem) -> Int {
        let word = words[next]
        guard let number = Int(word.text.dropLast(2)), (1...Self.largestOrdinal).contains(number) else {
            throw problem(word.range, "`\(word.text.prefix(20))` is too large or nought", "1st to \(Self.largestOrdinal)th")
        }
        guard word.text == number.ordinal else { throw unexpected("`\(number.ordinal)`", nearest: number.ordinal) }
        next += 1
        return number
    }

    private static let largestOrdinal = 100

    private mutating func origin(_ expected: String) throws(RuleProblem) -> DeadlineRule.Origin {
        guard let word = current else { throw unexpected(expected) }
        if let first = word.text.utf8.first, (48...57).contains(first) {
            switch WrittenMoment.parse(word.text) {
            case .success(let written):
                next += 1
                return .written(written)
            case .failure(var problem):
                let base = word.range.lowerBound
                problem.range = problem.range.lowerBound + base..<problem.range.upperBound + base
                throw problem
            }
        }
        if word.isPolicy {
            throw problem(
                word.range, "`\(word.text.prefix(40))` is a period, not a moment",
                "`\(word.text.prefix(40)) before meeting.start`")
        }
        guard !Self.keywords.contains(word.text) else { throw unexpected(expected) }
        return .path(try namedPath(word))
    }

    private mutating func namedPath(_ word: Word) throws(RuleProblem) -> DeadlineRule.NamedPath {
        let names = word.text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard names.allSatisfy(\.isName) else {
            throw problem(
                word.range, "`\(word.text.prefix(40))` is no name", "names of small letters, digits and `_`, joined by `.`")
        }
        next += 1
        return DeadlineRule.NamedPath(path: names, range: word.range)
    }

    private mutating func clock(after length: DeadlineRule.Length) throws(RuleProblem) -> CivilTime? {
        let range = range
        guard let time = try clock() else { return nil }
        if case .period(let period) = length, period.isOnTheClock {
            throw problem(range.lowerBound..<previousEnd, "\(period.unit.rawValue) keep the clock of the moment", "no `at`")
        }
        return time
    }

    private mutating func clock() throws(RuleProblem) -> CivilTime? {
        guard take("at") else { return nil }
        guard let word = current, let time = CivilTime(word.text), time.second == 0 else {
            throw unexpected("a time such as `17:00`")
        }
        next += 1
        return time
    }

    private mutating func choice(
        _ expected: String, among names: [String] = ["earlier", "later"]
    ) throws(RuleProblem) -> DeadlineRule.Choice {
        guard let word = current, let choice = DeadlineRule.Choice(rawValue: word.text) else {
            throw unexpected(expected, among: names)
        }
        next += 1
        return choice
    }
}

// MARK: Words

extension DeadlineParser {
    private var current: Word? { next < words.count ? words[next] : nil }
    private var range: Range<Int> { current?.range ?? text.utf8.count..<text.utf8.count }
    private var previousEnd: Int { next > 0 ? words[next - 1].range.upperBound : 0 }

    private mutating func take(_ word: String) -> Bool {
        guard current?.text == word else { return false }
        next += 1
        return true
    }

    private mutating func need(_ word: String) throws(RuleProblem) {
        guard take(word) else { throw unexpected("`\(word)`", among: [word]) }
    }

    private func needEnd() throws(RuleProblem) {
        guard current != nil else { return }
        throw unexpected("the end of the rule, or `no later than`", among: ["at", "no", "and", "before", "after", "later"])
    }

    private func checkLength() throws(RuleProblem) {
        guard text.utf8.count <= Self.longestText else {
            throw problem(0..<text.utf8.count, "the rule is too long", "at most \(Self.longestText) bytes")
        }
    }

    private func unexpected(_ expected: String, among names: [String] = [], nearest: String? = nil) -> RuleProblem {
        guard let word = current else {
            return RuleProblem(
                range: range, message: words.isEmpty ? "nothing is written" : "the rule ends too early", expected: expected)
        }
        return RuleProblem(
            range: word.range, message: "`\(word.text.prefix(40))` is not understood here", expected: expected,
            nearest: nearest ?? nearestName(to: word.text, among: names))
    }

    private func problem(_ range: Range<Int>, _ message: String, _ expected: String) -> RuleProblem {
        RuleProblem(range: range, message: message, expected: expected)
    }

    private static func split(_ text: String) -> [Word] {
        let bytes = Array(text.utf8)
        var words: [Word] = []
        var start = 0
        for index in 0...bytes.count where index == bytes.count || [32, 9, 10, 13].contains(bytes[index]) {
            if index > start {
                words.append(Word(text: String(decoding: bytes[start..<index], as: UTF8.self), range: start..<index))
            }
            start = index + 1
        }
        return words
    }

    /// Words that cannot be the name of a moment.
    private static let keywords: Set<String> = [
        "the", "on", "within", "at", "and", "no", "of", "than", "before", "after", "later", "earlier", "end", "beginning",
        "with",
    ]
}

extension DeadlineParser.Word {
    var isNumber: Bool { text.utf8.allSatisfy { (48...57).contains($0) } }
    var isPolicy: Bool { text == "policy" || text.hasPrefix("policy.") }
    /// Digits and two letters, such as `3rd`, and `3th`, which is refused.
    var isOrdinal: Bool {
        let bytes = text.utf8
        return bytes.count > 2 && bytes.dropLast(2).allSatisfy { (48...57).contains($0) }
            && bytes.suffix(2).allSatisfy { (97...122).contains($0) }
    }
}

extension String {
    /// Whether it is a name in the workflow language: small letters, digits and `_`, no digit first.
    fileprivate var isName: Bool {
        guard let first = utf8.first, !(48...57).contains(first) else { return false }
        return utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
    }
}

extension Int {
    /// `1st`, `2nd`, `3rd`, `11th`.
    var ordinal: String {
        let suffix =
            switch (self % 100, self % 10) {
            case (11...13, _): "th"
            case (_, 1): "st"
            case (_, 2): "nd"
            case (_, 3): "rd"
            default: "th"
            }
        return "\(self)\(suffix)"
    }
}
