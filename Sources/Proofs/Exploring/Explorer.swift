import CEL
import Statecharts
import Workflows

/// Goes through all situations of a model, breadth first, so that the first way to each is a shortest one.
struct Explorer {
    struct Edge {
        var from: Int32
        var to: Int32
        /// Which duties ended although their state may be entered again, by number in `endings`.
        var ended: Int32
    }

    /// A command of a workflow, by their numbers.
    struct GivenCommand: Hashable {
        var workflow: Int
        var command: Int
    }

    /// The duty of a state of a case.
    struct Ending: Hashable {
        var seat: Int
        var path: String
    }

    /// How a situation was first reached.
    struct Arrival {
        var from: Int32
        var move: Move
        var supposed: [Choices.Asked]
    }

    let model: Model
    let outside: [Model.OutsideWord]
    /// The most situations to go through.
    let limit: Int
    private(set) var situations: [Situation] = []
    private(set) var arrivals: [Arrival] = []
    private(set) var edges: [Edge] = []
    /// Situations whose moves were not looked at, because the limit was reached.
    private(set) var isCutShort = false
    private(set) var told: Set<String> = []
    private(set) var started: Set<String> = []
    private(set) var accepted: Set<GivenCommand> = []
    /// For each rule that can be broken the first move that does so, and where it leads.
    private(set) var breaches: [Model.JudgedRule: (arrival: Arrival, to: Situation)] = [:]
    private(set) var unjudged: Set<Model.JudgedRule> = []
    /// Sets of duties that ended with a move; the first is empty.
    private(set) var endings: [Set<Ending>] = [[]]
    private var numbersOfEndings: [Set<Ending>: Int32] = [[]: 0]
    private let forms: [[[[String: Value]]]]
    private let startable: [Int]
    /// Which commands may be given at a local state, by seat and number.
    private var possible: [[Int: [Move]]]

    /// Sets of answers that are tried for one move.
    static let choiceLimit = 512

    init(_ model: Model, limit: Int) {
        self.model = model
        self.limit = limit
        outside = model.outsideWords()
        forms = model.seats.indices.map { seat in model.cut(of: seat).workflow.commands.map { model.forms(of: $0, at: seat) } }
        startable = model.seats.indices.filter { model.isStartedOutside($0) }
        possible = model.seats.map { _ in [:] }
    }

    mutating func explore() {
        let world = ModelWorld(model)
        take(.opening, from: -1, Situation(locals: model.seats.map { _ in Situation.absent }), world)
        var next = 0
        while next < situations.count {
            let situation = situations[next]
            for move in moves(in: situation) { take(move, from: Int32(next), situation, world) }
            next += 1
        }
    }

    private mutating func take(_ move: Move, from number: Int32, _ situation: Situation, _ world: ModelWorld) {
        world.choices = Choices()
        for round in 0... {
            if round == Self.choiceLimit {
                isCutShort = true
                break
            }
            var step = Step(model, world, situation)
            do throws(Step.Refused) {
                try step.carryOut(move, outside: outside) { forms[$0][$1] }
                arrive(step, Arrival(from: number, move: move, supposed: world.choices.trail))
            } catch {
                for rule in step.broken where breaches[rule] == nil {
                    breaches[rule] = (Arrival(from: number, move: move, supposed: world.choices.trail), step.situation)
                }
            }
            unjudged.formUnion(step.unjudged)
            if !world.choices.advance() { break }
        }
    }

    private mutating func arrive(_ step: Step, _ arrival: Arrival) {
        if !step.told.isSubset(of: told) { told.formUnion(step.told) }
        if !step.started.isEmpty { started.formUnion(step.started) }
        for given in step.accepted { accepted.insert(given) }
        let number: Int32
        if let known = model.situations[step.situation] {
            number = known
        } else if situations.count < limit {
            number = Int32(situations.count)
            model.situations[step.situation] = number
            situations.append(step.situation)
            arrivals.append(arrival)
        } else {
            isCutShort = true
            return
        }
        guard arrival.from >= 0, arrival.from != number || !step.ended.isEmpty else { return }
        edges.append(Edge(from: arrival.from, to: number, ended: self.number(of: step.ended)))
    }

    private mutating func number(of ended: [(seat: Int, path: String)]) -> Int32 {
        if ended.isEmpty { return 0 }
        let set = Set(ended.map { Ending(seat: $0.seat, path: $0.path) })
        if let known = numbersOfEndings[set] { return known }
        numbersOfEndings[set] = Int32(endings.count)
        endings.append(set)
        return Int32(endings.count - 1)
    }
}

extension Explorer {
    func forms(_ seat: Int, _ command: Int) -> [[String: Value]] { forms[seat][command] }

    /// A value of a form in words.
    static func words(_ value: Value) -> String {
        switch value {
        case .null: "none"
        case .bool(let flag): flag ? "yes" : "no"
        case .string(let text): text
        case .object(let reference): ModelSociety.name(of: reference.id)
        default: "?"
        }
    }
}

// What may be done.
extension Explorer {
    private mutating func moves(in situation: Situation) -> [Move] {
        var moves: [Move] = []
        for seat in model.seats.indices {
            let number = situation.locals[seat]
            if number == Situation.absent {
                if startable.contains(seat) { moves.append(.start(seat: seat)) }
                continue
            }
            if possible[seat][Int(number)] == nil { possible[seat][Int(number)] = ownMoves(seat, Int(number)) }
            moves += possible[seat][Int(number)] ?? []
        }
        for (number, word) in outside.enumerated() {
            if word.seats.contains(where: { model.local(situation, $0)?.heard.contains(word.word) ?? false }) {
                moves.append(.word(number))
            }
        }
        for tick in model.clock.ticks.indices where model.clock.mayPass(tick, after: situation.passed) {
            moves.append(.tick(tick))
        }
        return moves
    }

    /// What may be done where one case stands, whatever the others do.
    private func ownMoves(_ seat: Int, _ number: Int) -> [Move] {
        let local = model.locals[seat][number]
        let workflow = model.cut(of: seat).workflow
        guard !local.instance.isFinished else { return [] }
        var moves: [Move] = []
        for (index, command) in workflow.commands.enumerated() where local.heard.contains(command.name) {
            guard isInTime(command, local, seat), giver(of: command, at: seat, local) != nil else { continue }
            for form in forms[seat][index].indices { moves.append(.command(seat: seat, command: index, form: form)) }
        }
        if local.isWakeful { moves.append(.look(seat: seat)) }
        for moment in local.delays { moves.append(.delay(seat: seat, moment: moment)) }
        if local.isResting { moves.append(.rest(seat: seat)) }
        return moves
    }

    private func isInTime(_ command: CommandDefinition, _ local: LocalState, _ seat: Int) -> Bool {
        guard let path = command.whileState else { return true }
        let anatomy = model.terrain.anatomies[model.terrain.places[model.seats[seat].place].workflow]
        if let region = anatomy.region(of: path), !model.cut(of: seat).regions.contains(region) { return true }
        return local.isInState(path)
    }

    /// Somebody who may give the command; nil where nobody may.
    func giver(of command: CommandDefinition, at seat: Int, _ local: LocalState?) -> (person: String, role: Role)? {
        let barred = Set(command.notBy.filter { $0 != .presider && $0 != .interested }.flatMap { people($0, seat, local) })
        for role in command.by {
            if let person = people(role, seat, local).first(where: { !barred.contains($0) }), !command.notBy.contains(role) {
                return (person, role)
            }
        }
        return nil
    }

    /// Whom a case that this one is about may name in a variable of that name: somebody, of whom no more is known.
    private func namedAbove(_ variable: String, _ seat: Int) -> [String] {
        let isNamed = model.seats[seat].keys.named.keys.contains { kind in
            guard case .ofCase(let name) = kind else { return false }
            return model.terrain.anatomies.contains { anatomy in
                anatomy.workflow.name == name && anatomy.workflow.variables.contains { $0.name == variable }
            }
        }
        return isNamed ? [ModelSociety.outside] : []
    }

    private func people(_ role: Role, _ seat: Int, _ local: LocalState?) -> [String] {
        let keys = model.seats[seat].keys.all
        switch role {
        case .representative, .person: return keys[.person].map { [$0] } ?? []
        case .ofBody(let name), .ofOrganisation(let name): return [ModelSociety.holder(of: name)]
        case .presider: return ModelSociety.presiders
        case .members: return ModelSociety.members
        case .attendees: return [ModelSociety.holder(of: "attendee")]
        case .constituency, .electors: return [ModelSociety.constituent]
        case .interested: return []
        case .variable(let name):
            guard let local, let number = model.cut(of: seat).numberOfVariable[name] else { return [ModelSociety.outside] }
            guard case .object(let reference) = local.instance.variables[number] else { return namedAbove(name, seat) }
            if reference.kind == "representative" {
                return ModelSociety.implied(by: .representative, reference.id)[.person].map { [$0] } ?? []
            }
            return [reference.id]
        }
    }
}
