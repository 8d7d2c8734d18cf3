/// What a case or a word can be about: a thing of the society's records, or a case of another workflow.
public enum SubjectKind: Sendable, Hashable {
    case organisation, body, seat, term, person, representative, meeting, item, paper
    /// A case of the workflow of this name, which bears no name of the others.
    case ofCase(String)

    /// The kinds that one of this kind implies by itself: a meeting its body, an item its meeting, a representative the term and seat.
    /// What a case implies, its workflow says.
    public var implies: [SubjectKind] {
        switch self {
        case .organisation, .body, .person, .ofCase: []
        case .seat: [.body, .organisation]
        case .term: [.seat, .person, .body, .organisation]
        case .representative: [.seat, .term, .person, .body, .organisation]
        case .meeting: [.body]
        case .item: [.meeting, .body]
        case .paper: [.item, .meeting, .body]
        }
    }

    /// The kinds of the society's records.
    public static let allCases: [SubjectKind] = [
        .organisation, .body, .seat, .term, .person, .representative, .meeting, .item, .paper,
    ]

    /// Its name in workflows, expressions and the journal.
    public var rawValue: String {
        switch self {
        case .organisation: "organisation"
        case .body: "body"
        case .seat: "seat"
        case .term: "term"
        case .person: "person"
        case .representative: "representative"
        case .meeting: "meeting"
        case .item: "item"
        case .paper: "paper"
        case .ofCase(let workflow): workflow
        }
    }

    /// The kind of the society's records that bears the name; nil for any other.
    public init?(rawValue: String) {
        guard let kind = Self.byName[rawValue] else { return nil }
        self = kind
    }

    /// The kind of that name: one of the records, else cases of a workflow.
    public init(named name: String) { self = Self.byName[name] ?? .ofCase(name) }

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

    /// Whether things of this kind are cases.
    public var isCase: Bool { if case .ofCase = self { true } else { false } }

    /// The object type of such a thing in expressions.
    public var objectKind: String { isCase ? Vocabulary.caseKind(rawValue) : rawValue }
}

extension SubjectKind: Codable, CodingKeyRepresentable {
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    public var codingKey: any CodingKey { Key(stringValue: rawValue) }

    public init?<Coded: CodingKey>(codingKey: Coded) { self.init(named: codingKey.stringValue) }

    public init(from decoder: any Decoder) throws {
        self.init(named: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(rawValue)
    }
}

/// Who: in `by:`, `of:`, `escalate:` and as recipients of mail.
public enum Role: Sendable, Hashable {
    /// The person of the case's representative.
    case representative
    /// A role that people hold for the case's body: `chair`, `vice_chair`, `secretary`, `attendee`, or one that a workflow declares.
    case ofBody(String)
    /// A role that people hold for the case's nominating organisation: `coordinator`, or one that a workflow declares.
    case ofOrganisation(String)
    /// Who presides over the case's item or meeting.
    case presider
    /// Those who serve on the case's body at the meeting.
    case members
    /// Those who come without a seat.
    case attendees
    /// Those reported back to: the constituency list of the nominating organisation.
    case constituency
    /// Those who elected or nominated the representative.
    case electors
    /// The person in a variable of the case.
    case variable(String)
    /// Those with an interest in the item, who may do less on it than speak; under `not_by:` alone.
    case interested
    /// The person the case is about (`for: person`, or implied by a term).
    case person

    public static let bodyRoles = ["chair", "vice_chair", "secretary"]
    public static let organisationRoles = ["coordinator"]
}
