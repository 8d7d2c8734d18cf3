import Calendars
import Workflows

/// An opaque name in the records: `p7`, `m3`. Nothing about the person can be read from it.
public typealias ID = String

/// A person. Name and address are personal values and stand apart from the journal, under `p7/name` and `p7/email`.
public struct Person: Codable, Hashable, Sendable {
    public var id: ID

    public init(id: ID) { self.id = id }
}

/// An organisation that nominates people to seats and is reported back to.
public struct Organisation: Codable, Hashable, Sendable {
    public var id: ID
    public var name: String
    /// Who holds which role for it: `coordinator`, and those that workflows declare.
    public var roles: [String: [ID]]
    /// Those reported back to.
    public var constituency: [ID]
    /// The organisations that belong to it; nil, as in older journals, means none.
    public var members: [ID]?

    public init(id: ID, name: String, roles: [String: [ID]] = [:], constituency: [ID] = [], members: [ID]? = nil) {
        self.members = members
        self.id = id
        self.name = name
        self.roles = roles
        self.constituency = constituency
    }
}

/// A partnership group, board or committee that meets.
public struct Body: Codable, Hashable, Sendable {
    public var id: ID
    public var name: String
    /// Who holds which role for it: `chair`, `vice_chair`, `secretary`, `attendee`, and those that workflows declare.
    public var roles: [String: [ID]]

    public init(id: ID, name: String, roles: [String: [ID]] = [:]) {
        self.id = id
        self.name = name
        self.roles = roles
    }
}

/// A place on a body, held for a nominating organisation.
public struct Seat: Codable, Hashable, Sendable {
    public var id: ID
    public var body: ID
    public var organisation: ID
    public var name: String
    /// What its holder may do where nothing caps it: `vote`, `speak`...
    public var rights: String
    /// In the order in which they are asked.
    public var substitutes: [ID]
    /// What a quorum may ask for: `independent`, `external`. Nil, as in older journals, means none.
    public var marks: [String]?

    public init(
        id: ID, body: ID, organisation: ID, name: String, rights: String = "vote", substitutes: [ID] = [],
        marks: [String]? = nil
    ) {
        self.id = id
        self.body = body
        self.organisation = organisation
        self.name = name
        self.rights = rights
        self.substitutes = substitutes
        self.marks = marks
    }
}

/// One person's time in a seat; both days belong to it.
public struct Term: Codable, Hashable, Sendable {
    public var id: ID
    public var seat: ID
    public var person: ID
    public var start: CivilDate
    public var end: CivilDate
    /// The end that it was to have; nil where it ends, or ended, as planned.
    public var planned: CivilDate?
    /// Whether it runs only until the seat is filled; nil, as in older journals, means no.
    public var isInterim: Bool?

    public init(id: ID, seat: ID, person: ID, start: CivilDate, end: CivilDate) {
        self.id = id
        self.seat = seat
        self.person = person
        self.start = start
        self.end = end
    }
}

/// A person in a seat, for a term or standing in. A person with two seats is two representatives.
public struct Representative: Codable, Hashable, Sendable {
    public var id: ID
    public var seat: ID
    public var person: ID
    /// Nil for a stand-in.
    public var term: ID?

    public init(id: ID, seat: ID, person: ID, term: ID?) {
        self.id = id
        self.seat = seat
        self.person = person
        self.term = term
    }
}
