extension Library {
    private static let inner = Kind.parameter("A")

    static let optionalFunctions: [Builtin] = [
        Builtin(name: "optional.of", signatures: [Signature(inner, to: .optional(inner))]) {
            (_: inout Frame, arguments: [Value]) throws(EvaluationError) in .optional(arguments[0])
        },
        Builtin(name: "optional.ofNonZeroValue", signatures: [Signature(inner, to: .optional(inner))]) {
            (_: inout Frame, arguments: [Value]) throws(EvaluationError) in
            .optional(isZero(arguments[0]) ? nil : arguments[0])
        },
        Builtin(name: "optional.none", signatures: [Signature(to: .optional(inner))]) {
            (_: inout Frame, _: [Value]) throws(EvaluationError) in .optional(nil)
        },
        Builtin(name: "optional.unwrap", signatures: [Signature(.list(.optional(inner)), to: .list(inner))], run: unwrap),
    ]

    static let optionalMethods: [Builtin] = [
        Builtin(name: "hasValue", signatures: [Signature(.optional(inner), to: .bool)]) {
            (_: inout Frame, arguments: [Value]) throws(EvaluationError) in .bool(try held("hasValue", arguments) != nil)
        },
        Builtin(name: "value", signatures: [Signature(.optional(inner), to: inner)]) {
            (_: inout Frame, arguments: [Value]) throws(EvaluationError) in
            guard let value = try held("value", arguments) else { throw EvaluationError("the optional holds no value") }
            return value
        },
        // The compiler evaluates the second part of these two only where it is wanted.
        Builtin(name: "or", signatures: [Signature(.optional(inner), .optional(inner), to: .optional(inner))]) {
            (_: inout Frame, arguments: [Value]) throws(EvaluationError) in
            try held("or", arguments) == nil ? arguments[1] : arguments[0]
        },
        Builtin(name: "orValue", signatures: [Signature(.optional(inner), inner, to: inner)]) {
            (_: inout Frame, arguments: [Value]) throws(EvaluationError) in
            try held("orValue", arguments) ?? arguments[1]
        },
        Builtin(name: "unwrapOpt", signatures: [Signature(.list(.optional(inner)), to: .list(inner))], run: unwrap),
    ]

    /// Whether it is what a value of its type is when nothing was put in.
    private static func isZero(_ value: Value) -> Bool {
        switch value {
        case .null, .optional(.none): true
        case .bool(let value): !value
        case .int(let value): value == 0
        case .uint(let value): value == 0
        case .double(let value): value == 0
        case .string(let value): value.isEmpty
        case .bytes(let value): value.isEmpty
        case .list(let value): value.isEmpty
        case .map(let value): value.isEmpty
        case .timestamp(let value): value == Timestamp(seconds: 0)
        case .duration(let value): value == Span(seconds: 0)
        case .type, .optional, .object: false
        }
    }

    private static func held(_ name: String, _ arguments: [Value]) throws(EvaluationError) -> Value? {
        guard case .optional(let value) = arguments[0] else { throw .noOverload(name, arguments) }
        return value
    }

    private static func unwrap(_ frame: inout Frame, _ arguments: [Value]) throws(EvaluationError) -> Value {
        var found: [Value] = []
        for item in try arguments.list(0) {
            try frame.charge(1)
            guard case .optional(let value) = item else { throw .noOverload("unwrap", arguments) }
            if let value { found.append(value) }
        }
        return .list(found)
    }
}
