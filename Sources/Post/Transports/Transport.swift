/// A way to hand a composed message over.
public protocol Transport: Sendable {
    /// Hands the message over; answers what became of it. May take as long as the transport's timeout.
    ///
    /// `bytes` is the whole message with CR LF line ends, the same at each try.
    func deliver(_ bytes: [UInt8], _ envelope: Envelope) -> DeliveryResult

    /// For how many seconds one message may keep it busy.
    var patience: Int { get }
}

extension Transport {
    /// Nothing is waited for.
    public var patience: Int { 0 }
}

/// Where a message goes and where it comes back to, whatever its headers say.
public struct Envelope: Hashable, Sendable {
    /// Who is told if it cannot be delivered.
    public var sender: Address
    public var recipient: Address
    /// The Message-ID, by which a transport may know a copy.
    public var messageID: String

    public init(sender: Address, recipient: Address, messageID: String) {
        self.sender = sender
        self.recipient = recipient
        self.messageID = messageID
    }
}

/// What became of a message that was handed over.
public enum DeliveryResult: Hashable, Sendable {
    /// The next system has it and answers for it.
    case accepted
    /// Not now; it may go through later.
    case deferred(reason: String)
    /// Never; the message or its recipient is at fault.
    case refused(reason: String)
    /// It was cut off when the message may already have been accepted.
    case unknown(reason: String)
}

/// The message as files and pipes want it: lines that end with LF. Composed messages have CR before LF only.
func withLineFeeds(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for (index, byte) in bytes.enumerated() {
        if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { continue }
        result.append(byte)
    }
    return result
}
