import CEL
import Statecharts
import Workflows

/// The model of one slice: its cases, cut to their regions, with all that does not change while it is explored.
final class Model {
    /// A case of the slice.
    struct Seat {
        /// Its number in the terrain.
        var place: Int
        var keys: ModelKeys
        var cut: Int
        /// Whether it is about another case, and so begins after that one.
        var isAboutCase: Bool { keys.named.keys.contains(where: \.isCase) }
    }

    let terrain: Terrain
    let slice: Slice
    let seats: [Seat]
    let cuts: [Cut]
    let clock: Clock
    /// What can happen outside of the slice, as far as that is known.
    let horizon: Horizon
    /// The rules that are to be proved, and so are judged where others refuse.
    let rules: Set<JudgedRule>
    /// Whether anything hangs on who takes part in a decision.
    let asksWhoTookPart: Bool
    private(set) var locals: [[LocalState]]
    private var numbers: [[Instance: Int32]]
    /// The situations seen so far, by number.
    var situations: [Situation: Int32] = [:]
    private let seatOfPlace: [Int: Int]
    /// For each case those that its words reach.
    let reached: [[Int]]
    /// For each case those whose announcements it knows of.
    let announcers: [[Int]]
    /// For each case the words that regions outside of the slice may tell it.
    private let toldOutside: [Set<String>]
    /// The people whom caps outside of the slice may touch.
    let cappedOutside: Set<String>
    /// For each case and each plural of a workflow's name the cases meant; nil where some are not in the slice.
    let related: [[String: [Int]?]]

    /// What the workflows can tell and start at all; found by exploring each region alone, again and again, until nothing more comes.
    struct Horizon: Equatable {
        var words: Set<String> = []
        var starts: Set<String> = []
    }

    /// One rule of one case of the slice.
    struct JudgedRule: Hashable {
        var place: Int
        var number: Int
    }

    init?(_ terrain: Terrain, _ slice: Slice, horizon: Horizon, rules: Set<JudgedRule> = []) {
        self.terrain = terrain
        self.slice = slice
        self.horizon = horizon
        var regions: [Int: Set<Int>] = [:]
        for node in slice.nodes { regions[node.place, default: []].insert(node.region) }
        var cuts: [Cut] = []
        var seats: [Seat] = []
        var known: [[Int]: Int] = [:]
        let follower = Follower(terrain, regions, rules)
        for place in regions.keys.sorted() {
            let workflow = terrain.places[place].workflow
            let included = regions[place] ?? []
            let key = [workflow] + included.sorted()
            if known[key] == nil {
                var cutter = Cutter(
                    terrain.anatomies[workflow], regions: included, following: follower.followed(in: workflow),
                    telling: terrain.words)
                guard let cut = cutter.cut() else { return nil }
                known[key] = cuts.count
                cuts.append(cut)
            }
            seats.append(Seat(place: place, keys: terrain.places[place].keys, cut: known[key] ?? 0))
        }
        self.cuts = cuts
        self.seats = seats
        seatOfPlace = Dictionary(uniqueKeysWithValues: seats.enumerated().map { ($1.place, $0) })
        self.rules = rules
        clock = Self.clock(
            cuts,
            rules: rules.compactMap { rule in
                seats.first { $0.place == rule.place }.map { (rule.number, cuts[$0.cut]) }
            })
        reached = seats.map { seat in
            let word = seat.keys.asWord
            return seats.indices.filter { word.reaches(seats[$0].keys) }
        }
        announcers = seats.map { seat in seats.indices.filter { seats[$0].keys.reaches(seat.keys) } }
        let outer = terrain.nodes.filter { !slice.nodes.contains($0) }
        toldOutside = seats.map { seat in
            Set(
                terrain.surroundings(of: seat.place).filter { !slice.nodes.contains($0) }.flatMap {
                    terrain.region(of: $0).facts.told
                })
        }
        cappedOutside = Set(
            outer.filter { terrain.region(of: $0).facts.hasCaps }.compactMap { terrain.places[$0.place].keys.all[.person] })
        related = seats.map { [seatOfPlace] in Self.related(to: $0, terrain, seatOfPlace) }
        var asking = cuts.flatMap { $0.entries.map(\.program) }
        asking += rules.map { terrain.workflow(of: $0.place).rules[$0.number].condition }
        asksWhoTookPart = asking.contains { $0.text.contains("took_part") }
        locals = seats.map { _ in [] }
        numbers = seats.map { _ in [:] }
    }

    private static func related(to seat: Seat, _ terrain: Terrain, _ seats: [Int: Int]) -> [String: [Int]?] {
        var found: [String: [Int]?] = [:]
        for (number, anatomy) in terrain.anatomies.enumerated() {
            let places = terrain.places.indices.filter { place in
                terrain.places[place].workflow == number && place != seat.place
                    && seat.keys.concerns(terrain.places[place].keys)
            }
            let known = places.compactMap { seats[$0] }
            found[Vocabulary.plural(anatomy.workflow.name)] = .some(known.count == places.count ? known : nil)
        }
        return found
    }

    /// Whether a region outside of the slice tells the word, about what concerns the case.
    func isToldOutside(_ word: String, near seat: Int) -> Bool { toldOutside[seat].contains(word) }

    func cut(of seat: Int) -> Cut { cuts[seats[seat].cut] }

    func seat(ofPlace place: Int) -> Int? { seatOfPlace[place] }

    func local(_ situation: Situation, _ seat: Int) -> LocalState? {
        let number = situation.locals[seat]
        return number < 0 ? nil : locals[seat][Int(number)]
    }

    /// The number of a local state; a new one where it was not seen before.
    func number(of instance: Instance, at seat: Int) -> Int32 {
        if let known = numbers[seat][instance] { return known }
        let number = Int32(locals[seat].count)
        locals[seat].append(LocalState(instance, cut(of: seat)))
        numbers[seat][instance] = number
        return number
    }

    /// The moments of the meeting that the cuts and the rules ask for.
    private static func clock(_ cuts: [Cut], rules: [(number: Int, cut: Cut)]) -> Clock {
        var clock = Clock()
        for cut in cuts {
            let programs = rules.filter { $0.cut === cut }.map(\.number).sorted().compactMap { cut.rules[$0] }
            for text in cut.momentsAsked(by: programs) { _ = clock.follow(text, rank: Clock.rank(text)) }
        }
        return clock
    }
}

extension Cut {
    /// The rules, spelled out, of the moments that states within wait for or expressions name.
    fileprivate func momentsAsked(by others: [Program]) -> [String] {
        let ids = Set(chart.states.map(\.id))
        let awaited = workflow.moments.filter { ids.contains(workflow.states[$0.state].path) && !workflow.counts($0.rule) }
        var programs = others
        for entry in entries {
            if case .argument = entry.purpose { continue }
            programs.append(entry.program)
        }
        var seen: Set<String> = []
        var index = 0
        while index < programs.count {
            for name in programs[index].names where seen.insert(name).inserted {
                if let condition = conditions[name] { programs.append(condition) }
            }
            index += 1
        }
        return awaited.map { workflow.spelledOut($0.rule) } + programs.flatMap(\.paths).compactMap(moment)
    }

    /// The rule of the moment that a path names; nil where it names none that the clock can follow.
    private func moment(_ path: [String]) -> String? {
        let name = path.joined(separator: ".")
        if name == "meeting.start" || name == "meeting.end" { return name }
        guard path.count == 1, let rule = workflow.deadlines[name], !workflow.counts(rule) else { return nil }
        return workflow.spelledOut(rule)
    }
}

/// Finds the variables that a slice has to follow: those that decide something, and those that these are set from.
struct Follower {
    private let terrain: Terrain
    private let regions: [Int: Set<Int>]
    private var found: [Int: Set<String>] = [:]

    init(_ terrain: Terrain, _ regions: [Int: Set<Int>], _ rules: Set<Model.JudgedRule>) {
        self.terrain = terrain
        self.regions = regions
        let workflows = Set(regions.keys.map { terrain.places[$0].workflow })
        for number in workflows { found[number] = deciding(in: number) }
        for rule in rules {
            let anatomy = terrain.anatomies[terrain.places[rule.place].workflow]
            for program in anatomy.unfolded(anatomy.workflow.rules[rule.number].condition) { note(program) }
        }
        for number in workflows {
            for program in terrain.anatomies[number].regions.flatMap(\.facts.deciding) {
                for other in terrain.anatomies[number].unfolded(program) { note(other) }
            }
        }
        while spread(workflows) {}
        for number in workflows {
            let followable = followable(in: number)
            found[number]?.formIntersection(followable)
        }
    }

    func followed(in workflow: Int) -> Set<String> { found[workflow] ?? [] }

    /// The regions of a workflow that are in the slice in all of its places.
    private func included(_ workflow: Int) -> Set<Int> {
        let each = regions.filter { terrain.places[$0.key].workflow == workflow }.map(\.value)
        return each.dropFirst().reduce(each.first ?? []) { $0.intersection($1) }
    }

    /// What guards and roles in the slice name.
    private func deciding(in number: Int) -> Set<String> {
        let anatomy = terrain.anatomies[number]
        var names: Set<String> = []
        for region in included(number) {
            let facts = anatomy.regions[region].facts
            names.formUnion(facts.deciding.flatMap(anatomy.unfolded).flatMap(\.names))
            for name in facts.commands {
                guard let command = anatomy.workflow.command(named: name) else { continue }
                for case .variable(let variable) in command.by + command.notBy { names.insert(variable) }
            }
        }
        return names
    }

    /// Fields of other cases, and the rule's own names: a variable of that name is followed wherever there is one.
    private mutating func note(_ program: Program) {
        let words = Set(program.names + program.paths.flatMap { $0.dropFirst() })
        for number in Array(found.keys) { found[number]?.formUnion(words) }
    }

    /// From what is followed back to what it is set from; true if there was more.
    private mutating func spread(_ workflows: Set<Int>) -> Bool {
        var grew = false
        for number in workflows {
            let workflow = terrain.anatomies[number].workflow
            for (variable, program) in workflow.definition.assignments where found[number]?.contains(variable) ?? false {
                for name in program.names where found[number]?.insert(name).inserted ?? false { grew = true }
            }
        }
        return grew
    }

    /// What can be followed: few values, and set only where the slice sees it.
    private func followable(in number: Int) -> Set<String> {
        let anatomy = terrain.anatomies[number]
        let outside = anatomy.regions.indices.filter { !included(number).contains($0) }
        let elsewhere = Set(outside.flatMap { anatomy.regions[$0].facts.assigned })
        return Set(
            anatomy.workflow.variables.filter { variable in
                !variable.type.domain(telling: terrain.words).isEmpty && !anatomy.loose.contains(variable.name)
                    && !elsewhere.contains(variable.name)
            }.map(\.name))
    }
}

extension ChartDefinition {
    /// All that is assigned, anywhere.
    var assignments: [(variable: String, program: Program)] {
        func of(_ actions: [Action]) -> [(variable: String, program: Program)] {
            actions.flatMap { action -> [(variable: String, program: Program)] in
                switch action {
                case .assign(let variable, let program, _): [(variable, program)]
                case .conditional(let branches, let otherwise): branches.flatMap { of($0.actions) } + of(otherwise)
                case .forEach(_, _, _, let body, _): of(body)
                default: []
                }
            }
        }
        func of(_ state: StateDefinition) -> [(variable: String, program: Program)] {
            (state.entry + state.exit + state.transitions.map(\.actions)).flatMap { of($0) } + state.states.flatMap { of($0) }
        }
        return states.flatMap { of($0) }
    }
}
