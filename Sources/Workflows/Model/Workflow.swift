import CEL
import Calendars
import Diagnostics
import Statecharts

/// A checked workflow: every name in it resolves, every expression has the right type. Only the checker makes one.
///
/// It is shared, as it never changes and has many parts.
public final class Workflow: Sendable {
    public let name: String
    public let title: String
    /// The place in a source that asks for it: `003 L45`.
    public let basis: String?
    /// SHA-256 or similar of the text it was made from, given by whoever read the file; cases are pinned to it.
    public let hash: String
    public let file: String
    /// One case per combination of these.
    public let subjects: [SubjectKind]
    public let beginning: Beginning
    /// In the order of the chart's slots.
    public let variables: [Variable]
    public let deadlines: [String: DeadlineRule]
    public let conditions: [String: Condition]
    /// In the order of the file.
    public let commands: [CommandDefinition]
    public let chart: Chart
    /// What the chart was made from, and what its expressions may name; the proofs cut their models out of it.
    package let definition: ChartDefinition
    package let environment: Environment
    /// By state tag: `Chart` states carry their index here as `tag`. Includes states that the reader made up (`isSynthetic`).
    public let states: [StateNote]
    /// By transition tag.
    public let transitions: [TransitionNote]
    /// By effect tag.
    public let effects: [EffectDefinition]
    /// Moments named under `at:`; the guard of their transition is the call `passed(N)`, N their index.
    public let moments: [Moment]
    public let rules: [StandingRule]
    /// In the order of the file.
    public let registers: [RegisterDefinition]
    /// The roles that it declares, with what they are held for: an organisation or a body.
    public let roles: [String: SubjectKind]
    /// Paths of the states in which something may happen by itself: a condition that comes to hold, a moment that comes.
    public let wakefulStates: [String]
    /// Those in which a condition or an announcement may come to hold; the others wait for a moment alone.
    public let waitingStates: [String]

    package init(
        name: String, title: String, basis: String?, hash: String, file: String, subjects: [SubjectKind], beginning: Beginning,
        variables: [Variable], deadlines: [String: DeadlineRule], conditions: [String: Condition],
        commands: [CommandDefinition], chart: Chart, definition: ChartDefinition, environment: Environment, states: [StateNote],
        transitions: [TransitionNote],
        effects: [EffectDefinition], moments: [Moment], rules: [StandingRule],
        registers: [RegisterDefinition] = [], roles: [String: SubjectKind] = [:]
    ) {
        self.name = name
        self.title = title
        self.basis = basis
        self.hash = hash
        self.file = file
        self.subjects = subjects
        self.beginning = beginning
        self.variables = variables
        self.deadlines = deadlines
        self.conditions = conditions
        self.commands = commands
        self.chart = chart
        self.definition = definition
        self.environment = environment
        self.states = states
        self.transitions = transitions
        self.effects = effects
        self.moments = moments
        self.rules = rules
        self.registers = registers
        self.roles = roles
        let sources = transitions.compactMap { note in
            switch note.trigger {
            case .once, .moment, .initial: note.source
            case .command, .event, .then: nil
            }
        }
        wakefulStates = Set(sources).sorted().map { states[$0].path }
        let waiting = transitions.compactMap { note in
            switch note.trigger {
            case .once, .initial: note.source
            case .moment, .command, .event, .then: nil
            }
        }
        waitingStates = Set(waiting).sorted().map { states[$0].path }
    }

    public func command(named name: String) -> CommandDefinition? { commands.first { $0.name == name } }
}

/// What calls a case into being.
public enum Beginning: Sendable {
    /// A command that a person gives: `begins: {command: plan_meeting}`.
    case command(String)
    /// The `start:` action of these workflows; `several`: also while a case for the same subjects is open.
    case by([String], several: Bool)
    /// A case for each combination of subjects for which the expression holds, as soon as it holds.
    case each(Program)
    /// One of these words, told about all its subjects, while no case for them is open.
    case word([String])
}

/// A variable of a case; its first value is the chart's.
public struct Variable: Sendable {
    public var name: String
    public var type: FieldType

    public init(name: String, type: FieldType) {
        self.name = name
        self.type = type
    }
}

/// A named question with the sentence with which it refuses.
public struct Condition: Sendable {
    public var program: Program
    public var say: Text?

    public init(program: Program, say: Text?) {
        self.program = program
        self.say = say
    }
}

/// `never:` (and, turned round, `always:`): enforced when the program runs.
public struct StandingRule: Sendable {
    public enum Sense: String, Sendable { case never, always }

    public var name: String
    public var sense: Sense
    /// The command or event at which it is asked; nil after every step.
    public var when: String?
    public var condition: Program
    public var origin: SourceRange

    public init(name: String, sense: Sense, when: String?, condition: Program, origin: SourceRange) {
        self.name = name
        self.sense = sense
        self.when = when
        self.condition = condition
        self.origin = origin
    }
}
