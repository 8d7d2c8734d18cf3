/// Limits of the values that expressions may make. A value may hold the same list many times over, so that a small one in memory
/// is endless to whoever goes through it; and one kept and wrapped again in each step of a workflow may grow too deep for a stack.
enum Measure {
    /// Lists and maps within each other.
    static let deepest = 100
    /// Values in one value, itself among them.
    static let most = 1_000_000

    static func check(_ value: Value) throws(EvaluationError) {
        var count = 0
        try check(value, depth: 1, &count)
    }

    private static func check(_ value: Value, depth: Int, _ count: inout Int) throws(EvaluationError) {
        count += 1
        guard count <= most else { throw EvaluationError("the value holds more than \(most) values") }
        guard depth <= deepest else { throw EvaluationError("the value is nested deeper than \(deepest) levels") }
        switch value {
        case .list(let items): for item in items { try check(item, depth: depth + 1, &count) }
        case .map(let map): for item in map.values { try check(item, depth: depth + 1, &count) }
        case .optional(.some(let held)): try check(held, depth: depth + 1, &count)
        default: break
        }
    }
}

extension Plan {
    /// Whether it may put values together that were apart.
    var makesContainers: Bool {
        switch self {
        case .constant, .slot, .local, .named, .failing, .has, .unary, .outside: false
        case .junction, .index, .select: parts.contains { $0.makesContainers }
        case .binary(let sign, _, _): sign == .add
        case .list(let items): items.contains { !$0.plan.isConstant }
        case .conditional, .bind: parts.contains { $0.makesContainers }
        case .builtin(let builtin, _): builtin.signatures.contains { $0.result.isContainer }
        case .map, .either, .optionalMap: true
        case .loop(let loop):
            switch loop.kind {
            case .all, .exists, .existsOne: false
            case .list, .filter, .map, .entries: true
            }
        }
    }

    private var isConstant: Bool {
        if case .constant = self { return true }
        return false
    }

    /// The parts from which the value may come whole.
    private var parts: [Plan] {
        switch self {
        case .conditional(_, let yes, let no): [yes, no]
        case .bind(_, let value, let body): [value, body]
        case .index(let operand, _, _), .select(let operand, _, _): [operand]
        default: []
        }
    }
}

extension Kind {
    fileprivate var isContainer: Bool {
        switch self {
        case .list, .map, .optional, .dyn, .parameter: true
        default: false
        }
    }
}
