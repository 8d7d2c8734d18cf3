import CEL
import Statecharts
import Testing

/// Writes charts briefly: texts of expressions are compiled where they stand.
struct Sketch {
    var definition: ChartDefinition
    private let environment: Environment

    /// Variables with the texts of their first values.
    init(_ variables: KeyValuePairs<String, String> = [:], names: [String: Kind] = [:]) throws {
        definition = ChartDefinition(name: "sketch", variables: variables.map { Variable(name: $0.key) }, states: [])
        environment = definition.environment(over: Environment(names: names))
        for (index, pair) in variables.enumerated() { definition.variables[index].initial = try program(pair.value) }
    }

    func program(_ text: String) throws -> Program { try Program(text, in: environment) }

    func chart(start: String? = nil, _ states: StateDefinition...) throws -> Chart {
        try chart(start: start, states: states)
    }

    func chart(start: String? = nil, states: [StateDefinition], padding: Int = 0) throws -> Chart {
        var whole = definition
        whole.states = states + (0..<padding).map { StateDefinition(id: "unused\($0)") }
        whole.initial = start.map { InitialDefinition(targets: $0.split(separator: " ").map(String.init)) }
        return try Chart(whole)
    }

    /// A transition; `to` names targets with spaces between them, `event` nil is eventless, and several descriptors have spaces
    /// between them.
    func on(
        _ event: String?, if guard: String? = nil, to targets: String = "", isInternal: Bool = false, tag: Int = 0,
        _ actions: Action...
    ) throws -> TransitionDefinition {
        TransitionDefinition(
            on: event?.split(separator: " ").map(String.init), guard: try `guard`.map { try program($0) },
            to: targets.split(separator: " ").map(String.init), isInternal: isInternal, actions: actions, tag: tag)
    }

    func set(_ variable: String, _ text: String) throws -> Action { .assign(variable: variable, try program(text)) }
}

/// An action that leaves a word in the log.
func say(_ word: String) -> Action { .log(label: word, nil) }

func atomic(_ id: String, entry: [Action] = [], exit: [Action] = [], _ transitions: TransitionDefinition...) -> StateDefinition
{
    StateDefinition(id: id, entry: [entry], exit: [exit], transitions: transitions)
}

func final(_ id: String, entry: [Action] = [], data: Payload = .none) -> StateDefinition {
    StateDefinition(id: id, kind: .final, entry: [entry], doneData: data)
}

func history(_ id: String, deep: Bool = false, _ usual: TransitionDefinition...) -> StateDefinition {
    StateDefinition(id: id, kind: .history(deep: deep), transitions: usual)
}

func compound(
    _ id: String, start: String? = nil, entry: [Action] = [], exit: [Action] = [], on transitions: [TransitionDefinition] = [],
    _ states: StateDefinition...
) -> StateDefinition {
    let initial = start.map { InitialDefinition(targets: $0.split(separator: " ").map(String.init)) }
    return StateDefinition(
        id: id, kind: .compound, initial: initial, entry: [entry], exit: [exit], transitions: transitions, states: states)
}

func parallel(
    _ id: String, entry: [Action] = [], exit: [Action] = [], on transitions: [TransitionDefinition] = [],
    _ states: StateDefinition...
) -> StateDefinition {
    StateDefinition(id: id, kind: .parallel, entry: [entry], exit: [exit], transitions: transitions, states: states)
}

/// One line of a transcript: what is put in (an event; `+20`: so many milliseconds pass; `~`: a wake; empty: the start), the atomic
/// states that are active then, and the words said meanwhile, if they matter.
struct Line {
    var input: String
    var states: String
    var said: String?

    init(_ input: String, _ states: String, said: String? = nil) {
        self.input = input
        self.states = states
        self.said = said
    }
}

/// Plays a transcript in each size of engine, and against the short path as well.
func play(
    _ sketch: Sketch, start: String? = nil, _ states: [StateDefinition], _ lines: [Line], others: [String: Chart] = [:],
    at location: SourceLocation = #_sourceLocation
) throws {
    for padding in [0, 70, 150] {
        let chart = try sketch.chart(start: start, states: states, padding: padding)
        try playByStep(chart, lines, others, location)
        try playInAHurry(chart, lines, location)
    }
}

private func playByStep(_ chart: Chart, _ lines: [Line], _ others: [String: Chart], _ location: SourceLocation) throws {
    var rehearsal = try Rehearsal(chart, others: others)
    var seen = 0
    for line in lines {
        if line.input.hasPrefix("+") {
            try rehearsal.advance(by: Int(line.input.dropFirst()) ?? 0)
        } else if line.input == "~" {
            try rehearsal.wake()
        } else if !line.input.isEmpty {
            try rehearsal.hear(Event(line.input))
        }
        let said = rehearsal.outcomes[seen...].flatMap(\.log).map(\.label).joined(separator: " ")
        seen = rehearsal.outcomes.count
        let found = rehearsal.activeStates.joined(separator: " ")
        #expect(found == line.states, "after `\(line.input)`", sourceLocation: location)
        if let words = line.said { #expect(said == words, "after `\(line.input)`", sourceLocation: location) }
    }
}

/// `advance` must come to what `step` comes to, instance for instance.
private func playInAHurry(_ chart: Chart, _ lines: [Line], _ location: SourceLocation) throws {
    var slow = try chart.start().instance
    for line in lines where !line.input.isEmpty && !line.input.hasPrefix("+") && line.input != "~" {
        var quick = slow
        let event = Event(line.input)
        let progress = chart.eventNumber(line.input).map { chart.advance(&quick, $0) } ?? .declined
        let before = slow
        let outcome = try chart.step(&slow, event)
        #expect(quick == (progress == .declined ? before : slow), "`advance` after `\(line.input)`", sourceLocation: location)
        if progress == .ignored { #expect(outcome.isEmpty, sourceLocation: location) }
        if progress == .moved { #expect(!outcome.taken.isEmpty && outcome.log.isEmpty, sourceLocation: location) }
    }
}
