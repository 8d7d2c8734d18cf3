import Diagnostics
import Foundation
import Statecharts
import Testing
import Workflows

/// Writes charts in the neutral JSON form of the published cases as chart files in YAML, of which JSON is a part.
private struct ChartWriter {
    private var variables: Set<String> = []

    static func write(_ chart: [String: Any]) -> String {
        var writer = ChartWriter()
        let declared = maps(chart["data"])
        writer.variables = Set(declared.compactMap { text($0, "id") })
        var parts = [
            pair("variables", object(declared.map { (text($0, "id") ?? "", computed(text($0, "exprCel") ?? "null")) })),
            pair("states", writer.states(chart["states"])),
        ]
        if let initial = texts(chart["initial"]) { parts.append(pair("initial", list(initial.map(quoted)))) }
        if text(chart, "binding") == "late" { parts.append(pair("binding", "late")) }
        return "{\(parts.joined(separator: ",\n"))}"
    }

    private func states(_ json: Any?) -> String {
        Self.object(Self.maps(json).map { (Self.text($0, "id") ?? "", state($0)) })
    }

    private func state(_ json: [String: Any]) -> String {
        var parts: [(String, String)] = []
        let kind = Self.text(json, "kind")
        if kind == "final" { parts.append(("type", "final")) }
        if kind == "history" { parts.append(("history", Self.text(json, "history") == "deep" ? "deep" : "shallow")) }
        let transitions = Self.maps(json["transitions"])
        if kind == "history", let usual = transitions.first {
            parts.append(("initial", start(Self.texts(usual["targets"]) ?? [], usual["actions"])))
        } else if let initial = Self.texts(json["initial"]) {
            parts.append(("initial", start(initial, json["initialActions"])))
        }
        for key in ["entry", "exit"] {
            let blocks = json[key] as? [Any] ?? []
            if !blocks.isEmpty { parts.append((key, Self.list(blocks.map { Self.list(actions($0)) }))) }
        }
        if kind != "history" {
            let heard = transitions.filter { $0["events"] is [String] }
            if !heard.isEmpty {
                parts.append(
                    (
                        "on",
                        Self.list(
                            heard.map {
                                Self.object([((Self.texts($0["events"]) ?? []).joined(separator: " "), transition($0))])
                            })
                    ))
            }
            let eventless = transitions.filter { !($0["events"] is [String]) }
            if !eventless.isEmpty { parts.append(("once", Self.list(eventless.map(transition)))) }
        }
        if !Self.maps(json["states"]).isEmpty {
            parts.append((kind == "parallel" ? "parallel" : "states", states(json["states"])))
        }
        return Self.object(parts)
    }

    private func start(_ targets: [String], _ actions: Any?) -> String {
        Self.object([("to", Self.list(targets.map(Self.quoted))), ("do", Self.list(self.actions(actions)))])
    }

    private func transition(_ json: [String: Any]) -> String {
        var parts: [(String, String)] = []
        let targets = Self.texts(json["targets"]) ?? []
        parts.append(("to", targets.isEmpty ? "stay" : Self.list(targets.map(Self.quoted))))
        if let test = condition(json) { parts.append(("if", test)) }
        if Self.text(json, "type") != "internal", !targets.isEmpty { parts.append(("external", "true")) }
        let done = actions(json["actions"])
        if !done.isEmpty { parts.append(("do", Self.list(done))) }
        return Self.object(parts)
    }

    // MARK: - Actions

    private func actions(_ json: Any?) -> [String] { Self.maps(json).map(action) }

    private func action(_ json: [String: Any]) -> String {
        if let event = Self.text(json, "raise") { return Self.object([("raise", Self.quoted(event))]) }
        if let cancel = json["cancel"] as? [String: Any] {
            return Self.object([("cancel", Self.quoted(Self.text(cancel, "sendid") ?? ""))])
        }
        if let log = json["log"] as? [String: Any] {
            let value = expression(log, "expr") ?? "null"
            guard let label = Self.text(log, "label"), !label.isEmpty else { return Self.object([("log", value)]) }
            return Self.object([("log", Self.object([("label", Self.quoted(label)), ("value", value)]))])
        }
        if let assign = json["assign"] as? [String: Any] {
            return Self.object([("set", Self.object([(Self.text(assign, "location") ?? "", expression(assign, "expr") ?? "")]))]
            )
        }
        if let send = json["send"] as? [String: Any] { return Self.object([("send", sending(send))]) }
        if let branches = json["if"] as? [[String: Any]] { return conditional(branches[...]) }
        guard let loop = json["foreach"] as? [String: Any] else { return "unknown" }
        var parts = [("foreach", Self.object([(Self.text(loop, "item") ?? "", expression(loop, "array") ?? "")]))]
        if let index = Self.text(loop, "index") { parts.append(("index", index)) }
        return Self.object(parts + [("do", Self.list(actions(loop["do"])))])
    }

    private func conditional(_ branches: ArraySlice<[String: Any]>) -> String {
        guard let first = branches.first else { return "[]" }
        guard let test = condition(first) else { return Self.list(actions(first["do"])) }
        var parts = [("if", test), ("do", Self.list(actions(first["do"])))]
        if branches.count > 1 { parts.append(("else", conditional(branches.dropFirst()))) }
        return Self.object(parts)
    }

    private func sending(_ json: [String: Any]) -> String {
        var parts: [(String, String)] = []
        parts.append(
            ("event", Self.text(json, "event").map(Self.quoted) ?? Self.computed(Self.text(json, "eventexprCel") ?? "")))
        if let delay = Self.text(json, "delay") { parts.append(("delay", Self.quoted(delay))) }
        if let delay = Self.text(json, "delayexprCel") { parts.append(("delay", Self.computed(delay))) }
        if let id = Self.text(json, "id") { parts.append(("id", Self.quoted(id))) }
        if let variable = Self.text(json, "idlocation") { parts.append(("id_into", variable)) }
        if let target = Self.text(json, "target"), target.hasPrefix("#_") { parts.append(("to", Self.quoted(target))) }
        if let content = json["content"] as? [String: Any] {
            parts.append(("with", expression(content, "expr") ?? Self.quoted("'\(Self.text(content, "text") ?? "")'")))
        }
        var fields = (Self.text(json, "namelist") ?? "").split(separator: " ").map { (String($0), Self.quoted(String($0))) }
        for field in Self.maps(json["params"]) {
            let value = Self.text(field, "location").map(Self.quoted) ?? expression(field, "expr") ?? ""
            fields.append((Self.text(field, "name") ?? "", value))
        }
        if !fields.isEmpty { parts.append(("with", Self.object(fields))) }
        return Self.object(parts)
    }

    // MARK: - Expressions and YAML

    private func expression(_ json: [String: Any], _ key: String) -> String? {
        (Self.text(json, key + "Cel") ?? Self.text(json, key)).map(Self.quoted)
    }

    /// A bare variable as a condition asks whether it is there.
    private func condition(_ json: [String: Any]) -> String? {
        guard let text = Self.text(json, "condCel") ?? Self.text(json, "cond") else { return nil }
        return Self.quoted(
            variables.contains(text) ? "\(text) != null" : text.replacingOccurrences(of: "in_state(", with: "In("))
    }

    private static func computed(_ expression: String) -> String { object([("is", quoted(expression))]) }

    private static func object(_ members: [(String, String)]) -> String {
        "{\(members.map { pair($0, $1) }.joined(separator: ", "))}"
    }

    private static func pair(_ key: String, _ value: String) -> String { "\(quoted(key)): \(value)" }
    private static func list(_ items: [String]) -> String { "[\(items.joined(separator: ", "))]" }

    private static func quoted(_ text: String) -> String {
        "\"\(text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\""))\""
    }

    private static func maps(_ json: Any?) -> [[String: Any]] { json as? [[String: Any]] ?? [] }
    private static func texts(_ json: Any?) -> [String]? { json as? [String] }
    private static func text(_ json: [String: Any], _ key: String) -> String? { json[key] as? String }
}

@Suite struct PublishedChartTests {
    private static let folder: URL? = sharedFolder.map { $0.appendingPathComponent("conformance/scxml") }.flatMap {
        FileManager.default.fileExists(atPath: $0.appendingPathComponent("manifest.json").path) ? $0 : nil
    }

    @Test(
        "every published chart, written in the workflow language, comes to its configurations",
        .enabled(if: folder != nil, "needs ../shared"))
    func published() throws {
        let folder = try #require(Self.folder)
        let manifest = try #require(try Self.json(folder.appendingPathComponent("manifest.json")) as? [[String: Any]])
        #expect(manifest.count >= 111)
        var passed = 0
        for entry in manifest {
            let file = try #require(entry["file"] as? String)
            let sample = try #require(try Self.json(folder.appendingPathComponent(file)) as? [String: Any])
            var script = sample["script"] as? [String: Any] ?? [:]
            if entry["verdict"] as? String == "json.legacySemantics", let other = script["legacySemantics"] as? [String: Any] {
                script = other
            }
            let source = SourceText(name: file, text: ChartWriter.write(sample["chart"] as? [String: Any] ?? [:]))
            let (read, findings) = readChart(source)
            guard let read else {
                Issue.record("\(file): \(findings.map { $0.rendered(in: source) }.joined(separator: "\n"))")
                continue
            }
            let faults = try Self.play(read.chart, script)
            if faults.isEmpty { passed += 1 }
            #expect(faults.isEmpty, "\(file): \(faults.joined(separator: "; "))")
        }
        print("SCXML cases as chart files: \(passed) of \(manifest.count) pass")
    }

    private static func play(_ chart: Chart, _ script: [String: Any]) throws -> [String] {
        var rehearsal = try Rehearsal(chart)
        var faults: [String] = []
        func compare(_ expected: Any?, _ place: String) {
            let expected = Set(expected as? [String] ?? [])
            if Set(rehearsal.activeStates) != expected {
                faults.append("\(place): expected \(expected.sorted()), found \(rehearsal.activeStates)")
            }
        }
        compare(script["initialConfiguration"], "start")
        for move in script["events"] as? [[String: Any]] ?? [] {
            try rehearsal.advance(by: move["after"] as? Int ?? 0)
            let name = (move["event"] as? [String: Any])?["name"] as? String ?? ""
            try rehearsal.hear(Event(name))
            compare(move["nextConfiguration"], "`\(name)`")
        }
        return faults
    }

    private static func json(_ file: URL) throws -> Any { try JSONSerialization.jsonObject(with: Data(contentsOf: file)) }
}
