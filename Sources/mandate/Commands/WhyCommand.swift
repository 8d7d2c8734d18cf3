import ArgumentParser
import Calendars
import Governance
import Secretariat
import Workflows

struct WhyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Explain a duty, its deadline, or a refusal.")

    @OptionGroup var acting: ActingOptions

    @Option(help: MeetingHelp.meeting)
    var meeting: String?

    @Option(help: MeetingHelp.item)
    var item: String?

    @Option(name: .customLong("for"), help: ArgumentHelp("The person whom it is about.", valueName: "person"))
    var person: String?

    @Option(name: .customLong("case"), help: ArgumentHelp("A case by its id.", valueName: "case"))
    var ofCase: String?

    @Argument(help: "A duty's id, as `mandate checklist` shows it, or a command's name.")
    var what: String

    @Argument(parsing: .allUnrecognized, help: ArgumentHelp("The command's fields: --NAME VALUE.", valueName: "fields"))
    var rest: [String] = []

    func run() throws {
        try attempt {
            let session = try Session(acting.place)
            if session.standing.duties[what] != nil { return try explainDuty(session) }
            try checkName()
            try explainCommand(session)
        }
    }

    /// What is neither a duty nor can be a command.
    private func checkName() throws {
        guard what.contains(where: { !$0.isWhitespace }) else {
            throw UsageFailure("say what is to be explained: a duty's id, such as d12, or a command's name")
        }
        guard let letter = what.first, what.count > 1, what.dropFirst().allSatisfy(\.isNumber) else { return }
        let more = "; `mandate checklist --all` shows duties with their ids"
        throw LookupFailure(letter == "d" ? "there is no duty `\(what)`\(more)" : "`\(what)` is no duty\(more)")
    }

    private func explainDuty(_ session: Session) throws {
        guard let it = session.desk.registrar.explain(duty: what, in: session.standing, now: session.desk.now) else {
            throw LookupFailure("the workflow of `\(what)` is lost")
        }
        session.show(plain(it, session), words(it, session))
    }

    private func plain(_ it: Explanation, _ session: Session) -> Plain {
        .map([
            "duty": session.plain(it.owed), "workflow": .text(it.workflow), "workflow_basis": Plain(it.workflowBasis),
            "states": Plain(it.states), "rule": .text(it.rule), "derivation": Plain(it.derivation?.lines ?? []),
            "failure": Plain(it.failure), "place": .text(it.place), "reminders": .list(it.reminders.map { Plain($0) }),
            "escalation": Plain(it.escalation),
        ])
    }

    private func words(_ it: Explanation, _ session: Session) -> String {
        let owners = it.owed.owners.map { session.standing.name(of: $0) }.joined(separator: ", ")
        var lines = [
            it.owed.title, "  owed by \(owners.isEmpty ? "nobody now" : owners), because of \(it.owed.basis)",
            "  in the workflow: \(it.workflow) (\(it.place)), state \(it.owed.duty.state)",
            "  due \(session.dueWords(it.owed)), by the rule: \(it.rule)",
        ]
        lines += (it.derivation?.lines ?? []).map { "    " + $0 }
        if let failure = it.failure { lines.append("    \(failure)") }
        if let ended = it.owed.duty.ended {
            lines.append("  ended: \(ended.how.rawValue), \(session.spoken(ended.at, for: it.owed.body))")
            return lines.joined(separator: "\n")
        }
        lines += session.endings(of: it.owed).map { "  " + $0 }
        for at in it.reminders { lines.append("  reminder: \(session.spoken(at, for: it.owed.body))") }
        if let at = it.escalation { lines.append("  goes to somebody above: \(session.spoken(at, for: it.owed.body))") }
        return lines.joined(separator: "\n")
    }

    private func explainCommand(_ session: Session) throws {
        var request = try session.request(acting)
        request.command = what.underscored
        request.ofCase = ofCase
        request.person = person
        request.take(meeting: meeting, item: item, in: session)
        for (name, value) in try FieldOptions.read(rest) { request.fill(name, value) }
        let refusal: Refusal?
        switch try session.desk.prepare(request) {
        case .failure(let found): refusal = found
        case .success(let prepared):
            refusal = session.desk.registrar.whyRefused(prepared.command, in: session.standing, now: session.desk.now)
        }
        if let refusal { try session.refuse(refusal) }
        session.show(.map(["allowed": .flag(true)]), "`\(request.command)` would be taken now")
    }
}
