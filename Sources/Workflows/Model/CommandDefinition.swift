import CEL
import Calendars
import Diagnostics

/// What a person may ask for, with its form.
public struct CommandDefinition: Sendable {
    public var name: String
    public var title: String
    /// Any of these may give it; empty: only the engine.
    public var by: [Role]
    /// None of these may, whatever else they are.
    public var notBy: [Role]
    /// The state (chart id) that must be active.
    public var whileState: String?
    /// The moment before which it must occur; exclusive.
    public var until: DeadlineRule?
    /// Its own fields, then those that its record adds.
    public var fields: [Field]
    public var record: Recording?
    public var origin: SourceRange

    public init(
        name: String, title: String, by: [Role], notBy: [Role] = [], whileState: String? = nil, until: DeadlineRule? = nil,
        fields: [Field] = [], record: Recording? = nil, origin: SourceRange
    ) {
        self.name = name
        self.title = title
        self.by = by
        self.notBy = notBy
        self.whileState = whileState
        self.until = until
        self.fields = fields
        self.record = record
        self.origin = origin
    }
}

/// One line of a form.
public struct Field: Sendable {
    public var name: String
    public var type: FieldType

    public init(name: String, type: FieldType) {
        self.name = name
        self.type = type
    }
}

/// What a field of a form, or a variable, holds.
public struct FieldType: Sendable {
    public enum Base: Sendable, Hashable {
        case text, longText, yesNo, number, date, time, moment
        case choice([String])
        /// A thing of the society's records.
        case subject(SubjectKind)
        /// Several things of the society's records.
        case subjects(SubjectKind)
        /// A case of the workflow named.
        case workflowCase(String)
        /// A file, by its SHA-256.
        case file
        /// Values one after the other, or by name; variables alone hold them.
        case list, map
    }

    public var base: Base
    public var isOptional: Bool
    /// Who alone may read the value; empty: everyone who may read the case. Such values are personal: they stand apart from the
    /// journal.
    public var shownTo: [Role]
    /// Words that belong to nobody, and so may stand in the journal.
    public var isPublic: Bool
    /// The things that may be chosen, a list.
    public var from: Program?
    /// The value where none is given.
    public var standard: Value?

    public init(
        _ base: Base, isOptional: Bool = false, shownTo: [Role] = [], isPublic: Bool = false, from: Program? = nil,
        standard: Value? = nil
    ) {
        self.base = base
        self.isOptional = isOptional
        self.shownTo = shownTo
        self.isPublic = isPublic
        self.from = from
        self.standard = standard
    }
}

/// What a command writes to the society's records before its guards run; a closed list. Its fields join the command's form.
public enum RecordKind: String, Sendable, CaseIterable {
    case meeting
    case meetingTime = "meeting_time"
    case item, paper, presiding, arrival, departure, decision, answer
    case contact, substitute, term
    case termEnd = "term_end"
    case code, membership

    public var fields: [Field] {
        switch self {
        case .meeting:
            [
                Field(name: "body", type: FieldType(.subject(.body))),
                Field(name: "title", type: FieldType(.text, isOptional: true)),
                Field(name: "start", type: FieldType(.moment)),
                Field(name: "end", type: FieldType(.moment, isOptional: true)),
                Field(name: "place", type: FieldType(.text, isOptional: true)),
            ]
        case .meetingTime:
            [
                Field(name: "start", type: FieldType(.moment)),
                Field(name: "end", type: FieldType(.moment, isOptional: true)),
                Field(name: "place", type: FieldType(.text, isOptional: true)),
            ]
        case .item:
            [
                Field(name: "title", type: FieldType(.text)),
                Field(
                    name: "purpose",
                    type: FieldType(.choice(["decision", "discussion", "information"]), standard: .string("discussion"))),
                Field(name: "organisations", type: FieldType(.text, isOptional: true)),
                Field(name: "confirms", type: FieldType(.subject(.meeting), isOptional: true)),
                Field(name: "restricted_until", type: FieldType(.date, isOptional: true)),
            ]
        case .paper:
            [
                Field(name: "title", type: FieldType(.text)),
                Field(name: "item", type: FieldType(.subject(.item), isOptional: true)),
                Field(name: "file", type: FieldType(.file, isOptional: true)),
                Field(name: "file_name", type: FieldType(.text, isOptional: true)),
                Field(name: "restricted_until", type: FieldType(.date, isOptional: true)),
            ]
        case .presiding:
            [Field(name: "person", type: FieldType(.subject(.person)))]
        case .arrival:
            [
                Field(name: "person", type: FieldType(.subject(.person))),
                Field(name: "manner", type: FieldType(.choice(["room", "remote"]), standard: .string("room"))),
            ]
        case .departure:
            [Field(name: "person", type: FieldType(.subject(.person)))]
        case .decision:
            [
                Field(name: "decision", type: FieldType(.longText)),
                Field(name: "carried", type: FieldType(.yesNo, standard: .bool(true))),
                Field(name: "votes_for", type: FieldType(.number, isOptional: true)),
                Field(name: "votes_against", type: FieldType(.number, isOptional: true)),
                Field(name: "abstained", type: FieldType(.number, isOptional: true)),
                Field(name: "took_part", type: FieldType(.subjects(.person), isOptional: true)),
                Field(name: "reason", type: FieldType(.text, isOptional: true)),
            ]
        case .answer:
            [Field(name: "text", type: FieldType(.longText))]
        case .contact, .substitute, .term, .termEnd, .code, .membership: fieldsOfPeople
        }
    }

    /// Of records about people, their seats and what binds them.
    private var fieldsOfPeople: [Field] {
        switch self {
        case .contact:
            [
                Field(name: "name", type: FieldType(.text, isOptional: true)),
                Field(name: "email", type: FieldType(.text, isOptional: true)),
            ]
        case .substitute:
            [
                Field(name: "seat", type: FieldType(.subject(.seat))),
                Field(name: "person", type: FieldType(.subject(.person))),
            ]
        case .term:
            [
                Field(name: "seat", type: FieldType(.subject(.seat))),
                Field(name: "person", type: FieldType(.subject(.person), isOptional: true)),
                Field(name: "start", type: FieldType(.date, isOptional: true)),
                Field(name: "end", type: FieldType(.date, isOptional: true)),
            ]
        case .termEnd:
            [Field(name: "last_day", type: FieldType(.date))]
        case .code:
            [
                Field(name: "title", type: FieldType(.text)),
                Field(name: "date", type: FieldType(.date)),
                Field(name: "file", type: FieldType(.file, isOptional: true)),
            ]
        case .membership:
            [
                Field(name: "action", type: FieldType(.choice(["join", "leave"]), standard: .string("join"))),
                Field(name: "member", type: FieldType(.subject(.organisation), isOptional: true)),
                Field(name: "person", type: FieldType(.subject(.person), isOptional: true)),
                Field(name: "new_organisation", type: FieldType(.text, isOptional: true)),
                Field(name: "new_person", type: FieldType(.text, isOptional: true)),
                Field(name: "email", type: FieldType(.text, isOptional: true)),
            ]
        default: []
        }
    }

    /// The subject that the record makes, by which a case can begin, and which `event` holds.
    public var makes: SubjectKind? {
        switch self {
        case .meeting: .meeting
        case .item: .item
        case .paper: .paper
        case .term: .term
        default: nil
        }
    }

    /// Whether what the form's texts say belongs to a person and stands apart from the journal.
    public func isPersonal(_ field: String) -> Bool {
        switch self {
        case .contact: true
        case .membership: field == "new_person" || field == "email"
        default: field == "reason"
        }
    }
}

/// Where a command writes: to the society's records, or to a register that a workflow declares.
public enum Recording: Sendable {
    case record(RecordKind)
    case row(RegisterDefinition)

    public var fields: [Field] {
        switch self {
        case .record(let kind): kind.fields
        case .row(let register): register.fields
        }
    }

    /// As `record:` names it.
    public var name: String {
        switch self {
        case .record(let kind): kind.rawValue
        case .row(let register): register.name
        }
    }

    /// The record of the closed list; nil for a row of a register.
    public var kind: RecordKind? { if case .record(let kind) = self { kind } else { nil } }
}
