import ArgumentParser
import Governance
import Secretariat
import Workflows

struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Let open cases go by a workflow's text as it now stands.",
        discussion: """
            A case goes by the text with which it began. This shows, for each open case that goes by an earlier one, where each of its states \
            leads: to the state of the same path, else to the one that alone bears its name. Where there is none, say it with \
            --map OLD=NEW. Nothing is changed without --apply.
            """)

    @OptionGroup var recording: RecordingOptions

    @Option(
        name: .customLong("map"), parsing: .singleValue,
        help: ArgumentHelp("Where a state leads, each by its path or the end of it.", valueName: "old=new"))
    var maps: [String] = []

    @Flag(help: "Move the cases.")
    var apply = false

    @Flag(help: "Show the plan and change nothing, as without --apply.")
    var dryRun = false

    @Argument(help: "The workflow's name.")
    var workflow: String

    func run() throws {
        try attempt {
            let session = try Session(recording.place)
            var request = MigrationRequest(workflow: workflow)
            for map in maps {
                guard let equals = map.firstIndex(of: "=") else { throw UsageFailure("`\(map)` is not OLD=NEW") }
                request.states[String(map[..<equals])] = String(map[map.index(after: equals)...])
            }
            guard let plan = session.desk.registrar.plan(request, in: session.standing) else {
                throw LookupFailure("there is no workflow `\(workflow)`")
            }
            guard apply, !dryRun else { return try show(plan, session) }
            let reply = try session.desk.migrate(
                request, by: try session.lookup.person(try session.actor(recording.reading)),
                id: recording.commandID ?? Chance.system.token())
            try session.answer(reply, to: "\(plan.cases.count) cases go by the text in force of `\(workflow)`")
        }
    }

    /// A plan that wants a word ends with the code of a refusal.
    private func show(_ plan: MigrationPlan, _ session: Session) throws {
        session.show(plain(plan), words(plan, session))
        if !plan.isReady { throw Exit.refused }
    }

    private func plain(_ plan: MigrationPlan) -> Plain {
        .map([
            "workflow": .text(plan.workflow), "hash": .text(plan.hash), "ready": .flag(plan.isReady),
            "cases": .list(
                plan.cases.map { it in
                    .map([
                        "case": .text(it.ofCase), "hash": .text(it.hash), "started": Plain(it.started), "open": Plain(it.open),
                        "lost": Plain(it.lost), "new": Plain(it.new), "cancelled": Plain(it.cancelled),
                        "states": .list(
                            it.steps.map { step in
                                .map(["from": .text(step.from), "to": .text(step.to), "way": .text(step.way.rawValue)])
                            }),
                    ])
                }),
        ])
    }

    private func words(_ plan: MigrationPlan, _ session: Session) -> String {
        if plan.cases.isEmpty { return "all open cases of `\(plan.workflow)` go by its text in force" }
        var lines: [String] = []
        for it in plan.cases {
            let title = session.standing.cases[it.ofCase].map {
                session.desk.registrar.title(of: $0, in: session.standing, now: session.desk.now)
            }
            lines.append("\(it.ofCase)  \(title ?? plan.workflow)")
            for step in it.steps where step.way != .same {
                lines.append("    \(step.from) -> \(step.to)\(step.way == .byName ? " (by name)" : "")")
            }
            let same = it.steps.filter { $0.way == .same }.count
            if same > 0 { lines.append("    \(same) \(same == 1 ? "state stays" : "states stay")") }
            for state in it.started { lines.append("    \(state) begins") }
            for id in it.cancelled { lines.append("    \(id) is cancelled: \(duty(id, session))") }
            if !it.new.isEmpty { lines.append("    new: \(it.new.joined(separator: ", "))") }
            if !it.lost.isEmpty { lines.append("    lost: \(it.lost.joined(separator: ", "))") }
            for state in it.open { lines.append("    WANTS A WORD: \(state)") }
        }
        if plan.isReady {
            lines.append("nothing was changed; --apply moves the cases")
        } else {
            lines.append("say where each leads with --map OLD=NEW")
        }
        return lines.joined(separator: "\n")
    }

    private func duty(_ id: ID, _ session: Session) -> String {
        session.standing.duties[id].flatMap {
            session.desk.registrar.describe($0, in: session.standing, now: session.desk.now)?.title
        } ?? ""
    }
}
