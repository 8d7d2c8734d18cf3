/// Code for an expression: it takes what stands around and makes the value.
typealias Code = @Sendable (inout Frame) throws(EvaluationError) -> Value

/// Turns plans into closures, each of which holds the closures of its parts.
///
/// A part that is evaluated once per evaluation of the whole costs what it has steps, charged in one sum at the beginning; the
/// body of a loop is charged for each element.
struct Compiler {
    /// The code with the number of its steps, loops counted once.
    static func compile(_ plan: Plan) -> (code: Code, steps: Int) {
        var compiler = Compiler()
        let code = compiler.code(plan)
        return (code, compiler.steps)
    }

    private(set) var steps = 0

    mutating func code(_ plan: Plan) -> Code {
        steps += 1
        switch plan {
        case .constant(let value): return { _ throws(EvaluationError) in value }
        case .slot(let index): return Self.slot(index)
        case .local(let index): return { frame throws(EvaluationError) in frame.locals[index] }
        case .named(let name): return Self.named(name)
        case .failing(let reason): return { _ throws(EvaluationError) in throw EvaluationError(reason) }
        case .select(let operand, let field, let isOptional): return select(code(operand), field, isOptional)
        case .has(let operand, let field, let isOptional): return has(code(operand), field, isOptional)
        case .index(let operand, let key, let isOptional):
            let (operand, key) = (code(operand), code(key))
            return { frame throws(EvaluationError) in
                let value = try operand(&frame)
                return try Selection.element(try key(&frame), of: value, isOptional: isOptional)
            }
        case .junction(let isAnd, let operands): return Self.junction(isAnd, operands.map { code($0) })
        case .unary(let sign, let operand): return unary(sign, code(operand))
        case .binary(let sign, let left, let right): return binary(sign, left, right)
        case .conditional(let condition, let yes, let no): return conditional(code(condition), code(yes), code(no))
        case .list(let items): return list(items)
        case .map(let entries): return map(entries)
        case .builtin(let builtin, let arguments): return call(builtin, arguments)
        case .outside(let name, let target, let arguments):
            return Self.outside(name, target.map { code($0) }, arguments.map { code($0) })
        case .either(let builtin, let name, let isMethod, let arguments):
            return Self.either(builtin, name, isMethod, arguments.map { code($0) })
        case .loop(let loop): return self.loop(loop)
        case .bind(let local, let value, let body):
            let (value, body) = (code(value), code(body))
            return { frame throws(EvaluationError) in
                frame.locals[local] = try value(&frame)
                return try body(&frame)
            }
        case .optionalMap(let target, let local, let body, let isFlat):
            return Self.optionalMap(code(target), local, code(body), isFlat)
        }
    }

    private static func slot(_ index: Int) -> Code {
        { frame throws(EvaluationError) in
            guard index < frame.slots.count else { throw EvaluationError("slot \(index) has no value") }
            return frame.slots[index]
        }
    }

    private static func named(_ name: String) -> Code {
        { frame throws(EvaluationError) in
            guard let value = frame.world.value(named: name, slots: frame.slots) else {
                throw EvaluationError("undeclared reference to '\(name)'")
            }
            return value
        }
    }

    private func select(_ operand: @escaping Code, _ field: String, _ isOptional: Bool) -> Code {
        if isOptional {
            return { frame throws(EvaluationError) in
                try Selection.optionalField(field, of: try operand(&frame), &frame)
            }
        }
        return { frame throws(EvaluationError) in try Selection.field(field, of: try operand(&frame), &frame) }
    }

    private func has(_ operand: @escaping Code, _ field: String, _ isOptional: Bool) -> Code {
        { frame throws(EvaluationError) in .bool(try Selection.has(field, try operand(&frame), &frame)) }
    }

    private func unary(_ sign: Operator, _ operand: @escaping Code) -> Code {
        if sign == .subtract {
            return { frame throws(EvaluationError) in try Arithmetic.negate(try operand(&frame)) }
        }
        return { frame throws(EvaluationError) in
            let value = try operand(&frame)
            guard case .bool(let flag) = value else { throw .noOverload("!", [value]) }
            return .bool(!flag)
        }
    }

    private mutating func binary(_ sign: Operator, _ left: Plan, _ right: Plan) -> Code {
        let (left, right) = (code(left), code(right))
        return { frame throws(EvaluationError) in
            let first = try left(&frame)
            return try Arithmetic.apply(sign, first, try right(&frame), &frame)
        }
    }

    private func conditional(
        _ condition: @escaping Code, _ yes: @escaping Code, _ no: @escaping Code
    ) -> Code {
        { frame throws(EvaluationError) in
            let value = try condition(&frame)
            guard case .bool(let flag) = value else { throw .noOverload("?:", [value]) }
            return flag ? try yes(&frame) : try no(&frame)
        }
    }

    /// `&&` and `||`: one operand that settles the matter settles it, whatever becomes of the others.
    private static func junction(_ isAnd: Bool, _ operands: [Code]) -> Code {
        { frame throws(EvaluationError) in
            var failure: EvaluationError?
            for operand in operands {
                do throws(EvaluationError) {
                    let value = try operand(&frame)
                    guard case .bool(let flag) = value else { throw .noOverload(isAnd ? "&&" : "||", [value]) }
                    if flag != isAnd { return .bool(flag) }
                } catch {
                    failure = failure ?? error
                }
            }
            if let failure { throw failure }
            return .bool(isAnd)
        }
    }

    private mutating func list(_ items: [Plan.Item]) -> Code {
        if let constant = Self.constantList(items) { return { _ throws(EvaluationError) in constant } }
        let parts = items.map { (code: code($0.plan), isOptional: $0.isOptional) }
        return { frame throws(EvaluationError) in
            var values: [Value] = []
            values.reserveCapacity(parts.count)
            for part in parts {
                let value = try part.code(&frame)
                guard part.isOptional else {
                    values.append(value)
                    continue
                }
                guard case .optional(let held) = value else { throw .noOverload("[?]", [value]) }
                if let held { values.append(held) }
            }
            return .list(values)
        }
    }

    static func constantList(_ items: [Plan.Item]) -> Value? {
        var values: [Value] = []
        for item in items {
            guard case .constant(let value) = item.plan, !item.isOptional else { return nil }
            values.append(value)
        }
        return .list(values)
    }

    private mutating func map(_ entries: [Plan.Entry]) -> Code {
        let parts = entries.map { (key: code($0.key), value: code($0.value), isOptional: $0.isOptional) }
        return { frame throws(EvaluationError) in
            var made: [Value: Value] = [:]
            for part in parts {
                let key = try part.key(&frame)
                var value = try part.value(&frame)
                if part.isOptional {
                    guard case .optional(let held) = value else { throw .noOverload("{?}", [value]) }
                    guard let held else { continue }
                    value = held
                }
                try Self.insert(value, under: key, into: &made)
            }
            return .map(made)
        }
    }

    static func insert(_ value: Value, under key: Value, into map: inout [Value: Value]) throws(EvaluationError) {
        switch key {
        case .bool, .int, .uint, .string: break
        default: throw EvaluationError("unsupported key type: \(key.kind.typeName)")
        }
        guard Comparison.find(key, in: map) == nil else {
            throw EvaluationError("Failed with repeated key: \(Formatter.text(of: key))")
        }
        map[key] = value
    }
}
