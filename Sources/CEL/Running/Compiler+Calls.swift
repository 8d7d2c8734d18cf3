extension Compiler {
    mutating func call(_ builtin: Builtin, _ arguments: [Plan]) -> Code {
        let parts = arguments.map { code($0) }
        let run = builtin.run
        guard builtin.signatures.contains(where: { $0.parameters.count == parts.count }) else {
            let name = builtin.name
            return { _ throws(EvaluationError) in throw EvaluationError("no such overload: \(name)") }
        }
        if builtin.name == "or" || builtin.name == "orValue" { return Self.alternative(parts[0], parts[1], builtin.name) }
        if builtin.name == "matches", case .constant(.string(let text)) = arguments[1], let pattern = try? Pattern(text) {
            return Self.matches(parts[0], pattern)
        }
        switch parts.count {
        case 1:
            let first = parts[0]
            return { frame throws(EvaluationError) in
                let value = try first(&frame)
                return try run(&frame, [value])
            }
        case 2:
            let (first, second) = (parts[0], parts[1])
            return { frame throws(EvaluationError) in
                let value = try first(&frame)
                let other = try second(&frame)
                return try run(&frame, [value, other])
            }
        default:
            return { frame throws(EvaluationError) in
                let values = try Self.values(parts, &frame)
                return try run(&frame, values)
            }
        }
    }

    private static func values(_ parts: [Code], _ frame: inout Frame) throws(EvaluationError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(parts.count)
        for part in parts { values.append(try part(&frame)) }
        return values
    }

    private static func alternative(_ first: @escaping Code, _ second: @escaping Code, _ name: String) -> Code {
        { frame throws(EvaluationError) in
            let value = try first(&frame)
            guard case .optional(let held) = value else { throw .noOverload(name, [value]) }
            guard let held else {
                let other = try second(&frame)
                if name == "or", case .optional = other { return other }
                if name == "or" { throw .noOverload(name, [value, other]) }
                return other
            }
            return name == "or" ? value : held
        }
    }

    private static func matches(_ text: @escaping Code, _ pattern: Pattern) -> Code {
        { frame throws(EvaluationError) in
            let value = try text(&frame)
            guard case .string(let text) = value else { throw .noOverload("matches", [value]) }
            try frame.charge(bytes: text.utf8.count * 8)
            return .bool(pattern.isFound(in: text))
        }
    }

    static func outside(_ name: String, _ target: Code?, _ arguments: [Code]) -> Code {
        { frame throws(EvaluationError) in
            let receiver = try target?(&frame)
            let values = try values(arguments, &frame)
            return try frame.world.call(name, target: receiver, arguments: values)
        }
    }

    static func either(_ builtin: Builtin, _ name: String, _ isMethod: Bool, _ parts: [Code]) -> Code {
        { frame throws(EvaluationError) in
            var values = try values(parts, &frame)
            guard case .object? = values.first else { return try builtin.run(&frame, values) }
            let receiver = isMethod ? values.removeFirst() : nil
            return try frame.world.call(name, target: receiver, arguments: values)
        }
    }

    static func optionalMap(
        _ target: @escaping Code, _ local: Int, _ body: @escaping Code, _ isFlat: Bool
    ) -> Code {
        { frame throws(EvaluationError) in
            let value = try target(&frame)
            guard case .optional(let held) = value else { throw .noOverload("optMap", [value]) }
            guard let held else { return value }
            frame.locals[local] = held
            let made = try body(&frame)
            guard isFlat else { return .optional(made) }
            guard case .optional = made else { throw .noOverload("optFlatMap", [made]) }
            return made
        }
    }
}
