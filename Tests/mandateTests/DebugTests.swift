import CEL
import Foundation
import Statecharts
import Testing

@testable import mandate

@Suite("Debugging with lines of JSON")
struct DebugTests {
    @Test(
        "a line of JSON is read and written as it is",
        arguments: [
            #"{"a": [1, -2.5, true, null, "x\n\"\\"], "b": {}}"#, "18446744073709551615", #""\u0001""#, "[]",
        ])
    func lines(line: String) throws { #expect(try #require(LineValue(line: line)).json == line) }

    @Test("what is no JSON is no line", arguments: ["", "{", "{\"a\": 1,}", "nothing", "[1"])
    func noLine(line: String) { #expect(LineValue(line: line).map(\.json) == nil) }

    @Test("values of expressions are told as JSON")
    func values() {
        let value = CEL.Value.map([
            .string("when"): .timestamp(Timestamp(seconds: 0)), .int(2): .list([.double(1), .uint(3)]),
        ])
        #expect(LineValue(value).json == #"{"2": [1.0, 3], "when": "1970-01-01T00:00:00Z"}"#)
    }

    private func file(_ text: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent("chart.yaml")
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    @Test("a chart tells its configuration, what it logged and sent since the last line, and its variables")
    func chart() throws {
        let path = try file(
            """
            variables: {pages: 42}
            states:
              drafting: {on: {submit: inReview}}
              inReview:
                entry: {send: {event: late, delay: 5s, with: {n: pages}}}
                on: {late: {to: drafting, log: "'late'", set: {pages: pages + 1}}}
            """)
        defer { try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent) }
        let played = try #require(try PlayedChart(file: path))
        var rehearsal = try Rehearsal(played.chart)
        #expect(
            played.told(&rehearsal).json
                == #"{"configuration": ["drafting"], "log": [], "sent": [], "variables": {"pages": 42}}"#)
        try rehearsal.hear(Event("submit"))
        #expect(
            played.told(&rehearsal).json
                == #"{"configuration": ["inReview"], "log": [], "#
                + #""sent": [{"event": "late", "delay": 5000, "data": {"n": 42}}], "variables": {"pages": 42}}"#)
        try rehearsal.advance(by: 5_000)
        #expect(
            played.told(&rehearsal).json
                == #"{"configuration": ["drafting"], "log": ["late"], "sent": [], "variables": {"pages": 43}}"#)
    }

    @Test("a workflow is played with the names of its states where no two bear them")
    func workflow() throws {
        let path = try file(
            """
            workflow: trial
            title: A trial
            for: meeting
            begins: {each: "true"}
            commands: {go: {title: Go, by: secretary}}
            states:
              one: {states: {same: {on: {go: two}}}}
              two: {states: {same: {on: {go: last}}, last: final}}
            """)
        defer { try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent) }
        let played = try #require(try PlayedChart(file: path))
        var rehearsal = try Rehearsal(played.chart, in: UnansweringWorld())
        #expect(played.told(&rehearsal).json.contains(#""configuration": ["one.same"]"#))
        try rehearsal.hear(Event("go"))
        try rehearsal.hear(Event("go"))
        #expect(played.told(&rehearsal).json.contains(#""configuration": ["last"]"#))
    }
}
