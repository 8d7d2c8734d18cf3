import ArgumentParser
import Calendars
import Governance
import Secretariat

struct MeetingAmend: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "amend", abstract: "Put right what was recorded.",
        subcommands: [AmendRoll.self, AmendDecision.self, AmendTitle.self])
}

/// What every correction says.
struct AmendingOptions: ParsableArguments {
    @OptionGroup var recording: RecordingOptions

    @Option(help: "The reason.")
    var why: String

    @Option(help: ArgumentHelp("The entry that it corrects, by its number in the log.", valueName: "n"))
    var entry: Int?

    func amend(_ subject: Amendment.Subject, _ session: Session) throws {
        let actor = try session.lookup.person(try session.actor(recording.reading))
        let reply = try session.desk.amend(
            Amendment(subject, entry: entry, why: why), by: actor, id: recording.commandID ?? Chance.system.token())
        try session.answer(reply, to: "Amend the record")
    }
}

struct AmendRoll: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roll", abstract: "When somebody was there.")

    @OptionGroup var amending: AmendingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Argument(help: "Who.")
    var person: String

    @Option(
        help: ArgumentHelp(
            "From when to when, as 14:00-15:30 or 14:00-; once for each stretch. None: was not there.", valueName: "times"))
    var there: [String] = []

    @Flag(help: "By video or telephone.")
    var remote = false

    func run() throws {
        try attempt {
            let session = try Session(amending.recording.place)
            let found = try session.meeting(meeting, by: try session.actorIfNamed(amending.recording.reading))
            let reader = FormReader(
                lookup: session.lookup, zone: session.desk.zone(of: found.body), meeting: found.id, keep: { _ in "" })
            let stretches = try there.map { try stretch($0, reader) }
            let who = try session.lookup.person(person)
            try amending.amend(.roll(meeting: found.id, person: who, presence: stretches), session)
        }
    }

    private func stretch(_ text: String, _ reader: FormReader) throws -> Presence {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { throw UsageFailure("`\(text)` is no stretch of time such as 14:00-15:30") }
        return Presence(
            from: try reader.moment(parts[0], name: "there"),
            until: parts[1].isEmpty ? nil : try reader.moment(parts[1], name: "there"), manner: remote ? .remote : .room)
    }
}

struct AmendDecision: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "decision", abstract: "The words and votes of a decision.")

    @OptionGroup var amending: AmendingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Argument(help: MeetingHelp.item)
    var item: String

    @Option(help: "The decision in words.")
    var text: String?

    enum Outcome: String, EnumerableFlag { case carried, lost }

    @Flag(help: "It was carried, or was not.")
    var outcome: Outcome?

    @Option(name: .customLong("for"), help: ArgumentHelp("Votes for.", valueName: "n"))
    var votesFor: Int?

    @Option(name: .customLong("against"), help: ArgumentHelp("Votes against.", valueName: "n"))
    var votesAgainst: Int?

    @Option(help: ArgumentHelp("Abstentions.", valueName: "n"))
    var abstained: Int?

    func run() throws {
        try attempt {
            let session = try Session(amending.recording.place)
            let found = try session.meeting(meeting, by: try session.actorIfNamed(amending.recording.reading))
            let item = try session.lookup.item(item, of: found.id)
            try amending.amend(
                .decision(
                    item: item,
                    Amendment.Ruling(
                        text: text, isCarried: outcome.map { $0 == .carried }, votesFor: votesFor, votesAgainst: votesAgainst,
                        abstained: abstained)),
                session)
        }
    }
}

struct AmendTitle: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "title", abstract: "The title of an item.")

    @OptionGroup var amending: AmendingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Argument(help: MeetingHelp.item)
    var item: String

    @Argument(help: "The title.")
    var title: String

    func run() throws {
        try attempt {
            let session = try Session(amending.recording.place)
            let found = try session.meeting(meeting, by: try session.actorIfNamed(amending.recording.reading))
            try amending.amend(.title(item: try session.lookup.item(item, of: found.id), title), session)
        }
    }
}
