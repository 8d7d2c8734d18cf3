import Documents
import Workflows

/// What a document of a case has to show, by its workflow: the names of `Papers.caseValues`, which fills them, before there is a case.
struct CaseShapes {
    private let workflows: [String: Workflow]
    /// Workflows that are known by name alone, because something is wrong with them.
    private let faulty: Set<String>
    /// What stands in lists and maps that expressions write: nobody lays their names down, so that all are allowed that are written
    /// somewhere, or that a case has which is put there.
    private let written: ValueShape
    private let registers: ValueShape

    /// How many cases deep a path goes: `case_study.inquiry.title`.
    private static let deepest = 3

    init(_ workflows: [Workflow], faulty: Set<String> = []) {
        self.faulty = faulty
        self.workflows = Dictionary(workflows.map { ($0.name, $0) }) { first, _ in first }
        var names = workflows.reduce(into: Set<String>()) { $0.formUnion($1.writtenKeys) }
        names.formUnion(Self.ofEveryCase.keys)
        names.formUnion(
            workflows.flatMap { $0.variables.map(\.name) } + SubjectKind.allCases.map(\.rawValue) + workflows.map(\.name))
        let open = ValueShape.open(names: faulty.isEmpty ? names : nil)
        written = open
        let rows = workflows.flatMap(\.registers).map { register in
            var row: [String: ValueShape] = ["recorded": .shown, "by": .shown, "about": .shown]
            for field in register.fields { row[field.name] = Self.simple(field.type.base, written: open) }
            return (register.name, ValueShape.list(.map(row)))
        }
        registers = faulty.isEmpty ? .map(Dictionary(rows) { first, _ in first }) : .open(names: nil)
    }

    private static let ofEveryCase: [String: ValueShape] = ["title": .shown, "case": .shown, "began": .shown, "ended": .flag]

    private static let owed = ValueShape.list(
        .map(["title", "basis", "tally", "last"].reduce(into: [:]) { $0[$1] = .shown }))

    private static let duties = ValueShape.list(
        .map(["title", "basis", "due", "owner", "ended", "ended_on"].reduce(into: [:]) { $0[$1] = .shown }))

    /// The values of a document of such a case.
    func document(of workflow: Workflow) -> ValueShape {
        var values = summary(of: workflow, Self.deepest)
        for kind in closure(of: workflow.subjects) { values[kind.rawValue] = thing(kind, Self.deepest) }
        for name in workflow.deadlines.keys { values[name] = .shown }
        for name in workflow.conditions.keys { values[name] = .flag }
        for other in workflows.values where values[Vocabulary.plural(other.name)] == nil {
            values[Vocabulary.plural(other.name)] = .list(row(of: other, Self.deepest))
        }
        for name in faulty where values[Vocabulary.plural(name)] == nil {
            values[Vocabulary.plural(name)] = .open(names: nil)
        }
        values[Vocabulary.registers] = registers
        values["code"] = .map(["title": .shown, "date": .shown, "edition": .shown])
        for name in ["date", "society", "edited"] { values[name] = .shown }
        for name in ["is_draft", "withdrawn"] { values[name] = .flag }
        values["duties"] = Self.duties
        values["owed"] = Self.owed
        values["letter"] = .letter
        return .map(values)
    }

    /// What a case says of itself.
    private func summary(of workflow: Workflow, _ depth: Int) -> [String: ValueShape] {
        var values = Self.ofEveryCase
        for variable in workflow.variables { values[variable.name] = shape(of: variable.type.base, depth) }
        let given = ValueShape.map(["by": .shown, "date": .shown])
        values["given"] = .map(workflow.commands.reduce(into: [:]) { $0[$1.name] = given })
        values["states"] = .map(
            workflow.states.reduce(into: [:]) { flags, note in
                if !note.isSynthetic { flags[String(note.path.map { $0 == "." ? "_" : $0 })] = .flag }
            })
        values["texts"] = .map(workflow.documents.reduce(into: [:]) { $0[$1] = .shown })
        return values
    }

    /// A related case with its subjects.
    private func row(of workflow: Workflow, _ depth: Int) -> ValueShape {
        guard depth > 0 else { return .open(names: nil) }
        var values = summary(of: workflow, depth - 1)
        for kind in closure(of: workflow.subjects) { values[kind.rawValue] = thing(kind, depth - 1) }
        return .map(values)
    }

    private func thing(_ kind: SubjectKind, _ depth: Int) -> ValueShape {
        switch kind {
        case .ofCase(let name): workflows[name].map { row(of: $0, depth) } ?? .open(names: nil)
        case .meeting: .meeting
        case .term: .map(["name": .shown, "id": .shown, "start": .shown, "end": .shown])
        default: .map(["name": .shown, "id": .shown])
        }
    }

    private func shape(of base: FieldType.Base, _ depth: Int) -> ValueShape {
        if case .workflowCase(let name) = base { return thing(.ofCase(name), depth) }
        return Self.simple(base, written: written)
    }

    private static func simple(_ base: FieldType.Base, written: ValueShape) -> ValueShape {
        switch base {
        case .yesNo: .flag
        case .subjects: .list(.shown)
        case .list: .list(written)
        case .map: written
        case .workflowCase: .open(names: nil)
        case .text, .longText, .number, .date, .time, .moment, .choice, .subject, .file: .shown
        }
    }

    /// The kinds and what they imply; a case implies what its workflow is about.
    private func closure(of kinds: [SubjectKind]) -> [SubjectKind] {
        var found: [SubjectKind] = []
        var waiting = kinds[...]
        while let kind = waiting.popFirst() {
            if found.contains(kind) { continue }
            found.append(kind)
            if case .ofCase(let name) = kind { waiting += workflows[name]?.subjects ?? [] } else { waiting += kind.implies }
        }
        return found
    }
}
