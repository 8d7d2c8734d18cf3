/// Equality and order as expressions know them: numbers of different types compare by their value, other values of different
/// types are unequal and have no order.
enum Comparison {
    /// Whether `a == b`; each pair of elements costs a unit.
    static func areEqual(_ a: Value, _ b: Value, _ frame: inout Frame) throws(EvaluationError) -> Bool {
        switch (a, b) {
        case (.int(let x), .int(let y)): return x == y
        case (.string(let x), .string(let y)):
            try frame.charge(bytes: min(x.utf8.count, y.utf8.count))
            return isSame(x, y)
        case (.list(let x), .list(let y)): return try areEqual(x, y, &frame)
        case (.map(let x), .map(let y)): return try areEqual(x, y, &frame)
        case (.optional(.some(let x)), .optional(.some(let y))): return try areEqual(x, y, &frame)
        case (.type(let x), .type(let y)): return x.typeName == y.typeName
        default:
            if let order = numbers(a, b) { return order == .same }
            return a == b
        }
    }

    private static func areEqual(_ a: [Value], _ b: [Value], _ frame: inout Frame) throws(EvaluationError) -> Bool {
        guard a.count == b.count else { return false }
        for index in a.indices {
            try frame.charge(1)
            guard try areEqual(a[index], b[index], &frame) else { return false }
        }
        return true
    }

    private static func areEqual(
        _ a: [Value: Value], _ b: [Value: Value], _ frame: inout Frame
    ) throws(EvaluationError) -> Bool {
        guard a.count == b.count else { return false }
        for key in sortedKeys(a) {
            try frame.charge(1)
            guard let x = a[key], let y = find(key, in: b), try areEqual(x, y, &frame) else { return false }
        }
        return true
    }

    enum Order { case before, same, after, none }

    /// How two numbers stand to each other; nil where one is not a number, `none` beside NaN. An integer beside a double counts as
    /// the double nearest to it, as the specification's cases have it.
    static func numbers(_ a: Value, _ b: Value) -> Order? {
        switch (a, b) {
        case (.int(let x), .int(let y)): order(x, y)
        case (.uint(let x), .uint(let y)): order(x, y)
        case (.double(let x), .double(let y)): order(x, y)
        case (.int(let x), .uint(let y)): x < 0 ? .before : order(UInt64(x), y)
        case (.uint(let x), .int(let y)): y < 0 ? .after : order(x, UInt64(y))
        case (.int(let x), .double(let y)): order(Double(x), y)
        case (.double(let x), .int(let y)): order(x, Double(y))
        case (.uint(let x), .double(let y)): order(Double(x), y)
        case (.double(let x), .uint(let y)): order(x, Double(y))
        default: nil
        }
    }

    static func order<T: Comparable>(_ a: T, _ b: T) -> Order {
        if a < b { return .before }
        if a == b { return .same }
        return a > b ? .after : .none
    }

    /// How two values stand to each other; nil where they have no order.
    static func order(_ a: Value, _ b: Value) -> Order? {
        switch (a, b) {
        case (.int(let x), .int(let y)): order(x, y)
        case (.string(let x), .string(let y)): order(bytes: x.utf8, y.utf8)
        case (.bytes(let x), .bytes(let y)): order(bytes: x, y)
        case (.bool(let x), .bool(let y)): order(x ? 1 : 0, y ? 1 : 0)
        case (.timestamp(let x), .timestamp(let y)): order(x, y)
        case (.duration(let x), .duration(let y)): order(x, y)
        default: numbers(a, b)
        }
    }

    /// The order of bytes; in UTF-8 it is that of the scalars.
    private static func order(bytes a: some Sequence<UInt8>, _ b: some Sequence<UInt8>) -> Order {
        var (rest, other) = (a.makeIterator(), b.makeIterator())
        while true {
            switch (rest.next(), other.next()) {
            case (nil, nil): return .same
            case (nil, _): return .before
            case (_, nil): return .after
            case (let x?, let y?): if x != y { return x < y ? .before : .after }
            }
        }
    }

    /// The value under a key: `1`, `1u` and `1.0` are the same key.
    static func find(_ key: Value, in map: [Value: Value]) -> Value? {
        switch key {
        case .string, .bool: return map[key]
        case .int(let number):
            if let found = map[key] { return found }
            return UInt64(exactly: number).flatMap { map[.uint($0)] }
        case .uint(let number):
            if let found = map[key] { return found }
            return Int64(exactly: number).flatMap { map[.int($0)] }
        case .double(let number):
            if let whole = Int64(exactly: number) { return find(.int(whole), in: map) }
            return UInt64(exactly: number).flatMap { map[.uint($0)] }
        default: return nil
        }
    }

    /// The keys in the order in which expressions go over them: Booleans, numbers, text.
    static func sortedKeys(_ map: [Value: Value]) -> [Value] {
        map.keys.sorted { a, b in
            if let order = order(a, b) { return order == .before }
            return rank(a) < rank(b)
        }
    }

    private static func rank(_ key: Value) -> Int {
        switch key {
        case .bool: 0
        case .int, .uint, .double: 1
        case .string: 2
        default: 3
        }
    }
}
