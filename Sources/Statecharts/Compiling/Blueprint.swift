import CEL
import Diagnostics

/// A chart with its names resolved to numbers, before it is laid out for one size of state set.
struct Blueprint: Sendable {
    /// A transition between numbered states.
    struct Link: Sendable {
        var source: Int
        var targets: [Int]
        var definition: TransitionDefinition
    }

    let name: String
    let tree: Tree
    let variables: [Variable]
    let slots: [String: Int]
    let binding: ChartDefinition.Binding
    let conditions: [String: Program]
    /// In document order of their sources.
    private(set) var links: [Link] = []
    /// The numbers of a state's transitions.
    private(set) var linksOf: [[Int]] = []
    /// Where a compound state starts; for a history state: its default.
    private(set) var initialTargets: [[Int]] = []
    private(set) var initialActions: [[Action]] = []

    /// A chart without states.
    init() {
        var problems: [ChartProblem] = []
        self.init(ChartDefinition(name: "", states: []), &problems)
    }

    init(_ definition: ChartDefinition, _ problems: inout [ChartProblem]) {
        name = definition.name
        tree = Tree(definition, &problems)
        variables = definition.variables
        binding = definition.binding
        conditions = definition.conditions
        slots = Dictionary(definition.variables.enumerated().map { ($1.name, $0) }) { first, _ in first }
        for number in tree.nodes.indices {
            resolveInitial(number, &problems)
            resolveTransitions(number, &problems)
        }
    }

    private mutating func resolveTransitions(_ number: Int, _ problems: inout [ChartProblem]) {
        var own: [Int] = []
        if !tree.nodes[number].isHistory {
            for transition in tree.nodes[number].definition.transitions {
                let targets = resolve(transition.targets, at: transition.origin, &problems)
                own.append(links.count)
                links.append(Link(source: number, targets: targets, definition: transition))
            }
        }
        linksOf.append(own)
    }

    private mutating func resolveInitial(_ number: Int, _ problems: inout [ChartProblem]) {
        let node = tree.nodes[number]
        var targets: [Int] = []
        var actions: [Action] = []
        if node.isHistory, let usual = node.definition.transitions.first {
            targets = resolve(usual.targets, at: usual.origin, &problems)
            actions = usual.actions
        } else if node.isHistory {
            let parent = tree.nodes[node.parent]
            targets = parent.kind == .parallel ? parent.children : Array(parent.children.prefix(1))
        } else if node.kind == .compound, let initial = node.definition.initial, !initial.targets.isEmpty {
            targets = resolve(initial.targets, at: initial.origin ?? node.definition.origin, &problems)
            actions = initial.actions
        } else if node.kind == .compound {
            targets = Array(node.children.prefix(1))
            actions = node.definition.initial?.actions ?? []
        }
        initialTargets.append(targets)
        initialActions.append(actions)
    }

    private func resolve(_ names: [String], at origin: SourceRange?, _ problems: inout [ChartProblem]) -> [Int] {
        var targets: [Int] = []
        for name in names {
            guard let number = tree.numbers[name] else {
                problems.append(
                    ChartProblem(
                        kind: .unknownTarget, severity: .error, message: "there is no state `\(name)`", origin: origin,
                        nearest: nearestName(to: name, among: tree.numbers.keys)))
                continue
            }
            if !targets.contains(number) { targets.append(number) }
        }
        return targets
    }

    /// Whether a sending asks for an id of its own.
    var makesIDs: Bool {
        func asks(_ action: Action) -> Bool {
            switch action {
            case .send(let sending): sending.idVariable != nil
            case .conditional(let branches, let otherwise): (branches.flatMap(\.actions) + otherwise).contains(where: asks)
            case .forEach(_, _, _, let actions, _): actions.contains(where: asks)
            case .raise, .cancel, .log, .assign, .effect: false
            }
        }
        let links = links.flatMap(\.definition.actions) + initialActions.joined()
        return (links + tree.nodes.flatMap { $0.definition.blocks.joined() }).contains(where: asks)
    }
}

extension StateDefinition {
    /// What the state does, but for its transitions.
    var blocks: [[Action]] { entry + exit + invocations.map(\.finalize) }
}
