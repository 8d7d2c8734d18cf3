import Calendars

/// A meeting as planned and as held.
public struct Meeting: Codable, Hashable, Sendable {
    public var id: ID
    public var body: ID
    public var title: String
    public var place: String
    /// The civil day on which it is held, where it is held.
    public var day: CivilDate
    /// The times planned.
    public var start: Instant
    public var end: Instant
    /// The times of the sitting.
    public var opened: Instant?
    public var ended: Instant?
    public var isCancelled: Bool
    /// In the order of the agenda.
    public var items: [ID]
    public var papers: [ID]
    /// Who presides, from when on, for one item or for all.
    public var presiding: [Presiding]

    public init(
        id: ID, body: ID, title: String, place: String, day: CivilDate? = nil, start: Instant, end: Instant,
        opened: Instant? = nil,
        ended: Instant? = nil, isCancelled: Bool = false, items: [ID] = [], papers: [ID] = [], presiding: [Presiding] = []
    ) {
        self.id = id
        self.body = body
        self.title = title
        self.place = place
        self.day = day ?? start.utc.date
        self.start = start
        self.end = end
        self.opened = opened
        self.ended = ended
        self.isCancelled = isCancelled
        self.items = items
        self.papers = papers
        self.presiding = presiding
    }
}

/// Who presides, for one item or, without one, for the meeting.
public struct Presiding: Codable, Hashable, Sendable {
    public var person: ID
    public var item: ID?
    public var at: Instant

    public init(person: ID, item: ID?, at: Instant) {
        self.person = person
        self.item = item
        self.at = at
    }
}

/// The roll of one meeting: for each person the stretches of time in which they were there.
public struct Roll: Codable, Hashable, Sendable {
    public var meeting: ID
    public var presence: [ID: [Presence]]

    public init(meeting: ID, presence: [ID: [Presence]] = [:]) {
        self.meeting = meeting
        self.presence = presence
    }
}

/// One stretch of presence; open while `until` is nil.
public struct Presence: Codable, Hashable, Sendable {
    public enum Manner: String, Codable, Sendable { case room, remote }

    public var from: Instant
    public var until: Instant?
    public var manner: Manner

    public init(from: Instant, until: Instant? = nil, manner: Manner) {
        self.from = from
        self.until = until
        self.manner = manner
    }

    public func covers(_ moment: Instant) -> Bool {
        guard from <= moment else { return false }
        guard let until else { return true }
        return moment < until
    }
}

/// One item of business of one meeting.
public struct Item: Codable, Hashable, Sendable {
    public var id: ID
    public var meeting: ID
    public var title: String
    public var purpose: String
    /// The meeting whose minutes it confirms.
    public var confirms: ID?
    /// The item of an earlier meeting that it continues.
    public var continues: ID?
    public var restrictedUntil: CivilDate?
    public var resolution: Resolution?
    /// The organisations that it is about, by name, where somebody has said so.
    public var concerns: [String]?
    /// When it was put on the agenda, and when it was last opened; nil in older journals, and while it was not.
    public var added: Instant?
    public var opened: Instant?

    public init(
        id: ID, meeting: ID, title: String, purpose: String, confirms: ID? = nil, continues: ID? = nil,
        restrictedUntil: CivilDate? = nil, resolution: Resolution? = nil, concerns: [String]? = nil, added: Instant? = nil
    ) {
        self.id = id
        self.meeting = meeting
        self.title = title
        self.purpose = purpose
        self.confirms = confirms
        self.continues = continues
        self.restrictedUntil = restrictedUntil
        self.resolution = resolution
        self.concerns = concerns
        self.added = added
        opened = nil
    }
}

extension Item {
    /// The names in a list such as `Carers Together; Minds Matter, Northshire`: parted by semicolons where there are any, as a name may
    /// hold a comma, else by commas.
    public static func names(in text: String) -> [String] {
        text.split(separator: text.contains(";") ? ";" : ",")
            .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }.filter { !$0.isEmpty }
    }
}

/// A decision with what makes it good: who took part, who had withdrawn, who presided, how the quorum stood.
public struct Resolution: Codable, Hashable, Sendable {
    public var text: String
    public var isCarried: Bool
    public var votesFor: Int?
    public var votesAgainst: Int?
    public var abstained: Int?
    /// Computed from presence and participation; fewer may be named, with a reason.
    public var tookPart: [ID]
    /// A personal value's key, where fewer were named than might have taken part.
    public var reason: String?
    public var withdrawn: [ID]
    public var presider: ID?
    public var present: Int
    public var needed: Int
    public var at: Instant

    public init(
        text: String, isCarried: Bool, votesFor: Int?, votesAgainst: Int?, abstained: Int?, tookPart: [ID], reason: String?,
        withdrawn: [ID], presider: ID?, present: Int, needed: Int, at: Instant
    ) {
        self.text = text
        self.isCarried = isCarried
        self.votesFor = votesFor
        self.votesAgainst = votesAgainst
        self.abstained = abstained
        self.tookPart = tookPart
        self.reason = reason
        self.withdrawn = withdrawn
        self.presider = presider
        self.present = present
        self.needed = needed
        self.at = at
    }
}

/// A paper for a meeting, for one item of it or for all.
public struct Paper: Codable, Hashable, Sendable {
    public var id: ID
    public var meeting: ID
    public var item: ID?
    public var title: String
    /// SHA-256 of the file.
    public var file: String?
    public var fileName: String?
    public var restrictedUntil: CivilDate?
    public var added: Instant
    /// When it went out; nil while it has not.
    public var circulated: Instant?

    public init(
        id: ID, meeting: ID, item: ID?, title: String, file: String?, fileName: String?, restrictedUntil: CivilDate?,
        added: Instant, circulated: Instant? = nil
    ) {
        self.id = id
        self.meeting = meeting
        self.item = item
        self.title = title
        self.file = file
        self.fileName = fileName
        self.restrictedUntil = restrictedUntil
        self.added = added
        self.circulated = circulated
    }
}

/// What one of the constituency answered to a report; the text is a personal value's key.
public struct Answer: Codable, Hashable, Sendable {
    public var id: ID
    public var meeting: ID
    public var representative: ID
    public var person: ID
    public var text: String
    public var at: Instant

    public init(id: ID, meeting: ID, representative: ID, person: ID, text: String, at: Instant) {
        self.id = id
        self.meeting = meeting
        self.representative = representative
        self.person = person
        self.text = text
        self.at = at
    }
}
