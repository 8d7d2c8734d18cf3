import CEL
import Diagnostics

/// What is odd about a chart that is none the less in order.
extension Engine {
    func remarks() -> [ChartProblem] { unreachableStates() + shadowedTransitions() + neverHolding() }

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
        let first = earlier.map { blueprint.links[$0].definition }.first { $0.guard == nil && Self.covers($0, definition) }
        guard let first else { return forestalled(transition) }
        let id = blueprint.tree.nodes[blueprint.links[transition].source].id
        return ChartProblem(
            kind: .shadowedTransition, severity: .warning,
            message:
                "the transition of `\(id)` \(Self.trigger(of: definition)) is never taken: an earlier one without a guard takes its place",
            origin: definition.origin, related: first.origin)
    }

    private static func covers(_ wide: String, _ narrow: String) -> Bool {
        Event.fits(wide, Event.normal(narrow))
    }

    /// A transition of a state in which, whatever is active within, something takes all of its events first.
    private func forestalled(_ transition: Int) -> ChartProblem? {
        let link = blueprint.links[transition]
        let children = blueprint.tree.nodes[link.source].children
        guard !children.isEmpty, takesWithin(link.source, link.definition) else { return nil }
        return ChartProblem(
            kind: .shadowedTransition, severity: .warning,
            message:
                "the transition of `\(blueprint.tree.nodes[link.source].id)` \(Self.trigger(of: link.definition)) is never taken: "
                + "whatever is active within takes its place",
            origin: link.definition.origin)
    }

    private func takesWithin(_ state: Int, _ transition: TransitionDefinition) -> Bool {
        let children = blueprint.tree.nodes[state].children
        return !children.isEmpty && children.allSatisfy { takes($0, transition) }
    }

    private func takes(_ state: Int, _ transition: TransitionDefinition) -> Bool {
        let own = blueprint.linksOf[state].map { blueprint.links[$0].definition }
        return own.contains { $0.guard == nil && Self.covers($0, transition) } || takesWithin(state, transition)
    }

    private static func covers(_ wide: TransitionDefinition, _ narrow: TransitionDefinition) -> Bool {
        guard let mine = narrow.descriptors, let theirs = wide.descriptors else {
            return narrow.descriptors == nil && wide.descriptors == nil
        }
        return mine.allSatisfy { one in theirs.contains { covers($0, one) } }
    }

    private static func trigger(of transition: TransitionDefinition) -> String {
        transition.descriptors.map { "on `\($0.joined(separator: " "))`" } ?? "without event"
    }

    /// Transitions whose guard names nothing and is false.
    private func neverHolding() -> [ChartProblem] {
        blueprint.links.compactMap { link in
            guard let program = link.definition.guard, program.names.isEmpty, program.answer() == .no else { return nil }
            let id = blueprint.tree.nodes[link.source].id
            return ChartProblem(
                kind: .shadowedTransition, severity: .warning,
                message: "the transition of `\(id)` \(Self.trigger(of: link.definition)) is never taken: "
                    + "`\(program.text)` is always false",
                origin: link.definition.origin)
        }
    }
}
