import Diagnostics
import YAML

extension WorkflowReader {
    static let transitionKeys = ["to", "if", "needs", "duty", "do", "external"] + inlineVerbs

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

    /// The choices under `initial:`: a target, or a list of `{if, to}`.
    mutating func choices(_ node: Node) -> [UncheckedTransition] {
        node.items.compactMap { item in
            guard item.entries != nil else { return transition(.initial, item) }
            guard let fields = item.mapping(allowing: ["if", "to"], of: "a choice of where to start", &log) else { return nil }
            var choice = UncheckedTransition(trigger: .initial, origin: item.range)
            choice.targets = fields.required("to", of: "a choice", &log).map { words($0, of: "a state") } ?? []
            choice.condition = fields["if"].flatMap { expression($0, of: "`if`") }
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
        guard let fields = node.mapping(allowing: Self.transitionKeys, of: "a transition", &log) else { return nil }
        transition.targets = fields["to"].map { words($0, of: "a state") } ?? []
        if transition.targets.map(\.text) == ["stay"] { transition.targets = [] }
        transition.condition = fields["if"].flatMap { expression($0, of: "`if`") }
        transition.needs = fields["needs"].map { words($0, of: "a condition") } ?? []
        let ends = ["done", "excused", "lapsed", "cancelled"]
        transition.duty = fields["duty"]?.choice(among: ends, of: "the end of a duty", &log).flatMap { DutyEnd(rawValue: $0) }
        transition.isExternal = fields["external"]?.flag(of: "`external`", &log) ?? false
        for entry in node.entries ?? [] {
            guard let key = entry.key.rawText else { continue }
            if key == "do" {
                transition.actions += actions(entry.value)
            } else if Self.inlineVerbs.contains(key) {
                transition.actions +=
                    verb(key, entry.value, Adverbs()).map {
                        [UncheckedAction(verb: $0, origin: SourceRange(entry.key.range.start, entry.value.range.end))]
                    } ?? []
            }
        }
        return transition
    }
}
