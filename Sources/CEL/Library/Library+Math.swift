extension Library {
    /// How many arguments `math.greatest` and `math.least` take at most.
    private static let mostArguments = 32

    /// The `math` extension.
    static let math: [Builtin] = [
        extreme("math.greatest", .after), extreme("math.least", .before),
        number("math.ceil") { $0.rounded(.up) }, number("math.floor") { $0.rounded(.down) },
        number("math.round") { $0.rounded(.toNearestOrAwayFromZero) }, number("math.trunc") { $0.rounded(.towardZero) },
        question("math.isNaN") { $0.isNaN }, question("math.isInf") { $0.isInfinite },
        question("math.isFinite") { $0.isFinite },
        Builtin(name: "math.sqrt", signatures: [.double, .int, .uint].map { Signature($0, to: .double) }) {
            (_: inout Frame, arguments: [Value]) throws(EvaluationError) in
            switch arguments[0] {
            case .double(let number): return .double(number.squareRoot())
            case .int(let number): return .double(Double(number).squareRoot())
            case .uint(let number): return .double(Double(number).squareRoot())
            default: throw .noOverload("math.sqrt", arguments)
            }
        },
        Builtin(name: "math.abs", signatures: [.int, .uint, .double].map { Signature($0, to: $0) }) {
            (_: inout Frame, arguments: [Value]) throws(EvaluationError) in
            switch arguments[0] {
            case .int(let number):
                guard number != .min else { throw .overflow }
                return .int(abs(number))
            case .double(let number): return .double(abs(number))
            case .uint: return arguments[0]
            default: throw .noOverload("math.abs", arguments)
            }
        },
        Builtin(name: "math.sign", signatures: [.int, .uint, .double].map { Signature($0, to: $0) }) {
            (_: inout Frame, arguments: [Value]) throws(EvaluationError) in
            switch arguments[0] {
            case .int(let number): return .int(number.signum())
            case .uint(let number): return .uint(number.signum())
            case .double(let number): return .double(number.isNaN || number == 0 ? number : number < 0 ? -1 : 1)
            default: throw .noOverload("math.sign", arguments)
            }
        },
        bits("math.bitAnd", { $0 & $1 }, { $0 & $1 }), bits("math.bitOr", { $0 | $1 }, { $0 | $1 }),
        bits("math.bitXor", { $0 ^ $1 }, { $0 ^ $1 }),
        Builtin(name: "math.bitNot", signatures: [.int, .uint].map { Signature($0, to: $0) }) {
            (_: inout Frame, arguments: [Value]) throws(EvaluationError) in
            switch arguments[0] {
            case .int(let number): return .int(~number)
            case .uint(let number): return .uint(~number)
            default: throw .noOverload("math.bitNot", arguments)
            }
        },
        shift("math.bitShiftLeft") { $0 << $1 }, shift("math.bitShiftRight") { $0 >> $1 },
    ]

    private static func extreme(_ name: String, _ wanted: Comparison.Order) -> Builtin {
        let signatures =
            [Signature(.list(.dyn), to: .dyn)]
            + (1...mostArguments).map { Signature(parameters: [Kind](repeating: .dyn, count: $0), result: .dyn) }
        return Builtin(name: name, signatures: signatures) {
            (frame: inout Frame, arguments: [Value]) throws(EvaluationError) in
            var numbers = arguments
            if arguments.count == 1, case .list(let items) = arguments[0] { numbers = items }
            try frame.charge(numbers.count)
            guard var best = numbers.first, Comparison.numbers(best, best) != nil else { throw .noOverload(name, arguments) }
            for number in numbers.dropFirst() {
                guard let order = Comparison.numbers(number, best) else { throw .noOverload(name, arguments) }
                if order == wanted { best = number }
            }
            return best
        }
    }

    private static func number(_ name: String, _ change: @escaping @Sendable (Double) -> Double) -> Builtin {
        Builtin(name: name, signatures: [Signature(.double, to: .double)]) {
            (_: inout Frame, arguments: [Value]) throws(EvaluationError) in
            guard case .double(let number) = arguments[0] else { throw .noOverload(name, arguments) }
            return .double(change(number))
        }
    }

    private static func question(_ name: String, _ ask: @escaping @Sendable (Double) -> Bool) -> Builtin {
        Builtin(name: name, signatures: [Signature(.double, to: .bool)]) {
            (_: inout Frame, arguments: [Value]) throws(EvaluationError) in
            guard case .double(let number) = arguments[0] else { throw .noOverload(name, arguments) }
            return .bool(ask(number))
        }
    }

    private static func bits(
        _ name: String, _ signed: @escaping @Sendable (Int64, Int64) -> Int64,
        _ unsigned: @escaping @Sendable (UInt64, UInt64) -> UInt64
    ) -> Builtin {
        Builtin(name: name, signatures: [.int, .uint].map { Signature($0, $0, to: $0) }) {
            (_: inout Frame, arguments: [Value]) throws(EvaluationError) in
            switch (arguments[0], arguments[1]) {
            case (.int(let a), .int(let b)): return .int(signed(a, b))
            case (.uint(let a), .uint(let b)): return .uint(unsigned(a, b))
            default: throw .noOverload(name, arguments)
            }
        }
    }

    /// A shift of bits that takes no account of the sign; beyond 63 places nothing is left.
    private static func shift(_ name: String, _ move: @escaping @Sendable (UInt64, UInt64) -> UInt64) -> Builtin {
        Builtin(name: name, signatures: [.int, .uint].map { Signature($0, .int, to: $0) }) {
            (_: inout Frame, arguments: [Value]) throws(EvaluationError) in
            let places = try arguments.integer(1)
            guard places >= 0 else { throw EvaluationError("\(name): negative offset \(places)") }
            switch arguments[0] {
            case .int(let number):
                return .int(Int64(bitPattern: places > 63 ? 0 : move(UInt64(bitPattern: number), UInt64(places))))
            case .uint(let number): return .uint(places > 63 ? 0 : move(number, UInt64(places)))
            default: throw .noOverload(name, arguments)
            }
        }
    }
}
