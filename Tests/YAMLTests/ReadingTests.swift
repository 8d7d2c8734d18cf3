import Diagnostics
import Testing
import YAML

@Suite struct ReadingTests {
    @Test("an unknown key is found with the nearest known one, and the known ones are read")
    func unknownKey() throws {
        var log = FindingLog(file: "test.yaml")
        let node = try #require(parse("title: T\ncheklist: x\n").0)
        let fields = try #require(node.mapping(allowing: ["title", "checklist", "due"], of: "a duty", &log))
        #expect(fields["title"]?.text(of: "a title", &log) == "T")
        #expect(places(log.findings) == ["MW012 2:1"])
        #expect(log.findings.first?.nearest == "checklist")
        #expect(log.findings.first?.expected == "`title`, `checklist` or `due`")
    }

    @Test("a key that is missing or empty is found")
    func missing() throws {
        var log = FindingLog(file: "test.yaml")
        let node = try #require(parse("\ntitle:\n").0)
        let fields = try #require(node.mapping(allowing: ["title", "due"], of: "a duty", &log))
        #expect(fields.required("title", of: "a duty", &log) == nil)
        #expect(fields.required("due", of: "a duty", &log) == nil)
        #expect(places(log.findings) == ["MW013 2:1", "MW013 2:1"])
    }

    @Test("each value of a wrong shape is a finding, and reading goes on")
    func shapes() throws {
        let (node, _) = parse("- {a: b}\n- [c]\n- yes\n- 1.5\n- 70\n-\n")
        let items = try #require(node?.elements)
        var log = FindingLog(file: "test.yaml")
        #expect(items[0].text(of: "a title", &log) == nil)
        #expect(items[1].mapping(allowing: ["x"], of: "a duty", &log) == nil)
        #expect(items[2].flag(of: "`optional`", &log) == nil)
        #expect(items[3].integer(of: "a depth", &log) == nil)
        #expect(items[4].integer(in: 0...64, of: "a depth", &log) == nil)
        #expect(items[4].integer(in: 0...70, of: "a depth", &log) == 70)
        #expect(items[5].text(of: "a title", &log) == nil)
        #expect(items[2].choice(among: ["yet", "no"], of: "an answer", &log) == nil)
        #expect(
            places(log.findings)
                == ["MW014 1:3", "MW014 2:3", "MW016 3:3", "MW015 4:3", "MW015 5:3", "MW014 6:2", "MW017 3:3"])
        #expect(log.findings.last?.nearest == "yet")
        #expect(log.findings[0].message == "a title is a text, and here stands a mapping")
    }

    @Test("one text stands for a list of itself, and one that stands twice is a warning")
    func lists() throws {
        var log = FindingLog(file: "test.yaml")
        let node = try #require(parse("a: one\nb: [x, y, x]\nc:\n").0)
        #expect(node["a"]?.texts(of: "a role", &log) == ["one"])
        #expect(node["b"]?.texts(of: "a role", &log) == ["x", "y"])
        #expect(node["c"]?.texts(of: "a role", &log) == [])
        #expect(places(log.findings) == ["MW019 2:11"])
        #expect(!log.hasErrors)
    }

    @Test("after 500 findings one says that there are more")
    func manyFindings() {
        var log = FindingLog(file: "test.yaml")
        for _ in 0..<600 { log.add(.unknownKey, at: .start, "x") }
        #expect(log.findings.count == 501)
        #expect(log.findings.last?.code == "MW018")
    }

    @Test("codes are numbered without a gap and each is explained")
    func codes() {
        #expect(FindingCode.ofYAML.map(\.name) == (1...19).map { $0 < 10 ? "MW00\($0)" : "MW0\($0)" })
        #expect(FindingCode.ofYAML.allSatisfy { $0.explanation.count > 30 })
    }
}
