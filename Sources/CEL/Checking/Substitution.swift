/// What the type parameters met so far stand for, and the rules by which one type may stand where another is wanted.
struct Substitution {
    private var found: [String: Kind] = [:]
    private var fresh = 0

    /// A type parameter that stands nowhere else.
    mutating func newParameter() -> Kind {
        fresh += 1
        return .parameter("#\(fresh)")
    }

    /// The same kinds with each of their type parameters replaced by a fresh one.
    mutating func instance(of kinds: [Kind]) -> [Kind] {
        var names: [String: Kind] = [:]
        return kinds.map { kind in
            guard kind.hasParameters else { return kind }
            return kind.mapped { name in
                if let known = names[name] { return known }
                let made = newParameter()
                names[name] = made
                return made
            }
        }
    }

    /// The kind with all that is known put in; parameters of which nothing is known become `dyn` where `isFinal`.
    func resolved(_ kind: Kind, isFinal: Bool = false) -> Kind {
        guard kind.hasParameters else { return kind }
        return kind.mapped { name in
            guard let known = found[name] else { return isFinal ? .dyn : .parameter(name) }
            return resolved(known, isFinal: isFinal)
        }
    }

    /// Whether a value of type `given` may stand where `wanted` is wanted; what that tells of type parameters is kept.
    mutating func assign(_ wanted: Kind, _ given: Kind) -> Bool {
        if case .parameter(let name) = given {
            switch substitute(wanted, for: name) {
            case .fits: return true
            case .conflicts: return false
            case .impossible: break
            }
        }
        if case .parameter(let name) = wanted { return substitute(given, for: name) == .fits }
        switch (wanted, given) {
        case (.dyn, _), (_, .dyn): return true
        case (.nullable(let a), .nullable(let b)): return assign(a, b)
        case (.null, .null): return true
        case (.null, let other), (let other, .null): return other.takesNull
        case (.nullable(let a), let b), (let a, .nullable(let b)): return assign(a, b)
        case (.list(let a), .list(let b)), (.optional(let a), .optional(let b)): return assign(a, b)
        case (.map(let a, let x), .map(let b, let y)): return assign(a, b) && assign(x, y)
        case (.abstract(let a, let xs), .abstract(let b, let ys)):
            guard a == b, xs.count == ys.count else { return false }
            for (x, y) in zip(xs, ys) where !assign(x, y) { return false }
            return true
        default: return wanted == given
        }
    }

    private enum Fit { case fits, conflicts, impossible }

    private mutating func substitute(_ kind: Kind, for name: String) -> Fit {
        if kind == .parameter(name) { return .fits }
        guard let known = found[name] else {
            guard !occurs(name, in: kind) else { return .impossible }
            found[name] = kind
            return .fits
        }
        if known == kind { return .fits }
        guard assign(kind, known) else { return .conflicts }
        let general = Self.moreGeneral(kind, known)
        if !occurs(name, in: general) { found[name] = general }
        return .fits
    }

    private func occurs(_ name: String, in kind: Kind) -> Bool {
        guard kind.hasParameters else { return false }
        var isFound = false
        _ = resolved(kind).mapped { other in
            if other == name { isFound = true }
            return .parameter(other)
        }
        return isFound
    }

    /// The type of a thing that is sometimes one, sometimes the other: the more general of the two, or `dyn`.
    mutating func join(_ first: Kind?, _ second: Kind) -> Kind {
        guard let first else { return second }
        if first == second { return first }
        let before = self
        if assign(first, second) { return Self.moreGeneral(first, second) }
        self = before
        return .dyn
    }

    static func moreGeneral(_ first: Kind, _ second: Kind) -> Kind { isNoLessGeneral(first, second) ? first : second }

    private static func isNoLessGeneral(_ first: Kind, _ second: Kind) -> Bool {
        switch (first, second) {
        case (.dyn, _), (.parameter, _): true
        case (_, .dyn), (_, .parameter): false
        case (_, .null): true
        case (.null, _): false
        case (.nullable(let a), .nullable(let b)): isNoLessGeneral(a, b)
        case (.nullable, _): true
        case (_, .nullable): false
        case (.list(let a), .list(let b)), (.optional(let a), .optional(let b)): isNoLessGeneral(a, b)
        case (.map(let a, let x), .map(let b, let y)): isNoLessGeneral(a, b) && isNoLessGeneral(x, y)
        case (.abstract(_, let xs), .abstract(_, let ys)): zip(xs, ys).allSatisfy { isNoLessGeneral($0, $1) }
        default: first == second
        }
    }
}

extension Kind {
    /// Whether null may stand for it, as the specification has it for messages, times and types of its libraries.
    fileprivate var takesNull: Bool {
        switch self {
        case .nullable, .object, .optional, .abstract, .timestamp, .duration: true
        default: false
        }
    }

    /// Whether something in it is not known yet.
    var hasParameters: Bool {
        switch self {
        case .parameter: true
        case .list(let inner), .optional(let inner), .nullable(let inner): inner.hasParameters
        case .map(let key, let value): key.hasParameters || value.hasParameters
        case .abstract(_, let parameters): parameters.contains { $0.hasParameters }
        default: false
        }
    }

    fileprivate func mapped(_ change: (String) -> Kind) -> Kind {
        switch self {
        case .parameter(let name): change(name)
        case .list(let inner): .list(inner.mapped(change))
        case .optional(let inner): .optional(inner.mapped(change))
        case .nullable(let inner): .nullable(inner.mapped(change))
        case .map(let key, let value): .map(key.mapped(change), value.mapped(change))
        case .abstract(let name, let parameters): .abstract(name, parameters.map { $0.mapped(change) })
        default: self
        }
    }
}
