/// One expression with all that it needs, as a line of JSON tells it, for trying the language out:
/// `{expr, bindings, typeEnv, container, disableCheck, checkOnly}`. Bindings are tagged values, types are written `map(string, int)`.
public struct Trial: Sendable {
    public var text: String
    public var bindings: [String: Value]
    public var environment: Environment
    /// Only the type is asked for.
    public var isCheckOnly: Bool

    /// Nil where the line is of another shape.
    public init?(_ line: TaggedJSON) {
        guard let text = line["expr"]?.text else { return nil }
        self.text = text
        isCheckOnly = line["checkOnly"] == .bool(true)
        environment = Environment(container: line["container"]?.text ?? "", isChecked: line["disableCheck"] != .bool(true))
        bindings = [:]
        if case .members(let members)? = line["bindings"] {
            for (name, tagged) in members {
                guard let value = Value(tagged: tagged) else { return nil }
                bindings[name] = value
                environment.names[name] = .dyn
            }
        }
        if case .members(let members)? = line["typeEnv"] {
            for (name, kind) in members {
                guard let kind = kind.text.flatMap(Kind.init(text:)) else { return nil }
                environment.names[name] = kind
            }
        }
    }

    /// `{"value": tagged}`, `{"type": text}` where only the type is asked for, or `{"error": [text]}`.
    public func answer() -> TaggedJSON {
        do throws(CompileError) {
            let program = try Program(text, in: environment)
            if isCheckOnly { return .members(["type": .text(program.kind.description)]) }
            do throws(EvaluationError) {
                return .members(["value": try program.value(in: BoundWorld(values: bindings)).tagged])
            } catch {
                return .members(["error": .list([.text(error.message)])])
            }
        } catch {
            return .members(["error": .list(error.issues.map { .text("\($0.range): \($0.message)") })])
        }
    }
}

/// A world of names and their values.
struct BoundWorld: World {
    var values: [String: Value]

    func value(named name: String) -> Value? { values[name] }
    func field(_ name: String, of reference: Reference) throws(EvaluationError) -> Value {
        throw EvaluationError("no such field: '\(name)'")
    }
    func call(_ function: String, target: Value?, arguments: [Value]) throws(EvaluationError) -> Value {
        throw EvaluationError("no such function: \(function)")
    }
}
