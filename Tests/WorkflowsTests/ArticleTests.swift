import Diagnostics
import Foundation
import Testing
import YAML

@testable import Workflows

@Suite struct ArticleTests {
    private static let article =
        (try? String(
            contentsOf: repository.appendingPathComponent("Sources/Workflows/Documentation.docc/WorkflowLanguage.md"),
            encoding: .utf8))
        ?? ""

    /// The YAML of each section, by its title.
    private static let sections: [(title: String, files: [String])] = {
        var sections: [(title: String, files: [String])] = []
        var open: [String]?
        for line in article.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if let lines = open {
                if line == "```" {
                    sections[sections.count - 1].files.append(lines.joined(separator: "\n"))
                    open = nil
                } else {
                    open = lines + [line]
                }
            } else if line.hasPrefix("## ") {
                sections.append((String(line.dropFirst(3)), []))
            } else if line == "```yaml" {
                open = []
            }
        }
        return sections.filter { !$0.files.isEmpty }
    }()

    @Test("the workflows of each section of the language article have no finding", arguments: sections.map(\.title))
    func examples(title: String) throws {
        let section = try #require(Self.sections.first { $0.title == title })
        let sources = section.files.enumerated().map { number, text in
            WorkflowSource(SourceText(name: "example\(number + 1).yaml", text: text), hash: "h\(number)")
        }
        if sources.contains(where: { parseYAML($0.text).0.map(ChartFile.isChart) ?? false }) {
            for source in sources {
                let (chart, findings) = readChart(source.text)
                #expect(chart != nil && findings.isEmpty, "\(rendered(findings))")
            }
            return
        }
        let library = WorkflowLibrary(checking: sources)
        #expect(library.findings.isEmpty, "\(rendered(library.findings))")
        #expect(library.workflows.count == sources.count)
    }

    @Test("the article teaches in at least five steps")
    func steps() { #expect(Self.sections.count >= 5) }

    @Test("every key, type, role, record and code of the language stands in the article")
    func reference() {
        let keys =
            WorkflowReader.topKeys + WorkflowReader.stateKeys + WorkflowReader.dutyKeys + WorkflowReader.transitionKeys
            + WorkflowReader.commandKeys + WorkflowReader.typeKeys + WorkflowReader.inlineVerbs + WorkflowReader.adverbs
            + WorkflowReader.chartKeys + WorkflowReader.chartStateKeys + WorkflowReader.sendingKeys
            + WorkflowReader.invocationKeys
        let words =
            WorkflowReader.plainTypes + RecordKind.allCases.map(\.rawValue) + SubjectKind.allCases.map(\.rawValue)
            + Role.bodyRoles
            + Role.organisationRoles + Array(Vocabulary.engineEvents.keys) + Participation.allCases.map(\.name)
        for key in keys {
            #expect(
                Self.article.contains("`\(key)`") || Self.article.contains("`\(key):") || Self.article.contains("\(key):"),
                "\(key)")
        }
        for word in words { #expect(Self.article.contains(word), "\(word)") }
        for code in FindingCode.all { #expect(Self.article.contains("| \(code.name) | \(code.title) |"), "\(code.name)") }
    }
}
