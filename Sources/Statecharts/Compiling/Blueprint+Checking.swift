import CEL
import Diagnostics

/// What SCXML 1.0 asks of a document beyond its grammar.
extension Blueprint {
    func check(_ problems: inout [ChartProblem]) {
        if tree.nodes[0].children.isEmpty {
            problems.append(
                ChartProblem(
                    kind: .emptyChart, severity: .error, message: "the chart has no states",
                    origin: tree.nodes[0].definition.origin))
        }
        for number in tree.nodes.indices.dropFirst() { checkKind(number, &problems) }
        for number in tree.nodes.indices { checkStart(number, &problems) }
        for link in links { checkRegions(link.targets, at: link.definition.origin, &problems) }
        checkVariables(&problems)
    }

    private func checkKind(_ number: Int, _ problems: inout [ChartProblem]) {
        let node = tree.nodes[number]
        func report(_ kind: ChartProblem.Kind, _ message: String) {
            problems.append(
                ChartProblem(kind: kind, severity: .error, message: "`\(node.id)` \(message)", origin: node.definition.origin))
        }
        let hasChildren = !node.children.isEmpty || !node.histories.isEmpty
        switch node.kind {
        case .atomic: if hasChildren { report(.atomicWithChildren, "is atomic, but holds states") }
        case .compound: if node.children.isEmpty { report(.childlessCompound, "is compound, but holds no states") }
        case .parallel: if node.children.isEmpty { report(.emptyParallel, "is parallel, but has no regions") }
        case .final:
            if hasChildren { report(.finalWithChildren, "is final, but holds states") }
            if !node.definition.transitions.isEmpty { report(.finalWithTransitions, "is final, but has transitions") }
        case .history:
            let parent = tree.nodes[node.parent].kind
            // The chart itself is never left, so a history at its top would remember nothing.
            if node.parent == 0 || (parent != .compound && parent != .parallel) {
                report(.historyOutside, "is a history state outside of a compound or parallel state")
            }
            if hasChildren || !node.definition.entry.isEmpty || !node.definition.exit.isEmpty {
                report(.historyWithContent, "is a history state: it is never active, so it holds no states and does nothing")
            }
            checkHistoryDefault(node, report)
        }
    }

    private func checkHistoryDefault(_ node: Tree.Node, _ report: (ChartProblem.Kind, String) -> Void) {
        guard let usual = node.definition.transitions.first else { return }
        if node.definition.transitions.count > 1 || usual.descriptors != nil || usual.guard != nil || usual.targets.isEmpty {
            report(.historyDefault, "is a history state: it has one transition, its default, without event or guard")
        }
    }

    /// A start lies within its state, the default of a history state within its parent. (SCXML asks a shallow history for a child,
    /// but its algorithm enters a deeper state as well, and published charts do so.)
    private func checkStart(_ number: Int, _ problems: inout [ChartProblem]) {
        let node = tree.nodes[number]
        let origin = node.isHistory ? node.definition.transitions.first?.origin : node.definition.initial?.origin
        let holder = node.isHistory ? node.parent : number
        for target in initialTargets[number] {
            if tree.isDescendant(target, of: holder), target != number { continue }
            let place = holder == 0 ? "the chart" : "`\(tree.nodes[holder].id)`"
            problems.append(
                ChartProblem(
                    kind: .targetOutside, severity: .error,
                    message: "`\(tree.nodes[target].id)` is not within \(place)",
                    origin: origin ?? node.definition.origin))
        }
        checkRegions(initialTargets[number], at: origin ?? node.definition.origin, &problems)
    }

    /// Several targets must lie in distinct regions of a parallel state, for all of them are to be active at once.
    private func checkRegions(_ targets: [Int], at origin: SourceRange?, _ problems: inout [ChartProblem]) {
        for (index, left) in targets.enumerated() {
            for right in targets[..<index] {
                if tree.areInDistinctRegions(left, right) { continue }
                problems.append(
                    ChartProblem(
                        kind: .conflictingTargets, severity: .error,
                        message: "`\(tree.nodes[right].id)` and `\(tree.nodes[left].id)` cannot be active at once",
                        origin: origin))
            }
        }
    }

    private func checkVariables(_ problems: inout [ChartProblem]) {
        for (index, variable) in variables.enumerated() {
            if slots[variable.name] != index {
                problems.append(
                    ChartProblem(
                        kind: .duplicateVariable, severity: .error, message: "a second variable is called `\(variable.name)`",
                        origin: variable.origin, related: slots[variable.name].flatMap { variables[$0].origin }))
            }
            if let home = variable.home, tree.numbers[home] == nil {
                problems.append(
                    ChartProblem(
                        kind: .unknownHome, severity: .error, message: "there is no state `\(home)`", origin: variable.origin,
                        nearest: nearestName(to: home, among: tree.numbers.keys)))
            }
        }
        for node in tree.nodes { checkActions(of: node.definition, &problems) }
    }

    private func checkActions(of state: StateDefinition, _ problems: inout [ChartProblem]) {
        let blocks = state.blocks + state.transitions.map(\.actions)
        for action in (blocks + [state.initial?.actions ?? []]).joined() { checkAction(action, state.origin, &problems) }
    }

    /// What is put into a variable that is not there raises `error.execution` when it runs; here it is a warning.
    private func checkAction(_ action: Action, _ origin: SourceRange?, _ problems: inout [ChartProblem]) {
        switch action {
        case .assign(let variable, _, let own): checkSlot(variable, own ?? origin, &problems)
        case .send(let sending):
            if let variable = sending.idVariable { checkSlot(variable, sending.origin ?? origin, &problems) }
        case .conditional(let branches, let otherwise):
            for inner in branches.flatMap(\.actions) + otherwise { checkAction(inner, origin, &problems) }
        case .forEach(let item, let index, _, let actions, let own):
            checkSlot(item, own ?? origin, &problems)
            if let index { checkSlot(index, own ?? origin, &problems) }
            for inner in actions { checkAction(inner, origin, &problems) }
        case .raise, .cancel, .log, .effect: break
        }
    }

    private func checkSlot(_ variable: String, _ origin: SourceRange?, _ problems: inout [ChartProblem]) {
        guard slots[variable] == nil else { return }
        problems.append(
            ChartProblem(
                kind: .unknownVariable, severity: .warning, message: "there is no variable `\(variable)`", origin: origin,
                nearest: nearestName(to: variable, among: slots.keys)))
    }
}
