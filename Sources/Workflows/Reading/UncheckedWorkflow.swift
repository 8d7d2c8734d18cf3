import Diagnostics
import Statecharts
import YAML

/// A workflow as its file says it: the shape is right, no name in it has been looked up, no expression compiled.
///
/// Only the checker turns it into a `Workflow`. Everything keeps its place in the file, so that a late error still points home.
public struct UncheckedWorkflow: Sendable {
    public let file: String
    public let hash: String
    public let name: Word
    var title: String
    var basis: String?
    var subjects: [Word] = []
    var beginning: UncheckedBeginning?
    var variables: [UncheckedField] = []
    var deadlines: [NamedNode] = []
    var conditions: [UncheckedCondition] = []
    var commands: [UncheckedCommand] = []
    var states: [UncheckedState] = []
    var initial: [UncheckedTransition] = []
    var rules: [UncheckedRule] = []
    var registers: [UncheckedRegister] = []
    /// The roles declared, each with the word that says for what it is held.
    var roles: [(name: Word, of: Word)] = []
    /// A chart file: states and variables without anything of meetings.
    var isChart = false
    /// The variables of a chart; a workflow's are fields.
    var chartVariables: [UncheckedVariable] = []
    var binding = ChartDefinition.Binding.early
    /// The charts that the chart may start.
    var charts: [UncheckedWorkflow] = []
    /// The place of `states:`.
    var origin: SourceRange

    init(file: String, hash: String, name: Word, title: String, origin: SourceRange) {
        self.file = file
        self.hash = hash
        self.name = name
        self.title = title
        self.origin = origin
    }
}

/// A name as it stands in a file.
public struct Word: Sendable, Hashable {
    public let text: String
    public let range: SourceRange
}

extension Word {
    /// The descriptors of events that stand in it with spaces between them.
    var descriptors: [String] { text.split(separator: " ").map(String.init) }
}

/// A name with what is written under it: an expression, a deadline, a value.
struct NamedNode: Sendable {
    var name: Word
    var node: Node
}

enum UncheckedBeginning: Sendable {
    case command(Word)
    case by([Word], several: Bool)
    case each(Node)
    case word([Word])
}

struct UncheckedRegister: Sendable {
    var name: Word
    var title = ""
    var about: Word
    var isPublic = false
    var whileStates: [Word] = []
    var fields: [UncheckedField] = []
}

struct UncheckedField: Sendable {
    var name: Word
    var type: UncheckedFieldType
}

struct UncheckedFieldType: Sendable {
    var base: Word
    var choices: [String] = []
    var isOptional = false
    var shownTo: [Word] = []
    var isPublic = false
    var from: Node?
    var standard: Node?
}

/// A variable of a chart.
struct UncheckedVariable: Sendable {
    enum First: Sendable {
        /// A value as YAML writes it.
        case value(Node)
        case expression(Node)
        /// A type, which may have a first value.
        case type(UncheckedFieldType)
    }

    var name: Word
    var first: First
}

struct UncheckedCondition: Sendable {
    var name: Word
    var question: Node
    var say: Node?
}

struct UncheckedCommand: Sendable {
    var name: Word
    var title = ""
    var by: [Word] = []
    var notBy: [Word] = []
    var whileState: Word?
    var until: Node?
    var fields: [UncheckedField] = []
    var record: Word?
}

struct UncheckedRule: Sendable {
    var sense: StandingRule.Sense
    var name: String
    var when: Word?
    var condition: Node
}

struct UncheckedState: Sendable {
    enum Shape: Sendable, Hashable { case atomic, compound, parallel, final, shallowHistory, deepHistory }

    var name: Word
    var shape: Shape = .atomic
    var children: [UncheckedState] = []
    /// The choices of where to start, in order; empty: the first child.
    var initial: [UncheckedTransition] = []
    var announce: Word?
    var participation: Participation?
    var duty: UncheckedDuty?
    /// Blocks of actions: an error ends its own block only.
    var entry: [[UncheckedAction]] = []
    var exit: [[UncheckedAction]] = []
    /// In the order of the file.
    var transitions: [UncheckedTransition] = []
    /// What a final state hands out.
    var handsOut = UncheckedPayload.none
    /// Of a chart's state only.
    var variables: [UncheckedVariable] = []
    var invocations: [UncheckedInvocation] = []
}

/// Another chart that runs while a state is active.
struct UncheckedInvocation: Sendable {
    var chart: Word
    var id: Word?
    var idVariable: Word?
    var with = UncheckedPayload.none
    var isForwarding = false
    var finalize: [UncheckedAction] = []
    var origin: SourceRange
}

struct UncheckedDuty: Sendable {
    enum ChecklistLine: Sendable {
        case text(Node)
        case each(Node, text: Node)
    }

    var title: Node
    var note: Node?
    var basis: String
    var of: Word
    var notOf: Word?
    var from: Node?
    var due: Node
    var checklist: [ChecklistLine] = []
    var reminders: [Node] = []
    var escalateTo: Word?
    var escalateAfter: Node?
    var origin: SourceRange
}

struct UncheckedTransition: Sendable {
    enum Trigger: Sendable {
        case on(Word)
        case once(Word)
        case at(Node)
        case then
        case initial
    }

    var trigger: Trigger
    /// Where it leads; empty: the states stay.
    var targets: [Word] = []
    var condition: Node?
    var needs: [Word] = []
    var duty: DutyEnd?
    var actions: [UncheckedAction] = []
    var isExternal = false
    var origin: SourceRange
}

struct UncheckedAction: Sendable {
    indirect enum Verb: Sendable {
        case tell(Word, about: [NamedNode], with: [NamedNode])
        case start(Word, for: [NamedNode], with: [NamedNode], whole: Node?, each: NamedNode?)
        case mail([(document: Word, to: [Word])])
        case draft([Word])
        case set([NamedNode])
        case raise(Word, with: UncheckedPayload)
        case send(UncheckedSending)
        case cancel(UncheckedText)
        case log(label: String, Node?)
        case conditional(Node, then: [UncheckedAction], otherwise: [UncheckedAction])
        case forEach(NamedNode, index: Word?, [UncheckedAction])
    }

    var verb: Verb
    var condition: Node?
    var origin: SourceRange
}

/// What an event carries.
enum UncheckedPayload: Sendable {
    case none
    case fields([NamedNode])
    case whole(Node)
}

/// A name that is written out, or worked out when it is needed: `{is: CEL}`.
enum UncheckedText: Sendable {
    case word(Word)
    case computed(Node)
}

struct UncheckedSending: Sendable {
    enum Delay: Sendable {
        case milliseconds(Int)
        case computed(Node)
    }

    var event: UncheckedText
    var delay = Delay.milliseconds(0)
    var id: Word?
    /// The variable that is told an id made for the sending.
    var idVariable: Word?
    var target: UncheckedText?
    var with = UncheckedPayload.none
}
