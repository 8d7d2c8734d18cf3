import Diagnostics
import YAML

extension WorkflowReader {
    static let commandKeys = ["title", "by", "not_by", "while", "until", "fields", "record"]
    static let typeKeys = ["type", "of", "optional", "shown_to", "from", "standard", "public"]
    static let registerKeys = ["title", "about", "public", "while", "fields"]
    static let plainTypes = ["text", "long_text", "yes_no", "number", "date", "time", "moment", "choice", "file"]

    mutating func commands(_ node: Node) -> [UncheckedCommand] {
        node.namedEntries(of: "commands", &log).compactMap { entry in
            name(entry.key, of: "a command's name").map { command($0, entry.value) }
        }
    }

    private mutating func command(_ name: Word, _ node: Node) -> UncheckedCommand {
        var command = UncheckedCommand(name: name)
        guard let fields = node.mapping(allowing: Self.commandKeys, of: "a command", &log) else { return command }
        command.title = fields.required("title", of: "a command", &log)?.text(of: "a title", &log) ?? ""
        command.by = fields["by"].map { words($0, of: "a role") } ?? []
        command.notBy = fields["not_by"].map { words($0, of: "a role") } ?? []
        command.whileState = fields["while"].flatMap { word($0, of: "a state") }
        command.until = fields["until"].flatMap { textNode($0, of: "a moment") }
        command.fields = fields["fields"].map { formFields($0) } ?? []
        command.record = fields["record"].flatMap { word($0, of: "a record") }
        return command
    }

    mutating func registers(_ node: Node) -> [UncheckedRegister] {
        node.namedEntries(of: "registers", &log).compactMap { entry in
            guard let name = name(entry.key, of: "a register's name"),
                let fields = entry.value.mapping(allowing: Self.registerKeys, of: "a register", &log),
                let about = fields.required("about", of: "a register", &log).flatMap({ word($0, of: "a subject") })
            else { return nil }
            var register = UncheckedRegister(name: name, about: about)
            register.title = fields.required("title", of: "a register", &log)?.text(of: "a title", &log) ?? ""
            register.isPublic = fields["public"]?.flag(of: "`public`", &log) ?? false
            register.whileStates = fields["while"].map { words($0, of: "a state") } ?? []
            register.fields = fields.required("fields", of: "a register", &log).map { formFields($0) } ?? []
            return register
        }
    }

    /// `editor: organisation`.
    mutating func roles(_ node: Node) -> [(name: Word, of: Word)] {
        node.namedEntries(of: "roles", &log).compactMap { entry in
            guard let name = name(entry.key, of: "a role's name"),
                let holder = entry.value.choice(among: ["organisation", "body"], of: "what a role is held for", &log)
            else { return nil }
            return (name, Word(text: holder, range: entry.value.range))
        }
    }

    private mutating func formFields(_ node: Node) -> [UncheckedField] {
        node.namedEntries(of: "fields", &log).compactMap { entry in
            guard let name = name(entry.key, of: "a field's name"), let type = fieldType(entry.value) else { return nil }
            return UncheckedField(name: name, type: type)
        }
    }

    /// `why: text`, or `why: {type: text, optional: true}`.
    mutating func fieldType(_ node: Node) -> UncheckedFieldType? {
        guard node.entries != nil else { return word(node, of: "a type").map { UncheckedFieldType(base: $0) } }
        guard let fields = node.mapping(allowing: Self.typeKeys, of: "a field", &log),
            let base = fields.required("type", of: "a field", &log).flatMap({ word($0, of: "a type") })
        else { return nil }
        var type = UncheckedFieldType(base: base)
        type.choices = fields["of"]?.texts(of: "a choice", &log) ?? []
        type.isOptional = fields["optional"]?.flag(of: "`optional`", &log) ?? false
        type.shownTo = fields["shown_to"].map { words($0, of: "a role") } ?? []
        type.isPublic = fields["public"]?.flag(of: "`public`", &log) ?? false
        type.from = fields["from"].flatMap { expression($0, of: "`from`") }
        type.standard = fields["standard"].flatMap { expression($0, of: "`standard`") }
        if base.text == "choice", type.choices.isEmpty {
            log.add(.missingKey, at: node.range, "a choice needs `of`", expected: "`of: [one, another]`")
        }
        return type
    }

    /// Variables: `name: first value`, or a type.
    mutating func variables(_ node: Node) -> [UncheckedField] {
        node.namedEntries(of: "variables", &log).compactMap { entry in
            guard let name = name(entry.key, of: "a variable's name"), let type = variableType(entry.value) else { return nil }
            return UncheckedField(name: name, type: type)
        }
    }

    private mutating func variableType(_ node: Node) -> UncheckedFieldType? {
        guard let scalar = node.scalar else {
            let several = node.elements != nil ? "list" : node.entries?.isEmpty == true ? "map" : nil
            return several.map { UncheckedFieldType(base: Word(text: $0, range: node.range), standard: node) }
                ?? fieldType(node)
        }
        func typed(_ base: String) -> UncheckedFieldType {
            UncheckedFieldType(base: Word(text: base, range: node.range), standard: node)
        }
        switch scalar {
        case .bool: return typed("yes_no")
        case .int, .float: return typed("number")
        case .null:
            log.add(
                .wrongShape, at: node.range, "a variable needs a first value or a type",
                expected: "`0`, `false` or `{type: text}`")
            return nil
        case .string(let text):
            return Self.isType(text) ? fieldType(node) : typed("text")
        }
    }

    /// Whether a text stands for a type where a variable's first value could stand too.
    private static func isType(_ text: String) -> Bool {
        plainTypes.contains(text)
            || SubjectKind.allCases.contains { $0.rawValue == text || Vocabulary.plural($0.rawValue) == text }
    }
}
