import Diagnostics
import Statecharts
import YAML

/// Chart files: the states of a workflow without the workflow.
extension WorkflowReader {
    static let chartKeys = ["chart", "title", "basis", "variables", "conditions", "states", "initial", "binding", "charts"]
    static let startedChartKeys = ["title", "variables", "conditions", "states", "initial", "binding"]
    static let invocationKeys = ["chart", "id", "id_into", "with", "forward", "finalize"]

    mutating func chart(_ node: Node) -> UncheckedWorkflow? {
        guard let fields = node.mapping(allowing: Self.chartKeys, of: "a chart", &log) else { return nil }
        let name = fields["chart"].flatMap { self.name($0, of: "a chart's name") }
        var chart = chart(node, fields, name ?? Word(text: "chart", range: node.range))
        for entry in fields["charts"]?.namedEntries(of: "charts", &log) ?? [] {
            guard let name = self.name(entry.key, of: "a chart's name"),
                let fields = entry.value.mapping(allowing: Self.startedChartKeys, of: "a chart", &log)
            else { continue }
            chart.charts.append(self.chart(entry.value, fields, name))
        }
        return chart
    }

    private mutating func chart(_ node: Node, _ fields: Fields, _ name: Word) -> UncheckedWorkflow {
        let title = fields["title"]?.text(of: "a title", &log) ?? name.text
        let origin = fields.key("states")?.range ?? node.range
        var chart = UncheckedWorkflow(file: log.file, hash: "", name: name, title: title, origin: origin)
        chart.isChart = true
        chart.chartVariables = fields["variables"].map { chartVariables($0) } ?? []
        chart.conditions = fields["conditions"].map { conditions($0) } ?? []
        chart.states = fields.required("states", of: "a chart", &log).map { states($0) } ?? []
        chart.initial = fields["initial"].map { choices($0) } ?? []
        if fields["binding"]?.choice(among: ["early", "late"], of: "`binding`", &log) == "late" { chart.binding = .late }
        return chart
    }

    /// Variables: a first value of any shape, a type, or `{is: CEL}`.
    mutating func chartVariables(_ node: Node) -> [UncheckedVariable] {
        node.namedEntries(of: "variables", &log).compactMap { entry in
            guard let name = variableName(entry.key) else { return nil }
            return first(entry.value).map { UncheckedVariable(name: name, first: $0) }
        }
    }

    private mutating func first(_ node: Node) -> UncheckedVariable.First? {
        if let entries = node.entries {
            let keys = entries.compactMap(\.key.rawText)
            if keys == ["is"] { return expression(entries[0].value, of: "a first value").map { .expression($0) } }
            if keys.contains("type"), keys.allSatisfy(Self.typeKeys.contains) { return fieldType(node).map { .type($0) } }
            return .value(node)
        }
        if case .scalar(let text, .plain) = node.content, Self.plainTypes.contains(text) {
            return .type(UncheckedFieldType(base: Word(text: text, range: node.range)))
        }
        return .value(node)
    }

    /// A chart, or a list of charts, that run while the state is active.
    mutating func invocations(_ node: Node) -> [UncheckedInvocation] {
        node.items.compactMap { item in
            guard item.entries != nil else {
                return name(item, of: "a chart").map { UncheckedInvocation(chart: $0, origin: item.range) }
            }
            guard let fields = item.mapping(allowing: Self.invocationKeys, of: "`invoke`", &log),
                let chart = fields.required("chart", of: "`invoke`", &log).flatMap({ name($0, of: "a chart") })
            else { return nil }
            var invocation = UncheckedInvocation(chart: chart, origin: item.range)
            invocation.id = fields["id"].flatMap { name($0, of: "an id") }
            invocation.idVariable = fields["id_into"].flatMap { variableName($0) }
            invocation.with = fields["with"].map { payload($0) } ?? .none
            invocation.isForwarding = fields["forward"]?.flag(of: "`forward`", &log) ?? false
            invocation.finalize = fields["finalize"].map { actions($0) } ?? []
            return invocation
        }
    }
}
