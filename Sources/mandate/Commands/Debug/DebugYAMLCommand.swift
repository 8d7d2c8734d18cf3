import ArgumentParser
import Diagnostics
import YAML

struct DebugYAMLCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "yaml", abstract: "Read YAML as workflows are read.",
        discussion: """
            Each line is {"yaml": text}. The answer is {"json": value} or {"findings": [{"line", "column", "message"}]}.
            """)

    func run() {
        Conversation.answerEach { line in
            guard let text = line["yaml"]?.text else { throw LineFailure("a line is {\"yaml\": text}") }
            let (node, findings) = parseYAML(SourceText(name: "yaml", text: text))
            guard let node, findings.isEmpty else { return .object([("findings", .list(findings.sorted().map(plain)))]) }
            return .object([("json", LineValue(node))])
        }
    }

    private func plain(_ finding: Finding) -> LineValue {
        .object([
            ("line", .whole(Int64(finding.range.start.line))), ("column", .whole(Int64(finding.range.start.column))),
            ("message", .text(finding.message)),
        ])
    }
}
