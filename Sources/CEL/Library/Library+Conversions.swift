extension Library {
    static let conversions: [Builtin] = [
        convert("int", from: [.int, .uint, .double, .string, .timestamp], to: .int, int),
        convert("uint", from: [.uint, .int, .double, .string], to: .uint, uint),
        convert("double", from: [.double, .int, .uint, .string], to: .double, double),
        convert("string", from: [.string, .bool, .int, .uint, .double, .bytes, .timestamp, .duration], to: .string, string),
        convert("bytes", from: [.bytes, .string], to: .bytes, bytes),
        convert("bool", from: [.bool, .string], to: .bool, bool),
        convert("timestamp", from: [.timestamp, .string, .int], to: .timestamp, timestamp),
        convert("duration", from: [.duration, .string], to: .duration, duration),
        convert("type", from: [.parameter("A")], to: .type) { value throws(EvaluationError) in .type(value.kind) },
        convert("dyn", from: [.parameter("A")], to: .dyn) { value throws(EvaluationError) in value },
    ]

    private static func convert(
        _ name: String, from kinds: [Kind], to result: Kind,
        _ change: @escaping @Sendable (Value) throws(EvaluationError) -> Value?
    ) -> Builtin {
        Builtin(name: name, signatures: kinds.map { Signature($0, to: result) }) {
            (frame: inout Frame, arguments: [Value]) throws(EvaluationError) in
            switch arguments[0] {
            case .string(let text): try frame.charge(bytes: text.utf8.count)
            case .bytes(let bytes): try frame.charge(bytes: bytes.count)
            default: break
            }
            guard let made = try change(arguments[0]) else { throw .noOverload(name, arguments) }
            return made
        }
    }

    private static func int(_ value: Value) throws(EvaluationError) -> Value? {
        switch value {
        case .int: return value
        case .uint(let number): return .int(try inRange(Int64(exactly: number), "int"))
        case .double(let number):
            // The ends are left out: a double near them may stand for a number beyond.
            let fits = number > -0x1p63 && number < 0x1p63
            return .int(try inRange(fits ? Int64(number) : nil, "int"))
        case .string(let text): return .int(try parsed(Int64(text), text, "int"))
        case .timestamp(let moment): return .int(moment.seconds)
        default: return nil
        }
    }

    private static func uint(_ value: Value) throws(EvaluationError) -> Value? {
        switch value {
        case .uint: return value
        case .int(let number): return .uint(try inRange(UInt64(exactly: number), "uint"))
        case .double(let number):
            let fits = number >= 0 && number < 0x1p64
            return .uint(try inRange(fits ? UInt64(number) : nil, "uint"))
        case .string(let text): return .uint(try parsed(UInt64(text), text, "uint"))
        default: return nil
        }
    }

    private static func double(_ value: Value) throws(EvaluationError) -> Value? {
        switch value {
        case .double: return value
        case .int(let number): return .double(Double(number))
        case .uint(let number): return .double(Double(number))
        case .string(let text): return .double(try parsed(Double(text), text, "double"))
        default: return nil
        }
    }

    private static func string(_ value: Value) throws(EvaluationError) -> Value? {
        switch value {
        case .bytes(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else { throw EvaluationError("invalid UTF-8") }
            return .string(text)
        case .string: return value
        case .bool, .int, .uint, .double, .timestamp, .duration: return .string(Formatter.text(of: value))
        default: return nil
        }
    }

    private static func bytes(_ value: Value) throws(EvaluationError) -> Value? {
        switch value {
        case .bytes: value
        case .string(let text): .bytes(Array(text.utf8))
        default: nil
        }
    }

    private static func bool(_ value: Value) throws(EvaluationError) -> Value? {
        switch value {
        case .bool: return value
        case .string(let text):
            switch text {
            case "1", "t", "T", "true", "True", "TRUE": return .bool(true)
            case "0", "f", "F", "false", "False", "FALSE": return .bool(false)
            default: throw EvaluationError("not a bool: '\(text)'")
            }
        default: return nil
        }
    }

    private static func timestamp(_ value: Value) throws(EvaluationError) -> Value? {
        switch value {
        case .timestamp: return value
        case .int(let seconds): return .timestamp(try Timestamp(seconds: seconds).inRange())
        case .string(let text):
            guard let moment = Timestamp(text: text) else { throw EvaluationError("not a timestamp: '\(text)'") }
            return .timestamp(try moment.inRange())
        default: return nil
        }
    }

    private static func duration(_ value: Value) throws(EvaluationError) -> Value? {
        switch value {
        case .duration: return value
        case .string(let text): return .duration(try Span(text: text))
        default: return nil
        }
    }

    private static func inRange<T>(_ number: T?, _ kind: String) throws(EvaluationError) -> T {
        guard let number else { throw EvaluationError("range error: the number is not within the type \(kind)") }
        return number
    }

    private static func parsed<T>(_ number: T?, _ text: String, _ kind: String) throws(EvaluationError) -> T {
        guard let number else { throw EvaluationError("not a number of type \(kind): '\(text)'") }
        return number
    }
}
