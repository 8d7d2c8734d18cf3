import Diagnostics
import YAML

extension WorkflowReader {
    static let stateKeys = [
        "type", "states", "parallel", "initial", "history", "announce", "entry", "exit", "duty", "participation", "on", "once",
        "at", "then", "with",
    ]
    static let chartStateKeys = [
        "type", "states", "parallel", "initial", "history", "entry", "exit", "on", "once", "then", "with", "variables",
        "invoke",
    ]
    static let dutyKeys = [
        "title", "note", "basis", "of", "not_of", "from", "due", "checklist", "remind", "escalate",
    ]

    mutating func states(_ node: Node) -> [UncheckedState] {
        node.namedEntries(of: "states", &log).compactMap { entry in
            name(entry.key, of: "a state's name").map { state($0, entry.value) }
        }
    }

    /// A state is `final`, empty, or a mapping.
    private mutating func state(_ name: Word, _ node: Node) -> UncheckedState {
        var state = UncheckedState(name: name)
        if node.isNull { return state }
        if node.rawText == "final" {
            state.shape = .final
            return state
        }
        let keys = isChart ? Self.chartStateKeys : Self.stateKeys
        guard let fields = node.mapping(allowing: keys, of: "a state", &log) else { return state }
        shape(&state, fields)
        state.initial = fields["initial"].map { choices($0) } ?? []
        state.entry = fields["entry"].map { blocks($0) } ?? []
        state.exit = fields["exit"].map { blocks($0) } ?? []
        if let with = fields["with"] { state.handsOut = payload(with, beside: name, fields) }
        if isChart { readChart(&state, fields) } else { readDuties(&state, fields) }
        for entry in node.entries ?? [] { transitions(under: entry, of: &state) }
        return state
    }

    private mutating func readDuties(_ state: inout UncheckedState, _ fields: Fields) {
        state.announce = fields["announce"].flatMap { name($0, of: "an announcement") }
        state.duty = fields["duty"].flatMap { duty($0) }
        state.participation = fields["participation"]?
            .choice(among: Participation.allCases.map(\.name), of: "participation", &log).flatMap { Participation(name: $0) }
    }

    private mutating func readChart(_ state: inout UncheckedState, _ fields: Fields) {
        state.variables = fields["variables"].map { chartVariables($0) } ?? []
        state.invocations = fields["invoke"].map { invocations($0) } ?? []
    }

    private mutating func shape(_ state: inout UncheckedState, _ fields: Fields) {
        var shapes: [(String, UncheckedState.Shape)] = []
        if let type = fields["type"], type.choice(among: ["final"], of: "a state's type", &log) != nil {
            shapes.append(("type", .final))
        }
        if let node = fields["states"] {
            state.children = states(node)
            shapes.append(("states", .compound))
        }
        if let node = fields["parallel"] {
            state.children += states(node)
            shapes.append(("parallel", .parallel))
        }
        if let node = fields["history"], let depth = node.choice(among: ["shallow", "deep"], of: "a history", &log) {
            shapes.append(("history", depth == "deep" ? .deepHistory : .shallowHistory))
        }
        state.shape = shapes.first?.1 ?? .atomic
        guard shapes.count > 1, let second = shapes.dropFirst().first else { return }
        log.add(
            .mixedState, at: fields.key(second.0)?.range ?? state.name.range,
            "the state `\(state.name.text)` has both `\(shapes[0].0)` and `\(second.0)`",
            expected: "one of `type: final`, `states`, `parallel` and `history`")
    }

    private mutating func transitions(under entry: Node.Entry, of state: inout UncheckedState) {
        switch entry.key.rawText {
        case "on":
            // A list of mappings, where the order matters and a mapping would need a key twice.
            for part in parts(entry.value) {
                for event in part.namedEntries(of: "`on`", &log) {
                    guard let name = descriptors(event.key) else { continue }
                    state.transitions += transitions(.on(name), event.value)
                }
            }
        case "once": for part in parts(entry.value) { once(part, &state) }
        case "at":
            for moment in isChart ? [] : entry.value.namedEntries(of: "`at`", &log) {
                guard let node = textNode(moment.key, of: "a moment") else { continue }
                state.transitions += transitions(.at(node), moment.value)
            }
        case "then": state.transitions += transitions(.then, entry.value)
        default: break
        }
    }

    /// The parts of a list; an empty one is left whole, to be found wrong.
    private func parts(_ node: Node) -> [Node] {
        guard let parts = node.elements, !parts.isEmpty else { return [node] }
        return parts
    }

    /// A mapping of announcements and conditions; or a transition that waits for nothing but its own `if`.
    private mutating func once(_ node: Node, _ state: inout UncheckedState) {
        // In a chart a condition is not called as a verb is.
        let own = ["to", "if", "do"] + (isChart ? verbs : [])
        guard let entries = node.entries, !entries.contains(where: { own.contains($0.key.rawText ?? "") }) else {
            state.transitions += transitions(.once(Word(text: "", range: node.range)), node)
            return
        }
        for event in entries {
            guard let name = name(event.key, of: isChart ? "a condition" : "an announcement or condition") else { continue }
            state.transitions += transitions(.once(name), event.value)
        }
    }

    /// What a final state hands out; no other state does.
    private mutating func payload(_ node: Node, beside name: Word, _ fields: Fields) -> UncheckedPayload {
        if fields["type"]?.rawText != "final" {
            log.add(
                .mixedState, at: fields.key("with")?.range ?? node.range,
                "only a final state hands something out, and `\(name.text)` is none", expected: "`type: final` beside `with`")
        }
        return payload(node)
    }

    private mutating func duty(_ node: Node) -> UncheckedDuty? {
        guard let fields = node.mapping(allowing: Self.dutyKeys, of: "a duty", &log) else { return nil }
        let title = fields.required("title", of: "a duty", &log).flatMap { textNode($0, of: "a title") }
        let basis = fields.required("basis", of: "a duty", &log)?.text(of: "a basis", &log)
        let owner = fields.required("of", of: "a duty", &log).flatMap { word($0, of: "a role") }
        let due = fields.required("due", of: "a duty", &log).flatMap { textNode($0, of: "a deadline") }
        let escalation = fields["escalate"].flatMap { self.escalation($0) }
        let checklist = fields["checklist"].map { self.checklist($0) } ?? []
        guard let title, let basis, let owner, let due else { return nil }
        var duty = UncheckedDuty(title: title, basis: basis, of: owner, due: due, origin: node.range)
        duty.note = fields["note"].flatMap { textNode($0, of: "a note") }
        duty.notOf = fields["not_of"].flatMap { word($0, of: "a role") }
        duty.from = fields["from"].flatMap { textNode($0, of: "a deadline") }
        duty.checklist = checklist
        duty.reminders = fields["remind"]?.items.compactMap { textNode($0, of: "a reminder") } ?? []
        duty.escalateTo = escalation?.to
        duty.escalateAfter = escalation?.after
        return duty
    }

    private mutating func escalation(_ node: Node) -> (to: Word, after: Node)? {
        guard let fields = node.mapping(allowing: ["to", "after"], of: "`escalate`", &log) else { return nil }
        let to = fields.required("to", of: "`escalate`", &log).flatMap { word($0, of: "a role") }
        let after = fields.required("after", of: "`escalate`", &log).flatMap { textNode($0, of: "a length of time") }
        guard let to, let after else { return nil }
        return (to, after)
    }

    private mutating func checklist(_ node: Node) -> [UncheckedDuty.ChecklistLine] {
        node.items.compactMap { item in
            guard item.entries != nil else { return textNode(item, of: "a line of a checklist").map { .text($0) } }
            guard let fields = item.mapping(allowing: ["each", "do"], of: "a line of a checklist", &log) else { return nil }
            let each = fields.required("each", of: "a line of a checklist", &log).flatMap { expression($0, of: "`each`") }
            let text = fields.required("do", of: "a line of a checklist", &log).flatMap { textNode($0, of: "`do`") }
            guard let each, let text else { return nil }
            return .each(each, text: text)
        }
    }
}
