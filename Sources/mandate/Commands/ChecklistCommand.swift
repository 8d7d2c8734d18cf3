import ArgumentParser
import Calendars
import Governance
import Secretariat
import Workflows

struct ChecklistCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checklist", abstract: "Show what somebody owes, in order of deadline.")

    @OptionGroup var acting: ActingOptions

    @Option(name: .customLong("for"), help: ArgumentHelp("Who owes it; else whoever acts.", valueName: "person"))
    var person: String?

    @Flag(help: "Also what is not owed yet.")
    var all = false

    @Option(help: "As a document: md, html or text.")
    var format: Format?

    func run() throws {
        try attempt {
            let session = try Session(acting.place)
            let who = try session.lookup.person(try person ?? session.actor(acting))
            let now = session.desk.now
            if let format, !acting.place.json {
                let request = PaperRequest(document: "checklist", reader: who)
                return Console.say(try session.desk.document(request, as: format.documentFormat), terminator: "")
            }
            let owed = session.desk.registrar.owed(by: who, in: session.standing, now: now, everything: all)
            let nothing = "\(session.standing.name(of: who)) owes nothing now"
            session.show(
                .list(owed.map { session.plain($0) }),
                owed.isEmpty ? nothing : owed.map { session.words(of: $0, for: who) }.joined(separator: "\n\n"))
        }
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
            "commands": Plain(owed.commands.map(\.name)),
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

    func words(of owed: OwedDuty, for person: ID) -> String {
        var lines = [
            "\(owed.isOverdue ? "OVERDUE " : "")\(owed.title)", "  due \(dueWords(owed))   [\(owed.duty.id), \(owed.basis)]",
        ]
        if let meeting = owed.meeting.flatMap({ records.meetings[$0] }) { lines.append("  for \(lookup.label(of: meeting))") }
        if let note = owed.note { lines.append("  \(note)") }
        for (place, line) in owed.checklist.enumerated() {
            lines.append("  \(line.isDone ? "[x]" : "[ ]") \(place + 1). \(line.text)")
        }
        for command in owed.commands {
            lines.append("  to do it: mandate do \(command.name)\(target(owed))   (\(command.title))")
        }
        return lines.joined(separator: "\n")
    }

    /// The options by which the command finds this duty's case.
    private func target(_ owed: OwedDuty) -> String { " --case \(owed.ofCase.id)" }
}
