import CEL

/// The engine's answers, each by a run of the general path.
extension Engine {
    func start(with values: [String: Value], in world: any World) throws(StepFailure) -> (Instance, Outcome) {
        var run = Run(self, Instance(states: Bits(room: shape.count).set, variables: []), in: world)
        run.bind(values)
        try run.start()
        return (run.instance, run.outcome)
    }

    func step(_ instance: inout Instance, _ event: Event?, in world: any World) throws(StepFailure) -> Outcome {
        guard !instance.isFinished else { return Outcome() }
        var run = Run(self, instance, in: world)
        if let event { try run.hear(event) } else { try run.settle() }
        instance = run.instance
        return run.outcome
    }

    func selection(of event: Event?, in instance: Instance, world: any World) -> [Int] {
        guard !instance.isFinished else { return [] }
        var run = Run(self, instance, in: world)
        run.event = event
        let number = event.map { events.number(of: $0.name) } ?? EventTable<Bits>.eventless
        return run.select(number).map { blueprint.links[$0].definition.tag }
    }

    /// The instance with these atomic states, and those around them, active.
    func restore(_ leaves: [Int], _ variables: [Value], _ memory: [Int: [Int]]) throws(RestoreFailure) -> Instance {
        var configuration = Bits(room: shape.count)
        configuration.insert(0)
        for leaf in leaves {
            var state = leaf
            while state != 0 {
                configuration.insert(state)
                state = shape.parents[state]
            }
        }
        if let wrong = faultyState(configuration) {
            let id = wrong == 0 ? "the chart" : "`\(blueprint.tree.nodes[wrong].id)`"
            throw RestoreFailure(
                description: "the states \(shape.kinds[wrong] == .parallel ? "leave out a region" : "do not fit") in \(id)")
        }
        let history = memory.isEmpty ? [] : try restoreHistory(memory)
        let isFinished = leaves.contains { shape.kinds[$0] == .final && shape.parents[$0] == 0 }
        return Instance(
            states: configuration.set, variables: complete(variables), history: history.map(\.set), isFinished: isFinished)
    }

    private func restoreHistory(_ memory: [Int: [Int]]) throws(RestoreFailure) -> [Bits] {
        let tree = blueprint.tree
        var history = shape.historyIndex.compactMap { $0 }.map { _ in Bits(room: shape.count) }
        for (state, remembered) in memory {
            guard let index = shape.historyIndex[state] else { continue }
            for (place, other) in remembered.enumerated() {
                let isWithin = tree.isDescendant(other, of: shape.parents[state]) && !tree.nodes[other].isHistory
                guard isWithin, remembered[..<place].allSatisfy({ tree.areInDistinctRegions($0, other) }) else {
                    throw RestoreFailure(description: "`\(tree.nodes[state].id)` cannot remember `\(tree.nodes[other].id)`")
                }
                history[index].insert(other)
            }
        }
        return history
    }

    /// An active state in which not exactly one child, or not each region, is active.
    private func faultyState(_ configuration: Bits) -> Int? {
        configuration.ascending.first { state in
            let active = shape.children[state].count { configuration.contains($0) }
            return switch shape.kinds[state] {
            case .compound: active != 1
            case .parallel: active != shape.children[state].count
            case .atomic, .final, .history: false
            }
        }
    }

    /// Variables that are missing are null; marks that are missing say that the variable is bound.
    private func complete(_ variables: [Value]) -> [Value] {
        let declared = blueprint.variables.count
        let marks = declared + lateMarks.count
        var all = variables.prefix(declared) + Array(repeating: .null, count: max(0, declared - variables.count))
        all += variables.dropFirst(declared).prefix(lateMarks.count)
        all += Array(repeating: .bool(true), count: marks - all.count)
        if serialSlot != nil { all.append(variables.count > marks ? variables[marks] : .int(0)) }
        return Array(all)
    }

    /// The start, if it is the same in every world: nothing is evaluated but constants, nothing is done.
    func quietStart() -> (Instance, Outcome)? {
        let constants = blueprint.variables.allSatisfy { $0.initial?.names.isEmpty ?? true }
        guard constants, lateSlots.isEmpty, blueprint.initialActions[0].isEmpty else { return nil }
        guard let (instance, outcome) = try? start(with: [:], in: EmptyWorld()), outcome.taken.count == 1 else { return nil }
        let configuration = Bits(instance.states)
        guard !instance.isFinished, outcome.failures.isEmpty, !configuration.intersects(invokers) else { return nil }
        guard !configuration.intersects(events.leaves[EventTable<Bits>.eventless]) else { return nil }
        let isQuiet = configuration.ascending.allSatisfy { state in
            entryBlocks[state].isEmpty && blueprint.initialActions[state].isEmpty
        }
        return isQuiet ? (instance, outcome) : nil
    }
}
