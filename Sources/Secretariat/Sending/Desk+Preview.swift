import Calendars
public import Governance
import Journals

/// What `remind` would do with one message, or with one reminder that makes no message.
public struct Prospect: Sendable, Hashable {
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// It would be handed to the mail system now.
        case goes
        /// Not now; a later run will.
        case waits
        /// Not any more.
        case expires
        /// Not, until a person says.
        case asks
        /// It cannot be written.
        case fails
    }

    public var verdict: Verdict
    /// The message's key, or the occurrence's.
    public var key: String
    public var recipient: ID?
    public var address: String?
    public var document: String?
    public var subject: String?
    /// Why it does not go; nil for what goes.
    public var reason: String?
}

// What would happen.
extension Desk {
    /// Thrown to have the transaction undone.
    private struct Undone: Error {}

    /// What `remind` would do now, found by doing it and taking all of it back.
    public func preview() throws -> [Prospect] {
        var prospects: [Prospect] = []
        do {
            try transact { transaction, now in
                let known = Set(try transaction.messages().map(\.key))
                var record = Proceedings()
                record.gathersReminders = true
                try fire(upTo: now, &record, transaction)
                try finish(&record, transaction, now)
                let expired = Set(try transaction.expireMessages().map(\.key))
                if let end = workspace.quietEnd(at: now) { try transaction.putOff(until: end.seconds) }
                prospects = stale(record)
                for message in try transaction.messages() {
                    let isNew = !known.contains(message.key) || expired.contains(message.key)
                    if let found = prospect(of: message, isNew: isNew, now) { prospects.append(found) }
                }
                throw Undone()
            }
        } catch is Undone {}
        return prospects
    }

    /// Reminders that come too late to be told.
    private func stale(_ record: Proceedings) -> [Prospect] {
        record.changes.compactMap { change in
            guard case .occurrenceSettled(let duty, let occurrence, "expired") = change else { return nil }
            return Prospect(
                verdict: .expires, key: "\(duty)/\(occurrence)", document: Letter.reminder,
                reason: "it fell due while `remind` did not run, and is of use no longer")
        }
    }

    /// What becomes of a message; nil for one that was ended before.
    private func prospect(of message: OutboxMessage, isNew: Bool, _ now: Instant) -> Prospect? {
        guard let (verdict, reason) = verdict(on: message, isNew: isNew, now) else { return nil }
        let note = LetterNote.read(message.json)
        return Prospect(
            verdict: verdict, key: message.key, recipient: message.recipient, address: message.address,
            document: note?.document, subject: note?.subject, reason: reason)
    }

    private func spoken(_ seconds: Int64) -> String { registrar.rulebook.spoken(Instant(seconds: seconds), for: nil) }

    private func verdict(on message: OutboxMessage, isNew: Bool, _ now: Instant) -> (Prospect.Verdict, String?)? {
        let error = message.lastError ?? ""
        switch message.state {
        case .pending where message.nextTry <= now.seconds: return (.goes, nil)
        case .pending where message.tries == 0:
            return (.waits, "it is to leave at \(spoken(message.nextTry))")
        case .pending:
            return (.waits, "tried \(message.tries) times (\(error)); next at \(spoken(message.nextTry))")
        case .sending where (message.leaseUntil ?? 0) <= now.seconds: return (.goes, nil)
        case .sending: return (.waits, "another run holds it until \(spoken(message.leaseUntil ?? 0))")
        case .uncertain: return (.asks, "it may have been sent (\(error)); `mandate outbox retry` or `drop`")
        case .expired where isNew:
            return (.expires, message.validUntil.map { "it was of use until \(spoken($0))" })
        case .dead where isNew: return (.fails, error)
        case .sent, .superseded, .expired, .dead: return nil
        }
    }
}
