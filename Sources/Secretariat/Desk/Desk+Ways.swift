public import Governance
public import Workflows

extension Desk {
    /// Where a case stands and by which way it came, for a picture of its workflow; nil if there is no such case.
    ///
    /// Which transition a step took is told from where it began and led, and from the name of the entry.
    public func way(of id: ID) throws -> WorkflowDiagram.Way? {
        guard let it = standing.cases[id], let workflow = registrar.rulebook.workflow(of: it) else { return nil }
        var way = WorkflowDiagram.Way(now: Set(it.active))
        var before: [String] = []
        for placed in try entries(of: it.family) {
            for change in placed.entry.changes {
                guard let after = change.states(of: id) else { continue }
                for state in after where !way.been.contains(state) { way.been.append(state) }
                let isAnswer = [.command, .word].contains(placed.entry.kind) && placed.entry.ofCase == id
                way.taken.formUnion(
                    workflow.transitions.indices.filter { index in
                        let note = workflow.transitions[index]
                        guard !isAnswer || note.trigger.isHeard(as: placed.entry.name) else { return false }
                        return note.leads(from: before, to: after, in: workflow)
                    })
                before = after
            }
        }
        return way
    }
}

extension Change {
    /// The atomic states of the case after the change, if it moved it.
    fileprivate func states(of id: ID) -> [String]? {
        switch self {
        case .moved(let move) where move.ofCase == id: move.active
        case .migrated(let migration) where migration.ofCase == id: migration.active
        default: nil
        }
    }
}

extension TransitionNote.Trigger {
    /// Whether a step of an entry of that name may have taken it, at once or as what followed by itself.
    fileprivate func isHeard(as name: String) -> Bool {
        switch self {
        case .command(let own), .event(let own): own == name
        case .once, .moment, .then, .initial: true
        }
    }
}

extension TransitionNote {
    /// Whether it leads out of what was active into what is newly so.
    fileprivate func leads(from before: [String], to after: [String], in workflow: Workflow) -> Bool {
        let holds = { (states: [String], path: String) in states.contains { $0 == path || $0.hasPrefix(path + ".") } }
        guard !targets.isEmpty, holds(before, workflow.states[source].path) else { return false }
        return targets.allSatisfy { target in holds(after.filter { !before.contains($0) }, target) }
    }
}
