import Calendars
import Workflows

extension Proceeding {
    /// Fires what is due by now, the earliest first, each at its own instant; what one firing leads to is settled before the next. More
    /// than the limit are left to the next call.
    mutating func fireTimers(family: String?) throws(Refusal) {
        let families = family.map { [$0] } ?? standing.openFamilies
        var queue = TimerQueue(
            families.flatMap { standing.openCases(inFamily: $0) }.flatMap { standing.timers(of: $0) }.filter { $0.at <= now })
        for _ in 0..<Self.hearingLimit {
            guard let timer = queue.next() else { return }
            effective = timer.at
            hearings = 0
            let known = entries.count
            try fire(timer)
            for id in casesTouched(since: known) {
                guard let it = standing.cases[id], family.map({ $0 == it.family }) ?? true else { continue }
                queue.replace(of: id, by: it.isOpen ? standing.timers(of: it).filter { $0.at <= now } : [])
            }
        }
    }

    /// The cases whose timers the newest entries may have changed.
    private func casesTouched(since count: Int) -> Set<ID> {
        var touched: Set<ID> = []
        for change in entries.dropFirst(count).flatMap(\.changes) {
            if let id = change.ofCase ?? change.duty.flatMap({ standing.duties[$0]?.ofCase }) { touched.insert(id) }
        }
        return touched
    }

    private mutating func fire(_ timer: Timer) throws(Refusal) {
        switch timer.purpose {
        case .wake(let moment):
            guard let it = standing.cases[timer.ofCase] else { return }
            begin(.timer, "wake", stream: it.family, ofCase: it.id)
            apply(.woken(ofCase: it.id, moment: moment, at: timer.at))
            _ = try step(it.id, nil, entry: nil, named: it.workflow)
            try settle()
        case .remind(let duty, let index): remind(duty, index, timer)
        case .escalate(let duty): escalate(duty, timer)
        }
    }

    private mutating func remind(_ id: ID, _ index: Int, _ timer: Timer) {
        guard let duty = standing.duties[id], let it = standing.cases[duty.ofCase], let (workflow, definition) = define(duty)
        else { return }
        begin(.timer, "remind", stream: it.family, ofCase: it.id)
        let occurrence = "remind.\(index)/\(duty.revision)"
        let validUntil = validity(of: duty, after: timer.at, for: it, workflow)
        let isStale = validUntil.map { now >= $0 } ?? false
        apply(.occurrenceSettled(duty: id, occurrence: occurrence, how: isStale ? "expired" : "queued"))
        guard !isStale else { return }
        mail(
            "reminder", to: standing.owners(of: duty, definition: definition), of: it, duty: id,
            occurrence: "\(id)/\(occurrence)", validUntil: validUntil)
    }

    /// A reminder is worth sending until the duty's next one, else until the due moment and one working day more; one that goes out after the
    /// due moment until the duty ends.
    private func validity(of duty: Duty, after at: Instant, for it: Case, _ workflow: Workflow) -> Instant? {
        if let next = duty.reminders.values.filter({ $0 > at }).min() { return next }
        guard at < duty.due else { return nil }
        let facts = standing.facts(for: it, in: workflow, by: rulebook, due: duty.due)
        return facts.dayAfterDue
    }

    private mutating func escalate(_ id: ID, _ timer: Timer) {
        guard let duty = standing.duties[id], let it = standing.cases[duty.ofCase], let (_, definition) = define(duty),
            let escalation = definition.escalation
        else { return }
        begin(.timer, "escalate", stream: it.family, ofCase: it.id)
        let occurrence = "escalate/\(duty.revision)"
        apply(.occurrenceSettled(duty: id, occurrence: occurrence, how: "queued"))
        mail(
            "escalation", to: standing.people(escalation.to, of: it), of: it, duty: id, occurrence: "\(id)/\(occurrence)")
    }

    private func define(_ duty: Duty) -> (Workflow, DutyDefinition)? {
        guard let it = standing.cases[duty.ofCase], let workflow = rulebook.workflow(of: it),
            let definition = workflow.duty(ofState: duty.state)
        else { return nil }
        return (workflow, definition)
    }
}

extension DeadlineFacts {
    /// The due moment and one working day more; nil where the tables do not reach so far.
    fileprivate var dayAfterDue: Instant? {
        guard case .success(let rule) = DeadlineRule.parse("1 working day", for: .delay),
            case .success(let end) = rule.evaluate(in: self)
        else { return nil }
        return end.instant
    }
}

extension Standing {
    /// What an open case waits for: moments of its states, reminders and escalations of its duties that have not gone.
    public func timers(of it: Case) -> [Timer] {
        var timers = it.moments.compactMap { moment, at -> Timer? in
            it.woken[moment] == at
                ? nil : Timer(id: "\(it.id)/wake.\(moment)", ofCase: it.id, at: at, purpose: .wake(moment: moment))
        }
        for duty in openDuties(of: it.id) {
            for (index, at) in duty.reminders where !duty.settled.contains("remind.\(index)/\(duty.revision)") {
                timers.append(
                    Timer(
                        id: "\(duty.id)/remind.\(index)", ofCase: it.id, at: at, purpose: .remind(duty: duty.id, index: index)))
            }
            if let at = duty.escalation, !duty.settled.contains("escalate/\(duty.revision)") {
                timers.append(Timer(id: "\(duty.id)/escalate", ofCase: it.id, at: at, purpose: .escalate(duty: duty.id)))
            }
        }
        return timers.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
    }

    /// Who owes a duty: the people of its role, less those it is not for.
    func owners(of duty: Duty, definition: DutyDefinition) -> [ID] {
        guard let it = cases[duty.ofCase] else { return [] }
        let barred = Set(definition.notOf.map { people($0, of: it) } ?? [])
        let owners = people(definition.of, of: it)
        let left = owners.filter { !barred.contains($0) }
        return left.isEmpty ? deputies(of: definition.of, barred: barred, it) : left
    }

    /// Where the one whose duty it is may not do it, or there is none, the vice-chair stands in for the chair, else the secretary. Duties of
    /// a person named outright are nobody else's.
    private func deputies(of role: Role, barred: Set<ID>, _ it: Case) -> [ID] {
        switch role {
        case .ofBody, .ofOrganisation, .presider: break
        default: return []
        }
        let stands = role == .ofBody("chair") || role == .presider
        for deputy in (stands ? [Role.ofBody("vice_chair")] : []) + [.ofBody("secretary")] where deputy != role {
            let found = people(deputy, of: it).filter { !barred.contains($0) }
            if !found.isEmpty { return found }
        }
        return []
    }
}
