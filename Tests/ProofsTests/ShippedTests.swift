import Diagnostics
import Foundation
import Proofs
import Testing
import Workflows

@Suite struct ShippedTests {
    @Test("everything is proved of the shipped workflows")
    func shippedWorkflows() throws {
        let library = try shipped()
        #expect(library.findings.isEmpty)
        var prover = Prover(library.workflows)
        let clock = ContinuousClock()
        var proofs: Proofs?
        let time = clock.measure { proofs = prover.prove() }
        let found = try #require(proofs)
        print(
            "proofs of \(library.workflows.count) workflows: \(found.slices) slices, \(found.situations) situations, \(found.moves) moves, \(time)"
        )
        // Some rules rest on what a form says, which no file can tell: they are enforced, and a note says so.
        #expect(found.findings.allSatisfy { $0.severity == .note && $0.code == "MW085" }, "\(rendered(found.findings))")
    }

    @Test("the story in the language article is what the prover tells of the example there")
    func article() throws {
        let article = try String(
            contentsOf: repository.appendingPathComponent("Sources/Workflows/Documentation.docc/WorkflowLanguage.md"),
            encoding: .utf8)
        let blocks = article.components(separatedBy: "\n```")
        let example = try #require(blocks.first { $0.hasPrefix("yaml\nworkflow: spending") }).dropFirst(5)
        let story = try #require(blocks.first { $0.hasPrefix("\nspending.yaml") }).dropFirst()
        let library = WorkflowLibrary(
            checking: [WorkflowSource(SourceText(name: "spending.yaml", text: String(example)), hash: "h")])
        var prover = Prover(library.workflows)
        let finding = try #require(prover.prove().findings.first { $0.code == "MW083" })
        #expect(finding.rendered(in: nil) == story)
    }
}
