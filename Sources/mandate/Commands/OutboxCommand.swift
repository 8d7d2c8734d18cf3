import ArgumentParser
import Calendars
import Governance
import Journals
import Secretariat

struct OutboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "Show the messages and what became of them.", subcommands: [OutboxList.self],
        defaultSubcommand: OutboxList.self)
}

struct OutboxList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the messages.")

    @OptionGroup var place: WorkspaceOptions

    @Option(help: "Only those in this state: pending, sending, sent, expired, superseded, dead, uncertain.")
    var state: [String] = []

    func run() throws {
        try attempt {
            let states = try state.map { word in
                guard let state = DeliveryState(rawValue: word) else {
                    throw UsageFailure(
                        "unknown state `\(word)`: expected one of \(DeliveryState.allCases.map(\.rawValue).joined(separator: ", "))"
                    )
                }
                return state
            }
            let session = try Session(place)
            let messages = try session.desk.messages(in: states)
            session.show(
                .list(messages.map { plain($0, session) }),
                messages.isEmpty ? "no messages" : messages.map { words($0, session) }.joined(separator: "\n"))
        }
    }

    private func plain(_ message: OutboxMessage, _ session: Session) -> Plain {
        let note = LetterNote.read(message.json)
        return .map([
            "key": .text(message.key), "recipient": .text(message.recipient),
            "name": .text(session.standing.name(of: message.recipient)), "address": .text(message.address),
            "state": .text(message.state.rawValue), "document": Plain(note?.document), "subject": Plain(note?.subject),
            "meeting": Plain(note?.meeting), "created": Plain(Instant(seconds: message.created)),
            "valid_until": Plain(message.validUntil.map { Instant(seconds: $0) }), "tries": .number(message.tries),
            "sent": Plain(message.sentAt.map { Instant(seconds: $0) }), "error": Plain(message.lastError),
            "message_id": .text(message.messageID),
        ])
    }

    private func words(_ message: OutboxMessage, _ session: Session) -> String {
        let note = LetterNote.read(message.json)
        let subject = note?.subject ?? note?.document ?? ""
        let at = session.spoken(Instant(seconds: message.sentAt ?? message.created), for: nil)
        let name = session.standing.name(of: message.recipient)
        let error = message.lastError.map { "\n    \($0)" } ?? ""
        return "\(message.state.rawValue)  \(at)  \(name) <\(message.address)>  \(subject)\(error)"
    }
}
