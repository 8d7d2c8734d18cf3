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
    private let machine: Machine
    /// The short path of a chart that fits into one word.
    private let shortPath: ShortPath<UInt64>
    /// The start where it is the same in every world.
    private let quietStart: (Instance, Outcome)?

    /// The engine in the size that the chart needs.
    private enum Machine: Sendable {
        case small(Engine<UInt64>)
        case medium(Engine<UInt128>)
        case large(Engine<WordList>)
    }

    /// Checks and compiles. Throws all that is wrong with the definition at once, warnings among it.
    public init(_ definition: ChartDefinition) throws(ChartProblems) {
        var problems: [ChartProblem] = []
        let blueprint = Blueprint(definition, &problems)
        blueprint.check(&problems)
        if problems.contains(where: { $0.severity == .error }) { throw ChartProblems(problems: problems) }
        let nodes = blueprint.tree.nodes
        name = definition.name
        states = nodes.map { State(id: $0.id, tag: $0.definition.tag, parent: $0.parent, kind: $0.kind) }
        variables = definition.variables.map(\.name)
        historyStates = nodes.indices.filter { nodes[$0].isHistory }
        numbers = blueprint.tree.numbers
        if nodes.count <= UInt64.bitWidth {
            let engine = Engine<UInt64>(blueprint)
            shortPath = engine.shortPath
            (machine, quietStart, warnings) = (.small(engine), engine.quietStart(), problems + engine.remarks())
        } else if nodes.count <= UInt128.bitWidth {
            let engine = Engine<UInt128>(blueprint)
            shortPath = .none
            (machine, quietStart, warnings) = (.medium(engine), engine.quietStart(), problems + engine.remarks())
        } else {
            let engine = Engine<WordList>(blueprint)
            shortPath = .none
            (machine, quietStart, warnings) = (.large(engine), engine.quietStart(), problems + engine.remarks())
        }
    }

    /// The number of the state with the id.
    public func number(of id: String) -> Int? { numbers[id] }

    /// A new instance, started and run to rest. `values` stand in for the first values of variables by name; names that the chart
    /// does not have are passed over.
    public func start(
        with values: [String: Value] = [:], in world: any World = EmptyWorld()
    ) throws(StepFailure) -> (instance: Instance, outcome: Outcome) {
        if values.isEmpty, let quietStart { return quietStart }
        return switch machine {
        case .small(let engine): try engine.start(with: values, in: world)
        case .medium(let engine): try engine.start(with: values, in: world)
        case .large(let engine): try engine.start(with: values, in: world)
        }
    }

    /// One event, run to rest. Nil is a wake: only eventless transitions are tried. An event that fits no transition is passed
    /// over. Where it throws, the instance is unchanged.
    public func step(
        _ instance: inout Instance, _ event: Event?, in world: any World = EmptyWorld()
    ) throws(StepFailure) -> Outcome {
        switch machine {
        case .small(let engine): try engine.step(&instance, event, in: world)
        case .medium(let engine): try engine.step(&instance, event, in: world)
        case .large(let engine): try engine.step(&instance, event, in: world)
        }
    }

    /// The tags of the transitions that the event (nil: a wake) would take first, in the order in which they would be taken;
    /// nothing is changed.
    public func selection(of event: Event?, in instance: Instance, world: any World = EmptyWorld()) -> [Int] {
        switch machine {
        case .small(let engine): engine.selection(of: event, in: instance, world: world)
        case .medium(let engine): engine.selection(of: event, in: instance, world: world)
        case .large(let engine): engine.selection(of: event, in: instance, world: world)
        }
    }

    /// The names of events that active states listen for, in alphabetical order, with `*` first where all are heard; guards are not
    /// asked.
    public func namesHeard(in instance: Instance) -> [String] {
        guard !instance.isFinished else { return [] }
        return switch machine {
        case .small(let engine): engine.events.names(heardIn: UInt64(instance.states))
        case .medium(let engine): engine.events.names(heardIn: UInt128(instance.states))
        case .large(let engine): engine.events.names(heardIn: WordList(instance.states))
        }
    }

    /// An instance as it was saved: the ids of its active atomic states, its variables, what its history states remember. Missing
    /// variables are null.
    public func instance(
        activeStates: [String], variables: [Value], history: [String: [String]] = [:]
    ) throws(RestoreFailure) -> Instance {
        var leaves: [Int] = []
        for id in activeStates {
            guard let state = numbers[id], states[state].isLeaf else {
                throw RestoreFailure(description: "there is no atomic state `\(id)`")
            }
            leaves.append(state)
        }
        var memory: [Int: [Int]] = [:]
        for (id, remembered) in history {
            guard let state = numbers[id], historyStates.contains(state) else {
                throw RestoreFailure(description: "there is no history state `\(id)`")
            }
            memory[state] = []
            for other in remembered {
                guard let number = numbers[other] else { throw RestoreFailure(description: "there is no state `\(other)`") }
                memory[state]?.append(number)
            }
        }
        return switch machine {
        case .small(let engine): try engine.restore(leaves, variables, memory)
        case .medium(let engine): try engine.restore(leaves, variables, memory)
        case .large(let engine): try engine.restore(leaves, variables, memory)
        }
    }
}

// MARK: - In a hurry

extension Chart {
    /// The name of an event, looked up once.
    public struct EventNumber: Sendable, Hashable {
        fileprivate let number: Int
    }

    /// What `advance` did.
    public enum Progress: Sendable, Hashable {
        /// No transition fitted.
        case ignored
        /// The configuration changed, and nothing else is to be done.
        case moved
        /// Nothing yet: there is more to it, which `step` has to do.
        case declined
    }

    /// The number of an event for `advance`; nil: no descriptor has just this name, and `step` has to look closer.
    public func eventNumber(_ name: String) -> EventNumber? {
        let number =
            switch machine {
            case .small(let engine): engine.events.exactNumber(of: name)
            case .medium(let engine): engine.events.exactNumber(of: name)
            case .large(let engine): engine.events.exactNumber(of: name)
            }
        return number.map { EventNumber(number: $0) }
    }

    /// A short way for those who hear many events and ask only where an instance has come to: it does what `step` does where
    /// transitions do no more than change the configuration and no guard looks at the event or at `In`, and tells nothing of it.
    /// Otherwise it declines, and the instance is as it was.
    public func advance(_ instance: inout Instance, _ event: EventNumber, in world: any World = EmptyWorld()) -> Progress {
        if states.count <= UInt64.bitWidth { return shortPath.advance(&instance, event.number, in: world) }
        return advanceLarge(&instance, event.number, world)
    }

    @inline(never)
    private func advanceLarge(_ instance: inout Instance, _ event: Int, _ world: any World) -> Progress {
        switch machine {
        case .small(let engine): engine.shortPath.advance(&instance, event, in: world)
        case .medium(let engine): engine.shortPath.advance(&instance, event, in: world)
        case .large(let engine): engine.shortPath.advance(&instance, event, in: world)
        }
    }
}
