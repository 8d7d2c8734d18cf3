import CEL

/// One round of leaving, acting and entering.
extension Run {
    /// Leaves, acts, enters: `microstep`.
    mutating func microstep(_ enabled: [Int]) throws(StepFailure) {
        microsteps += 1
        if microsteps > Chart.microstepLimit - 100 { trail.append(enabled) }
        if microsteps > Chart.microstepLimit { throw .endless(cycle: cycle()) }
        var exit = Bits(room: engine.shape.count)
        var exits: [Bits] = []
        // The domains are those of the moment before: leaving states changes what history states remember.
        var domains: [Int?] = []
        for transition in enabled {
            let own = exitSet(transition)
            exit = exit | own
            exits.append(own)
            domains.append(engine.usesHistory[transition] ? domain(transition) : nil)
        }
        remember(exit)
        var leaving = exit
        while let state = leaving.popLast() {
            try leave(state)
            configuration.remove(state)
            toStart.remove(state)
        }
        for transition in enabled where !engine.actions[transition].isEmpty { try execute(engine.actions[transition]) }
        var entry = EntrySet<Bits>(room: engine.shape.count)
        for (index, transition) in enabled.enumerated() {
            let own = entrySet(transition, below: domains[index])
            outcome.taken.append(
                Taken(tag: engine.tags[transition], exited: exits[index].descending, entered: own.states.ascending))
            entry.states = entry.states | own.states
            entry.defaults = entry.defaults | own.defaults
            entry.histories += own.histories
        }
        try enter(entry)
    }

    private func entrySet(_ transition: Int, below domain: Int?) -> EntrySet<Bits> {
        var entry = EntrySet<Bits>(room: engine.shape.count)
        if let domain {
            engine.shape.enter(engine.blueprint.links[transition].targets, below: domain, recalling: history, &entry)
            // From within its parent a history state may lead below the domain; what was not left is not entered again. (The
            // published algorithm would run the entry blocks twice.)
            entry.states = entry.states.subtracting(configuration)
            entry.defaults = entry.defaults & entry.states
        } else {
            entry.states = engine.routes[transition].entry
            entry.defaults = engine.defaults[transition]
        }
        return entry
    }

    private mutating func remember(_ exit: Bits) {
        var states = exit
        while let state = states.popFirst() {
            for historyState in engine.histories[state] {
                guard let index = engine.shape.historyIndex[historyState] else { continue }
                let room = engine.shape.count
                if history.isEmpty {
                    history = Array(repeating: Bits(room: room), count: engine.shape.historyIndex.compactMap { $0 }.count)
                }
                var remembered = Bits(room: room)
                var active = configuration & engine.shape.within[state]
                let isDeep = engine.shape.kinds[historyState] == .history(deep: true)
                while let other = active.popFirst() {
                    let kind = engine.shape.kinds[other]
                    let fits = isDeep ? kind == .atomic || kind == .final : engine.shape.parents[other] == state
                    if fits { remembered.insert(other) }
                }
                history[index] = remembered
            }
        }
    }

    /// Runs the exit blocks of a state and stops the charts that it started.
    mutating func leave(_ state: Int) throws(StepFailure) {
        for block in engine.exitBlocks[state] { try execute(block) }
        guard engine.invokers.contains(state), !toStart.contains(state) else { return }
        for place in engine.blueprint.tree.nodes[state].definition.invocations.indices {
            outcome.stopped.append(invocationID(state, place))
        }
    }

    /// Enters states in document order: `enterStates`.
    mutating func enter(_ entry: EntrySet<Bits>) throws(StepFailure) {
        var states = entry.states
        while let state = states.popFirst() {
            configuration.insert(state)
            if engine.invokers.contains(state) { toStart.insert(state) }
            if !engine.lateMarks.isEmpty { bindLate(state) }
            for block in engine.entryBlocks[state] { try execute(block) }
            if entry.defaults.contains(state), !engine.blueprint.initialActions[state].isEmpty {
                try execute(engine.blueprint.initialActions[state])
            }
            for historyState in entry.histories where engine.shape.parents[historyState] == state {
                try execute(engine.blueprint.initialActions[historyState])
            }
            if engine.shape.kinds[state] == .final { end(in: state) }
        }
    }

    /// A final state was entered: its parent is done, and perhaps the parallel state around that.
    private mutating func end(in state: Int) {
        let parent = engine.shape.parents[state]
        let data = doneData(engine.blueprint.tree.nodes[state].definition.doneData)
        guard parent != 0 else {
            isFinished = true
            outcome.result = data
            return
        }
        raiseDone(parent, data ?? .null)
        let holder = engine.shape.parents[parent]
        if engine.shape.kinds[holder] == .parallel, engine.shape.isDone(holder, in: configuration) { raiseDone(holder, .null) }
    }

    private mutating func raiseDone(_ state: Int, _ data: Value) {
        guard let number = engine.doneEvents[state] else { return }
        let name = "done.state.\(engine.blueprint.tree.nodes[state].id)"
        queue.append((Event(name, data: data, source: .platform), number))
    }

    /// The states of the shortest cycle with which the trail ends, in the order of the round, the first in the document first.
    private func cycle() -> [String] {
        let length = (1...trail.count / 2).first { length in
            (length..<trail.count).allSatisfy { trail[$0] == trail[$0 - length] }
        }
        var round: [Int] = []
        for transition in trail.suffix(length ?? trail.count).joined() {
            let link = engine.blueprint.links[transition]
            for state in link.targets.isEmpty ? [link.source] : link.targets where !round.contains(state) {
                round.append(state)
            }
        }
        let start = round.indices.min { round[$0] < round[$1] } ?? 0
        return (round[start...] + round[..<start]).map { engine.blueprint.tree.nodes[$0].id }
    }
}
