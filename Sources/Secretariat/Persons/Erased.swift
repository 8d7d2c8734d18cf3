public import Calendars
public import Governance

/// What erasing a person came to, for whoever answers for it: what went, what stays, and where copies are that are not ours to erase.
public struct Erased: Codable, Sendable, Hashable {
    /// A message that went out: its copy is in somebody's mailbox.
    public struct SentCopy: Codable, Sendable, Hashable {
        public var at: Instant
        public var to: ID
        public var document: String
    }

    public var person: ID
    /// Personal values erased, and texts of others in which the name was.
    public var values = 0
    public var othersTexts = 0
    /// Messages to the person, and to others that told of the person, whose text was erased.
    public var messages = 0
    public var othersMessages = 0
    /// Kept files written anew without the person, and those erased whole.
    public var filesRedacted = 0
    public var filesErased = 0
    /// Files of mail within the workspace.
    public var mailFiles = 0
    public var rosterRows = 0

    /// What stays because it is a public record or was typed into one: confirmed minutes, circulated papers, entries.
    public var record: [String] = []
    /// Files that no search can look into.
    public var unsearchable: [String] = []
    /// Files of the workspace that hold the words still, and are not the program's: their owner must look.
    public var left: [String] = []

    /// Copies outside: mail that was sent, and backups.
    public var sent: [SentCopy] = []
    public var backups: [BackupNote] = []
    /// Those that are not where they were made, so that a restoration from them knows nothing of the erasure.
    public var untold: [String] = []
}
