import Diagnostics

/// Resolves the names of an expression and checks its types.
///
/// All mistakes are collected; a part that is wrong counts as `dyn` from there on, so that one mistake is told once. Without the
/// check nothing is told: names that are not declared are asked of the world when the program runs.
struct Checker {
    /// An expression with what became of it.
    struct Checked {
        var plan: Plan
        var kind: Kind
    }

    struct Local {
        var name: String
        var kind: Kind
        var number: Int
    }

    let environment: Environment
    let slots: [String: Int]
    /// The namespaces in which a name is looked up, the innermost first: `a.b.`, `a.`, and the empty one.
    let prefixes: [String]

    var substitution = Substitution()
    var locals: [Local] = []
    /// Locals that the program needs at once.
    var mostLocals = 0
    var issues: [CompileError.Issue] = []
    /// Free names and paths in the order of their first use.
    private(set) var names: [String] = []
    private(set) var paths: [[String]] = []
    private var noted: Set<[String]> = []

    init(_ environment: Environment) {
        self.environment = environment
        slots = Dictionary(
            environment.slots.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        var parts = environment.container.split(separator: ".")
        var prefixes: [String] = []
        while !parts.isEmpty {
            prefixes.append(parts.joined(separator: ".") + ".")
            parts.removeLast()
        }
        self.prefixes = prefixes + [""]
    }

    /// Mistakes that are told of one expression.
    private static let mostIssues = 50

    mutating func report(
        _ range: Range<Int>, _ message: String, expected: String? = nil, nearest: String? = nil
    ) {
        guard environment.isChecked, issues.count < Self.mostIssues else { return }
        let issue = CompileError.Issue(range: range, message: message, expected: expected, nearest: nearest)
        if !issues.contains(issue) { issues.append(issue) }
    }

    /// The mistakes in the order in which they stand in the text.
    var sortedIssues: [CompileError.Issue] {
        issues.sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    }

    mutating func check(_ expression: Expression) -> Checked {
        switch expression.form {
        case .literal(let value): Checked(plan: .constant(value), kind: value.kind)
        case .name, .select: checkPath(expression)
        case .has(let operand, let field, let isOptional): checkHas(operand, field, isOptional, expression)
        case .index(let operand, let index, let isOptional): checkIndex(operand, index, isOptional, expression)
        case .call(let name, let isAbsolute, let arguments): checkCall(name, isAbsolute, arguments, expression)
        case .method(let target, let name, let range, let arguments):
            checkMethod(target, name, range, arguments, expression)
        case .junction(let isAnd, let operands): checkJunction(isAnd, operands)
        case .unary(let sign, let operand): checkUnary(sign, operand, expression)
        case .binary(let sign, let left, let right): checkBinary(sign, left, right, expression)
        case .conditional(let condition, let yes, let no): checkConditional(condition, yes, no, expression)
        case .list(let items): checkList(items)
        case .map(let entries): checkMap(entries)
        case .message(let name, _): checkMessage(name)
        case .loop(let loop): checkLoop(loop)
        case .bind(let name, let value, let body): checkBind(name, value, body)
        case .optionalMap(let target, let name, let body, let isFlat): checkOptionalMap(target, name, body, isFlat)
        }
    }

    /// Notes that a free name is used, as the beginning of a path.
    mutating func note(_ name: String, _ path: [String]) {
        // No path has a blank part, so that names and paths are kept apart.
        if noted.insert([name, ""]).inserted { names.append(name) }
        if noted.insert(path).inserted { paths.append(path) }
    }

    /// Checks that a part is of the kind that its place wants.
    mutating func need(_ wanted: Kind, _ given: Kind, _ range: Range<Int>, _ what: String) {
        if !substitution.assign(wanted, given) {
            report(range, "\(what) is \(article(given))", expected: article(wanted))
        }
    }

    /// The kind in words: `an int`, `a list(string)`.
    func article(_ kind: Kind) -> String {
        let text = substitution.resolved(kind, isFinal: true).description
        return (text.first.map { "aeiou".contains($0) && !text.hasPrefix("uint") } == true ? "an " : "a ") + text
    }

    func resolved(_ kind: Kind) -> Kind { substitution.resolved(kind) }
}

extension Checker {
    private mutating func checkJunction(_ isAnd: Bool, _ operands: [Expression]) -> Checked {
        var plans: [Plan] = []
        for operand in operands {
            let checked = check(operand)
            need(.bool, checked.kind, operand.range, "what `\(isAnd ? "&&" : "||")` joins")
            plans.append(checked.plan)
        }
        return Checked(plan: .junction(isAnd: isAnd, plans), kind: .bool)
    }

    private mutating func checkUnary(_ sign: Operator, _ operand: Expression, _ whole: Expression) -> Checked {
        let checked = check(operand)
        let signatures = sign == .not ? Operator.notSignatures : Operator.negationSignatures
        let kind = resolve(sign.rawValue, signatures, [checked.kind], whole.range)
        return Checked(plan: .unary(sign, checked.plan), kind: kind)
    }

    private mutating func checkBinary(
        _ sign: Operator, _ left: Expression, _ right: Expression, _ whole: Expression
    ) -> Checked {
        let (first, second) = (check(left), check(right))
        let kind = resolve(sign.rawValue, sign.signatures, [first.kind, second.kind], whole.range)
        return Checked(plan: .binary(sign, first.plan, second.plan), kind: kind)
    }

    private mutating func checkConditional(
        _ condition: Expression, _ yes: Expression, _ no: Expression, _ whole: Expression
    ) -> Checked {
        let (asked, first, second) = (check(condition), check(yes), check(no))
        need(.bool, asked.kind, condition.range, "the condition")
        let choice = substitution.newParameter()
        if !substitution.assign(choice, first.kind) || !substitution.assign(choice, second.kind) {
            report(
                no.range, "the two answers differ: \(article(first.kind)) and \(article(second.kind))",
                expected: article(first.kind))
            return Checked(plan: .conditional(asked.plan, first.plan, second.plan), kind: .dyn)
        }
        return Checked(plan: .conditional(asked.plan, first.plan, second.plan), kind: resolved(choice))
    }

    private mutating func checkList(_ items: [Expression.Item]) -> Checked {
        var kind: Kind?
        var plans: [Plan.Item] = []
        for item in items {
            let checked = check(item.expression)
            let element = item.isOptional ? unwrapped(checked.kind, item.expression.range) : checked.kind
            kind = substitution.join(kind, element)
            plans.append(Plan.Item(plan: checked.plan, isOptional: item.isOptional))
        }
        return Checked(plan: .list(plans), kind: .list(kind ?? substitution.newParameter()))
    }

    private mutating func checkMap(_ entries: [Expression.Entry]) -> Checked {
        var (keys, values): (Kind?, Kind?)
        var plans: [Plan.Entry] = []
        for entry in entries {
            let (key, value) = (check(entry.key), check(entry.value))
            if !resolved(key.kind).canBeKey {
                report(entry.key.range, "\(article(key.kind)) cannot be a key", expected: "an int, uint, bool or string")
            }
            keys = substitution.join(keys, resolved(key.kind).canBeKey ? key.kind : .dyn)
            values = substitution.join(values, entry.isOptional ? unwrapped(value.kind, entry.value.range) : value.kind)
            plans.append(Plan.Entry(key: key.plan, value: value.plan, isOptional: entry.isOptional))
        }
        return Checked(
            plan: .map(plans),
            kind: .map(keys ?? substitution.newParameter(), values ?? substitution.newParameter()))
    }

    /// What an optional element or entry holds.
    private mutating func unwrapped(_ kind: Kind, _ range: Range<Int>) -> Kind {
        let inner = substitution.newParameter()
        need(.optional(inner), kind, range, "what `?` stands before")
        return resolved(inner)
    }

    private mutating func checkMessage(_ name: Expression) -> Checked {
        report(name.range, "there are no message types here")
        return Checked(plan: .failing("no such message type"), kind: .dyn)
    }

    private mutating func checkIndex(
        _ operand: Expression, _ index: Expression, _ isOptional: Bool, _ whole: Expression
    ) -> Checked {
        let (base, key) = (check(operand), check(index))
        var kind = resolved(base.kind)
        var isWrapped = isOptional
        if case .optional(let inner) = kind { (kind, isWrapped) = (resolved(inner), true) }
        if case .nullable(let inner) = kind { kind = inner }
        var element = Kind.dyn
        switch kind {
        case .list(let inner):
            need(.int, key.kind, index.range, "the place in a list")
            element = inner
        case .map(let wanted, let value):
            need(wanted, key.kind, index.range, "the key")
            element = value
        case .dyn, .parameter: break
        default: report(whole.range, "\(article(kind)) has no elements", expected: "a list or a map")
        }
        element = resolved(element)
        return Checked(
            plan: .index(base.plan, key.plan, isOptional: isOptional), kind: isWrapped ? .optional(element) : element)
    }
}

extension Kind {
    fileprivate var canBeKey: Bool {
        switch self {
        case .int, .uint, .bool, .string, .dyn, .parameter: true
        default: false
        }
    }
}
