import CEL
import Calendars
import Workflows

extension Standing {
    /// What the rules of a case's deadlines are reckoned from. `state` is the state from whose entry `later` counts, `due` the moment
    /// to which reminders are relative.
    public func facts(
        for it: Case, in workflow: Workflow, by rulebook: Rulebook, state: String? = nil, due: Instant? = nil
    ) -> DeadlineFacts {
        let binding = binding(for: it, by: rulebook)
        let standing = self
        return DeadlineFacts(
            zone: binding.zone, holidays: binding.holidays, counting: binding.pack.counting, working: binding.pack.working,
            anchor: { path in standing.anchor(path, of: it, in: workflow, by: rulebook) },
            period: { binding.pack.periods[$0] },
            phrase: { Self.phrase(for: $0) },
            entered: state.map { it.entered[$0] ?? it.began }, due: due)
    }

    /// A moment named in a rule: a deadline of the case, a variable, or a moment of the records.
    private func anchor(_ path: [String], of it: Case, in workflow: Workflow, by rulebook: Rulebook) -> Anchor? {
        if path.count == 1, let name = path.first {
            if let known = it.deadlines[name] { return .instant(known) }
            return it.variables[name].flatMap(anchor)
        }
        // From a subject or a variable along as many fields as the path has: `application.assessment_round.closes`.
        let world = CaseWorld(of: it, workflow: workflow, standing: self, rulebook: rulebook, now: it.began)
        var value = it.variables[path[0]] ?? world.value(named: path[0]) ?? .null
        for name in path.dropFirst() {
            guard case .object(let reference) = value, let next = try? world.field(name, of: reference) else { return nil }
            value = next
        }
        return anchor(value)
    }

    private func anchor(_ value: Value) -> Anchor? {
        switch value {
        case .timestamp(let stamp): .instant(Instant(stamp))
        case .string(let text): CivilDate(text).map(Anchor.date)
        default: nil
        }
    }

    private static func phrase(for path: [String]) -> String? {
        switch path {
        case ["meeting", "start"]: "the meeting"
        case ["meeting", "ended"]: "the end of the meeting"
        case ["meeting", "end"]: "the planned end of the meeting"
        case ["term", "start"]: "the start of the term"
        case ["term", "end"]: "the end of the term"
        default: nil
        }
    }

    /// The named deadlines of a case that can be worked out now; one may hang on another.
    func deadlines(of it: Case, in workflow: Workflow, by rulebook: Rulebook) -> [String: Instant] {
        var asked = it
        asked.deadlines = [:]
        for _ in workflow.deadlines {
            let facts = facts(for: asked, in: workflow, by: rulebook)
            var found: [String: Instant] = [:]
            for (name, rule) in workflow.deadlines where !rule.countsFromEntry {
                if case .success(let deadline) = rule.evaluate(in: facts, explained: false) { found[name] = deadline.instant }
            }
            if found == asked.deadlines { break }
            asked.deadlines = found
        }
        return asked.deadlines
    }

    /// The moments under `at:` of a case's active states, counted from their entry where the rule says `later`.
    func moments(of it: Case, in workflow: Workflow, by rulebook: Rulebook) -> [Int: Instant] {
        var found: [Int: Instant] = [:]
        for (index, moment) in workflow.moments.enumerated() {
            let state = workflow.states[moment.state].path
            guard it.isInState(state) else { continue }
            let facts = facts(for: it, in: workflow, by: rulebook, state: state)
            if case .success(let deadline) = moment.rule.evaluate(in: facts, explained: false) {
                found[index] = deadline.instant
            }
        }
        return found
    }

    /// When a duty of this definition is due, with its derivation; `entered` is the moment from which `later` counts.
    public func due(
        of definition: DutyDefinition, for it: Case, in workflow: Workflow, by rulebook: Rulebook, entered: Instant
    ) -> Result<Deadline, DeadlineFailure> {
        var facts = facts(for: it, in: workflow, by: rulebook)
        facts.entered = entered
        return definition.due.evaluate(in: facts)
    }

    /// A moment relative to a due moment; one without a clock is at the hour of reminders.
    func occasion(
        _ rule: DeadlineRule, due: Instant, for it: Case, in workflow: Workflow, by rulebook: Rulebook
    ) -> Instant? {
        let facts = facts(for: it, in: workflow, by: rulebook, due: due)
        guard case .success(let moment) = rule.evaluate(in: facts, explained: false) else { return nil }
        if moment.hasClock { return moment.instant }
        return facts.zone.instant(of: CivilDateTime(moment.date, rulebook.reminderTime))
    }
}
