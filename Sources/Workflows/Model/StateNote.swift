import CEL
import Calendars
import Diagnostics

/// What a person may do on an item; each includes those before it. Counting to the quorum is separate.
public enum Participation: Int, Sendable, Comparable, CaseIterable {
    case none, papers, room, facts, speak, vote

    public static func < (lhs: Participation, rhs: Participation) -> Bool { lhs.rawValue < rhs.rawValue }

    public init?(name: String) {
        guard let found = Participation.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }

    public var name: String { String(describing: self) }
}

/// What the workflow language adds to a state of the chart.
public struct StateNote: Sendable {
    /// The full dotted path, which is the chart's id: `serving.attendance.before.asked`.
    public var path: String
    /// Made by the reader, not written by the author: the choice behind a list under `initial:`.
    public var isSynthetic: Bool
    /// Told at entry; holds while the state is active.
    public var announce: String?
    public var participation: Participation?
    public var duty: DutyDefinition?
    /// The documents that are drafted on entry, and may be edited while the state is active.
    public var drafts: [String] = []
    /// Indexes into `Workflow.moments`.
    public var moments: [Int]
    /// Where a compound state starts (chart ids), where that is not its first child.
    public var start: [String]
    public var origin: SourceRange

    public init(
        path: String, isSynthetic: Bool = false, announce: String? = nil, participation: Participation? = nil,
        duty: DutyDefinition? = nil, moments: [Int] = [], start: [String] = [], origin: SourceRange
    ) {
        self.path = path
        self.isSynthetic = isSynthetic
        self.announce = announce
        self.participation = participation
        self.duty = duty
        self.moments = moments
        self.start = start
        self.origin = origin
    }
}

/// What a person owes while the state is active.
public struct DutyDefinition: Sendable {
    public struct Escalation: Sendable {
        public var to: Role
        /// Counted from the due moment.
        public var after: DeadlineRule

        public init(to: Role, after: DeadlineRule) {
            self.to = to
            self.after = after
        }
    }

    public enum ChecklistLine: Sendable {
        case text(Text)
        /// One line for each thing of the list; inside the text the thing's own fields are names: `Read {{title}}`.
        case each(Program, ItemText)
    }

    public var title: Text
    /// A consequence.
    public var note: Text?
    public var basis: String
    public var of: Role
    public var notOf: Role?
    /// Owed and shown since; nil: since the state was entered.
    public var from: DeadlineRule?
    public var due: DeadlineRule
    /// The name under `deadlines:`, where `due` names one.
    public var dueName: String?
    public var checklist: [ChecklistLine]
    /// Counted from the due moment.
    public var reminders: [DeadlineRule]
    public var escalation: Escalation?
    public var origin: SourceRange

    public init(
        title: Text, note: Text?, basis: String, of: Role, notOf: Role?, from: DeadlineRule?, due: DeadlineRule,
        dueName: String?, checklist: [ChecklistLine], reminders: [DeadlineRule], escalation: Escalation?, origin: SourceRange
    ) {
        self.title = title
        self.note = note
        self.basis = basis
        self.of = of
        self.notOf = notOf
        self.from = from
        self.due = due
        self.dueName = dueName
        self.checklist = checklist
        self.reminders = reminders
        self.escalation = escalation
        self.origin = origin
    }
}

/// A moment under `at:`; for `later` it counts from the entry of its state.
public struct Moment: Sendable {
    public var rule: DeadlineRule
    /// The state note's index.
    public var state: Int
    public var origin: SourceRange

    public init(rule: DeadlineRule, state: Int, origin: SourceRange) {
        self.rule = rule
        self.state = state
        self.origin = origin
    }
}

/// A sentence with values in it: `Not quorate: {{quorum.present}} of {{quorum.needed}}`.
public struct Text: Sendable {
    public enum Segment: Sendable {
        case words(String)
        case value(Program)
    }

    public var segments: [Segment]

    public init(segments: [Segment]) { self.segments = segments }
}

/// A sentence about one thing of a list: the names in its braces are fields of the thing.
public struct ItemText: Sendable {
    public enum Segment: Sendable, Hashable {
        case words(String)
        case field([String])
    }

    public var segments: [Segment]

    public init(segments: [Segment]) { self.segments = segments }
}
