import Calendars
import Governance
public import Journals

/// What a person decides on a message that did not go its way.
public enum MessageRuling: Sendable, Hashable {
    case retry
    case drop(reason: String)
}

/// What came of it.
public struct RuledMessage: Sendable, Hashable {
    public var key: String
    /// Its state before; nil where there is no such message.
    public var before: DeliveryState?
    /// Its state now.
    public var after: DeliveryState?

    public var isChanged: Bool { before != after || (before == .pending && after == .pending) }
}

// The secretary's word on messages.
extension Desk {
    /// How long a message that is tried again after its time stays of use, in seconds.
    public static let secondChance: Int64 = 24 * 3600

    /// Carries the ruling out on each of these messages.
    public func rule(_ ruling: MessageRuling, on keys: [String]) throws -> [RuledMessage] {
        try transact { transaction, now in
            try keys.map { key in
                let message = try transaction.message(key)
                switch ruling {
                case .drop(let reason):
                    if try transaction.drop(key, reason: reason) != nil { try noteAsTold([key], transaction) }
                case .retry: if let message { try retry(message, transaction, now) }
                }
                return RuledMessage(key: key, before: message?.state, after: try transaction.message(key)?.state)
            }
        }
    }

    /// One that nobody can have had is written anew where it never was written, or where its reader has another address now; any other
    /// goes with the bytes it had.
    private func retry(_ message: OutboxMessage, _ transaction: Transaction, _ now: Instant) throws {
        let end = message.validUntil.map { $0 > now.seconds ? $0 : now.seconds + Self.secondChance }
        let address = held.standing.email(of: message.recipient) ?? ""
        if [.dead, .expired].contains(message.state), !address.isEmpty, message.bytes == nil || address != message.address,
            let note = LetterNote.read(message.json)
        {
            let letter = Letter(
                key: message.key, reader: message.recipient, document: note.document,
                mailings: try mailings(of: note, transaction),
                validUntil: end.map { Instant(seconds: $0) })
            if !letter.mailings.isEmpty { try rewrite(letter, address, transaction, now) }
        }
        _ = try transaction.retry(message.key, validUntil: end)
    }

    /// The mailings that a message carries, as their entries have them.
    func mailings(of note: LetterNote, _ reading: Reading) throws -> [Mailing] {
        let wanted = Set(note.mailings)
        let told: [Governance.Entry]
        if let streams = note.streams {
            told = try streams.flatMap { try entries(of: $0, reading) }
        } else {
            told = try reading.entries().map { try Ledger.read($0) }
        }
        return told.flatMap(\.changes).compactMap { change -> Mailing? in
            guard case .mailed(let mailing) = change, wanted.contains(mailing.id) else { return nil }
            return mailing
        }.sorted { numbered($0.id, $1.id) }
    }
}
