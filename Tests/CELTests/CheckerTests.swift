import Testing

@testable import CEL

struct CheckerTests {
    static let environment = Environment(
        slots: [Environment.Slot(name: "votes", kind: .int)],
        names: [
            "meeting": .object("meeting"), "person": .nullable(.object("person")), "due": .nullable(.timestamp),
            "now": .timestamp,
            "tags": .map(.string, .int),
        ],
        functions: [
            Environment.Function(name: "may", parameters: [.object("person"), .string, .dyn], result: .bool),
            Environment.Function(name: "in", target: .object("meeting"), parameters: [.string], result: .bool),
            Environment.Function(name: "contains", target: .object("meeting"), parameters: [.object("person")], result: .bool),
        ],
        objects: ["meeting": ["start": .timestamp, "chair": .object("person"), "title": .string], "person": ["name": .string]])

    @Test(
        "the type of an expression is known before it runs",
        arguments: [
            ("votes + 1", Kind.int), ("meeting.start", .timestamp), ("meeting.chair.name", .string), ("person.name", .string),
            ("now - meeting.start", .duration), ("tags.x", .int), ("tags.?x", .optional(.int)), ("[1, 2]", .list(.int)),
            ("[1, 'a']", .list(.dyn)),
            ("{'a': [1u]}", .map(.string, .list(.uint))), ("votes > 1 ? null : due", .nullable(.timestamp)),
            ("[1].map(x, string(x))", .list(.string)),
            ("[[]]", .list(.list(.dyn))), ("meeting.in('sitting')", .bool), ("may(meeting.chair, 'vote', votes)", .bool),
            ("dyn(1)", .dyn),
            ("due == null", .bool), ("meeting != null", .bool), ("person == meeting.chair", .bool), ("due < now", .bool),
            ("'x'.contains('x')", .bool),
            ("meeting.contains(person)", .bool), ("person in [meeting.chair]", .bool),
            ("[person, null]", .list(.nullable(.object("person")))),
            ("due + duration('1h')", .timestamp), ("votes > 0 ? person : meeting.chair", .nullable(.object("person"))),
            ("[meeting.chair].exists(p, p == person)", .bool), ("due == null ? now : due", .nullable(.timestamp)),
            ("person != null && person.name == 'x'", .bool), ("[now, due].filter(t, t != null && t < now).size()", .int),
            ("tags.map(k, tags[k]).exists(n, n > votes)", .bool), ("'%s'.format([votes, meeting.title])", .string),
            ("optional.of(1).optMap(x, [x])", .optional(.list(.int))),
            ("{1: 2}.transformMap(k, v, 'a')", .map(.int, .string)),
        ])
    func types(_ text: String, _ kind: Kind) throws {
        #expect(try Program(text, in: Self.environment).kind == kind)
    }

    @Test(
        "a mistake is told where it stands, with the nearest name",
        arguments: [
            ("vots > 1", 0..<4, "votes"), ("1 < vots", 4..<8, "votes"), ("meeting.strat", 8..<13, "start"),
            ("meeting.chair.nam", 14..<17, "name"),
            ("person.nme == ''", 7..<10, "name"), ("mya(person, '', 1)", 0..<3, "may"),
            ("'é'.startWith('a')", 5..<14, "startsWith"), ("votes + 'a'", 0..<11, nil),
            ("votes && true", 0..<5, nil), ("votes == 'a'", 0..<12, nil), ("[1].all(x, x)", 11..<12, nil),
            ("true ? 1 : 'a'", 11..<14, nil), ("votes.x", 6..<7, nil),
            ("tags[1]", 5..<6, nil), ("votes[0]", 0..<8, nil), ("may(votes, 'vote', 1)", 0..<21, nil), ("size(1)", 0..<7, nil),
            ("5.map(x, x)", 0..<1, nil),
            ("{1.5: 2}", 1..<4, nil), ("!votes", 0..<6, nil), ("meeting{title: 'x'}", 0..<7, nil),
            ("math.abz(1)", 5..<8, "math.abs"),
            ("votes == null", 0..<13, nil),
            ("meeting.in(1)", 8..<10, nil), ("exsts([1], x, x)", 0..<5, nil), ("'a'.matches('(')", 12..<15, nil),
            ("timestamp('2026-02-30T00:00:00Z')", 10..<32, nil), ("duration('1 day')", 9..<16, nil), ("votes = 1", 6..<7, "=="),
            ("true and true", 5..<8, "&&"),
        ])
    func mistakes(_ text: String, _ range: Range<Int>, _ nearest: String?) {
        let error = #expect(throws: CompileError.self) { try Program(text, in: Self.environment) }
        #expect(error?.issues.first?.range == range, "\(error?.issues ?? [])")
        #expect(error?.issues.first?.nearest == nearest, "\(error?.issues ?? [])")
    }

    @Test("all mistakes are told, each once")
    func several() {
        let error = #expect(throws: CompileError.self) {
            try Program("vots > 1 && meeting.strat < now && vots > 2", in: Self.environment)
        }
        #expect(error?.issues.map(\.range) == [0..<4, 20..<25, 35..<39])
    }

    @Test("a place that wants a type refuses another")
    func expecting() throws {
        let error = #expect(throws: CompileError.self) { try Program("votes", in: Self.environment, expecting: .bool) }
        #expect(error?.issues == [CompileError.Issue(range: 0..<5, message: "the expression is an int", expected: "a bool")])
        #expect(try Program("dyn(votes)", in: Self.environment, expecting: .bool).kind == .dyn)
        #expect(try Program("due", in: Self.environment, expecting: .timestamp).kind == .nullable(.timestamp))
    }

    @Test("free names and paths are listed in the order of their first use")
    func names() throws {
        let text =
            "meeting.start < now && tags.exists(now, now == 'x') && has(meeting.chair.name) && votes > tags['a'] && .meeting.start < now"
        let program = try Program(text, in: Self.environment)
        #expect(program.names == ["meeting", "now", "tags", "votes"])
        #expect(program.paths == [["meeting", "start"], ["now"], ["tags"], ["meeting", "chair", "name"], ["votes"]])
    }

    @Test("without the check, a mistake shows when the expression runs")
    func unchecked() throws {
        let environment = Environment(isChecked: false)
        let program = try Program("1 + 'a' == nothing || true", in: environment)
        #expect(program.kind == .dyn)
        #expect(program.answer() == .yes)
        #expect(throws: EvaluationError.self) { try Program("nothing", in: environment).value() }
        #expect(throws: EvaluationError.self) { try Program("what(1)", in: environment).value() }
        #expect(try Program("x", in: environment).value(in: BoundWorld(values: ["x": .int(1)])) == .int(1))
    }

    @Test("names are looked up in the namespace first")
    func namespace() throws {
        let environment = Environment(names: ["a.b.x": .int, "x": .string], container: "a.b")
        #expect(try Program("x", in: environment).kind == .int)
        #expect(try Program(".x", in: environment).kind == .string)
        #expect(try Program("[true].map(x, x)", in: environment).kind == .list(.bool))
    }
}
