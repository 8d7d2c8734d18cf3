import CEL
import Statecharts
import Workflows

/// What expressions see in the model. What it does not know is supposed, one answer after the other (`Choices`); where nothing may
/// be supposed, asking is an error, which CEL's `&&` and `||` absorb where the answer does not matter.
final class ModelWorld: World {
    let model: Model
    var situation = Situation(locals: [])
    /// Whose expressions are asked.
    var seat = 0
    var event: Value = .null
    var choices = Choices()
    /// The case that looks up by itself whether something has come to hold, and so may suppose it.
    var looking: Int?
    /// The moment that has just passed in the case that looks up.
    var delay: Int?
    private var slots: [Value] = []
    private var maySuppose = true

    /// What names mean, by seat, as far as they were asked for.
    var meanings: [[String: Meaning]]

    init(_ model: Model) {
        self.model = model
        meanings = model.seats.map { _ in [:] }
    }

    private var cut: Cut { model.cut(of: seat) }
    var keys: ModelKeys { model.seats[seat].keys }

    static let unknown = EvaluationError("the model does not know")

    func suppose(_ question: @autoclosure () -> String, of count: Int) throws(EvaluationError) -> Int {
        guard maySuppose else { throw Self.unknown }
        return choices.answer(question(), of: count)
    }

    func supposeSo(_ question: @autoclosure () -> String) throws(EvaluationError) -> Bool {
        try suppose(question(), of: 2) == 0
    }

    /// Yes or no where the model knows; nil where it does not.
    func answer(_ program: Program, _ slots: [Value], supposing: Bool) -> Bool? {
        let (before, might) = (self.slots, maySuppose)
        self.slots = slots
        maySuppose = maySuppose && supposing
        defer { (self.slots, maySuppose) = (before, might) }
        guard case .bool(let holds)? = try? program.value(slots: slots, in: self) else { return nil }
        return holds
    }

    /// A condition named within an expression; nil where it is not known.
    func conditionValue(_ program: Program) -> Value? { try? program.value(slots: slots, in: self) }

    func value(_ program: Program, _ slots: [Value], supposing: Bool) -> Value? {
        let (before, might) = (self.slots, maySuppose)
        self.slots = slots
        maySuppose = maySuppose && supposing
        defer { (self.slots, maySuppose) = (before, might) }
        return try? program.value(slots: slots, in: self)
    }
}

// What the cut's calls ask.
extension ModelWorld {
    /// Whether an expression of the author's holds; taken both ways where the model does not know.
    func decide(_ number: Int, _ slots: [Value]) -> Bool {
        let entry = cut.entries[number]
        var supposing = true
        if case .waiting = entry.purpose { supposing = looking == seat && delay == nil }
        if let known = answer(entry.program, slots, supposing: supposing) { return known }
        guard supposing else { return false }
        return choices.answer("`\(entry.words)` holds", of: 2) == 0
    }

    private func decidedValue(_ number: Int, _ slots: [Value]) -> Value {
        let entry = cut.entries[number]
        guard case .value(let domain) = entry.purpose else { return .null }
        if let known = value(entry.program, slots, supposing: true), domain.contains(known) || known == .null { return known }
        guard domain.count > 1 else { return domain.first ?? .null }
        return domain[choices.answer("`\(entry.words)` of \(seat)", of: domain.count)]
    }

    /// An argument of an effect; null of no kind where it is not known.
    private func argument(_ number: Int, _ slots: [Value]) -> Value {
        value(cut.entries[number].program, slots, supposing: false) ?? .object(Reference(kind: "", id: ModelSociety.outside))
    }

    func call(_ function: String, target: Value?, arguments: [Value]) throws(EvaluationError) -> Value {
        switch (function, arguments.first) {
        case ("decided", .int(let number)): return .bool(decide(Int(number), Self.list(arguments)))
        case ("valued", .int(let number)): return decidedValue(Int(number), Self.list(arguments))
        case ("argued", .int(let number)): return argument(Int(number), Self.list(arguments))
        case ("announced", .string(let word)): return .bool(try isAnnounced(word))
        case ("passed", .int(let number)): return .bool(try hasPassed(Int(number)))
        case ("in", .string(let path)): return .bool(try isIn(target, path))
        case ("In", .string(let path)): return .bool(try isInOwn(path))
        case ("serves", _): return .bool(true)
        case ("may", let who?) where arguments.count == 3: return .bool(try may(who, arguments[1]))
        case ("present", let who?): return .bool(try isPresent(try person(who)))
        case ("attendance", let who?):
            let person = try person(who)
            let answers = ["present", "represented", "absent"]
            return .string(answers[try suppose("the attendance of \(person)", of: answers.count)])
        default: throw Self.unknown
        }
    }

    private static func list(_ arguments: [Value]) -> [Value] {
        if arguments.count == 2, case .list(let slots) = arguments[1] { slots } else { [] }
    }
}

// Words, moments, states.
extension ModelWorld {
    /// Whether some case of the slice announces the word; where cases outside might, that is not known.
    private func isAnnounced(_ word: String) throws(EvaluationError) -> Bool {
        for other in model.announcers[seat] where model.local(situation, other)?.announcing.contains(word) ?? false {
            return true
        }
        guard model.horizon.words.contains(word), model.isToldOutside(word, near: seat) else { return false }
        return try supposeSo("`\(word)` holds already")
    }

    private var presentCases: [(Int, LocalState)] {
        model.seats.indices.compactMap { seat in model.local(situation, seat).map { (seat, $0) } }
    }

    private func hasPassed(_ number: Int) throws(EvaluationError) -> Bool {
        let workflow = cut.workflow
        guard workflow.moments.indices.contains(number) else { return false }
        let moment = workflow.moments[number]
        // A state entered in this very step is asked again when the step is over.
        guard model.local(situation, seat)?.isInState(workflow.states[moment.state].path) ?? false else { return false }
        if workflow.counts(moment.rule) { return looking == seat && delay == number }
        if let tick = model.clock.number(of: workflow.spelledOut(moment.rule)) {
            return situation.passed & (1 << UInt64(tick)) != 0
        }
        return try supposeSo("\(workflow.spelledOut(moment.rule)) has passed")
    }

    private func isIn(_ target: Value?, _ path: String) throws(EvaluationError) -> Bool {
        guard case .object(let reference)? = target, reference.id != ModelSociety.outside else { throw Self.unknown }
        guard let other = seat(of: reference) else { throw Self.unknown }
        let cut = model.cut(of: other)
        let asked = model.terrain.anatomies[model.terrain.places[model.seats[other].place].workflow].regions(asked: path)
        guard asked.isSubset(of: cut.regions) else { throw Self.unknown }
        return model.local(situation, other)?.isIn(path) ?? false
    }

    private func isInOwn(_ path: String) throws(EvaluationError) -> Bool {
        let asked = model.terrain.anatomies[model.terrain.places[model.seats[seat].place].workflow].regions(asked: path)
        guard asked.isSubset(of: cut.regions) else { throw Self.unknown }
        return model.local(situation, seat)?.isInState(path) ?? false
    }

    /// The case that a reference means: itself, or that of the workflow of its name about the thing.
    private func seat(of reference: Reference) -> Int? {
        if reference.kind.hasPrefix("case:") { return Int(reference.id) }
        guard let kind = SubjectKind(rawValue: reference.kind) else { return nil }
        return model.seats.indices.first { other in
            model.cut(of: other).workflow.name == reference.kind && model.seats[other].keys.named == [kind: reference.id]
        }
    }
}

// People.
extension ModelWorld {
    func person(_ who: Value) throws(EvaluationError) -> String {
        guard case .object(let reference) = who else { throw Self.unknown }
        if reference.kind == "representative" {
            return ModelSociety.implied(by: .representative, reference.id)[.person] ?? ModelSociety.outside
        }
        return reference.id
    }

    func isPresent(_ person: String) throws(EvaluationError) -> Bool {
        try supposeSo("\(ModelSociety.name(of: person)) is in the room")
    }

    private func may(_ who: Value, _ what: Value) throws(EvaluationError) -> Bool {
        guard case .string(let name) = what, let wanted = Participation(name: name) else { throw Self.unknown }
        return try may(try person(who), wanted)
    }

    /// What the participation rule allows: a member, under the caps of all active states, being there.
    func may(_ person: String, _ wanted: Participation) throws(EvaluationError) -> Bool {
        guard ModelSociety.members.contains(person) else {
            if person == ModelSociety.substitute || person == ModelSociety.outside {
                return try supposeSo("\(ModelSociety.name(of: person)) may \(wanted.name)")
            }
            return false
        }
        if let cap = cap(on: person), cap < wanted { return false }
        if model.cappedOutside.contains(person), !(try supposeSo("nothing else keeps \(ModelSociety.name(of: person)) from it"))
        {
            return false
        }
        return wanted <= .papers ? true : try isPresent(person)
    }

    private func cap(on person: String) -> Participation? {
        var lowest: Participation?
        for (other, local) in presentCases where model.seats[other].keys.all[.person] == person && !local.instance.isFinished {
            for note in model.cut(of: other).capped where local.isInState(note.path) {
                guard let cap = note.participation else { continue }
                lowest = min(lowest ?? cap, cap)
            }
        }
        return lowest
    }
}
