import CEL
import Calendars
import Diagnostics
public import Governance
public import Workflows

/// What a person asks for in their own words: names instead of ids, texts instead of values.
public struct Request: Sendable {
    public var command: String
    /// Who acts.
    public var actor: String
    /// For whom it is recorded.
    public var behalf: String?
    /// When it happened, where that is not now.
    public var occurred: String?
    public var meeting: String?
    public var item: String?
    /// The person whom it is about.
    public var person: String?
    /// Another subject by kind: a seat, a term, a body.
    public var subjects: [SubjectKind: String]
    /// A case named outright.
    public var ofCase: ID?
    /// What was filled in, in order; a field that holds a list may stand several times.
    public var fields: [(name: String, text: String)]
    /// The command's id; drawn anew where there is none.
    public var id: String?

    public init(_ command: String, by actor: String) {
        self.command = command
        self.actor = actor
        subjects = [:]
        fields = []
    }

    /// Fills in a field, if there is something to fill in.
    public mutating func fill(_ name: String, _ text: String?) {
        if let text { fields.append((name, text)) }
    }
}

/// A request whose names are understood, with the form that it fills in.
public struct PreparedRequest: Sendable {
    public var command: Command
    public var definition: CommandDefinition
    /// The meeting that it is about, if it is about one.
    public var meeting: ID?
    /// Fields that must still be filled in.
    public var missing: [Field]
}

extension Desk {
    /// Understands a request: finds the people, the meeting, the case, and reads the fields by their types. The rules are not asked yet
    /// but for whom the command would go to.
    public func prepare(_ request: Request) throws -> Result<PreparedRequest, Refusal> {
        let lookup = lookup()
        let actor = try lookup.person(request.actor)
        let behalf = try request.behalf.map { try lookup.person($0) }
        let meeting = try request.meeting.map { try lookup.meeting($0, person: behalf ?? actor) }
        var command = Command(id: request.id ?? chance.token(), name: request.command, actor: actor, behalf: behalf)
        command.ofCase = request.ofCase
        command.subjects = try subjects(of: request, meeting, lookup)
        let about = meeting ?? command.subjects[.item].flatMap { held.standing.records.items[$0]?.meeting }
        let definition: CommandDefinition
        switch form(of: command) {
        case .success(let found): definition = found
        case .failure(let refusal): return .failure(refusal)
        }
        let reader = FormReader(
            lookup: lookup, zone: try zone(of: request, about, lookup), meeting: about, keep: { try self.store($0) })
        command.occurred = try request.occurred.map { try reader.moment($0, name: "occurred") }
        try fill(&command, request.fields, definition, reader)
        let missing = definition.allFields.filter { field in
            command.fields[field.name] == nil && !field.type.isOptional && field.type.standard == nil
        }
        return .success(PreparedRequest(command: command, definition: definition, meeting: about, missing: missing))
    }

    private func subjects(of request: Request, _ meeting: ID?, _ lookup: Lookup) throws -> [SubjectKind: ID] {
        var subjects: [SubjectKind: ID] = [:]
        if let item = request.item {
            subjects[.item] = try lookup.item(item, of: meeting)
        } else {
            subjects[.meeting] = meeting
        }
        if let person = request.person { subjects[.person] = try lookup.person(person) }
        for (kind, text) in request.subjects {
            let reader = FormReader(lookup: lookup, zone: .utc, meeting: meeting, keep: { _ in "" })
            subjects[kind] = try reader.thing(text, kind)
        }
        return subjects
    }

    /// The form of the command in the case that it would go to; where it begins a case, that workflow's.
    private func form(of command: Command) -> Result<CommandDefinition, Refusal> {
        let rulebook = registrar.rulebook
        for workflow in rulebook.workflows.values {
            if case .command(command.name) = workflow.beginning, let found = workflow.command(named: command.name) {
                return .success(found)
            }
        }
        switch registrar.addressee(of: command, in: held.standing, now: now) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let it):
            guard let found = rulebook.workflow(of: it)?.command(named: command.name) else {
                return .failure(Refusal(.unknownCommand, "The case \(it.id) has no command `\(command.name)`."))
            }
            return .success(found)
        }
    }

    /// The zone in which the request's times are meant: that of its meeting's body, or of the body that it names.
    private func zone(of request: Request, _ meeting: ID?, _ lookup: Lookup) throws -> Zone {
        let named = request.fields.last { $0.name == "body" }?.text
        let body = try meeting.flatMap { held.standing.records.meetings[$0]?.body } ?? named.map { try lookup.body($0) }
        return registrar.rulebook.binding(of: body).zone
    }

    private func fill(
        _ command: inout Command, _ texts: [(name: String, text: String)], _ definition: CommandDefinition, _ reader: FormReader
    ) throws {
        var given: [String: [String]] = [:]
        for (name, text) in texts { given[name, default: []].append(text) }
        let fields = definition.allFields
        for (name, texts) in given.sorted(by: { $0.key < $1.key }) {
            guard let field = fields.first(where: { $0.name == name }) else {
                let names = fields.map(\.name)
                let near = nearestName(to: name, among: names).map { "; did you mean `\($0)`?" } ?? ""
                throw FormFailure(
                    .misused,
                    "`\(definition.name)` has no field `\(name)`: expected \(names.isEmpty ? "no field at all" : oneOf(names))\(near)"
                )
            }
            command.fields[name] = try reader.value(texts, for: field)
            if case .file = field.type.base, let path = texts.first {
                keepName(of: path, field, in: &command, fields)
            }
        }
    }

    /// A form may have a field for the name that a file had: `file_name` for `file`.
    private func keepName(of path: String, _ field: Field, in command: inout Command, _ fields: [Field]) {
        let place = field.name + "_name"
        guard fields.contains(where: { $0.name == place }), command.fields[place] == nil else { return }
        guard let name = path.split(separator: "/").last else { return }
        command.fields[place] = .string(
            String(name.unicodeScalars.filter { $0.properties.generalCategory != .control }.map(Character.init)))
    }

    /// Reads one more field of a prepared request.
    public func fill(_ field: Field, with text: String, in prepared: inout PreparedRequest) throws {
        let body = prepared.meeting.flatMap { held.standing.records.meetings[$0]?.body }
        let reader = FormReader(
            lookup: lookup(), zone: registrar.rulebook.binding(of: body).zone, meeting: prepared.meeting,
            keep: { try self.store($0) })
        prepared.command.fields[field.name] = try reader.value([text], for: field)
        prepared.missing.removeAll { $0.name == field.name }
    }
}
