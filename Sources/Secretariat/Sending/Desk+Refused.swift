import Governance
import Journals
import Workflows

/// The messages that a mail system refused for good, until the rules have heard of it: their readers' addresses may be wrong.
enum RefusedMail {
    private static let key = "messages refused"

    /// In the transaction that says what became of the message, so that no crash comes in between.
    static func note(_ message: String, _ transaction: Transaction) throws {
        try transaction.setMeta(try Ledger.text(of: try all(transaction) + [message]), for: key)
    }

    static func all(_ reading: Reading) throws -> [String] {
        guard let text = try reading.meta(key) else { return [] }
        return try Ledger.value(from: text)
    }

    static func forget(_ transaction: Transaction) throws {
        try transaction.setMeta(try Ledger.text(of: [String]()), for: key)
    }
}

extension Desk {
    /// Tells the rules of each reader whom mail does not reach, as a mail that came back does; answers whether anything followed.
    func tellRefused() throws -> Bool {
        guard try !journal.read({ try RefusedMail.all($0) }).isEmpty else { return false }
        return try transact { transaction, now in
            var record = Proceedings()
            var told = false
            let refused = try RefusedMail.all(transaction).compactMap { try transaction.message($0) }
            try holdPeople(Set(refused.map(\.recipient)), transaction)
            for message in refused {
                guard let word = wordOfRefusal(message) else { continue }
                let decision = try ask(&record, transaction, now) { registrar, standing in
                    registrar.tell(word, in: standing, now: now)
                }
                guard case .taken(let taken) = decision, !taken.entries.isEmpty else { continue }
                told = true
                _ = try append(taken, command: nil, transaction)
                record.note(taken.entries)
            }
            try RefusedMail.forget(transaction)
            try finish(&record, transaction, now)
            return told
        }
    }

    /// Nil where nobody could be asked about the reader, or nothing is known of them any more.
    private func wordOfRefusal(_ message: OutboxMessage) -> Governance.Word? {
        let (person, records) = (message.recipient, held.standing.records)
        guard records.people[person] != nil, held.standing.erasures[person] == nil else { return nil }
        let meeting = LetterNote.read(message.json)?.meeting.flatMap { records.meetings[$0] }
        guard let body = meeting?.body ?? firstBody(of: person) else { return nil }
        return Governance.Word(event: "mail_bounced", about: [.body: body, .person: person], payload: [:], from: nil)
    }
}
