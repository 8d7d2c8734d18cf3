import Diagnostics
import YAML

extension Checker {
    /// Works out which duties each transition ends and how, and finds those of which it is not said, and duties without an end.
    mutating func checkDutyEnds() {
        let duties = tree.items.indices.filter { tree.items[$0].state.duty != nil }
        var canEnd: Set<Int> = []
        for move in moves where !move.targets.isEmpty {
            let domain = domain(of: move)
            let exited = duties.filter { exits($0, move, domain) }
            let entered = exited.isEmpty ? [] : entered(by: move, below: domain)
            let left = exited.filter { !entered.contains($0) }
            for duty in left where duty == move.source || tree.isWithin(move.source, duty) || move.transition.duty == .done {
                canEnd.insert(duty)
            }
            settle(move, left, exited: !exited.isEmpty)
        }
        for move in moves where move.targets.isEmpty {
            let isLost = !move.transition.targets.isEmpty
            // Where a target was not found, nothing more is said of the duty.
            if isLost { canEnd.insert(move.source) } else { settle(move, [], exited: false) }
        }
        for number in duties where !canEnd.contains(number) {
            let state = tree.items[number].state
            log.add(
                .endlessDuty, at: state.duty?.origin ?? state.name.range,
                "nothing leads out of `\(state.name.text)`, so that its duty cannot be discharged",
                expected: "a command under `on:` that leads to another state")
        }
    }

    /// - Parameter exited: whether a duty's state is left, and perhaps entered again: said so, its duty ends and opens anew.
    private mutating func settle(_ move: Move, _ left: [Int], exited: Bool) {
        if let said = move.transition.duty {
            if !exited {
                log.add(
                    .noDutyToEnd, at: move.transition.origin,
                    "the transition ends no duty, so that `duty: \(said.rawValue)` says nothing",
                    severity: .warning)
            }
            return
        }
        guard !left.isEmpty else { return }
        if left == [move.source], ownerMayGive(move) {
            transitions[move.tag].duty = .done
            return
        }
        let related = left.compactMap { number in
            tree.items[number].state.duty.map {
                Finding.Related(file: log.file, range: $0.origin, message: "this duty would end")
            }
        }
        let names = left.map { "`\(tree.items[$0].path)`" }.joined(separator: ", ")
        log.add(
            .dutyEndUnsaid, at: move.transition.origin,
            "the transition leaves the duty of \(names) and does not say how it ends",
            expected: "`duty: done`, `excused`, `lapsed` or `cancelled`", related: related)
    }

    /// Whether the transition takes a command that the owner of its state's duty may give.
    private func ownerMayGive(_ move: Move) -> Bool {
        guard case .on(let word) = move.transition.trigger, let duty = tree.items[move.source].state.duty,
            let command = workflow.commands.first(where: { $0.name.text == word.text })
        else { return false }
        return command.by.contains { $0.text == duty.of.text }
    }

    /// Whether the transition leaves the state, seen without running it: the state may be active then, and lies in what is left.
    private func exits(_ state: Int, _ move: Move, _ domain: Int?) -> Bool {
        tree.isWithin(state, domain) && isActiveTogether(state, move.source) && !isForestalled(move, in: state)
    }

    /// The state that stays while the transition is taken (SCXML 1.0, `getTransitionDomain`); nil: the chart.
    private func domain(of move: Move) -> Int? {
        let isCompound = tree.items[move.source].state.shape == .compound
        if !move.transition.isExternal, isCompound, move.targets.allSatisfy({ tree.isWithin($0, move.source) }) {
            return move.source
        }
        return tree.ancestors(of: move.source).first { ancestor in
            tree.items[ancestor].state.shape == .compound && move.targets.allSatisfy { tree.isWithin($0, ancestor) }
        }
    }

    /// Two states can be active at once where one holds the other, or where they part in a parallel state.
    private func isActiveTogether(_ first: Int, _ second: Int) -> Bool {
        if first == second || tree.isWithin(first, second) || tree.isWithin(second, first) { return true }
        let outer = tree.ancestors(of: second)
        guard let common = tree.ancestors(of: first).first(where: { outer.contains($0) }) else { return false }
        return tree.items[common].state.shape == .parallel
    }

    /// The states that are surely entered: the targets, what holds them, and where these start.
    private func entered(by move: Move, below domain: Int?) -> Set<Int> {
        var found: Set<Int> = []
        for target in move.targets {
            enter(target, &found)
            for ancestor in tree.ancestors(of: target) where ancestor != domain && tree.isWithin(ancestor, domain) {
                found.insert(ancestor)
                guard tree.items[ancestor].state.shape == .parallel else { continue }
                for region in tree.children(of: ancestor) where region != target && !tree.isWithin(target, region) {
                    enter(region, &found)
                }
            }
        }
        return found
    }

    private func enter(_ state: Int, _ found: inout Set<Int>) {
        guard found.insert(state).inserted else { return }
        let item = tree.items[state]
        switch item.state.shape {
        case .parallel: for child in item.children { enter(child, &found) }
        case .compound:
            if item.state.initial.isEmpty, let first = item.children.first { enter(first, &found) }
            if item.state.initial.count == 1, item.state.initial[0].condition == nil {
                for word in item.state.initial[0].targets {
                    if case .found(let number) = tree.start(word.text, of: state) { enter(number, &found) }
                }
            }
        default: break
        }
    }

    /// Whether a state between takes the same event itself, without a question, whenever the duty's state is active.
    private func isForestalled(_ move: Move, in state: Int) -> Bool {
        guard tree.isWithin(state, move.source), case .on(let word) = move.transition.trigger else {
            return isEnded(move, state)
        }
        let between = [state] + tree.ancestors(of: state).prefix { $0 != move.source }
        return between.contains { number in
            tree.items[number].state.transitions.contains { other in
                guard case .on(let name) = other.trigger, other.condition == nil else { return false }
                return name.text == word.text
            }
        }
    }

    /// `then:` is taken when a child of its state has ended; no other child is active then.
    private func isEnded(_ move: Move, _ state: Int) -> Bool {
        guard case .then = move.transition.trigger else { return false }
        let isRegion = tree.items[state].parent == move.source && tree.items[move.source].state.shape == .parallel
        return tree.isWithin(state, move.source) && tree.items[state].state.shape != .final && !isRegion
    }
}
