import Diagnostics
import Testing
import YAML

/// The tree as one line: `{a: 1, b: [x, 'y']}`; strings that are not plain are quoted.
func line(_ node: Node?) -> String {
    guard let node else { return "nothing" }
    switch node.content {
    case .sequence(let nodes): return "[\(nodes.map { line($0) }.joined(separator: ", "))]"
    case .mapping(let entries):
        return "{\(entries.map { "\(line($0.key)): \(line($0.value))" }.joined(separator: ", "))}"
    case .scalar(let text, let style): return style == .plain ? text : "'\(text)'"
    }
}

func parse(_ text: String) -> (Node?, [Finding]) { parseYAML(SourceText(name: "test.yaml", text: text)) }

/// `code line:column` of each finding.
func places(_ findings: [Finding]) -> [String] {
    findings.map { "\($0.code) \($0.range.start.line):\($0.range.start.column)" }
}

@Suite struct ParsingTests {
    @Test(
        "a file becomes a tree",
        arguments: [
            ("a: 1\nb:\n  - x\n  - 'y'\n", "{a: 1, b: [x, 'y']}"),
            ("{a: {b: [c, d]}, e: }", "{a: {b: [c, d]}, e: }"),
            ("- |\n  one\n  two\n- >\n  three\n  four\n", "['one\ntwo\n', 'three four\n']"),
            ("one\n  two\n", "one two"),
            ("\u{FEFF}a: b\nc: d\n", "{a: b, c: d}"),
            ("a: \"caf\\u00e9 \\\"x\\\"\"", "{a: 'café \"x\"'}"),
            ("%YAML 1.2\n---\non: off\n", "{on: off}"),
            ("a: b\r\nc:\r\n  - d\r\n", "{a: b, c: [d]}"),
            ("[a: b, c]", "[{a: b}, c]"),
        ])
    func tree(text: String, expected: String) {
        let (node, findings) = parse(text)
        #expect(line(node) == expected)
        #expect(findings.isEmpty)
    }

    @Test("each node knows where it stands, in characters and in bytes")
    func ranges() throws {
        let (node, _) = parse("é: [ä, 'b']\nlist:\n- one\n- two  # why\nlast: x\n")
        let entries = try #require(node?.entries)
        let first = try #require(entries.first)
        #expect(first.value.range.start == Position(offset: 4, line: 1, column: 4))
        #expect(first.value.range.end == Position(offset: 13, line: 1, column: 12))
        let quoted = try #require(first.value.elements?.last)
        #expect(quoted.range.start == Position(offset: 9, line: 1, column: 8))
        let list = entries[1].value
        #expect((list.range.start.line, list.range.start.column) == (3, 1))
        #expect((list.range.end.line, list.range.end.column) == (4, 6))
        #expect(node?.range.end.line == 5)
    }

    @Test("a byte order mark moves no line and is no part of a key")
    func byteOrderMark() throws {
        let (node, _) = parse("\u{FEFF}a: b\nc: d\n")
        let entries = try #require(node?.entries)
        #expect(entries[0].key.rawText == "a")
        #expect(entries[0].value.range.start.offset == 6)
        #expect(entries[1].key.range.start == Position(offset: 8, line: 2, column: 1))
    }

    @Test(
        "what these files do not take is found at its place, and the rest is read",
        arguments: [
            ("a: 1\nb: 2\na: 3\n", "{a: 1, b: 2}", ["MW002 3:1"]),
            ("a: &x 1\nb: *x\n", "{a: 1, b: }", ["MW003 1:4", "MW003 2:4"]),
            ("a: !!str 1\nb: !own {c: d}\n", "{a: 1, b: {c: d}}", ["MW004 1:4", "MW004 2:4"]),
            ("a: 1\n---\nb: 2\n", "{a: 1}", ["MW005 2:1"]),
            ("[a]: b\nc: d\n", "{c: d}", ["MW010 1:1"]),
            ("# nothing\n", "nothing", ["MW011 1:1"]),
            ("", "nothing", ["MW011 1:1"]),
        ])
    func refused(text: String, tree: String, expected: [String]) {
        let (node, findings) = parse(text)
        #expect(line(node) == tree)
        #expect(places(findings) == expected)
    }

    @Test(
        "what these files do not take is named as it was written",
        arguments: [
            ("a: &x 1", "`&x` is an anchor, which is not taken here"), ("a: *x", "`*x` is an alias, which is not taken here"),
            ("a: !!int 1", "`!!int` is a tag, which is not taken here"),
            ("a: !own 1", "`!own` is a tag, which is not taken here"),
            ("a: 1\n---\nb: 2", "a second document begins here, which is not taken"),
        ])
    func named(text: String, message: String) { #expect(parse(text).1.map(\.message) == [message]) }

    @Test("a second key of the same name tells where the first stands")
    func duplicate() {
        let (_, findings) = parse("a: 1\nb: 2\na: 3\n")
        #expect(findings.first?.related.first?.range.start.line == 1)
        #expect(findings.first?.message == "the key `a` stands twice in this mapping")
    }

    @Test(
        "a mistake in YAML is found where it is, with what was expected and where its block began",
        arguments: [
            ("a: b: c\n", "1:5", "quotes round a text that holds `: `, or a key on its own line", nil),
            ("a:\n\tb: c\n", "2:1", "spaces", nil),
            ("a: @b\n", "1:4", "quotes round the text", nil),
            ("a:\n  b: 1\n c: 2\n", "3:2", "a key in the column in which the block began", 1),
            ("a: {b: 1\nc: 2", "2:2", "`,` or `}`", 1),
            ("a: [b, c", "1:9", "`,` or `]`", 1),
            ("a: 'b\nc: d\n", "3:1", "a closing quote", 1),
            ("a: \"\\q\"", "1:5", "single quotes, in which `\\` is itself", 1),
            ("a: b\nc\n", "3:1", "`:` after the key, or quotes round a text of several lines", 2),
            ("é: \u{7}\n", "1:4", "text without control characters", nil),
            ("a: *\n", "1:5", "quotes round the text", 1),
        ] as [(String, String, String, Int?)])
    func syntax(text: String, place: String, expected: String, began: Int?) {
        let (node, findings) = parse(text)
        #expect(node == nil)
        #expect(places(findings) == ["MW001 \(place)"])
        #expect(findings.first?.expected == expected)
        #expect(findings.first?.related.first?.range.start.line == began)
    }

    @Test(
        "a line that stands too far in or out is found itself, and not a later one that no longer fits",
        arguments: [
            // The first of a block too far in; one in its midst too far out; its first too far out.
            ("a:\n   b:\n     c: 1\n     d: 2\n  e: 3\n  f:\n    g: 1\n    h:\n      i: 1\n", "2:4"),
            ("a:\n  b:\n    c: 1\n  d:\n    e: 2\nf:\n    g:\n      h: 3\n  i: 1\n", "6:1"),
            ("a:\n  b:\n    c:\n      d:\n        e: 1\n  f:\n      g: 1\n      h: 2\n    i: 3\n", "6:3"),
            ("a:\n  b:\nc:\n      d: 1\n      e: 1\n    f: 2\n    g:\n      h: 1\n", "3:1"),
        ])
    func indentation(text: String, place: String) {
        let (node, findings) = parse(text)
        #expect(node == nil)
        #expect(places(findings) == ["MW001 \(place)"])
        #expect(findings.first?.message == "this line stands further in or out than the others of its block")
        #expect(findings.first?.related.first?.message == "seen from here, where reading stopped")
    }

    @Test("an unknown escape is named")
    func escape() { #expect(parse("a: \"\\q\"").1.first?.message == "`\\q` is no escape") }

    @Test("a depth of 64 is read, and one more is a finding")
    func depth() {
        let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(parse(deep).1.isEmpty)
        #expect(places(parse("[\(deep)]").1) == ["MW006 1:65"])
        let open = String(repeating: "[", count: 500_000)
        #expect(parse(open).1.map(\.code) == ["MW006"])
    }

    @Test("10,000 values are read, and one more is a finding")
    func manyNodes() {
        let list = "[" + String(repeating: "a,", count: 9_999) + "]"
        #expect(parse(list).0?.elements?.count == 9_999)
        #expect(parse("[a,\(list.dropFirst())").1.map(\.code) == ["MW007"])
    }

    @Test("a mebibyte is read, and one byte more is a finding")
    func large() {
        let comment = "a: b #" + String(repeating: "x", count: (1 << 20) - 6)
        #expect(parse(comment).1.isEmpty)
        #expect(parse(comment + "x").1.map(\.code) == ["MW008"])
        #expect(parseYAML(bytes: Array((comment + "x").utf8), name: "x").findings.map(\.code) == ["MW008"])
    }

    @Test("bytes that are not UTF-8 are found at their line and column")
    func notUTF8() {
        let (_, node, findings) = parseYAML(bytes: Array("é: 1\nab".utf8) + [0xE9, 0x0A], name: "x.yaml")
        #expect(node == nil)
        #expect(places(findings) == ["MW009 2:3"])
        #expect(findings.first?.message == "the byte 0xE9 is no character here")
        #expect(line(parseYAML(bytes: Array("é: 1".utf8), name: "x").node) == "{é: 1}")
        #expect(parseYAML(bytes: [0xF0, 0x90], name: "x").findings.map(\.code) == ["MW009"])
    }

    @Test("a long line of many values is read in good time")
    func longLine() {
        let list = "[" + String(repeating: "\(String(repeating: "é", count: 50)), ", count: 9_000) + "]"
        #expect(parse(list).0?.elements?.count == 9_000)
    }

    @Test("no prefix and no broken byte of a file stops the program")
    func broken() {
        let text = "a: {b: [1, 'two', \"th\\nree\"]}\nc: |\n  text\n  é\nd: >-\n  x\n? e\n: f\n"
        let bytes = Array(text.utf8)
        var read = 0
        for place in bytes.indices {
            if parseYAML(bytes: Array(bytes[..<place]), name: "x").node != nil { read += 1 }
            for byte: UInt8 in [0x00, 0x09, 0x0A, 0x22, 0x26, 0x2A, 0x3A, 0x5B, 0x7D, 0x80, 0xFF] {
                var changed = bytes
                changed[place] = byte
                let (_, node, findings) = parseYAML(bytes: changed, name: "x")
                #expect(node != nil || !findings.isEmpty)
            }
        }
        #expect(read > 10)
    }
}
