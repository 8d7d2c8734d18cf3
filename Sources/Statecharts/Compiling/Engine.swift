import CEL

/// A compiled chart for one size of state set: tables that never change.
final class Engine<Bits: StateBits>: Sendable {
    /// What taking a transition does to the configuration, as far as it is known beforehand.
    struct Route: Sendable {
        /// All states that it may leave.
        var exit: Bits
        var entry: Bits
        /// Among `guards`; -1: unguarded.
        var `guard`: Int32 = -1
        /// A parallel state that may be done by what is entered, and whose `done` is heard; -1: none.
        var watched: Int32 = -1
        /// Whether nothing has to be done but to change the configuration: no action, no history, no word that is heard.
        var isSimple = false
        /// Whether it enters a top final state.
        var finishes = false
    }

    /// A guard and whether it looks at the chart itself: its event, its active states.
    struct Guard: Sendable {
        let program: Program
        let looksInside: Bool

        init(_ program: Program) {
            self.program = program
            let own: Set<String> = ["_event", "event", "_name"]
            // That a text only seems to call `In` costs time, nothing else.
            looksInside = program.names.contains { own.contains($0) } || program.text.utf8.contains(UInt8(ascii: "I"))
        }
    }

    let blueprint: Blueprint
    let shape: Shape<Bits>
    let events: EventTable<Bits>
    let routes: [Route]
    let guards: [Guard]
    /// The compound states that a transition enters by their own start.
    let defaults: [Bits]
    /// Transitions whose exit and entry sets depend on what history states remember.
    let usesHistory: [Bool]
    /// The number of `done.state.ID` where it is heard, by state.
    let doneEvents: [Int?]
    /// States with charts to be started.
    let invokers: Bits
    /// States with which every event needs the general path: they start charts, or have eventless transitions to be tried.
    let restless: Bits
    /// The history states of each state.
    let histories: [[Int]]
    /// By state, the variables bound when it is first entered; by variable, where the instance marks that it is bound.
    let lateSlots: [Int: [Int]]
    let lateMarks: [Int: Int]

    init(_ blueprint: Blueprint) {
        self.blueprint = blueprint
        let nodes = blueprint.tree.nodes
        let shape = Shape<Bits>(blueprint)
        let events = EventTable<Bits>(blueprint)
        self.shape = shape
        self.events = events
        var late: [Int: [Int]] = [:]
        if blueprint.binding == .late {
            for (slot, variable) in blueprint.variables.enumerated() {
                if let home = variable.home.flatMap({ blueprint.tree.numbers[$0] }) { late[home, default: []].append(slot) }
            }
        }
        lateSlots = late
        lateMarks = Dictionary(
            uniqueKeysWithValues: late.values.joined().sorted().enumerated().map { ($1, blueprint.variables.count + $0) })
        let doneEvents = nodes.map { node -> Int? in
            let number = events.number(of: "done.state.\(node.id)")
            return events.isHeard(number) ? number : nil
        }
        self.doneEvents = doneEvents
        var invokers = Bits(room: nodes.count)
        for (number, node) in nodes.enumerated() where !node.definition.invocations.isEmpty { invokers.insert(number) }
        self.invokers = invokers
        restless = invokers | events.leaves[EventTable<Bits>.eventless]
        histories = nodes.map(\.histories)

        var draft = RouteDraft(blueprint: blueprint, shape: shape, doneEvents: doneEvents, lateHomes: Set(late.keys))
        for link in blueprint.links { draft.add(link) }
        routes = draft.routes
        guards = draft.guards
        defaults = draft.defaults
        usesHistory = draft.usesHistory
    }
}

/// Works out the routes of a chart's transitions one after the other.
struct RouteDraft<Bits: StateBits> {
    let blueprint: Blueprint
    let shape: Shape<Bits>
    let doneEvents: [Int?]
    let lateHomes: Set<Int>
    var routes: [Engine<Bits>.Route] = []
    var guards: [Engine<Bits>.Guard] = []
    var defaults: [Bits] = []
    var usesHistory: [Bool] = []

    init(blueprint: Blueprint, shape: Shape<Bits>, doneEvents: [Int?], lateHomes: Set<Int>) {
        self.blueprint = blueprint
        self.shape = shape
        self.doneEvents = doneEvents
        self.lateHomes = lateHomes
    }

    mutating func add(_ link: Blueprint.Link) {
        var exit = Bits(room: shape.count)
        var entry = EntrySet<Bits>(room: shape.count)
        let targets = shape.effectiveTargets(link.targets, recalling: [])
        if let domain = shape.domain(of: link.source, to: targets, isInternal: link.definition.isInternal) {
            exit = shape.within[domain]
            shape.enter(link.targets, below: domain, recalling: [], &entry)
        }
        var route = Engine<Bits>.Route(exit: exit, entry: entry.states)
        if let program = link.definition.guard {
            route.guard = Int32(guards.count)
            guards.append(Engine.Guard(program))
        }
        judge(&route, entry, link)
        routes.append(route)
        defaults.append(entry.defaults)
        usesHistory.append(entry.usesHistory)
    }

    /// Decides whether the route is simple.
    private func judge(_ route: inout Engine<Bits>.Route, _ entry: EntrySet<Bits>, _ link: Blueprint.Link) {
        guard !entry.usesHistory, link.definition.actions.isEmpty, isQuietToLeave(route.exit) else { return }
        var states = entry.states
        while let state = states.popFirst() {
            let node = blueprint.tree.nodes[state]
            guard node.definition.entry.allSatisfy(\.isEmpty), node.definition.invocations.isEmpty else { return }
            if entry.defaults.contains(state), !blueprint.initialActions[state].isEmpty { return }
            if lateHomes.contains(state) { return }
            if node.kind == .final, !isQuietEnd(state, &route) { return }
        }
        route.isSimple = true
    }

    private func isQuietToLeave(_ exit: Bits) -> Bool {
        var states = exit
        while let state = states.popFirst() {
            let node = blueprint.tree.nodes[state]
            guard node.definition.exit.allSatisfy(\.isEmpty), node.definition.invocations.isEmpty, node.histories.isEmpty
            else { return false }
        }
        return true
    }

    private func isQuietEnd(_ state: Int, _ route: inout Engine<Bits>.Route) -> Bool {
        let node = blueprint.tree.nodes[state]
        if case .none = node.definition.doneData {} else { return false }
        guard node.parent != 0 else {
            route.finishes = true
            return node.definition.exit.allSatisfy(\.isEmpty)
        }
        guard doneEvents[node.parent] == nil else { return false }
        let holder = shape.parents[node.parent]
        guard shape.kinds[holder] == .parallel, doneEvents[holder] != nil else { return true }
        guard route.watched == -1 || route.watched == Int32(holder) else { return false }
        route.watched = Int32(holder)
        return true
    }
}
