import CEL
import Workflows

extension Proceeding {
    /// A command that calls a case into being. Its record makes the subject, or the subjects are named, or follow from those named; its
    /// fields go into the variables of the same name.
    mutating func beginCase(of workflow: Workflow, by command: Command) throws(Refusal) {
        guard let definition = workflow.command(named: command.name) else {
            throw Refusal(.unknownCommand, "There is no command `\(command.name)`.")
        }
        let made = definition.record?.kind?.makes
        var blank = Case(
            id: "", workflow: workflow.name, hash: workflow.hash, subjects: command.subjects, family: "society",
            began: effective, isByEach: false)
        var payload = try form(definition, command, world(of: blank, workflow))
        for (name, value) in payload {
            guard let kind = SubjectKind(rawValue: name), case .object(let thing) = value else { continue }
            if kind == .body || workflow.subjects.contains(kind), blank.subjects[kind] == nil {
                blank.subjects[kind] = thing.id
            }
        }
        for kind in workflow.subjects where kind != made {
            blank.subjects[kind] = try subject(kind, of: blank, definition, command)
        }
        try mayGive(definition, command, blank, workflow)
        begin(.command, command.name, stream: "society", fields: payload)
        let written = try definition.record.flatMap { (record) throws(Refusal) in
            try write(record, fields: &payload, for: blank, definition)
        }
        let subjects = blank.subjects.merging(written ?? [:]) { $1 }.filter { workflow.subjects.contains($0.key) }
        entries[entries.count - 1].fields = payload
        let id = standing.nextID("c")
        entries[entries.count - 1].stream = standing.family(of: subjects)
        entries[entries.count - 1].ofCase = id
        addressee = id
        let variables = payload.filter { pair in workflow.variables.contains { $0.name == pair.key } }
        try begin(
            workflow, for: subjects, with: variables, isByEach: false, by: command.name, event: command.event(of: payload))
        apply(.given(ofCase: id, command: command.name, by: command.behalf ?? command.actor, at: effective))
    }

    /// The subject that is named or follows from those named; else the only one there is for whom this person may; a person who may for
    /// several, and holds no office, means themselves.
    private func subject(
        _ kind: SubjectKind, of blank: Case, _ definition: CommandDefinition, _ command: Command
    ) throws(Refusal) -> ID {
        if let known = SubjectKeys(named: blank.subjects, in: standing).all[kind] { return known }
        let who = command.behalf ?? command.actor
        let open = standing.ids(of: kind).filter { id in
            var asked = blank
            asked.subjects[kind] = id
            return definition.by.contains { standing.people($0, of: asked).contains(who) }
        }
        if open.count == 1, let one = open.first { return one }
        if kind == .person, open.contains(who), !isForAnOffice(who, blank, definition) { return who }
        throw Refusal(
            open.isEmpty ? .noCase : .severalCases,
            "\(definition.title): say for which \(kind.rawValue), with `--\(kind.rawValue)`.",
            notes: open.isEmpty ? [] : ["To choose from: " + open.prefix(Self.mostNamed).joined(separator: ", ")])
    }

    /// Whether the person may give the command as the holder of an office, and so may give it for others.
    private func isForAnOffice(_ person: ID, _ blank: Case, _ definition: CommandDefinition) -> Bool {
        definition.by.contains { role in
            switch role {
            case .ofBody, .ofOrganisation: standing.people(role, of: blank).contains(person)
            default: false
            }
        }
    }

    private static let mostNamed = 12
}
