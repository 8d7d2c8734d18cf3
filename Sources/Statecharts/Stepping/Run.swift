import CEL

/// One step under way: the general path of the algorithm, with its queue of internal events and all that it gathers.
struct Run<Bits: StateBits> {
    let engine: Engine<Bits>
    let world: any World
    var configuration: Bits { didSet { inside = nil } }
    var variables: [Value]
    var history: [Bits]
    var serial: UInt32
    var isFinished: Bool
    /// The event that `_event` tells of.
    var event: Event? { didSet { inside = nil } }
    var outcome = Outcome()

    private var queue: [(event: Event, number: Int)] = []
    private var heard = 0
    private var inside: StepWorld<Bits>?
    private var microsteps = 0
    private var actions = 0
    /// Guards that have raised their error: a guard that is tried again and again raises it once for each event from outside.
    private var failedGuards: [Int] = []
    /// The transitions of the last microsteps before the limit.
    private var trail: [[Int]] = []
    private var toStart: Bits

    init(_ engine: Engine<Bits>, _ instance: Instance, in world: any World) {
        self.engine = engine
        self.world = world
        configuration = Bits(instance.states)
        variables = instance.variables
        history = instance.history.map { Bits($0) }
        serial = instance.serial
        isFinished = instance.isFinished
        toStart = Bits(room: engine.shape.count)
    }

    /// What has become of the instance.
    var instance: Instance {
        Instance(
            states: configuration.set, variables: variables, history: history.map(\.set), serial: serial, isFinished: isFinished
        )
    }

    /// The world in which the chart's own expressions are evaluated.
    mutating func innerWorld() -> StepWorld<Bits> {
        if let inside { return inside }
        let made = StepWorld(engine, over: world, event: event, configuration: configuration)
        inside = made
        return made
    }

    // MARK: - Events

    /// An event of the chart's own; one that no transition can take is left out.
    mutating func raise(_ event: Event) {
        let number = engine.events.number(of: event.name)
        if engine.events.isHeard(number) { queue.append((event, number)) }
    }

    /// Notes that an expression failed, and raises `error.execution`.
    mutating func fail(_ expression: String, _ error: EvaluationError, transition: Int? = nil) {
        outcome.failures.append(
            ExpressionFailure(expression: expression, message: error.message, transition: transition))
        raise(Event("error.execution", data: .string(error.message), source: .platform))
    }

    /// Counts an action against the limit.
    mutating func count() throws(StepFailure) {
        actions += 1
        if actions > Chart.actionLimit { throw .tooManyActions }
    }

    private mutating func nextInternal() -> Int? {
        guard heard < queue.count else { return nil }
        heard += 1
        event = queue[heard - 1].event
        return queue[heard - 1].number
    }

    // MARK: - The main loop

    mutating func start() throws(StepFailure) {
        var entry = EntrySet<Bits>(room: engine.shape.count)
        let targets = engine.blueprint.initialTargets[0]
        engine.shape.enter(targets, below: 0, recalling: [], &entry)
        configuration.insert(0)
        try execute(engine.blueprint.initialActions[0])
        outcome.taken.append(Taken(tag: nil, exited: [], entered: entry.states.ascending))
        try enter(entry)
        try settle()
    }

    mutating func hear(_ event: Event) throws(StepFailure) {
        self.event = event
        try tellStartedCharts(event)
        let enabled = select(engine.events.number(of: event.name))
        if !enabled.isEmpty { try microstep(enabled) }
        try settle()
    }

    /// Takes eventless transitions and hears internal events until there is nothing left to do.
    mutating func settle() throws(StepFailure) {
        repeat {
            while !isFinished {
                var enabled = select(EventTable<Bits>.eventless)
                if enabled.isEmpty {
                    guard let number = nextInternal() else { break }
                    enabled = select(number)
                }
                if !enabled.isEmpty { try microstep(enabled) }
            }
            guard !isFinished else { return try finish() }
            try startCharts()
        } while heard < queue.count
    }

    /// The exit blocks of what is active still run when the chart ends; the configuration stays, to be read.
    private mutating func finish() throws(StepFailure) {
        var active = configuration
        while let state = active.popLast() { try leave(state) }
    }

    // MARK: - Selection

    /// The transitions that the event enables, conflicts removed: `selectTransitions`.
    mutating func select(_ event: Int) -> [Int] {
        var leaves = engine.events.leaves[event] & configuration
        var enabled: [Int] = []
        while let leaf = leaves.popFirst() {
            let span = engine.events.spans[event * engine.shape.count + leaf]
            for index in Int(span.start)..<Int(span.end) {
                let transition = Int(engine.events.candidates[index])
                guard passes(transition) else { continue }
                if !enabled.contains(transition) { enabled.append(transition) }
                break
            }
        }
        return enabled.count > 1 ? withoutConflicts(enabled) : enabled
    }

    private mutating func passes(_ transition: Int) -> Bool {
        let route = engine.routes[transition]
        guard route.guard >= 0 else { return true }
        let answer = engine.guards[Int(route.guard)](variables, route.looksInside ? innerWorld() : world)
        switch answer {
        case .yes: return true
        case .no: return false
        case .failed(let error):
            if !failedGuards.contains(transition) {
                failedGuards.append(transition)
                let definition = engine.blueprint.links[transition].definition
                fail(definition.guard?.text ?? "", error, transition: definition.tag)
            }
            return false
        }
    }

    /// Of two transitions that would leave the same state, the one from further inside stays, else the one that came first:
    /// `removeConflictingTransitions`.
    private func withoutConflicts(_ enabled: [Int]) -> [Int] {
        var kept: [(transition: Int, exit: Bits)] = []
        for transition in enabled {
            let exit = exitSet(transition)
            var rivals: [Int] = []
            var isInside = true
            for other in kept where other.exit.intersects(exit) {
                rivals.append(other.transition)
                let isDeeper = engine.shape.within[engine.sources[other.transition]].contains(engine.sources[transition])
                isInside = isInside && isDeeper
            }
            guard isInside else { continue }
            if !rivals.isEmpty { kept.removeAll { rivals.contains($0.transition) } }
            kept.append((transition, exit))
        }
        return kept.map(\.transition)
    }

    private func domain(_ transition: Int) -> Int? {
        let link = engine.blueprint.links[transition]
        let targets = engine.shape.effectiveTargets(link.targets, recalling: history)
        return engine.shape.domain(of: link.source, to: targets, isInternal: link.definition.isInternal)
    }

    private func exitSet(_ transition: Int) -> Bits {
        guard engine.usesHistory[transition] else { return engine.routes[transition].exit & configuration }
        return domain(transition).map { engine.shape.within[$0] & configuration } ?? Bits(room: engine.shape.count)
    }

    // MARK: - Microstep

    private mutating func microstep(_ enabled: [Int]) throws(StepFailure) {
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

    private mutating func leave(_ state: Int) throws(StepFailure) {
        for block in engine.exitBlocks[state] { try execute(block) }
        guard engine.invokers.contains(state), !toStart.contains(state) else { return }
        for place in engine.blueprint.tree.nodes[state].definition.invocations.indices {
            outcome.stopped.append(invocationID(state, place))
        }
    }

    private mutating func enter(_ entry: EntrySet<Bits>) throws(StepFailure) {
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
        let data = payload(engine.blueprint.tree.nodes[state].definition.doneData, orNothing: true)
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

    // MARK: - Started charts

    func invocationID(_ state: Int, _ place: Int) -> String {
        let node = engine.blueprint.tree.nodes[state]
        return node.definition.invocations[place].id ?? "\(node.id).\(place + 1)"
    }

    private mutating func startCharts() throws(StepFailure) {
        while let state = toStart.popFirst() {
            for (place, invocation) in engine.blueprint.tree.nodes[state].definition.invocations.enumerated() {
                start(invocation, id: invocationID(state, place))
            }
        }
    }

    private mutating func tellStartedCharts(_ event: Event) throws(StepFailure) {
        var active = engine.invokers & configuration
        while let state = active.popFirst() {
            for (place, invocation) in engine.blueprint.tree.nodes[state].definition.invocations.enumerated() {
                let id = invocationID(state, place)
                if event.invocation == id { try execute(invocation.finalize) }
                if invocation.isForwarding { outcome.forwarded.append(Forwarded(invocation: id, event: event)) }
            }
        }
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
