import ArgumentParser
import Calendars
import Governance
import Secretariat
import Workflows

struct InterestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "interest", abstract: "Keep the register of interests that stand for a term.",
        subcommands: [InterestList.self, InterestRegister.self, InterestReviewed.self, InterestEnd.self],
        defaultSubcommand: InterestList.self)
}

extension Session {
    fileprivate func keep(_ request: InterestRequest, _ it: Representative, _ recording: RecordingOptions, _ title: String)
        throws
    {
        let reply = try desk.keepInterests(
            of: it.id, request, by: try lookup.person(try actor(recording.reading)),
            id: recording.commandID ?? Chance.system.token())
        try answer(reply, to: title)
    }

    fileprivate func date(_ text: String?, _ body: ID?) throws -> CivilDate {
        guard let text else { return desk.zone(of: body).civil(at: desk.now).date }
        guard let date = CivilDate(text) else { throw UsageFailure("`\(text)` is no date; write it as 2026-11-18") }
        return date
    }
}

struct InterestRegister: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "register", abstract: "Register an interest.")

    @OptionGroup var recording: RecordingOptions
    @OptionGroup var seat: SeatOptions

    @Argument(help: "The organisation in which it is held.")
    var organisation: String

    @Option(help: "financial, professional, personal, indirect or loyalty.")
    var kind: String

    @Option(help: "What it is.")
    var nature: String

    @Option(help: ArgumentHelp("The day on which it arose; today if left out.", valueName: "date"))
    var since: String?

    @Flag(help: "Only that there is one may be told.")
    var sensitive = false

    func run() throws {
        try attempt {
            let session = try Session(recording.place)
            guard let known = InterestPolicy.Kind(rawValue: kind) else {
                let kinds = InterestPolicy.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                throw UsageFailure("unknown kind `\(kind)`: expected one of \(kinds)")
            }
            let it = try seat.representative(in: session, recording.reading)
            let since = try session.date(since, session.records.seats[it.seat]?.body)
            try session.keep(
                .register(kind: known, organisation: organisation, nature: nature, isSensitive: sensitive, since: since), it,
                recording,
                "Register an interest")
        }
    }
}

struct InterestEnd: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "end", abstract: "Say that a registered interest has ended.")

    @OptionGroup var recording: RecordingOptions
    @OptionGroup var seat: SeatOptions

    @Argument(help: "The interest by its id: g1.")
    var interest: String

    @Option(name: .customLong("on"), help: ArgumentHelp("The day on which it ended; today if left out.", valueName: "date"))
    var day: String?

    func run() throws {
        try attempt {
            let session = try Session(recording.place)
            let it = try seat.representative(in: session, recording.reading)
            let day = try session.date(day, session.records.seats[it.seat]?.body)
            try session.keep(.end(interest, on: day), it, recording, "End an interest")
        }
    }
}

struct InterestReviewed: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review", abstract: "Say that what is registered is right as it stands, be it nothing.")

    @OptionGroup var recording: RecordingOptions
    @OptionGroup var seat: SeatOptions

    func run() throws {
        try attempt {
            let session = try Session(recording.place)
            try session.keep(
                .review, try seat.representative(in: session, recording.reading), recording, "Review the interests")
        }
    }
}

struct InterestList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List somebody's registered interests.")

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var seat: SeatOptions

    func run() throws {
        try attempt {
            let session = try Session(reading.place)
            let it = try seat.representative(in: session, reading)
            let reader = try session.actorIfNamed(reading)
            let interests = session.records.standingInterests(of: it.id)
            let nothing = "\(session.standing.name(of: it.person)) has registered no interest"
            session.show(
                .list(interests.map { plain($0, it, reader, session) }),
                interests.isEmpty ? nothing : interests.map { words($0, it, reader, session) }.joined(separator: "\n"))
        }
    }

    /// A sensitive interest is told to its holder alone here; the register tells the secretary and the chair.
    private func mayKnow(_ it: RegisteredInterest, _ holder: Representative, _ reader: ID?) -> Bool {
        !it.isSensitive || reader == holder.person
    }

    private func nature(_ it: RegisteredInterest, _ holder: Representative, _ reader: ID?, _ session: Session) -> String? {
        guard mayKnow(it, holder, reader) else { return nil }
        return "\(session.standing.words(it.organisation)): \(session.standing.words(it.nature))"
    }

    private func plain(_ it: RegisteredInterest, _ holder: Representative, _ reader: ID?, _ session: Session) -> Plain {
        .map([
            "id": .text(it.id), "kind": Plain(mayKnow(it, holder, reader) ? it.kind : nil),
            "since": .text(it.since.description),
            "sensitive": .flag(it.isSensitive),
            "nature": Plain(nature(it, holder, reader, session)),
        ])
    }

    private func words(_ it: RegisteredInterest, _ holder: Representative, _ reader: ID?, _ session: Session) -> String {
        let words = nature(it, holder, reader, session).map { "\(it.kind)  since \(it.since.words)  \($0)" }
        return "\(it.id)  " + (words ?? "since \(it.since.words)  (sensitive)")
    }
}
