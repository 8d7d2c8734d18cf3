/// An expression with its names resolved: what the compiler turns into code.
indirect enum Plan: Sendable {
    case constant(Value)
    case slot(Int)
    case local(Int)
    /// A name that the world answers.
    case named(String)
    /// Fails whenever it is evaluated.
    case failing(String)
    case select(Plan, String, isOptional: Bool)
    case has(Plan, String, isOptional: Bool)
    case index(Plan, Plan, isOptional: Bool)
    case junction(isAnd: Bool, [Plan])
    case unary(Operator, Plan)
    case binary(Operator, Plan, Plan)
    case conditional(Plan, Plan, Plan)
    case list([Item])
    case map([Entry])
    case builtin(Builtin, [Plan])
    /// A function of the world.
    case outside(String, target: Plan?, [Plan])
    /// A function of the world where the first argument or target is a thing of the world, else the library's.
    case either(Builtin, String, isMethod: Bool, [Plan])
    case loop(Loop)
    case bind(Int, Plan, Plan)
    case optionalMap(Plan, Int, Plan, isFlat: Bool)

    struct Item: Sendable {
        var plan: Plan
        var isOptional: Bool
    }

    struct Entry: Sendable {
        var key: Plan
        var value: Plan
        var isOptional: Bool
    }

    struct Loop: Sendable {
        var kind: LoopKind
        var range: Plan
        /// The number of the first of its variables; a second one follows it.
        var local: Int
        var hasTwoNames: Bool
        var condition: Plan?
        var body: Plan
    }
}

/// A function of the library.
struct Builtin: Sendable {
    typealias Run = @Sendable (inout Frame, [Value]) throws(EvaluationError) -> Value

    var name: String
    /// The types that it takes (a method's target first) and what it makes of them.
    var signatures: [Signature]
    var run: Run
}

struct Signature: Sendable {
    var parameters: [Kind]
    var result: Kind

    init(_ parameters: Kind..., to result: Kind) {
        self.parameters = parameters
        self.result = result
    }

    init(parameters: [Kind], result: Kind) {
        self.parameters = parameters
        self.result = result
    }
}
