/// What a caller asks to be recorded; the journal adds the place, the instant and the chain.
public struct NewEntry: Hashable, Sendable {
    /// When it took effect, in seconds since 1970; it may lie before the instant of recording.
    public var effective: Int64
    /// Who did it: an opaque person id, never a name. Absent when the engine did it.
    public var actor: String?
    /// Whom it was recorded for, if another recorded it.
    public var behalf: String?
    /// The command of which this is the first entry; unique in the journal.
    public var commandID: String?
    public var kind: String
    /// JSON text, opaque here.
    public var payload: String

    public init(
        effective: Int64, actor: String? = nil, behalf: String? = nil, commandID: String? = nil, kind: String, payload: String
    ) {
        self.effective = effective
        self.actor = actor
        self.behalf = behalf
        self.commandID = commandID
        self.kind = kind
        self.payload = payload
    }
}

/// One record in the journal: what happened, when it took effect, when it was recorded, by whom, for whom.
public struct Entry: Hashable, Sendable {
    /// The place among all entries of the journal: 1, 2, 3...
    public var sequence: Int64
    public var stream: String
    /// The place within the stream: 1, 2, 3...
    public var position: Int64
    /// When it was recorded, in seconds since 1970.
    public var recorded: Int64
    public var effective: Int64
    public var actor: String?
    public var behalf: String?
    public var commandID: String?
    public var kind: String
    public var payload: String
    /// The hash of the entry before it in its stream, `Entry.origin` for the first.
    public var previousHash: String
    /// SHA-256 over `canonicalForm`, in hexadecimal.
    public var hash: String
}

/// Where a stream ends.
public struct StreamHead: Hashable, Sendable {
    public var stream: String
    public var position: Int64
    public var hash: String
}

/// A stream that has moved on since it was read: what stands at its end now, so that a refusal can say who did what, when.
public struct Conflict: Hashable, Sendable {
    public var stream: String
    public var expected: Int64
    /// The entry at the end of the stream; absent when the stream is empty.
    public var last: Entry?
}
