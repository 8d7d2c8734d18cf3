import CEL
import Calendars
import Diagnostics
import Statecharts
import YAML

/// Makes a workflow of an unchecked one: looks up every name, compiles every expression and deadline, and turns the states into a
/// statechart. It goes on after a mistake, so that one run finds all of a file.
struct Checker {
    var log: FindingLog
    let workflow: UncheckedWorkflow
    let surroundings: Surroundings
    let tree: StateTree
    /// The ids of the tree's states in the statechart.
    let ids: [String]
    var subjects: [SubjectKind] = []
    /// The subjects and what they imply.
    var kinds: [SubjectKind] = []
    var environment = Environment()
    var variables: [Variable] = []
    var chartVariables: [Statecharts.Variable] = []
    var deadlines: [String: DeadlineRule] = [:]
    var conditions: [String: Condition] = [:]
    var commands: [CommandDefinition] = []
    var notes: [StateNote] = []
    var transitions: [TransitionNote] = []
    var effects: [EffectDefinition] = []
    var moments: [Moment] = []
    /// The note of each state of the tree.
    var noteOfState: [Int: Int] = [:]
    /// Targets of which it is not even clear what they may mean.
    var lostTargets = 0
    /// Transitions with their targets found, by which the ends of duties are worked out.
    var moves: [Move] = []

    /// A transition of the tree whose targets are known.
    struct Move {
        var source: Int
        var targets: [Int]
        var transition: UncheckedTransition
        /// Its number among `transitions`.
        var tag: Int
    }

    init(_ workflow: UncheckedWorkflow, _ surroundings: Surroundings) {
        log = FindingLog(file: workflow.file)
        self.workflow = workflow
        self.surroundings = surroundings
        tree = StateTree(workflow.states)
        ids = workflow.isChart ? tree.shortNames : tree.items.map(\.path)
    }

    /// The checked workflow; nil where a finding is an error.
    mutating func check() -> Workflow? {
        checkSubjects()
        checkNames()
        checkRoles()
        checkVariables()
        let registers = checkRegisters()
        checkDeadlines()
        checkConditions()
        checkCommands()
        let beginning = checkBeginning()
        let definition = chartDefinition()
        checkDutyEnds()
        checkIdleCommands()
        let rules = workflow.rules.compactMap { rule($0) }
        guard let beginning, let chart = chart(definition), !log.hasErrors else { return nil }
        return Workflow(
            name: workflow.name.text, title: workflow.title, basis: workflow.basis, hash: workflow.hash, file: workflow.file,
            subjects: subjects, beginning: beginning, variables: variables, deadlines: deadlines, conditions: conditions,
            commands: commands, chart: chart, definition: definition, environment: environment, states: notes,
            transitions: transitions, effects: effects, moments: moments,
            rules: rules, registers: registers,
            roles: Dictionary(workflow.roles.map { ($0.name.text, $0.of.text == "body" ? .body : .organisation) }) { $1 })
    }

    private mutating func checkBeginning() -> Beginning? {
        switch workflow.beginning {
        case nil: return nil
        case .command(let word):
            if command(word) { return .command(word.text) }
            return nil
        case .by(let words, let several):
            for word in words where surroundings.outlines[word.text] == nil { unknownWorkflow(word) }
            return .by(words.map(\.text), several: several)
        case .each(let node):
            return compile(node, as: .bool, of: "`each`").map { .each($0) }
        case .word(let words, let several): return .word(words.map(\.text), several: several)
        }
    }

    private mutating func rule(_ rule: UncheckedRule) -> StandingRule? {
        var form: [String]?
        if let when = rule.when { form = commands.first { $0.name == when.text }.map { self.form(of: $0) } }
        if let when = rule.when, form == nil, !surroundings.outlines.values.contains(where: { $0.tells(when.text) }) {
            let names = commands.map(\.name) + surroundings.outlines.values.flatMap { ($0.told + $0.announced).map(\.text) }
            log.add(
                .neverTold, at: when.range, "`\(when.text)` is neither a command nor told", expected: "a command or event",
                nearest: nearestName(to: when.text, among: names))
        }
        return compile(rule.condition, as: .bool, of: "a rule", form: form).map {
            StandingRule(
                name: rule.name, sense: rule.sense, when: rule.when?.text, condition: $0,
                origin: rule.condition.range)
        }
    }

    /// Finds each command that no state takes and with which no case begins.
    private mutating func checkIdleCommands() {
        var taken: Set<String> = []
        for note in transitions {
            if case .command(let name) = note.trigger { taken.insert(name) }
        }
        if case .command(let word)? = workflow.beginning { taken.insert(word.text) }
        for command in workflow.commands where !taken.contains(command.name.text) {
            log.add(
                .idleCommand, at: command.name.range, "no state takes the command `\(command.name.text)`",
                expected: "an `on:` for it")
        }
    }

    /// Finds a command that is not declared.
    mutating func command(_ word: Word) -> Bool {
        if workflow.commands.contains(where: { $0.name.text == word.text }) { return true }
        log.add(
            .unknownCommand, at: word.range, "there is no command `\(word.text)`", expected: "one of those under `commands:`",
            nearest: nearestName(to: word.text, among: workflow.commands.map(\.name.text)))
        return false
    }

    mutating func unknownWorkflow(_ word: Word) {
        log.add(
            .unknownWorkflow, at: word.range, "there is no workflow `\(word.text)`",
            expected: surroundings.outlines.keys.sorted().joined(separator: ", "),
            nearest: nearestName(to: word.text, among: surroundings.outlines.keys))
    }
}

extension Outline {
    /// Whether the workflow tells or announces the word.
    func tells(_ word: String) -> Bool { (told + announced).contains { $0.text == word } }
}
