import CEL

/// A chart run in a time of its own, which stands still until it is moved on: it delivers what the chart sends, after its delay,
/// and runs the charts that it starts. For tests and for trying a chart out.
public struct Rehearsal {
    /// Events delivered by one call.
    public static let eventLimit = 10_000

    private struct Waiting {
        var due: Int
        var event: Event
    }

    public let chart: Chart
    public private(set) var instance: Instance
    /// In milliseconds from the start.
    public private(set) var now = 0
    /// What each step did, from the start.
    public private(set) var outcomes: [Outcome]
    private let world: any World
    /// The charts that may be started, by the name that invocations call them.
    private let others: [String: Chart]
    private var waiting: [Waiting] = []
    private var started: [String: Rehearsal] = [:]
    /// What was sent to the chart that started this one.
    private var toParent: [Event] = []

    /// Starts the chart and delivers what is due at once.
    public init(
        _ chart: Chart, with values: [String: Value] = [:], in world: any World = EmptyWorld(), others: [String: Chart] = [:]
    ) throws(StepFailure) {
        try self.init(chart, with: values, in: world, others: others, at: 0)
    }

    private init(
        _ chart: Chart, with values: [String: Value], in world: any World, others: [String: Chart], at now: Int
    ) throws(StepFailure) {
        self.chart = chart
        self.world = world
        self.others = others
        self.now = now
        let (instance, outcome) = try chart.start(with: values, in: world)
        self.instance = instance
        outcomes = [outcome]
        try take(outcome)
        try advance(to: now)
    }

    /// The active atomic states by id, in document order.
    public var activeStates: [String] { instance.activeStates(chart) }

    /// Delivers an event now, then what it leads to at once.
    public mutating func hear(_ event: Event) throws(StepFailure) {
        waiting.append(Waiting(due: now, event: event))
        try advance(to: now)
    }

    /// Lets go of what past steps did, so that a long rehearsal does not grow.
    public mutating func forgetOutcomes() { outcomes = [] }

    /// Tries the eventless transitions.
    public mutating func wake() throws(StepFailure) {
        try deliver(nil)
        try advance(to: now)
    }

    /// Moves the time on and delivers all that falls due, in order: first what is due first, then what was sent first.
    public mutating func advance(by milliseconds: Int) throws(StepFailure) {
        try advance(to: now + max(0, milliseconds))
    }

    private mutating func advance(to end: Int) throws(StepFailure) {
        var delivered = 0
        listenToStarted()
        while let due = nextDue, due <= end {
            delivered += 1
            guard delivered <= Self.eventLimit else { throw .tooManyEvents }
            now = max(now, due)
            for id in started.keys.sorted() { try started[id]?.advance(to: now) }
            listenToStarted()
            let next = waiting.indices.min { waiting[$0].due < waiting[$1].due }
            if let next, waiting[next].due <= now { try deliver(waiting.remove(at: next).event) }
            listenToStarted()
        }
        now = max(now, end)
    }

    /// When something happens next, here or in a started chart.
    private var nextDue: Int? {
        (waiting.map(\.due) + started.values.compactMap(\.nextDue)).min()
    }

    private mutating func deliver(_ event: Event?) throws(StepFailure) {
        let outcome = try chart.step(&instance, event, in: world)
        outcomes.append(outcome)
        try take(outcome)
    }

    private mutating func take(_ outcome: Outcome) throws(StepFailure) {
        waiting.removeAll { waiting in waiting.event.sendID.map(outcome.cancelled.contains) ?? false }
        for id in outcome.stopped { started[id] = nil }
        for sent in outcome.sent { try dispatch(sent) }
        for forwarded in outcome.forwarded { try started[forwarded.invocation]?.hear(forwarded.event) }
        for start in outcome.started { try begin(start) }
    }

    private mutating func dispatch(_ sent: Sent) throws(StepFailure) {
        switch sent.target {
        case nil: waiting.append(Waiting(due: now + sent.delay, event: sent.event))
        case "#_parent": toParent.append(sent.event)
        case .some(let target):
            let id = String(target.dropFirst(2))
            if target.hasPrefix("#_"), started[id] != nil {
                try started[id]?.hear(sent.event)
            } else {
                reject("there is nothing at `\(target)`", sendID: sent.id)
            }
        }
    }

    private mutating func begin(_ start: StartedChart) throws(StepFailure) {
        guard let other = others[start.chart] else { return reject("there is no chart `\(start.chart)`", invocation: start.id) }
        var values: [String: Value] = [:]
        if case .map(let fields) = start.data {
            for case (.string(let name), let value) in fields { values[name] = value }
        }
        started[start.id] = try Rehearsal(other, with: values, in: world, others: others, at: now)
    }

    /// Takes what the started charts say, and that they have ended.
    private mutating func listenToStarted() {
        for id in started.keys.sorted() {
            for var event in started[id]?.toParent ?? [] {
                event.invocation = id
                waiting.append(Waiting(due: now, event: event))
            }
            started[id]?.toParent = []
            guard let child = started[id], child.instance.isFinished else { continue }
            started[id] = nil
            let result = child.outcomes.lazy.compactMap(\.result).first ?? .null
            waiting.append(Waiting(due: now, event: Event("done.invoke.\(id)", data: result, invocation: id)))
        }
    }

    private mutating func reject(_ reason: String, sendID: String? = nil, invocation: String? = nil) {
        let event = Event(
            "error.communication", data: .string(reason), source: .platform, sendID: sendID, invocation: invocation)
        waiting.append(Waiting(due: now, event: event))
    }
}
