import Diagnostics
import Foundation
import Testing
import Workflows
import YAML

/// Reads and checks one text, named test.yaml.
func check(_ text: String, with others: [String] = [], templates: Set<String>? = nil) -> WorkflowLibrary {
    var sources = [WorkflowSource(SourceText(name: "test.yaml", text: text), hash: "h0")]
    for (number, other) in others.enumerated() {
        sources.append(WorkflowSource(SourceText(name: "other\(number).yaml", text: other), hash: "h\(number + 1)"))
    }
    return WorkflowLibrary(checking: sources, templates: templates)
}

/// `code line:column` of each finding, and the nearest name where there is one.
func places(_ findings: [Finding]) -> [String] {
    findings.map { finding in
        "\(finding.code) \(finding.range.start.line):\(finding.range.start.column)"
            + (finding.nearest.map { " \($0)" } ?? "")
    }
}

/// The findings as a person sees them, for a failed expectation.
func rendered(_ findings: [Finding]) -> String { findings.map { $0.rendered(in: nil) }.joined(separator: "\n") }

/// The folder of sources and trials beside the checkout; nil where it is absent, and what needs it is skipped.
let sharedFolder: URL? = {
    if let path = ProcessInfo.processInfo.environment["MANDATE_SHARED"] {
        let folder = URL(fileURLWithPath: path)
        if FileManager.default.fileExists(atPath: folder.path) { return folder }
    }
    var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    for _ in 0..<6 {
        folder.deleteLastPathComponent()
        let candidate = folder.appendingPathComponent("shared")
        if FileManager.default.fileExists(atPath: candidate.appendingPathComponent("trial").path) { return candidate }
    }
    return nil
}()

/// The folder of the repository itself.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

/// Files of one kind in a folder, by name.
func files(in folder: URL, ending suffix: String) throws -> [(name: String, text: String)] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(suffix) }.sorted().map {
        ($0, try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8))
    }
}
