import Diagnostics

/// What is odd about a chart that is none the less in order.
extension Engine {
    func remarks() -> [ChartProblem] { unreachableStates() + shadowedTransitions() }

    private func unreachableStates() -> [ChartProblem] {
        var entry = EntrySet<Bits>(room: shape.count)
        shape.enter(blueprint.initialTargets[0], below: 0, recalling: [], &entry)
        var reached = entry.states
        var waiting = Array(blueprint.links.indices)
        while true {
            let ready = waiting.filter { reached.contains(blueprint.links[$0].source) }
            guard !ready.isEmpty else { break }
            waiting.removeAll { reached.contains(blueprint.links[$0].source) }
            for transition in ready { reached = reached | routes[transition].entry }
        }
        return blueprint.tree.nodes.enumerated().dropFirst().compactMap { number, node in
            // Of a whole part that is never reached only the outermost state is named.
            guard !node.isHistory, !reached.contains(number), node.parent == 0 || reached.contains(node.parent) else {
                return nil
            }
            return ChartProblem(
                kind: .unreachableState, severity: .warning, message: "no way leads to `\(node.id)`",
                origin: node.definition.origin)
        }
    }

    private func shadowedTransitions() -> [ChartProblem] {
        blueprint.linksOf.flatMap { own in
            own.indices.compactMap { place in shadow(of: own[place], among: own[..<place]) }
        }
    }

    /// A transition behind one without a guard that takes all of its events.
    private func shadow(of transition: Int, among earlier: ArraySlice<Int>) -> ChartProblem? {
        let definition = blueprint.links[transition].definition
        let first = earlier.map { blueprint.links[$0].definition }.first { other in
            guard other.guard == nil else { return false }
            guard let mine = definition.descriptors, let theirs = other.descriptors else {
                return definition.descriptors == nil && other.descriptors == nil
            }
            return mine.allSatisfy { one in theirs.contains { Self.covers($0, one) } }
        }
        guard let first else { return nil }
        let id = blueprint.tree.nodes[blueprint.links[transition].source].id
        let word = definition.descriptors.map { "on `\($0.joined(separator: " "))`" } ?? "without event"
        return ChartProblem(
            kind: .shadowedTransition, severity: .warning,
            message: "the transition of `\(id)` \(word) is never taken: an earlier one without a guard takes its place",
            origin: definition.origin, related: first.origin)
    }

    private static func covers(_ wide: String, _ narrow: String) -> Bool {
        let wide = EventTable<Bits>.normal(wide)
        let narrow = EventTable<Bits>.normal(narrow)
        return wide == "*" || narrow == wide || narrow.hasPrefix(wide + ".")
    }
}
