import Diagnostics
import Foundation
import Proofs
import Workflows

/// The folder of the repository itself.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

/// The workflows that are shipped, checked together.
func shipped() throws -> WorkflowLibrary {
    let folder = repository.appendingPathComponent("Workflows")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }.sorted()
    return WorkflowLibrary(
        checking: try names.map { name in
            let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            return WorkflowSource(SourceText(name: name, text: text), hash: name)
        })
}

/// Checks texts together, and proves them.
func proved(_ texts: String..., extent: ProofExtent = .usual) -> (library: WorkflowLibrary, proofs: Proofs) {
    let sources = texts.enumerated().map { number, text in
        WorkflowSource(SourceText(name: "test\(number).yaml", text: text), hash: "h\(number)")
    }
    let library = WorkflowLibrary(checking: sources)
    var prover = Prover(library.workflows, extent: extent)
    return (library, prover.prove())
}

/// The findings as a person sees them.
func rendered(_ findings: [Finding]) -> String { findings.map { $0.rendered(in: nil) }.joined(separator: "\n") }
