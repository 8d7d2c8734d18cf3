/// What stands around an expression while it runs.
struct Frame {
    /// Units of work after which an expression is given up. A unit is a step of the expression: an operator, a call, an element
    /// gone over, sixteen bytes of text or one element put together. The same expression over the same values always costs the
    /// same.
    static let costLimit = 1_000_000
    /// Bytes of text that count as one unit.
    static let bytesOfUnit = 16

    let slots: [Value]
    let world: any World
    let zoneOffset: (@Sendable (String, Timestamp) -> Int?)?
    var locals: [Value]
    private(set) var spent = 0

    mutating func charge(_ units: Int) throws(EvaluationError) {
        spent &+= units
        if spent > Self.costLimit { throw EvaluationError("the expression costs more than \(Self.costLimit) units") }
    }

    mutating func charge(bytes: Int) throws(EvaluationError) { try charge(bytes / Self.bytesOfUnit) }
}

extension EvaluationError {
    static func noOverload(_ name: String, _ values: [Value]) -> EvaluationError {
        EvaluationError("no such overload: \(name)(\(values.map(\.kind.typeName).joined(separator: ", ")))")
    }

    static let overflow = EvaluationError("integer overflow")
    static let timeRange = EvaluationError("the time is out of range")
}
