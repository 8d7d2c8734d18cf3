import CEL
import Diagnostics
import Workflows

extension Proceeding {
    /// The case that a command is for: the one named, or the one open case that knows the command, fits the subjects given, and is
    /// this person's to speak in.
    func addressee(of command: Command) throws(Refusal) -> Case {
        if let id = command.ofCase {
            guard let it = standing.cases[id] else { throw Refusal(.noCase, "There is no case \(id).") }
            return it
        }
        let knowing = rulebook.workflows.values.filter { $0.command(named: command.name) != nil }
        guard !knowing.isEmpty else { throw unknown(command.name) }
        let fitting = standing.openFamilies.flatMap { standing.openCases(inFamily: $0) }.filter { it in
            rulebook.workflow(of: it)?.command(named: command.name) != nil && fits(it, command.subjects)
        }
        guard !fitting.isEmpty else { throw noCase(command, ended: knowing.map(\.name)) }
        return try single(narrowed(fitting, command), command)
    }

    private func fits(_ it: Case, _ subjects: [SubjectKind: ID]) -> Bool {
        let keys = standing.keys(of: it)
        return subjects.allSatisfy { keys[$0.key] == $0.value }
    }

    /// Of several cases those about just these subjects, then those where this person has the role, then those where it is their own,
    /// then those where it is possible now; a sieve that leaves none is passed over.
    private func narrowed(_ cases: [Case], _ command: Command) -> [Case] {
        let who = command.behalf ?? command.actor
        let sieves: [(Case) -> Bool] = [
            { $0.subjects == command.subjects },
            { it in self.isRole(of: who, it, command.name) },
            { it in self.standing.keys(of: it).all[.person] == who },
            { it in
                guard let workflow = self.rulebook.workflow(of: it) else { return false }
                return self.allowedCommands(for: who, in: it, workflow).contains { $0.name == command.name }
            },
        ]
        var left = cases
        for sieve in sieves where left.count > 1 {
            let kept = left.filter(sieve)
            if !kept.isEmpty { left = kept }
        }
        return left
    }

    private func isRole(of person: ID, _ it: Case, _ command: String) -> Bool {
        guard let definition = rulebook.workflow(of: it)?.command(named: command) else { return false }
        return definition.by.contains { standing.people($0, of: it).contains(person) }
    }

    private func single(_ cases: [Case], _ command: Command) throws(Refusal) -> Case {
        guard cases.count > 1 else { return cases[0] }
        throw Refusal(
            .severalCases, "`\(command.name)` could be meant for \(cases.count) cases; say which.",
            notes: cases.prefix(Self.casesShown).map { "\($0.id): \(title(of: $0))" })
    }

    private static let casesShown = 12

    private func noCase(_ command: Command, ended names: [String]) -> Refusal {
        let over = names.flatMap { standing.cases(of: $0) }.filter { !$0.isOpen && fits($0, command.subjects) }
            .sorted { numbered($0.id, $1.id) }
        guard let last = over.last else {
            return Refusal(.noCase, "Nothing is open here that `\(command.name)` could be said to.")
        }
        let given = last.given[command.name].map { given in
            let who = given.by.map { standing.name(of: $0) } ?? "The engine"
            return "\(who) did it on \(rulebook.spoken(given.at, for: standing.keys(of: last).all[.body]))."
        }
        return Refusal(
            .noCase, "`\(command.name)`: \(title(of: last)) is over.", notes: given.map { [$0] } ?? [])
    }

    private func unknown(_ name: String) -> Refusal {
        let names = rulebook.workflows.values.flatMap { $0.commands.map(\.name) }.sorted()
        let nearest = nearestName(to: name, among: names)
        return Refusal(
            .unknownCommand, "There is no command `\(name)`.", notes: nearest.map { ["Did you mean `\($0)`?"] } ?? [])
    }

    /// A case in words: its workflow's title and its subjects' names.
    func title(of it: Case) -> String {
        guard let workflow = rulebook.workflow(of: it) else { return it.workflow }
        let world = world(of: it, workflow)
        let names = workflow.subjects.compactMap { kind in
            it.subjects[kind].map { world.name(of: Reference(kind: kind.objectKind, id: $0)) }
        }
        return "\(workflow.title) (\(names.joined(separator: ", ")))"
    }
}
