import Diagnostics

/// A chart's states numbered in document order, the root 0, so that the descendants of a state are the interval behind it.
struct Tree: Sendable {
    struct Node: Sendable {
        var definition: StateDefinition
        /// The root is its own parent.
        var parent: Int
        /// The number behind the last descendant.
        var end: Int
        /// Numbers of the children, history states left out.
        var children: [Int] = []
        var histories: [Int] = []

        var id: String { definition.id }
        var kind: StateKind { definition.kind }

        var isHistory: Bool {
            if case .history = kind { true } else { false }
        }
    }

    private(set) var nodes: [Node] = []
    private(set) var numbers: [String: Int] = [:]

    init(_ definition: ChartDefinition, _ problems: inout [ChartProblem]) {
        let root = StateDefinition(
            id: "", kind: .compound, initial: definition.initial, states: definition.states, origin: definition.origin)
        add(root, under: 0, depth: 0, &problems)
    }

    private mutating func add(_ state: StateDefinition, under parent: Int, depth: Int, _ problems: inout [ChartProblem]) {
        let number = nodes.count
        guard number <= Chart.stateLimit, depth <= Chart.depthLimit else {
            let isDeep = depth > Chart.depthLimit
            let kind: ChartProblem.Kind = isDeep ? .tooDeep : .tooManyStates
            let limit = isDeep ? "states are nested more than \(Chart.depthLimit) deep" : "more than \(Chart.stateLimit) states"
            if !problems.contains(where: { $0.kind == kind }) {
                problems.append(ChartProblem(kind: kind, severity: .error, message: limit, origin: state.origin))
            }
            return
        }
        nodes.append(Node(definition: state, parent: parent, end: number + 1))
        nodes[number].definition.states = []
        if number > 0 { name(state, number, &problems) }
        for child in state.states {
            let childNumber = nodes.count
            add(child, under: number, depth: depth + 1, &problems)
            guard nodes.count > childNumber else { continue }
            if nodes[childNumber].isHistory {
                nodes[number].histories.append(childNumber)
            } else {
                nodes[number].children.append(childNumber)
            }
        }
        nodes[number].end = nodes.count
    }

    private mutating func name(_ state: StateDefinition, _ number: Int, _ problems: inout [ChartProblem]) {
        if state.id.isEmpty {
            problems.append(ChartProblem(kind: .emptyID, severity: .error, message: "a state has no id", origin: state.origin))
        } else if let first = numbers[state.id] {
            problems.append(
                ChartProblem(
                    kind: .duplicateID, severity: .error, message: "a second state has the id `\(state.id)`",
                    origin: state.origin,
                    related: nodes[first].definition.origin))
        } else {
            numbers[state.id] = number
        }
    }

    func isDescendant(_ state: Int, of ancestor: Int) -> Bool { state > ancestor && state < nodes[ancestor].end }

    /// Whether both may be targets at once: the innermost state that holds both is parallel, and neither of them is it. A history
    /// state counts as its parent.
    func areInDistinctRegions(_ left: Int, _ right: Int) -> Bool {
        let places = [left, right].map { nodes[$0].isHistory ? nodes[$0].parent : $0 }
        var common = places[0]
        while common != places[1], !isDescendant(places[1], of: common) { common = nodes[common].parent }
        return nodes[common].kind == .parallel && !places.contains(common)
    }
}
