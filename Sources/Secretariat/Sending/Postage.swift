import Calendars
import Documents
import Governance
import Journals
import Post

extension Settings {
    /// The sender as mail names it: `Secretariat <secretariat@example.org>` or an address alone.
    func sender() throws(CompositionError) -> Mailbox {
        guard from.hasSuffix(">"), let open = from.lastIndex(of: "<") else { return try Mailbox(address: trimmed(from)) }
        let name = trimmed(String(from[..<open])).trimmingQuotes
        return try Mailbox(name: name.isEmpty ? nil : name, address: String(from[from.index(after: open)...].dropLast()))
    }
}

extension String {
    fileprivate var trimmingQuotes: String {
        count >= 2 && hasPrefix("\"") && hasSuffix("\"") ? String(dropFirst().dropLast()) : self
    }
}

extension Workspace {
    /// The way in which messages leave this workspace.
    func transport() throws -> any Transport {
        switch settings.transport {
        case .maildir(let name): Maildir(folder: Disk.joined(folder, name))
        case .sendmail(let path, let arguments): try Sendmail(command: path, arguments: arguments)
        }
    }
}

extension Desk {
    /// A written document as the bytes of a message to one person.
    func composed(
        _ body: MailBody, to reader: ID, _ address: String, _ messageID: String, _ thread: String?, _ now: Instant,
        calendar: CalendarObject? = nil
    ) throws -> [UInt8] {
        let message = Message(
            from: try workspace.settings.sender(),
            to: [try Mailbox(name: held.standing.personal[reader + "/name"], address: address)],
            replyTo: try workspace.settings.answersTo.map { try Mailbox(address: $0) }, subject: body.subject,
            date: now.seconds, zoneOffset: offset(at: now), messageID: messageID, references: thread.map { [$0] } ?? [],
            text: body.text, html: body.html, calendar: calendar)
        return try message.composed()
    }

    /// `+0100`, of the workspace's zone.
    private func offset(at instant: Instant) -> String {
        let minutes = registrar.rulebook.standard.zone.offset(at: instant) / 60
        let digits = abs(minutes) / 60 * 100 + abs(minutes) % 60
        return (minutes < 0 ? "-" : "+") + String(repeating: "0", count: 4 - String(digits).count) + String(digits)
    }
}

extension Courier {
    /// Hands the bytes over; what the transport says becomes what the outbox keeps.
    func handOver(_ message: OutboxMessage, _ bytes: [UInt8]) -> DeliveryOutcome {
        let envelope: Envelope
        do {
            envelope = Envelope(
                sender: sender, recipient: try Address(message.address), messageID: message.messageID)
        } catch { return .refused(reason: "\(error)") }
        switch transport.deliver(bytes, envelope) {
        case .accepted: return .accepted
        case .refused(let reason): return .refused(reason: reason)
        case .unknown(let reason): return .unknown(reason: reason)
        case .deferred(let reason):
            let wait = DeliveryPolicy.retryDelay(afterTries: message.tries, random: chance.fraction())
            return .deferred(reason: reason, nextTry: clock.now.seconds + max(1, wait))
        }
    }
}
