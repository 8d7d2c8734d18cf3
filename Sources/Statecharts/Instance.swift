import CEL

/// One run of a chart, between two events: a small value. It means something only together with its chart.
public struct Instance: Sendable, Hashable {
    /// The active states: atomic ones and all that hold them, the root 0 among them.
    public internal(set) var states: StateSet
    /// In the order of the chart's variables; behind them the chart may keep marks of its own. To be saved whole.
    public internal(set) var variables: [Value]
    /// What each history state remembers, in document order of the history states; empty until one remembers.
    var history: [StateSet]
    /// Whether a top final state was reached; then no event is heard any more.
    public internal(set) var isFinished: Bool

    init(states: StateSet, variables: [Value], history: [StateSet] = [], isFinished: Bool = false) {
        self.states = states
        self.variables = variables
        self.history = history
        self.isFinished = isFinished
    }

    /// The ids of the active atomic states in document order.
    public func activeStates(_ chart: Chart) -> [String] {
        states.numbers.filter { chart.states[$0].isLeaf }.map { chart.states[$0].id }
    }

    /// What the history states remember: ids of states by the id of the history state.
    public func history(_ chart: Chart) -> [String: [String]] {
        var memory: [String: [String]] = [:]
        for (index, set) in history.enumerated() {
            let remembered = set.numbers.map { chart.states[$0].id }
            if !remembered.isEmpty { memory[chart.states[chart.historyStates[index]].id] = remembered }
        }
        return memory
    }
}
