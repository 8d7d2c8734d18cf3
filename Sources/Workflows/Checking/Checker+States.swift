import CEL
import Diagnostics
import Statecharts
import YAML

extension Checker {
    /// The chart with a note for each state; the root's, which has no path, comes first, so that a note's number is the state's tag.
    mutating func chartDefinition() -> ChartDefinition {
        notes = [StateNote(path: "", isSynthetic: true, origin: workflow.origin)]
        if tree.roots.isEmpty, !workflow.name.text.isEmpty {
            log.add(.noStates, at: workflow.origin, "the \(workflow.isChart ? "chart" : "workflow") has no states")
        }
        let (initial, choice) = start(of: nil, workflow.initial)
        notes[0].start = initial?.targets ?? []
        var states = choice.map { [$0] } ?? []
        for root in tree.roots { states.append(state(root)) }
        var definition = ChartDefinition(
            name: workflow.name.text, variables: chartVariables, states: states, initial: initial, binding: workflow.binding,
            origin: workflow.origin)
        definition.conditions = conditions.mapValues(\.program)
        return definition
    }

    private mutating func state(_ number: Int) -> StateDefinition {
        let item = tree.items[number]
        let state = item.state
        let note = notes.count
        noteOfState[number] = note
        notes.append(
            StateNote(
                path: item.path, announce: state.announce?.text, participation: state.participation, origin: state.name.range))
        var definition = StateDefinition(id: ids[number], kind: kind(of: state), tag: note, origin: state.name.range)
        if state.shape == .compound || state.shape == .parallel, item.children.isEmpty {
            log.add(.noStates, at: state.name.range, "`\(state.name.text)` has no states within")
        }
        if state.shape == .compound {
            let (initial, choice) = start(of: number, state.initial)
            definition.initial = initial
            notes[note].start = initial?.targets ?? []
            definition.states = choice.map { [$0] } ?? []
        } else if case .history = definition.kind {
            definition.transitions = [history(number)]
        } else if let choice = state.initial.first {
            log.add(
                .badInitial, at: choice.origin, "`initial` has no meaning here", expected: "`initial` in a state with `states:`"
            )
        }
        notes[note].duty = state.duty.flatMap { duty($0) }
        notes[note].drafts = state.entry.flatMap { $0 }.flatMap(\.documentsDrafted)
        definition.entry = state.entry.map { actions($0, form: nil) }
        definition.exit = state.exit.map { actions($0, form: nil) }
        definition.doneData = payload(state.handsOut, nil)
        definition.invocations = state.invocations.map { invocation($0) }
        definition.transitions += state.transitions.compactMap { transition($0, of: number) }
        for child in item.children { definition.states.append(self.state(child)) }
        return definition
    }

    private func kind(of state: UncheckedState) -> StateKind {
        switch state.shape {
        case .atomic: .atomic
        case .compound: .compound
        case .parallel: .parallel
        case .final: .final
        case .shallowHistory: .history(deep: false)
        case .deepHistory: .history(deep: true)
        }
    }

    /// Where a state, or the chart, starts. A list of choices becomes a state of its own, left at once by what fits first.
    private mutating func start(
        of number: Int?, _ choices: [UncheckedTransition]
    ) -> (initial: InitialDefinition?, choice: StateDefinition?) {
        guard let first = choices.first else { return (nil, nil) }
        if choices.count == 1, first.condition == nil {
            let targets = first.targets.compactMap { found(tree.start($0.text, of: number), $0) ?? meant(by: $0) }
            let start = InitialDefinition(
                targets: targets.map { ids[$0] }, actions: actions(first.actions, form: nil), origin: first.origin)
            return (targets.isEmpty ? nil : start, nil)
        }
        for choice in choices.dropLast() where choice.condition == nil {
            log.add(
                .badInitial, at: choice.origin, "the choices after this one are never reached",
                expected: "`{if: CEL, to: state}`")
        }
        if let last = choices.last, last.condition != nil {
            log.add(.badInitial, at: last.origin, "it may be that no choice fits", expected: "a last choice without `if`")
        }
        let path = number.map { "\(ids[$0]).(initial)" } ?? "(initial)"
        let note = notes.count
        notes.append(StateNote(path: path, isSynthetic: true, origin: first.origin))
        var definition = StateDefinition(id: path, tag: note, origin: first.origin)
        definition.transitions = choices.map { choice($0, of: number, note: note) }
        return (InitialDefinition(targets: [path], origin: first.origin), definition)
    }

    private mutating func choice(_ choice: UncheckedTransition, of number: Int?, note: Int) -> TransitionDefinition {
        let targets = choice.targets.compactMap { found(tree.start($0.text, of: number), $0) ?? meant(by: $0) }
        let guardProgram = choice.condition.flatMap { compile($0, as: .bool, of: "`if`") }
        let tag = transitions.count
        transitions.append(
            TransitionNote(
                trigger: .initial, source: note, needs: [], duty: nil, origin: choice.origin, targets: targets.map { ids[$0] },
                question: choice.condition?.rawText))
        return TransitionDefinition(
            on: nil, guard: guardProgram, to: targets.map { ids[$0] }, actions: actions(choice.actions, form: nil), tag: tag,
            origin: choice.origin)
    }

    /// Where a history state leads the first time: its `initial`, or where its parent starts.
    private mutating func history(_ number: Int) -> TransitionDefinition {
        let item = tree.items[number]
        var targets: [Int] = []
        if let choice = item.state.initial.first {
            targets = choice.targets.compactMap { found(tree.start($0.text, of: item.parent), $0) ?? meant(by: $0) }
        } else if let parent = item.parent, let choice = tree.items[parent].state.initial.first {
            // What is not found is told of there.
            targets = choice.targets.compactMap {
                guard case .found(let number) = tree.start($0.text, of: parent) else { return nil }
                return number
            }
        } else if let first = tree.children(of: item.parent).first(where: { $0 != number }) {
            targets = [first]
        }
        let tag = transitions.count
        transitions.append(
            TransitionNote(
                trigger: .initial, source: noteOfState[number] ?? 0, needs: [], duty: nil, origin: item.state.name.range,
                targets: targets.map { ids[$0] }))
        return TransitionDefinition(
            on: nil, to: targets.map { ids[$0] }, actions: actions(item.state.initial.first?.actions ?? [], form: nil),
            tag: tag,
            origin: item.state.name.range)
    }

    /// The state that was looked up, or a finding.
    mutating func found(_ lookup: StateTree.Lookup, _ word: Word) -> Int? {
        switch lookup {
        case .found(let number): return number
        case .unknown:
            log.add(
                .unknownState, at: word.range, "there is no state `\(word.text)`", expected: "a state's name or path",
                nearest: log.isFull ? nil : nearestName(to: word.text, among: tree.names))
        case .ambiguous(let paths):
            log.add(
                .ambiguousState, at: word.range, "several states bear the name `\(word.text)`",
                expected: paths.joined(separator: ", "))
        }
        return nil
    }
}
