/// A deadline as it is written in a workflow, parsed: `5 clear days before meeting.start`, `the earlier of 2 working days later and
/// meeting.start`, `1 working day before at 09:00`.
public struct DeadlineRule: Hashable, Sendable {
    /// For what a rule is written; this decides which forms it may have, and what a day without a clock means.
    public enum Purpose: Hashable, Sendable {
        /// `due:`, `deadlines:`, `at:`, `until:`; the end of the day.
        case deadline
        /// `from:`; the start of the day.
        case opening
        /// `remind:`; relative to a due moment where no anchor is named; the start of the day.
        case reminder
        /// `escalate: {after: 1 working day}`; a bare period, counted from the due moment; the end of the day.
        case delay
    }

    /// A path that the rule names, and where.
    public struct NamedPath: Hashable, Sendable {
        public var path: [String]
        /// UTF-8 bytes from the start of the rule's text.
        public var range: Range<Int>
    }

    /// The rule as written.
    public let text: String
    let form: Form
    /// Whether a day without a clock means its first instant, and not its last second.
    public let meansStartOfDay: Bool
    /// The moments that the rule names, such as `meeting.start`, in the order in which they are written.
    public let anchors: [NamedPath]
    /// The periods that the rule takes from the policy, without the leading `policy`.
    public let policies: [NamedPath]
    /// Whether it counts from the entry of a state.
    public let countsFromEntry: Bool
    /// Whether it is relative to a due moment.
    public let isRelativeToDue: Bool

    /// Reads a rule, or says what is wrong with it and where. Without a purpose every form is allowed, and those relative to a due
    /// moment are taken as reminders.
    public static func parse(_ text: String, for purpose: Purpose? = nil) -> Result<DeadlineRule, RuleProblem> {
        var parser = DeadlineParser(text)
        do { return .success(try parser.rule(for: purpose)) } catch { return .failure(error) }
    }

    init(text: String, form: Form, purpose: Purpose?) {
        self.text = text
        self.form = form
        var names = Names()
        form.collect(&names)
        anchors = names.anchors
        policies = names.policies
        countsFromEntry = names.countsFromEntry
        isRelativeToDue = names.isRelativeToDue
        meansStartOfDay =
            switch purpose {
            case .deadline, .delay: false
            case .opening, .reminder: true
            case nil: names.isRelativeToDue
            }
    }
}

extension DeadlineRule {
    /// The shape of a rule.
    indirect enum Form: Hashable, Sendable {
        /// The moment itself, or its day with another clock.
        case moment(Origin, at: CivilTime?)
        /// Its day, whatever its clock.
        case day(Origin, at: CivilTime?)
        case counted(Length, Direction, Origin, at: CivilTime?)
        /// `within 28 days beginning with X`: the day of the anchor is the first.
        case beginning(Length, Origin, at: CivilTime?)
        /// `3rd Thursday after X`.
        case weekday(Int, Weekday, Direction, Origin, at: CivilTime?)
        case endOfDay(Origin)
        case chosen(Choice, Form, Form)
    }

    enum Direction: Hashable, Sendable { case before, after }
    enum Choice: String, Hashable, Sendable { case earlier, later }

    /// From what is counted.
    enum Origin: Hashable, Sendable {
        case path(NamedPath)
        case written(WrittenMoment)
        case entry
        case due
    }

    enum Length: Hashable, Sendable {
        case period(CountedPeriod)
        case policy(NamedPath)
    }

    fileprivate struct Names {
        var anchors: [NamedPath] = []
        var policies: [NamedPath] = []
        var countsFromEntry = false
        var isRelativeToDue = false

        mutating func add(_ origin: Origin) {
            switch origin {
            case .path(let path): anchors.append(path)
            case .written: break
            case .entry: countsFromEntry = true
            case .due: isRelativeToDue = true
            }
        }

        mutating func add(_ length: Length) {
            if case .policy(let path) = length { policies.append(path) }
        }
    }
}

extension DeadlineRule.Form {
    fileprivate func collect(_ names: inout DeadlineRule.Names) {
        switch self {
        case .moment(let origin, _), .day(let origin, _), .endOfDay(let origin), .weekday(_, _, _, let origin, _):
            names.add(origin)
        case .counted(let length, _, let origin, _), .beginning(let length, let origin, _):
            names.add(length)
            names.add(origin)
        case .chosen(_, let first, let second):
            first.collect(&names)
            second.collect(&names)
        }
    }
}
