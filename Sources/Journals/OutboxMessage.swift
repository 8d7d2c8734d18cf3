/// What has become of a message.
public enum DeliveryState: String, Hashable, Sendable, CaseIterable, Codable {
    /// To be sent when it is due.
    case pending
    /// In the hands of a courier, who holds a token and a lease.
    case sending
    /// Accepted by the mail system.
    case sent
    /// Not sent in time to be of use.
    case expired
    /// Another message took its place.
    case superseded
    /// Given up, with the reason in `lastError`.
    case dead
    /// It may have been sent; a person must say.
    case uncertain
}

/// A message to be put in the outbox.
public struct NewOutboxMessage: Hashable, Sendable {
    /// Names the occasion; a second message of the same key is not taken.
    public var key: String
    /// An opaque person id.
    public var recipient: String
    /// Where it goes; kept here only, never in the journal.
    public var address: String
    /// Not sent before this instant, in seconds since 1970.
    public var due: Int64
    /// Not sent at this instant or after it; absent if it is always of use.
    public var validUntil: Int64?
    public var messageID: String
    /// The message as it will be sent, rendered once; absent until a courier renders it.
    public var bytes: [UInt8]?
    /// What the caller needs to render and explain it: JSON text, opaque here.
    public var json: String

    public init(
        key: String, recipient: String, address: String, due: Int64, validUntil: Int64?, messageID: String,
        bytes: [UInt8]? = nil,
        json: String = "{}"
    ) {
        self.key = key
        self.recipient = recipient
        self.address = address
        self.due = due
        self.validUntil = validUntil
        self.messageID = messageID
        self.bytes = bytes
        self.json = json
    }
}

/// A message in the outbox with its delivery state.
public struct OutboxMessage: Hashable, Sendable {
    public var key: String
    public var recipient: String
    public var address: String
    public var created: Int64
    public var due: Int64
    public var validUntil: Int64?
    public var state: DeliveryState
    /// Whoever holds this token may say what became of the message.
    public var token: String?
    /// When the courier's claim ends, in seconds since 1970.
    public var leaseUntil: Int64?
    /// How often it was taken up to be sent.
    public var tries: Int
    /// How often in a row a courier took it and never said what became of it.
    public var unresolved: Int
    public var nextTry: Int64
    public var messageID: String
    public var bytes: [UInt8]?
    public var lastError: String?
    public var sentAt: Int64?
    /// Superseded while it was being sent: it is not tried again.
    public var isWithdrawn: Bool
    public var json: String

    init(_ new: NewOutboxMessage, created: Int64) {
        key = new.key
        recipient = new.recipient
        address = new.address
        self.created = created
        due = new.due
        validUntil = new.validUntil
        state = .pending
        token = nil
        leaseUntil = nil
        tries = 0
        unresolved = 0
        nextTry = new.due
        messageID = new.messageID
        bytes = new.bytes
        lastError = nil
        sentAt = nil
        isWithdrawn = false
        json = new.json
    }
}

/// Whether a message was taken into the outbox.
public enum Enqueued: Hashable, Sendable { case added, alreadyThere(DeliveryState) }

/// What a courier says of a message it had claimed.
public enum DeliveryOutcome: Hashable, Sendable {
    case accepted
    /// To be tried again at `nextTry`, in seconds since 1970.
    case deferred(reason: String, nextTry: Int64)
    /// Refused for good.
    case refused(reason: String)
    /// The connection broke when it may already have been accepted, and the transport cannot recognise a copy.
    case unknown(reason: String)
}

/// Whether a courier's word was taken.
public enum Settlement: Hashable, Sendable {
    case settled(DeliveryState)
    /// The token is not, or no longer, the message's: nothing was changed.
    case stale(DeliveryState)
    case noSuchMessage
}
