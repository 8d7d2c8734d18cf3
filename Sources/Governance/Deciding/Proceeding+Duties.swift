import CEL
import Calendars
import Statecharts
import Workflows

extension Proceeding {
    /// Ends the duties whose state was left, each as the transition says that left it last. A state left and entered again keeps its
    /// duty, unless the transition says how it ends; then it is owed anew.
    mutating func endDuties(of id: ID, _ outcome: Outcome, _ workflow: Workflow) {
        guard let it = standing.cases[id] else { return }
        for duty in standing.openDuties(of: id) {
            let leaving = outcome.taken.last { taken in
                taken.exited.contains { workflow.chart.states[$0].id == duty.state }
            }
            let how = workflow.note(ofTransition: leaving?.tag)?.duty
            guard how != nil || !it.isInState(duty.state) else { continue }
            apply(.dutyEnded(duty: duty.id, how: how ?? .cancelled, at: effective))
        }
    }

    /// Opens the duties of active states. A state left and entered again within a step kept its duty; one whose checklist is ticked
    /// through owes nothing.
    mutating func openDuties(of id: ID, _ workflow: Workflow) {
        guard let it = standing.cases[id] else { return }
        let open = Set(standing.openDuties(of: id).map(\.state))
        for note in workflow.states where it.isInState(note.path) && !open.contains(note.path) {
            guard let definition = note.duty, let duty = duty(definition, state: note.path, for: it, workflow) else { continue }
            apply(.dutyOpened(duty))
        }
    }

    private func duty(_ definition: DutyDefinition, state: String, for it: Case, _ workflow: Workflow) -> Duty? {
        let lines = checklist(definition, state: state, of: it, workflow)
        if !lines.isEmpty, lines.allSatisfy(\.isDone) { return nil }
        let entered = it.entered[state] ?? effective
        guard case .success(let due) = standing.due(of: definition, for: it, in: workflow, by: rulebook, entered: entered)
        else { return nil }
        let duty = Duty(
            id: standing.nextID("d"), ofCase: it.id, state: state, opened: effective, from: nil, due: due.instant,
            dueHasClock: due.hasClock, isLate: false)
        guard let standingDue = asItStands(duty, due, for: it) else { return nil }
        return timed(standingDue, definition, for: it, workflow)
    }

    /// The duty with the due moment that its rule gives. One that had passed before the meeting's start is the start instead; nil where
    /// the meeting has started too, as nothing can be done about it any more.
    private func asItStands(_ duty: Duty, _ due: Deadline, for it: Case) -> Duty? {
        var duty = duty
        duty.due = due.instant
        duty.reckoned = due.instant
        duty.dueHasClock = due.hasClock
        duty.isLate = false
        guard due.instant < effective,
            let meeting = standing.keys(of: it).all[.meeting].flatMap({ standing.records.meetings[$0] })
        else { return duty }
        if effective < meeting.start {
            duty.due = meeting.start
            duty.dueHasClock = true
            duty.isLate = true
        } else if due.instant < meeting.start {
            return nil
        }
        return duty
    }

    /// The duty with the moments at which it is shown, told of and passed upwards, as its due moment now stands.
    private func timed(_ duty: Duty, _ definition: DutyDefinition, for it: Case, _ workflow: Workflow) -> Duty {
        var duty = duty
        let facts = standing.facts(for: it, in: workflow, by: rulebook, due: duty.due)
        duty.from = definition.from.flatMap { rule in
            guard case .success(let from) = rule.evaluate(in: facts) else { return nil }
            return from.instant
        }
        duty.reminders = [:]
        for (index, rule) in definition.reminders.enumerated() {
            let at = standing.occasion(rule, due: duty.due, for: it, in: workflow, by: rulebook)
            if let at, at > effective { duty.reminders[index] = at }
        }
        duty.escalation = nil
        if !duty.isLate, let escalation = definition.escalation {
            // Nobody is said to be late with what they could not know of: one that opens overdue is passed upwards counting from then.
            let since = max(duty.due, duty.opened)
            duty.escalation = standing.occasion(escalation.after, due: since, for: it, in: workflow, by: rulebook)
        }
        return duty
    }

    /// Works out anew the deadlines, moments and due times of the cases that something has happened to.
    mutating func refreshDeadlines() {
        let ids = stale.sorted(by: numbered)
        stale = []
        for id in ids { refreshDeadlines(of: id) }
    }

    mutating func refreshDeadlines(of id: ID) {
        stale.remove(id)
        refreshMoments(of: id)
        guard let it = standing.cases[id], it.isOpen, let workflow = rulebook.workflow(of: it) else { return }
        moveDuties(of: id, workflow)
    }

    /// Works out anew the named deadlines and the moments of one case. A moment that has passed as it becomes known counts as come;
    /// others come by their timers, each at its own instant.
    mutating func refreshMoments(of id: ID) {
        guard let it = standing.cases[id], it.isOpen, let workflow = rulebook.workflow(of: it) else { return }
        let named = standing.deadlines(of: it, in: workflow, by: rulebook)
        var asked = it
        asked.deadlines = named
        let moments = standing.moments(of: asked, in: workflow, by: rulebook)
        guard named != it.deadlines || moments != it.moments else { return }
        openEntryForDeadlines(it)
        apply(.deadlines(ofCase: id, named: named, moments: moments))
        for (index, at) in moments.sorted(by: { $0.key < $1.key }) where at <= effective && it.moments[index] != at {
            apply(.woken(ofCase: id, moment: index, at: at))
        }
    }

    private mutating func openEntryForDeadlines(_ it: Case) {
        if entries.last?.ofCase != it.id { begin(.deadlines, it.workflow, stream: it.family, ofCase: it.id) }
    }

    /// Duties keep what they are due by until the rule gives another moment; then reminders not yet sent move with it.
    private mutating func moveDuties(of id: ID, _ workflow: Workflow) {
        guard let it = standing.cases[id] else { return }
        for duty in standing.openDuties(of: id) {
            guard let definition = workflow.duty(ofState: duty.state) else { continue }
            let reckoned = standing.due(of: definition, for: it, in: workflow, by: rulebook, entered: duty.opened)
            guard case .success(let due) = reckoned, due.instant != duty.reckoned || duty.isLate,
                var moved = asItStands(duty, due, for: it), moved.due != duty.due
            else { continue }
            moved.revision += 1
            moved = timed(moved, definition, for: it, workflow)
            openEntryForDeadlines(it)
            withdrawOccurrences(of: duty, &moved, definition, for: it, workflow)
            apply(.dutyMoved(moved))
        }
    }

    /// Takes back the reminders that went to the outbox at moments that are others now, and those alone; the rest stay settled.
    private mutating func withdrawOccurrences(
        of duty: Duty, _ moved: inout Duty, _ definition: DutyDefinition, for it: Case, _ workflow: Workflow
    ) {
        for (index, at) in duty.reminders.sorted(by: { $0.key < $1.key })
        where duty.settled.contains("remind.\(index)/\(duty.revision)") && definition.reminders.indices.contains(index) {
            let now = standing.occasion(definition.reminders[index], due: moved.due, for: it, in: workflow, by: rulebook)
            if now == at {
                moved.reminders[index] = at
                moved.settled.insert("remind.\(index)/\(moved.revision)")
            } else {
                apply(.occurrenceWithdrawn(duty: duty.id, occurrence: "remind.\(index)"))
            }
        }
        guard let at = duty.escalation, duty.settled.contains("escalate/\(duty.revision)") else { return }
        if moved.escalation == at {
            moved.settled.insert("escalate/\(moved.revision)")
        } else {
            apply(.occurrenceWithdrawn(duty: duty.id, occurrence: "escalate"))
        }
    }
}

/// One line of a duty's checklist, as it stands.
public struct ChecklistItem: Hashable, Sendable, Codable {
    /// By which it is ticked: `line2`, or `line1/a3` for one thing of a list.
    public var key: String
    public var text: String
    public var isDone: Bool

    public init(key: String, text: String, isDone: Bool) {
        self.key = key
        self.text = text
        self.isDone = isDone
    }
}

extension Proceeding {
    func checklist(_ definition: DutyDefinition, state: String, of it: Case, _ workflow: Workflow) -> [ChecklistItem] {
        world(of: it, workflow).checklist(definition, state: state)
    }
}

extension CaseWorld {
    /// The lines of a duty's checklist: fixed ones, and one for each thing of a list as the list now stands.
    func checklist(_ definition: DutyDefinition, state: String) -> [ChecklistItem] {
        let ticks = it.ticks[state] ?? []
        var items: [ChecklistItem] = []
        for (index, line) in definition.checklist.enumerated() {
            let number = "line\(index + 1)"
            switch line {
            case .text(let text):
                items.append(ChecklistItem(key: number, text: render(text), isDone: ticks.contains(number)))
            case .each(let program, let text):
                guard case .list(let things)? = try? program.value(slots: slots, in: self) else { continue }
                for case .object(let thing) in things {
                    let key = number + "/" + thing.id
                    items.append(ChecklistItem(key: key, text: render(text, of: thing), isDone: ticks.contains(key)))
                }
            }
        }
        return items
    }

    private func render(_ text: ItemText, of thing: Reference) -> String {
        text.segments.map { segment in
            switch segment {
            case .words(let words): words
            case .field(let path): plain(value(at: path, of: thing))
            }
        }.joined()
    }

    private func value(at path: [String], of thing: Reference) -> Value {
        var value = Value.object(thing)
        for name in path {
            guard case .object(let reference) = value, let next = try? field(name, of: reference) else { return .null }
            value = next
        }
        return value
    }
}

extension Workflow {
    func duty(ofState path: String) -> DutyDefinition? { states.first { $0.path == path }?.duty }
}
