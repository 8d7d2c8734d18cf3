import CEL
import Diagnostics
import Statecharts
import YAML

extension Checker {
    mutating func checkSubjects() {
        for word in workflow.subjects {
            if let kind = surroundings.subjectKind(word.text) {
                if surroundings.closure(of: [kind]).contains(.ofCase(workflow.name.text)) {
                    log.add(
                        .circular, at: word.range, "`\(workflow.name.text)` would be about its own cases",
                        expected: "a subject that stands without it")
                } else if subjects.contains(kind) {
                    log.add(.repeated, at: word.range, "`\(word.text)` stands twice")
                } else {
                    subjects.append(kind)
                }
            } else {
                let known = SubjectKind.allCases.map(\.rawValue) + surroundings.outlines.keys.sorted()
                log.add(
                    .unknownSubject, at: word.range, "`\(word.text)` is no subject", expected: known.joined(separator: ", "),
                    nearest: nearestName(to: word.text, among: known))
            }
        }
        kinds = surroundings.closure(of: subjects)
        environment = surroundings.environment(for: workflow.name.text, about: subjects)
    }

    /// Words that are no names in CEL.
    static let reserved: Set<String> = [
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let",
        "loop",
        "package", "namespace", "return", "var", "void", "while",
    ]

    /// Finds names that two things bear, and makes those of deadlines and conditions known to expressions.
    mutating func checkNames() {
        var taken: [String: SourceRange] = [:]
        let words =
            workflow.variables.map { ($0.name, Kind?.none) } + workflow.deadlines.map { ($0.name, .nullable(.timestamp)) }
            + workflow.conditions.map { ($0.name, .bool) }
        let standing = environment.names
        for (word, kind) in words {
            if let first = taken[word.text] {
                log.add(
                    .nameTaken, at: word.range, "the name `\(word.text)` is taken", expected: "another name",
                    related: [.init(file: log.file, range: first, message: "it stands here first")])
            } else if Self.reserved.contains(word.text) || isOfTheLanguage(word.text, standing) {
                log.add(.nameTaken, at: word.range, "`\(word.text)` is a word of the language", expected: "another name")
            }
            taken[word.text] = word.range
            if let kind { environment.names[word.text] = kind }
        }
    }

    /// The plural of a workflow is no such word: a variable may hide it.
    private func isOfTheLanguage(_ name: String, _ standing: [String: Kind]) -> Bool {
        standing[name] != nil && !surroundings.outlines.keys.contains { Vocabulary.plural($0) == name || $0 == name }
            || kinds.contains { $0.rawValue == name }
    }

    mutating func checkVariables() {
        for variable in workflow.variables {
            guard var type = fieldType(variable.type) else { continue }
            type.from = nil
            variables.append(Variable(name: variable.name.text, type: type))
            if type.base == .list { type.standard = type.standard ?? .list([]) }
            if type.base == .map { type.standard = type.standard ?? .map([:]) }
            let initial = type.standard.flatMap { try? Program($0.literal, in: Environment()) }
            chartVariables.append(
                Statecharts.Variable(
                    name: variable.name.text, kind: type.kind, initial: initial, origin: variable.name.range))
        }
        let slots = chartVariables.map { Environment.Slot(name: $0.name, kind: $0.kind) }
        for slot in slots { environment.names[slot.name] = nil }
        environment = ChartDefinition(name: "", variables: chartVariables, states: []).environment(over: environment)
    }
}

extension Value {
    /// The value as CEL writes it: a first value is a number, a text, true, false or null.
    var literal: String {
        switch self {
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .double(let number): number.isFinite ? String(number) : "double('\(number)')"
        case .list(let items): "[\(items.map(\.literal).joined(separator: ", "))]"
        case .map(let map): "{\(map.map { "\($0.key.literal): \($0.value.literal)" }.sorted().joined(separator: ", "))}"
        case .string(let text): "\"\(text.unicodeScalars.map(Self.escaped).joined())\""
        default: "null"
        }
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\n": "\\n"
        case "\r": "\\r"
        default: String(scalar)
        }
    }
}
