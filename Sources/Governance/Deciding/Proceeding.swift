import CEL
import Calendars
import Statecharts
import Workflows

/// One question being decided: the standing as it changes, the entries as they grow, the words still to be heard. It is thrown away
/// whole when anything in it is refused.
struct Proceeding {
    /// Something that waits its turn, first in first out.
    enum Pending {
        case word(Word)
        case start(workflow: String, subjects: [SubjectKind: ID], variables: [String: Value], by: ID)
    }

    /// Words heard and cases woken by one command.
    static let hearingLimit = 10_000

    let rulebook: Rulebook
    var standing: Standing
    let now: Instant
    /// When what is being decided took effect.
    var effective: Instant
    var actor: ID?
    var behalf: ID?
    var addressee: ID?
    var entries: [Entry] = []
    var personal: [PersonalValue] = []
    var words: [Pending] = []
    /// Cases whose deadlines are to be worked out anew.
    var stale: Set<ID> = []
    /// The circles in which records changed, so that cases may have to begin or close; nil: in all.
    var circlesChanged: Set<ID>? = []
    /// The circles in which anything happened; nil: in all.
    var circlesTouched: Set<ID>? = []
    var hearings = 0
    /// What happened beyond what is at hand.
    private var beyond: ID?

    init(rulebook: Rulebook, standing: Standing, now: Instant) {
        self.rulebook = rulebook
        self.standing = standing
        self.now = now
        effective = now
        self.standing.moment = max(standing.moment, now)
    }
}

extension Proceeding {
    /// Opens an entry; changes go into the newest one.
    mutating func begin(
        _ kind: Entry.Kind, _ name: String, stream: String, ofCase: ID? = nil, fields: [String: Value] = [:], amends: Int? = nil
    ) {
        entries.append(
            Entry(
                kind: kind, name: name, stream: stream, ofCase: ofCase, effective: effective, actor: actor, behalf: behalf,
                fields: fields, amends: amends))
    }

    /// Makes a change, in the standing and in the newest entry alike.
    mutating func apply(_ change: Change) {
        standing.apply(change)
        entries[entries.count - 1].changes.append(change)
        note(change)
    }

    /// Remembers where something happened, for what may follow there, and whose deadlines a record moves.
    private mutating func note(_ change: Change) {
        if case .recorded(let record) = change {
            noteCircle(standing.records.circle(of: record), &circlesChanged)
            noteCircle(standing.records.circle(of: record), &circlesTouched)
            noteDeadlines(record)
        } else if let id = change.ofCase ?? change.duty.flatMap({ standing.duties[$0]?.ofCase }), let it = standing.cases[id] {
            noteCircle(standing.circle(of: it), &circlesTouched)
            noteCase(change, it)
            // Of a case about no body all is at hand that it asks for, but not all that asks for it.
            if standing.circles != nil, standing.circle(of: it) == nil { beyond = beyond ?? it.id }
        }
    }

    /// What is in no circle may be asked about from any.
    private func noteCircle(_ circle: ID?, _ circles: inout Set<ID>?) {
        if let circle { circles?.insert(circle) } else { circles = nil }
    }

    /// Deadlines are reckoned from the records of a case's own subjects.
    private mutating func noteDeadlines(_ record: Record) {
        guard let subject = record.subject else { return }
        for id in standing.openCaseIDs(inCircle: standing.records.circle(of: record)) {
            if let it = standing.cases[id], standing.keys(of: it).all[subject.kind] == subject.id { stale.insert(id) }
        }
    }

    /// Where a case moved that others are about, those may have to begin or close.
    private mutating func noteCase(_ change: Change, _ it: Case) {
        switch change {
        case .began, .moved, .ended: if rulebook.subjectWorkflows.contains(it.workflow) { circlesChanged = nil }
        default: break
        }
        // Deadlines may be reckoned from a variable of the case that they are about.
        if case .moved(let move) = change, !move.variables.isEmpty, rulebook.subjectWorkflows.contains(it.workflow) {
            let kind = SubjectKind.ofCase(it.workflow)
            stale.formUnion(
                standing.openCaseIDs(inCircle: "").filter { id in
                    standing.cases[id].map { standing.keys(of: $0).all[kind] == it.id } ?? false
                })
        }
    }

    /// Keeps values apart from the journal.
    mutating func keep(_ values: [PersonalValue]) {
        personal += values
        for value in values { standing.personal[value.key] = value.value }
    }

    func world(of it: Case, _ workflow: Workflow, event: Value = .null) -> CaseWorld {
        CaseWorld(of: it, workflow: workflow, standing: standing, rulebook: rulebook, now: effective, event: event)
    }

    /// Lets everything that follows follow: words are heard, cases begin and close, the rest is woken, until nothing moves.
    mutating func settle() throws(Refusal) {
        while true {
            try hearWords()
            try beginAndCloseCases()
            refreshDeadlines()
            if words.isEmpty, try !wakeCases() { break }
        }
        if let beyond { throw Refusal(.beyond, "What follows from the case \(beyond) goes beyond what is at hand.") }
        try checkStandingRules()
    }

    private mutating func hearWords() throws(Refusal) {
        while !words.isEmpty {
            switch words.removeFirst() {
            case .word(let word): try hear(word)
            case .start(let workflow, let subjects, let variables, let by):
                try start(workflow, for: subjects, with: variables, by: by)
            }
        }
    }

    mutating func count(_ what: @autoclosure () -> String) throws(Refusal) {
        hearings += 1
        if hearings > Self.hearingLimit {
            throw Refusal(.limit, "One command led to more than \(Self.hearingLimit) steps; the last was \(what()).")
        }
    }

    /// Gives eventless transitions of all open cases a chance; true if one was taken.
    private mutating func wakeCases() throws(Refusal) -> Bool {
        var moved = false
        for family in standing.openFamilies(inCircles: circlesTouched) {
            for id in standing.openCaseIDs(inFamily: family) where isWakeful(id) {
                if try step(id, nil, entry: .wake, named: standing.cases[id]?.workflow ?? "") {
                    moved = true
                    if !words.isEmpty { return true }
                }
            }
        }
        return moved
    }

    /// Whether a case is in a state that something may happen in by itself.
    private func isWakeful(_ id: ID) -> Bool {
        guard let it = standing.cases[id], it.isOpen, let workflow = rulebook.workflow(of: it) else { return false }
        if workflow.waitingStates.contains(where: { it.isInState($0) }) { return true }
        // A moment counts once its timer has fired for it.
        return it.woken.contains { it.moments[$0.key] == $0.value }
    }

    private mutating func checkStandingRules() throws(Refusal) {
        for id in touched.sorted(by: numbered) {
            guard let it = standing.cases[id], let workflow = rulebook.workflow(of: it) else { continue }
            let world = world(of: it, workflow)
            for rule in workflow.rules where rule.when == nil { try world.check(rule) }
        }
    }

    /// The cases that this question has moved so far.
    private var touched: Set<ID> {
        Set(
            entries.flatMap(\.changes).compactMap { change in
                if case .moved(let move) = change { move.ofCase } else { nil }
            })
    }
}

extension CaseWorld {
    /// Refuses where a `never:` holds or an `always:` does not.
    func check(_ rule: StandingRule) throws(Refusal) {
        let holds: Bool
        do { holds = try rule.condition.value(slots: slots, in: self) == .bool(true) } catch {
            throw Refusal(.rule, "The rule \"\(rule.name)\" cannot be judged: \(error.message).")
        }
        if holds == (rule.sense == .never) {
            throw Refusal(.rule, "This is ruled out: \(rule.name).")
        }
    }
}
