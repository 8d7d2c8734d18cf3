import CEL
import Diagnostics

/// A statechart as it was written, unchecked: states nested in states, names not yet resolved. `Chart` checks and compiles it.
public struct ChartDefinition: Sendable {
    /// When the first values of variables that belong to a state are worked out (SCXML 1.0, 5.3.3).
    public enum Binding: Sendable, Hashable {
        /// All at the start.
        case early
        /// When the state that they belong to is entered for the first time; null until then.
        case late
    }

    public var name: String
    public var variables: [Variable]
    public var states: [StateDefinition]
    /// Where the chart starts; nil: in its first state.
    public var initial: InitialDefinition?
    public var binding: Binding
    /// Named questions that guards may use by their names, where the world has no answer of its own.
    public var conditions: [String: Program] = [:]
    public var origin: SourceRange?

    public init(
        name: String, variables: [Variable] = [], states: [StateDefinition], initial: InitialDefinition? = nil,
        binding: Binding = .early, origin: SourceRange? = nil
    ) {
        self.name = name
        self.variables = variables
        self.states = states
        self.initial = initial
        self.binding = binding
        self.origin = origin
    }

    /// The environment in which the chart's programs are compiled: the base, the chart's variables as slots, the names `_event`,
    /// `event`, `_name` and `_sessionid`, and the function `In`. What the base says of those names stands.
    public func environment(over base: Environment = Environment()) -> Environment {
        var environment = base
        environment.slots = variables.map { Environment.Slot(name: $0.name, kind: $0.kind) }
        let own: [String: Kind] = ["_event": .dyn, "event": .dyn, "_name": .string, "_sessionid": .string]
        environment.names.merge(own) { stands, _ in stands }
        if !environment.functions.contains(where: { $0.name == "In" }) {
            environment.functions.append(.init(name: "In", parameters: [.string], result: .bool))
        }
        return environment
    }
}

/// A variable of the chart (`data` in SCXML).
public struct Variable: Sendable {
    public var name: String
    public var kind: Kind
    /// Its first value; nil: null.
    public var initial: Program?
    /// The id of the state that it belongs to, which matters for late binding only; nil: the chart.
    public var home: String?
    public var origin: SourceRange?

    public init(name: String, kind: Kind = .dyn, initial: Program? = nil, home: String? = nil, origin: SourceRange? = nil) {
        self.name = name
        self.kind = kind
        self.initial = initial
        self.home = home
        self.origin = origin
    }
}

/// Where a compound state or the chart starts, with what is done on the way.
public struct InitialDefinition: Sendable {
    public var targets: [String]
    public var actions: [Action]
    public var origin: SourceRange?

    public init(targets: [String], actions: [Action] = [], origin: SourceRange? = nil) {
        self.targets = targets
        self.actions = actions
        self.origin = origin
    }
}
