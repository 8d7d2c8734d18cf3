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
                try take(
                    { mailing in withdrawn.contains { (mailing.occurrence ?? "").hasPrefix($0) } }, outOf: message,
                    mustNotGo: true, transaction, now)
            }
        }
    }
}
