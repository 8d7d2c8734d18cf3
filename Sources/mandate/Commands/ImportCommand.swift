import ArgumentParser
import Diagnostics
import Foundation
import Governance
import Secretariat

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Read people, bodies, seats and roles from a CSV.")

    @OptionGroup var recording: RecordingOptions

    @Argument(help: "The roster, a CSV file.")
    var file: String

    @Flag(help: "Say what would change, and change nothing.")
    var dryRun = false

    func run() throws {
        try attempt {
            let session = try Session(recording.place)
            let bytes = try Disk.read(file, limit: Self.largest)
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

    private func take(_ roster: Roster, _ session: Session) throws {
        let changed = "records: \(roster.records.count); names and addresses: \(roster.personal.count)"
        let changes = Plain.map(["records": .number(roster.records.count), "values": .number(roster.personal.count)])
        guard !roster.changesNothing, !dryRun else {
            session.show(
                .map(["taken": .flag(!dryRun), "changed": changes]),
                roster.changesNothing ? "nothing to change" : "would change: \(changed)")
            return
        }
        let reply = try session.desk.adopt(
            roster.records, personal: roster.personal, by: try session.importer(recording.reading),
            id: recording.commandID ?? Chance.system.token())
        guard case .taken = reply else { return try session.answer(reply, to: "import") }
        session.show(
            .map(["taken": .flag(true), "changed": changes]),
            "changed: \(changed)")
    }
}

extension Session {
    /// Who imports: nobody yet, where the one named is only just coming in.
    fileprivate func importer(_ reading: ReadingOptions) throws -> ID? {
        records.people.isEmpty ? nil : try actorIfNamed(reading)
    }
}
