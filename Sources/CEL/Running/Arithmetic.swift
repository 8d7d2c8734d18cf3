/// What the operators with two operands do.
enum Arithmetic {
    static func apply(
        _ sign: Operator, _ a: Value, _ b: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        switch sign {
        case .equal: return .bool(try Comparison.areEqual(a, b, &frame))
        case .unequal: return .bool(try !Comparison.areEqual(a, b, &frame))
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return .bool(try compare(sign, a, b))
        case .isIn: return .bool(try contains(a, b, &frame))
        case .add: return try add(a, b, &frame)
        default: return try calculate(sign, a, b)
        }
    }

    static func compare(_ sign: Operator, _ a: Value, _ b: Value) throws(EvaluationError) -> Bool {
        guard let order = Comparison.order(a, b) else { throw .noOverload(sign.rawValue, [a, b]) }
        switch sign {
        case .less: return order == .before
        case .lessOrEqual: return order == .before || order == .same
        case .greater: return order == .after
        default: return order == .after || order == .same
        }
    }

    static func contains(_ a: Value, _ b: Value, _ frame: inout Frame) throws(EvaluationError) -> Bool {
        switch b {
        case .list(let items):
            for item in items {
                try frame.charge(1)
                if try Comparison.areEqual(a, item, &frame) { return true }
            }
            return false
        case .map(let map): return Comparison.find(a, in: map) != nil
        default: throw .noOverload("in", [a, b])
        }
    }

    private static func add(_ a: Value, _ b: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        switch (a, b) {
        case (.string(let x), .string(let y)):
            try frame.charge(bytes: x.utf8.count + y.utf8.count)
            return .string(x + y)
        case (.bytes(let x), .bytes(let y)):
            try frame.charge(bytes: x.count + y.count)
            return .bytes(x + y)
        case (.list(let x), .list(let y)):
            try frame.charge(x.count + y.count)
            return .list(x + y)
        case (.timestamp(let moment), .duration(let span)), (.duration(let span), .timestamp(let moment)):
            return .timestamp(try moment.adding(span, sign: 1))
        case (.duration(let x), .duration(let y)): return .duration(try x.adding(y, sign: 1))
        default: return try calculate(.add, a, b)
        }
    }

    private static func calculate(_ sign: Operator, _ a: Value, _ b: Value) throws(EvaluationError) -> Value {
        switch (a, b) {
        case (.int(let x), .int(let y)): return .int(try whole(sign, x, y))
        case (.uint(let x), .uint(let y)): return .uint(try whole(sign, x, y))
        case (.double(let x), .double(let y)):
            switch sign {
            case .add: return .double(x + y)
            case .subtract: return .double(x - y)
            case .multiply: return .double(x * y)
            case .divide: return .double(x / y)
            default: throw .noOverload(sign.rawValue, [a, b])
            }
        case (.timestamp(let x), .timestamp(let y)) where sign == .subtract: return .duration(try x.since(y))
        case (.timestamp(let x), .duration(let y)) where sign == .subtract: return .timestamp(try x.adding(y, sign: -1))
        case (.duration(let x), .duration(let y)) where sign == .subtract: return .duration(try x.adding(y, sign: -1))
        default: throw .noOverload(sign.rawValue, [a, b])
        }
    }

    private static func whole<T: FixedWidthInteger>(_ sign: Operator, _ x: T, _ y: T) throws(EvaluationError) -> T {
        let (result, hasOverflow) =
            switch sign {
            case .add: x.addingReportingOverflow(y)
            case .subtract: x.subtractingReportingOverflow(y)
            case .multiply: x.multipliedReportingOverflow(by: y)
            case .divide: x.dividedReportingOverflow(by: y)
            default: x.remainderReportingOverflow(dividingBy: y)
            }
        guard hasOverflow else { return result }
        if y == 0, sign == .divide { throw EvaluationError("division by zero") }
        if y == 0, sign == .remainder { throw EvaluationError("modulus by zero") }
        throw .overflow
    }

    static func negate(_ value: Value) throws(EvaluationError) -> Value {
        switch value {
        case .int(let number):
            guard number != .min else { throw .overflow }
            return .int(-number)
        case .double(let number): return .double(-number)
        default: throw .noOverload("-", [value])
        }
    }
}

extension Operator {
    private static let numbers: [Kind] = [.int, .uint, .double]
    private static let ordered: [Kind] = [.bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration]
    private static let element = Kind.parameter("A")

    static let notSignatures = [Signature(.bool, to: .bool)]
    static let negationSignatures = [Signature(.int, to: .int), Signature(.double, to: .double)]

    /// The types that the operator takes.
    var signatures: [Signature] {
        switch self {
        case .equal, .unequal: Self.equalitySignatures
        case .less, .lessOrEqual, .greater, .greaterOrEqual: Self.orderSignatures
        case .isIn: Self.inSignatures
        case .add: Self.addSignatures
        case .subtract: Self.subtractSignatures
        case .multiply, .divide: Self.numbers.map { Signature($0, $0, to: $0) }
        case .remainder: [Signature(.int, .int, to: .int), Signature(.uint, .uint, to: .uint)]
        case .not: Self.notSignatures
        }
    }

    private static let equalitySignatures = [Signature(element, element, to: .bool)]

    private static let inSignatures = [
        Signature(element, .list(element), to: .bool), Signature(element, .map(element, .parameter("B")), to: .bool),
    ]

    private static let orderSignatures =
        ordered.map { Signature($0, $0, to: .bool) }
        + numbers.flatMap { a in numbers.filter { $0 != a }.map { Signature(a, $0, to: .bool) } }

    private static let addSignatures =
        (numbers + [.string, .bytes, .list(element), .duration]).map { Signature($0, $0, to: $0) }
        + [Signature(.timestamp, .duration, to: .timestamp), Signature(.duration, .timestamp, to: .timestamp)]

    private static let subtractSignatures =
        (numbers + [.duration]).map { Signature($0, $0, to: $0) }
        + [Signature(.timestamp, .timestamp, to: .duration), Signature(.timestamp, .duration, to: .timestamp)]
}
