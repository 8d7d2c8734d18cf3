import CEL
import Calendars
import Workflows

extension CaseWorld {
    public func call(_ function: String, target: Value?, arguments: [Value]) throws(EvaluationError) -> Value {
        switch (function, arguments.count) {
        case ("in", 1): return .bool(try isIn(target, text(arguments[0])))
        case ("serves", 1): return .bool(try serves(target, arguments[0]))
        case ("may", 3): return .bool(try may(arguments[0], text(arguments[1]), arguments[2]))
        case ("people", 1): return .list(try people(target, text(arguments[0])))
        case ("breached", 1): return .bool(try isBreached(by: arguments[0]))
        case ("present", 1): return .bool(try isPresent(arguments[0]))
        case ("attendance", 1): return .string(try attendance(arguments[0]))
        case ("written", 1): return .bool(standing.drafts[it.id + "/" + (try text(arguments[0]))]?.edited != nil)
        case ("announced", 1): return .bool(isAnnounced(try text(arguments[0])))
        case ("passed", 1): return .bool(hasPassed(arguments[0]))
        default: throw EvaluationError("there is no function `\(function)`")
        }
    }

    private func text(_ value: Value) throws(EvaluationError) -> String {
        guard case .string(let text) = value else { throw EvaluationError("a text is needed") }
        return text
    }

    private func reference(_ value: Value?) throws(EvaluationError) -> Reference {
        guard case .object(let reference) = value else { throw EvaluationError("nobody and nothing is named") }
        return reference
    }

    private func representative(_ value: Value?) throws(EvaluationError) -> Representative {
        let reference = try reference(value)
        guard let found = standing.records.representatives[reference.id] else {
            throw EvaluationError("\(reference.id) is no representative")
        }
        return found
    }

    /// Whether the case of a thing is in a state: a case itself, or the newest case of the workflow that bears the thing's kind.
    private func isIn(_ target: Value?, _ path: String) throws(EvaluationError) -> Bool {
        let reference = try reference(target)
        if let named = standing.cases[reference.id] { return named.isIn(path) }
        guard let kind = SubjectKind(rawValue: reference.kind) else { return false }
        if kind.rawValue == workflow.name, it.subjects == [kind: reference.id] { return it.isIn(path) }
        return standing.cases(of: kind.rawValue, for: [kind: reference.id]).last?.isIn(path) ?? false
    }

    private func serves(_ target: Value?, _ moment: Value) throws(EvaluationError) -> Bool {
        guard case .timestamp(let stamp) = moment else { throw EvaluationError("a moment is needed") }
        let day = rulebook.binding(of: keys.all[.body]).zone.civil(at: Instant(stamp)).date
        return standing.serves(try representative(target), on: day)
    }

    private func may(_ who: Value, _ what: String, _ item: Value) throws(EvaluationError) -> Bool {
        guard let level = Participation(name: what) else {
            let names = Participation.allCases.map(\.name).joined(separator: ", ")
            throw EvaluationError("`\(what)` is no participation; there are \(names)")
        }
        let someone = try reference(who)
        let person = someone.kind == "representative" ? try representative(who).person : someone.id
        return standing.may(person, level, in: try reference(item).id, by: rulebook, at: now)
    }

    /// Who holds a role for an organisation or a body.
    private func people(_ target: Value?, _ role: String) throws(EvaluationError) -> [Value] {
        let reference = try reference(target)
        let roles = standing.records.organisations[reference.id]?.roles ?? standing.records.bodies[reference.id]?.roles
        return (roles?[role] ?? []).map(personValue)
    }

    /// Whether a member, named by the term or the representative, has attended too little under the body's policy.
    private func isBreached(by who: Value) throws(EvaluationError) -> Bool {
        let reference = try reference(who)
        let found = reference.kind == "term" ? representative(of: reference.id) : try representative(who)
        guard let found, let policy = rules.pack.attendance else { return false }
        let forecast = standing.forecast(of: found, by: policy, binding: rules, now: now)
        return forecast?.isTooLittle ?? false
    }

    private func isPresent(_ who: Value) throws(EvaluationError) -> Bool {
        guard let meeting = keys.all[.meeting] else { throw EvaluationError("there is no meeting here") }
        return standing.isPresent(try representative(who).person, at: meeting, when: now)
    }

    private func attendance(_ who: Value) throws(EvaluationError) -> String {
        guard let meeting = keys.all[.meeting] else { throw EvaluationError("there is no meeting here") }
        return standing.attendance(of: try representative(who), at: meeting)
    }

    /// Whether an announcement holds in a case that this one hears, or in this one.
    private func isAnnounced(_ word: String) -> Bool {
        standing.isAnnounced(word, for: keys)
    }

    /// Whether a moment of an active state has come: its timer has fired, or it had passed as it became known. A state entered in this
    /// very step is asked again when the step is over.
    private func hasPassed(_ index: Value) -> Bool {
        guard case .int(let number) = index, workflow.moments.indices.contains(Int(number)) else { return false }
        guard it.isInState(workflow.states[workflow.moments[Int(number)].state].path) else { return false }
        return it.moments[Int(number)].map { it.woken[Int(number)] == $0 } ?? false
    }
}
