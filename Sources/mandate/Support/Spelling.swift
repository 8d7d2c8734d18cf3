import CEL
import Calendars
import Governance
import Secretariat
import Workflows

// What the rules keep by id and by number, in people's words.
extension Session {
    /// What happened, by the title of its command and what was filled in: `Record an arrival (person: Ann O'Brien)`.
    func words(of entry: Entry, _ discretion: Discretion) -> String {
        switch entry.kind {
        case .command:
            let definition = entry.ofCase.flatMap { standing.cases[$0] }.flatMap { rulebook.workflow(of: $0) }?
                .command(named: entry.name)
            let filled = filledIn(entry, definition, discretion)
            return (definition?.title ?? entry.name) + (filled.isEmpty ? "" : " (\(filled))")
        case .adoption: return "Import a roster"
        case .tick: return "Tick a line"
        case .amendment:
            let why =
                (discretion.mayKnow(entry) ? entry.fields["why"] : nil).flatMap { words(of: $0) }.map { " (why: \($0))" } ?? ""
            return "Put right the \(entry.name.split(separator: "_").last ?? "record")\(why)"
        case .edit: return "Replace the draft of \(spaced(entry.name))"
        case .migration: return "Move a case to the text in force of `\(entry.name)`"
        case .erasure: return "Erase a person"
        case .word, .timer, .wake, .beginning, .closing, .deadlines: return "\(entry.kind.rawValue) \(entry.name)"
        }
    }

    /// The fields that say more than the form's own standard; what only some may read is left out.
    private func filledIn(_ entry: Entry, _ definition: CommandDefinition?, _ discretion: Discretion) -> String {
        let fields = definition?.allFields ?? []
        let closed = closedFields(of: entry, discretion)
        return entry.fields.sorted { $0.key < $1.key }.compactMap { name, value in
            guard let field = fields.first(where: { $0.name == name }), field.type.standard != value else { return nil }
            guard !closed.contains(name), let words = words(of: value) else { return nil }
            return "\(spaced(name)): \(words)"
        }.joined(separator: "; ")
    }

    /// The fields that are not told to everybody: what only some may read, kind and words of a sensitive interest, and all that is said of
    /// an item or a paper that is kept from the reader.
    func closedFields(of entry: Entry, _ discretion: Discretion) -> Set<String> {
        guard discretion.mayKnow(entry) else { return Set(entry.fields.keys) }
        let it = entry.ofCase.flatMap { standing.cases[$0] }
        let fields = it.flatMap { rulebook.workflow(of: $0) }?.command(named: entry.name)?.allFields ?? []
        let isSensitive = entry.fields["sensitive"] == .bool(true) || it?.variables["sensitive"] == .bool(true)
        let words = entry.fields.filter { name, value in
            guard case .string(let text) = value else { return false }
            return isSensitive && (name == "kind" || text.hasPrefix(PersonalValue.mark))
        }
        return Set(fields.filter { !$0.type.shownTo.isEmpty }.map(\.name)).union(words.keys)
    }

    /// A value as people say it; nil for nothing.
    private func words(of value: Value) -> String? {
        switch value {
        case .null, .optional(nil): return nil
        case .object(let it): return name(of: it)
        case .list(let list): return list.isEmpty ? nil : list.compactMap { words(of: $0) }.joined(separator: ", ")
        case .bool(let flag): return flag ? "yes" : "no"
        case .int(let number): return String(number)
        case .string(let text): return standing.words(text)
        case .timestamp(let stamp): return spoken(Instant(seconds: stamp.seconds), for: nil)
        case .optional(let inner?): return words(of: inner)
        default: return "\(value)"
        }
    }

    private func name(of it: Reference) -> String {
        switch it.kind {
        case "person": standing.name(of: it.id)
        case "representative": records.representatives[it.id].map { standing.name(of: $0.person) } ?? it.id
        case "body": records.bodies[it.id]?.name ?? it.id
        case "organisation": records.organisations[it.id]?.name ?? it.id
        case "seat": records.seats[it.id]?.name ?? it.id
        case "item": records.items[it.id]?.title ?? it.id
        case "paper": records.papers[it.id]?.title ?? it.id
        case "meeting": records.meetings[it.id].map { lookup.label(of: $0) } ?? it.id
        default: it.id
        }
    }

    /// States as they stand in the file, in words: `sitting: in session, at work`. What all of them share is left out.
    func words(ofStates states: [String]) -> String {
        states.map { state in
            let names = state.split(separator: ".").map { spaced(String($0)) }
            let own = names.count > 1 ? Array(names.dropFirst()) : names
            return own.count > 1 ? "\(own[0]): \(own.dropFirst().joined(separator: ", "))" : own.joined()
        }.joined(separator: "; ")
    }

    /// `in_session` as "in session".
    private func spaced(_ name: String) -> String { String(name.map { $0 == "_" ? " " : $0 }) }
}

extension Field {
    /// How the field is filled in on a command line: `--reason <illness|clash|leave|other>`.
    var usage: String {
        switch type.base {
        case .text, .longText: "--\(name) TEXT"
        case .yesNo: "--\(name) <yes|no>"
        case .number: "--\(name) NUMBER"
        case .date: "--\(name) DATE"
        case .time: "--\(name) TIME"
        case .moment: "--\(name) 'DATE TIME'"
        case .choice(let words): "--\(name) <\(words.joined(separator: "|"))>"
        case .subject(let kind): "--\(name) \(kind.rawValue.uppercased())"
        case .subjects(let kind): "--\(name) \(kind.rawValue.uppercased()),..."
        case .workflowCase: "--\(name) CASE"
        case .file: "--\(name) FILE"
        case .list, .map: "--\(name) VALUES"
        }
    }
}
