import Diagnostics
import Statecharts
import YAML

/// The statechart of a file that holds states and variables alone, in the language of workflows: for trying a chart out.
public struct ChartFile: Sendable {
    public let chart: Chart
    /// The charts that it may start, by their names.
    public let charts: [String: Chart]

    /// Keys that only a workflow has.
    private static let workflowKeys: Set<String> = [
        "workflow", "for", "begins", "deadlines", "commands", "never", "always",
    ]

    /// Whether the file is a chart: it has states, and nothing that only a workflow has.
    public static func isChart(_ root: Node) -> Bool {
        let keys = (root.entries ?? []).compactMap(\.key.rawText)
        return keys.contains("states") && !keys.contains(where: workflowKeys.contains)
    }
}

/// Reads and checks a chart file. There is no chart where a finding is an error.
public func readChart(_ source: SourceText) -> (ChartFile?, [Finding]) {
    let (node, findings) = parseYAML(source)
    var reader = WorkflowReader(file: source.name, isChart: true)
    reader.log.add(findings)
    guard let unchecked = node.flatMap({ reader.chart($0) }), !unchecked.states.isEmpty || !reader.log.hasErrors else {
        return (nil, reader.log.findings.sorted())
    }
    let surroundings = Surroundings(outlines: [:], charts: unchecked.charts.map(\.name.text))
    var charts: [String: Chart] = [:]
    for started in unchecked.charts {
        var checker = Checker(started, surroundings)
        charts[started.name.text] = checker.checkChart()
        reader.log.add(checker.log.findings)
    }
    var checker = Checker(unchecked, surroundings)
    let chart = checker.checkChart()
    reader.log.add(checker.log.findings)
    let isSound = !reader.log.hasErrors
    return (isSound ? chart.map { ChartFile(chart: $0, charts: charts) } : nil, reader.log.findings.sorted())
}
