import Calendars
import Documents
import Foundation
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
        case .smtp(let server): try smtp(server)
        }
    }

    /// The mail server with the password and the certificates that its settings only name. Throws `PostFailure`.
    func smtp(_ named: Settings.MailServerSettings) throws -> SMTP {
        var credentials: MailServer.Credentials?
        if let user = named.user, let place = named.password {
            credentials = MailServer.Credentials(user: user, password: try password(at: place))
        }
        let authorities = named.authorities.map { Disk.joined(folder, $0) }
        if let authorities, !Disk.exists(authorities) { throw PostFailure("\(authorities): there is no such file") }
        do {
            return SMTP(
                try MailServer(
                    host: named.host, port: named.port, security: named.security, credentials: credentials,
                    authorities: authorities, timeLimit: named.timeLimit))
        } catch { throw PostFailure("\(error)") }
    }

    private func password(at place: Settings.PasswordPlace) throws(PostFailure) -> String {
        switch place {
        case .clearText(let password): return password
        case .variable(let name):
            guard let password = ProcessInfo.processInfo.environment[name], !password.isEmpty else {
                throw PostFailure("the environment has no \(name), where the password of the mail server should be")
            }
            return password
        case .file(let name):
            do {
                let text = String(decoding: try Disk.read(Disk.joined(folder, name), limit: 4096), as: UTF8.self)
                return text.last?.isNewline == true ? String(text.dropLast()) : text
            } catch { throw PostFailure("the password of the mail server: \(error)") }
        }
    }
}

/// Why the settings of the post, right in themselves, cannot be used on this machine.
public struct PostFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public var description: String

    init(_ description: String) { self.description = description }
}

extension Desk {
    /// A written document as the bytes of a message to one person.
    func composed(
        _ body: MailBody, to reader: ID, _ address: String, _ messageID: String, _ thread: String?, _ now: Instant,
        calendar: CalendarObject? = nil, attachments: [Attachment] = []
    ) throws -> [UInt8] {
        let message = Message(
            from: try workspace.settings.sender(),
            to: [try Mailbox(name: held.standing.personal[reader + "/name"], address: address)],
            replyTo: try workspace.settings.answersTo.map { try Mailbox(address: $0) }, subject: body.subject,
            date: now.seconds, zoneOffset: offset(at: now), messageID: messageID, references: thread.map { [$0] } ?? [],
            text: body.text, html: body.html, calendar: calendar, attachments: attachments)
        return try message.composed()
    }

    /// What goes with a document: with minutes, where the journal ends, so that whoever has them can prove later that nothing was taken away or
    /// rewritten (`mandate verify --head FILE`).
    func attachments(to document: String, _ reading: Reading) throws -> [Attachment] {
        guard document == "minutes" else { return [] }
        return [
            Attachment(
                name: "journal-head.txt", mediaType: "text/plain", parameters: [Header("charset", "us-ascii")],
                bytes: Array(try reading.exportedHead().text.utf8))
        ]
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
