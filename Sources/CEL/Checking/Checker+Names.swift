import Diagnostics

extension Checker {
    /// A name and the fields selected from it one after the other, if the expression is no more than that.
    private struct Path {
        var parts: [String]
        /// The expression that ends with each part.
        var levels: [Expression]
        var isAbsolute: Bool
    }

    private func path(_ expression: Expression) -> Path? {
        switch expression.form {
        case .name(let name, let isAbsolute):
            return Path(parts: [name], levels: [expression], isAbsolute: isAbsolute)
        case .select(let operand, let field, isOptional: false):
            guard var path = path(operand) else { return nil }
            path.parts.append(field)
            path.levels.append(expression)
            return path
        default: return nil
        }
    }

    /// The dotted name that an expression spells, unless it begins with a macro's variable.
    func dottedName(_ expression: Expression) -> (name: String, isAbsolute: Bool)? {
        guard let path = path(expression), path.isAbsolute || local(path.parts[0]) == nil else { return nil }
        return (path.parts.joined(separator: "."), path.isAbsolute)
    }

    func local(_ name: String) -> Local? { locals.last { $0.name == name } }

    mutating func checkPath(_ expression: Expression) -> Checked {
        guard let path = path(expression) else {
            guard case .select(let operand, let field, let isOptional) = expression.form else {
                return Checked(plan: .failing("not a path"), kind: .dyn)
            }
            return select(field, of: check(operand), isOptional: isOptional, expression.range)
        }
        var (found, length) = root(of: path)
        for index in length..<path.parts.count {
            found = select(path.parts[index], of: found, isOptional: false, path.levels[index].range)
        }
        return found
    }

    /// What the longest beginning of the path that is a name stands for, and its length.
    private mutating func root(of path: Path) -> (Checked, Int) {
        if !path.isAbsolute, let local = local(path.parts[0]) {
            return (Checked(plan: .local(local.number), kind: local.kind), 1)
        }
        for length in (1...path.parts.count).reversed() {
            let name = path.parts[..<length].joined(separator: ".")
            for candidate in candidates(name, isAbsolute: path.isAbsolute) {
                guard let found = declared(candidate) else { continue }
                if case .constant = found.plan { return (found, length) }
                note(candidate, path.parts)
                return (found, length)
            }
        }
        let name = path.parts[0]
        report(
            path.levels[0].range, "there is no `\(name)` here",
            nearest: nearestName(to: name, among: Array(slots.keys) + environment.names.keys + locals.map(\.name)))
        if !environment.isChecked { note(name, path.parts) }
        return (
            Checked(plan: Self.isTypeWord(name) ? .failing("undeclared reference to '\(name)'") : .named(name), kind: .dyn), 1
        )
    }

    /// `dyn` is a type that no value has.
    private static func isTypeWord(_ name: String) -> Bool { name == "dyn" }

    func candidates(_ name: String, isAbsolute: Bool) -> [String] {
        isAbsolute ? [name] : prefixes.map { $0 + name }
    }

    private func declared(_ name: String) -> Checked? {
        if let slot = slots[name] { return Checked(plan: .slot(slot), kind: environment.slots[slot].kind) }
        if let kind = environment.names[name] { return Checked(plan: .named(name), kind: kind) }
        if let kind = Kind.named[name] { return Checked(plan: .constant(.type(kind)), kind: .type) }
        return nil
    }

    mutating func select(_ field: String, of operand: Checked, isOptional: Bool, _ range: Range<Int>) -> Checked {
        let plan = Plan.select(operand.plan, field, isOptional: isOptional)
        let kind = resolved(operand.kind)
        if case .optional(let inner) = kind {
            return Checked(plan: plan, kind: .optional(fieldKind(field, of: resolved(inner), range)))
        }
        let found = fieldKind(field, of: kind, range)
        return Checked(plan: plan, kind: isOptional ? .optional(found) : found)
    }

    private mutating func fieldKind(_ field: String, of kind: Kind, _ range: Range<Int>) -> Kind {
        let place = max(range.lowerBound, range.upperBound - field.utf8.count)..<range.upperBound
        switch kind {
        case .dyn, .parameter: return .dyn
        case .nullable(let inner): return fieldKind(field, of: inner, range)
        case .map(let key, let value):
            need(key, .string, place, "the key `\(field)`")
            return resolved(value)
        case .object(let name):
            guard let fields = environment.objects[name] else { return .dyn }
            if let found = fields[field] { return found }
            report(place, "\(article(kind)) has no field `\(field)`", nearest: nearestName(to: field, among: fields.keys))
            return .dyn
        default:
            report(place, "\(article(kind)) has no field `\(field)`")
            return .dyn
        }
    }

    mutating func checkHas(
        _ operand: Expression, _ field: String, _ isOptional: Bool, _ whole: Expression
    ) -> Checked {
        let selection = Expression(
            form: .select(operand, field: field, isOptional: isOptional),
            range: operand.range.lowerBound..<max(operand.range.upperBound, whole.range.upperBound - 1), depth: whole.depth)
        switch checkPath(selection).plan {
        case .select(let base, _, _): return Checked(plan: .has(base, field, isOptional: isOptional), kind: .bool)
        case let other:
            // The whole path is one declared name: it is there, or evaluating it fails.
            return Checked(plan: .binary(.unequal, other, .constant(.null)), kind: .bool)
        }
    }
}
