import Calendars
import Diagnostics
import Workflows

/// Why something is owed, and how its due moment was reached.
public struct Explanation: Sendable {
    public var owed: OwedDuty
    public var workflow: String
    /// The workflow's own place in its source.
    public var workflowBasis: String?
    /// The states that are active in the case.
    public var states: [String]
    /// The rule of the due moment as written, and the steps by which it was reached.
    public var rule: String
    public var derivation: Derivation?
    /// Why the rule gives no moment now, if it does not.
    public var failure: String?
    /// Named in the file, with its line.
    public var place: String
    public var reminders: [Instant]
    public var escalation: Instant?
}

extension Registrar {
    /// Why a duty is owed and when it is due; nil if there is no such duty.
    public func explain(duty id: ID, in standing: Standing, now: Instant) -> Explanation? {
        guard let duty = standing.duties[id], let it = standing.cases[duty.ofCase],
            let (workflow, definition) = define(duty, in: standing), let owed = describe(duty, in: standing, now: now)
        else { return nil }
        let reckoned = reckon(duty, definition, it, workflow, in: standing)
        return Explanation(
            owed: owed, workflow: workflow.title, workflowBasis: workflow.basis, states: it.active,
            rule: definition.dueName.flatMap { workflow.deadlines[$0]?.text } ?? definition.due.text,
            derivation: try? reckoned.get().derivation, failure: reckoned.failure,
            place: "\(workflow.file):\(definition.origin.start.line)",
            reminders: duty.reminders.values.sorted(), escalation: duty.escalation)
    }

    /// A named deadline is explained by its own rule rather than by its name.
    private func reckon(
        _ duty: Duty, _ definition: DutyDefinition, _ it: Case, _ workflow: Workflow, in standing: Standing
    ) -> Result<Deadline, DeadlineFailure> {
        var facts = standing.facts(for: it, in: workflow, by: rulebook)
        facts.entered = duty.opened
        let rule = definition.dueName.flatMap { workflow.deadlines[$0] } ?? definition.due
        return rule.evaluate(in: facts)
    }

    /// Why a command is refused now; nil if it would be taken. Nothing is changed.
    public func whyRefused(_ command: Command, in standing: Standing, now: Instant) -> Refusal? {
        if case .refused(let refusal) = decide(command, in: standing, now: now) { refusal } else { nil }
    }
}

extension Result where Failure == DeadlineFailure {
    fileprivate var failure: String? {
        if case .failure(let failure) = self { failure.description } else { nil }
    }
}
