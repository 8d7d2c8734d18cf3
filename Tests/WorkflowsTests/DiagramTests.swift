import Diagnostics
import Foundation
import Statecharts
import Testing

@testable import Workflows

@Suite struct DiagramTests {
    private func shipped() throws -> [Workflow] {
        let sources = try files(in: repository.appendingPathComponent("Workflows"), ending: ".yaml").map {
            WorkflowSource(SourceText(name: $0.name, text: $0.text), hash: $0.name)
        }
        return WorkflowLibrary(checking: sources).workflows
    }

    private static let small = """
        workflow: small
        title: "A \\"small\\" one"
        for: meeting
        begins: {each: "true"}
        commands: {go: {title: Go, by: secretary}, back: {title: Back, by: secretary}}
        states:
          work:
            initial: second
            states:
              first: {duty: {title: Do it, basis: B, of: secretary, due: 1 day later}, on: {go: over}}
              second: {on: {back: first, go: {to: over, if: "meeting.place == ''"}}}
          over: final
        """

    @Test("a state chart of Mermaid has each state, where it starts, and each way with its label")
    func mermaid() throws {
        let workflow = try #require(check(Self.small).workflows.first)
        let text = WorkflowDiagram(workflow).mermaid
        for line in [
            "title: A 'small' one", "stateDiagram-v2", "    [*] --> s1", "    state \"work\" as s1 {",
            "        state \"first<br/>secretary∶ Do it\" as s2", "        [*] --> s3", "        s3 --> s2 : back",
            "    s1 --> s4 : go [meeting.place == '']", "    s4 --> [*]",
        ] { #expect(text.split(separator: "\n").contains(Substring(line)), "\(line)\n\(text)") }
    }

    @Test("where a case is and has been is marked")
    func marked() throws {
        let workflow = try #require(check(Self.small).workflows.first)
        let back = try #require(workflow.transitions.firstIndex { $0.trigger == .command("back") })
        let way = WorkflowDiagram.Way(now: ["work.first"], been: ["work.second", "work.first"], taken: [back])
        let diagram = WorkflowDiagram(workflow, way: way)
        #expect(diagram.mermaid.contains("class s2 now"))
        #expect(diagram.mermaid.contains("class s3 been"))
        #expect(diagram.mermaid.contains("s3 --> s2 : ✓ back"))
        #expect(diagram.dot.contains("s2 [label=\"first (2)\\nsecretary: Do it\", fillcolor=\"#ffd54f\", penwidth=3]"))
        #expect(diagram.dot.contains("s3 -> s2 [label=\"back\", penwidth=2.5"))
    }

    @Test("each shipped workflow is drawn with all its states and ways, braces closed")
    func whole() throws {
        let workflows = try shipped()
        #expect(workflows.count >= 4)
        for workflow in workflows {
            let diagram = WorkflowDiagram(workflow)
            let leading = workflow.transitions.map(\.targets.count).reduce(0, +)
            #expect(diagram.arrows.count == leading)
            #expect(leading > 0)
            for text in [diagram.mermaid, diagram.dot] {
                #expect(text.count { $0 == "{" } == text.count { $0 == "}" }, "\(workflow.name)")
                for number in 1..<workflow.chart.states.count {
                    #expect(
                        text.contains("s\(number) ") || text.contains("s\(number)\n") || text.contains("cluster_\(number) "),
                        "\(workflow.name) \(number)")
                }
            }
        }
    }

    @Test("Graphviz takes what is drawn, where it is installed")
    func graphviz() throws {
        let dot = ["/usr/bin/dot", "/usr/local/bin/dot", "/opt/homebrew/bin/dot"].first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        guard let dot else { return print("Graphviz is not installed; passed over") }
        for workflow in try shipped() {
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-\(UUID()).dot")
            defer { try? FileManager.default.removeItem(at: file) }
            try WorkflowDiagram(workflow).dot.write(to: file, atomically: true, encoding: .utf8)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: dot)
            process.arguments = ["-Tsvg", file.path]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let svg = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            #expect(svg.contains("</svg>"))
        }
    }
}
