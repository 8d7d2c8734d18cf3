import Foundation
import Testing

@testable import CEL

struct ValueTests {
    static let values: [Value] = [
        .null, .bool(true), .int(.min), .uint(.max), .double(-0.5), .double(.infinity), .string("é\n"), .bytes([0, 255, 1]),
        .list([.int(1), .list([])]),
        .map([.string("a"): .int(1), .int(2): .null, .bool(false): .uint(0)]),
        .timestamp(Timestamp(seconds: -1, nanoseconds: 5)),
        .duration(Span(seconds: 90, nanoseconds: 500_000_000)), .type(.list(.dyn)), .optional(nil), .optional(.int(1)),
        .object(Reference(kind: "meeting", id: "m1")),
    ]

    @Test("a tagged value is read back as it was", arguments: values)
    func tagged(_ value: Value) throws {
        let data = try JSONEncoder().encode(value.tagged)
        #expect(try Value(tagged: JSONDecoder().decode(TaggedJSON.self, from: data)) == value)
    }

    @Test(
        "what is no tagged value is refused",
        arguments: [
            #"{"int": "x"}"#, #"{"int": "1", "uint": "1"}"#, #"{"list": [1]}"#, #"{"map": [[{"int": "1"}]]}"#,
            #"{"bytes": "!"}"#, #"{"what": 1}"#, "[]", "null",
            #"{"bool": 1}"#, #"{"timestamp": "yesterday"}"#,
        ])
    func refused(_ text: String) throws {
        #expect(try Value(tagged: JSONDecoder().decode(TaggedJSON.self, from: Data(text.utf8))) == nil)
    }

    @Test(
        "a type is read as it is written",
        arguments: [
            Kind.int, .list(.string), .map(.string, .list(.dyn)), .nullable(.timestamp), .optional(.bool), .object("meeting"),
            .null, .duration,
            .abstract("pair", [.int, .bytes]),
        ])
    func kinds(_ kind: Kind) { #expect(Kind(text: kind.description) == kind) }

    @Test(
        "a type that is not written whole is refused", arguments: ["", "list(", "list(int", "map(int,)", "int)", "list(int))"])
    func brokenKinds(_ text: String) { #expect(Kind(text: text) == nil) }

    @Test("strings are told apart by their scalars, also as keys")
    func strings() {
        #expect(Value.string("\u{E9}") != .string("e\u{301}"))
        #expect(Set<Value>([.string("\u{E9}"), .string("e\u{301}"), .string("\u{E9}")]).count == 2)
        #expect(Value.int(1) != .uint(1))
    }

    @Test("a value that repeats itself beyond measure is refused, and one that is too deep")
    func measure() throws {
        let twice = String(repeating: ".map(x, [x, x])", count: 60)
        let error = #expect(throws: EvaluationError.self) { try Program("[1]\(twice)", in: Environment()).value() }
        #expect(error?.message.contains("1000000") == true)
        let environment = Environment(slots: [Environment.Slot(name: "x", kind: .dyn)])
        let wrap = try Program("[x]", in: environment)
        var value = Value.null
        for _ in 1..<Measure.deepest { value = try wrap.value(slots: [value]) }
        #expect(throws: EvaluationError.self) { try wrap.value(slots: [value]) }
    }

    @Test(
        "a trial answers with a value, a type or what is wrong",
        arguments: [
            (#"{"expr": "x + 1", "bindings": {"x": {"int": "2"}}, "typeEnv": {"x": "int"}}"#, #"{"value":{"int":"3"}}"#),
            (#"{"expr": "[x]", "typeEnv": {"x": "string"}, "checkOnly": true}"#, #"{"type":"list(string)"}"#),
            (#"{"expr": "1 / 0"}"#, #"{"error":["division by zero"]}"#),
            (#"{"expr": "1 +"}"#, #"{"error":["3..<3: the end does not belong here"]}"#),
        ])
    func trial(_ line: String, _ answer: String) throws {
        let trial = try #require(Trial(JSONDecoder().decode(TaggedJSON.self, from: Data(line.utf8))))
        #expect(try String(decoding: JSONEncoder().encode(trial.answer()), as: UTF8.self) == answer)
    }
}
