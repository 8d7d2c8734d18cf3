import CEL
import Calendars
import Diagnostics
import YAML

extension Checker {
    mutating func checkCommands() {
        for command in workflow.commands { commands.append(checked(command)) }
    }

    private mutating func checked(_ command: UncheckedCommand) -> CommandDefinition {
        var fields: [Field] = []
        for field in command.fields {
            // A field of an unknown type is kept, so that what asks for it is not found wrong too.
            fields.append(Field(name: field.name.text, type: fieldType(field.type) ?? FieldType(.text)))
        }
        let record = command.record.flatMap { recording($0) }
        for added in record?.fields ?? [] {
            if let own = command.fields.first(where: { $0.name.text == added.name }) {
                log.add(
                    .fieldTaken, at: own.name.range,
                    "`record: \(record?.name ?? "")` adds a field `\(added.name)` already",
                    expected: "another name")
            } else {
                fields.append(added)
            }
        }
        return CommandDefinition(
            name: command.name.text, title: command.title, by: roles(command.by, for: .giving),
            notBy: roles(command.notBy, for: .barring), whileState: command.whileState.flatMap { statePath($0) },
            until: command.until.flatMap { rule($0, for: .deadline) }, fields: fields, record: record,
            origin: command.name.range)
    }

    /// What `record:` names: one of the closed list, or a register.
    private mutating func recording(_ word: Word) -> Recording? {
        if let kind = RecordKind(rawValue: word.text) { return .record(kind) }
        let declared = surroundings.outlines.values.flatMap(\.registers)
        if let register = declared.first(where: { $0.name.text == word.text }) {
            return definition(of: register, isOwn: false).map { .row($0) }
        }
        let known = RecordKind.allCases.map(\.rawValue) + declared.map(\.name.text).sorted()
        log.add(
            .notAChoice, at: word.range, "there is no record or register `\(word.text)`",
            expected: known.joined(separator: ", "), nearest: nearestName(to: word.text, among: known))
        return nil
    }

    mutating func statePath(_ word: Word) -> String? {
        found(tree.anywhere(word.text), word).map { tree.items[$0].path }
    }

    /// What `event` holds where it is the form of the command: its fields, the thing that its record made, and, as `by`, who gives it.
    func form(of command: CommandDefinition) -> [String] {
        let made = (command.record?.kind?.makes).map { [$0.rawValue] } ?? []
        return command.fields.map(\.name) + (made + ["by"]).filter { name in !command.fields.contains { $0.name == name } }
    }

    /// The type of a field or variable with its names looked up.
    mutating func fieldType(_ type: UncheckedFieldType) -> FieldType? {
        let workflows = surroundings.outlines.keys
        guard let base = FieldType.Base(type, among: Set(workflows)) else {
            let known = WorkflowReader.plainTypes + SubjectKind.allCases.map(\.rawValue) + workflows.sorted()
            log.add(
                .unknownType, at: type.base.range, "there is no type `\(type.base.text)`",
                expected: known.joined(separator: ", "),
                nearest: nearestName(to: type.base.text, among: known))
            return nil
        }
        var checked = FieldType(
            base, isOptional: type.isOptional, shownTo: roles(type.shownTo, for: .giving), isPublic: type.isPublic)
        checked.from = type.from.flatMap { compile($0, as: .list(.dyn), of: "`from`") }
        checked.standard = type.standard.flatMap { standard($0, base) }
        return checked
    }

    private mutating func standard(_ node: Node, _ base: FieldType.Base) -> Value? {
        switch (base, node.scalar) {
        case (.yesNo, .bool(let flag)): return .bool(flag)
        case (.number, .int(let number)): return .int(number)
        case (.text, .string), (.longText, .string): return .string(node.rawText ?? "")
        case (.map, _), (.list, _): return node.value
        case (.choice(let choices), _):
            guard let text = node.rawText, choices.contains(text) else { break }
            return .string(text)
        default: break
        }
        var expected = "a value of the type"
        var nearest: String?
        if case .choice(let choices) = base {
            expected = choices.joined(separator: ", ")
            nearest = nearestName(to: node.rawText ?? "", among: choices)
        }
        log.add(
            .badStandard, at: node.range, "`\(node.rawText ?? "")` cannot be the first value here", expected: expected,
            nearest: nearest)
        return nil
    }
}
