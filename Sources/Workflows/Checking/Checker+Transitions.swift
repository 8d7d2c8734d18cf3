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
        for word in transition.targets {
            guard let number = found(tree.target(word.text, from: source), word) else { continue }
            targets.append(number)
        }
        if let condition = transition.condition { _ = compile(condition, as: .bool, of: "`if`", form: form) }
        let note = noteOfState[source] ?? 0
        guard let (trigger, parts) = trigger(of: transition, note) else { return nil }
        let guards = parts + (transition.condition?.rawText.map { [$0] } ?? [])
        let tag = transitions.count
        let needs = transition.needs.compactMap { need($0, of: source, isCommand: command != nil) }
        transitions.append(
            TransitionNote(trigger: trigger, source: note, needs: needs, duty: transition.duty, origin: transition.origin))
        checkLeads(transition, targets, source)
        checkThen(transition, source)
        moves.append(Move(source: source, targets: targets, transition: transition, tag: tag))
        return TransitionDefinition(
            on: descriptors(of: transition, source), guard: conjunction(guards), to: targets.map { tree.items[$0].path },
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
        of transition: UncheckedTransition, _ note: Int
    ) -> (TransitionNote.Trigger, [String])? {
        switch transition.trigger {
        case .on(let word):
            return (command(of: transition) == nil ? .event(word.text) : .command(word.text), [])
        case .once(let word):
            if word.text.isEmpty { return (.once(""), []) }
            let isCondition = workflow.conditions.contains { $0.name.text == word.text }
            return (.once(word.text), [isCondition ? word.text : "announced('\(word.text)')"])
        case .at(let node):
            guard let rule = rule(node, for: .deadline) else { return nil }
            let moment = moments.firstIndex { $0.state == note && $0.rule == rule } ?? moments.count
            if moment == moments.count {
                moments.append(Moment(rule: rule, state: note, origin: node.range))
                notes[note].moments.append(moment)
            }
            return (.moment(moment), ["passed(\(moment))"])
        case .then: return (.then, ["_event.name == 'done.state.\(notes[note].path)'"])
        case .initial: return (.initial, [])
        }
    }

    private func descriptors(of transition: UncheckedTransition, _ source: Int) -> [String]? {
        switch transition.trigger {
        case .on(let word): [word.text]
        // Descriptors fit what begins like them: the guard tells a state from those within it.
        case .then: ["done.state.\(tree.items[source].path)"]
        case .once, .at, .initial: nil
        }
    }

    /// The parts joined by `&&`, each in parentheses; nil for none.
    private func conjunction(_ parts: [String]) -> Program? {
        if parts.isEmpty { return nil }
        return compiled(parts.count == 1 ? parts[0] : parts.map { "(\($0))" }.joined(separator: " && "))
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

    /// What waits for a condition or a moment must lead away, or it would be taken again at once.
    private mutating func checkLeads(_ transition: UncheckedTransition, _ targets: [Int], _ source: Int) {
        let isMoment: Bool
        switch transition.trigger {
        case .once: isMoment = false
        case .at: isMoment = true
        default: return
        }
        guard transition.targets.isEmpty || (!isMoment && targets == [source]) else { return }
        log.add(
            .goesRound, at: transition.origin, "this does not lead to another state, and would be taken again at once",
            expected: "`to:` another state")
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
