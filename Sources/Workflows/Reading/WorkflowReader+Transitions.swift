import Diagnostics
import YAML

extension WorkflowReader {
    static let transitionKeys = ["to", "if", "needs", "duty", "do", "external"] + inlineVerbs
    static let chartTransitionKeys = ["to", "if", "do", "external"] + chartVerbs

    /// A target, `stay`, a mapping, or a list of these.
    mutating func transitions(_ trigger: UncheckedTransition.Trigger, _ node: Node) -> [UncheckedTransition] {
        if let items = node.elements {
            if items.isEmpty {
                log.add(
                    .wrongShape, at: node.range, "a list of transitions is empty", expected: "a target, `stay` or a mapping")
            }
            return items.compactMap { transition(trigger, $0) }
        }
        return transition(trigger, node).map { [$0] } ?? []
    }

    /// Where a state starts: a target or several, `{to, do}`, or a list of `{if, to, do}` of which the first that fits is taken.
    mutating func choices(_ node: Node) -> [UncheckedTransition] {
        let items = node.items
        if items.count > 1, items.allSatisfy({ $0.rawText != nil }) {
            var start = UncheckedTransition(trigger: .initial, origin: node.range)
            start.targets = words(node, of: "a state")
            return [start]
        }
        return items.compactMap { item in
            guard item.entries != nil else { return transition(.initial, item) }
            let keys = ["if", "to", "do"] + verbs
            guard let fields = item.mapping(allowing: keys, of: "a choice of where to start", &log) else { return nil }
            var choice = UncheckedTransition(trigger: .initial, origin: item.range)
            choice.targets = fields.required("to", of: "a choice", &log).map { words($0, of: "a state") } ?? []
            choice.condition = fields["if"].flatMap { expression($0, of: "`if`") }
            choice.actions = actions(within: item)
            return choice
        }
    }

    private mutating func transition(_ trigger: UncheckedTransition.Trigger, _ node: Node) -> UncheckedTransition? {
        var transition = UncheckedTransition(trigger: trigger, origin: node.range)
        guard node.entries != nil else {
            guard let target = word(node, of: "a transition") else { return nil }
            if target.text != "stay" { transition.targets = [target] }
            return transition
        }
        let keys = isChart ? Self.chartTransitionKeys : Self.transitionKeys
        guard let fields = node.mapping(allowing: keys, of: "a transition", &log) else { return nil }
        transition.targets = fields["to"].map { words($0, of: "a state") } ?? []
        if transition.targets.map(\.text) == ["stay"] { transition.targets = [] }
        transition.condition = fields["if"].flatMap { expression($0, of: "`if`") }
        transition.isExternal = fields["external"]?.flag(of: "`external`", &log) ?? false
        transition.actions = actions(within: node)
        guard !isChart else { return transition }
        transition.needs = fields["needs"].map { words($0, of: "a condition") } ?? []
        let ends = ["done", "excused", "lapsed", "cancelled"]
        transition.duty = fields["duty"]?.choice(among: ends, of: "the end of a duty", &log).flatMap { DutyEnd(rawValue: $0) }
        return transition
    }

    /// `do` and the verbs that stand in a transition itself, in the order of the file.
    private mutating func actions(within node: Node) -> [UncheckedAction] {
        var found: [UncheckedAction] = []
        for entry in node.entries ?? [] {
            guard let key = entry.key.rawText else { continue }
            if key == "do" {
                found += actions(entry.value)
            } else if verbs.contains(key), let verb = verb(key, entry.value, Adverbs()) {
                found.append(UncheckedAction(verb: verb, origin: SourceRange(entry.key.range.start, entry.value.range.end)))
            }
        }
        return found
    }
}
