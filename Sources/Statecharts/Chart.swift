import CEL
import Diagnostics

/// A checked statechart, compiled once and run many times: the algorithm of SCXML 1.0, appendix D, as a function of an instance,
/// an event and a world. It holds nothing that changes.
public final class Chart: Sendable {
    /// A state as the chart numbers it.
    public struct State: Sendable, Hashable {
        public let id: String
        public let tag: Int
        /// The number of the state that holds it; the root's is 0.
        public let parent: Int
        public let kind: StateKind

        var isLeaf: Bool { kind == .atomic || kind == .final }
    }

    public static let stateLimit = 4_096
    public static let depthLimit = 128
    /// Microsteps that one event may lead to.
    public static let microstepLimit = 1_000
    /// Actions that one event may lead to.
    public static let actionLimit = 100_000

    public let name: String
    /// In document order; the root, which has no id, is 0.
    public let states: [State]
    /// The names of the variables in their order.
    public let variables: [String]
    /// What is odd about the definition, but no error.
    public let warnings: [ChartProblem]
    let historyStates: [Int]
    private let numbers: [String: Int]

    /// Checks and compiles. Throws all that is wrong with the definition at once.
    public init(_ definition: ChartDefinition) throws(ChartProblems) {
        var problems: [ChartProblem] = []
        let tree = Tree(definition, &problems)
        if problems.contains(where: { $0.severity == .error }) { throw ChartProblems(problems: problems) }
        name = definition.name
        states = tree.nodes.map { State(id: $0.id, tag: $0.definition.tag, parent: $0.parent, kind: $0.kind) }
        variables = definition.variables.map(\.name)
        warnings = problems
        historyStates = tree.nodes.indices.filter { tree.nodes[$0].isHistory }
        numbers = tree.numbers
    }

    /// The number of the state with the id.
    public func number(of id: String) -> Int? { numbers[id] }

    /// A new instance, started and run to rest. `values` stand in for the first values of variables by name; names that the chart
    /// does not have are passed over.
    public func start(
        with values: [String: Value] = [:], in world: any World = EmptyWorld()
    ) throws(StepFailure) -> (instance: Instance, outcome: Outcome) {
        (Instance(states: StateSet(), variables: []), Outcome())
    }

    /// One event, run to rest. Nil is a wake: only eventless transitions are tried. Where it throws, the instance is unchanged.
    public func step(
        _ instance: inout Instance, _ event: Event?, in world: any World = EmptyWorld()
    ) throws(StepFailure) -> Outcome {
        Outcome()
    }

    /// The tags of the transitions that the event (nil: a wake) would take first, in document order; nothing is changed.
    public func selection(of event: Event?, in instance: Instance, world: any World = EmptyWorld()) -> [Int] { [] }

    /// An instance as it was saved: the ids of its active atomic states, its variables, what its history states remember.
    public func instance(
        activeStates: [String], variables: [Value], history: [String: [String]] = [:]
    ) throws(RestoreFailure) -> Instance {
        Instance(states: StateSet(), variables: variables)
    }
}
