import Calendars
import Governance
import Journals

// Messages whose occasion has moved.
extension Desk {
    /// Supersedes the unsent messages of reminders whose moment is another now, and no others. A digest that tells of others too
    /// goes as it was for those: each as a message of its own.
    func withdraw(_ record: Proceedings, _ transaction: Transaction, _ now: Instant) throws {
        let withdrawn = record.withdrawn
        guard !withdrawn.isEmpty else { return }
        for message in try transaction.messages(in: [.pending, .sending, .uncertain]) {
            if withdrawn.contains(where: { message.key.hasPrefix($0) }) {
                try transaction.supersede([message.key])
            } else if message.key.hasPrefix(Letter.digestMark) {
                try withdraw(withdrawn, from: message, transaction, now)
            }
        }
    }

    private func withdraw(
        _ withdrawn: [String], from digest: OutboxMessage, _ transaction: Transaction, _ now: Instant
    ) throws {
        // One that a courier holds goes as it is: it can be told no more, and the others in it would be lost.
        guard digest.state != .sending, let note = LetterNote.read(digest.json) else { return }
        let carried = try mailings(of: note, transaction)
        let isWithdrawn = { (mailing: Mailing) in
            withdrawn.contains { (mailing.occurrence ?? "").hasPrefix($0) }
        }
        guard carried.contains(where: isWithdrawn) else { return }
        guard try !transaction.supersede([digest.key]).isEmpty else { return }
        let rest = carried.filter { !isWithdrawn($0) }
        for mailing in rest { try enqueue(Letter.single(mailing, to: digest.recipient), transaction, now) }
    }
}
