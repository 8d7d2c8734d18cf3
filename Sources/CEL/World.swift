/// What stands outside of an expression while it is evaluated.
public protocol World {
    /// The value of a name declared in `Environment.names`; nil where there is none now, which is an error of the expression.
    func value(named name: String) -> Value?
    /// The same, where `slots` are those of the expression that asks: what a name stands for may rest on them as they are just then.
    func value(named name: String, slots: [Value]) -> Value?
    func field(_ name: String, of reference: Reference) throws(EvaluationError) -> Value
    func call(_ function: String, target: Value?, arguments: [Value]) throws(EvaluationError) -> Value
}

extension World {
    public func value(named name: String, slots: [Value]) -> Value? { value(named: name) }
}

/// A world with nothing in it.
public struct EmptyWorld: World {
    public init() {}
    public func value(named name: String) -> Value? { nil }
    public func field(_ name: String, of reference: Reference) throws(EvaluationError) -> Value {
        throw EvaluationError("no such field: \(name)")
    }
    public func call(_ function: String, target: Value?, arguments: [Value]) throws(EvaluationError) -> Value {
        throw EvaluationError("no such function: \(function)")
    }
}

/// Why an expression has no value: a division by zero, a missing key, an overflow, the cost limit.
public struct EvaluationError: Error, Sendable, Hashable, CustomStringConvertible {
    public var message: String

    public init(_ message: String) { self.message = message }

    public var description: String { message }
}
