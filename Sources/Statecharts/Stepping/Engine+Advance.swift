import CEL

/// What came of an event on the short path.
enum ShortAnswer {
    case ignored, moved
    /// Something is to be done, remembered or told: the general path has to say, from where the event found the instance.
    case unsettled
}

/// The short path: events that only change the configuration. It gives what the general path gives, or declines.
extension Engine {
    /// How many `done` events are followed before the general path is asked.
    private static var roundLimit: Int { 8 }

    func advance(_ instance: inout Instance, _ first: Int, in world: any World) -> ShortAnswer {
        var configuration = Bits(instance.states)
        var event = first
        var hasMoved = false
        guard !instance.isFinished else { return .ignored }
        guard !configuration.intersects(restless) else { return .unsettled }
        for _ in 0..<Self.roundLimit {
            var taken = Route(exit: Bits(room: shape.count), entry: Bits(room: shape.count))
            switch choose(event, configuration, instance.variables, in: world, &taken) {
            case .unsettled: return .unsettled
            case .ignored: return settle(&instance, configuration, hasMoved)
            case .moved: break
            }
            hasMoved = true
            configuration = configuration.subtracting(taken.exit) | taken.entry
            if configuration.intersects(events.leaves[EventTable<Bits>.eventless]) { return .unsettled }
            if taken.finishes {
                instance.isFinished = true
                return settle(&instance, configuration, true)
            }
            guard taken.watched >= 0, shape.isDone(Int(taken.watched), in: configuration) else {
                return settle(&instance, configuration, true)
            }
            guard let done = doneEvents[Int(taken.watched)] else { return .unsettled }
            event = done
        }
        return .unsettled
    }

    private func settle(_ instance: inout Instance, _ configuration: Bits, _ hasMoved: Bool) -> ShortAnswer {
        guard hasMoved else { return .ignored }
        configuration.store(in: &instance.states)
        return .moved
    }

    /// Joins the routes that the event takes into one.
    private func choose(
        _ event: Int, _ configuration: Bits, _ variables: [Value], in world: any World, _ taken: inout Route
    ) -> ShortAnswer {
        var leaves = events.leaves[event] & configuration
        var last: Int32 = -1
        while let leaf = leaves.popFirst() {
            let span = events.spans[event * shape.count + leaf]
            candidates: for index in Int(span.start)..<Int(span.end) {
                let transition = events.candidates[index]
                if transition == last { break }
                let route = routes[Int(transition)]
                if route.guard >= 0 {
                    let test = guards[Int(route.guard)]
                    if test.looksInside { return .unsettled }
                    switch test.program.answer(slots: variables, in: world) {
                    case .yes: break
                    case .no: continue candidates
                    case .failed: return .unsettled
                    }
                }
                let exit = route.exit & configuration
                guard route.isSimple, !exit.intersects(taken.exit) else { return .unsettled }
                if taken.watched >= 0, route.watched >= 0, taken.watched != route.watched { return .unsettled }
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
