import ArgumentParser
import CEL
import Governance
import Secretariat
import Workflows

struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Show what happened, when, and who recorded it.")

    @OptionGroup var reading: ReadingOptions

    @Option(help: MeetingHelp.meeting)
    var meeting: String?

    @Flag(help: "Also what the engine did by itself.")
    var all = false

    @Option(
        help: ArgumentHelp("Write all entries to a new file, to be verified elsewhere; it holds no names.", valueName: "file"))
    var export: String?

    func run() throws {
        try attempt {
            let session = try Session(reading.place)
            if let export {
                try Disk.writeDurably(try session.desk.exportedJournal(), to: export)
                return session.show(.map(["file": .text(export)]), export)
            }
            let reader = try session.actorIfNamed(reading)
            let discretion = session.discretion(reader)
            let found = try meeting.map { try session.meeting($0, by: reader) }
            let stream = found.map { session.standing.family(of: [.meeting: $0.id]) }
            let entries = try session.desk.entries(of: stream).filter { all || $0.entry.kind.isGiven }
            session.show(
                .list(entries.map { plain($0, session, discretion) }),
                entries.isEmpty
                    ? "nothing has happened yet" : entries.map { words($0, session, discretion) }.joined(separator: "\n"))
        }
    }

    private func plain(_ placed: PlacedEntry, _ session: Session, _ discretion: Discretion) -> Plain {
        let entry = placed.entry
        return .map([
            "sequence": .number(Int(placed.sequence)), "stream": .text(placed.stream),
            "position": .number(Int(placed.position)),
            "recorded": Plain(placed.recorded), "effective": Plain(entry.effective), "kind": .text(entry.kind.rawValue),
            "name": .text(entry.name), "case": Plain(entry.ofCase), "actor": Plain(entry.actor),
            "actor_name": Plain(entry.actor.map { session.standing.name(of: $0) }), "behalf": Plain(entry.behalf),
            "fields": .map(session.shown(entry, discretion)), "amends": Plain(entry.amends),
            "hash": .text(placed.hash),
        ])
    }

    private func words(_ placed: PlacedEntry, _ session: Session, _ discretion: Discretion) -> String {
        let entry = placed.entry
        let body = entry.ofCase.flatMap { session.standing.cases[$0] }.flatMap { session.standing.keys(of: $0).all[.body] }
        var text = "\(placed.sequence)  \(session.spoken(entry.effective, for: body))  \(session.words(of: entry, discretion))"
        if let actor = entry.actor { text += "  by \(session.standing.name(of: actor))" }
        if let behalf = entry.behalf { text += " for \(session.standing.name(of: behalf))" }
        if placed.recorded != entry.effective { text += "  (recorded \(session.spoken(placed.recorded, for: body)))" }
        if let amends = entry.amends { text += "  corrects \(amends)" }
        return text
    }
}

extension Entry.Kind {
    /// Whether a person gave rise to it, and not the engine.
    fileprivate var isGiven: Bool {
        switch self {
        case .command, .adoption, .tick, .amendment, .edit, .migration, .erasure: true
        case .word, .timer, .wake, .beginning, .closing, .deadlines: false
        }
    }
}

extension Session {
    /// What was filled in; what only some may read is left out, as is what belongs to a sensitive interest or to what is kept from the
    /// reader.
    fileprivate func shown(_ entry: Entry, _ discretion: Discretion) -> [String: Plain] {
        let closed = closedFields(of: entry, discretion)
        return Dictionary(
            uniqueKeysWithValues: entry.fields.map { name, value in (name, closed.contains(name) ? .none : spelled(value)) })
    }

    /// A value with the words behind personal values' keys.
    func spelled(_ value: Value) -> Plain {
        if case .string(let text) = value { return .text(standing.words(text)) }
        return Plain(value)
    }
}
