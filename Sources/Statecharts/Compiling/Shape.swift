/// How a chart's states lie in each other, and what follows from that alone: the domain of a transition and the states that it
/// enters.
struct Shape<Bits: StateBits>: Sendable {
    let count: Int
    let kinds: [StateKind]
    let parents: [Int]
    /// Without history states.
    let children: [[Int]]
    /// All that lies within a state, itself left out.
    let within: [Bits]
    /// Where a compound state starts; for a history state: its default.
    let initialTargets: [[Int]]
    /// The place of a history state among them all.
    let historyIndex: [Int?]
    /// A state is done when each of these sets holds an active state; nil: it never is.
    let doneSets: [[Bits]?]

    init(_ blueprint: Blueprint) {
        let nodes = blueprint.tree.nodes
        count = nodes.count
        kinds = nodes.map(\.kind)
        parents = nodes.map(\.parent)
        children = nodes.map(\.children)
        initialTargets = blueprint.initialTargets
        within = nodes.indices.map { number in
            var set = Bits(room: nodes.count)
            for state in number + 1..<max(number + 1, nodes[number].end) { set.insert(state) }
            return set
        }
        var index = 0
        historyIndex = nodes.map { node in
            guard node.isHistory else { return nil }
            index += 1
            return index - 1
        }
        doneSets = Self.doneSets(of: nodes)
    }

    /// A compound state is done with one of its final children, a parallel state with all of its regions. The sets of children are
    /// there before their parents ask for them, as those are looked at from behind.
    private static func doneSets(of nodes: [Tree.Node]) -> [[Bits]?] {
        var sets = [[Bits]?](repeating: nil, count: nodes.count)
        for (number, node) in nodes.enumerated().reversed() {
            if node.kind == .compound {
                let finals = node.children.filter { nodes[$0].kind == .final }
                guard !finals.isEmpty else { continue }
                var set = Bits(room: nodes.count)
                for state in finals { set.insert(state) }
                sets[number] = [set]
            } else if node.kind == .parallel {
                let regions = node.children.compactMap { sets[$0] }
                if regions.count == node.children.count { sets[number] = regions.flatMap { $0 } }
            }
        }
        return sets
    }

    func isDone(_ state: Int, in configuration: Bits) -> Bool {
        guard let sets = doneSets[state] else { return false }
        for set in sets where !set.intersects(configuration) { return false }
        return true
    }

    /// The innermost compound state that holds the source and all targets and is not left: `getTransitionDomain`. Nil without
    /// targets.
    func domain(of source: Int, to targets: [Int], isInternal: Bool) -> Int? {
        guard !targets.isEmpty else { return nil }
        if isInternal, kinds[source] == .compound, targets.allSatisfy({ within[source].contains($0) }) { return source }
        var ancestor = parents[source]
        while ancestor != 0 {
            if kinds[ancestor] == .compound, targets.allSatisfy({ within[ancestor].contains($0) }) { return ancestor }
            ancestor = parents[ancestor]
        }
        return 0
    }
}

/// The states that a transition enters: `computeEntrySet`.
struct EntrySet<Bits: StateBits> {
    var states: Bits
    /// Compound states that are entered by their own start, whose initial actions run.
    var defaults: Bits
    /// History states that remember nothing, whose default actions run.
    var histories: [Int] = []
    /// Whether a history state was asked: then the set holds for this one time only.
    var usesHistory = false

    init(room: Int) {
        states = Bits(room: room)
        defaults = Bits(room: room)
    }
}

extension Shape {
    /// The targets with history states replaced by what they remember: `getEffectiveTargetStates`.
    func effectiveTargets(_ targets: [Int], recalling memory: [Bits]) -> [Int] {
        targets.flatMap { target in
            guard let index = historyIndex[target] else { return [target] }
            if index < memory.count, !memory[index].isEmpty { return memory[index].ascending }
            return effectiveTargets(initialTargets[target], recalling: memory)
        }
    }

    /// Adds what is entered for the targets, below the domain. `memory` is what the history states remember, by their place.
    func enter(_ targets: [Int], below domain: Int, recalling memory: [Bits], _ entry: inout EntrySet<Bits>) {
        for target in targets { enterDown(target, memory, &entry) }
        for target in effectiveTargets(targets, recalling: memory) { enterUp(from: target, to: domain, memory, &entry) }
    }

    private func enterDown(_ state: Int, _ memory: [Bits], _ entry: inout EntrySet<Bits>) {
        switch kinds[state] {
        case .history:
            entry.usesHistory = true
            var remembered: [Int] = []
            if let index = historyIndex[state], index < memory.count { remembered = memory[index].ascending }
            if remembered.isEmpty {
                entry.histories.append(state)
                remembered = initialTargets[state]
            }
            for target in remembered { enterDown(target, memory, &entry) }
            for target in remembered { enterUp(from: target, to: parents[state], memory, &entry) }
        case .compound:
            entry.states.insert(state)
            entry.defaults.insert(state)
            for target in initialTargets[state] { enterDown(target, memory, &entry) }
            for target in effectiveTargets(initialTargets[state], recalling: memory) {
                enterUp(from: target, to: state, memory, &entry)
            }
        case .parallel:
            entry.states.insert(state)
            enterRegions(of: state, memory, &entry)
        case .atomic, .final: entry.states.insert(state)
        }
    }

    private func enterUp(from state: Int, to ancestor: Int, _ memory: [Bits], _ entry: inout EntrySet<Bits>) {
        var holder = parents[state]
        while holder != ancestor, holder != 0 {
            entry.states.insert(holder)
            if kinds[holder] == .parallel { enterRegions(of: holder, memory, &entry) }
            holder = parents[holder]
        }
    }

    private func enterRegions(of state: Int, _ memory: [Bits], _ entry: inout EntrySet<Bits>) {
        for region in children[state] where !entry.states.intersects(within[region]) { enterDown(region, memory, &entry) }
    }
}
