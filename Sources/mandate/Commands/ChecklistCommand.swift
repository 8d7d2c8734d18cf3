import ArgumentParser
import Calendars
import Governance
import Secretariat
import Workflows

struct ChecklistCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checklist", abstract: "Show what somebody owes, in order of deadline.")

    @OptionGroup var reading: ReadingOptions

    @Option(name: .customLong("for"), help: ArgumentHelp("Who owes it; else whoever acts.", valueName: "person"))
    var person: String?

    @Flag(help: "Also what is not owed yet.")
    var all = false

    @OptionGroup var shape: DocumentOptions

    func run() throws {
        try attempt {
            let session = try Session(reading.place)
            let who = try session.lookup.person(try person ?? session.actor(reading))
            let now = session.desk.now
            if !reading.place.json, shape.format != nil || shape.output != nil {
                return try session.show(PaperRequest(document: "checklist", reader: who), as: shape)
            }
            let owed = session.desk.registrar.owed(by: who, in: session.standing, now: now, everything: all)
            session.show(
                .list(owed.map { session.plain($0) }),
                owed.isEmpty ? nothing(for: who, session) : owed.map { session.words(of: $0) }.joined(separator: "\n\n"))
        }
    }

    private func nothing(for person: String, _ session: Session) -> String {
        let name = session.standing.name(of: person)
        let later = session.desk.registrar.owed(by: person, in: session.standing, now: session.desk.now, everything: true)
        return "\(name) owes nothing now" + (later.isEmpty ? "" : "; \(later.count) to come (--all shows them)")
    }
}

extension Session {
    func plain(_ owed: OwedDuty) -> Plain {
        .map([
            "duty": .text(owed.duty.id), "case": .text(owed.ofCase.id), "workflow": .text(owed.ofCase.workflow),
            "state": .text(owed.duty.state), "title": .text(owed.title), "note": Plain(owed.note), "basis": .text(owed.basis),
            "due": Plain(owed.duty.due), "due_words": .text(dueWords(owed)), "overdue": .flag(owed.isOverdue),
            "owners": Plain(owed.owners.map { standing.name(of: $0) }), "meeting": Plain(owed.meeting),
            "body": Plain(owed.body),
            "commands": Plain(owed.commands.map(\.name)), "ended_by_others": Plain(owed.endedByOthers.map(\.command.name)),
            "checklist": .list(
                owed.checklist.map { line in
                    .map(["key": .text(line.key), "text": .text(line.text), "done": .flag(line.isDone)])
                }),
        ])
    }

    /// The due moment in words; one without a clock is a day.
    func dueWords(_ owed: OwedDuty) -> String {
        guard owed.duty.dueHasClock else { return desk.zone(of: owed.body).civil(at: owed.duty.due).date.words }
        return spoken(owed.duty.due, for: owed.body)
    }

    func words(of owed: OwedDuty) -> String {
        var lines = [
            "\(owed.isOverdue ? "OVERDUE " : "")\(owed.title)", "  due \(dueWords(owed))   [\(owed.duty.id), \(owed.basis)]",
        ]
        if let meeting = owed.meeting.flatMap({ records.meetings[$0] }) { lines.append("  for \(lookup.label(of: meeting))") }
        if let note = owed.note { lines.append("  \(note)") }
        for (place, line) in owed.checklist.enumerated() {
            lines.append("  \(line.isDone ? "[x]" : "[ ]") \(place + 1). \(line.text)")
        }
        let doing = commandsThatDo(owed)
        for command in owed.commands where doing.contains(command.name) { lines.append("  to do it: \(usage(command, owed))") }
        for command in owed.commands where !doing.contains(command.name) { lines.append("  or: \(usage(command, owed))") }
        return (lines + endings(of: owed).map { "  " + $0 }).joined(separator: "\n")
    }

    /// Who records that a duty is done, where its owner cannot: `recorded by Kay Ord (the coordinator): finish_induction`.
    func endings(of owed: OwedDuty) -> [String] {
        owed.endedByOthers.map { ending in
            let names = ending.people.prefix(Self.mostNamed).map { standing.name(of: $0) }.joined(separator: ", ")
            let who = names.isEmpty ? "\(ending.roles) (nobody is that now)" : "\(names) (\(ending.roles))"
            return "recorded by \(who): \(ending.command.name) (\(ending.command.title))"
        }
    }

    private static let mostNamed = 3

    /// A command as it is given, with the fields that must be filled in.
    private func usage(_ command: CommandDefinition, _ owed: OwedDuty) -> String {
        let known = standing.keys(of: owed.ofCase).all
        let fields = command.allFields.filter { field in
            if case .subject(let kind) = field.type.base, known[kind] != nil { return false }
            return !field.type.isOptional && field.type.standard == nil
        }
        let words = ["mandate do \(command.name) --case \(owed.ofCase.id)"] + fields.map(\.usage)
        return "\(words.joined(separator: " "))   (\(command.title))"
    }

    /// The commands by which the duty ends as done, and not as excused or cancelled.
    private func commandsThatDo(_ owed: OwedDuty) -> Set<String> {
        guard let workflow = rulebook.workflow(of: owed.ofCase) else { return [] }
        let home = owed.duty.state + "."
        return Set(
            workflow.transitions.compactMap { note in
                guard case .command(let name) = note.trigger, note.duty == .done else { return nil }
                let source = workflow.states[note.source].path + "."
                return home.hasPrefix(source) || source.hasPrefix(home) ? name : nil
            })
    }
}
