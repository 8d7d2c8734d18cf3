/// What a guard's fast way answers. `unsure` stands for everything out of the ordinary, an error among it: then the expression is
/// evaluated the long way, so that the fast way never has to be complete, only right.
enum Verdict {
    case no, yes, unsure
}

/// The fast way of a Boolean expression over slots: it makes no values and throws nothing.
typealias Guard = @Sendable ([Value]) -> Verdict

/// A guard in a list: bare closures in a collection would be called through two thunks.
private struct HeldGuard {
    let ask: Guard
}

extension Compiler {
    /// Elements of a list beyond which a guard counts costs, and so goes the long way.
    private static let longList = 10_000

    /// The fast way of an expression that has one: slots compared with constants and with each other, `in`, and what joins them.
    static func guarding(_ plan: Plan) -> Guard? {
        switch plan {
        case .constant(.bool(let flag)): return { _ in flag ? .yes : .no }
        case .slot(let index): return flag(index)
        case .unary(.not, let operand):
            guard let operand = guarding(operand) else { return nil }
            return negation(operand)
        case .junction(let isAnd, let operands):
            let guards = operands.compactMap { operand in guarding(operand).map { HeldGuard(ask: $0) } }
            guard guards.count == operands.count else { return nil }
            if isAnd, let bounds = Bounds(operands[0]) { return bounded(bounds, junction(true, guards.dropFirst())) }
            return junction(isAnd, guards[...])
        case .conditional(let condition, let yes, let no):
            guard let condition = guarding(condition), let yes = guarding(yes), let no = guarding(no) else { return nil }
            return { slots in
                switch condition(slots) {
                case .yes: yes(slots)
                case .no: no(slots)
                case .unsure: .unsure
                }
            }
        case .binary(.isIn, let element, let list): return membership(element, list)
        case .binary(let sign, let left, let right): return comparison(sign, left, right)
        default: return nil
        }
    }

    private static func flag(_ index: Int) -> Guard {
        { slots in
            guard index < slots.count, case .bool(let flag) = slots[index] else { return .unsure }
            return flag ? .yes : .no
        }
    }

    private static func negation(_ operand: @escaping Guard) -> Guard {
        { slots in
            switch operand(slots) {
            case .yes: .no
            case .no: .yes
            case .unsure: .unsure
            }
        }
    }

    private static func junction(_ isAnd: Bool, _ operands: ArraySlice<HeldGuard>) -> Guard {
        guard let first = operands.first else { return { _ in isAnd ? .yes : .no } }
        guard operands.count > 1 else { return first.ask }
        let rest = junction(isAnd, operands.dropFirst())
        return isAnd ? both(first.ask, rest) : either(first.ask, rest)
    }

    private static func both(_ first: @escaping Guard, _ second: @escaping Guard) -> Guard {
        { slots in
            switch first(slots) {
            case .no: .no
            case .yes: second(slots)
            case .unsure: second(slots) == .no ? .no : .unsure
            }
        }
    }

    /// `variable <= 50 && ...`, the most common beginning, without a call of its own.
    private static func bounded(_ bounds: Bounds, _ rest: @escaping Guard) -> Guard {
        let (index, lowest, highest, isWanted) = (bounds.index, bounds.lowest, bounds.highest, bounds.isWanted)
        return { slots in
            guard index < slots.count, case .int(let number) = slots[index] else { return rest(slots) == .no ? .no : .unsure }
            return (lowest <= number && number <= highest) == isWanted ? rest(slots) : .no
        }
    }

    private static func either(_ first: @escaping Guard, _ second: @escaping Guard) -> Guard {
        { slots in
            switch first(slots) {
            case .yes: .yes
            case .no: second(slots)
            case .unsure: second(slots) == .yes ? .yes : .unsure
            }
        }
    }
}

extension Compiler {
    private static func comparison(_ sign: Operator, _ left: Plan, _ right: Plan) -> Guard? {
        switch (left, right) {
        case (.slot(let index), .constant(let constant)): return comparison(sign, index, constant)
        case (.constant(let constant), .slot(let index)): return sign.turned.flatMap { comparison($0, index, constant) }
        case (.slot(let first), .slot(let second)): return comparison(sign, first, second)
        default: return nil
        }
    }

    private static func comparison(_ sign: Operator, _ index: Int, _ constant: Value) -> Guard? {
        switch constant {
        case .int: return Bounds(sign, index, constant).map(inside)
        case .string(let text) where sign == .equal || sign == .unequal: return spelled(index, text, isWanted: sign == .equal)
        case .bool(let flag) where sign == .equal || sign == .unequal:
            let wanted = flag == (sign == .equal)
            return { slots in
                guard index < slots.count, case .bool(let flag) = slots[index] else { return .unsure }
                return flag == wanted ? .yes : .no
            }
        default: return nil
        }
    }

    private static func inside(_ bounds: Bounds) -> Guard {
        let (index, lowest, highest, isWanted) = (bounds.index, bounds.lowest, bounds.highest, bounds.isWanted)
        return { slots in
            guard index < slots.count, case .int(let number) = slots[index] else { return .unsure }
            return (lowest <= number && number <= highest) == isWanted ? .yes : .no
        }
    }

    private static func spelled(_ index: Int, _ text: String, isWanted: Bool) -> Guard {
        let wanted = Spelling(text)
        return { slots in
            guard index < slots.count, case .string(let written) = slots[index] else { return .unsure }
            return wanted.isOf(written) == isWanted ? .yes : .no
        }
    }

    private static func comparison(_ sign: Operator, _ first: Int, _ second: Int) -> Guard? {
        guard sign.precedence == Operator.equal.precedence, sign != .isIn else { return nil }
        return { slots in
            guard first < slots.count, second < slots.count, case .int(let a) = slots[first], case .int(let b) = slots[second]
            else { return .unsure }
            let holds =
                switch sign {
                case .equal: a == b
                case .unequal: a != b
                case .less: a < b
                case .lessOrEqual: a <= b
                case .greater: a > b
                default: a >= b
                }
            return holds ? .yes : .no
        }
    }

    private static func membership(_ element: Plan, _ list: Plan) -> Guard? {
        switch (element, list) {
        case (.constant(.string(let text)), .slot(let index)): return holding(index, text)
        case (.constant(.int(let number)), .slot(let index)): return holding(index, number)
        case (.slot(let index), .list(let items)):
            guard case .list(let values)? = constantList(items) else { return nil }
            return listed(index, values)
        default: return nil
        }
    }

    /// `"text" in variable`
    private static func holding(_ index: Int, _ text: String) -> Guard {
        let sought = Spelling(text)
        return { slots in
            guard index < slots.count, case .list(let items) = slots[index], items.count <= longList else { return .unsure }
            for item in items {
                if case .string(let written) = item, sought.isOf(written) { return .yes }
            }
            return .no
        }
    }

    /// `5 in variable`
    private static func holding(_ index: Int, _ number: Int64) -> Guard {
        { slots in
            guard index < slots.count, case .list(let items) = slots[index], items.count <= longList else { return .unsure }
            for item in items {
                switch item {
                case .int(let other): if other == number { return .yes }
                case .uint, .double: return .unsure
                default: continue
                }
            }
            return .no
        }
    }

    /// `variable in ["a", "b"]` and `variable in [1, 2]`
    private static func listed(_ index: Int, _ values: [Value]) -> Guard? {
        let texts = values.compactMap { if case .string(let text) = $0 { text } else { nil } }
        if texts.count == values.count {
            let spellings = texts.map { Spelling($0) }
            return { slots in
                guard index < slots.count, case .string(let written) = slots[index] else { return .unsure }
                return spellings.contains { $0.isOf(written) } ? .yes : .no
            }
        }
        let numbers = values.compactMap { if case .int(let number) = $0 { number } else { nil } }
        guard numbers.count == values.count else { return nil }
        return { slots in
            guard index < slots.count, case .int(let number) = slots[index] else { return .unsure }
            return numbers.contains(number) ? .yes : .no
        }
    }
}

/// A comparison of a slot with an integer, as the range in which the slot lies (or, not wanted, does not lie).
private struct Bounds {
    let index: Int
    let lowest: Int64
    let highest: Int64
    let isWanted: Bool

    init?(_ plan: Plan) {
        guard case .binary(let sign, let left, let right) = plan else { return nil }
        switch (left, right) {
        case (.slot(let index), .constant(let constant)): self.init(sign, index, constant)
        case (.constant(let constant), .slot(let index)):
            guard let turned = sign.turned else { return nil }
            self.init(turned, index, constant)
        default: return nil
        }
    }

    init?(_ sign: Operator, _ index: Int, _ constant: Value) {
        guard case .int(let number) = constant else { return nil }
        self.index = index
        isWanted = sign != .unequal
        switch sign {
        case .equal, .unequal: (lowest, highest) = (number, number)
        case .lessOrEqual: (lowest, highest) = (.min, number)
        case .greaterOrEqual: (lowest, highest) = (number, .max)
        case .less where number > .min: (lowest, highest) = (.min, number - 1)
        case .greater where number < .max: (lowest, highest) = (number + 1, .max)
        default: return nil
        }
    }
}

/// A constant text made ready to be compared with.
private struct Spelling: Sendable {
    private let text: String
    private let length: Int
    private let isASCII: Bool

    init(_ text: String) {
        self.text = text
        length = text.utf8.count
        isASCII = text.utf8.allSatisfy { $0 < 0x80 }
    }

    /// Whether the two hold the same scalars. What is equivalent to ASCII without being the same is longer than it in UTF-8, so that
    /// equal lengths settle the matter.
    @inline(__always)
    func isOf(_ written: String) -> Bool {
        written.utf8.count == length && written == text && (isASCII || written.utf8.elementsEqual(text.utf8))
    }
}

extension Operator {
    /// The comparison that holds when the operands change places.
    fileprivate var turned: Operator? {
        switch self {
        case .equal, .unequal: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        default: nil
        }
    }
}
