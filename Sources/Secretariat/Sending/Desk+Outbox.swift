import CEL
import Calendars
import Documents
import Governance
import Journals
import Workflows

// Mailings become messages, one for each person, written once.
extension Desk {
    /// Puts the mailings of these entries into the outbox; answers how many messages there are.
    func enqueue(_ record: Proceedings, _ transaction: Transaction, _ now: Instant) throws -> Int {
        let mailings = record.mailings
        guard !mailings.isEmpty else { return 0 }
        let zone = registrar.rulebook.standard.zone
        let letters = Letter.all(of: mailings, gathering: record.gathersReminders, channel: channel) { _ in
            zone.civil(at: now).date
        }
        try holdPeople(Set(letters.flatMap { peopleShown(in: $0) }), transaction)
        for letter in letters {
            switch letter.way {
            case .now: try enqueue(letter, transaction, now)
            case .daily: try enqueueDaily(letter, transaction, now)
            case .unwanted: try keepBack(letter, transaction, now)
            }
        }
        try supersedeOlderAgendas(than: letters, transaction)
        try expect(mailings, transaction)
        return letters.count
    }

    /// The people of whom a letter tells more than what belongs to its own case: a digest says all that its reader owes.
    private func peopleShown(in letter: Letter) -> Set<ID> {
        guard letter.document != Letter.reminder else { return [] }
        let owners = letter.mailings.compactMap { $0.duty.flatMap { held.standing.duties[$0] } }
            .flatMap { registrar.owners(of: $0, in: held.standing) }
        return Set(owners + [letter.reader])
    }

    /// Writes a letter and puts it into the outbox; what cannot be written is kept there as dead, with the reason.
    ///
    /// - Parameter due: when it is to leave, if not now.
    func enqueue(_ letter: Letter, _ transaction: Transaction, _ now: Instant, due: Instant? = nil) throws {
        guard let first = letter.mailings.first else { return }
        var written = try sealed(letter, first, transaction)
        let address = held.standing.email(of: letter.reader) ?? ""
        // What is no longer of use is kept as expired, unwritten.
        if letter.validUntil.map({ $0 > now }) ?? true { try write(&written, letter, address, transaction, now) }
        // What one of several spoils is told of the others one by one.
        if written.fault != nil, !address.isEmpty, letter.mailings.count > 1, letter.document == "digest" {
            for mailing in letter.mailings { try enqueue(Letter.single(mailing, to: letter.reader), transaction, now) }
            return
        }
        let added = try transaction.enqueue(
            NewOutboxMessage(
                key: letter.key, recipient: letter.reader, address: address, due: (due ?? now).seconds,
                validUntil: letter.validUntil?.seconds, messageID: written.messageID, bytes: written.bytes,
                json: try Ledger.text(of: written.note)))
        guard added == .added else { return }
        if let fault = written.fault {
            try transaction.drop(letter.key, reason: fault)
        } else if try isOfLostTime(letter, transaction) {
            try transaction.doubt(letter.key, reason: "it fell due before the journal was restored; it may have been sent")
        }
    }

    /// Accounts for a letter that its reader wants not to have.
    private func keepBack(_ letter: Letter, _ transaction: Transaction, _ now: Instant) throws {
        guard let first = letter.mailings.first else { return }
        let sealed = try sealed(letter, first, transaction)
        let added = try transaction.enqueue(
            NewOutboxMessage(
                key: letter.key, recipient: letter.reader, address: held.standing.email(of: letter.reader) ?? "",
                due: now.seconds, validUntil: letter.validUntil?.seconds, messageID: sealed.messageID,
                json: try Ledger.text(of: sealed.note)))
        guard added == .added else { return }
        try transaction.supersede([letter.key], reason: "its reader wants no reminders (`mandate channel`)")
    }

    /// Writes a message anew that no courier has had in hand; answers whether it could be written.
    func amend(_ message: OutboxMessage, _ letter: Letter, _ transaction: Transaction, _ now: Instant) throws -> Bool {
        guard let first = letter.mailings.first else { return false }
        try holdPeople(peopleShown(in: letter), transaction)
        var written = try sealed(letter, first, transaction)
        try write(&written, letter, message.address, transaction, now)
        guard let bytes = written.bytes else { return false }
        return try transaction.amend(
            message.key, bytes: bytes, validUntil: letter.validUntil?.seconds, json: try Ledger.text(of: written.note))
    }

    /// Writes anew a letter that could not be written or went to a wrong address.
    func rewrite(_ letter: Letter, _ address: String, _ transaction: Transaction, _ now: Instant) throws {
        guard let first = letter.mailings.first else { return }
        var written = try sealed(letter, first, transaction)
        try write(&written, letter, address, transaction, now)
        guard let bytes = written.bytes else { return }
        try transaction.rewrite(letter.key, address: address, bytes: bytes, json: try Ledger.text(of: written.note))
    }

    /// The text of a message that waits, as it would be written now: no bytes where it can no longer be written.
    func writtenAnew(
        _ message: OutboxMessage, _ note: LetterNote, _ transaction: Transaction, _ now: Instant
    ) throws -> (bytes: [UInt8]?, json: String) {
        let letter = Letter(
            key: message.key, reader: message.recipient, document: note.document, mailings: try mailings(of: note, transaction),
            validUntil: message.validUntil.map { Instant(seconds: $0) })
        guard let first = letter.mailings.first else { return (nil, try Ledger.text(of: note)) }
        var written = try sealed(letter, first, transaction)
        try write(&written, letter, message.address, transaction, now)
        return (written.bytes, try Ledger.text(of: written.note))
    }

    /// A letter on its way into the outbox.
    private struct WrittenLetter {
        var messageID: String
        var note: LetterNote
        var bytes: [UInt8]?
        /// Why there are no bytes.
        var fault: String?
    }

    private func sealed(_ letter: Letter, _ first: Mailing, _ transaction: Transaction) throws -> WrittenLetter {
        let subjects = held.standing.cases[first.ofCase]?.subjects ?? [:]
        let meeting = subjects[.meeting] ?? subjects[.item].flatMap { held.standing.records.items[$0]?.meeting }
        return WrittenLetter(
            messageID: messageID(of: letter.key, try installationKey(transaction)),
            note: LetterNote(
                document: letter.document, ofCase: first.ofCase, meeting: meeting, subject: nil,
                mailings: letter.mailings.map(\.id),
                streams: Set(letter.mailings.compactMap { held.standing.cases[$0.ofCase]?.family }).sorted(),
                duties: letter.mailings.compactMap(\.duty)))
    }

    /// Writes the letter's text; what stands in the way is kept as its fault.
    private func write(
        _ written: inout WrittenLetter, _ letter: Letter, _ address: String, _ transaction: Transaction, _ now: Instant
    ) throws {
        let thread = thread(written.note.meeting, try installationKey(transaction))
        guard !address.isEmpty else {
            written.fault = "no address is known"
            return
        }
        do {
            let body = try self.written(letter, written.note.meeting, transaction, now)
            written.note.subject = body.subject
            let calendar = try calendarObject(
                for: letter, written.note.meeting, address, try installationKey(transaction), now)
            written.bytes = try composed(
                body, to: letter.reader, address, written.messageID, thread, now, calendar: calendar,
                attachments: try attachments(to: letter.document, transaction)
                    + attachments(to: letter, written.note.meeting, now))
        } catch { written.fault = "\(error)" }
    }

    /// Whether something that the letter tells fell due in the time that a restored journal knows nothing of.
    private func isOfLostTime(_ letter: Letter, _ reading: Reading) throws -> Bool {
        guard let text = try reading.meta(LostTime.key) else { return false }
        let lost: LostTime = try Ledger.value(from: text)
        return letter.mailings.contains { $0.at.seconds > lost.from && $0.at.seconds <= lost.until }
    }

    private func written(
        _ letter: Letter, _ meeting: ID?, _ transaction: Transaction, _ now: Instant
    ) throws -> MailBody {
        let request = PaperRequest(
            document: letter.document, ofCase: letter.mailings[0].ofCase, meeting: meeting,
            duties: letter.mailings.compactMap(\.duty), reader: letter.reader, isMailed: true,
            written: letter.mailings[0].at)
        var facts = facts(at: now, story: try story(of: request, transaction))
        facts.answering = try answering(transaction)
        return try workspace.templates.mail(letter.document, try fill(request, facts))
    }

    func facts(at now: Instant, story: [Governance.Entry]) -> PaperFacts {
        let (files, standing) = (files, held.standing)
        return PaperFacts(
            standing: held.standing, registrar: registrar, settings: workspace.settings, now: now, entries: story,
            text: { String(decoding: try Self.file($0, in: files, standing), as: UTF8.self) })
    }

    /// What links to answer by are made with; nil where nobody is to answer by mail.
    func answering(_ transaction: Transaction) throws -> Answering? {
        guard let address = workspace.settings.answersTo else { return nil }
        return Answering(address: address, installation: try installationKey(transaction))
    }

    /// A name that is the same on each try, and that nobody outside can guess.
    func messageID(of key: String, _ installation: String) -> String {
        "<\(Fingerprint.of(key, under: installation).prefix(32))@\(mailDomain)>"
    }

    /// The name under which the mails of one meeting hang together.
    private func thread(_ meeting: ID?, _ installation: String) -> String? {
        meeting.map { messageID(of: "thread/" + $0, installation) }
    }

    private var mailDomain: String {
        let address = workspace.settings.from.split(separator: "@").last.map(String.init) ?? ""
        let domain = address.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
        return domain.isEmpty ? "localhost" : domain
    }

    /// What only this installation knows; nil while nothing has asked for it.
    func installationKey(_ reading: Reading) throws -> String? { try reading.meta("installation") }

    func installationKey(_ transaction: Transaction) throws -> String {
        if let key = try transaction.meta("installation") { return key }
        let key = chance.token()
        try transaction.setMeta(key, for: "installation")
        return key
    }
}

/// A mailing whose end somebody waits for.
struct AwaitedMailing: Codable {
    var document: String
    var ofCase: ID
    /// The keys of its messages, person by person.
    var keys: [String]
    var people: [ID]
}

// Word of mailings that have ended.
extension Desk {
    private static let awaitedKey = "awaited mailings"

    /// Remembers the mailings of whose end a workflow wants to hear.
    private func expect(_ mailings: [Mailing], _ transaction: Transaction) throws {
        let heard = mailings.filter { isAwaited($0.document) }
        guard !heard.isEmpty else { return }
        var awaited = try awaited(transaction)
        for mailing in heard {
            awaited[mailing.id] = AwaitedMailing(
                document: mailing.document, ofCase: mailing.ofCase, keys: mailing.to.map { mailing.key(for: $0) },
                people: mailing.to)
        }
        try transaction.setMeta(try Ledger.text(of: awaited), for: Self.awaitedKey)
    }

    private func awaited(_ reading: Reading) throws -> [String: AwaitedMailing] {
        guard let text = try reading.meta(Self.awaitedKey) else { return [:] }
        return try Ledger.value(from: text)
    }

    private func isAwaited(_ document: String) -> Bool {
        let event = document + "_settled"
        return registrar.rulebook.workflows.values.contains { workflow in
            workflow.transitions.contains { $0.trigger == .event(event) }
        }
    }

    /// Tells the engine of the mailings whose messages have all ended, however; answers whether there were any.
    func tellSettled() throws -> Bool {
        try transact { transaction, now in
            var awaited = try awaited(transaction)
            let before = awaited.count
            var record = Proceedings()
            var told = false
            let settled = try awaited.compactMapValues { try outcome(of: $0, transaction) }
            try holdCases(Set(settled.keys.compactMap { awaited[$0]?.ofCase }), transaction)
            for (id, outcome) in settled.sorted(by: { numbered($0.key, $1.key) }) {
                guard let mailing = awaited.removeValue(forKey: id) else { continue }
                guard let it = held.standing.cases[mailing.ofCase] else { continue }
                let word = Word(
                    event: mailing.document + "_settled", about: it.subjects,
                    payload: [
                        "dead": .list(outcome.dead.map { .object(Reference(kind: "person", id: $0)) }),
                        "reached": .timestamp(Timestamp(outcome.reached ?? now)),
                    ], from: nil)
                let decision = try ask(&record, transaction, now) { registrar, standing in
                    registrar.tell(word, in: standing, now: now)
                }
                guard case .taken(let taken) = decision else { continue }
                told = told || !taken.entries.isEmpty
                _ = try append(taken, command: nil, transaction)
                record.note(taken.entries)
            }
            if awaited.count != before { try transaction.setMeta(try Ledger.text(of: awaited), for: Self.awaitedKey) }
            try finish(&record, transaction, now)
            return told
        }
    }

    /// What became of a mailing: whom it did not reach, and when the last of the others had it.
    private struct SettledMailing {
        var dead: [ID] = []
        var reached: Instant?
    }

    /// Nil while a message is still on its way.
    private func outcome(of mailing: AwaitedMailing, _ reading: Reading) throws -> SettledMailing? {
        var outcome = SettledMailing()
        for (key, person) in zip(mailing.keys, mailing.people) {
            guard let message = try reading.message(key) else { continue }
            switch message.state {
            case .pending, .sending, .uncertain: return nil
            case .dead: outcome.dead.append(person)
            case .sent: outcome.reached = max(outcome.reached ?? .earliest, Instant(seconds: message.sentAt ?? message.created))
            case .expired, .superseded: break
            }
        }
        return outcome
    }
}
