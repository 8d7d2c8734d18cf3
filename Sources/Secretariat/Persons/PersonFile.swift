public import Calendars
public import Governance
import Journals
import Workflows

/// Everything that is held about one person, for that person (UK GDPR, article 15): what they gave, what they owed and did, what was sent to them,
/// and the files that tell of them.
public struct PersonFile: Codable, Sendable, Hashable {
    /// One value of theirs: a name, an address, a reason that they gave.
    public struct Held: Codable, Sendable, Hashable {
        public var key: String
        public var value: String
        /// What it was given with, where the journal says.
        public var from: String?
        public var at: Instant?
    }

    /// A seat, an office, a list.
    public struct Place: Codable, Sendable, Hashable {
        public var what: String
        public var of: String
        public var from: CivilDate?
        public var until: CivilDate?
    }

    public struct Attended: Codable, Sendable, Hashable {
        public var meeting: String
        public var from: Instant
        public var until: Instant?
        public var manner: String
    }

    public struct Owed: Codable, Sendable, Hashable {
        public var title: String
        public var about: String
        public var due: Instant
        /// "open", or how it ended.
        public var state: String
    }

    public struct Interest: Codable, Sendable, Hashable {
        public var about: String
        public var kind: String
        public var nature: String
        public var isSensitive: Bool
        public var since: String
        public var ruling: String?
    }

    public struct Sent: Codable, Sendable, Hashable {
        public var key: String
        public var at: Instant
        public var document: String
        public var subject: String?
        public var address: String
        public var state: String
        /// The message as it was sent, where it is kept.
        public var text: String?
    }

    public struct Kept: Codable, Sendable, Hashable {
        public var name: String
        public var hash: String
    }

    /// What they did, or what was recorded for them.
    public struct Act: Codable, Sendable, Hashable {
        public var sequence: Int64
        public var at: Instant
        public var recorded: Instant
        public var what: String
        /// "by them" or "for them".
        public var how: String
    }

    public var person: ID
    public var name: String
    public var made: Instant
    public var values: [Held] = []
    public var places: [Place] = []
    public var attendance: [Attended] = []
    public var duties: [Owed] = []
    public var interests: [Interest] = []
    public var messages: [Sent] = []
    public var files: [Kept] = []
    public var acts: [Act] = []
}

extension PersonFile {
    /// With the keys in order, for programs.
    public func json() throws -> String { try Ledger.text(of: self) }
}
