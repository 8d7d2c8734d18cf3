import ArgumentParser
import Diagnostics
import Foundation
import Governance
import Secretariat

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Read a roster, or meetings, from CSV or iCalendar.",
        discussion: """
            A file is taken whole or not at all: first the plan is told, then it is carried out; with --plan it is told alone. The same \
            file read again changes nothing. A roster has a column `kind`; meetings are an .ics file, or a CSV with the columns body, \
            title, start, end, place. `mandate export` writes both.
            """)

    @OptionGroup var recording: RecordingOptions

    @Argument(help: "The file: CSV in UTF-8, or .ics.")
    var file: String

    @Flag(name: [.customLong("plan"), .customLong("dry-run")], help: "Say what would change, and change nothing.")
    var dryRun = false

    @Option(help: "Whose meetings they are, where the file does not say.")
    var body: String?

    func run() throws {
        try attempt {
            let session = try Session(recording.place)
            let bytes = try Disk.read(file, limit: Self.largest)
            if try takeMeetings(bytes, session) { return }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                complain("\(file): not UTF-8; save the file as CSV in UTF-8")
                throw Exit.badInput
            }
            let source = SourceText(name: file, text: text)
            let roster = Roster(source, in: session.standing, roles: session.rulebook.roles)
            guard roster.findings.isEmpty else {
                if session.options.json { Console.say(Plain.list(roster.findings.map { Plain($0) }).json) }
                Console.complain(roster.findings.map { $0.rendered(in: source) }.joined(separator: "\n"))
                complain("nothing of \(file) was taken: \(counted(roster.findings.count, "finding"))")
                throw Exit.badInput
            }
            try take(roster, session)
        }
    }

    private static let largest = 64 << 20

    /// Whether the file was one of meetings.
    private func takeMeetings(_ bytes: [UInt8], _ session: Session) throws -> Bool {
        let body = try body.map { try session.lookup.body($0) }
        let importer = try session.importer(recording.reading)
        guard let plan = session.desk.meetingImport(bytes, named: file, body: body, by: importer ?? "") else { return false }
        guard plan.problems.isEmpty else {
            if session.options.json { Console.say(Plain.map(["problems": Plain(plan.problems)]).json) }
            for problem in plan.problems { complain("\(file): \(problem)") }
            complain("nothing of \(file) was taken: \(counted(plan.problems.count, "problem"))")
            throw Exit.badInput
        }
        let steps = Plain.list(plan.steps.map { .map(["kind": .text($0.kind.rawValue), "words": .text($0.words)]) })
        let words = plan.steps.map { "\($0.kind.rawValue): \($0.words)" }.joined(separator: "\n")
        guard !dryRun, !plan.changesNothing else {
            session.show(
                .map(["taken": .flag(!dryRun), "steps": steps]), words + (plan.changesNothing ? "\nnothing to change" : ""))
            return true
        }
        _ = try session.actor(recording.reading)
        if !session.options.json { Console.say(words) }
        let reply = try session.desk.carryOut(plan, id: recording.commandID ?? Chance.system.token())
        guard case .taken(let receipt) = reply else {
            try session.answer(reply, to: "import")
            return true
        }
        session.show(
            .map(["taken": .flag(true), "steps": steps, "made": Plain(receipt.made)]),
            "done: \(counted(plan.steps.count { $0.kind == .plan }, "meeting")) planned, \(plan.steps.count { $0.kind == .move }) moved, \(plan.steps.count { $0.kind == .cancel }) cancelled"
        )
        return true
    }

    private func take(_ roster: Roster, _ session: Session) throws {
        let changed = "records: \(roster.records.count); names and addresses: \(roster.personal.count)"
        let changes = Plain.map(["records": .number(roster.records.count), "values": .number(roster.personal.count)])
        let plan = roster.plan(in: session.standing)
        guard !roster.changesNothing, !dryRun else {
            session.show(
                .map(["taken": .flag(!dryRun), "changed": changes, "steps": Plain(plan)]),
                roster.changesNothing ? "nothing to change" : (plan + ["would change: \(changed)"]).joined(separator: "\n"))
            return
        }
        if !session.options.json { for line in plan { Console.say(line) } }
        let reply = try session.desk.adopt(
            roster.records, personal: roster.personal, by: try session.importer(recording.reading),
            id: recording.commandID ?? Chance.system.token())
        guard case .taken = reply else { return try session.answer(reply, to: "import") }
        session.show(
            .map(["taken": .flag(true), "changed": changes, "steps": Plain(plan)]),
            "changed: \(changed)")
        if !session.options.json, let warning = session.desk.settingsForNobody { complain(warning) }
    }
}

extension Session {
    /// Who imports: nobody yet, where the one named is only just coming in.
    fileprivate func importer(_ reading: ReadingOptions) throws -> ID? {
        records.people.isEmpty ? nil : try actorIfNamed(reading)
    }
}
