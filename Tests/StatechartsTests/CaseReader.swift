import CEL
import Foundation
import Statecharts

/// Reads charts and scripts in the neutral JSON form of the shared conformance cases.
struct CaseReader {
    struct Case {
        var definition: ChartDefinition
        var initial: Set<String>
        var moves: [Move]
    }

    struct Move {
        var event: Event
        var after: Int
        var expected: Set<String>
    }

    struct Unreadable: Error { var reason: String }

    private var environment = Environment()

    /// `legacy`: the script under the key `legacySemantics` counts.
    static func read(_ file: URL, legacy: Bool) throws -> Case {
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        guard let json = json as? [String: Any], let chart = json["chart"] as? [String: Any],
            var script = json["script"] as? [String: Any]
        else { throw Unreadable(reason: "no chart or script") }
        if legacy, let other = script["legacySemantics"] as? [String: Any] { script = other }
        var reader = CaseReader()
        return Case(
            definition: try reader.definition(chart, name: file.lastPathComponent),
            initial: configuration(script["initialConfiguration"]),
            moves: maps(script["events"]).map { move in
                let event = move["event"] as? [String: Any] ?? [:]
                return Move(
                    event: Event(text(event, "name") ?? ""), after: move["after"] as? Int ?? 0,
                    expected: configuration(move["nextConfiguration"]))
            })
    }

    // MARK: - The chart

    private mutating func definition(_ chart: [String: Any], name: String) throws -> ChartDefinition {
        let data = Self.maps(chart["data"])
        var definition = ChartDefinition(
            name: name, variables: data.map { Variable(name: Self.text($0, "id") ?? "") }, states: [],
            initial: Self.texts(chart["initial"]).map { InitialDefinition(targets: $0) },
            binding: Self.text(chart, "binding") == "late" ? .late : .early)
        environment = definition.environment()
        environment.names["_sessionid"] = .string
        environment.isChecked = false
        for (index, item) in data.enumerated() { definition.variables[index].initial = try program(item, "expr") }
        definition.states = try states(chart["states"])
        return definition
    }

    private func states(_ json: Any?) throws -> [StateDefinition] {
        try Self.maps(json).map { state in
            let kind: StateKind =
                switch Self.text(state, "kind") {
                case "compound": .compound
                case "parallel": .parallel
                case "final": .final
                case "history": .history(deep: Self.text(state, "history") == "deep")
                default: .atomic
                }
            let starting = try actions(state["initialActions"])
            let initial = Self.texts(state["initial"]).map { InitialDefinition(targets: $0, actions: starting) }
            return StateDefinition(
                id: Self.text(state, "id") ?? "", kind: kind, initial: initial, entry: try blocks(state["entry"]),
                exit: try blocks(state["exit"]), transitions: try Self.maps(state["transitions"]).map(transition),
                states: try states(state["states"]))
        }
    }

    private func transition(_ json: [String: Any]) throws -> TransitionDefinition {
        TransitionDefinition(
            on: Self.texts(json["events"]), guard: try condition(json), to: Self.texts(json["targets"]) ?? [],
            isInternal: Self.text(json, "type") == "internal", actions: try actions(json["actions"]),
            tag: json["line"] as? Int ?? 0)
    }

    // MARK: - Actions

    private func blocks(_ json: Any?) throws -> [[Action]] {
        try (json as? [Any] ?? []).map { try actions($0) }
    }

    private func actions(_ json: Any?) throws -> [Action] {
        try Self.maps(json).map(action)
    }

    private func action(_ json: [String: Any]) throws -> Action {
        if let event = Self.text(json, "raise") { return .raise(event: event) }
        if let cancel = json["cancel"] as? [String: Any] {
            return .cancel(id: try text(cancel, "sendid", "sendidexpr") ?? .constant(""))
        }
        if let id = Self.text(json, "cancel") { return .cancel(id: .constant(id)) }
        if let log = json["log"] as? [String: Any] {
            return .log(label: Self.text(log, "label") ?? "", try program(log, "expr"))
        }
        if let assign = json["assign"] as? [String: Any] {
            return .assign(variable: Self.text(assign, "location") ?? "", try required(assign, "expr"))
        }
        if let send = json["send"] as? [String: Any] { return .send(try self.send(send)) }
        if let branches = json["if"] as? [[String: Any]] { return try conditional(branches) }
        if let loop = json["foreach"] as? [String: Any] {
            return .forEach(
                item: Self.text(loop, "item") ?? "", index: Self.text(loop, "index"), in: try required(loop, "array"),
                do: try actions(loop["do"]))
        }
        throw Unreadable(reason: "an action of no known kind: \(json.keys.sorted())")
    }

    private func conditional(_ json: [[String: Any]]) throws -> Action {
        var branches: [Branch] = []
        var otherwise: [Action] = []
        for branch in json {
            if let test = try condition(branch) {
                branches.append(Branch(if: test, try actions(branch["do"])))
            } else {
                otherwise = try actions(branch["do"])
            }
        }
        return .conditional(branches, otherwise: otherwise)
    }

    private func send(_ json: [String: Any]) throws -> SendAction {
        var delay = Delay.milliseconds(0)
        if let written = Self.text(json, "delay") {
            delay = .milliseconds(Delay.milliseconds(of: .string(written)) ?? 0)
        } else if let computed = try program(json, "delayexpr") {
            delay = .computed(computed)
        }
        return SendAction(
            event: try text(json, "event", "eventexpr") ?? .constant(""), data: try payload(json), delay: delay,
            id: Self.text(json, "id"), idVariable: Self.text(json, "idlocation"), target: try text(json, "target", "targetexpr")
        )
    }

    private func payload(_ json: [String: Any]) throws -> Payload {
        if let content = json["content"] as? [String: Any] {
            if let program = try program(content, "expr") { return .value(program) }
            return .value(try compile("'\(Self.text(content, "text") ?? "")'"))
        }
        let named = (Self.text(json, "namelist") ?? "").split(separator: " ").map(String.init)
        var fields = try named.map { Payload.Field(name: $0, value: try compile($0)) }
        for field in Self.maps(json["params"]) {
            let place = try Self.text(field, "location").map { try compile($0) }
            let value = try place ?? required(field, "expr")
            fields.append(.init(name: Self.text(field, "name") ?? "", value: value))
        }
        return fields.isEmpty ? .none : .fields(fields)
    }

    // MARK: - Expressions

    private func text(_ json: [String: Any], _ constant: String, _ expression: String) throws -> Text? {
        if let written = Self.text(json, constant) { return .constant(written) }
        return try program(json, expression).map(Text.computed)
    }

    private func required(_ json: [String: Any], _ key: String) throws -> Program {
        guard let program = try program(json, key) else { throw Unreadable(reason: "no `\(key)`") }
        return program
    }

    private func program(_ json: [String: Any], _ key: String) throws -> Program? {
        try (Self.text(json, key + "Cel") ?? Self.text(json, key)).map { try compile($0) }
    }

    /// A bare variable as a condition asks whether it is there.
    private func condition(_ json: [String: Any]) throws -> Program? {
        guard let text = Self.text(json, "condCel") ?? Self.text(json, "cond") else { return nil }
        let isBare = environment.slots.contains { $0.name == text }
        return try compile(isBare ? "\(text) != null" : text)
    }

    private func compile(_ text: String) throws -> Program {
        try Program(text.replacingOccurrences(of: "in_state(", with: "In("), in: environment)
    }

    // MARK: - JSON

    private static func configuration(_ json: Any?) -> Set<String> { Set(texts(json) ?? []) }
    private static func maps(_ json: Any?) -> [[String: Any]] { json as? [[String: Any]] ?? [] }
    private static func texts(_ json: Any?) -> [String]? { json as? [String] }
    private static func text(_ json: [String: Any], _ key: String) -> String? { json[key] as? String }
}
