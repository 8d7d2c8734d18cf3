/// An expression as it was written, macros recognised, names not yet resolved.
struct Expression {
    indirect enum Form {
        case literal(Value)
        /// A name; `isAbsolute` where a dot stands before it, so that no namespace is tried.
        case name(String, isAbsolute: Bool)
        case select(Expression, field: String, isOptional: Bool)
        /// `has(operand.field)`
        case has(Expression, field: String, isOptional: Bool)
        case index(Expression, Expression, isOptional: Bool)
        case call(String, isAbsolute: Bool, [Expression])
        case method(Expression, String, nameRange: Range<Int>, [Expression])
        /// Operands joined by `&&` or `||`.
        case junction(isAnd: Bool, [Expression])
        case unary(Operator, Expression)
        case binary(Operator, Expression, Expression)
        case conditional(Expression, Expression, Expression)
        case list([Item])
        case map([Entry])
        case message(Expression, [Expression])
        case loop(Loop)
        case bind(String, Expression, Expression)
        /// `optMap` and, flat, `optFlatMap`.
        case optionalMap(Expression, String, Expression, isFlat: Bool)
    }

    struct Item {
        var expression: Expression
        var isOptional: Bool
    }

    struct Entry {
        var key: Expression
        var value: Expression
        var isOptional: Bool
    }

    /// A macro that goes over the elements of a list or the entries of a map.
    struct Loop {
        var kind: LoopKind
        var range: Expression
        var names: [String]
        var condition: Expression?
        var body: Expression
    }

    var form: Form
    /// The bytes of the text that it was read from.
    var range: Range<Int>
    /// Levels below and with this one.
    var depth: Int
}

/// What a macro makes of the elements that it goes over.
enum LoopKind: Sendable {
    case all, exists, existsOne
    /// A list of what the body makes, of those for which the condition holds.
    case list
    /// The elements for which the body holds.
    case filter
    /// A map with the same keys.
    case map
    /// A map joined from the maps that the body makes.
    case entries
}

/// An operator with one or two operands, `&&` and `||` apart.
enum Operator: String, Sendable {
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case isIn = "in"
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
    case not = "!"

    /// How tightly it binds; nil for one that takes one operand only.
    var precedence: Int? {
        switch self {
        case .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn: 3
        case .add, .subtract: 4
        case .multiply, .divide, .remainder: 5
        case .not: nil
        }
    }
}
