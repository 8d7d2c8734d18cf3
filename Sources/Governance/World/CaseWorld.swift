import CEL
import Calendars
import Workflows

/// What the expressions of one case see: its subjects and what they imply, the moment, deadlines, conditions and related cases.
///
/// Asking it changes nothing. It is handed from expression to expression, so it is one thing and not copied.
public final class CaseWorld: World {
    public let standing: Standing
    public let rulebook: Rulebook
    public let it: Case
    public let workflow: Workflow
    public let keys: SubjectKeys
    public let now: Instant
    /// The payload of the event that is being decided.
    public let event: Value
    /// What the reader of its texts may know; nil where nobody reads them.
    let discretion: Discretion?

    public convenience init(
        of it: Case, workflow: Workflow, standing: Standing, rulebook: Rulebook, now: Instant, event: Value = .null
    ) {
        self.init(
            of: it, workflow: workflow, standing: standing, rulebook: rulebook, now: now, event: event, discretion: nil)
    }

    init(
        of it: Case, workflow: Workflow, standing: Standing, rulebook: Rulebook, now: Instant, event: Value = .null,
        discretion: Discretion?
    ) {
        self.it = it
        self.workflow = workflow
        self.standing = standing
        self.rulebook = rulebook
        self.now = now
        self.event = event
        self.discretion = discretion
        keys = standing.keys(of: it)
    }

    public func value(named name: String) -> Value? { value(named: name, slots: slots) }

    /// A condition that is named within an expression sees the variables as the expression does: within a step, as they stand by then.
    public func value(named name: String, slots: [Value]) -> Value? {
        if let kind = SubjectKind(rawValue: name) {
            return keys.all[kind].map { subject(kind, $0) } ?? .null
        }
        if let id = keys.all[.ofCase(name)] { return subject(.ofCase(name), id) }
        switch name {
        case "today": return .string(zone.civil(at: now).date.description)
        case "code": return .object(Reference(kind: "code", id: standing.records.code(for: keys.all)?.id ?? ""))
        case Vocabulary.registers: return .object(Reference(kind: Vocabulary.registers, id: it.id))
        case "now": return .timestamp(Timestamp(now))
        case "event": return event
        case "quorum": return quorumReference.map(Value.object)
        case "policy": return .object(Reference(kind: "policy", id: keys.all[.body] ?? ""))
        case "presiding": return standing.presider(of: keys.all).map(personValue) ?? .null
        case "interest_matches": return interestMatches
        case "answers_to_raise": return answersToRaise
        case "papers": return keys.all[.meeting].map(papersSent)
        default: break
        }
        if workflow.name == name { return .object(Reference(kind: Vocabulary.caseKind(name), id: it.id)) }
        if workflow.deadlines[name] != nil { return it.deadlines[name].map { .timestamp(Timestamp($0)) } ?? .null }
        if let condition = workflow.conditions[name] {
            return (try? condition.program.value(slots: slots, in: self)) ?? .bool(false)
        }
        return relatedCases(name)
    }

    /// The case's variables in the order of the chart's slots.
    public var slots: [Value] { workflow.variables.map { it.variables[$0.name] ?? .null } }

    /// The registered interests of the case's own representative that the meeting's items may touch.
    private var interestMatches: Value {
        guard let representative = keys.all[.representative], let meeting = keys.all[.meeting] else { return .list([]) }
        return .list(
            standing.interestMatches(of: representative, at: meeting).map { .object(Reference(kind: "match", id: $0.id)) })
    }

    /// What people answered to the report on the meeting before, or since then to an earlier one, of whoever sat in the same seat.
    private var answersToRaise: Value {
        guard let meeting = keys.all[.meeting].flatMap({ standing.records.meetings[$0] }), let seat = keys.all[.seat],
            let before = standing.records.meeting(before: meeting)
        else { return .list([]) }
        let answers = standing.records.answers.values.filter { answer in
            guard let reported = standing.records.meetings[answer.meeting], reported.body == meeting.body,
                standing.records.representatives[answer.representative]?.seat == seat
            else { return false }
            return reported.id == before.id || reported.start < before.start && answer.at > before.start
        }
        return .list(answers.map(\.id).sorted(by: numbered).map { .object(Reference(kind: "answer", id: $0)) })
    }

    private var quorumReference: Reference? {
        if let item = keys.all[.item] { return Reference(kind: "quorum", id: "item/" + item) }
        return keys.all[.meeting].map { Reference(kind: "quorum", id: "meeting/" + $0) }
    }

    /// The cases of a workflow that this one's word would reach, by the plural of the workflow's name.
    private func relatedCases(_ plural: String) -> Value? {
        guard let found = rulebook.names[plural] else { return nil }
        let related = standing.cases(of: found).filter { $0.id != it.id && keys.reaches(standing.keys(of: $0)) }
        return .list(related.map { .object(Reference(kind: Vocabulary.caseKind(found), id: $0.id)) })
    }

    /// The papers that have gone out, less those of items whose papers the case's representative is not to see.
    private func papersSent(of meeting: ID) -> Value {
        let reader = keys.all[.representative].flatMap { standing.records.representatives[$0] }
        let sent = standing.records.papers(of: meeting).filter { paper in
            guard paper.circulated != nil, keys.all[.item].map({ paper.item == nil || paper.item == $0 }) ?? true else {
                return false
            }
            guard let reader else { return true }
            return Discretion(standing, by: rulebook, now: now, reader: reader.person).mayRead(paper)
        }
        return .list(sent.map { .object(Reference(kind: "paper", id: $0.id)) })
    }

    func papers(of meeting: ID, item: ID?) -> Value {
        let papers = standing.records.papers(of: meeting).filter { item == nil || $0.item == item || $0.item == nil }
        return .list(papers.map { .object(Reference(kind: "paper", id: $0.id)) })
    }

    /// The zone in which the case's days are meant.
    var zone: Zone { rulebook.binding(of: keys.all[.body]).zone }

    func personValue(_ id: ID) -> Value { .object(Reference(kind: "person", id: id)) }
}

extension Timestamp {
    public init(_ instant: Instant) { self.init(seconds: instant.seconds) }
}

extension Instant {
    public init(_ timestamp: Timestamp) { self.init(seconds: timestamp.seconds) }
}

extension CaseWorld {
    /// The sentence with its values put in.
    public func render(_ text: Workflows.Text) -> String {
        text.segments.map { segment in
            switch segment {
            case .words(let words): words
            case .value(let program): (try? program.value(slots: slots, in: self)).map(plain) ?? "?"
            }
        }.joined()
    }

    /// A value as people read it.
    public func plain(_ value: Value) -> String {
        switch value {
        case .null: ""
        case .string(let text): standing.words(text)
        case .int(let number): String(number)
        case .uint(let number): String(number)
        case .double(let number): String(number)
        case .bool(let flag): flag ? "yes" : "no"
        case .timestamp(let stamp): rulebook.spoken(Instant(stamp), for: keys.all[.body])
        case .object(let reference): name(of: reference)
        case .list(let list): list.map(plain).joined(separator: ", ")
        default: ""
        }
    }

    func name(of reference: Reference) -> String {
        guard case .string(let name)? = try? field("name", of: reference) else {
            if case .string(let title)? = try? field("title", of: reference) { return title }
            return reference.id
        }
        return name
    }
}

extension Rulebook {
    /// A moment in words, in a body's zone: `Wed 18 Nov 2026, 14:00 GMT`.
    public func spoken(_ instant: Instant, for body: ID?) -> String {
        let zone = binding(of: body).zone
        let civil = zone.civil(at: instant)
        return "\(civil.date.words), \(civil.time) \(zone.abbreviation(at: instant))"
    }
}
