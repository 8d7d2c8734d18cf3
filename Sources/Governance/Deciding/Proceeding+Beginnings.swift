import CEL
import Calendars
import Statecharts
import Workflows

extension Proceeding {
    /// Begins a case and lets its chart start; `event` is the form of the command that begins it, which the workflow's rules may forbid.
    mutating func begin(
        _ workflow: Workflow, for subjects: [SubjectKind: ID], with variables: [String: Value], isByEach: Bool,
        by command: String? = nil, event: Value = .null
    ) throws(Refusal) {
        try count("the beginning of `\(workflow.name)`")
        let body = SubjectKeys(named: subjects, in: standing).all[.body]
        let it = Case(
            id: standing.nextID("c"), workflow: workflow.name, hash: workflow.hash, pins: pins(for: subjects, body),
            subjects: subjects, family: standing.family(of: subjects), began: effective, isByEach: isByEach)
        begin(.beginning, workflow.name, stream: it.family, ofCase: it.id)
        apply(.began(it))
        refreshDeadlines(of: it.id)
        guard let dated = standing.cases[it.id] else { return }
        // Conditions that are asked as the case begins see what its variables begin with.
        var asked = dated
        for variable in workflow.variables {
            asked.variables[variable.name] = variables[variable.name] ?? variable.type.standard
        }
        for rule in workflow.rules where rule.when == command && command != nil {
            try world(of: asked, workflow, event: event).check(rule)
        }
        let started: (instance: Instance, outcome: Outcome)
        do { started = try workflow.chart.start(with: variables, in: world(of: asked, workflow, event: event)) } catch {
            throw Refusal(.limit, "The workflow `\(workflow.name)` cannot start: \(error.description).")
        }
        take(started.outcome, started.instance, of: dated, workflow)
    }

    /// The rules that a new case goes by: those of the meeting that it belongs to, so that all cases of a meeting go by the same, else
    /// those in force.
    private func pins(for subjects: [SubjectKind: ID], _ body: ID?) -> Pins {
        let family = standing.family(of: subjects)
        let known = standing.openCases(inFamily: family).first { $0.pins != nil }
        return known?.pins ?? rulebook.binding(of: body).pins
    }

    /// Begins and closes the cases of workflows that begin by themselves, where the records have changed.
    mutating func beginAndCloseCases() throws(Refusal) {
        let circles = circlesChanged
        guard circles.map({ !$0.isEmpty }) ?? true else { return }
        circlesChanged = []
        for workflow in rulebook.ordered {
            guard case .each(let program) = workflow.beginning else { continue }
            guard standing.circles == nil || workflow.isOfOneBody else {
                throw Refusal(.beyond, "Whether `\(workflow.name)` begins goes beyond what is at hand.")
            }
            for subjects in combinations(workflow.subjects, in: circles) { try reconcile(workflow, subjects, program) }
        }
    }

    private mutating func reconcile(
        _ workflow: Workflow, _ subjects: [SubjectKind: ID], _ program: Program
    ) throws(Refusal) {
        let known = standing.cases(of: workflow.name, for: subjects)
        if known.contains(where: { $0.ending == .finished }) { return }
        let open = known.first(where: \.isOpen)
        if let open, !open.isByEach { return }
        let asked = Case(
            id: "", workflow: workflow.name, hash: workflow.hash, subjects: subjects, family: "", began: effective,
            isByEach: true)
        let slots = workflow.variables.map { _ in Value.null }
        let holds = (try? program.value(slots: slots, in: world(of: asked, workflow))) == .bool(true)
        if holds, open == nil {
            try begin(workflow, for: subjects, with: [:], isByEach: true)
        } else if !holds, let open {
            close(open)
        }
    }

    /// Closes a case that nothing calls for any more, with the cases that are about the same and more, such as the interests of a
    /// representative who serves no longer; what is owed in them is excused.
    private mutating func close(_ it: Case) {
        let within = standing.openCases(inFamily: it.family).filter { other in
            let keys = standing.keys(of: other).all
            if other.id == it.id { return false }
            return keys[.ofCase(it.workflow)] == it.id || it.subjects.allSatisfy { keys[$0.key] == $0.value }
        }
        for other in within + [it] { closeAlone(other) }
    }

    private mutating func closeAlone(_ it: Case) {
        begin(.closing, it.workflow, stream: it.family, ofCase: it.id)
        for duty in standing.openDuties(of: it.id) { apply(.dutyEnded(duty: duty.id, how: .excused, at: effective)) }
        apply(.ended(ofCase: it.id, ending: .closed, at: effective))
    }

    /// All subjects of these kinds that agree with each other; meetings that are over or cancelled and terms that have ended call for
    /// nothing new, nor do cases that have ended.
    private func combinations(_ kinds: [SubjectKind], in circles: Set<ID>?) -> [[SubjectKind: ID]] {
        var found: [[SubjectKind: ID]] = [[:]]
        for kind in kinds {
            let ids = standing.ids(of: kind, in: circles).filter {
                kind == .meeting ? isToCome($0) : kind != .term || isRunning($0)
            }
            found = found.flatMap { known in
                ids.compactMap { id in agrees(known, kind, id) ? known.merging([kind: id]) { $1 } : nil }
            }
        }
        return found
    }

    private func isToCome(_ meeting: ID) -> Bool {
        guard let record = standing.records.meetings[meeting] else { return false }
        return record.ended == nil && !record.isCancelled
    }

    private func isRunning(_ term: ID) -> Bool {
        guard let record = standing.records.terms[term] else { return false }
        return record.end >= rulebook.binding(of: standing.records.seats[record.seat]?.body).zone.civil(at: effective).date
    }

    /// What a case implies rules nothing out: a consultation of one organisation may ask another for its view.
    private func agrees(_ known: [SubjectKind: ID], _ kind: SubjectKind, _ id: ID) -> Bool {
        if kind.isCase { return true }
        let mine = SubjectKeys(named: [kind: id], in: standing).all
        let theirs = SubjectKeys(named: known.filter { !$0.key.isCase }, in: standing).all
        return theirs.allSatisfy { mine[$0.key].map { [value = $0.value] in $0 == value } ?? true }
    }
}

extension Rulebook {
    /// Whether cases of one organisation may be about another, so that word about anybody may concern them.
    package var mixesOrganisations: Bool {
        [workflows, pinned].joined().map(\.value).contains { workflow in
            workflow.subjects.contains(.organisation)
                && workflow.subjects.contains { kind in
                    guard case .ofCase(let name) = kind else { return false }
                    return !(workflows[name]?.isOfOneBody ?? false)
                }
        }
    }
}

extension Workflow {
    /// Whether a case of it is always about one body, and so lies within its circle.
    fileprivate var isOfOneBody: Bool { subjects.contains { $0 == .body || $0.implies.contains(.body) } }
}
