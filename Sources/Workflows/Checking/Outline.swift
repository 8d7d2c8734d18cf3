import CEL
import YAML

/// What the other workflows of a library need to know of one before it is checked.
struct Outline: Sendable {
    var file: String
    var name: Word
    var subjects: [SubjectKind]
    var variables: [String: FieldType.Base]
    var optional: Set<String>
    var beginning: UncheckedBeginning?
    var tree: StateTree
    var commands: Set<String>
    var told: [Word] = []
    var announced: [Word] = []
    /// Under `on:`, commands left out.
    var heard: [Word] = []
    /// Under `once:`, conditions left out.
    var awaited: [Word] = []
    var started: [Word] = []
    var mailed: [Word] = []
    var drafted: [Word] = []
    var registers: [UncheckedRegister]
    var roles: [(name: Word, of: Word)]

    init(_ workflow: UncheckedWorkflow, among names: Set<String>) {
        file = workflow.file
        name = workflow.name
        subjects = workflow.subjects.compactMap { word in
            SubjectKind(rawValue: word.text) ?? (names.contains(word.text) ? .ofCase(word.text) : nil)
        }
        registers = workflow.registers
        roles = workflow.roles
        variables = [:]
        optional = []
        for variable in workflow.variables {
            variables[variable.name.text] = FieldType.Base(variable.type, among: names)
            if variable.type.isOptional { optional.insert(variable.name.text) }
        }
        beginning = workflow.beginning
        tree = StateTree(workflow.states)
        commands = Set(workflow.commands.map(\.name.text))
        let conditions = Set(workflow.conditions.map(\.name.text))
        if case .word(let words)? = workflow.beginning { heard += words }
        for item in tree.items { note(item.state, conditions) }
    }

    private mutating func note(_ state: UncheckedState, _ conditions: Set<String>) {
        if let word = state.announce { announced.append(word) }
        for transition in state.transitions {
            switch transition.trigger {
            case .on(let word) where !commands.contains(word.text):
                heard += word.descriptors.map { Word(text: $0, range: word.range) }
            case .once(let word) where !word.text.isEmpty && !conditions.contains(word.text): awaited.append(word)
            default: break
            }
            note(transition.actions)
        }
        for block in state.entry + state.exit { note(block) }
    }

    private mutating func note(_ actions: [UncheckedAction]) {
        for action in actions {
            switch action.verb {
            case .tell(let word, _, _), .raise(let word, _): told.append(word)
            case .send(let sending):
                if case .word(let word) = sending.event { told.append(word) }
            case .mail(let letters): mailed += letters.map(\.document)
            case .draft(let documents): drafted += documents
            case .conditional(_, let first, let second):
                note(first)
                note(second)
            case .forEach(_, _, let body): note(body)
            case .start(let word, _, _, _, _): started.append(word)
            case .set, .cancel, .log: break
            }
        }
    }
}

extension UncheckedAction {
    /// The documents that it drafts, on whatever condition.
    var documentsDrafted: [String] {
        switch verb {
        case .draft(let documents): documents.map(\.text)
        case .conditional(_, let first, let second): (first + second).flatMap(\.documentsDrafted)
        case .forEach(_, _, let body): body.flatMap(\.documentsDrafted)
        default: []
        }
    }
}

extension FieldType.Base {
    /// The base that a word names; nil for none. `workflows` are the names of the library.
    init?(_ type: UncheckedFieldType, among workflows: Set<String>) {
        switch type.base.text {
        case "text": self = .text
        case "long_text": self = .longText
        case "yes_no": self = .yesNo
        case "number": self = .number
        case "date": self = .date
        case "time": self = .time
        case "moment": self = .moment
        case "file": self = .file
        case "list": self = .list
        case "map": self = .map
        case "choice": self = .choice(type.choices)
        case let name:
            if let kind = SubjectKind(rawValue: name) {
                self = .subject(kind)
            } else if let kind = SubjectKind.allCases.first(where: { Vocabulary.plural($0.rawValue) == name }) {
                self = .subjects(kind)
            } else if workflows.contains(name) {
                self = .workflowCase(name)
            } else {
                return nil
            }
        }
    }

    /// The type of such a value in an expression. A date has no type of its own in CEL.
    public var kind: Kind {
        switch self {
        case .text, .longText, .choice, .file, .time: .string
        case .yesNo: .bool
        case .number: .int
        case .date: .dyn
        case .moment: .timestamp
        case .subject(let kind): .object(kind.rawValue)
        case .subjects(let kind): .list(.object(kind.rawValue))
        case .workflowCase(let name): .object(Vocabulary.caseKind(name))
        case .list: .list(.dyn)
        case .map: .map(.string, .dyn)
        }
    }
}

extension FieldType {
    /// The type of such a value in an expression, with null where it may be missing.
    public var kind: Kind { isOptional && base.kind != .dyn ? .nullable(base.kind) : base.kind }
}
