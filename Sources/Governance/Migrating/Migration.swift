import CEL
import Calendars
import Workflows

/// What an author asks for: that the open cases of a workflow go by its text in force, with a word on the states that have no namesake.
public struct MigrationRequest: Sendable, Hashable {
    public var workflow: String
    /// New states by old ones, each by its path or the end of it.
    public var states: [String: String]

    public init(workflow: String, states: [String: String] = [:]) {
        self.workflow = workflow
        self.states = states
    }
}

/// What would become of each open case that goes by an earlier text of its workflow.
public struct MigrationPlan: Sendable {
    public var workflow: String
    /// The text in force, to which the cases move.
    public var hash: String
    public var cases: [CasePlan]

    /// Whether nothing wants a word from the author.
    public var isReady: Bool { cases.allSatisfy { $0.open.isEmpty } }
}

/// The way of one case from its text to the one in force.
public struct CasePlan: Sendable {
    /// Where an active state leads.
    public struct Step: Sendable, Hashable {
        public enum Way: String, Sendable {
            /// The text in force has a state of the same path.
            case same
            /// It has one of the same name elsewhere.
            case byName = "by_name"
            /// The author said so.
            case said
        }

        public var from: String
        public var to: String
        public var way: Way
    }

    public var ofCase: ID
    /// The text by which it goes now.
    public var hash: String
    public var steps: [Step]
    /// States that start because the text in force has regions that the old one had not.
    public var started: [String]
    /// Active states of which nobody has said where they lead, or that do not fit together there.
    public var open: [String]
    /// Variables whose values are lost, because they are gone or of another type.
    public var lost: [String]
    /// Variables that begin with their first value.
    public var new: [String]
    /// Duties, by id, whose state has no successor with a duty; they end as cancelled.
    public var cancelled: [ID]
    /// What stands afterwards; nil while something is open.
    public var outcome: Change.Migration?
}

extension Registrar {
    /// The plan for the open cases of a workflow that go by an earlier text; nil if there is no such workflow.
    public func plan(_ request: MigrationRequest, in standing: Standing) -> MigrationPlan? {
        guard let target = rulebook.workflows[request.workflow] else { return nil }
        let behind = standing.cases(of: request.workflow).filter { $0.isOpen && $0.hash != target.hash }
        let plans = behind.map { it in
            CasePlanner(it, from: rulebook.workflow(of: it), to: target, saying: request.states, in: standing).plan()
        }
        return MigrationPlan(workflow: target.name, hash: target.hash, cases: plans)
    }

    /// Moves the cases of the plan to the text in force, each in an entry of its own. Only a body's secretary or chair may; nothing is done while
    /// the plan leaves a state open.
    public func migrate(_ request: MigrationRequest, by actor: ID, in standing: Standing, now: Instant) -> Decision {
        guard let plan = plan(request, in: standing) else {
            return .refused(Refusal(.unknownCommand, "There is no workflow `\(request.workflow)`."))
        }
        let bodies = standing.records.bodies.values
        let officers = bodies.flatMap { body in ["secretary", "chair"].flatMap { body.roles[$0] ?? [] } }
        guard officers.contains(actor) else {
            let reason = "Only a body's secretary or chair may migrate cases; \(standing.name(of: actor)) is neither."
            return .refused(Refusal(.notYours, reason))
        }
        guard !plan.cases.isEmpty else {
            return .refused(Refusal(.notNow, "All open cases of `\(plan.workflow)` go by its text in force already."))
        }
        guard plan.isReady else {
            let notes = plan.cases.flatMap { it in it.open.map { "\(it.ofCase): \($0)" } }
            return .refused(Refusal(.condition, "The plan leaves states open; say where each leads.", notes: notes))
        }
        return run(standing, now: now) { (proceeding) throws(Refusal) in
            proceeding.actor = actor
            for it in plan.cases { proceeding.migrate(it) }
            try proceeding.settle()
        }
    }
}

extension Proceeding {
    /// Moves one case: where it stands, then its duties, deadlines and moments as the text in force has them.
    mutating func migrate(_ plan: CasePlan) {
        guard var migration = plan.outcome, let it = standing.cases[plan.ofCase],
            let workflow = rulebook.workflows[it.workflow]
        else { return }
        begin(.migration, it.workflow, stream: it.family, ofCase: it.id)
        for id in plan.cancelled { apply(.dutyEnded(duty: id, how: .cancelled, at: effective)) }
        let homes = Dictionary(plan.steps.map { ($0.from, $0.to) }) { first, _ in first }
        for var duty in standing.openDuties(of: it.id) {
            let home = CasePlanner.home(of: duty.state, in: homes, workflow) ?? duty.state
            guard home != duty.state else { continue }
            duty.state = home
            apply(.dutyMoved(duty))
        }
        for note in workflow.states where note.duty != nil || !note.moments.isEmpty {
            let isActive = migration.active.contains { $0 == note.path || $0.hasPrefix(note.path + ".") }
            if isActive, migration.entered[note.path] == nil { migration.entered[note.path] = effective }
        }
        apply(.migrated(migration))
        stale.insert(it.id)
        refreshDeadlines()
        openDuties(of: it.id, workflow)
    }
}
