import Testing

@testable import CEL

/// What expressions come to: each line is one that must hold, or one that must fail.
struct ExpressionTests {
    static let environment = Environment(names: ["pages": .int, "members": .list(.string), "nothing": .nullable(.int)])
    static let world = BoundWorld(values: [
        "pages": .int(12), "members": .list([.string("ann"), .string("bob")]), "nothing": .null,
    ])

    @Test(
        "an expression that holds is true",
        arguments: [
            // Literals
            "0x1F == 31 && -0x10 == -16 && 0xFFu == 255u", "1.5e3 == 1500.0 && .5 == 0.5 && 1e-2 == 0.01",
            "-9223372036854775808 < 9223372036854775807", "18446744073709551615u > 0u",
            "\"\\x41\\u00e9\\U0001F600\\101\" == 'Aé😀A'", "r'a\\n' == 'a\\\\n'",
            "'''a\n'b' ''' == \"a\\n'b' \"", "b'\\xff\\101é' == b'\\377Aé'", "Rb'\\x' == b'\\\\x'",
            "size('é') == 1 && size(b'é') == 2",
            "'\\a\\b\\f\\n\\r\\t\\v\\?\\`\\'\\\"\\\\' != ''", "'e\\u0301' != 'é'", "1 == 1 // a remark",
            // Operators
            "1 + 2 * 3 - 4 / 2 == 5", "-7 / 2 == -3 && -7 % 2 == -1", "2u * 3u == 6u && 7u % 4u == 3u", "--3 == 3",
            "-(3) == -3",
            "!!true && !false", "1 < 2 && 1u <= 1u && 1.5 > 1.0 && 'b' >= 'a'", "false < true && b'a' < b'b'",
            "'a' + 'b' == 'ab'",
            "b'a' + b'b' == b'ab'", "[1] + [2] == [1, 2]", "1.0 / 0.0 > 1e308", "0.0 / 0.0 != 0.0 / 0.0",
            "dyn(1) == 1u && dyn(1) == 1.0 && dyn(2u) == 2.0", "1 < 1.5 && 2u > 1", "true ? true : 1 / 0 == 1",
            "1 / 0 == 1 || true", "!(false && 1 / 0 == 1)", "1 in [3, 2, 1] && !(4 in [1])", "'a' in {'a': 1}",
            "dyn(1.0) in {1: 2}",
            // Containers
            "{'a': 1}.a == 1 && {'a': 1}['a'] == 1", "[1, 2][1] == 2", "{1: 'x'}[1] == 'x'", "{1u: 'x'}[dyn(1)] == 'x'",
            "{'a b': 1}.`a b` == 1", "has({'a': 1}.a) && !has({'a': 1}.b)", "{1: 2, 'a': true, false: null}.size() == 3",
            "[1, 2.0, 3u] == [1, 2.0, 3u]", "{'a': [1]} == {'a': [1]}", "{'as': 1}.as == 1",
            "[1, 2,] == [1, 2] && {1: 2,} == {1: 2}",
            // Macros
            "[1, 2].all(x, x > 0) && ![1, 2].all(x, x > 1)", "[1, 2].exists(x, x == 2)", "[1, 2].exists_one(x, x == 2)",
            "[1, 0].exists(x, 1 / x == 1)", "![0, 2].all(x, 4 / x == 1)", "[1, 2].map(x, x * 2) == [2, 4]",
            "[1, 2, 3].map(x, x > 1, x * 2) == [4, 6]", "[1, 2, 3].filter(x, x != 2) == [1, 3]",
            "{'b': 1, 'a': 2}.map(k, k) == ['a', 'b']", "{1: 2}.all(k, v, k < v)", "[5].exists(i, v, i == 0 && v == 5)",
            "[5, 6].transformList(i, v, i + v) == [5, 7]", "{'a': 1}.transformMap(k, v, v + 1) == {'a': 2}",
            "[5, 6].transformMap(i, v, v > 5, v) == {1: 6}", "{'a': 1}.transformMapEntry(k, v, {v: k}) == {1: 'a'}",
            "[1].map(x, [2].map(x, x)[0] + x) == [3]", "cel.bind(x, 2, x * x) == 4",
            // Optionals
            "optional.of(1).value() == 1", "!optional.none().hasValue()", "optional.none().or(optional.of(2)).value() == 2",
            "optional.of(1).orValue(1 / 0) == 1", "{'a': 1}.?a.value() == 1", "!{'a': 1}.?b.hasValue()", "[1][?0].value() == 1",
            "!{1: 2}[?3].hasValue()", "{?'a': {}.?x, 'b': 1} == {'b': 1}", "[?optional.of(1), ?optional.none()] == [1]",
            "optional.of(1).optMap(x, x + 1).value() == 2", "optional.of(1).optFlatMap(x, optional.of(x)).value() == 1",
            "!optional.ofNonZeroValue('').hasValue()", "has({'a': {'b': 1}}.?a.b)", "optional.of({'a': 1}).a.value() == 1",
            "[optional.of(1), optional.none()].unwrapOpt() == [1]", "optional.of(1) == optional.of(dyn(1u))",
            // Conversions and types
            "int('-5') == -5 && int(5.9) == 5 && int(5u) == 5", "uint('5') == 5u && uint(5.5) == 5u", "double('1e3') == 1000.0",
            "string(1.0) == '1' && string(0.25) == '0.25' && string(1e21) == '1e+21'", "string(-0.0045) == '-0.0045'",
            "string(true) == 'true' && string(b'a') == 'a'", "bytes('é') == b'\\xc3\\xa9'", "bool('t') && !bool('False')",
            "type(1) == int && type(type(1)) == type && type(null) == null_type", "type([1]) == list && type({}) == map",
            "type(timestamp(0)) == google.protobuf.Timestamp", "type(optional.none()) == optional_type",
            // Text
            "'abc'.startsWith('ab') && 'abc'.endsWith('bc') && 'abc'.contains('b')",
            "'abc'.matches('^a.c$') && matches('x', '[xy]')",
            "'héllo'.charAt(1) == 'é' && 'a'.charAt(1) == ''", "'abcabc'.indexOf('c') == 2 && 'abcabc'.indexOf('c', 3) == 5",
            "'abcabc'.lastIndexOf('b') == 4 && 'abcabc'.lastIndexOf('b', 3) == 1", "'aaa'.replace('a', 'b', 2) == 'bba'",
            "'ab'.replace('', '-') == '-a-b-'", "'ab'.replace('', '-', 1) == '-ab' && 'ab'.replace('', '-', 2) == '-a-b'",
            "'a,b,c'.split(',') == ['a', 'b', 'c'] && 'a,b,c'.split(',', 2) == ['a', 'b,c']", "'aé'.split('') == ['a', 'é']",
            "'a'.split(',', 0) == [] && ''.split(',') == ['']",
            "'hello'.substring(1, 3) == 'el' && 'hello'.substring(3) == 'lo'",
            "' \\u00a0x\\t'.trim() == 'x' && '  '.trim() == ''", "['a', 'b'].join('-') == 'a-b' && ['a'].join() == 'a'",
            "'abc'.reverse() == 'cba'", "'AbÇ'.lowerAscii() == 'abÇ' && 'aé'.upperAscii() == 'Aé'",
            "strings.quote('a\"\\n') == '\"a\\\\\"\\\\n\"'",
            "base64.decode(base64.encode(b'hello')) == b'hello' && base64.encode(b'a') == 'YQ=='",
            "'%s is %d%%'.format(['x', 5]) == 'x is 5%'", "'%.2f %e'.format([2.675, 12345.678]) == '2.67 1.234568e+04'",
            "'%x %X %o %b'.format([255, 'AZ', 8, 5]) == 'ff 415A 10 101'",
            "'%s'.format([[1, {'b': 1, 'a': null}]]) == '[1, {a: null, b: 1}]'",
            "'%.0f %.0f %.1f'.format([0.5, 1.5, 0.05]) == '0 2 0.1'", "'%.3f'.format([9.9996]) == '10.000'",
            "'%.0e'.format([9.5]) == '1e+01'",
            // Math
            "math.greatest(1, 2.5, 2u) == 2.5 && math.least([3, 1, 2]) == 1", "math.abs(-3) == 3 && math.sign(-2.5) == -1.0",
            "math.ceil(1.2) == 2.0 && math.floor(-1.2) == -2.0 && math.round(2.5) == 3.0 && math.trunc(-1.7) == -1.0",
            "math.isNaN(0.0 / 0.0) && math.isInf(1.0 / 0.0) && math.isFinite(1.0)", "math.sqrt(9.0) == 3.0",
            "math.bitAnd(6, 3) == 2 && math.bitOr(6u, 1u) == 7u && math.bitXor(6, 3) == 5 && math.bitNot(0) == -1",
            "math.bitShiftLeft(1, 4) == 16 && math.bitShiftRight(-1, 63) == 1 && math.bitShiftLeft(1, 64) == 0",
            // Time
            "timestamp('2024-02-29T23:59:59.5Z').getDate() == 29",
            "timestamp(0).getFullYear() == 1970 && timestamp(0).getDayOfWeek() == 4",
            "timestamp('2026-03-01T00:30:00Z').getHours('-01:00') == 23",
            "timestamp('2026-03-01T00:30:00+01:00').getMonth() == 1",
            "timestamp('2026-12-31T00:00:00Z').getDayOfYear() == 364", "timestamp(5) - timestamp(2) == duration('3s')",
            "timestamp(0) + duration('1h30m') == timestamp(5400)",
            "duration('90m').getHours() == 1 && duration('90m').getMinutes() == 90",
            "string(duration('1.5s')) == '1.5s' && string(duration('-1ms')) == '-0.001s'",
            "string(timestamp('1969-12-31T23:59:59.25Z')) == '1969-12-31T23:59:59.25Z'",
            "timestamp(0) - duration('0.5s') == timestamp('1969-12-31T23:59:59.5Z')",
            "int(timestamp('1970-01-01T00:01:00Z')) == 60",
            "timestamp('0001-01-01T00:00:00Z') < timestamp('9999-12-31T23:59:59.999999999Z')",
            "duration('1us') == duration('1000ns')",
            // The world's names
            "pages <= 50 && 'ann' in members", "nothing == null && !(dyn(pages) == null)",
            "members.exists(m, m == 'bob') && members[0] == 'ann'",
        ])
    func holds(_ text: String) throws {
        let program = try Program(text, in: Self.environment, expecting: .bool)
        #expect(try program.value(in: Self.world) == .bool(true))
        #expect(program.answer(in: Self.world) == .yes)
    }

    @Test(
        "an expression without a value fails",
        arguments: [
            ("1 / 0", "division by zero"), ("1u % 0u", "modulus by zero"), ("9223372036854775807 + 1", "overflow"),
            ("0u - 1u", "overflow"),
            ("-(-9223372036854775808)", "overflow"), ("[1][1]", "out of bounds"), ("{'a': 1}.b", "no such key"),
            ("{1: 2}[3]", "no such key"),
            ("{1: 2, 1u: 3}", "repeated key"), ("{1: 1, dyn(1u): 2}", "repeated key"), ("int('x')", "not a number"),
            ("int(1e99)", "range"),
            ("uint(-1)", "range"), ("string(b'\\xff')", "UTF-8"), ("dyn('a') + dyn(1)", "no such overload"),
            ("dyn([1]) < dyn([2])", "no such overload"),
            ("timestamp('2026-02-30T00:00:00Z' + '')", "not a timestamp"), ("timestamp(253402300800)", "out of range"),
            ("duration('1x' + '')", "not a duration"),
            ("duration('320000000000s' + '')", "out of range"), ("timestamp(0).getHours('Mars/Olympus')", "unknown time zone"),
            ("'a'.charAt(2)", "out of range"),
            ("'%d'.format(['x'])", "decimal"), ("'%d'.format([])", "out of range"),
            ("'x'.matches(dyn('('))", "regular expression"),
            ("optional.none().value()", "no value"), ("true && 1 / 0 == 1", "division by zero"),
            ("[0].all(x, 1 / x == 1)", "division by zero"),
            ("dyn(null).a", "null has no field"), ("[1, 2].map(x, x / 0)", "division by zero"),
            ("math.bitShiftLeft(1, -1)", "negative"), ("math.abs(-9223372036854775808)", "overflow"),
        ])
    func fails(_ text: String, _ reason: String) throws {
        let program = try Program(text, in: Self.environment)
        let error = #expect(throws: EvaluationError.self) { try program.value(in: Self.world) }
        #expect(error?.message.contains(reason) == true, "\(text): \(error?.message ?? "")")
    }

    @Test(
        "a text that is no expression is refused where it goes wrong",
        arguments: [
            ("", 0..<0), ("1 +", 3..<3), ("(1", 2..<2), ("1 2", 2..<3), ("a.", 2..<2), ("'abc", 0..<4), ("'a\nb'", 0..<2),
            ("1 = 2", 2..<3), ("a ? b", 5..<5),
            ("9223372036854775808", 0..<19), ("'\\q'", 1..<3), ("'\\ud800'", 1..<7), ("b'\\u0041'", 2..<4), ("0x", 0..<2),
            ("[1, 2", 5..<5), ("{1}", 2..<3),
            ("has(a)", 4..<5), ("[1].all(1, true)", 8..<9), ("for + 1", 0..<3), ("x.`a", 2..<4), ("1 # 2", 2..<3), ("é", 0..<2),
        ])
    func malformed(_ text: String, _ range: Range<Int>) {
        let error = #expect(throws: CompileError.self) { try Program(text, in: Environment(isChecked: false)) }
        #expect(error?.issues.map(\.range) == [range])
    }

    @Test(
        "hostile nesting is refused, not followed",
        arguments: ["(", "[", "-", "!", "{1:", "a.b(", "a[", "true ? 1 : ", "1 + ", "x.", "has("])
    func hostile(_ part: String) {
        let text = String(repeating: part, count: min(100_000, 99_000 / part.utf8.count))
        let error = #expect(throws: CompileError.self) { try Program(text + "a", in: Environment(isChecked: false)) }
        #expect(error?.issues.isEmpty == false)
    }

    @Test("work beyond the limit is given up, the same on each run")
    func cost() throws {
        let list = "[" + (0..<100).map(String.init).joined(separator: ", ") + "]"
        let heavy = try Program("\(list).map(a, \(list).map(b, \(list).map(c, a * b * c)))", in: Environment())
        for _ in 0..<2 {
            let error = #expect(throws: EvaluationError.self) { try heavy.value() }
            #expect(error?.message.contains("1000000 units") == true)
        }
        let light = try Program("\(list).map(a, \(list).map(b, a * b)).size() == 100", in: Environment())
        #expect(light.answer() == .yes)
        let doubling = String(repeating: ".map(x, x + x)", count: 40)
        #expect(throws: EvaluationError.self) { try Program("['aaaaaaaaaaaaaaaa']\(doubling)", in: Environment()).value() }
    }
}
