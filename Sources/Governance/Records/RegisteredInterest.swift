public import Calendars
import Workflows

/// An interest that stands for a term, and is reviewed; an interest declared for one item is a case.
public struct RegisteredInterest: Codable, Hashable, Sendable {
    public var id: ID
    public var representative: ID
    public var kind: String
    /// The organisation in which it is held: a personal value's key.
    public var organisation: String
    /// What it is: a personal value's key.
    public var nature: String
    /// Whether only that there is one may be told (Localism Act 2011 s.32).
    public var isSensitive: Bool
    /// The day on which it arose.
    public var since: CivilDate
    public var registered: Instant
    /// The day on which it ended; nil while it stands.
    public var until: CivilDate?

    public init(
        id: ID, representative: ID, kind: String, organisation: String, nature: String, isSensitive: Bool, since: CivilDate,
        registered: Instant, until: CivilDate? = nil
    ) {
        self.id = id
        self.representative = representative
        self.kind = kind
        self.organisation = organisation
        self.nature = nature
        self.isSensitive = isSensitive
        self.since = since
        self.registered = registered
        self.until = until
    }
}

/// A member's word that the registered interests are right as they stand; that there are none is an answer too.
public struct InterestReview: Codable, Hashable, Sendable {
    public var representative: ID
    public var at: Instant

    public init(representative: ID, at: Instant) {
        self.representative = representative
        self.at = at
    }
}

extension Records {
    /// The interests that a representative has registered and that stand, in the order of their registration.
    public func standingInterests(of representative: ID) -> [RegisteredInterest] {
        interests.values.filter { $0.representative == representative && $0.until == nil }.sorted { numbered($0.id, $1.id) }
    }
}
