import CEL
import Diagnostics
import Statecharts
import YAML

extension Checker {
    /// - Parameter form: the fields of `event`, where it is the form of a command.
    mutating func actions(_ actions: [UncheckedAction], form: [String]?) -> [Action] {
        actions.flatMap { action($0, form) }
    }

    private mutating func action(_ action: UncheckedAction, _ form: [String]?) -> [Action] {
        let done = verb(action, form)
        guard let condition = action.condition else { return done }
        guard let program = compile(condition, as: .bool, of: "`if`", form: form) else { return [] }
        return [.conditional([Branch(if: program, done)])]
    }

    private mutating func verb(_ action: UncheckedAction, _ form: [String]?) -> [Action] {
        switch action.verb {
        case .tell(let word, let about, let with): return tell(word, about, with, form)
        case .start(let word, let subjects, let with, let whole, let each):
            return start(
                StartAction(workflow: word, subjects: subjects, with: with, whole: whole, each: each), form, action.origin)
        case .mail(let letters): return letters.flatMap { mail($0.document, $0.to) }
        case .draft(let documents): return documents.map { draft($0) }
        case .set(let values): return values.compactMap { set($0, form) }
        case .raise(let word, let with): return [.raise(event: word.text, data: payload(with, form))]
        case .send(let sending): return send(sending, form, action.origin)
        case .cancel(let id): return text(id, form).map { [.cancel(id: $0)] } ?? []
        case .log(let label, let node):
            guard let node else { return [.log(label: label, nil)] }
            return compile(node, as: .dyn, of: "`log`", form: form, isOnlyTold: true).map { [.log(label: label, $0)] } ?? []
        case .conditional(let question, let first, let second):
            let program = compile(question, as: .bool, of: "`if`", form: form)
            let first = actions(first, form: form)
            let second = actions(second, form: form)
            return program.map { [.conditional([Branch(if: $0, first)], otherwise: second)] } ?? []
        case .forEach(let each, let index, let body):
            let list = list(each, form)
            let isIndexKnown = index.map { isVariable($0) } ?? true
            let body = actions(body, form: form)
            guard let list, isIndexKnown else { return [] }
            return [.forEach(item: each.name.text, index: index?.text, in: list, do: body, origin: action.origin)]
        }
    }

    private mutating func set(_ value: NamedNode, _ form: [String]?) -> Action? {
        guard isVariable(value.name), let variable = chartVariables.first(where: { $0.name == value.name.text }) else {
            return nil
        }
        return compile(value.node, as: variable.kind, of: "`\(variable.name)`", form: form).map {
            .assign(variable: variable.name, $0, origin: value.name.range)
        }
    }

    /// Whether there is such a variable; a finding where there is none.
    mutating func isVariable(_ word: Word) -> Bool {
        let names = chartVariables.map(\.name)
        if names.contains(word.text) { return true }
        log.add(
            .unknownVariable, at: word.range, "there is no variable `\(word.text)`",
            expected: "one of those under `variables:`",
            nearest: nearestName(to: word.text, among: names))
        return false
    }

    /// The list over which an action is repeated; its member goes into a variable.
    private mutating func list(_ each: NamedNode, _ form: [String]?) -> Program? {
        let isKnown = isVariable(each.name)
        let program = compile(each.node, as: .list(.dyn), of: "the list", form: form)
        return isKnown ? program : nil
    }

    private mutating func effect(_ effect: EffectDefinition, _ arguments: [Program]) -> Action {
        effects.append(effect)
        return .effect(tag: effects.count - 1, arguments: arguments)
    }

    private mutating func tell(
        _ word: Word, _ about: [NamedNode], _ with: [NamedNode], _ form: [String]?
    ) -> [Action] {
        var arguments: [Program] = []
        var subjects: [SubjectKind: Int] = [:]
        for named in about {
            guard let (kind, program) = subject(named, form) else { continue }
            subjects[kind] = arguments.count
            arguments.append(program)
        }
        var fields: [String: Int] = [:]
        for named in with {
            guard let program = compile(named.node, as: .dyn, of: "`\(named.name.text)`", form: form) else { continue }
            fields[named.name.text] = arguments.count
            arguments.append(program)
        }
        return [effect(.tell(event: word.text, about: subjects, with: fields), arguments)]
    }

    private mutating func mail(_ document: Word, _ to: [Word]) -> [Action] {
        checkDocument(document)
        let roles = roles(to, for: .hearing)
        return roles.isEmpty ? [] : [effect(.mail(document: document.text, to: roles), [])]
    }

    private mutating func draft(_ document: Word) -> Action {
        checkDocument(document)
        return effect(.draft(document: document.text), [])
    }

    private mutating func checkDocument(_ document: Word) {
        guard !surroundings.hasTemplate(document.text) else { return }
        log.add(
            .unknownDocument, at: document.range, "there is no template `\(document.text)`",
            expected: "a template of the library",
            nearest: nearestName(to: document.text, among: surroundings.templates ?? []))
    }

    /// A subject named under `about:` or `for:`, with the expression that gives it.
    private mutating func subject(_ named: NamedNode, _ form: [String]?) -> (SubjectKind, Program)? {
        let program = compile(named.node, as: .dyn, of: "`\(named.name.text)`", form: form)
        guard let kind = surroundings.subjectKind(named.name.text) else {
            let known = SubjectKind.allCases.map(\.rawValue) + surroundings.outlines.keys.sorted()
            log.add(
                .unknownSubject, at: named.name.range, "`\(named.name.text)` is no subject",
                expected: known.joined(separator: ", "),
                nearest: nearestName(to: named.name.text, among: known))
            return nil
        }
        guard let program else { return nil }
        if program.kind == .dyn || program.kind.objectName == kind.objectKind { return (kind, program) }
        log.add(
            .badExpression, at: named.node.range, "this is no \(kind.rawValue)",
            expected: "an expression that gives a \(kind.rawValue)")
        return nil
    }
}

extension Checker {
    /// `start:` with what stands beside it.
    struct StartAction {
        var workflow: Word
        var subjects: [NamedNode]
        var with: [NamedNode]
        var whole: Node?
        var each: NamedNode?
    }

    private mutating func start(_ start: StartAction, _ form: [String]?, _ origin: SourceRange) -> [Action] {
        let list = start.each.flatMap { self.list($0, form) }
        var arguments: [Program] = []
        var subjects: [SubjectKind: Int] = [:]
        for named in start.subjects {
            guard let (kind, program) = subject(named, form) else { continue }
            subjects[kind] = arguments.count
            arguments.append(program)
        }
        guard let outline = surroundings.outlines[start.workflow.text] else {
            unknownWorkflow(start.workflow)
            return []
        }
        checkStart(start, outline, Set(subjects.keys))
        var values: [String: Int] = [:]
        for named in start.with {
            guard let program = firstValue(named, of: outline, form) else { continue }
            values[named.name.text] = arguments.count
            arguments.append(program)
        }
        var whole: Int?
        if let node = start.whole, let program = compile(node, as: .dyn, of: "`with`", form: form) {
            whole = arguments.count
            arguments.append(program)
        }
        let action = effect(
            .start(workflow: start.workflow.text, subjects: subjects, with: values, whole: whole), arguments)
        guard let each = start.each, let list else { return [action] }
        return [.forEach(item: each.name.text, in: list, do: [action], origin: origin)]
    }

    private mutating func firstValue(_ named: NamedNode, of outline: Outline, _ form: [String]?) -> Program? {
        let recorded = outline.subjects.contains(.item) ? RecordKind.item.fields : []
        guard let base = outline.variables[named.name.text] ?? recorded.first(where: { $0.name == named.name.text })?.type.base
        else {
            log.add(
                .unknownVariable, at: named.name.range, "`\(outline.name.text)` has no variable `\(named.name.text)`",
                expected: outline.variables.keys.sorted().joined(separator: ", "),
                nearest: nearestName(to: named.name.text, among: outline.variables.keys))
            return nil
        }
        let type = FieldType(base, isOptional: true)
        return compile(named.node, as: type.kind, of: "`\(named.name.text)`", form: form)
    }

    /// Whether the case has all its subjects and may be started from here.
    private mutating func checkStart(_ start: StartAction, _ outline: Outline, _ given: Set<SubjectKind>) {
        if case .by(let starters, _)? = outline.beginning, !starters.contains(where: { $0.text == workflow.name.text }) {
            log.add(
                .badStart, at: start.workflow.range,
                "`\(outline.name.text)` does not say that `\(workflow.name.text)` starts it",
                expected: "`\(workflow.name.text)` under its `begins: {by: ...}`",
                related: [.init(file: outline.file, range: outline.name.range, message: "it is defined here")])
        }
        let known = Set(surroundings.closure(of: subjects + given + [.ofCase(workflow.name.text)]))
        for kind in outline.subjects where !known.contains(kind) {
            if kind == .representative, known.contains(.seat), known.contains(.person) { continue }
            if kind == .item, given.contains(.meeting) { continue }
            log.add(
                .badStart, at: start.workflow.range, "`\(outline.name.text)` is about a \(kind.rawValue), and none is given",
                expected: "`for: {\(kind.rawValue): CEL}`")
        }
    }
}
