public import Calendars
public import Diagnostics

/// A worked example in a rule pack: what is asked, and what the rules must answer.
public struct RuleCase: Sendable {
    public enum Question: Sendable {
        /// A deadline rule, with the moments that it may name by their paths.
        case deadline(DeadlineRule, moments: [String: WrittenMoment], gives: CivilDate)
        /// The clear days that a notice gave, and whether they were enough.
        case notice(given: CivilDate, meeting: CivilDate, days: Int?, isEnough: Bool?)
        case quorum(QuorumExample, needed: Int?, counted: Int?, isMet: Bool?)
        case lastSafe(after: CivilDate, gives: CivilDate)
        case attendance([AttendancePolicy.Record], isTooLittle: Bool)
        case interest(InterestPolicy.Kind, gives: InterestPolicy.Outcome)
        case vote(votesFor: Int, against: Int, gives: RulePack.Count)
    }

    public var name: String
    public var question: Question
    /// Where it stands in the file.
    public var origin: SourceRange
    /// The pack with the values that the case lays over it (`with:`), where it does: that pack alone.
    var amended: [RulePack]

    init(name: String, question: Question, origin: SourceRange, amended: RulePack?) {
        self.name = name
        self.question = question
        self.origin = origin
        self.amended = amended.map { [$0] } ?? []
    }
}

/// A body in numbers, as a case of a quorum has it.
public struct QuorumExample: Sendable, Hashable {
    public var seats: Int
    /// Seats that are filled.
    public var posts: Int
    /// Members who are there and may vote, the remote ones and the substitutes among them.
    public var there: Int
    public var remote: Int
    public var substitutes: Int
    /// Members who came, and withdrew from the item.
    public var withdrawn: Int
    /// How many of those there bear each mark.
    public var marked: [String: Int]

    var sitters: [QuorumPolicy.Sitter] {
        let present = (0..<there).map { place in
            QuorumPolicy.Sitter(
                isRemote: place < remote, isSubstitute: place >= there - substitutes,
                marks: Set(marked.filter { place < $0.value }.keys))
        }
        return present + (0..<withdrawn).map { _ in QuorumPolicy.Sitter(isThere: false, hasWithdrawn: true) }
    }
}

extension RulePack {
    /// The cases that the pack does not meet, each with what it answers instead.
    public func failingCases(holidays: HolidayTable?) -> [(case: RuleCase, answer: String)] {
        cases.compactMap { example in
            (example.amended.first ?? self).wrongAnswer(to: example.question, holidays: holidays).map { (example, $0) }
        }
    }

    /// What the pack answers; nil where that is what the case says.
    private func wrongAnswer(to question: RuleCase.Question, holidays: HolidayTable?) -> String? {
        switch question {
        case .deadline(let rule, let moments, let expected):
            return wrong(rule.evaluate(in: facts(holidays, moments), explained: false).map(\.date), expected)
        case .notice(let given, let meeting, let days, let isEnough):
            return wrongNotice(counting.clearDays(between: given, and: meeting, holidays: holidays), days, isEnough)
        case .quorum(let example, let needed, let counted, let isMet):
            return wrongQuorum(example, needed, counted, isMet)
        case .lastSafe(let attended, let expected):
            guard let day = attendance?.lastSafeDay(after: attended) else { return "no day at all" }
            return day == expected ? nil : day.description
        case .attendance(let records, let isTooLittle):
            guard let attendance else { return "nothing: there is no policy of attendance" }
            let answer = attendance.isTooLittle(records)
            return answer == isTooLittle ? nil : answer ? "too little" : "enough"
        case .interest(let kind, let expected):
            let outcome = interests.outcome(of: kind)
            return outcome == expected ? nil : outcome.rawValue
        case .vote(let votesFor, let against, let expected):
            let count = count(votesFor: votesFor, against: against)
            return count == expected ? nil : count.rawValue
        }
    }

    private func facts(_ holidays: HolidayTable?, _ moments: [String: WrittenMoment]) -> DeadlineFacts {
        let periods = periods
        return DeadlineFacts(
            zone: .utc, holidays: holidays, counting: counting, working: working,
            anchor: { path in moments[path.joined(separator: ".")].map { Anchor($0, in: .utc) } },
            period: { periods[$0] })
    }

    private func wrong(_ found: Result<CivilDate, DeadlineFailure>, _ expected: CivilDate) -> String? {
        switch found {
        case .success(let date): date == expected ? nil : date.description
        case .failure(let failure): "no date: \(failure)"
        }
    }

    private func wrongNotice(_ found: Result<Int, DeadlineFailure>, _ days: Int?, _ isEnough: Bool?) -> String? {
        switch found {
        case .failure(let failure): return "no number: \(failure)"
        case .success(let count):
            let answer = count >= periods["notice"]?.period.number ?? 0
            let isRight = days.map { $0 == count } ?? true
            guard !isRight || isEnough.map({ $0 != answer }) ?? false else { return nil }
            return "\(count) clear day\(count == 1 ? "" : "s"), which \(answer ? "is" : "is not") enough"
        }
    }

    private func wrongQuorum(_ example: QuorumExample, _ needed: Int?, _ counted: Int?, _ isMet: Bool?) -> String? {
        let sitters = example.sitters.filter { quorum.counts($0) }
        let wanted = quorum.needed(of: quorum.of == .seats ? example.seats : example.posts)
        let lacking = quorum.lacking(among: sitters, marked: Set(example.marked.keys))
        let answer = sitters.count >= wanted && lacking.isEmpty
        if needed ?? wanted == wanted, counted ?? sitters.count == sitters.count, isMet ?? answer == answer { return nil }
        let missing = lacking.isEmpty ? "" : "; \(lacking.joined(separator: "; "))"
        return "\(sitters.count) counted, \(wanted) needed, \(answer ? "met" : "not met")\(missing)"
    }
}

extension Anchor {
    /// A moment as a person wrote it.
    public init(_ written: WrittenMoment, in zone: Zone) {
        switch written {
        case .date(let date): self = .date(date)
        case .local, .instant: self = written.instant(in: zone).map { .instant($0) } ?? .date(written.date(in: zone))
        }
    }
}
