import CEL

/// What taking a transition does to the configuration, as far as it is known beforehand.
struct Route<Bits: StateBits>: Sendable {
    /// All states that it may leave.
    var exit: Bits
    var entry: Bits
    /// Among `guards`; -1: unguarded.
    var `guard`: Int32 = -1
    /// Whether the guard looks at the chart itself: its event, its active states.
    var looksInside = false
    /// A parallel state that may be done by what is entered, and whose `done` is heard; -1: none.
    var watched: Int32 = -1
    /// Whether nothing has to be done but to change the configuration: no action, no history, no word that is heard.
    var isSimple = false
    /// Whether it enters a top final state.
    var finishes = false
}

/// A guard as it is asked: in a closure, as a program is large to copy; held, as a bare closure in a list would be called through
/// thunks.
struct Guard: Sendable {
    let ask: @Sendable ([Value], any World) -> Answer
}

/// The tables by which events find their transitions, and the short path over them: events that only change the configuration. It
/// gives what the general path gives, or declines.
///
/// A value of its own, so that the chart can hold it itself: a way through the engine costs a retain for each event.
struct ShortPath<Bits: StateBits>: Sendable {
    let shape: Shape<Bits>
    let events: EventTable<Bits>
    let routes: [Route<Bits>]
    let guards: [Guard]
    /// The number of `done.state.ID` where it is heard, by state.
    let doneEvents: [Int?]
    /// States with which every event needs the general path: they start charts, or have eventless transitions to be tried.
    let restless: Bits

    /// For charts that do not fit the size: it knows no event.
    static var none: ShortPath {
        let nothing = Blueprint()
        return ShortPath(
            shape: Shape(nothing), events: EventTable(nothing), routes: [], guards: [], doneEvents: [], restless: Bits(room: 0))
    }

    /// How many `done` events are followed before the general path is asked.
    private static var roundLimit: Int { 8 }

    @inline(__always)
    func advance(_ instance: inout Instance, _ first: Int, in world: any World) -> Chart.Progress {
        var configuration = Bits(instance.states)
        var event = first
        var hasMoved = false
        guard !instance.isFinished else { return .ignored }
        guard !configuration.intersects(restless) else { return .declined }
        for _ in 0..<Self.roundLimit {
            var taken = Route<Bits>(exit: Bits(room: shape.count), entry: Bits(room: shape.count))
            switch choose(event, configuration, instance.variables, in: world, &taken) {
            case .declined: return .declined
            case .ignored: return settle(&instance, configuration, hasMoved)
            case .moved: break
            }
            hasMoved = true
            configuration = configuration.subtracting(taken.exit) | taken.entry
            if configuration.intersects(events.leaves[EventTable<Bits>.eventless]) { return .declined }
            if taken.finishes {
                instance.isFinished = true
                return settle(&instance, configuration, true)
            }
            guard taken.watched >= 0, shape.isDone(Int(taken.watched), in: configuration) else {
                return settle(&instance, configuration, true)
            }
            guard let done = doneEvents[Int(taken.watched)] else { return .declined }
            event = done
        }
        return .declined
    }

    private func settle(_ instance: inout Instance, _ configuration: Bits, _ hasMoved: Bool) -> Chart.Progress {
        guard hasMoved else { return .ignored }
        configuration.store(in: &instance.states)
        return .moved
    }

    /// Joins the routes that the event takes into one.
    private func choose(
        _ event: Int, _ configuration: Bits, _ variables: [Value], in world: any World, _ taken: inout Route<Bits>
    ) -> Chart.Progress {
        var leaves = events.leaves[event] & configuration
        var last: Int32 = -1
        while let leaf = leaves.popFirst() {
            let span = events.spans[event * shape.count + leaf]
            candidates: for index in Int(span.start)..<Int(span.end) {
                let transition = events.candidates[index]
                if transition == last { break }
                let route = routes[Int(transition)]
                if route.guard >= 0 {
                    if route.looksInside { return .declined }
                    switch guards[Int(route.guard)].ask(variables, world) {
                    case .yes: break
                    case .no: continue candidates
                    case .failed: return .declined
                    }
                }
                let exit = route.exit & configuration
                guard route.isSimple, !exit.intersects(taken.exit) else { return .declined }
                if taken.watched >= 0, route.watched >= 0, taken.watched != route.watched { return .declined }
                last = transition
                taken.exit = taken.exit | exit
                taken.entry = taken.entry | route.entry
                taken.watched = max(taken.watched, route.watched)
                taken.finishes = taken.finishes || route.finishes
                break
            }
        }
        return last >= 0 ? .moved : .ignored
    }
}
