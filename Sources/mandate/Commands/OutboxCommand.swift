import ArgumentParser
import Calendars
import Governance
import Journals
import Secretariat

struct OutboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "Show what became of messages; retry or drop some.",
        subcommands: [OutboxList.self, OutboxRetry.self, OutboxDrop.self],
        defaultSubcommand: OutboxList.self)
}

struct OutboxList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the messages.")

    @OptionGroup var place: WorkspaceOptions

    @Option(help: "Only those in this state: pending, sending, sent, expired, superseded, dead, uncertain.")
    var state: [DeliveryState] = []

    func run() throws {
        try attempt {
            let session = try Session(place)
            let messages = try session.desk.messages(in: state)
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
        return "\(message.state.rawValue)  \(at)  \(name) <\(message.address)>  \(subject)  [\(message.key)]\(error)"
    }
}

extension DeliveryState: ExpressibleByArgument {}

/// Which messages a person decides on: by their keys, or all in a state.
struct ChosenMessages: ParsableArguments {
    @Argument(help: ArgumentHelp("The messages, by the keys that `mandate outbox list` shows.", valueName: "key"))
    var keys: [String] = []

    @Option(help: "All in this state: pending, dead, uncertain, expired.")
    var state: [DeliveryState] = []

    @OptionGroup var place: WorkspaceOptions

    func validate() throws {
        guard keys.isEmpty != state.isEmpty else { throw ValidationError("name messages, or a state with --state") }
    }

    /// Carries the ruling out and says what came of it; one that could not be changed ends with an exit code of its own.
    func rule(_ ruling: MessageRuling) throws {
        let session = try Session(place)
        let chosen = state.isEmpty ? keys : try session.desk.messages(in: state).map(\.key)
        let ruled = try session.desk.rule(ruling, on: chosen)
        if place.json { Console.say(Plain.list(ruled.map { plain($0) }).json) }
        for message in ruled where !message.isChanged {
            complain(
                message.before.map { "\(message.key): is \($0.rawValue), and stays so" } ?? "\(message.key): no such message")
        }
        if ruled.contains(where: { $0.before == nil }) { throw Exit.notFound }
        if ruled.contains(where: { !$0.isChanged }) { throw Exit.refused }
    }

    private func plain(_ ruled: RuledMessage) -> Plain {
        .map(["key": .text(ruled.key), "before": Plain(ruled.before?.rawValue), "after": Plain(ruled.after?.rawValue)])
    }
}

struct OutboxRetry: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Send messages at the next `mandate remind`, whatever became of them.",
        discussion: """
            Those that may have been sent go once more, the same to the byte. One that never could be written, or whose reader has another address             now, is written anew.
            """)

    @OptionGroup var chosen: ChosenMessages

    func run() throws { try attempt { try chosen.rule(.retry) } }
}

struct OutboxDrop: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop", abstract: "Give up messages that are pending or uncertain.")

    @OptionGroup var chosen: ChosenMessages

    @Option(help: "Why; it is kept with the message.")
    var reason = "dropped by hand"

    func run() throws { try attempt { try chosen.rule(.drop(reason: reason)) } }
}
