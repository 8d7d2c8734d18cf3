import CEL
import Statecharts
import Workflows

/// One move carried out under one set of suppositions: what the cases do, what they tell each other, until nothing moves any more.
/// The order is the engine's: words first in first out, each heard by all before the next; then cases look up by themselves.
struct Step {
    struct Refused: Error {}

    /// A word that waits its turn.
    private struct Told {
        var word: String
        /// The cases that it reaches.
        var seats: [Int]
        var payload: Value
    }

    let model: Model
    let world: ModelWorld
    var situation: Situation
    /// States of duties that ended, by the place of the case: whatever left them said how.
    private(set) var ended: [(seat: Int, path: String)] = []
    private(set) var told: Set<String> = []
    private(set) var started: Set<String> = []
    private(set) var accepted: [Explorer.GivenCommand] = []
    /// The rules that the move breaks, and those of which the model cannot tell.
    private(set) var broken: Set<Model.JudgedRule> = []
    private(set) var unjudged: Set<Model.JudgedRule> = []
    private var words: [Told] = []
    private var moved: Set<Int> = []
    private var count = 0

    /// Steps of cases that one move may lead to.
    static let limit = 300

    init(_ model: Model, _ world: ModelWorld, _ situation: Situation) {
        self.model = model
        self.world = world
        self.situation = situation
    }

    /// Carries the move out; refused, it never was.
    mutating func carryOut(_ move: Move, outside: [Model.OutsideWord], forms: (Int, Int) -> [[String: Value]]) throws(Refused) {
        world.looking = nil
        world.delay = nil
        switch move {
        case .opening: try open()
        case .command(let seat, let command, let form): try give(command, seat, forms(seat, command)[form])
        case .word(let number): words.append(Told(word: outside[number].word, seats: outside[number].seats, payload: .map([:])))
        case .start(let seat):
            var given = model.terrain.given[model.terrain.places[model.seats[seat].place].workflow]
            let workflow = model.cut(of: seat).workflow
            if case .command(let name) = workflow.beginning { given.formUnion(workflow.variables(filledInBy: name)) }
            try begin(seat, given: given, [:])
        case .look(let seat): try look(seat, delay: nil)
        case .delay(let seat, let moment): try look(seat, delay: moment)
        case .tick(let number): situation.passed |= 1 << UInt64(number)
        case .rest(let seat): _ = try step(seat, Event(Cut.restEvent))
        }
        try settle()
    }

    private mutating func open() throws(Refused) {
        for seat in model.seats.indices {
            switch model.cut(of: seat).workflow.beginning {
            case .command where model.seats[seat].isAboutCase: break
            case .command(let name): try begin(seat, given: model.cut(of: seat).workflow.variables(filledInBy: name), [:])
            case .each: try begin(seat, given: [], [:])
            // What the word carries goes into the variables of the same names.
            case .word: try begin(seat, given: Set(model.cut(of: seat).workflow.variables.map(\.name)), [:])
            case .by: break
            }
        }
    }

    private mutating func look(_ seat: Int, delay: Int?) throws(Refused) {
        world.looking = seat
        world.delay = delay
        defer {
            world.looking = nil
            world.delay = nil
        }
        guard try step(seat, nil) else { throw Refused() }
    }

    private mutating func settle() throws(Refused) {
        var isMoving = true
        while isMoving {
            while !words.isEmpty { try hear(words.removeFirst()) }
            isMoving = false
            // A situation that a step has ended in before is one in which nothing goes on by itself.
            if model.situations[situation] != nil { break }
            for seat in model.seats.indices where model.local(situation, seat)?.isWakeful ?? false {
                if try step(seat, nil) {
                    isMoving = true
                    if !words.isEmpty { break }
                }
            }
        }
        for seat in moved.sorted() { try check(seat, when: nil) }
    }

    private mutating func hear(_ told: Told) throws(Refused) {
        for seat in told.seats where model.local(situation, seat)?.heard.contains(told.word) ?? false {
            world.event = told.payload
            ask(seat)
            try check(seat, when: told.word)
            _ = try step(seat, Event(told.word, data: told.payload))
        }
        world.event = .null
    }

    private func ask(_ seat: Int) {
        world.situation = situation
        world.seat = seat
    }
}

// Commands and rules.
extension Step {
    private mutating func give(_ number: Int, _ seat: Int, _ form: [String: Value]) throws(Refused) {
        let cut = model.cut(of: seat)
        let command = cut.workflow.commands[number]
        guard let local = model.local(situation, seat) else { throw Refused() }
        var payload = form
        ask(seat)
        if let record = command.record?.kind { record.write(&payload, seat, self) }
        let event = Event(command.name, data: .map(Dictionary(uniqueKeysWithValues: payload.map { (.string($0), $1) })))
        world.event = event.data
        defer { world.event = .null }
        ask(seat)
        let chosen = cut.chart.selection(of: event, in: local.instance, world: world)
        guard !chosen.isEmpty else { throw Refused() }
        for tag in chosen where cut.workflow.transitions.indices.contains(tag) {
            for case .condition(let name) in cut.workflow.transitions[tag].needs {
                guard holds(name, cut, local) else { throw Refused() }
            }
        }
        try check(seat, when: command.name)
        guard try step(seat, event) else { throw Refused() }
        accepted.append(.init(workflow: model.terrain.places[model.seats[seat].place].workflow, command: number))
        if command.record?.kind == .meetingTime { reset() }
    }

    private func holds(_ condition: String, _ cut: Cut, _ local: LocalState) -> Bool {
        guard let program = cut.conditions[condition] else { return true }
        if let known = world.answer(program, local.instance.variables, supposing: true) { return known }
        return world.choices.answer("`\(condition)` holds", of: 2) == 0
    }

    /// A meeting put off: what had passed may lie ahead again.
    private mutating func reset() {
        guard situation.passed != 0 else { return }
        for (number, tick) in model.clock.ticks.enumerated() where situation.passed & (1 << UInt64(number)) != 0 {
            if tick.rank ?? 0 > 0 || world.choices.answer("\(tick.name) lies ahead again", of: 2) == 0 {
                situation.passed &= ~(1 << UInt64(number))
            }
        }
    }

    /// Judges the rules that are to be proved, and lets all refuse: what comes after a rule was broken is of no interest.
    private mutating func check(_ seat: Int, when: String?) throws(Refused) {
        let cut = model.cut(of: seat)
        var isRefused = false
        for (number, rule) in cut.workflow.rules.enumerated() where rule.when == when {
            guard let local = model.local(situation, seat) else { continue }
            ask(seat)
            let judged = Model.JudgedRule(place: model.seats[seat].place, number: number)
            let isProved = model.rules.contains(judged)
            guard let program = cut.rules[number],
                let answer = world.answer(program, local.instance.variables, supposing: isProved)
            else {
                if isProved { unjudged.insert(judged) }
                continue
            }
            guard answer == (rule.sense == .never) else { continue }
            if isProved { broken.insert(judged) }
            isRefused = true
        }
        if isRefused { throw Refused() }
    }
}

extension RecordKind {
    /// What the record adds to the form.
    fileprivate func write(_ payload: inout [String: Value], _ seat: Int, _ step: Step) {
        switch self {
        case .item: payload["item"] = ModelSociety.reference(.item, step.isUnderway(.item, "i1") ? ModelSociety.outside : "i1")
        case .paper: payload["paper"] = ModelSociety.reference(.paper, "a1")
        case .decision where step.model.asksWhoTookPart:
            payload["took_part"] = .list(step.takingPart().map { ModelSociety.reference(.person, $0) })
        case .term: payload["term"] = ModelSociety.reference(.term, ModelSociety.outside)
        default: break
        }
    }
}

extension Step {
    /// Whether a case about just this stands already.
    fileprivate func isUnderway(_ kind: SubjectKind, _ id: String) -> Bool {
        model.seats.indices.contains { model.seats[$0].keys.named == [kind: id] && situation.locals[$0] != Situation.absent }
    }

    /// Those who take part: all who may vote, or, named with a reason, one of them.
    fileprivate func takingPart() -> [String] {
        let voters = ModelSociety.members.filter { (try? world.may($0, .vote)) ?? false }
        guard voters.count > 1 else { return voters }
        let answer = world.choices.answer("how many take part", of: voters.count + 1)
        return answer == 0 ? voters : [voters[answer - 1]]
    }
}

// Charts.
extension Step {
    private mutating func step(_ seat: Int, _ event: Event?) throws(Refused) -> Bool {
        guard let local = model.local(situation, seat), !local.instance.isFinished else { return false }
        var instance = local.instance
        ask(seat)
        guard let outcome = try? model.cut(of: seat).chart.step(&instance, event, in: world) else { throw Refused() }
        guard !outcome.taken.isEmpty else { return false }
        try take(outcome, instance, seat)
        return true
    }

    private mutating func begin(_ seat: Int, given: Set<String>, _ values: [String: Value]) throws(Refused) {
        let cut = model.cut(of: seat)
        var first: [String: Value] = [:]
        for variable in cut.variables where given.contains(variable.name) {
            let domain = variable.type.domain(telling: model.terrain.words)
            if let value = values[variable.name], value == .null || domain.contains(value) {
                first[variable.name] = value
            } else if !domain.isEmpty {
                first[variable.name] = domain[world.choices.answer("the first `\(variable.name)` of \(seat)", of: domain.count)]
            }
        }
        ask(seat)
        guard let (instance, outcome) = try? cut.chart.start(with: first, in: world) else { throw Refused() }
        try take(outcome, instance, seat)
    }

    private mutating func take(_ outcome: Outcome, _ instance: Instance, _ seat: Int) throws(Refused) {
        count += 1
        if count > Self.limit { throw Refused() }
        situation.locals[seat] = model.number(of: instance, at: seat)
        moved.insert(seat)
        let cut = model.cut(of: seat)
        for taken in outcome.taken {
            note(taken, cut, seat)
            for number in taken.entered {
                guard let word = cut.note(ofState: number)?.announce else { continue }
                tell(word, model.reached[seat], .map([:]))
            }
        }
        for sent in outcome.sent { told.insert(sent.event.name) }
        for effect in outcome.effects { try carryOut(effect, cut, seat) }
    }

    private mutating func note(_ taken: Taken, _ cut: Cut, _ seat: Int) {
        guard let tag = taken.tag, cut.workflow.transitions.indices.contains(tag), cut.workflow.transitions[tag].duty != nil
        else {
            return
        }
        for number in taken.exited {
            if let note = cut.note(ofState: number), note.duty != nil { ended.append((seat, note.path)) }
        }
    }

    private mutating func tell(_ word: String, _ seats: [Int], _ payload: Value) {
        told.insert(word)
        words.append(Told(word: word, seats: seats, payload: payload))
    }

    private mutating func carryOut(_ effect: Effect, _ cut: Cut, _ seat: Int) throws(Refused) {
        switch cut.workflow.effects[effect.tag] {
        case .tell(let word, let about, let with):
            var seats = model.reached[seat]
            if !about.isEmpty {
                let keys = ModelKeys(about.compactMapValues { thing(effect.values[$0]) }, model.terrain.cases)
                seats = model.seats.indices.filter { keys.reaches(model.seats[$0].keys) }
            }
            let known = with.filter { !effect.values[$0.value].isUnknown }
            tell(word, seats, .map(Dictionary(uniqueKeysWithValues: known.map { (.string($0), effect.values[$1]) })))
        case .start(let name, let subjects, let with, let whole):
            started.insert(name)
            var values = with.mapValues { effect.values[$0] }
            if let whole, case .map(let map) = effect.values[whole] {
                for case (.string(let key), let value) in map { values[key] = value }
            }
            let unknown = subjects.filter { effect.values[$0.value].isUnknown }.map(\.key)
            try start(name, subjects.mapValues { thing(effect.values[$0]) }, unknown: Set(unknown), values, seat)
        case .mail(let document, _): told.insert(document + "_settled")
        case .draft: break
        }
    }

    /// Starts a case of the slice; one that lies outside of it, or of the model, goes its own way.
    private mutating func start(
        _ name: String, _ named: [SubjectKind: String?], unknown: Set<SubjectKind>, _ values: [String: Value], _ starter: Int
    ) throws(Refused) {
        guard let workflow = model.cuts.first(where: { $0.workflow.name == name })?.workflow else { return }
        var subjects: [SubjectKind: String] = [:]
        for kind in workflow.subjects {
            if kind == .item, named[.item] == nil, named[.meeting] != nil { return }
            if kind == .representative, named[.seat] != nil, named[.person] != nil { return }
            let known = ModelKeys(named.compactMapValues { $0 }, model.terrain.cases).all[kind]
            subjects[kind] = named[kind] ?? known ?? model.seats[starter].keys[kind]
        }
        let fitting = model.seats.indices.filter { seat in
            model.cut(of: seat).workflow.name == name
                && model.seats[seat].keys.named.allSatisfy { unknown.contains($0.key) || subjects[$0.key] == $0.value }
        }
        guard let seat = unknown.isEmpty ? fitting.first : try anyOne(of: fitting, for: name) else { return }
        if let local = model.local(situation, seat), !local.instance.isFinished {
            // One more of several goes its own way.
            switch workflow.beginning {
            case .command, .by(_, several: true), .word(_, several: true): return
            default: break
            }
            throw Refused()
        }
        try begin(seat, given: Set(values.keys), values)
    }

    /// Where it is not known about whom a case is: one of those that are not under way, or one that the model does not have.
    private func anyOne(of seats: [Int], for name: String) throws(Refused) -> Int? {
        let free = seats.filter { model.local(situation, $0)?.instance.isFinished ?? true }
        let answer = world.choices.answer("the one about whom `\(name)` is", of: free.count + 1)
        return answer < free.count ? free[answer] : nil
    }

    /// The id of a thing, or of a case that others are about; nil for anything else.
    private func thing(_ value: Value) -> String? {
        guard case .object(let reference) = value else { return nil }
        if reference.kind.isEmpty { return ModelSociety.outside }
        guard reference.kind.hasPrefix("case:") else { return reference.id }
        return Int(reference.id).flatMap { model.seats[$0].keys.own?.rawValue } ?? ModelSociety.outside
    }
}

extension Cut {
    /// What the language adds to a state of the chart, by the state's number.
    func note(ofState number: Int) -> StateNote? {
        let tag = chart.states[number].tag
        return number > 0 && workflow.states.indices.contains(tag) ? workflow.states[tag] : nil
    }
}

extension Value {
    fileprivate var isUnknown: Bool {
        if case .object(let reference) = self { reference.kind.isEmpty } else { false }
    }
}

extension Workflow {
    /// The variables that take what the form of the command says by which a case begins.
    fileprivate func variables(filledInBy command: String) -> Set<String> {
        guard let definition = self.command(named: command) else { return [] }
        return Set(variables.map(\.name)).intersection((definition.fields + (definition.record?.fields ?? [])).map(\.name))
    }
}
