import Calendars
import Governance
import Journals

// One mail a day for those who want it so.
extension Desk {
    /// So many days ahead a digest finds its place: today's, or tomorrow's where today's has gone.
    private static let mostDaysAhead = 3

    /// Puts mailings into their reader's digest of the day, or of the next day if that one has gone. What would be of no use by then goes by
    /// itself, now.
    func enqueueDaily(_ letter: Letter, _ transaction: Transaction, _ now: Instant) throws {
        let zone = registrar.rulebook.standard.zone
        var date = zone.civil(at: now).date
        for _ in 0..<Self.mostDaysAhead {
            let key = Letter.digestKey(letter.reader, date)
            let known = try transaction.message(key)
            let due = max(now, zone.instant(of: CivilDateTime(date, workspace.settings.remindersAt)))
            if let known, known.state != .pending || known.tries > 0 {
                date = date.adding(days: 1)
                continue
            }
            let lasting = letter.mailings.filter { mailing in mailing.validUntil.map { $0 > due } ?? true }
            for mailing in letter.mailings where !lasting.contains(mailing) {
                try enqueue(Letter.single(mailing, to: letter.reader), transaction, now)
            }
            guard !lasting.isEmpty else { return }
            if let known {
                try add(lasting, to: known, transaction, now)
            } else {
                try enqueue(Letter.digest(lasting, to: letter.reader, key: key), transaction, now, due: due)
            }
            return
        }
        for mailing in letter.mailings { try enqueue(Letter.single(mailing, to: letter.reader), transaction, now) }
    }

    /// Writes a digest anew that nobody has had yet, with more in it.
    private func add(_ mailings: [Mailing], to digest: OutboxMessage, _ transaction: Transaction, _ now: Instant) throws {
        guard let note = LetterNote.read(digest.json) else { return }
        let before = try self.mailings(of: note, transaction)
        let new = mailings.filter { !note.mailings.contains($0.id) }
        guard !new.isEmpty else { return }
        let whole = Letter.digest(before + new, to: digest.recipient, key: digest.key)
        if try !amend(digest, whole, transaction, now) {
            for mailing in new { try enqueue(Letter.single(mailing, to: digest.recipient), transaction, now) }
        }
    }

    /// Takes mailings out of a digest that has not gone out. One that is left empty is not sent; one that was handed over before keeps its
    /// bytes, so where those must not go the rest goes as messages of their own.
    ///
    /// - Parameter mustNotGo: whether what is taken out would mislead its reader.
    func take(
        _ isGone: (Mailing) -> Bool, outOf digest: OutboxMessage, mustNotGo: Bool, _ transaction: Transaction, _ now: Instant
    ) throws {
        // One that a courier holds goes as it is: it can be told no more, and the others in it would be lost.
        guard let note = LetterNote.read(digest.json) else { return }
        let carried = try mailings(of: note, transaction)
        let rest = carried.filter { !isGone($0) }
        guard rest.count < carried.count, digest.state != .sending || rest.isEmpty else { return }
        if rest.isEmpty {
            try transaction.supersede([digest.key])
            return
        }
        if digest.state == .pending, digest.tries == 0,
            try amend(digest, Letter.digest(rest, to: digest.recipient, key: digest.key), transaction, now)
        {
            return
        }
        guard mustNotGo, try !transaction.supersede([digest.key]).isEmpty else { return }
        for mailing in rest { try enqueue(Letter.single(mailing, to: digest.recipient), transaction, now) }
    }

    /// A reminder of a duty that has ended is of no use any more, if it has not gone out yet.
    func supersedeReminders(ofEnded record: Proceedings, _ transaction: Transaction, _ now: Instant) throws {
        let ended = Set(record.endedDuties)
        guard !ended.isEmpty else { return }
        for message in try transaction.messages(in: [.pending, .sending, .uncertain]) {
            if message.key.hasPrefix(Letter.digestMark) {
                guard let note = LetterNote.read(message.json), !ended.isDisjoint(with: note.duties ?? []) else { continue }
                try take(
                    { $0.duty.map { ended.contains($0) } ?? false }, outOf: message, mustNotGo: false, transaction, now)
            } else if let duty = message.key.split(separator: "/").first, ended.contains(ID(duty)) {
                try transaction.supersede([message.key])
            }
        }
    }
}
