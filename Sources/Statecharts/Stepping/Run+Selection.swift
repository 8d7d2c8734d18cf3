import CEL

/// Which transitions an event enables.
extension Run {
    /// The transitions that the event enables, conflicts removed: `selectTransitions`.
    mutating func select(_ event: Int) -> [Int] {
        var leaves = engine.events.leaves[event] & configuration
        var enabled: [Int] = []
        while let leaf = leaves.popFirst() {
            let span = engine.events.spans[event * engine.shape.count + leaf]
            for index in Int(span.start)..<Int(span.end) {
                let transition = Int(engine.events.candidates[index])
                guard passes(transition) else { continue }
                if !enabled.contains(transition) { enabled.append(transition) }
                break
            }
        }
        return enabled.count > 1 ? withoutConflicts(enabled) : enabled
    }

    private mutating func passes(_ transition: Int) -> Bool {
        let route = engine.routes[transition]
        guard route.guard >= 0 else { return true }
        let answer = engine.guards[Int(route.guard)].ask(variables, route.looksInside ? innerWorld() : world)
        switch answer {
        case .yes: return true
        case .no: return false
        case .failed(let error):
            if !failedGuards.contains(transition) {
                failedGuards.append(transition)
                let definition = engine.blueprint.links[transition].definition
                fail(definition.guard?.text ?? "", error, transition: definition.tag)
            }
            return false
        }
    }

    /// Of two transitions that would leave the same state, the one from further inside stays, else the one that came first:
    /// `removeConflictingTransitions`.
    private func withoutConflicts(_ enabled: [Int]) -> [Int] {
        var kept: [(transition: Int, exit: Bits)] = []
        for transition in enabled {
            let exit = exitSet(transition)
            var rivals: [Int] = []
            var isInside = true
            for other in kept where other.exit.intersects(exit) {
                rivals.append(other.transition)
                let isDeeper = engine.shape.within[engine.sources[other.transition]].contains(engine.sources[transition])
                isInside = isInside && isDeeper
            }
            guard isInside else { continue }
            if !rivals.isEmpty { kept.removeAll { rivals.contains($0.transition) } }
            kept.append((transition, exit))
        }
        return kept.map(\.transition)
    }

    func domain(_ transition: Int) -> Int? {
        let link = engine.blueprint.links[transition]
        let targets = engine.shape.effectiveTargets(link.targets, recalling: history)
        return engine.shape.domain(of: link.source, to: targets, isInternal: link.definition.isInternal)
    }

    func exitSet(_ transition: Int) -> Bits {
        guard engine.usesHistory[transition] else { return engine.routes[transition].exit & configuration }
        return domain(transition).map { engine.shape.within[$0] & configuration } ?? Bits(room: engine.shape.count)
    }
}
