extension Checker {
    /// The kind of what a part makes while names stand for locals, and what else is to be done in their scope.
    private mutating func scoped<Result>(_ named: [(String, Kind)], _ inside: (inout Checker) -> Result) -> Result {
        for (name, kind) in named { locals.append(Local(name: name, kind: kind, number: locals.count)) }
        mostLocals = max(mostLocals, locals.count)
        defer { locals.removeLast(named.count) }
        return inside(&self)
    }

    mutating func checkLoop(_ loop: Expression.Loop) -> Checked {
        let range = check(loop.range)
        let (key, value, isMap) = elements(of: range.kind, loop.range.range)
        let hasTwo = loop.names.count == 2
        let first = isMap || hasTwo ? key : value
        var named = [(loop.names[0], first)]
        if hasTwo { named.append((loop.names[1], value)) }
        let number = locals.count
        let (condition, body) = scoped(named) { checker in
            let condition = loop.condition.map { part in
                let checked = checker.check(part)
                checker.need(.bool, checked.kind, part.range, "the condition")
                return checked
            }
            return (condition, checker.check(loop.body))
        }
        let kind: Kind
        switch loop.kind {
        case .all, .exists, .existsOne, .filter:
            need(.bool, body.kind, loop.body.range, "what is asked of each element")
            kind = loop.kind == .filter ? .list(first) : .bool
        case .list: kind = .list(body.kind)
        case .map: kind = .map(key, body.kind)
        case .entries:
            let (keys, values) = (substitution.newParameter(), substitution.newParameter())
            need(.map(keys, values), body.kind, loop.body.range, "what is made of each element")
            kind = .map(resolved(keys), resolved(values))
        }
        return Checked(
            plan: .loop(
                Plan.Loop(
                    kind: loop.kind, range: range.plan, local: number, hasTwoNames: hasTwo, condition: condition?.plan,
                    body: body.plan)), kind: kind)
    }

    /// The kinds of key and value that a loop over the range meets.
    private mutating func elements(of kind: Kind, _ range: Range<Int>) -> (key: Kind, value: Kind, isMap: Bool) {
        switch resolved(kind) {
        case .list(let element), .nullable(.list(let element)): return (.int, resolved(element), false)
        case .map(let key, let value), .nullable(.map(let key, let value)): return (resolved(key), resolved(value), true)
        case .dyn, .parameter: return (.dyn, .dyn, false)
        case let other:
            report(range, "\(article(other)) has no elements", expected: "a list or a map")
            return (.dyn, .dyn, false)
        }
    }

    mutating func checkBind(_ name: String, _ value: Expression, _ body: Expression) -> Checked {
        let bound = check(value)
        let number = locals.count
        let result = scoped([(name, bound.kind)]) { $0.check(body) }
        return Checked(plan: .bind(number, bound.plan, result.plan), kind: result.kind)
    }

    mutating func checkOptionalMap(_ target: Expression, _ name: String, _ body: Expression, _ isFlat: Bool) -> Checked {
        let wrapped = check(target)
        let inner = substitution.newParameter()
        need(.optional(inner), wrapped.kind, target.range, "this")
        let number = locals.count
        let result = scoped([(name, resolved(inner))]) { $0.check(body) }
        if isFlat { need(.optional(.dyn), result.kind, body.range, "what `optFlatMap` makes") }
        let kind = isFlat ? result.kind : Kind.optional(result.kind)
        return Checked(plan: .optionalMap(wrapped.plan, number, result.plan, isFlat: isFlat), kind: resolved(kind))
    }
}
