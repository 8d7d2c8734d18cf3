/// A compiled expression: made once, evaluated many times.
public struct Program: Sendable {
    /// The text that it was compiled from.
    public let text: String
    /// The type of its value, `dyn` where only the run can tell.
    public let kind: Kind
    /// Free names in the order of their first use; for `meeting.start` that is `meeting`.
    public let names: [String]
    /// Dotted paths from free names, such as `meeting.start`, each as written.
    public let paths: [[String]]

    /// Parses and checks. `expected` is the type that the place wants; `.dyn` takes any.
    public init(_ text: String, in environment: Environment, expecting expected: Kind = .dyn) throws(CompileError) {
        throw CompileError(issues: [])
    }

    /// The value, or why there is none. `slots` are in the order of `Environment.slots`.
    public func value(slots: [Value] = [], in world: any World = EmptyWorld()) throws(EvaluationError) -> Value {
        throw EvaluationError("not built")
    }

    /// The fast way for guards: no value is built, nothing is thrown.
    public func answer(slots: [Value] = [], in world: any World = EmptyWorld()) -> Answer {
        .failed(EvaluationError("not built"))
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
