import Statecharts

/// Appendix D of SCXML 1.0 written down word for word, slowly, for charts whose actions are only words and raised events and whose
/// guards only ask which state is active. What it says is right by reading; the engine is held against it.
struct Oracle {
    struct TooLong: Error {}

    struct Node {
        var id: String
        var kind: StateKind
        var parent: Int
        var children: [Int] = []
        var transitions: [Link] = []
        var initial: [Int] = []
        var entry: [Action]
        var exit: [Action]
    }

    struct Link: Equatable {
        var source: Int
        var place: Int
        var events: [String]?
        var condition: Int?
        var targets: [Int]
        var actions: [String]
        static func == (left: Link, right: Link) -> Bool { left.source == right.source && left.place == right.place }
    }

    private var nodes: [Node] = []
    private var configuration: Set<Int> = []
    private var memory: [Int: [Int]] = [:]
    private var queue: [String] = []
    private var isRunning = true
    private var microsteps = 0
    private(set) var said: [String] = []

    /// `conditions`: by the tag of a transition the id of the state that must be active; `raised`: the event that it raises.
    init(_ definition: ChartDefinition, conditions: [Int: String], raised: [Int: String]) throws {
        let root = StateDefinition(id: "", kind: .compound, initial: definition.initial, states: definition.states)
        add(root, parent: -1)
        resolve(root, conditions, raised)
        try enter([Link(source: 0, place: -1, events: nil, targets: nodes[0].initial, actions: [])])
        try macrostep()
    }

    private mutating func add(_ state: StateDefinition, parent: Int) {
        let number = nodes.count
        nodes.append(
            Node(
                id: state.id, kind: state.kind, parent: parent, entry: state.entry.flatMap { $0 },
                exit: state.exit.flatMap { $0 }))
        if parent >= 0 { nodes[parent].children.append(number) }
        for child in state.states { add(child, parent: number) }
    }

    private func number(_ id: String) -> Int { nodes.firstIndex { $0.id == id } ?? -1 }

    private mutating func resolve(_ state: StateDefinition, _ conditions: [Int: String], _ raised: [Int: String]) {
        let own = number(state.id)
        nodes[own].transitions = state.transitions.enumerated().map { place, written in
            var actions = state.kind == .history(deep: true) || state.kind == .history(deep: false) ? [] : ["t\(written.tag)"]
            if let event = raised[written.tag] { actions.append("!" + event) }
            return Link(
                source: own, place: place, events: written.descriptors, condition: conditions[written.tag].map(number),
                targets: written.targets.map(number), actions: actions)
        }
        if state.kind == .compound {
            let first = nodes[own].children.first { isState($0) }
            nodes[own].initial = state.initial.map { $0.targets.map(number) } ?? [first ?? -1]
        }
        for child in state.states { resolve(child, conditions, raised) }
    }

    var activeStates: [String] { configuration.sorted().filter { isAtomic($0) }.map { nodes[$0].id } }

    mutating func hear(_ event: String) throws {
        said = []
        microsteps = 0
        guard isRunning else { return }
        let enabled = select(event)
        if !enabled.isEmpty { try microstep(enabled) }
        try macrostep()
    }

    private mutating func macrostep() throws {
        while isRunning {
            var enabled = select(nil)
            if enabled.isEmpty {
                guard !queue.isEmpty else { break }
                enabled = select(queue.removeFirst())
            }
            if !enabled.isEmpty { try microstep(enabled) }
        }
        guard !isRunning else { return }
        for state in configuration.sorted(by: >) { run(nodes[state].exit) }
    }

    // MARK: - Questions

    private func isState(_ state: Int) -> Bool {
        if case .history = nodes[state].kind { false } else { true }
    }

    private func isAtomic(_ state: Int) -> Bool { nodes[state].kind == .atomic || nodes[state].kind == .final }
    private func children(_ state: Int) -> [Int] { nodes[state].children.filter { isState($0) } }

    private func ancestors(_ state: Int, below end: Int = -1) -> [Int] {
        var result: [Int] = []
        var holder = nodes[state].parent
        while holder >= 0, holder != end {
            result.append(holder)
            holder = nodes[holder].parent
        }
        return result
    }

    private func isDescendant(_ state: Int, _ ancestor: Int) -> Bool { ancestors(state).contains(ancestor) }

    private func isInFinalState(_ state: Int) -> Bool {
        switch nodes[state].kind {
        case .compound: children(state).contains { nodes[$0].kind == .final && configuration.contains($0) }
        case .parallel: children(state).allSatisfy { isInFinalState($0) }
        default: false
        }
    }

    private static func fits(_ descriptors: [String]?, _ event: String?) -> Bool {
        guard let event else { return descriptors == nil }
        return (descriptors ?? []).contains { $0 == "*" || $0 == event || event.hasPrefix($0 + ".") }
    }

    // MARK: - Selection

    private func select(_ event: String?) -> [Link] {
        var enabled: [Link] = []
        for state in configuration.sorted() where isAtomic(state) {
            loop: for holder in [state] + ancestors(state) {
                for link in nodes[holder].transitions where Self.fits(link.events, event) {
                    if let condition = link.condition, !configuration.contains(condition) { continue }
                    if !enabled.contains(link) { enabled.append(link) }
                    break loop
                }
            }
        }
        var filtered: [Link] = []
        for one in enabled {
            var isPreempted = false
            var removed: [Link] = []
            for other in filtered where !exitSet(one).isDisjoint(with: exitSet(other)) {
                if isDescendant(one.source, other.source) {
                    removed.append(other)
                } else {
                    isPreempted = true
                    break
                }
            }
            if isPreempted { continue }
            filtered.removeAll { removed.contains($0) }
            filtered.append(one)
        }
        return filtered
    }

    private func effective(_ targets: [Int]) -> [Int] {
        targets.flatMap { target in
            if isState(target) { return [target] }
            return memory[target] ?? effective(nodes[target].transitions[0].targets)
        }
    }

    private func domain(_ link: Link) -> Int? {
        guard !link.targets.isEmpty else { return nil }
        let targets = effective(link.targets)
        if link.place < 0 { return 0 }
        return ancestors(link.source).first { holder in
            (nodes[holder].kind == .compound) && targets.allSatisfy { isDescendant($0, holder) }
        }
    }

    private func exitSet(_ link: Link) -> Set<Int> {
        guard let domain = domain(link) else { return [] }
        return configuration.filter { isDescendant($0, domain) }
    }

    // MARK: - Microstep

    private mutating func run(_ actions: [Action]) {
        for case .log(let word, _) in actions { said.append(word) }
    }

    private mutating func microstep(_ enabled: [Link]) throws {
        microsteps += 1
        if microsteps > Chart.microstepLimit { throw TooLong() }
        let leaving = enabled.reduce(into: Set<Int>()) { $0.formUnion(exitSet($1)) }
        for state in leaving {
            for history in nodes[state].children where !isState(history) {
                let isDeep = nodes[history].kind == .history(deep: true)
                memory[history] = configuration.sorted().filter { other in
                    isDeep ? isAtomic(other) && isDescendant(other, state) : nodes[other].parent == state
                }
            }
        }
        for state in leaving.sorted(by: >) {
            run(nodes[state].exit)
            configuration.remove(state)
        }
        for action in enabled.flatMap(\.actions) {
            if action.hasPrefix("!") { queue.append(String(action.dropFirst())) } else { said.append(action) }
        }
        try enter(enabled)
    }

    private mutating func enter(_ enabled: [Link]) throws {
        var entered: Set<Int> = []
        for link in enabled {
            for target in link.targets { addDescendants(target, &entered) }
            guard let domain = domain(link) else { continue }
            for target in effective(link.targets) { addAncestors(target, domain, &entered) }
        }
        for state in entered.sorted() {
            configuration.insert(state)
            run(nodes[state].entry)
            guard nodes[state].kind == .final else { continue }
            let parent = nodes[state].parent
            if parent == 0 {
                isRunning = false
                continue
            }
            queue.append("done.state." + nodes[parent].id)
            let holder = nodes[parent].parent
            if nodes[holder].kind == .parallel, children(holder).allSatisfy({ isInFinalState($0) }) {
                queue.append("done.state." + nodes[holder].id)
            }
        }
    }

    private func addDescendants(_ state: Int, _ entered: inout Set<Int>) {
        guard isState(state) else {
            let targets = memory[state] ?? nodes[state].transitions[0].targets
            for target in targets { addDescendants(target, &entered) }
            for target in targets { addAncestors(target, nodes[state].parent, &entered) }
            return
        }
        entered.insert(state)
        if nodes[state].kind == .compound {
            for target in nodes[state].initial { addDescendants(target, &entered) }
            for target in nodes[state].initial { addAncestors(target, state, &entered) }
        } else if nodes[state].kind == .parallel {
            addRegions(state, &entered)
        }
    }

    private func addAncestors(_ state: Int, _ ancestor: Int, _ entered: inout Set<Int>) {
        for holder in ancestors(state, below: ancestor) {
            entered.insert(holder)
            if nodes[holder].kind == .parallel { addRegions(holder, &entered) }
        }
    }

    private func addRegions(_ state: Int, _ entered: inout Set<Int>) {
        for child in children(state) where !entered.contains(where: { isDescendant($0, child) }) {
            addDescendants(child, &entered)
        }
    }
}
