import Calendars
import Workflows

/// A duty as its owner sees it: what, by when, why, and what to say when it is done.
public struct OwedDuty: Sendable {
    public var duty: Duty
    public var ofCase: Case
    public var title: String
    /// A consequence.
    public var note: String?
    public var basis: String
    public var owners: [ID]
    public var meeting: ID?
    public var body: ID?
    public var checklist: [ChecklistItem]
    /// The commands that its owner may give from its state.
    public var commands: [CommandDefinition]
    /// Where its owner may give none: the commands that end it, with who may give them.
    public var endedByOthers: [Ending]
    public var isOverdue: Bool

    /// How a duty ends by somebody else's word.
    public struct Ending: Sendable {
        public var command: CommandDefinition
        /// `the secretary or the coordinator`.
        public var roles: String
        public var people: [ID]
    }
}

extension Registrar {
    /// Who owes a duty now: whoever holds the role.
    public func owners(of duty: Duty, in standing: Standing) -> [ID] {
        guard let (_, definition) = define(duty, in: standing) else { return [] }
        return standing.owners(of: duty, definition: definition)
    }

    /// The lines of a duty's checklist as they stand.
    public func checklist(of duty: Duty, in standing: Standing, now: Instant) -> [ChecklistItem] {
        guard let it = standing.cases[duty.ofCase], let (workflow, definition) = define(duty, in: standing) else { return [] }
        let world = CaseWorld(of: it, workflow: workflow, standing: standing, rulebook: rulebook, now: now)
        return world.checklist(definition, state: duty.state)
    }

    /// A duty as it stands; nil if its workflow is lost.
    /// - Parameter reader: who reads it, who may not know of everything that it names; nil for the keeper of the books.
    public func describe(_ duty: Duty, in standing: Standing, now: Instant, for reader: ID? = nil) -> OwedDuty? {
        guard let it = standing.cases[duty.ofCase], let (workflow, definition) = define(duty, in: standing) else { return nil }
        let world = CaseWorld(
            of: it, workflow: workflow, standing: standing, rulebook: rulebook, now: now,
            discretion: reader.map { Discretion(standing, by: rulebook, now: now, reader: $0) })
        let owners = standing.owners(of: duty, definition: definition)
        let commands = commands(of: duty, for: owners, it, workflow, in: standing, now: now)
        return OwedDuty(
            duty: duty, ofCase: it, title: world.render(definition.title), note: definition.note.map(world.render),
            basis: definition.basis, owners: owners, meeting: world.keys.all[.meeting], body: world.keys.all[.body],
            checklist: world.checklist(definition, state: duty.state),
            commands: commands, endedByOthers: commands.isEmpty ? endings(of: duty, it, workflow, in: standing) : [],
            isOverdue: duty.isOpen && duty.due < now)
    }

    /// What a person owes, by deadline: duties that are open and shown by now. `everything` includes those whose time to be shown
    /// has not come.
    public func owed(by person: ID, in standing: Standing, now: Instant, everything: Bool = false) -> [OwedDuty] {
        standing.duties(inCirclesOf: person).filter { $0.isOpen && (everything || ($0.from.map { $0 <= now } ?? true)) }
            .filter { owners(of: $0, in: standing).contains(person) }
            .compactMap { describe($0, in: standing, now: now, for: person) }
            .sorted { numbered(($0.duty.due, $0.duty.id), ($1.duty.due, $1.duty.id)) }
    }

    /// The commands by which its owners can leave the duty's own state, then those for the states around it and within it, as
    /// things stand.
    private func commands(
        of duty: Duty, for owners: [ID], _ it: Case, _ workflow: Workflow, in standing: Standing, now: Instant
    ) -> [CommandDefinition] {
        let proceeding = Proceeding(rulebook: rulebook, standing: standing, now: now)
        var own: Set<String> = []
        var near: Set<String> = []
        for note in workflow.transitions {
            guard case .command(let name) = note.trigger, workflow.states.indices.contains(note.source) else { continue }
            let source = workflow.states[note.source].path
            if source == duty.state { own.insert(name) }
            if duty.state.hasPrefix(source + ".") || source.hasPrefix(duty.state + ".") { near.insert(name) }
        }
        let allowed = Set(
            owners.flatMap { proceeding.allowedCommands(for: $0, in: it, workflow, withAnyForm: true).map(\.name) })
        let possible = workflow.commands.filter { allowed.contains($0.name) }
        return possible.filter { own.contains($0.name) }
            + possible.filter { near.contains($0.name) && !own.contains($0.name) }
    }

    /// The commands by which a duty ends, whoever may give them.
    private func endings(of duty: Duty, _ it: Case, _ workflow: Workflow, in standing: Standing) -> [OwedDuty.Ending] {
        workflow.commands.filter { command in
            workflow.transitions.contains { note in
                guard note.trigger == .command(command.name), note.duty != nil, workflow.states.indices.contains(note.source)
                else { return false }
                let source = workflow.states[note.source].path
                return source == duty.state || duty.state.hasPrefix(source + ".")
            }
        }.map { command in
            let people = command.by.flatMap { standing.people($0, of: it) }
            return OwedDuty.Ending(
                command: command, roles: command.by.map(\.words).joined(separator: " or "),
                people: people.enumerated().filter { people.firstIndex(of: $1) == $0 }.map(\.element))
        }
    }

    /// The commands that a person may give in a case now.
    public func allowed(for person: ID, in ofCase: ID, standing: Standing, now: Instant) -> [CommandDefinition] {
        guard let it = standing.cases[ofCase], let workflow = rulebook.workflow(of: it) else { return [] }
        return Proceeding(rulebook: rulebook, standing: standing, now: now).allowedCommands(for: person, in: it, workflow)
    }

    /// The case that a command would go to, or why there is none.
    public func addressee(of command: Command, in standing: Standing, now: Instant) -> Result<Case, Refusal> {
        let proceeding = Proceeding(rulebook: rulebook, standing: standing, now: now)
        do { return .success(try proceeding.addressee(of: command)) } catch { return .failure(error) }
    }

    /// A case in words: its workflow's title and its subjects' names.
    public func title(of it: Case, in standing: Standing, now: Instant) -> String {
        Proceeding(rulebook: rulebook, standing: standing, now: now).title(of: it)
    }

    func define(_ duty: Duty, in standing: Standing) -> (Workflow, DutyDefinition)? {
        guard let it = standing.cases[duty.ofCase], let workflow = rulebook.workflow(of: it),
            let definition = workflow.duty(ofState: duty.state)
        else { return nil }
        return (workflow, definition)
    }
}
