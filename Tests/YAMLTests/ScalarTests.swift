import Diagnostics
import Testing
import YAML

@Suite struct ScalarTests {
    @Test(
        "a plain scalar has its value by the core schema",
        arguments: [
            ("on", .string("on")), ("off", .string("off")), ("yes", .string("yes")), ("no", .string("no")), ("y", .string("y")),
            ("true", .bool(true)), ("False", .bool(false)), ("tRue", .string("tRue")),
            ("", .null), ("~", .null), ("null", .null), ("nul", .string("nul")),
            ("0", .int(0)), ("-17", .int(-17)), ("+3", .int(3)), ("007", .int(7)), ("0x1F", .int(31)), ("0o17", .int(15)),
            ("0x-1", .string("0x-1")), ("1_000", .string("1_000")), ("-", .string("-")), ("+", .string("+")),
            ("9223372036854775807", .int(.max)), ("9223372036854775808", .float(9223372036854775808)),
            ("1.5", .float(1.5)), ("-.5", .float(-0.5)), ("1.", .float(1)), ("1e3", .float(1000)), ("1.e3", .float(1000)),
            (".inf", .float(.infinity)), ("-.inf", .float(-.infinity)), (".", .string(".")), ("1.2.3", .string("1.2.3")),
            ("1e", .string("1e")), ("09:00", .string("09:00")), ("2026-11-18", .string("2026-11-18")),
            ("003 L45", .string("003 L45")),
        ] as [(String, Scalar)])
    func plain(text: String, expected: Scalar) { #expect(Scalar(plain: text) == expected) }

    @Test("what is quoted or in a block is a string")
    func quoted() {
        let (node, _) = parse("['1', \"true\", 1]")
        #expect(node?.elements?.map(\.scalar) == [.string("1"), .string("true"), .int(1)])
        #expect(parse("|\n  5\n").0?.scalar == .string("5\n"))
        #expect(parse("[]").0?.scalar == nil)
    }

    @Test(
        "a place inside a scalar is a place in the file",
        arguments: [
            ("a: bcd > efg", 6..<9, "1:10"), ("a: 'bcd > efg'", 6..<9, "1:11"), ("a: \"bcd > efg\"", 6..<9, "1:11"),
            ("a: 'b''d > efg'", 6..<9, "1:12"), ("a: \"b\\\"d > efg\"", 6..<9, "1:12"), ("a: \"b\\nd > efg\"", 6..<9, "1:4"),
            ("a: bcd >\n  efg", 6..<9, "1:4"), ("a: é > efg", 5..<8, "1:8"), ("a: abc", 3..<3, "1:7"),
            ("a: abc", 9..<12, "1:7"),
        ])
    func inside(text: String, bytes: Range<Int>, expected: String) throws {
        let node = try #require(parse(text).0?["a"])
        let place = node.range(ofBytes: bytes).start
        #expect("\(place.line):\(place.column)" == expected)
        #expect(place == SourceText(name: "", text: text).position(at: place.offset))
    }
}
