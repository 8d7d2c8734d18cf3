import CEL

/// A compiled chart for one size of state set: tables that never change.
final class Engine<Bits: StateBits>: Sendable {
    let blueprint: Blueprint
    let shortPath: ShortPath<Bits>
    /// The compound states that a transition enters by their own start.
    let defaults: [Bits]
    /// Transitions whose exit and entry sets depend on what history states remember.
    let usesHistory: [Bool]
    /// States with charts to be started.
    let invokers: Bits
    /// What is done when a state is entered and left, empty blocks left out.
    let entryBlocks: [[[Action]]]
    let exitBlocks: [[[Action]]]
    /// Of each transition: its state, its actions, the caller's number for it.
    let sources: [Int]
    let actions: [[Action]]
    let tags: [Int]
    /// The history states of each state.
    let histories: [[Int]]
    /// By state, the variables bound when it is first entered; by variable, where the instance marks that it is bound.
    let lateSlots: [Int: [Int]]
    let lateMarks: [Int: Int]
    /// Where the instance counts the ids made for sendings, if any asks for one.
    let serialSlot: Int?

    init(_ blueprint: Blueprint) {
        self.blueprint = blueprint
        let nodes = blueprint.tree.nodes
        let shape = Shape<Bits>(blueprint)
        let events = EventTable<Bits>(blueprint)
        var late: [Int: [Int]] = [:]
        if blueprint.binding == .late {
            for (slot, variable) in blueprint.variables.enumerated() {
                if let home = variable.home.flatMap({ blueprint.tree.numbers[$0] }) { late[home, default: []].append(slot) }
            }
        }
        lateSlots = late
        lateMarks = Dictionary(
            uniqueKeysWithValues: late.values.joined().sorted().enumerated().map { ($1, blueprint.variables.count + $0) })
        serialSlot = blueprint.makesIDs ? blueprint.variables.count + lateMarks.count : nil
        let doneEvents = nodes.map { node -> Int? in
            let number = events.number(of: "done.state.\(node.id)")
            return events.isHeard(number) ? number : nil
        }
        var invokers = Bits(room: nodes.count)
        for (number, node) in nodes.enumerated() where !node.definition.invocations.isEmpty { invokers.insert(number) }
        self.invokers = invokers
        histories = nodes.map(\.histories)
        entryBlocks = nodes.map { $0.definition.entry.filter { !$0.isEmpty } }
        exitBlocks = nodes.map { $0.definition.exit.filter { !$0.isEmpty } }
        sources = blueprint.links.map(\.source)
        actions = blueprint.links.map(\.definition.actions)
        tags = blueprint.links.map(\.definition.tag)

        var draft = RouteDraft(blueprint: blueprint, shape: shape, doneEvents: doneEvents, lateHomes: Set(late.keys))
        for link in blueprint.links { draft.add(link) }
        shortPath = ShortPath(
            shape: shape, events: events, routes: draft.routes, guards: draft.guards, doneEvents: doneEvents,
            restless: invokers | events.leaves[EventTable<Bits>.eventless])
        defaults = draft.defaults
        usesHistory = draft.usesHistory
    }
}

extension Engine {
    var shape: Shape<Bits> { shortPath.shape }
    var events: EventTable<Bits> { shortPath.events }
    var routes: [Route<Bits>] { shortPath.routes }
    var guards: [Guard] { shortPath.guards }
    var doneEvents: [Int?] { shortPath.doneEvents }
}

/// Works out the routes of a chart's transitions one after the other.
struct RouteDraft<Bits: StateBits> {
    let blueprint: Blueprint
    let shape: Shape<Bits>
    let doneEvents: [Int?]
    let lateHomes: Set<Int>
    var routes: [Route<Bits>] = []
    var guards: [Guard] = []
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
        var route = Route(exit: exit, entry: entry.states)
        if let program = link.definition.guard {
            route.guard = Int32(guards.count)
            guards.append(Guard { program.answer(slots: $0, in: $1) })
            let own: Set<String> = ["_event", "event", "_name", "_sessionid"]
            // That a text only seems to call `In` costs time, nothing else.
            route.looksInside =
                program.names.contains { own.contains($0) || blueprint.conditions[$0] != nil }
                || program.text.utf8.contains(UInt8(ascii: "I"))
        }
        judge(&route, entry, link)
        routes.append(route)
        defaults.append(entry.defaults)
        usesHistory.append(entry.usesHistory)
    }

    /// Decides whether the route is simple.
    private func judge(_ route: inout Route<Bits>, _ entry: EntrySet<Bits>, _ link: Blueprint.Link) {
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

    private func isQuietEnd(_ state: Int, _ route: inout Route<Bits>) -> Bool {
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
