/// What a case or a word can be about.
public enum SubjectKind: String, Sendable, CaseIterable, Codable, CodingKeyRepresentable {
    case organisation, body, seat, term, person, representative, meeting, item, paper

    /// The kinds that one of this kind implies: a meeting its body, an item its meeting, a representative the term and seat.
    public var implies: [SubjectKind] {
        switch self {
        case .organisation, .body, .person: []
        case .seat: [.body, .organisation]
        case .term: [.seat, .person, .body, .organisation]
        case .representative: [.seat, .term, .person, .body, .organisation]
        case .meeting: [.body]
        case .item: [.meeting, .body]
        case .paper: [.item, .meeting, .body]
        }
    }
}

/// Who: in `by:`, `of:`, `escalate:` and as recipients of mail.
public enum Role: Sendable, Hashable {
    /// The person of the case's representative.
    case representative
    /// A role that people hold for the case's body: `chair`, `vice_chair`, `secretary`, `attendee`.
    case ofBody(String)
    /// A role that people hold for the case's nominating organisation: `coordinator`.
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
