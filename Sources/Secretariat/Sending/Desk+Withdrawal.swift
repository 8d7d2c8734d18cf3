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

// Messages in whose place newer ones go.
extension Desk {
    /// Supersedes the agendas that have not left yet where a newer one goes to the same person: it brings all that they would have brought.
    func supersedeOlderAgendas(than letters: [Letter], _ transaction: Transaction) throws {
        let newer = letters.filter { $0.document == CirculatingDocument.agenda.rawValue }
        guard !newer.isEmpty else { return }
        let keys = Set(newer.map(\.key))
        let places = Set(newer.compactMap { letter in letter.mailings.first.map { "\($0.ofCase)/\(letter.reader)" } })
        for message in try transaction.messages(in: [.pending]) where message.tries == 0 && !keys.contains(message.key) {
            guard let note = LetterNote.read(message.json), note.document == CirculatingDocument.agenda.rawValue,
                places.contains("\(note.ofCase)/\(message.recipient)")
            else { continue }
            try transaction.supersede([message.key], reason: "a newer agenda goes in its place")
        }
    }
}
