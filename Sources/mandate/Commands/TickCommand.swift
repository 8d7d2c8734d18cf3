import ArgumentParser
import Governance
import Secretariat

struct TickCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "tick", abstract: "Tick a line of a duty's checklist.")

    @OptionGroup var recording: RecordingOptions

    @Argument(help: "The duty's id, as `mandate checklist` shows it.")
    var duty: String

    @Argument(help: "The line: its number, or its text.")
    var line: String

    @Flag(help: "Take the tick back.")
    var undo = false

    func run() throws {
        try attempt {
            let session = try Session(recording.place)
            guard let found = session.standing.duties[duty] else { throw LookupFailure("there is no duty `\(duty)`") }
            let lines = session.desk.registrar.checklist(of: found, in: session.standing, now: session.desk.now)
            guard !lines.isEmpty else { throw LookupFailure("the duty `\(duty)` has no checklist") }
            guard let key = Self.key(line, in: lines) else {
                throw LookupFailure(
                    "the checklist has no line `\(line)`", candidates: lines.enumerated().map { "\($0 + 1) (\($1.text))" })
            }
            let reply = try session.desk.tick(
                duty: duty, line: key, isDone: !undo, by: try session.lookup.person(try session.actor(recording.reading)),
                id: recording.commandID ?? Chance.system.token())
            try session.answer(reply, to: undo ? "Take the tick back" : "Tick the line")
        }
    }

    private static func key(_ line: String, in lines: [ChecklistItem]) -> String? {
        if let number = Int(line), lines.indices.contains(number - 1) { return lines[number - 1].key }
        return lines.first { $0.key == line || $0.text.lowercased() == line.lowercased() }?.key
    }
}
