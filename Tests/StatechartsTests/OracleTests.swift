import CEL
import Statecharts
import Testing

/// The generator of PCG, so that a seed gives the same charts everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407 }

    mutating func next() -> UInt64 {
        state = state &+ 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A chart made at random, with what the oracle must know of its transitions.
struct RandomChart {
    var definition = ChartDefinition(name: "random", states: [])
    private(set) var conditions: [Int: String] = [:]
    private(set) var raised: [Int: String] = [:]
    private let isPlain: Bool
    private var generator: SeededGenerator
    private var ids: [String] = []
    private var holders: [String: [String]] = [:]
    private var tag = 0

    /// `isPlain`: without actions, so that the short path has something to do.
    init(seed: UInt64, isPlain: Bool) {
        generator = SeededGenerator(seed: seed)
        self.isPlain = isPlain
        var states = (0..<Int.random(in: 2...3, using: &generator)).map { _ in state(depth: 0, within: []) }
        if Bool.random(using: &generator) {
            ids.append("end")
            states.append(StateDefinition(id: "end", kind: .final))
        }
        for index in states.indices { connect(&states[index]) }
        definition.states = states
    }

    private func words(_ text: String) -> [[Action]] { isPlain ? [] : [[.log(label: text, nil)]] }

    private mutating func state(depth: Int, within holder: [String]) -> StateDefinition {
        let id = "s\(ids.count)"
        ids.append(id)
        holders[id] = holder
        var state = StateDefinition(id: id, entry: words("+" + id), exit: words("-" + id))
        let choice = Int.random(in: 0..<10, using: &generator)
        guard depth < 3, choice < 7 else {
            if choice == 9, depth > 0 { state.kind = .final }
            return state
        }
        state.kind = choice < 4 ? .compound : .parallel
        let count = Int.random(in: 1...3, using: &generator)
        state.states = (0..<count).map { _ in self.state(depth: depth + 1, within: holder + [id]) }
        if state.kind == .parallel {
            for index in state.states.indices where state.states[index].kind == .final { state.states[index].kind = .atomic }
        }
        if Int.random(in: 0..<4, using: &generator) == 0 {
            let name = "h\(ids.count)"
            ids.append(name)
            holders[name] = holder + [id]
            let usual = TransitionDefinition(on: nil, to: [state.states[0].id])
            state.states.append(
                StateDefinition(id: name, kind: .history(deep: Bool.random(using: &generator)), transitions: [usual]))
        }
        return state
    }

    private mutating func connect(_ state: inout StateDefinition) {
        if case .history = state.kind { return }
        for index in state.states.indices { connect(&state.states[index]) }
        guard state.kind != .final else { return }
        for _ in 0..<Int.random(in: 0...3, using: &generator) { state.transitions.append(transition(from: state.id)) }
        if state.kind == .parallel || state.kind == .compound, Int.random(in: 0..<3, using: &generator) == 0 {
            var done = transition(from: state.id)
            done.descriptors = ["done.state.\(state.id)"]
            state.transitions.append(done)
        }
    }

    private mutating func transition(from source: String) -> TransitionDefinition {
        tag += 1
        var transition = TransitionDefinition(on: ["a"], tag: tag)
        let choice = Int.random(in: 0..<12, using: &generator)
        transition.descriptors = choice == 0 && tag % 3 == 0 ? nil : choice == 1 ? ["*"] : [["a", "b", "b.c", "d"][choice % 4]]
        let size = Int.random(in: 0..<30, using: &generator)
        let count = size == 0 ? 2 : size < 4 ? 0 : 1
        // The history of a state is not sought from within it: there the engine leaves the letter of the algorithm.
        let around = Set((holders[source] ?? []) + [source])
        let targets = ids.filter { !$0.hasPrefix("h") || around.isDisjoint(with: holders[$0] ?? []) }
        transition.targets = (0..<count).compactMap { _ in targets.randomElement(using: &generator) }
        if transition.descriptors == nil || Int.random(in: 0..<3, using: &generator) == 0 {
            let id = ids.filter { $0.hasPrefix("s") }.randomElement(using: &generator) ?? source
            conditions[tag] = id
            transition.guard = try? Program("In('\(id)')", in: ChartDefinition(name: "", states: []).environment())
        }
        guard !isPlain else { return transition }
        transition.actions = [.log(label: "t\(tag)", nil)]
        if Int.random(in: 0..<4, using: &generator) == 0 {
            raised[tag] = "d"
            transition.actions.append(.raise(event: "d"))
        }
        return transition
    }
}

@Suite("Against the published algorithm")
struct OracleTests {
    private static let events = ["a", "b", "b.c", "d", "z", "a", "b", "a", "a", "b.c", "d", "b"]

    private func charts(_ seeds: Range<UInt64>, isPlain: Bool, _ check: (RandomChart, Chart, UInt64) throws -> Void) rethrows
        -> Int
    {
        var count = 0
        for seed in seeds {
            let random = RandomChart(seed: seed, isPlain: isPlain)
            for padding in seed % 16 == 0 ? [0, 70, 150] : [0] {
                var definition = random.definition
                definition.states += (0..<padding).map { StateDefinition(id: "unused\($0)") }
                // Two targets that cannot be active at once make no chart.
                guard let chart = try? Chart(definition) else { continue }
                count += 1
                try check(random, chart, seed)
            }
        }
        return count
    }

    @Test("random charts do word for word what appendix D says", arguments: [0..<300 as Range<UInt64>, 90_000..<90_300])
    func words(seeds: Range<UInt64>) throws {
        var steps = 0
        let count = try charts(seeds, isPlain: false) { random, chart, seed in
            guard var oracle = try? Oracle(random.definition, conditions: random.conditions, raised: random.raised) else {
                #expect(throws: StepFailure.self, "seed \(seed)") { try chart.start() }
                return
            }
            var (instance, outcome) = try chart.start()
            for event in Self.events {
                try #require(outcome.log.map(\.label) == oracle.said, "seed \(seed) before `\(event)`")
                try #require(instance.activeStates(chart) == oracle.activeStates, "seed \(seed) before `\(event)`")
                guard let _ = try? oracle.hear(event) else {
                    #expect(throws: StepFailure.self, "seed \(seed)") { try chart.step(&instance, Event(event)) }
                    return
                }
                outcome = try chart.step(&instance, Event(event))
                steps += outcome.taken.count
            }
        }
        #expect(count > 150)
        #expect(steps > 1_000)
    }

    @Test("the short path comes where the general path comes", arguments: [0..<400 as Range<UInt64>])
    func shortPath(seeds: Range<UInt64>) throws {
        var moved = 0
        let count = try charts(seeds, isPlain: true) { _, chart, seed in
            guard var (instance, _) = try? chart.start() else { return }
            for event in Self.events {
                var quick = instance
                let progress = chart.eventNumber(event).map { chart.advance(&quick, $0) } ?? .declined
                let before = instance
                guard let outcome = try? chart.step(&instance, Event(event)) else {
                    #expect(progress == .declined, "seed \(seed)")
                    return
                }
                try #require(quick == (progress == .declined ? before : instance), "seed \(seed), `\(event)`")
                if progress == .ignored { #expect(outcome.isEmpty, "seed \(seed)") }
                if progress == .moved { moved += 1 }
            }
        }
        #expect(count > 150)
        #expect(moved > 100)
    }

    @Test("an oracle that is wrong is found out")
    func plantedFault() throws {
        var caught = false
        for seed in 0..<50 as Range<UInt64> where !caught {
            let random = RandomChart(seed: seed, isPlain: false)
            // The fault: the oracle is told of no condition.
            guard let chart = try? Chart(random.definition), var (instance, _) = try? chart.start(),
                var oracle = try? Oracle(random.definition, conditions: [:], raised: random.raised)
            else { continue }
            for event in Self.events {
                guard let _ = try? oracle.hear(event), let outcome = try? chart.step(&instance, Event(event)) else { break }
                if outcome.log.map(\.label) != oracle.said { caught = true }
            }
        }
        #expect(caught)
    }
}
