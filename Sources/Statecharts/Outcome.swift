import CEL

/// What a step did and what it wants done, in the order in which it came up.
public struct Outcome: Sendable, Hashable {
    public var effects: [Effect] = []
    /// The transitions taken, microstep by microstep.
    public var taken: [Taken] = []
    public var log: [LogLine] = []
    /// Events to be delivered by the caller after their delay; those taken back in the same step are not among them.
    public var sent: [Sent] = []
    /// Ids of events sent by earlier steps that are not to be delivered. Cancel first, then queue what was sent.
    public var cancelled: [String] = []
    /// Other charts to be started, to be stopped, and events to be passed on to them.
    public var started: [StartedChart] = []
    public var stopped: [String] = []
    public var forwarded: [Forwarded] = []
    /// Expressions that failed; each raised `error.execution`.
    public var failures: [ExpressionFailure] = []
    /// What the chart's top final state hands out, once it has ended with data.
    public var result: Value?

    public init() {}

    /// Whether the step did nothing at all: no transition fitted and nothing failed.
    public var isEmpty: Bool { self == Outcome() }
}

/// Something that the caller is to do.
public struct Effect: Sendable, Hashable {
    /// The caller's number for it, from `Action.effect`.
    public var tag: Int
    public var values: [Value]

    public init(tag: Int, values: [Value]) {
        self.tag = tag
        self.values = values
    }
}

/// A transition that was taken.
public struct Taken: Sendable, Hashable {
    /// The caller's number for it; nil: the chart's start.
    public var tag: Int?
    /// Numbers of the states left, in that order: children before parents.
    public var exited: [Int]
    /// Numbers of the states entered, in that order: parents before children.
    public var entered: [Int]

    public init(tag: Int?, exited: [Int], entered: [Int]) {
        self.tag = tag
        self.exited = exited
        self.entered = entered
    }
}

/// A line for a log.
public struct LogLine: Sendable, Hashable {
    public var label: String
    public var value: Value?

    public init(label: String, value: Value?) {
        self.label = label
        self.value = value
    }
}

/// An event to be delivered by the caller.
public struct Sent: Sendable, Hashable {
    public var event: Event
    /// In milliseconds; 0: after this step, behind what waits already.
    public var delay: Int
    public var id: String?
    /// Nil: the chart that sent it.
    public var target: String?

    public init(event: Event, delay: Int, id: String? = nil, target: String? = nil) {
        self.event = event
        self.delay = delay
        self.id = id
        self.target = target
    }
}

/// Another chart to be started by the caller.
public struct StartedChart: Sendable, Hashable {
    public var id: String
    /// The caller's number for it, from `InvocationDefinition`.
    public var tag: Int
    public var chart: String
    public var data: Value

    public init(id: String, tag: Int, chart: String, data: Value) {
        self.id = id
        self.tag = tag
        self.chart = chart
        self.data = data
    }
}

/// An event to be passed on to a started chart.
public struct Forwarded: Sendable, Hashable {
    public var invocation: String
    public var event: Event

    public init(invocation: String, event: Event) {
        self.invocation = invocation
        self.event = event
    }
}

/// An expression that failed while a step ran.
public struct ExpressionFailure: Sendable, Hashable, CustomStringConvertible {
    /// The text of the expression, or the words for what failed.
    public var expression: String
    public var message: String
    /// The transition whose guard it was; nil: an action.
    public var transition: Int?

    public init(expression: String, message: String, transition: Int? = nil) {
        self.expression = expression
        self.message = message
        self.transition = transition
    }

    public var description: String { "`\(expression)`: \(message)" }
}
