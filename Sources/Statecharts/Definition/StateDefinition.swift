import CEL
import Diagnostics

/// What a state is; a history state is a place to return to and never active itself.
public enum StateKind: Sendable, Hashable {
    case atomic, compound, parallel, final
    case history(deep: Bool)
}

/// A state as it was written, with its children.
public struct StateDefinition: Sendable {
    public var id: String
    public var kind: StateKind
    /// Where a compound state starts; nil: in its first child.
    public var initial: InitialDefinition?
    /// Blocks of actions: an error ends its own block only.
    public var entry: [[Action]]
    public var exit: [[Action]]
    /// In document order. A history state has one, its default: eventless, unguarded.
    public var transitions: [TransitionDefinition]
    public var states: [StateDefinition]
    /// What a final state hands out in the `done` event of its parent.
    public var doneData: Payload
    public var invocations: [InvocationDefinition]
    /// The caller's own number for the state.
    public var tag: Int
    public var origin: SourceRange?

    public init(
        id: String, kind: StateKind = .atomic, initial: InitialDefinition? = nil, entry: [[Action]] = [], exit: [[Action]] = [],
        transitions: [TransitionDefinition] = [], states: [StateDefinition] = [], doneData: Payload = .none,
        invocations: [InvocationDefinition] = [], tag: Int = 0, origin: SourceRange? = nil
    ) {
        self.id = id
        self.kind = kind
        self.initial = initial
        self.entry = entry
        self.exit = exit
        self.transitions = transitions
        self.states = states
        self.doneData = doneData
        self.invocations = invocations
        self.tag = tag
        self.origin = origin
    }
}

/// A transition as it was written.
public struct TransitionDefinition: Sendable {
    /// Event descriptors: `a.b` fits `a.b` and `a.b.c`, `a.*` is `a`, `*` fits all. Nil: eventless.
    public var descriptors: [String]?
    public var `guard`: Program?
    /// None: the states stay, the actions run.
    public var targets: [String]
    /// An internal transition of a compound state to its own descendants does not leave that state.
    public var isInternal: Bool
    public var actions: [Action]
    /// The caller's own number for the transition, by which `Outcome.taken` and `Chart.selection` name it.
    public var tag: Int
    public var origin: SourceRange?

    public init(
        on descriptors: [String]?, guard: Program? = nil, to targets: [String] = [], isInternal: Bool = false,
        actions: [Action] = [], tag: Int = 0, origin: SourceRange? = nil
    ) {
        self.descriptors = descriptors
        self.guard = `guard`
        self.targets = targets
        self.isInternal = isInternal
        self.actions = actions
        self.tag = tag
        self.origin = origin
    }
}

/// Another chart that runs while a state is active (`invoke` in SCXML). The caller runs it: `Outcome.started` asks for it, and when
/// it has ended the caller sends the event `done.invoke.ID`.
public struct InvocationDefinition: Sendable {
    /// Nil: made from the state's id and the place among its invocations.
    public var id: String?
    /// A variable that is told the id.
    public var idVariable: String?
    /// Which chart, in the caller's words.
    public var chart: Text
    public var data: Payload
    /// Whether each external event is passed on to the started chart.
    public var isForwarding: Bool
    /// What is done first with an event from the started chart.
    public var finalize: [Action]
    public var tag: Int
    public var origin: SourceRange?

    public init(
        id: String? = nil, idVariable: String? = nil, chart: Text, data: Payload = .none, isForwarding: Bool = false,
        finalize: [Action] = [], tag: Int = 0, origin: SourceRange? = nil
    ) {
        self.id = id
        self.idVariable = idVariable
        self.chart = chart
        self.data = data
        self.isForwarding = isForwarding
        self.finalize = finalize
        self.tag = tag
        self.origin = origin
    }
}
