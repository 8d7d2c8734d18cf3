import ArgumentParser
import CEL
import Diagnostics
import Secretariat
import Statecharts
import Workflows
import YAML

struct DebugChartCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chart", abstract: "Run a statechart in virtual time.",
        discussion: """
            The file holds states and variables, or a whole workflow. The first line of the answer is the start. Then each line \
            {"event": {"name": text, "data": value}} or {"advance": milliseconds} is answered with {"configuration": [active \
            atomic states], "log": [...], "sent": [...], "variables": {...}} or {"error": text}.
            """)

    @Argument(help: "A chart or workflow in YAML.")
    var file: String

    func run() throws {
        try attempt {
            guard let played = try PlayedChart(file: file) else { throw Exit.badInput }
            var rehearsal: Statecharts.Rehearsal
            do {
                rehearsal = try Statecharts.Rehearsal(played.chart, in: UnansweringWorld(), others: played.others)
            } catch {
                Conversation.say(Conversation.error("\(error)"))
                throw Exit.badInput
            }
            Conversation.say(played.told(&rehearsal))
            Conversation.answerEach { line in
                try Self.move(&rehearsal, by: line)
                return played.told(&rehearsal)
            }
        }
    }

    private static func move(_ rehearsal: inout Statecharts.Rehearsal, by line: LineValue) throws {
        switch (line["event"], line["advance"]) {
        case (let event?, nil):
            let named = event["name"]?.text ?? event.text
            guard let name = named, !name.isEmpty else { throw LineFailure("an event is {\"name\": text, \"data\": value}") }
            try rehearsal.hear(Event(name, data: event["data"]?.value ?? .null))
        case (nil, .whole(let milliseconds)?) where (0...longestAdvance).contains(milliseconds):
            try rehearsal.advance(by: Int(milliseconds))
        case (nil, _?): throw LineFailure("`advance` is a whole number of milliseconds, from 0 to \(longestAdvance)")
        default: throw LineFailure("a line is {\"event\": {\"name\": text}} or {\"advance\": milliseconds}")
        }
    }

    /// A hundred years.
    private static let longestAdvance: Int64 = 36_525 * 86_400_000
}

/// A chart as its file has it, with the names that its states bear there.
struct PlayedChart {
    let chart: Chart
    let others: [String: Chart]
    /// Of each state: its name where no other bears it, else its path.
    private let names: [String: String]

    /// Nil where the file has errors; all that is found is told on standard error.
    init?(file: String) throws {
        let bytes = try Disk.read(file, limit: Bounds.bytes + 1)
        let (source, root, findings) = parseYAML(bytes: bytes, name: file)
        guard let root else {
            Self.tell(findings, in: source)
            return nil
        }
        if ChartFile.isChart(root) || root["workflow"] == nil {
            let (read, findings) = readChart(source)
            Self.tell(findings, in: source)
            guard let read else { return nil }
            chart = read.chart
            others = read.charts
            names = [:]
        } else {
            let library = WorkflowLibrary(checking: try Self.sources(beside: file, source))
            Self.tell(library.findings.filter { $0.file == file }, in: source)
            guard let workflow = library.workflows.first(where: { $0.file == file }) else { return nil }
            chart = workflow.chart
            others = [:]
            names = Self.shortNames(of: workflow.chart.states.map(\.id))
        }
    }

    private static func tell(_ findings: [Finding], in source: SourceText) {
        for finding in findings { Console.complain(finding.rendered(in: source)) }
    }

    /// The workflow with those of its folder, which it may start or hear.
    private static func sources(beside file: String, _ source: SourceText) throws -> [WorkflowSource] {
        var sources = [WorkflowSource(source, hash: "")]
        let folder = Disk.parent(of: file)
        for name in Disk.names(in: folder, ending: ".yaml") where Disk.joined(folder, name) != file && name != file {
            let (other, root, _) = parseYAML(
                bytes: try Disk.read(Disk.joined(folder, name), limit: Bounds.bytes + 1), name: name)
            if root?["workflow"] != nil { sources.append(WorkflowSource(other, hash: "")) }
        }
        return sources
    }

    private static func shortNames(of ids: [String]) -> [String: String] {
        let last = ids.map { id in id.split(separator: ".").last.map(String.init) ?? id }
        let counts = Dictionary(last.map { ($0, 1) }, uniquingKeysWith: +)
        let names = zip(ids, last).map { ($0, counts[$1] == 1 ? $1 : $0) }
        return Dictionary(names) { first, _ in first }
    }

    /// What stands, and what happened since it was last told.
    func told(_ rehearsal: inout Statecharts.Rehearsal) -> LineValue {
        let outcomes = rehearsal.outcomes
        rehearsal.forgetOutcomes()
        let values = zip(chart.variables, rehearsal.instance.variables)
        return .object([
            ("configuration", .list(rehearsal.activeStates.map { .text(names[$0] ?? $0) })),
            ("log", .list(outcomes.flatMap(\.log).map(Self.logged))),
            ("sent", .list(outcomes.flatMap(\.sent).map(Self.sent))),
            ("variables", .object(values.map { ($0, LineValue($1)) })),
        ])
    }

    /// The value alone; behind its label, if it has one.
    private static func logged(_ line: LogLine) -> LineValue {
        let value = line.value.map { LineValue($0) }
        if line.label.isEmpty { return value ?? .null }
        guard let value else { return .text(line.label) }
        return .text("\(line.label): \(value.text ?? value.json)")
    }

    private static func sent(_ sent: Sent) -> LineValue {
        var members: [(key: String, value: LineValue)] = [
            ("event", .text(sent.event.name)), ("delay", .whole(Int64(sent.delay))),
        ]
        if sent.event.data != .null { members.append(("data", LineValue(sent.event.data))) }
        if let id = sent.id { members.append(("id", .text(id))) }
        if let target = sent.target { members.append(("to", .text(target))) }
        return .object(members)
    }
}

/// A world in which nothing is announced and no moment has passed: a workflow is played without a society.
struct UnansweringWorld: World {
    func value(named name: String) -> CEL.Value? { nil }

    func field(_ name: String, of reference: Reference) throws(EvaluationError) -> CEL.Value {
        throw EvaluationError("there is no society here to ask for `\(name)`")
    }

    func call(_ function: String, target: CEL.Value?, arguments: [CEL.Value]) throws(EvaluationError) -> CEL.Value {
        if target == nil, ["announced", "passed"].contains(function) { return .bool(false) }
        throw EvaluationError("there is no society here to ask for `\(function)`")
    }
}
