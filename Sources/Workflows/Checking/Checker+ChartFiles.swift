import CEL
import Diagnostics
import Statecharts
import YAML

/// Chart files: variables of any type, no subjects.
extension Checker {
    /// The chart of a chart file; nil where a finding is an error.
    mutating func checkChart() -> Chart? {
        environment = Environment()
        checkChartNames()
        checkChartVariables()
        checkConditions()
        let chart = chart(chartDefinition())
        return log.hasErrors ? nil : chart
    }

    private mutating func checkChartNames() {
        var taken: [String: SourceRange] = [:]
        let declared = allVariables.map { ($0.variable.name, Kind?.none) } + workflow.conditions.map { ($0.name, .bool) }
        for (word, kind) in declared {
            if let first = taken[word.text] {
                log.add(
                    .nameTaken, at: word.range, "the name `\(word.text)` is taken", expected: "another name",
                    related: [.init(file: log.file, range: first, message: "it stands here first")])
            } else if Self.reserved.contains(word.text) || ["event", "_event", "_name"].contains(word.text) {
                log.add(.nameTaken, at: word.range, "`\(word.text)` is a word of the language", expected: "another name")
            }
            taken[word.text] = taken[word.text] ?? word.range
            if let kind { environment.names[word.text] = kind }
        }
    }

    /// The chart's variables and those of its states, in document order, each with the id of its state.
    private var allVariables: [(variable: UncheckedVariable, home: String?)] {
        workflow.chartVariables.map { ($0, nil) }
            + tree.items.indices.flatMap { number in tree.items[number].state.variables.map { ($0, ids[number]) } }
    }

    /// First values in order: an expression may use those before it.
    private mutating func checkChartVariables() {
        let bare = environment
        var seen: Set<String> = []
        let declared = allVariables.filter { seen.insert($0.variable.name.text).inserted }
        chartVariables = declared.map { variable, home in
            Statecharts.Variable(name: variable.name.text, home: home, origin: variable.name.range)
        }
        for (slot, (variable, _)) in declared.enumerated() {
            var kind = Kind.dyn
            switch variable.first {
            case .expression(let node):
                environment = ChartDefinition(name: "", variables: chartVariables, states: []).environment(over: bare)
                let program = compile(node, as: .dyn, of: "a first value")
                chartVariables[slot].initial = program
                kind = program?.kind ?? .dyn
            case .value(let node): kind = first(node.value, slot)
            case .type(let type):
                guard let type = fieldType(type) else { continue }
                kind = type.kind
                if let standard = type.standard { _ = first(standard, slot) }
            }
            chartVariables[slot].kind = kind == .null ? .dyn : kind
        }
        environment = ChartDefinition(name: "", variables: chartVariables, states: []).environment(over: bare)
    }

    /// Gives the variable its first value; the value's type.
    private mutating func first(_ value: Value, _ slot: Int) -> Kind {
        chartVariables[slot].initial = try? Program(value.literal, in: Environment())
        return value.kind
    }
}

extension Node {
    /// The value that the node writes, as expressions know it.
    var value: Value {
        switch content {
        case .sequence(let nodes): return .list(nodes.map(\.value))
        case .mapping(let entries):
            return .map(Dictionary(entries.map { (.string($0.key.rawText ?? ""), $0.value.value) }) { first, _ in first })
        case .scalar(let text, _):
            switch scalar {
            case .null?, nil: return .null
            case .bool(let flag)?: return .bool(flag)
            case .int(let number)?: return .int(number)
            case .float(let number)?: return .double(number)
            case .string?: return .string(text)
            }
        }
    }
}
