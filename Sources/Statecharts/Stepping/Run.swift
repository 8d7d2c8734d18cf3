import CEL

/// One step under way: the general path of the algorithm, with its queue of internal events and all that it gathers.
struct Run<Bits: StateBits> {
    let engine: Engine<Bits>
    let world: any World
    var configuration: Bits { didSet { inside = nil } }
    var variables: [Value]
    var history: [Bits]
    var isFinished: Bool
    /// The event that `_event` tells of.
    var event: Event? { didSet { inside = nil } }
    var outcome = Outcome()

    var queue: [(event: Event, number: Int)] = []
    var heard = 0
    private var inside: StepWorld<Bits>?
    var microsteps = 0
    private var actions = 0
    /// Guards that have raised their error: a guard that is tried again and again raises it once for each event from outside.
    var failedGuards: [Int] = []
    /// The transitions of the last microsteps before the limit.
    var trail: [[Int]] = []
    var toStart: Bits

    init(_ engine: Engine<Bits>, _ instance: Instance, in world: any World) {
        self.engine = engine
        self.world = world
        configuration = Bits(instance.states)
        variables = instance.variables
        history = instance.history.map { Bits($0) }
        isFinished = instance.isFinished
        toStart = Bits(room: engine.shape.count)
    }

    /// What has become of the instance.
    var instance: Instance {
        Instance(
            states: configuration.set, variables: variables, history: history.map(\.set), isFinished: isFinished)
    }

    /// The world in which the chart's own expressions are evaluated.
    mutating func innerWorld() -> StepWorld<Bits> {
        let inner = inside ?? StepWorld(engine, over: world, event: event, configuration: configuration)
        inside = inner
        // Held a second time, the variables would be copied when one is set: only conditions are worth that.
        if !engine.blueprint.conditions.isEmpty { inner.variables = variables }
        return inner
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
}
