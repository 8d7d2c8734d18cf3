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
            for kind in outline.kinds { fields[kind.rawValue] = .object(kind.rawValue) }
            for (name, base) in outline.variables {
                fields[name] = FieldType(base, isOptional: outline.optional.contains(name)).kind
            }
            objects[Vocabulary.caseKind(outline.name.text)] = fields
        }
        return objects
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
        let kinds = SubjectKind.closure(of: subjects)
        for kind in kinds { environment.names[kind.rawValue] = .object(kind.rawValue) }
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
