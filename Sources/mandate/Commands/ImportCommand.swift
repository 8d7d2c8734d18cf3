import ArgumentParser
import Diagnostics
import Foundation
import Governance
import Secretariat

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Read people, bodies, seats and roles from a CSV.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: "The roster, a CSV file.")
    var file: String

    @Flag(help: "Say what would change, and change nothing.")
    var dryRun = false

    func run() throws {
        try attempt {
            let session = try Session(acting.place)
            let bytes = try Disk.read(file, limit: Self.largest)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                complain("\(file): not UTF-8; save the file as CSV in UTF-8")
                throw Exit.badInput
            }
            let source = SourceText(name: file, text: text)
            let roster = Roster(source, in: session.standing)
            guard roster.findings.isEmpty else {
                Console.say(roster.findings.map { $0.rendered(in: source) }.joined(separator: "\n"))
                complain(
                    "nothing of \(file) was taken: \(roster.findings.count) \(roster.findings.count == 1 ? "finding" : "findings")"
                )
                throw Exit.badInput
            }
            try take(roster, session)
        }
    }

    private static let largest = 64 << 20

    private func take(_ roster: Roster, _ session: Session) throws {
        let changes = Plain.map(["records": .number(roster.records.count), "values": .number(roster.personal.count)])
        guard !roster.changesNothing, !dryRun else {
            session.show(
                .map(["taken": .flag(!dryRun), "changed": changes]),
                roster.changesNothing
                    ? "nothing to change"
                    : "would change \(roster.records.count) records, \(roster.personal.count) names and addresses")
            return
        }
        let reply = try session.desk.adopt(
            roster.records, personal: roster.personal, by: try session.importer(acting),
            id: acting.commandID ?? Chance.system.token())
        guard case .taken = reply else { return try session.answer(reply, to: "import") }
        session.show(
            .map(["taken": .flag(true), "changed": changes]),
            "changed \(roster.records.count) records, \(roster.personal.count) names and addresses")
    }
}

extension Session {
    /// Who imports: nobody yet, where the one named is only just coming in.
    fileprivate func importer(_ acting: ActingOptions) throws -> ID? {
        records.people.isEmpty ? nil : try actorIfNamed(acting)
    }
}
