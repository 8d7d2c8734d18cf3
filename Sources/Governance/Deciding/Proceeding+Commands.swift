import CEL
import Calendars
import Statecharts
import Workflows

extension Proceeding {
    /// Carries out a command: finds its case, asks whether this person may, reads the form, writes the record, asks the guards, and lets
    /// the case move.
    mutating func carryOut(_ command: Command) throws(Refusal) {
        actor = command.actor
        behalf = command.behalf
        effective = try moment(of: command)
        let beginning = rulebook.workflows.values.filter { $0.isBegun(by: command.name) }.min { $0.name < $1.name }
        if let workflow = beginning {
            try beginCase(of: workflow, by: command)
        } else {
            try carryOut(command, in: try addressee(of: command))
        }
        try settle()
    }

    private func moment(of command: Command) throws(Refusal) -> Instant {
        guard let occurred = command.occurred else { return now }
        guard occurred <= now else {
            throw Refusal(.form, "It cannot have occurred on \(rulebook.spoken(occurred, for: nil)), which is still to come.")
        }
        return occurred
    }

    private mutating func carryOut(_ command: Command, in it: Case) throws(Refusal) {
        guard let workflow = rulebook.workflow(of: it), let definition = workflow.command(named: command.name) else {
            throw Refusal(.unknownCommand, "The command `\(command.name)` is unknown in \(it.id).")
        }
        addressee = it.id
        try mayGive(definition, command, it, workflow)
        try isTime(definition, it, workflow)
        guard workflow.chart.namesHeard(in: try restore(it, workflow)).contains(command.name) else {
            throw notNow(definition, command, it, workflow)
        }
        let fields = try form(definition, command, world(of: it, workflow))
        try checkPerson(fields, of: it, definition)
        begin(.command, command.name, stream: it.family, ofCase: it.id, fields: fields)
        var payload = fields
        if let record = definition.record {
            try write(record, fields: &payload, for: it, definition)
            refreshMoments(of: it.id)
        }
        entries[entries.count - 1].fields = payload
        let event = Event(command.name, data: command.event(of: payload))
        try isPossible(event, definition, command, of: it.id, workflow)
        apply(.given(ofCase: it.id, command: command.name, by: command.behalf ?? command.actor, at: effective))
        guard try step(it.id, event, entry: nil, named: command.name) else {
            throw notNow(definition, command, standing.cases[it.id] ?? it, workflow)
        }
    }

    /// On a case about a person what is recorded is about that person.
    private func checkPerson(_ fields: [String: Value], of it: Case, _ definition: CommandDefinition) throws(Refusal) {
        guard let kind = definition.record?.kind, ![.term, .substitute, .membership].contains(kind),
            let person = standing.keys(of: it).all[.person], let named = fields.id("person"),
            named != person
        else { return }
        throw Refusal(
            .form, "\(definition.title): this is about \(standing.name(of: person)), not \(standing.name(of: named)).")
    }

    /// Whether some transition answers, and all that it needs holds.
    private func isPossible(
        _ event: Event, _ definition: CommandDefinition, _ command: Command, of id: ID, _ workflow: Workflow
    ) throws(Refusal) {
        guard let it = standing.cases[id] else { return }
        let world = world(of: it, workflow, event: event.data)
        let chosen = workflow.chart.selection(of: event, in: try restore(it, workflow), world: world)
        guard !chosen.isEmpty else { throw notNow(definition, command, it, workflow) }
        for tag in chosen {
            for need in workflow.note(ofTransition: tag)?.needs ?? [] {
                if let reason = unmet(need, tag, world) {
                    throw refusal(.condition, "\(definition.title): not now. \(reason)", command, it, workflow)
                }
            }
        }
        for rule in workflow.rules where rule.when == event.name { try world.check(rule) }
    }

    /// The sentence of what is missing; nil where nothing is.
    func unmet(_ need: TransitionNote.Need, _ tag: Int, _ world: CaseWorld) -> String? {
        switch need {
        case .condition(let name):
            guard let condition = world.workflow.conditions[name] else { return nil }
            if (try? condition.program.value(slots: world.slots, in: world)) == .bool(true) { return nil }
            return condition.say.map(world.render).map { $0.hasSuffix(".") ? $0 : $0 + "." }
                ?? "It needs that \(name.split(separator: "_").joined(separator: " "))."
        case .checklist:
            guard let note = world.workflow.note(ofTransition: tag), world.workflow.states.indices.contains(note.source),
                let definition = world.workflow.states[note.source].duty
            else { return nil }
            let lines = world.checklist(definition, state: world.workflow.states[note.source].path)
            // By the numbers under which people see them.
            let open = lines.enumerated().filter { !$1.isDone }.map { "\($0 + 1). \($1.text)" }
            return open.isEmpty ? nil : "Still to tick: \(open.joined(separator: "; "))."
        }
    }
}

extension Workflow {
    /// Whether the command has a transition out of the state, of one around it, or of one within it.
    func leaves(_ state: String, by command: String) -> Bool {
        transitions.contains { note in
            guard note.trigger == .command(command), states.indices.contains(note.source) else { return false }
            let source = states[note.source].path
            return source == state || state.hasPrefix(source + ".") || source.hasPrefix(state + ".")
        }
    }

    func isBegun(by command: String) -> Bool {
        if case .command(let name) = beginning { name == command } else { false }
    }
}

extension Command {
    /// What `event` holds: the form as filled in, and, as `by`, who gives the command.
    func event(of payload: [String: Value]) -> Value {
        let giver = Value.object(Reference(kind: SubjectKind.person.rawValue, id: behalf ?? actor))
        return .fields(payload.merging(["by": giver]) { own, _ in own })
    }
}

extension CommandDefinition {
    /// Forms that differ in one choice, or one yes or no, each: what a guard may ask of them shows whether any will do.
    fileprivate var formsToTry: [Value] {
        let choices = allFields.compactMap { field -> (name: String, values: [Value])? in
            switch field.type.base {
            case .choice(let words): (field.name, words.map { .string($0) })
            case .yesNo: (field.name, [.bool(true), .bool(false)])
            default: nil
            }
        }
        let first = Dictionary(choices.compactMap { choice in choice.values.first.map { (choice.name, $0) } }) { $1 }
        return choices.flatMap { choice in
            choice.values.map { value in Value.fields(first.merging([choice.name: value]) { $1 }) }
        }
    }

    /// Its own fields and those of its record.
    public var allFields: [Field] {
        fields + (record?.fields ?? []).filter { added in !fields.contains { $0.name == added.name } }
    }
}

// Who may, and when.
extension Proceeding {
    func mayGive(
        _ definition: CommandDefinition, _ command: Command, _ it: Case, _ workflow: Workflow
    ) throws(Refusal) {
        let who = command.behalf ?? command.actor
        let name = standing.name(of: who)
        if who != command.actor, !standing.mayRecord(command.actor, for: who, on: it) {
            throw Refusal(
                .notYours,
                "\(standing.name(of: command.actor)) may not record for \(name): only the secretary, the chair or the coordinator may."
            )
        }
        let barred = barred(by: definition, it)
        for person in [who, command.actor] where barred.contains(person) {
            throw refusal(
                .notYours,
                "\(definition.title): not for \(definition.notBy.map(\.words).joined(separator: " or ")), who is \(standing.name(of: person)).",
                command, it, workflow)
        }
        guard isRole(of: who, definition, in: it, workflow) else {
            let roles = definition.by.map(\.words).joined(separator: " or ")
            throw refusal(.notYours, "\(definition.title): only for \(roles); \(name) is not.", command, it, workflow)
        }
    }

    /// Those who may not give the command, whatever else they are.
    private func barred(by definition: CommandDefinition, _ it: Case) -> Set<ID> {
        Set(
            definition.notBy.flatMap { role -> [ID] in
                guard role == .interested else { return standing.people(role, of: it) }
                return standing.keys(of: it).all[.item].map { standing.interested(in: $0, by: rulebook) } ?? []
            })
    }

    /// Whether a person may give the command: they are one of those who may, or they owe, in place of one of those, a duty that it ends.
    func isRole(of person: ID, _ definition: CommandDefinition, in it: Case, _ workflow: Workflow) -> Bool {
        if definition.by.contains(where: { standing.people($0, of: it).contains(person) }) { return true }
        return standing.openDuties(of: it.id).contains { duty in
            guard let owed = workflow.duty(ofState: duty.state), definition.by.contains(owed.of) else { return false }
            return workflow.leaves(duty.state, by: definition.name)
                && standing.owners(of: duty, definition: owed).contains(person)
        }
    }

    private func isTime(_ definition: CommandDefinition, _ it: Case, _ workflow: Workflow) throws(Refusal) {
        guard let reason = outOfTime(definition, it, workflow) else { return }
        throw refusal(.notNow, "\(definition.title): \(reason)", nil, it, workflow, for: definition.name)
    }

    /// Why the command is not to be given now, whatever else holds; nil where it may be.
    private func outOfTime(_ definition: CommandDefinition, _ it: Case, _ workflow: Workflow) -> String? {
        if let state = definition.whileState, !it.isInState(state) { return "no longer possible, or not yet." }
        guard let until = definition.until else { return nil }
        let facts = standing.facts(for: it, in: workflow, by: rulebook)
        guard case .success(let end) = until.evaluate(in: facts), effective >= end.instant else { return nil }
        return "possible until \(rulebook.spoken(end.instant, for: standing.keys(of: it).all[.body]))."
    }

    private func notNow(_ definition: CommandDefinition, _ command: Command, _ it: Case, _ workflow: Workflow) -> Refusal {
        var reason = it.isOpen ? "it is not the time for that." : "that is over and closed."
        // Of several states at once nobody could tell which one is in the way.
        if it.isOpen, it.active.count == 1, let state = it.active.first?.split(separator: ".").last {
            reason = "not as it stands: \(state.split(separator: "_").joined(separator: " "))."
        }
        var refusal = refusal(.notNow, "\(definition.title): \(reason)", command, it, workflow)
        if let waiting = waiting(it, workflow, for: command.behalf ?? command.actor) { refusal.notes.append(waiting) }
        return refusal
    }

    /// What a case waits for, as far as the asker may know of it: `Still to be done here: Give notice (Sam Hill).`
    private func waiting(_ it: Case, _ workflow: Workflow, for asker: ID) -> String? {
        let world = CaseWorld(
            of: it, workflow: workflow, standing: standing, rulebook: rulebook, now: effective,
            discretion: Discretion(standing, by: rulebook, now: now, reader: asker))
        let open = standing.openDuties(of: it.id).sorted { numbered(($0.due, $0.id), ($1.due, $1.id)) }
            .compactMap { duty -> String? in
                guard let owed = workflow.duty(ofState: duty.state) else { return nil }
                let owners = standing.owners(of: duty, definition: owed).map { standing.name(of: $0) }
                return world.render(owed.title) + (owners.isEmpty ? "" : " (\(owners.joined(separator: ", ")))")
            }
        guard !open.isEmpty else { return nil }
        let more = open.count > Self.mostTold ? ["and \(open.count - Self.mostTold) more"] : []
        return "Still to be done here: \((open.prefix(Self.mostTold) + more).joined(separator: "; "))."
    }

    private static let mostTold = 3

    /// A refusal with who has done the same already, and what may be done now.
    private func refusal(
        _ kind: Refusal.Kind, _ reason: String, _ command: Command?, _ it: Case, _ workflow: Workflow, for name: String? = nil
    ) -> Refusal {
        var notes: [String] = []
        if let given = (command?.name ?? name).flatMap({ it.given[$0] }), kind == .notNow || kind == .condition {
            let who = given.by.map { standing.name(of: $0) } ?? "The engine"
            notes.append("\(who) did it on \(rulebook.spoken(given.at, for: standing.keys(of: it).all[.body])).")
        }
        let asker = command.map { $0.behalf ?? $0.actor } ?? behalf ?? actor
        let allowed = asker.map { allowedCommands(for: $0, in: it, workflow).map(\.name) } ?? []
        return Refusal(kind, reason, allowed: allowed, notes: notes)
    }

    /// The commands that a person may give a case now, in the order of the file.
    ///
    /// - Parameter anyForm: whether a command counts, too, that is possible only with one or the other word chosen in its form.
    func allowedCommands(
        for person: ID, in it: Case, _ workflow: Workflow, withAnyForm anyForm: Bool = false
    ) -> [CommandDefinition] {
        guard it.isOpen, let instance = try? restore(it, workflow) else { return [] }
        let world = world(of: it, workflow)
        let heard = anyForm ? Set(workflow.chart.namesHeard(in: instance)) : []
        return workflow.commands.filter { definition in
            guard isRole(of: person, definition, in: it, workflow),
                !barred(by: definition, it).contains(person),
                outOfTime(definition, it, workflow) == nil
            else { return false }
            let forms: [Value] = [.map([:])] + (heard.contains(definition.name) ? definition.formsToTry : [])
            return forms.contains { form in
                !workflow.chart.selection(of: Event(definition.name, data: form), in: instance, world: world).isEmpty
            }
        }
    }
}
