import Testing

@testable import CEL

/// A small generator with a seed (SplitMix64), so that a run can be had again.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Whatever people write, the program goes on.
struct HostileTests {
    static let words = [
        "1", "0", "-1", "9223372036854775807", "-9223372036854775808", "18446744073709551615u", "0u", "0.0", "1e308",
        "(0.0/0.0)", "'a'", "''", "'é'", "b'\\xff'",
        "true", "false", "null", "[]", "[1, 'a']", "{}", "{'a': 1}", "{1: 2u}", "x", "y", "x.a", "timestamp(0)",
        "timestamp('9999-12-31T23:59:59.999999999Z')",
        "duration('-9223372036.854775807s')", "duration('1ns')", "optional.of(1)", "optional.none()", "int", "dyn(1)",
        "dyn('a')",
    ]
    static let calls = Library.functions.keys.sorted()
    static let methods = Library.methods.keys.sorted() + Library.loopMacros
    static let signs = ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "in", "&&", "||"]

    private static func made(_ depth: Int, _ source: inout Seeded) -> String {
        func part() -> String { made(depth - 1, &source) }
        func one(of list: [String]) -> String { list[Int.random(in: 0..<list.count, using: &source)] }
        guard depth > 0 else { return one(of: words) }
        switch Int.random(in: 0..<12, using: &source) {
        case 0, 1, 2: return "(\(part()) \(one(of: signs)) \(part()))"
        case 3: return "\(one(of: ["!", "-"]))\(part())"
        case 4: return "(\(part()) ? \(part()) : \(part()))"
        case 5: return "\(part())[\(one(of: ["", "?"]))\(part())]"
        case 6: return "[\(part()), \(one(of: ["", "?"]))\(part())]"
        case 7: return "{\(part()): \(part())}"
        case 8:
            let arguments = (0..<Int.random(in: 0...3, using: &source)).map { _ in part() }
            return "\(one(of: calls))(\(arguments.joined(separator: ", ")))"
        case 9, 10:
            let arguments = (0..<Int.random(in: 0...3, using: &source)).map { _ in part() }
            return "\(part()).\(one(of: methods))(\(arguments.joined(separator: ", ")))"
        default: return "\(part()).\(one(of: ["all", "map", "filter", "exists_one"]))(\(one(of: ["x", "y"])), \(part()))"
        }
    }

    @Test("a random expression is answered or refused, the same each time", arguments: [1, 2, 3, 4] as [UInt64])
    func random(_ seed: UInt64) {
        var source = Seeded(state: seed)
        let world = BoundWorld(values: [
            "x": .map([.string("a"): .int(1)]), "y": .list([.int(1), .double(.nan), .timestamp(Timestamp(seconds: .max))]),
        ])
        var answered = 0
        for _ in 0..<1000 {
            let text = Self.made(Int.random(in: 1...4, using: &source), &source)
            for isChecked in [true, false] {
                let environment = Environment(names: ["x": .dyn, "y": .dyn], isChecked: isChecked)
                guard let program = try? Program(text, in: environment) else { continue }
                let first = program.answer(in: world)
                #expect(program.answer(in: world) == first, "seed \(seed): \(text)")
                if case .failed = first { continue }
                answered += 1
            }
        }
        #expect(answered > 0)
    }

    @Test("random letters are refused or read, never worse", arguments: [5, 6] as [UInt64])
    func letters(_ seed: UInt64) {
        var source = Seeded(state: seed)
        let letters = Array("abx09.uU\"'`\\rb()[]{}?:,+-*/%!=<>&|é \n")
        for _ in 0..<20_000 {
            let text = String(
                (0..<Int.random(in: 1...24, using: &source)).map { _ in
                    letters[Int.random(in: 0..<letters.count, using: &source)]
                })
            do throws(CompileError) {
                _ = try Program(text, in: Environment(isChecked: false))
            } catch {
                let isPlaced = error.issues.allSatisfy { $0.range.lowerBound >= 0 && $0.range.upperBound <= text.utf8.count }
                #expect(isPlaced && !error.issues.isEmpty, "seed \(seed): \(text)")
            }
        }
    }

    @Test("a long text takes its time in proportion, and at most fifty mistakes are told")
    func long() {
        let error = #expect(throws: CompileError.self) {
            try Program([String](repeating: "x", count: 20_000).joined(separator: "&&"), in: Environment())
        }
        #expect(error?.issues.count == 50)
        let many = (0..<7000).map { "n\($0) == 1" }.joined(separator: "||")
        #expect((try? Program(many, in: Environment(isChecked: false)))?.names.count == 7000)
        #expect(throws: CompileError.self) {
            try Program(String(repeating: " ", count: Parser.longest) + "1", in: Environment())
        }
    }

    @Test("types that hold each other twice over do not grow without end")
    func kinds() {
        var text = "a59"
        for index in (1..<60).reversed() { text = "cel.bind(a\(index), {a\(index - 1): a\(index - 1)}, \(text))" }
        #expect(throws: EvaluationError.self) {
            try Program("cel.bind(a0, {1: 1}, \(text))", in: Environment(isChecked: false)).value()
        }
    }
}
