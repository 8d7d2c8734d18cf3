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

    private var steps = 0

    private mutating func code(_ plan: Plan) -> Code {
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
            guard let value = frame.world.value(named: name) else {
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

extension Compiler {
    private mutating func call(_ builtin: Builtin, _ arguments: [Plan]) -> Code {
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

    private static func outside(_ name: String, _ target: Code?, _ arguments: [Code]) -> Code {
        { frame throws(EvaluationError) in
            let receiver = try target?(&frame)
            let values = try values(arguments, &frame)
            return try frame.world.call(name, target: receiver, arguments: values)
        }
    }

    private static func either(_ builtin: Builtin, _ name: String, _ isMethod: Bool, _ parts: [Code]) -> Code {
        { frame throws(EvaluationError) in
            var values = try values(parts, &frame)
            guard case .object? = values.first else { return try builtin.run(&frame, values) }
            let receiver = isMethod ? values.removeFirst() : nil
            return try frame.world.call(name, target: receiver, arguments: values)
        }
    }

    private static func optionalMap(
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

extension Compiler {
    private mutating func loop(_ loop: Plan.Loop) -> Code {
        let range = code(loop.range)
        var inner = Compiler()
        let body = inner.code(loop.body)
        let condition = loop.condition.map { inner.code($0) }
        let running = Loop(
            kind: loop.kind, local: loop.local, hasTwoNames: loop.hasTwoNames, steps: inner.steps + 1, condition: condition,
            body: body)
        return { frame throws(EvaluationError) in
            switch try range(&frame) {
            case .list(let items):
                var going = Going()
                for (index, item) in items.enumerated() {
                    let goesOn = try running.step(
                        key: .int(Int64(index)), value: item, only: item, into: &going, &frame)
                    if !goesOn { break }
                }
                return try running.result(going)
            case .map(let map):
                try frame.charge(map.count)
                var going = Going()
                for key in Comparison.sortedKeys(map) {
                    guard let value = map[key] else { continue }
                    if try !running.step(key: key, value: value, only: key, into: &going, &frame) { break }
                }
                return try running.result(going)
            case let other: throw EvaluationError("cannot go over \(other.kind.typeName)")
            }
        }
    }

    /// What a loop has found so far.
    private struct Going {
        var count = 0
        var isSettled = false
        var failure: EvaluationError?
        var items: [Value] = []
        var entries: [Value: Value] = [:]
    }

    private struct Loop: Sendable {
        let kind: LoopKind
        let local: Int
        let hasTwoNames: Bool
        let steps: Int
        let condition: Code?
        let body: Code

        /// One element; false where the others do not matter. `only` is what a single name stands for.
        func step(
            key: Value, value: Value, only: Value, into going: inout Going, _ frame: inout Frame
        ) throws(EvaluationError) -> Bool {
            try frame.charge(steps)
            frame.locals[local] = hasTwoNames ? key : only
            if hasTwoNames { frame.locals[local + 1] = value }
            if let condition, try !isTrue(condition, &frame) { return true }
            switch kind {
            case .all, .exists:
                do throws(EvaluationError) {
                    going.isSettled = try isTrue(body, &frame) == (kind == .exists)
                } catch {
                    going.failure = going.failure ?? error
                }
                return !going.isSettled
            case .existsOne: if try isTrue(body, &frame) { going.count += 1 }
            case .filter: if try isTrue(body, &frame) { going.items.append(only) }
            case .list: going.items.append(try body(&frame))
            case .map: going.entries[key] = try body(&frame)
            case .entries:
                let made = try body(&frame)
                guard case .map(let map) = made else { throw .noOverload("transformMapEntry", [made]) }
                try frame.charge(map.count)
                for key in Comparison.sortedKeys(map) {
                    if let value = map[key] { try Compiler.insert(value, under: key, into: &going.entries) }
                }
            }
            return true
        }

        private func isTrue(_ code: Code, _ frame: inout Frame) throws(EvaluationError) -> Bool {
            let value = try code(&frame)
            guard case .bool(let flag) = value else { throw .noOverload("a macro's condition", [value]) }
            return flag
        }

        func result(_ going: Going) throws(EvaluationError) -> Value {
            switch kind {
            case .all, .exists:
                if going.isSettled { return .bool(kind == .exists) }
                if let failure = going.failure { throw failure }
                return .bool(kind == .all)
            case .existsOne: return .bool(going.count == 1)
            case .filter, .list: return .list(going.items)
            case .map:
                // A list's places are its keys here.
                return .map(going.entries)
            case .entries: return .map(going.entries)
            }
        }
    }
}
