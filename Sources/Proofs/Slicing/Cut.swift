import CEL
import Statecharts
import Workflows

/// A workflow cut down to some of its regions and to the variables that the model follows, with its expressions put where the model
/// can answer for them.
///
/// A guard of the author's becomes the call `decided(N)`, so that an answer that the model does not know can be taken both ways;
/// a value becomes `valued(N)`, an argument of an effect `argued(N)`. Where a region is left out and something waits for the end of
/// them all, a region of its own stands for the rest, which may end at any time.
final class Cut {
    /// What an expression is there for.
    enum Purpose {
        /// Asked where something happens: unknown, it is taken both ways.
        case choosing
        /// Asked again and again until it holds (`once:`): unknown, it may come to hold at any later time.
        case waiting
        /// The new value of a variable, from among these where it is unknown.
        case value(of: [Value])
        case argument
    }

    struct Entry {
        var program: Program
        var purpose: Purpose
        /// In the author's words.
        var words: String
    }

    /// The event on which the region that stands for the rest ends.
    static let restEvent = "(rest)"

    let workflow: Workflow
    let chart: Chart
    let regions: Set<Int>
    let isComplete: Bool
    /// The variables followed, in the order of the chart's slots.
    let variables: [Workflows.Variable]
    let entries: [Entry]
    /// Conditions as the model evaluates them.
    let conditions: [String: Program]
    let rules: [Program?]
    let hasRest: Bool
    let numberOfVariable: [String: Int]
    /// What the expressions were compiled in.
    let environment: Environment
    /// The events that transitions within wait for.
    let heardWords: Set<String>
    /// States that cap what a person may do.
    let capped: [StateNote]

    fileprivate init(_ cutter: Cutter, _ chart: Chart, conditions: [String: Program], rules: [Program?]) {
        let anatomy = cutter.anatomy
        workflow = anatomy.workflow
        self.chart = chart
        regions = cutter.regions
        isComplete = cutter.regions.count == anatomy.regions.count
        variables = cutter.variables
        entries = cutter.entries
        self.conditions = conditions
        self.rules = rules
        hasRest = cutter.hasRest
        numberOfVariable = Dictionary(uniqueKeysWithValues: cutter.variables.enumerated().map { ($1.name, $0) })
        environment = cutter.environment
        let ids = Set(chart.states.map(\.id))
        heardWords = Set(
            anatomy.workflow.transitions.compactMap { note in
                guard case .event(let word) = note.trigger, ids.contains(anatomy.workflow.states[note.source].path) else {
                    return nil
                }
                return word
            })
        capped = anatomy.workflow.states.filter { $0.participation != nil && ids.contains($0.path) }
    }
}

/// Makes a cut.
struct Cutter {
    fileprivate let anatomy: Anatomy
    fileprivate let regions: Set<Int>
    fileprivate let variables: [Workflows.Variable]
    fileprivate let environment: Environment
    private let wrapping: Environment
    private let slotList: String
    private let words: Set<String>
    fileprivate private(set) var entries: [Cut.Entry] = []
    fileprivate private(set) var hasRest = false
    /// Whether every expression compiled again.
    private var isSound = true

    init(_ anatomy: Anatomy, regions: Set<Int>, following names: Set<String>, telling words: Set<String>) {
        self.words = words
        self.anatomy = anatomy
        self.regions = regions
        let followed = anatomy.workflow.variables.filter { names.contains($0.name) }
        variables = followed
        var inner = anatomy.workflow.environment
        for slot in inner.slots where !names.contains(slot.name) { inner.names[slot.name] = slot.kind }
        inner.slots = inner.slots.filter { names.contains($0.name) }
        environment = inner
        var outer = inner
        for name in ["decided", "valued", "argued"] {
            outer.functions.append(Environment.Function(name: name, parameters: [.int, .list(.dyn)], result: .dyn))
        }
        wrapping = outer
        slotList = inner.slots.map { "dyn(\($0.name))" }.joined(separator: ", ")
    }

    /// The cut; nil where the pieces do not make a chart, which is a fault of this program's.
    mutating func cut() -> Cut? {
        let source = anatomy.workflow.definition
        var definition = ChartDefinition(
            name: source.name,
            variables: source.variables.filter { variable in variables.contains { $0.name == variable.name } }.map(plain),
            states: source.states.map { state($0) }, initial: source.initial, origin: source.origin)
        definition.states = definition.states.map(untangled(Self.ids(of: definition.states)))
        guard isSound, let chart = try? Chart(definition) else { return nil }
        var conditions: [String: Program] = [:]
        for (name, condition) in anatomy.workflow.conditions { conditions[name] = compiled(condition.program) }
        return Cut(self, chart, conditions: conditions, rules: anatomy.workflow.rules.map { compiled($0.condition) })
    }

    private func plain(_ variable: Statecharts.Variable) -> Statecharts.Variable {
        var plain = variable
        plain.initial = variable.initial.flatMap { try? Program($0.text, in: Environment()) }
        return plain
    }

    private func compiled(_ program: Program) -> Program? { try? Program(program.text, in: environment) }

    /// A call that leads back to the expression; nil where it does not compile any more.
    private mutating func wrapped(_ text: String, _ function: String, _ purpose: Cut.Purpose) -> Program? {
        guard let program = program(text) else { return nil }
        entries.append(Cut.Entry(program: program, purpose: purpose, words: text))
        return kept(call(function, entries.count - 1))
    }

    /// The expression as the model evaluates it.
    private mutating func program(_ text: String) -> Program? {
        let program = try? Program(text, in: environment)
        if program == nil { isSound = false }
        return program
    }

    /// An expression that the chart evaluates.
    private mutating func kept(_ text: String) -> Program? {
        let program = try? Program(text, in: wrapping)
        if program == nil { isSound = false }
        return program
    }

    private func call(_ function: String, _ number: Int) -> String { "\(function)(\(number), [\(slotList)])" }
}

// States and transitions.
extension Cutter {
    private mutating func state(_ state: StateDefinition) -> StateDefinition {
        var cut = state
        cut.entry = state.entry.map { actions($0) }
        cut.exit = state.exit.map { actions($0) }
        cut.transitions = state.transitions.map { transition($0) }
        let isOutermost = anatomy.parallels.contains(state.id)
        let kept = state.states.filter { child in
            guard isOutermost, let region = anatomy.regions.firstIndex(where: { $0.path == child.id }) else { return true }
            return regions.contains(region)
        }
        cut.states = kept.map { self.state($0) }
        if kept.count < state.states.count, kept.isEmpty || anatomy.awaitedEnds.contains(state.id) {
            cut.states.append(rest(of: state))
        }
        return cut
    }

    /// The region that stands for those left out.
    private mutating func rest(of parallel: StateDefinition) -> StateDefinition {
        hasRest = true
        let id = parallel.id + "." + Cut.restEvent
        let gone = StateDefinition(id: id + ".gone", kind: .final, tag: -1)
        let ending = TransitionDefinition(on: [Cut.restEvent], to: [gone.id], tag: -1)
        let going = StateDefinition(id: id + ".going", transitions: [ending], tag: -1)
        return StateDefinition(id: id, kind: .compound, states: [going, gone], tag: -1)
    }

    private mutating func transition(_ transition: TransitionDefinition) -> TransitionDefinition {
        var cut = transition
        cut.actions = actions(transition.actions)
        guard let guardProgram = transition.guard, anatomy.workflow.transitions.indices.contains(transition.tag) else {
            return cut
        }
        cut.guard = guardCall(guardProgram.text, transition.tag)
        return cut
    }

    /// The guard led back to the model. What waits for the end of a state asks the chart itself, and the model only for the author's
    /// `if:`.
    private mutating func guardCall(_ text: String, _ tag: Int) -> Program? {
        let note = anatomy.workflow.transitions[tag]
        switch note.trigger {
        case .command, .event, .initial: return wrapped(text, "decided", .choosing)
        case .once, .moment:
            // Where another choice comes after it, it is taken or passed over when its time has come; else it may still come to hold.
            guard let question = note.question, isFollowed(tag) else { return wrapped(text, "decided", .waiting) }
            if text == question { return wrapped(text, "decided", .choosing) }
            return asking(Self.asked(text, before: question), .waiting, question)
        case .then:
            guard let question = note.question else { return kept(text) }
            if text == question { return wrapped(text, "decided", .choosing) }
            return asking(Self.asked(text, before: question), nil, question)
        }
    }

    /// What a guard asks before the author's own question: `(asked) && (question)`.
    private static func asked(_ text: String, before question: String) -> String {
        String(text.dropFirst().dropLast(question.utf8.count + ") && ()".utf8.count))
    }

    /// A guard in two parts: what has come to hold, asked of the model for a purpose or else of the chart, and the author's question.
    private mutating func asking(_ asked: String, _ purpose: Cut.Purpose?, _ question: String) -> Program? {
        var first = asked
        if let purpose {
            guard let program = program(asked) else { return nil }
            entries.append(Cut.Entry(program: program, purpose: purpose, words: asked))
            first = call("decided", entries.count - 1)
        }
        guard let program = program(question) else { return nil }
        entries.append(Cut.Entry(program: program, purpose: .choosing, words: question))
        return kept("(\(first)) && (\(call("decided", entries.count - 1)))")
    }

    /// Whether the same state has another choice for the same trigger after this one.
    private func isFollowed(_ tag: Int) -> Bool {
        let notes = anatomy.workflow.transitions
        return notes[(tag + 1)...].contains { $0.source == notes[tag].source && $0.trigger == notes[tag].trigger }
    }

    /// Takes out of targets what was cut away.
    private func untangled(_ ids: Set<String>) -> (StateDefinition) -> StateDefinition {
        { state in
            var state = state
            for index in state.transitions.indices {
                let targets = state.transitions[index].targets
                let kept = targets.filter(ids.contains)
                state.transitions[index].targets = kept.isEmpty ? targets.compactMap { self.nearest($0, in: ids) } : kept
            }
            state.states = state.states.map(self.untangled(ids))
            return state
        }
    }

    /// The innermost state around a path that was kept.
    private func nearest(_ path: String, in ids: Set<String>) -> String? {
        var parts = path.split(separator: ".").dropLast()
        while !parts.isEmpty {
            let outer = parts.joined(separator: ".")
            if ids.contains(outer) { return outer }
            parts = parts.dropLast()
        }
        return nil
    }

    private static func ids(of states: [StateDefinition]) -> Set<String> {
        states.reduce(into: []) { $0.formUnion(ids(of: $1.states).union([$1.id])) }
    }
}

// Actions.
extension Cutter {
    private mutating func actions(_ actions: [Action]) -> [Action] { actions.flatMap { action($0) } }

    private mutating func action(_ action: Action) -> [Action] {
        switch action {
        case .raise(let event, _): return [.raise(event: event)]
        case .send(let sending): return [.send(SendAction(event: sending.event, delay: .milliseconds(1)))]
        case .cancel, .log: return []
        case .assign(let name, let program, let origin):
            guard let variable = variables.first(where: { $0.name == name }),
                let call = wrapped(program.text, "valued", .value(of: variable.type.domain(telling: words)))
            else { return [] }
            return [.assign(variable: name, call, origin: origin)]
        case .conditional(let branches, let otherwise):
            let cut = branches.compactMap { branch -> Branch? in
                wrapped(branch.guard.text, "decided", .choosing).map { Branch(if: $0, actions(branch.actions)) }
            }
            return [.conditional(cut, otherwise: actions(otherwise))]
        case .forEach(_, _, let list, let body, _):
            // How often, is not known: not at all, or once.
            return wrapped("size(\(list.text)) > 0", "decided", .choosing).map {
                [.conditional([Branch(if: $0, actions(body))])]
            } ?? []
        case .effect(let tag, let arguments):
            let calls = arguments.compactMap { wrapped($0.text, "argued", .argument) }
            return calls.count == arguments.count ? [.effect(tag: tag, arguments: calls)] : []
        }
    }
}

extension FieldType {
    /// The values that a variable or field of this type may have, as far as the model tells them apart; none where it follows no
    /// such value.
    ///
    /// Of the words of a choice that no expression names, one stands for all.
    func domain(telling words: Set<String>) -> [Value] {
        let values: [Value]
        switch base {
        case .yesNo: values = [.bool(false), .bool(true)]
        case .choice(let names):
            let others = names.filter { !words.contains($0) }.prefix(1)
            values = names.filter { words.contains($0) || others.contains($0) }.map { .string($0) }
        case .subject(let kind): values = Self.things(kind).map { ModelSociety.reference(kind, $0) }
        case .workflowCase(let name):
            values = [.object(Reference(kind: Vocabulary.caseKind(name), id: ModelSociety.outside))]
        case .text, .longText, .number, .date, .time, .moment, .subjects, .file, .list, .map: return []
        }
        return isOptional ? [.null] + values : values
    }

    private static func things(_ kind: SubjectKind) -> [String] {
        switch kind {
        case .person: ModelSociety.members + [ModelSociety.substitute]
        case .meeting, .item, .paper: ModelSociety.ids(of: kind) + [ModelSociety.outside]
        default: ModelSociety.ids(of: kind)
        }
    }
}
