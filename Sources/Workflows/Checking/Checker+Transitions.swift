import CEL
import Calendars
import Diagnostics
import Statecharts
import YAML

extension Checker {
    /// One transition of a state, with its note; its tag is the note's number.
    mutating func transition(_ transition: UncheckedTransition, of source: Int) -> TransitionDefinition? {
        let command = command(of: transition)
        let form = command.map { self.form(of: $0) }
        var targets: [Int] = []
        var charted: [Int] = []
        for word in transition.targets {
            if let number = found(tree.target(word.text, from: source), word) {
                targets.append(number)
                charted.append(number)
            } else if let number = meant(by: word) {
                charted.append(number)
            }
        }
        if let condition = transition.condition { _ = compile(condition, as: .bool, of: "`if`", form: form) }
        let note = noteOfState[source] ?? 0
        guard let (trigger, parts) = trigger(of: transition, source, note) else { return nil }
        let guards = parts + (transition.condition?.rawText.map { [$0] } ?? [])
        let tag = transitions.count
        let needs = transition.needs.compactMap { need($0, of: source, isCommand: command != nil) }
        transitions.append(
            TransitionNote(
                trigger: trigger, source: note, needs: needs, duty: transition.duty, origin: transition.origin,
                targets: targets.map { ids[$0] }, question: transition.condition?.rawText))
        transitions[tag].drafts = transition.actions.flatMap(\.documentsDrafted)
        checkLeads(transition, targets, source)
        checkThen(transition, source)
        moves.append(Move(source: source, targets: targets, transition: transition, tag: tag))
        return TransitionDefinition(
            on: descriptors(of: transition, source), guard: conjunction(guards), to: charted.map { ids[$0] },
            isInternal: !transition.isExternal, actions: actions(transition.actions, form: form), tag: tag,
            origin: transition.origin)
    }

    /// The command that the transition takes, if it is one.
    func command(of transition: UncheckedTransition) -> CommandDefinition? {
        guard case .on(let word) = transition.trigger else { return nil }
        return commands.first { $0.name == word.text }
    }

    /// The trigger and what it asks of the guard.
    private mutating func trigger(
        of transition: UncheckedTransition, _ source: Int, _ note: Int
    ) -> (TransitionNote.Trigger, [String])? {
        switch transition.trigger {
        case .on(let word):
            checkCommands(among: word)
            return (command(of: transition) == nil ? .event(word.text) : .command(word.text), [])
        case .once(let word):
            if word.text.isEmpty { return (.once(""), []) }
            let isCondition = isCondition(word)
            if !isCondition, workflow.isChart { return unknownCondition(word) }
            return (.once(word.text), [isCondition ? word.text : "announced('\(word.text)')"])
        case .at(let node):
            guard let rule = rule(node, for: .deadline) else { return nil }
            let moment = moments.firstIndex { $0.state == note && $0.rule == rule } ?? moments.count
            if moment == moments.count {
                moments.append(Moment(rule: rule, state: note, origin: node.range))
                notes[note].moments.append(moment)
            }
            return (.moment(moment), ["passed(\(moment))"])
        case .then:
            // The descriptor fits what begins like it: then the guard tells the state from those within it.
            let isAmbiguous = ids.contains { $0.hasPrefix(ids[source] + ".") }
            return (.then, isAmbiguous ? ["_event.name == \(Value.string("done.state.\(ids[source])").literal)"] : [])
        case .initial: return (.initial, [])
        }
    }

    private func descriptors(of transition: UncheckedTransition, _ source: Int) -> [String]? {
        switch transition.trigger {
        case .on(let word): word.descriptors
        case .then: ["done.state.\(ids[source])"]
        case .once, .at, .initial: nil
        }
    }

    /// The parts joined by `&&`, each in parentheses; nil for none. Where one of them is wrong, something of which nothing is known
    /// stands for all, so that the transition is not taken for unguarded.
    private func conjunction(_ parts: [String]) -> Program? {
        if parts.isEmpty { return nil }
        let whole = parts.count == 1 ? parts[0] : parts.map { "(\($0))" }.joined(separator: " && ")
        return compiled(whole) ?? compiled("_event == null")
    }

    private func isCondition(_ word: Word) -> Bool { workflow.conditions.contains { $0.name.text == word.text } }

    private mutating func unknownCondition(_ word: Word) -> (TransitionNote.Trigger, [String]) {
        let names = workflow.conditions.map(\.name.text)
        log.add(
            .unknownCondition, at: word.range, "there is no condition `\(word.text)`",
            expected: "one of those under `conditions:`, or `{if: CEL, to: state}`",
            nearest: nearestName(to: word.text, among: names))
        return (.once(word.text), ["_event == null"])
    }

    /// A command has a form of its own, and so stands alone.
    private mutating func checkCommands(among word: Word) {
        let names = word.descriptors
        guard names.count > 1, let name = names.first(where: { name in commands.contains { $0.name == name } }) else { return }
        log.add(
            .badName, at: word.range, "the command `\(name)` stands beside other words", expected: "a line of its own for it")
    }

    private mutating func need(_ word: Word, of source: Int, isCommand: Bool) -> TransitionNote.Need? {
        if !isCommand {
            log.add(.needsNoCommand, at: word.range, "only a command can be refused", expected: "`if: \(word.text)`")
        }
        if word.text == "checklist" {
            if tree.items[source].state.duty?.checklist.isEmpty ?? true {
                log.add(
                    .noChecklist, at: word.range, "the state has no duty with a checklist", expected: "`checklist` in its duty")
            }
            return .checklist
        }
        guard let condition = workflow.conditions.first(where: { $0.name.text == word.text }) else {
            let names = workflow.conditions.map(\.name.text) + ["checklist"]
            log.add(
                .unknownCondition, at: word.range, "there is no condition `\(word.text)`",
                expected: names.joined(separator: ", "),
                nearest: nearestName(to: word.text, among: names))
            return nil
        }
        if condition.say == nil {
            log.add(
                .sayMissing, at: word.range, "`\(word.text)` has no sentence with which to refuse",
                expected: "`{is: CEL, say: text}`",
                related: [.init(file: log.file, range: condition.name.range, message: "it is defined here")], severity: .warning
            )
        }
        return .condition(word.text)
    }

    /// What waits for a condition or a moment must lead away, or it would be taken again at once; unless it asks a question to which
    /// it sets the answer itself.
    private mutating func checkLeads(_ transition: UncheckedTransition, _ targets: [Int], _ source: Int) {
        let isMoment: Bool
        var mayEnd = transition.condition != nil
        switch transition.trigger {
        case .once(let word):
            isMoment = false
            mayEnd = mayEnd || isCondition(word)
        case .at: isMoment = true
        default: return
        }
        guard transition.targets.isEmpty || (!isMoment && targets == [source]) else { return }
        if mayEnd, !isMoment, workflow.isChart || transition.actions.contains(where: \.setsVariable) { return }
        log.add(
            .goesRound, at: transition.origin, "this does not lead to another state, and would be taken again at once",
            expected: "`to:` another state", severity: workflow.isChart ? .warning : .error)
    }

    /// What waits for the end of what is within needs something within that can end.
    private mutating func checkThen(_ transition: UncheckedTransition, _ source: Int) {
        guard case .then = transition.trigger else { return }
        let item = tree.items[source]
        switch item.state.shape {
        case .compound where canEnd(source): return
        case .parallel:
            guard let region = item.children.first(where: { !canEnd($0) }) else { return }
            log.add(
                .oddChart, at: transition.origin,
                "`then` is never taken: the region `\(tree.items[region].state.name.text)` cannot end",
                expected: "a final state in each region", severity: .warning)
        default:
            log.add(
                .oddChart, at: transition.origin, "`then` is never taken: nothing within can end",
                expected: "a final state within",
                severity: .warning)
        }
    }

    private func canEnd(_ state: Int) -> Bool {
        let item = tree.items[state]
        if item.state.shape == .parallel { return item.children.allSatisfy { canEnd($0) } }
        return item.children.contains { tree.items[$0].state.shape == .final }
    }
}

extension UncheckedAction {
    /// Whether it gives a variable a value.
    fileprivate var setsVariable: Bool {
        switch verb {
        case .set: true
        case .conditional(_, let first, let second): (first + second).contains(where: \.setsVariable)
        case .forEach: true
        default: false
        }
    }
}
