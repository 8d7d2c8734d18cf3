import Diagnostics

/// How a duty ends.
public enum DutyEnd: String, Sendable, Codable, CaseIterable { case done, excused, lapsed, cancelled }

/// What the workflow language adds to a transition of the chart.
public struct TransitionNote: Sendable {
    public enum Trigger: Sendable, Hashable {
        case command(String)
        case event(String)
        /// An announcement that holds, or a condition, as soon as it holds: the chart's guard is `announced('word')` or the
        /// condition, and the transition is eventless.
        case once(String)
        /// The index of the moment; eventless, guard `passed(N)`.
        case moment(Int)
        /// The children, or all regions, have ended.
        case then
        /// A choice under `initial:`.
        case initial
    }

    public enum Need: Sendable, Hashable {
        /// A condition by name.
        case condition(String)
        /// Every line of the duty's checklist ticked.
        case checklist
    }

    public var trigger: Trigger
    /// The state note's index of its source.
    public var source: Int
    /// Asked of the transition chosen; the first that does not hold refuses the command with its sentence.
    public var needs: [Need]
    /// As written, or as follows from the language's rule; nil where it leaves no duty.
    public var duty: DutyEnd?
    public var origin: SourceRange
    /// The states (chart ids) to which it leads; empty: the states stay.
    public var targets: [String]
    /// The question under `if:`, as written.
    public var question: String?
    /// The documents that it drafts, which may be edited while a state is active to which it leads.
    public var drafts: [String] = []

    public init(
        trigger: Trigger, source: Int, needs: [Need], duty: DutyEnd?, origin: SourceRange, targets: [String] = [],
        question: String? = nil
    ) {
        self.trigger = trigger
        self.source = source
        self.needs = needs
        self.duty = duty
        self.origin = origin
        self.targets = targets
        self.question = question
    }
}

/// What the core wants done where an action stands; its arguments come evaluated with the chart's effect.
public enum EffectDefinition: Sendable {
    /// Word to cases, this one included. `about` names subjects by argument index; empty: the case's own subjects. `with` builds the
    /// event's payload.
    case tell(event: String, about: [SubjectKind: Int], with: [String: Int])
    /// Starts a case of another workflow. `with` gives variables by argument index; `whole` is the index of a map that gives them all
    /// (names that the workflow does not have are left out).
    case start(workflow: String, subjects: [SubjectKind: Int], with: [String: Int], whole: Int?)
    case mail(document: String, to: [Role])
    case draft(document: String)
}
