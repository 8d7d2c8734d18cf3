import CEL
import YAML

/// What stands around a workflow when it is checked: the other workflows and the templates.
struct Surroundings: Sendable {
    var outlines: [String: Outline]
    /// Nil: not known, so that no document is found missing.
    var templates: Set<String>?
    /// The charts that a chart file may start.
    var charts: [String] = []

    /// The objects that expressions know: the society's records and the cases of each workflow.
    var objects: [String: [String: Kind]] {
        var objects = Vocabulary.objects
        for outline in outlines.values {
            var fields: [String: Kind] = ["ended": .bool]
            for kind in closure(of: outline.subjects) { fields[kind.rawValue] = .object(kind.objectKind) }
            for (name, base) in outline.variables {
                fields[name] = FieldType(base, isOptional: outline.optional.contains(name)).kind
            }
            objects[Vocabulary.caseKind(outline.name.text)] = fields
        }
        var registers: [String: Kind] = [:]
        for register in outlines.values.flatMap(\.registers) {
            let row = RegisterDefinition.rowKind(register.name.text)
            registers[register.name.text] = .list(.object(row))
            objects[row] = rowFields(of: register)
        }
        objects[Vocabulary.registers] = registers
        return objects
    }

    private func rowFields(of register: UncheckedRegister) -> [String: Kind] {
        var fields: [String: Kind] = ["recorded": .timestamp, "by": .nullable(.object("person")), "about": .dyn]
        for field in register.fields {
            guard let base = FieldType.Base(field.type, among: Set(outlines.keys)) else { continue }
            fields[field.name.text] = FieldType(base, isOptional: field.type.isOptional).kind
        }
        return fields
    }

    /// The kinds themselves and what they imply, each once; a case implies what its workflow is for.
    func closure(of kinds: [SubjectKind]) -> [SubjectKind] {
        var found: [SubjectKind] = []
        var waiting = kinds[...]
        while let kind = waiting.popFirst() {
            if found.contains(kind) { continue }
            found.append(kind)
            if case .ofCase(let workflow) = kind {
                waiting += outlines[workflow]?.subjects ?? []
            } else {
                waiting += kind.implies
            }
        }
        return found
    }

    /// A name of a subject: a kind of the records, or a workflow.
    func subjectKind(_ name: String) -> SubjectKind? {
        SubjectKind(rawValue: name) ?? (outlines[name] == nil ? nil : .ofCase(name))
    }

    /// Roles that some workflow declares, with what they are held for.
    var roles: [String: SubjectKind] {
        var roles: [String: SubjectKind] = [:]
        for role in outlines.values.flatMap(\.roles) { roles[role.name.text] = role.of.text == "body" ? .body : .organisation }
        return roles
    }

    /// The environment of a workflow's expressions, without its variables, deadlines and conditions.
    func environment(for workflow: String, about subjects: [SubjectKind]) -> Environment {
        var environment = Environment(functions: Vocabulary.functions, objects: objects)
        for name in outlines.keys.sorted() {
            let kind = Kind.object(Vocabulary.caseKind(name))
            environment.functions.append(.init(name: "in", target: kind, parameters: [.string], result: .bool))
            environment.names[Vocabulary.plural(name)] = .list(kind)
        }
        environment.names[workflow] = .object(Vocabulary.caseKind(workflow))
        environment.names["now"] = .timestamp
        environment.names["event"] = .dyn
        environment.names["today"] = .dyn
        environment.names[Vocabulary.registers] = .object(Vocabulary.registers)
        let kinds = closure(of: subjects)
        for kind in kinds { environment.names[kind.rawValue] = .object(kind.objectKind) }
        if kinds.contains(.body) || kinds.contains(.organisation) { environment.names["code"] = .object("code") }
        if kinds.contains(.body) { environment.names["policy"] = .object("policy") }
        if kinds.contains(.meeting) { environment.names.merge(Vocabulary.meetingNames) { _, new in new } }
        if kinds.contains(.meeting), kinds.contains(.representative) {
            environment.names.merge(Vocabulary.memberNames) { _, new in new }
        }
        return environment
    }

    /// The document's template, which may write `-` for `_`.
    func hasTemplate(_ name: String) -> Bool {
        guard let templates else { return true }
        let dashed = String(name.map { $0 == "_" ? "-" : $0 })
        return templates.contains(name) || templates.contains(dashed)
    }
}
