/// The functions and methods that every expression knows.
enum Library {
    /// Functions by name, such as `size` and `math.abs`.
    static let functions = table([conversions, sizes, matching, math, optionalFunctions, textFunctions])
    /// Methods by name, such as `startsWith`; the first argument is the target.
    static let methods = table([sizes, matching, strings, times, optionalMethods])

    private static func table(_ parts: [[Builtin]]) -> [String: Builtin] {
        Dictionary(parts.joined().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static let sizes = [
        Builtin(
            name: "size",
            signatures: [.string, .bytes, .list(.parameter("A")), .map(.parameter("A"), .parameter("B"))].map {
                Signature($0, to: .int)
            }
        ) { (frame: inout Frame, arguments: [Value]) throws(EvaluationError) in
            switch arguments[0] {
            case .string(let text):
                try frame.charge(bytes: text.utf8.count)
                return .int(Int64(text.unicodeScalars.count))
            case .bytes(let bytes): return .int(Int64(bytes.count))
            case .list(let items): return .int(Int64(items.count))
            case .map(let map): return .int(Int64(map.count))
            default: throw .noOverload("size", arguments)
            }
        }
    ]

    private static let matching = [
        Builtin(name: "matches", signatures: [Signature(.string, .string, to: .bool)]) {
            (frame: inout Frame, arguments: [Value]) throws(EvaluationError) in
            let text = try arguments.text(0)
            let pattern = try arguments.text(1)
            try frame.charge(bytes: (text.utf8.count + pattern.utf8.count) * 8)
            return .bool(try Pattern(pattern).isFound(in: text))
        }
    ]
}

/// Arguments by their place, refused where they are of another type.
extension [Value] {
    func text(_ index: Int) throws(EvaluationError) -> String {
        guard index < count, case .string(let text) = self[index] else { throw .noOverload("", self) }
        return text
    }

    func integer(_ index: Int) throws(EvaluationError) -> Int64 {
        guard index < count, case .int(let number) = self[index] else { throw .noOverload("", self) }
        return number
    }

    func list(_ index: Int) throws(EvaluationError) -> [Value] {
        guard index < count, case .list(let items) = self[index] else { throw .noOverload("", self) }
        return items
    }
}
