import CEL
import Diagnostics

/// The caller's world with what the chart adds to it: the names `_event`, `event` (its data), `_name` and `_sessionid`, and the function `In`.
final class StepWorld<Bits: StateBits>: World {
    private let engine: Engine<Bits>
    private let world: any World
    private let event: Event?
    private let configuration: Bits
    /// What conditions see; kept only for charts that have some.
    var variables: [Value] = []

    init(_ engine: Engine<Bits>, over world: any World, event: Event?, configuration: Bits) {
        self.engine = engine
        self.world = world
        self.event = event
        self.configuration = configuration
    }

    func value(named name: String) -> Value? { value(named: name, slots: variables) }

    func value(named name: String, slots: [Value]) -> Value? {
        switch name {
        case "_event": event?.value
        case "event": event?.data
        case "_name": .string(engine.blueprint.name)
        // Only whoever runs several instances can tell them apart.
        case "_sessionid": world.value(named: name) ?? .string(engine.blueprint.name)
        default: world.value(named: name, slots: slots) ?? condition(name)
        }
    }

    private func condition(_ name: String) -> Value? {
        guard let program = engine.blueprint.conditions[name] else { return nil }
        return switch program.answer(slots: variables, in: self) {
        case .yes: .bool(true)
        case .no: .bool(false)
        case .failed: nil
        }
    }

    func field(_ name: String, of reference: Reference) throws(EvaluationError) -> Value {
        try world.field(name, of: reference)
    }

    func call(_ function: String, target: Value?, arguments: [Value]) throws(EvaluationError) -> Value {
        guard function == "In", target == nil else {
            return try world.call(function, target: target, arguments: arguments)
        }
        guard arguments.count == 1, case .string(let id) = arguments[0] else {
            throw EvaluationError("`In` takes the id of a state")
        }
        guard let state = engine.blueprint.tree.numbers[id] else { throw EvaluationError("there is no state `\(id)`") }
        return .bool(configuration.contains(state))
    }
}
