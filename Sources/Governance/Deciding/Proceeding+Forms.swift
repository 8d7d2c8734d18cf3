import CEL
import Calendars
import Diagnostics
import Workflows

extension Proceeding {
    /// The form as filled in, checked against its fields: every value of the right type, subjects that exist and may be chosen,
    /// nothing missing, nothing unknown. Values shown to some only are kept apart and stand here as keys.
    mutating func form(
        _ definition: CommandDefinition, _ command: Command, _ world: CaseWorld
    ) throws(Refusal) -> [String: Value] {
        let fields = definition.allFields
        for name in command.fields.keys.sorted() where !fields.contains(where: { $0.name == name }) {
            let nearest = nearestName(to: name, among: fields.map(\.name))
            throw Refusal(
                .form, "`\(command.name)` has no field `\(name)`.",
                notes: nearest.map { ["Did you mean `\($0)`?"] } ?? [
                    "Its fields: \(fields.map(\.name).joined(separator: ", "))"
                ])
        }
        var filled: [String: Value] = [:]
        for field in fields {
            guard let given = command.fields[field.name], given != .null else {
                filled[field.name] = try unfilled(field, command, world)
                continue
            }
            let value = try check(given, field, command, world)
            filled[field.name] = isPersonal(field, definition) ? keepApart(value, field, command, world) : value
        }
        return filled
    }

    /// What stands for a field that was left empty: its standard value, the case's own person, or nothing.
    private func unfilled(_ field: Field, _ command: Command, _ world: CaseWorld) throws(Refusal) -> Value {
        if let standard = field.type.standard { return standard }
        if case .subject(let kind) = field.type.base, !field.type.isOptional, let id = world.keys.all[kind] {
            return .object(Reference(kind: kind.objectKind, id: id))
        }
        if field.type.isOptional { return .null }
        throw Refusal(.form, "`\(command.name)` needs the field `\(field.name)`: \(field.type.base.words).")
    }

    /// What people write in the forms of workflows are reasons and the like and belongs to persons; so does the reason of a record. Titles,
    /// places and decisions do not.
    private func isPersonal(_ field: Field, _ definition: CommandDefinition) -> Bool {
        if !field.type.shownTo.isEmpty { return true }
        guard [.text, .longText].contains(field.type.base), !field.type.isPublic else { return false }
        guard let record = definition.record, record.fields.contains(where: { $0.name == field.name }) else { return true }
        switch record {
        case .record(let kind): return kind.isPersonal(field.name)
        case .row(let register): return !register.isPublic
        }
    }

    private mutating func keepApart(_ value: Value, _ field: Field, _ command: Command, _ world: CaseWorld) -> Value {
        guard case .string(let words) = value else { return value }
        let key = PersonalValue.mark + command.id + "/" + field.name
        keep([PersonalValue(key: key, owner: world.keys.all[.person] ?? command.behalf ?? command.actor, value: words)])
        return .string(key)
    }

    private func check(_ value: Value, _ field: Field, _ command: Command, _ world: CaseWorld) throws(Refusal) -> Value {
        let wrong = Refusal(
            .form, "The field `\(field.name)` of `\(command.name)` must be \(field.type.base.words).",
            notes: ["It is: \(world.plain(value))"])
        switch (field.type.base, value) {
        case (.text, .string(let text)), (.longText, .string(let text)):
            guard !text.allSatisfy(\.isWhitespace), !text.hasPrefix(PersonalValue.mark) else { throw wrong }
            guard text.isPlain(lines: field.type.base == .longText) else {
                let lines = field.type.base == .longText ? "text" : "one line of text"
                throw Refusal(.form, "The field `\(field.name)` of `\(command.name)` is \(lines) without control characters.")
            }
            return value
        case (.yesNo, .bool), (.number, .int), (.moment, .timestamp), (.file, .string): return value
        case (.date, .string(let text)):
            guard CivilDate(text) != nil else { throw wrong }
            return value
        case (.time, .string): return value
        case (.choice(let names), .string(let name)):
            guard names.contains(name) else {
                let nearest = nearestName(to: name, among: names)
                throw Refusal(.form, wrong.reason, notes: nearest.map { ["Did you mean `\($0)`?"] } ?? wrong.notes)
            }
            return value
        case (.subject(let kind), .string(let id)):
            return try choose(kind.rawValue, id, exists: standing.records.has(kind, id), field, command, world)
        case (.workflowCase(let name), .string(let id)):
            let exists = standing.cases[id]?.workflow == name
            return try choose(Vocabulary.caseKind(name), id, exists: exists, field, command, world)
        case (.subjects(let kind), .list(let members)):
            var chosen: [Value] = []
            for case .string(let id) in members {
                chosen.append(try choose(kind.rawValue, id, exists: standing.records.has(kind, id), field, command, world))
            }
            guard chosen.count == members.count else { throw wrong }
            return .list(chosen)
        default: throw wrong
        }
    }

    /// A thing of the records, if it is there and among those that may be chosen.
    private func choose(
        _ kind: String, _ id: ID, exists: Bool, _ field: Field, _ command: Command, _ world: CaseWorld
    ) throws(Refusal) -> Value {
        guard exists else {
            throw Refusal(.form, "The field `\(field.name)` of `\(command.name)`: there is no \(kind) `\(id)`.")
        }
        let value = Value.object(Reference(kind: kind, id: id))
        guard let from = field.type.from, case .list(let choices)? = try? from.value(slots: world.slots, in: world) else {
            return value
        }
        guard choices.contains(value) else {
            let names = choices.map(world.plain)
            throw Refusal(
                .form, "The field `\(field.name)` of `\(command.name)`: \(world.plain(value)) cannot be chosen.",
                notes: [
                    names.isEmpty ? "There is nothing to choose from." : "To choose from: \(names.joined(separator: ", "))."
                ])
        }
        return value
    }
}

extension String {
    /// Whether all of it can be shown as it is; `lines` allows line breaks and tabs.
    fileprivate func isPlain(lines: Bool) -> Bool {
        unicodeScalars.allSatisfy { scalar in
            scalar.properties.generalCategory != .control || (lines && ["\n", "\r", "\t"].contains(scalar))
        }
    }
}

extension FieldType.Base {
    /// What is to be filled in, in words.
    public var words: String {
        switch self {
        case .text, .longText: "a text"
        case .yesNo: "yes or no"
        case .number: "a whole number"
        case .date: "a date such as 2026-11-18"
        case .time: "a time such as 14:00"
        case .moment: "a date and time such as 2026-11-18 14:00"
        case .choice(let names): "one of \(names.joined(separator: ", "))"
        case .subject(let kind): ("aeio".contains(kind.rawValue.prefix(1)) ? "an " : "a ") + kind.rawValue
        case .subjects(let kind): "a list of \(Vocabulary.plural(kind.rawValue))"
        case .workflowCase(let name): "a case of `\(name)`"
        case .file: "a file"
        case .list: "a list"
        case .map: "values by name"
        }
    }
}
