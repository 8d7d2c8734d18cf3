import Diagnostics
import Foundation
import Testing
import Workflows

@Suite struct ShippedTests {
    @Test("the shipped workflows have no finding")
    func shipped() throws {
        let sources = try files(in: repository.appendingPathComponent("Workflows"), ending: ".yaml").map {
            WorkflowSource(SourceText(name: $0.name, text: $0.text), hash: $0.name)
        }
        let templates = try files(in: repository.appendingPathComponent("Templates"), ending: ".mustache").map {
            $0.name.replacingOccurrences(of: ".mustache", with: "")
        }
        let library = WorkflowLibrary(checking: sources, templates: Set(templates))
        #expect(library.findings.isEmpty, "\(rendered(library.findings))")
        #expect(library.workflows.count == sources.count)
        #expect(sources.count >= 4)
    }
}
