import CEL
import Statecharts
import Workflows

extension ModelWorld {
    /// Now, on a clock on which what has passed lies before and what has not lies behind.
    private static let now: Int64 = 1_000

    /// What a name means to one case, found once.
    enum Meaning {
        case fixed(Value?)
        case event
        case presiding
        case condition(Program)
        case deadline(String)
        case related(String)
    }

    func value(named name: String) -> Value? {
        let meaning: Meaning
        if let known = meanings[seat][name] {
            meaning = known
        } else {
            meaning = self.meaning(of: name)
            meanings[seat][name] = meaning
        }
        switch meaning {
        case .fixed(let value): return value
        case .event: return event
        case .presiding: return try? presiding()
        case .condition(let program): return conditionValue(program)
        case .deadline(let text): return moment(text)
        case .related(let plural): return relatedCases(plural)
        }
    }

    private func meaning(of name: String) -> Meaning {
        if let kind = SubjectKind(rawValue: name) {
            return .fixed(keys.all[kind].map { ModelSociety.reference(kind, $0) } ?? .null)
        }
        if keys.all[.ofCase(name)] != nil {
            // The case that this one is about; one that is not in the slice is not known.
            let about = model.seats.firstIndex { $0.keys.own == .ofCase(name) }
            let id = about.map(String.init) ?? ModelSociety.outside
            return .fixed(.object(Reference(kind: Vocabulary.caseKind(name), id: id)))
        }
        let cut = model.cut(of: seat)
        switch name {
        case "now": return .fixed(.timestamp(Timestamp(seconds: Self.now)))
        case "event": return .event
        case "quorum":
            return .fixed(.object(Reference(kind: "quorum", id: keys.all[.item] == nil ? "the meeting" : "the item")))
        case "policy": return .fixed(.object(Reference(kind: "policy", id: "")))
        case "presiding": return .presiding
        case "papers": return .fixed(nil)
        default: break
        }
        if let condition = cut.conditions[name] { return .condition(condition) }
        if let rule = cut.workflow.deadlines[name] {
            return cut.workflow.counts(rule) ? .fixed(nil) : .deadline(cut.workflow.spelledOut(rule))
        }
        if cut.workflow.name == name {
            return .fixed(.object(Reference(kind: Vocabulary.caseKind(name), id: String(seat))))
        }
        return .related(name)
    }

    private func presiding() throws(EvaluationError) -> Value {
        let people = ModelSociety.presiders
        let answer = try suppose("who presides", of: people.count + 1)
        return answer == people.count ? .null : ModelSociety.reference(.person, people[answer])
    }

    /// A moment that the clock follows; nil where it does not.
    private func moment(_ text: String) -> Value? {
        guard let tick = model.clock.number(of: text) else { return nil }
        let hasPassed = situation.passed & (1 << UInt64(tick)) != 0
        let rank = Int64(model.clock.ticks[tick].rank ?? 0)
        return .timestamp(Timestamp(seconds: (hasPassed ? 0 : 2 * Self.now) + rank))
    }

    /// The cases that word from this one would reach; nil where some of them are not in the slice.
    private func relatedCases(_ plural: String) -> Value? {
        guard case .some(.some(let seats)) = model.related[seat][plural] else { return nil }
        return .list(
            seats.filter { situation.locals[$0] != Situation.absent }.map {
                .object(Reference(kind: Vocabulary.caseKind(model.cut(of: $0).workflow.name), id: String($0)))
            })
    }

    func field(_ name: String, of reference: Reference) throws(EvaluationError) -> Value {
        if reference.kind == "quorum", name == "met" {
            return .bool(try supposeSo("there is a quorum for \(reference.id)"))
        }
        if reference.kind.hasPrefix("case:") { return try caseField(name, of: reference) }
        guard reference.id != ModelSociety.outside, let kind = SubjectKind(rawValue: reference.kind) else { throw Self.unknown }
        if let implied = SubjectKind(rawValue: name), let id = ModelSociety.implied(by: kind, reference.id)[implied] {
            return ModelSociety.reference(implied, id)
        }
        switch (kind, name) {
        case (.meeting, "start"), (.meeting, "end"), (.term, "start"), (.term, "end"):
            guard let moment = moment("\(kind.rawValue).\(name)") else { throw Self.unknown }
            return moment
        case (.meeting, "items"): return .list([ModelSociety.reference(.item, "i1")])
        case (.meeting, "quorum"): return .object(Reference(kind: "quorum", id: "the meeting"))
        case (.item, "quorum"): return .object(Reference(kind: "quorum", id: "the item"))
        case (.meeting, "presiding"), (.item, "presiding"): return try presiding()
        case (.meeting, "next"), (.meeting, "previous"):
            return try supposeSo("there is a \(name) meeting") ? ModelSociety.reference(.meeting, ModelSociety.outside) : .null
        case (.seat, "substitutes"): return .list([ModelSociety.reference(.person, ModelSociety.substitute)])
        case (.body, "seats"): return .list(ModelSociety.ids(of: .seat).map { ModelSociety.reference(.seat, $0) })
        default: throw Self.unknown
        }
    }

    private func caseField(_ name: String, of reference: Reference) throws(EvaluationError) -> Value {
        guard let other = Int(reference.id), let local = model.local(situation, other) else { throw Self.unknown }
        let cut = model.cut(of: other)
        if name == "ended" {
            guard cut.isComplete else { throw Self.unknown }
            return .bool(local.instance.isFinished)
        }
        if let kind = SubjectKind(rawValue: name), let id = model.seats[other].keys.all[kind] {
            return ModelSociety.reference(kind, id)
        }
        guard let variable = cut.numberOfVariable[name] else { throw Self.unknown }
        return local.instance.variables[variable]
    }
}
