import CEL
import Calendars
import Documents
import Governance
import Journals
import Post
import Workflows

/// One mail in hand, in one transaction: what was asked, of what case, what is to be answered.
struct MailInHand {
    let mail: ReceivedMail
    /// Its name in the inbox.
    let file: String
    /// Made from the mail, so that the same mail always has the same.
    let id: String
    let transaction: Transaction
    let now: Instant
    let secret: Secret
    let answering: Answering
    var record = Proceedings()
}

extension Desk {
    private struct Undone: Error {}

    /// Handles a mail: once, however often it is handed in. `isRehearsal` takes all of it back and only answers what would become of it.
    func handle(_ mail: ReceivedMail, _ bytes: [UInt8], file: String, isRehearsal: Bool) throws -> HandledMail.Result {
        let id = mailID(of: mail, bytes)
        var result: HandledMail.Result?
        do {
            try transact { transaction, now in
                result = try handle(mail, file: file, id: id, transaction, now)
                if isRehearsal { throw Undone() }
            }
        } catch is Undone {}
        return result ?? .failed("it could not be handled")
    }

    private func handle(
        _ mail: ReceivedMail, file: String, id: String, _ transaction: Transaction, _ now: Instant
    ) throws -> HandledMail.Result {
        if let kept = try transaction.answer(to: id) { return .known(try Ledger.value(from: kept)) }
        guard let answering = try answering(transaction) else { return .failed("mandate.yaml names no address for answers") }
        var fired = Proceedings()
        try fire(upTo: now, &fired, transaction)
        try finish(&fired, transaction, now)
        var inHand = MailInHand(
            mail: mail, file: file, id: id, transaction: transaction, now: now, secret: Secret(answering.installation),
            answering: answering)
        let outcome = try judge(&inHand)
        try finish(&inHand.record, transaction, now)
        try transaction.keep(answer: try Ledger.text(of: outcome), to: id)
        return .handled(outcome)
    }

    /// The same for the same mail, wherever it is delivered again; another one that bears its Message-ID is another mail.
    private func mailID(of mail: ReceivedMail, _ bytes: [UInt8]) -> String {
        guard let messageID = mail.messageID else { return "mail/" + Fingerprint.of(String(decoding: bytes, as: UTF8.self)) }
        return "mail/" + Fingerprint.of([messageID, mail.sender ?? "", mail.subject].joined(separator: "\n"))
    }

    /// The order matters: what came back is looked at first; a calendar's answer, which programs write and people give, before what is
    /// known as written by programs; a command last, when a person wrote it.
    private func judge(_ it: inout MailInHand) throws -> MailOutcome {
        let kind = it.mail.senderKind
        if case .bounce(let bounce) = kind { return try takeBounce(bounce, &it) }
        if it.mail.bulkSign == nil, let outcome = try takeCalendarAnswer(&it) { return outcome }
        switch kind {
        case .bulk(let sign): return .ignored(reason: "it is from a list (\(sign))")
        case .automatic(let sign): return .ignored(reason: "a program wrote it (\(sign))")
        case .bounce, .person: return try takeCommand(&it)
        }
    }

    /// The people who have this address.
    func people(at address: String?) -> [ID] {
        guard let address = address?.lowercased(), !address.isEmpty else { return [] }
        return held.standing.records.people.keys.filter { held.standing.email(of: $0)?.lowercased() == address }
            .sorted(by: numbered)
    }

    func papers(_ it: MailInHand) -> Papers {
        var facts = facts(at: it.now, story: [])
        facts.answering = it.answering
        return Papers(facts)
    }

    /// Writes what was decided.
    func take(_ taken: Decision.Taken, _ it: inout MailInHand, command: String? = nil) throws {
        _ = try append(taken, command: command, it.transaction)
        it.record.note(taken.entries)
    }
}

// What programs cannot settle.
extension Desk {
    /// Has somebody read the mail: the secretary of the body that its sender has to do with.
    func passOn(_ it: inout MailInHand, from person: ID, _ reason: String) throws -> MailOutcome {
        guard try askToRead(of: person, at: try body(for: person, it), reason, &it) else {
            return .ignored(reason: unread(reason))
        }
        let asked = it.mail.subject.isEmpty ? "your mail" : it.mail.subject
        let view = AnswerMailView(
            letter: papers(it).letter(to: person, body: try body(for: person, it)), asked: withoutToken(asked),
            isPassedOn: true)
        try answer(view, to: person, ofCase: nil, &it)
        return .passedOn(reason: reason, person: person)
    }

    /// Has somebody judge a mail that answers for a person and came from an address that is not theirs.
    func passOnClaim(for person: ID, _ it: inout MailInHand) throws -> MailOutcome {
        let sender = it.mail.sender ?? "no address"
        let whose = people(at: it.mail.sender).map { held.standing.name(of: $0) }
        let from = whose.isEmpty ? sender : "\(sender) (\(whose.joined(separator: ", ")))"
        let reason = "it came from \(from), and what it answers was sent to \(held.standing.name(of: person))"
        guard try askToRead(of: person, at: try body(for: person, it), reason, isClaimed: true, &it) else {
            return .ignored(reason: unread(reason))
        }
        return .passedOn(reason: reason, person: person)
    }

    private func unread(_ reason: String) -> String {
        reason + "; and nobody can be asked to read it, or too much waits to be read"
    }

    /// So many mails of one person wait to be read at once: a program at the other end may write without end.
    private static let mostWaiting = 50

    /// Opens the duty to read this mail; false where there is nobody to read it, or too much of theirs waits already.
    func askToRead(
        of person: ID, at body: ID?, _ reason: String, isClaimed: Bool = false, _ it: inout MailInHand
    ) throws -> Bool {
        let event = "mail_unclear"
        let waiting = registrar.rulebook.workflows.values.filter { $0.begins(with: event) }
            .flatMap { held.standing.cases(of: $0.name) }.count { $0.isOpen && $0.subjects[.person] == person }
        guard waiting < Self.mostWaiting else { return false }
        let said = Governance.PersonalValue(
            key: Governance.PersonalValue.mark + it.id + "/said", owner: person, value: reason.capitalised)
        return try tell(
            event, of: person, at: body, carrying: ["said": .string(said.key), "claimed": .bool(isClaimed)], keeping: [said],
            &it)
    }

    private func withoutToken(_ subject: String) -> String {
        guard let token = AnswerToken(in: subject) else { return subject }
        return trimmed(subject.split(separator: token.text, omittingEmptySubsequences: true).joined(separator: " "))
    }

    /// A mail of ours that came back: whoever it was for may have another address now.
    private func takeBounce(_ bounce: Bounce, _ it: inout MailInHand) throws -> MailOutcome {
        let named = bounce.recipients.flatMap { people(at: $0) }
        for person in named {
            let sent = try it.transaction.messages(to: person)
            guard sent.contains(where: { bounce.messageIDs.contains($0.messageID) }) else { continue }
            guard try tell("mail_bounced", of: person, at: try body(for: person, it), &it) else { continue }
            return .bounced(person: person)
        }
        // A mail system may name the address to which the mail was passed on.
        let ids = Set(bounce.messageIDs)
        guard let returned = try it.transaction.messages().first(where: { ids.contains($0.messageID) }) else {
            return .ignored(reason: "it says that a mail came back that we did not send")
        }
        guard people(at: returned.address).contains(returned.recipient) else {
            return .ignored(reason: "a mail came back from an address that is nobody's any more")
        }
        guard try tell("mail_bounced", of: returned.recipient, at: try body(for: returned.recipient, it), &it) else {
            return .ignored(reason: "a mail came back, and there is no secretary to tell")
        }
        return .bounced(person: returned.recipient)
    }

    /// Tells the rules a word about a person and the body that they have to do with; false where they have to do with none.
    private func tell(
        _ event: String, of person: ID, at body: ID?, carrying payload: [String: Value] = [:],
        keeping personal: [Governance.PersonalValue] = [], _ it: inout MailInHand
    ) throws -> Bool {
        guard let body else { return false }
        let payload = payload.merging(["mail": .string(it.file)]) { $1 }
        let word = Word(event: event, about: [.body: body, .person: person], payload: payload, from: nil)
        let decision = registrar.tell(word, keeping: personal, in: held.standing, now: it.now)
        guard case .taken(let taken) = decision else { return false }
        try take(taken, &it)
        return true
    }

    /// The body that the mail is about, by the message that it answers; else the first that the person has to do with.
    func body(for person: ID, _ it: MailInHand) throws -> ID? {
        let answered = Set(it.mail.answered)
        if !answered.isEmpty,
            let note = try it.transaction.messages(to: person).first(where: { answered.contains($0.messageID) })
                .flatMap({ LetterNote.read($0.json) }),
            let meeting = note.meeting.flatMap({ held.standing.records.meetings[$0] })
        {
            return meeting.body
        }
        return firstBody(of: person)
    }

    /// The first body that a person has to do with.
    func firstBody(of person: ID) -> ID? {
        if let body = lookup().bodies(of: person).min(by: numbered) { return body }
        let records = held.standing.records
        let organisations = Set(records.organisations.values.filter { $0.constituency.contains(person) }.map(\.id))
        return records.seats.values.filter { organisations.contains($0.organisation) }.map(\.body).min(by: numbered)
    }
}

// Answers.
extension Desk {
    /// Nobody is answered more often within a day: a program at the other end may answer each answer.
    private static let mostAnswersADay = 20

    /// Puts an answer to the mail's sender into the outbox, in the thread of their mail.
    func answer(_ view: AnswerMailView, to person: ID, ofCase: ID?, _ it: inout MailInHand) throws {
        guard let address = held.standing.email(of: person), !address.isEmpty else { return }
        let lately = try it.transaction.messages(to: person).filter {
            $0.key.hasPrefix("answer/") && $0.created > it.now.seconds - 86_400
        }
        guard lately.count < Self.mostAnswersADay else { return }
        let key = "answer/\(it.id)"
        let messageID = messageID(of: key, it.answering.installation)
        let body = try workspace.templates.mail(AnswerMailView.document, view.viewValue)
        let thread = it.mail.messageID.flatMap { $0.count { $0 == "@" } == 1 ? $0 : nil }
        let note = LetterNote(
            document: AnswerMailView.document, ofCase: ofCase ?? "", meeting: nil, subject: body.subject, mailings: [])
        try it.transaction.enqueue(
            NewOutboxMessage(
                key: key, recipient: person, address: address, due: it.now.seconds, validUntil: nil, messageID: messageID,
                bytes: try composed(body, to: person, address, messageID, thread, it.now), json: try Ledger.text(of: note)))
    }
}

extension Workflow {
    fileprivate func begins(with word: String) -> Bool {
        if case .word(let words, _) = beginning { words.contains(word) } else { false }
    }
}
