/// Reads tokens as an expression (the grammar of the language definition, with optional syntax).
struct Parser {
    /// How deep expressions may be nested in each other; more would need a stack that a thread may not have (a level takes 8 KiB of
    /// it without optimisation).
    static let deepest = 100
    /// How many levels the tree may have, to which operators and selections in a row add too.
    static let tallest = 200
    /// Bytes of the longest text that is read.
    static let longest = 100_000

    let tokens: [Token]
    var place = 0
    var depth = 0

    /// The whole text as one expression.
    static func parse(_ text: String) throws(CompileError) -> Expression {
        guard text.utf8.count <= longest else {
            throw CompileError(0..<text.utf8.count, "the expression is too long", expected: "at most \(longest) bytes")
        }
        var lexer = Lexer(text)
        var parser = Parser(tokens: try lexer.tokens())
        let expression = try parser.expression()
        guard parser.token.content == .end else {
            throw CompileError(
                parser.token.range, "\(parser.token.shown) does not belong here", expected: "an operator or the end",
                nearest: ["`and`": "&&", "`or`": "||", "`is`": "=="][parser.token.shown])
        }
        return expression
    }

    var token: Token { tokens[place] }

    mutating func advance() { if place < tokens.count - 1 { place += 1 } }

    /// Takes the symbol if it stands next.
    mutating func take(_ symbol: String) -> Bool {
        guard token.content == .symbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func need(_ symbol: String) throws(CompileError) {
        guard take(symbol) else {
            throw CompileError(token.range, "\(token.shown) does not belong here", expected: "`\(symbol)`")
        }
    }

    /// An expression above its parts, refused where it is too deep.
    func made(_ form: Expression.Form, from start: Int, above parts: [Expression]) throws(CompileError) -> Expression {
        let range = start..<max(start, place > 0 ? tokens[place - 1].range.upperBound : start)
        let depth = (parts.map(\.depth).max() ?? 0) + 1
        guard depth <= Self.tallest else { throw tooDeep(range) }
        return Expression(form: form, range: range, depth: depth)
    }

    func tooDeep(_ range: Range<Int>) -> CompileError {
        CompileError(
            range, "the expression is nested too deep",
            expected: "at most \(Self.deepest) parentheses, \(Self.tallest) operators in a row")
    }
}

extension Parser {
    mutating func expression() throws(CompileError) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw tooDeep(token.range) }
        let start = token.range.lowerBound
        let condition = try junction("||")
        guard take("?") else { return condition }
        let yes = try junction("||")
        try need(":")
        let no = try expression()
        return try made(.conditional(condition, yes, no), from: start, above: [condition, yes, no])
    }

    /// Operands joined by `||`, each of operands joined by `&&`.
    private mutating func junction(_ symbol: String) throws(CompileError) -> Expression {
        let start = token.range.lowerBound
        var operands: [Expression] = []
        repeat {
            operands.append(symbol == "||" ? try junction("&&") : try binary(3))
        } while take(symbol)
        if operands.count == 1 { return operands[0] }
        return try made(.junction(isAnd: symbol == "&&", operands), from: start, above: operands)
    }

    private mutating func binary(_ lowest: Int) throws(CompileError) -> Expression {
        let start = token.range.lowerBound
        var left = try unary()
        while let (sign, precedence) = binaryOperator(), precedence >= lowest {
            advance()
            let right = try binary(precedence + 1)
            left = try made(.binary(sign, left, right), from: start, above: [left, right])
        }
        return left
    }

    private func binaryOperator() -> (Operator, Int)? {
        let sign: Operator? =
            switch token.content {
            case .symbol(let symbol): Operator(rawValue: symbol)
            case .name("in"): .isIn
            default: nil
            }
        guard let sign, let precedence = sign.precedence else { return nil }
        return (sign, precedence)
    }

    private mutating func unary() throws(CompileError) -> Expression {
        let start = token.range.lowerBound
        guard token.content == .symbol("!") || token.content == .symbol("-") else { return try member() }
        let sign: Operator = token.content == .symbol("!") ? .not : .subtract
        var starts: [Int] = []
        while token.content == .symbol(sign.rawValue), !isNegativeNumber {
            starts.append(token.range.lowerBound)
            advance()
        }
        guard starts.count <= Self.tallest else { throw tooDeep(start..<token.range.lowerBound) }
        var operand = try member()
        while let start = starts.popLast() { operand = try made(.unary(sign, operand), from: start, above: [operand]) }
        return operand
    }

    /// Whether a minus and a number stand next: together they are one literal.
    private var isNegativeNumber: Bool {
        guard token.content == .symbol("-") else { return false }
        switch tokens[place + 1].content {
        case .integer, .double: return true
        default: return false
        }
    }
}

extension Parser {
    /// A primary expression and what is selected, indexed or called on it.
    private mutating func member() throws(CompileError) -> Expression {
        let start = token.range.lowerBound
        var operand = try primary()
        while true {
            if take(".") {
                operand = try selection(of: operand, from: start)
            } else if take("[") {
                let isOptional = take("?")
                let index = try expression()
                try need("]")
                operand = try made(.index(operand, index, isOptional: isOptional), from: start, above: [operand, index])
            } else if token.content == .symbol("{"), isDotted(operand) {
                operand = try message(operand, from: start)
            } else {
                return operand
            }
        }
    }

    private mutating func selection(of operand: Expression, from start: Int) throws(CompileError) -> Expression {
        let isOptional = take("?")
        let named = token
        switch named.content {
        case .name(let name):
            advance()
            if !isOptional, take("(") {
                let arguments = try list(until: ")")
                return try method(operand, name, named.range, arguments, from: start)
            }
            return try made(.select(operand, field: name, isOptional: isOptional), from: start, above: [operand])
        case .quotedName(let name):
            advance()
            return try made(.select(operand, field: name, isOptional: isOptional), from: start, above: [operand])
        default:
            throw CompileError(named.range, "\(named.shown) does not belong here", expected: "the name of a field or method")
        }
    }

    private func isDotted(_ expression: Expression) -> Bool {
        switch expression.form {
        case .name: true
        case .select(let operand, _, false): isDotted(operand)
        default: false
        }
    }

    private mutating func primary() throws(CompileError) -> Expression {
        let start = token.range.lowerBound
        let first = token
        switch first.content {
        case .symbol("("):
            advance()
            let inner = try expression()
            try need(")")
            return inner
        case .symbol("["): return try listLiteral()
        case .symbol("{"): return try mapLiteral()
        case .symbol("."):
            advance()
            return try name(from: start, isAbsolute: true)
        case .symbol("-") where isNegativeNumber:
            advance()
            return try literal(isNegative: true, from: start)
        case .name: return try name(from: start, isAbsolute: false)
        default: return try literal(isNegative: false, from: start)
        }
    }

    private mutating func name(from start: Int, isAbsolute: Bool) throws(CompileError) -> Expression {
        guard case .name(let name) = token.content else {
            throw CompileError(token.range, "\(token.shown) does not belong here", expected: "a name")
        }
        if !isAbsolute, let constant = Self.constants[name] {
            advance()
            return try made(.literal(constant), from: start, above: [])
        }
        guard !Self.reserved.contains(name) else { throw CompileError(token.range, "`\(name)` is a reserved word") }
        advance()
        if take("(") {
            let arguments = try list(until: ")")
            return try call(name, isAbsolute: isAbsolute, arguments, from: start)
        }
        return try made(.name(name, isAbsolute: isAbsolute), from: start, above: [])
    }

    private static let constants: [String: Value] = ["true": .bool(true), "false": .bool(false), "null": .null]

    private static let reserved: Set<String> = [
        "false", "in", "null", "true", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let",
        "loop", "package", "namespace", "return", "var", "void", "while",
    ]

    private mutating func literal(isNegative: Bool, from start: Int) throws(CompileError) -> Expression {
        let value: Value
        switch token.content {
        case .integer(let magnitude):
            guard magnitude <= UInt64(Int64.max) + (isNegative ? 1 : 0) else {
                throw CompileError(start..<token.range.upperBound, "the number is out of range")
            }
            value = .int(isNegative ? Int64(truncatingIfNeeded: 0 &- magnitude) : Int64(magnitude))
        case .unsigned(let number): value = .uint(number)
        case .double(let number): value = .double(isNegative ? -number : number)
        case .string(let text): value = .string(text)
        case .bytes(let bytes): value = .bytes(bytes)
        default: throw CompileError(token.range, "\(token.shown) does not belong here", expected: "a value")
        }
        advance()
        return try made(.literal(value), from: start, above: [])
    }
}
