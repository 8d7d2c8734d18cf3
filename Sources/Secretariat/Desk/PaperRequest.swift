public import Calendars
public import Governance

/// A document that somebody wants to read.
public struct PaperRequest: Sendable, Hashable {
    /// By the workflow's word: `feedback_report`.
    public var document: String
    /// The case that it belongs to.
    public var ofCase: ID?
    public var meeting: ID?
    /// The body, for a document that is about no one meeting: a register.
    public var body: ID?
    /// The nominating body, for a document of its seats alone.
    public var organisation: ID?
    /// The person in a seat, for a role or a handover pack.
    public var representative: ID?
    /// A register that a workflow declares.
    public var register: String?
    /// The duties that it tells of: one for a reminder, several for a digest.
    public var duties: [ID]
    /// The person who will read it; nil for whoever asks, who reads what everyone may.
    public var reader: ID?
    /// Whether it goes out as a message, with a greeting and the reason why.
    public var isMailed: Bool
    /// When the message was to go out; one that is written a day later says so.
    public var written: Instant?

    public init(
        document: String, ofCase: ID? = nil, meeting: ID? = nil, body: ID? = nil, organisation: ID? = nil,
        representative: ID? = nil, duties: [ID] = [], reader: ID? = nil, isMailed: Bool = false, written: Instant? = nil
    ) {
        self.document = document
        self.ofCase = ofCase
        self.meeting = meeting
        self.body = body
        self.organisation = organisation
        self.representative = representative
        self.duties = duties
        self.reader = reader
        self.isMailed = isMailed
        self.written = written
    }
}

/// What a document is filled from.
public struct PaperFacts: Sendable {
    public var standing: Standing
    public var registrar: Registrar
    public var settings: Settings
    public var now: Instant
    /// The entries of the meeting's stream, in order, where they are at hand: they hold what the standing forgets.
    public var entries: [Entry]
    /// The text of a stored file, by its hash: an edited draft.
    public var text: @Sendable (String) throws -> String
    /// Present where mail is written to which people can answer by mail.
    var answering: Answering?

    public init(
        standing: Standing, registrar: Registrar, settings: Settings, now: Instant, entries: [Entry] = [],
        text: @escaping @Sendable (String) throws -> String
    ) {
        self.standing = standing
        self.registrar = registrar
        self.settings = settings
        self.now = now
        self.entries = entries
        self.text = text
    }
}

/// Why a document could not be made.
public struct PaperFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public var description: String

    public init(_ description: String) { self.description = description }
}
