import ArgumentParser
import CEL
import Calendars
import Governance
import Secretariat

struct MeetingSeries: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "series", abstract: "Plan meetings that recur.")

    @OptionGroup var acting: ActingOptions

    @Option(help: "The body that meets.")
    var body: String

    @Option(help: "A recurrence rule of RFC 5545: FREQ=MONTHLY;BYDAY=2TU, with BYMONTH to leave months out.")
    var rule: String

    @Option(help: ArgumentHelp("The first day on which one may fall.", valueName: "date"))
    var from: String

    @Option(help: ArgumentHelp("The last.", valueName: "date"))
    var to: String

    @Option(help: ArgumentHelp("The time at which each begins: 14:00.", valueName: "time"))
    var start: String

    @Option(help: ArgumentHelp("The time at which each ends.", valueName: "time"))
    var end: String?

    @Option(help: "Where.")
    var place: String?

    func run() throws {
        try attempt {
            let session = try Session(acting.place)
            let dates = try self.dates()
            guard !dates.isEmpty else { throw UsageFailure("no day from \(from) to \(to) fits `\(rule)`") }
            guard dates.count <= Self.most else { throw UsageFailure("\(dates.count) meetings are more than \(Self.most)") }
            let commands = try dates.map { try command(on: $0, session) }
            try checkAreFree(commands, session)
            var made: [ID] = []
            for command in commands { made += try plan(command, session) }
            session.show(
                .map(["taken": .flag(true), "made": Plain(made)]),
                made.compactMap { session.records.meetings[$0] }.map { session.lookup.label(of: $0) }.joined(separator: "\n"))
        }
    }

    private static let most = 200

    private func dates() throws -> [CivilDate] {
        guard let first = CivilDate(from) else { throw UsageFailure("`\(from)` is no date such as 2026-04-01") }
        guard let last = CivilDate(to) else { throw UsageFailure("`\(to)` is no date such as 2027-03-31") }
        switch Recurrence.parse(rule) {
        case .success(let recurrence): return recurrence.dates(from: first, through: last)
        case .failure(let problem): throw UsageFailure("`\(rule)`: \(problem.description)")
        }
    }

    private func command(on date: CivilDate, _ session: Session) throws -> Command {
        var request = try session.request(acting)
        request.command = "plan_meeting"
        request.id = acting.commandID.map { "\($0)/\(date)" }
        request.fill("body", body)
        request.fill("start", "\(date) \(start)")
        request.fill("end", end.map { "\(date) \($0)" })
        request.fill("place", place)
        switch try session.desk.prepare(request) {
        case .failure(let refusal): try session.refuse(refusal)
        case .success(let prepared): return prepared.command
        }
    }

    /// All are planned or none: days on which the body meets already are named together.
    private func checkAreFree(_ commands: [Command], _ session: Session) throws {
        let starts = Set(
            commands.compactMap { command -> Instant? in
                if case .timestamp(let start)? = command.fields["start"] { Instant(start) } else { nil }
            })
        let body = try session.lookup.body(self.body)
        let taken = session.records.meetings(of: body).filter { !$0.isCancelled && starts.contains($0.start) }
        guard !taken.isEmpty else { return }
        throw UsageFailure(
            "planned already, so none was planned:\n"
                + taken.map { "  " + session.lookup.label(of: $0) }.joined(separator: "\n"))
    }

    private func plan(_ command: Command, _ session: Session) throws -> [ID] {
        switch try session.desk.perform(command) {
        case .taken(let receipt): return receipt.made
        case .refused(let refusal): try session.refuse(refusal)
        }
    }
}
