/// A compiled expression: made once, evaluated many times.
public struct Program: Sendable {
    /// The text that it was compiled from.
    public let text: String
    /// The type of its value, `dyn` where only the run can tell.
    public let kind: Kind
    /// Free names in the order of their first use; for `meeting.start` that is `meeting`.
    public let names: [String]
    /// Dotted paths from free names, such as `meeting.start`, each as written, in the order of their first use; a name used
    /// alone is a path of one part.
    public let paths: [[String]]

    private let code: Code
    /// The fast way, or one that is always unsure: an optional closure would be counted up and down on each call.
    private let quick: Guard
    private let steps: Int
    private let makesContainers: Bool
    private let locals: Int
    private let zoneOffset: (@Sendable (String, Timestamp) -> Int?)?

    /// Parses and checks. `expected` is the type that the place wants; `.dyn` takes any.
    public init(_ text: String, in environment: Environment, expecting expected: Kind = .dyn) throws(CompileError) {
        let expression = try Parser.parse(text)
        var checker = Checker(environment)
        let checked = checker.check(expression)
        checker.need(expected, checked.kind, expression.range, "the expression")
        guard checker.issues.isEmpty else { throw CompileError(issues: checker.sortedIssues) }
        self.text = text
        kind = environment.isChecked ? checker.substitution.resolved(checked.kind, isFinal: true) : .dyn
        names = checker.names
        paths = checker.paths
        (code, steps) = Compiler.compile(checked.plan)
        if let guarding = Compiler.guarding(checked.plan) { quick = guarding } else { quick = { _ in .unsure } }
        makesContainers = checked.plan.makesContainers
        locals = checker.mostLocals
        zoneOffset = environment.zoneOffset
    }

    /// The value, or why there is none. `slots` are in the order of `Environment.slots`.
    public func value(slots: [Value] = [], in world: any World = EmptyWorld()) throws(EvaluationError) -> Value {
        var frame = Frame(
            slots: slots, world: world, zoneOffset: zoneOffset,
            locals: locals == 0 ? [] : [Value](repeating: .null, count: locals))
        try frame.charge(steps)
        let value = try code(&frame)
        if makesContainers { try Measure.check(value) }
        return value
    }

    /// The fast way for guards: no value is built, nothing is thrown.
    public func answer(slots: [Value] = [], in world: any World = EmptyWorld()) -> Answer {
        switch quick(slots) {
        case .yes: .yes
        case .no: .no
        case .unsure: fullAnswer(slots: slots, in: world)
        }
    }

    private func fullAnswer(slots: [Value], in world: any World) -> Answer {
        do throws(EvaluationError) {
            switch try value(slots: slots, in: world) {
            case .bool(true): return .yes
            case .bool(false): return .no
            case let other: return .failed(EvaluationError("not a bool but \(other.kind.typeName)"))
            }
        } catch {
            return .failed(error)
        }
    }
}

/// What a Boolean expression answered.
public enum Answer: Sendable, Hashable {
    case yes, no
    case failed(EvaluationError)
}

/// All that is wrong with the text of an expression.
public struct CompileError: Error, Sendable {
    /// One mistake: `range` is in UTF-8 bytes of the expression's text.
    public struct Issue: Sendable, Hashable {
        public var range: Range<Int>
        public var message: String
        public var expected: String?
        public var nearest: String?

        public init(range: Range<Int>, message: String, expected: String? = nil, nearest: String? = nil) {
            self.range = range
            self.message = message
            self.expected = expected
            self.nearest = nearest
        }
    }

    public var issues: [Issue]

    public init(issues: [Issue]) { self.issues = issues }
}
