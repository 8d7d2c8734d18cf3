import CEL
import Calendars
import Statecharts
import Workflows

extension Proceeding {
    /// One event, or nil for a wake, put to a case: its chart moves, its duties open and end, its effects are carried out. False if
    /// nothing in the case answers to it.
    ///
    /// The entry is opened only if the case moves; with `entry` nil the changes go into the entry that is open already.
    mutating func step(
        _ id: ID, _ event: Event?, entry: Entry.Kind?, named name: String
    ) throws(Refusal) -> Bool {
        guard let it = standing.cases[id], it.isOpen, let workflow = rulebook.workflow(of: it) else { return false }
        var instance = try restore(it, workflow)
        let world = world(of: it, workflow, event: event?.data ?? .null)
        let outcome: Outcome
        do { outcome = try workflow.chart.step(&instance, event, in: world) } catch {
            throw Refusal(.limit, "The workflow `\(workflow.name)` cannot go on: \(error.description).")
        }
        guard !outcome.taken.isEmpty else { return false }
        try count("\(name) in \(id)")
        if let entry { begin(entry, name, stream: it.family, ofCase: id) }
        take(outcome, instance, of: it, workflow)
        return true
    }

    func restore(_ it: Case, _ workflow: Workflow) throws(Refusal) -> Instance {
        do {
            return try workflow.chart.instance(
                activeStates: it.active, variables: workflow.variables.map { it.variables[$0.name] ?? .null },
                history: it.history)
        } catch {
            throw Refusal(.limit, "The case \(it.id) does not fit its workflow `\(workflow.name)`: \(error.description).")
        }
    }

    /// Writes down where a step has led, then lets its consequences follow in their order: duties that end, duties that open, words,
    /// documents and mail, cases to be started.
    mutating func take(_ outcome: Outcome, _ instance: Instance, of it: Case, _ workflow: Workflow) {
        apply(.moved(move(of: it, to: instance, outcome, workflow)))
        endDuties(of: it.id, outcome, workflow)
        refreshDeadlines(of: it.id)
        openDuties(of: it.id, workflow)
        announce(outcome, it, workflow)
        for effect in outcome.effects { carryOut(effect, of: it.id, workflow) }
        if instance.isFinished { apply(.ended(ofCase: it.id, ending: .finished, at: effective)) }
    }

    private func move(of it: Case, to instance: Instance, _ outcome: Outcome, _ workflow: Workflow) -> Change.Move {
        let active = instance.activeStates(workflow.chart)
        var variables: [String: Value] = [:]
        for (index, variable) in workflow.variables.enumerated() where it.variables[variable.name] != instance.variables[index]
        {
            variables[variable.name] = instance.variables[index]
        }
        let isActive = { (path: String) in active.contains { $0 == path || $0.hasPrefix(path + ".") } }
        var entered = it.entered.filter { isActive($0.key) }
        for note in outcome.taken.flatMap(\.entered).compactMap({ workflow.note(ofState: $0) }) {
            if note.duty != nil || !note.moments.isEmpty, isActive(note.path) { entered[note.path] = effective }
        }
        return Change.Move(
            ofCase: it.id, active: active,
            announcing: workflow.states.filter { $0.announce != nil && isActive($0.path) }.compactMap(\.announce),
            variables: variables, history: instance.history(workflow.chart), entered: entered)
    }

    private mutating func announce(_ outcome: Outcome, _ it: Case, _ workflow: Workflow) {
        for state in outcome.taken.flatMap(\.entered) {
            guard let word = workflow.note(ofState: state)?.announce else { continue }
            words.append(.word(Word(event: word, about: it.subjects, payload: [:], from: it.id)))
        }
    }

    /// Does what an action of the chart asks for.
    private mutating func carryOut(_ effect: Effect, of id: ID, _ workflow: Workflow) {
        guard let it = standing.cases[id], workflow.effects.indices.contains(effect.tag) else { return }
        switch workflow.effects[effect.tag] {
        case .tell(let event, let about, let with):
            let subjects = about.isEmpty ? it.subjects : about.compactMapValues { subject(effect.values[$0]) }
            let payload = with.mapValues { effect.values[$0] }
            words.append(.word(Word(event: event, about: subjects, payload: payload, from: id)))
        case .start(let name, let subjects, let with, let whole):
            var variables = with.mapValues { effect.values[$0] }
            if let whole, case .map(let map) = effect.values[whole] {
                for case (.string(let key), let value) in map { variables[key] = value }
            }
            let named = subjects.compactMapValues { subject(effect.values[$0]) }
            words.append(.start(workflow: name, subjects: named, variables: variables, by: id))
        case .mail(let document, let roles):
            mail(document, to: roles.flatMap { standing.people($0, of: it) }, of: it)
        case .draft(let document):
            let known = standing.drafts[id + "/" + document]
            if known == nil { apply(.drafted(Draft(document: document, ofCase: id, drafted: effective))) }
        }
    }

    private func subject(_ value: Value) -> ID? {
        guard case .object(let reference) = value else { return nil }
        return reference.id
    }

    mutating func mail(
        _ document: String, to people: [ID], of it: Case, duty: ID? = nil, occurrence: String? = nil, validUntil: Instant? = nil
    ) {
        var seen: Set<ID> = []
        let recipients = people.filter { seen.insert($0).inserted }
        let mailing = Mailing(
            id: standing.nextID("x"), occurrence: occurrence, document: document, ofCase: it.id, duty: duty, to: recipients,
            at: effective, validUntil: validUntil)
        apply(.mailed(mailing))
    }
}

extension Workflow {
    /// What the language adds to a state of the chart, by the state's number; nil for the root.
    func note(ofState number: Int) -> StateNote? {
        guard number > 0, chart.states.indices.contains(number) else { return nil }
        let tag = chart.states[number].tag
        return states.indices.contains(tag) ? states[tag] : nil
    }

    func note(ofTransition tag: Int?) -> TransitionNote? {
        tag.flatMap { transitions.indices.contains($0) ? transitions[$0] : nil }
    }
}
