/// Calls that are not calls: their arguments are not values but names and expressions evaluated many times.
extension Parser {
    mutating func call(
        _ name: String, isAbsolute: Bool, _ arguments: [Expression], from start: Int
    ) throws(CompileError) -> Expression {
        guard name == "has", arguments.count == 1 else {
            return try made(.call(name, isAbsolute: isAbsolute, arguments), from: start, above: arguments)
        }
        guard case .select(let operand, let field, let isOptional) = arguments[0].form else {
            throw CompileError(
                arguments[0].range, "`has` cannot tell this", expected: "the field of something, as in `has(a.b)`")
        }
        return try made(.has(operand, field: field, isOptional: isOptional), from: start, above: [operand])
    }

    mutating func method(
        _ target: Expression, _ name: String, _ nameRange: Range<Int>, _ arguments: [Expression], from start: Int
    ) throws(CompileError) -> Expression {
        if case .name("cel", _) = target.form, let bound = try binding(name, arguments, from: start) { return bound }
        if let loop = try loop(over: target, name, arguments) {
            return try made(.loop(loop), from: start, above: [target, loop.body] + (loop.condition.map { [$0] } ?? []))
        }
        if name == "optMap" || name == "optFlatMap", arguments.count == 2 {
            let variable = try variable(arguments[0])
            let form = Expression.Form.optionalMap(target, variable, arguments[1], isFlat: name == "optFlatMap")
            return try made(form, from: start, above: [target, arguments[1]])
        }
        return try made(.method(target, name, nameRange: nameRange, arguments), from: start, above: [target] + arguments)
    }

    private func loop(
        over target: Expression, _ name: String, _ arguments: [Expression]
    ) throws(CompileError) -> Expression.Loop? {
        let kind: LoopKind
        var names = 1
        var hasCondition = false
        switch (name, arguments.count) {
        case ("all", 2): kind = .all
        case ("exists", 2): kind = .exists
        case ("exists_one", 2), ("existsOne", 2): kind = .existsOne
        case ("map", 2): kind = .list
        case ("map", 3): (kind, hasCondition) = (.list, true)
        case ("filter", 2): kind = .filter
        case ("all", 3): (kind, names) = (.all, 2)
        case ("exists", 3): (kind, names) = (.exists, 2)
        case ("exists_one", 3), ("existsOne", 3): (kind, names) = (.existsOne, 2)
        case ("transformList", 3): (kind, names) = (.list, 2)
        case ("transformList", 4): (kind, names, hasCondition) = (.list, 2, true)
        case ("transformMap", 3): (kind, names) = (.map, 2)
        case ("transformMap", 4): (kind, names, hasCondition) = (.map, 2, true)
        case ("transformMapEntry", 3): (kind, names) = (.entries, 2)
        case ("transformMapEntry", 4): (kind, names, hasCondition) = (.entries, 2, true)
        default: return nil
        }
        var variables: [String] = []
        for argument in arguments[..<names] { variables.append(try variable(argument)) }
        guard Set(variables).count == names else {
            throw CompileError(arguments[1].range, "the name `\(variables[0])` stands twice")
        }
        return Expression.Loop(
            kind: kind, range: target, names: variables, condition: hasCondition ? arguments[names] : nil,
            body: arguments[arguments.count - 1])
    }

    private func variable(_ expression: Expression) throws(CompileError) -> String {
        guard case .name(let name, isAbsolute: false) = expression.form else {
            throw CompileError(expression.range, "a macro's variable must be a plain name")
        }
        return name
    }

    /// The macros of `cel`: `bind`, and `block` with its `index` and `iterVar`.
    private func binding(
        _ name: String, _ arguments: [Expression], from start: Int
    ) throws(CompileError) -> Expression? {
        switch (name, arguments.count) {
        case ("bind", 3):
            let variable = try variable(arguments[0])
            return try made(.bind(variable, arguments[1], arguments[2]), from: start, above: Array(arguments[1...]))
        case ("block", 2):
            guard case .list(let items) = arguments[0].form else { return nil }
            var body = arguments[1]
            for (index, item) in items.enumerated().reversed() {
                body = try made(.bind("@index:\(index)", item.expression, body), from: start, above: [item.expression, body])
            }
            return body
        case ("index", 1):
            guard case .literal(.int(let index)) = arguments[0].form else { return nil }
            return try made(.name("@index:\(index)", isAbsolute: false), from: start, above: [])
        case ("iterVar", 2):
            guard case .literal(.int(let depth)) = arguments[0].form, case .literal(.int(let unique)) = arguments[1].form
            else { return nil }
            return try made(.name("@it:\(depth):\(unique)", isAbsolute: false), from: start, above: [])
        default: return nil
        }
    }
}
