import Diagnostics
import Foundation
import Proofs
import Workflows

/// A workflow of 300 lines: conditions, deadlines, commands, and duties one after the other.
private func workflowText() -> String {
    var lines = [
        "workflow: long", "title: A long workflow", "basis: 003 L45", "for: [meeting, representative]",
        "begins: {each: \"representative.serves(meeting.start)\"}", "", "variables: {rounds: 0, urgent: false}", "",
        "deadlines:",
        "  papers_read: 1 working day before meeting.start at 17:00",
        "  half_way: the earlier of papers_read and 10 working days before meeting.start",
        "", "conditions:", "  early: {is: now < papers_read, say: \"It is too late for {{meeting.title}}\"}",
        "  quorate: {is: quorum.met, say: \"{{quorum.present}} of {{quorum.needed}}\"}", "", "commands:",
    ]
    let count = 17
    for number in 0..<count {
        lines.append(
            "  finish_\(number): {title: Finish part \(number), by: representative, fields: {reason: {type: text, optional: true}}}"
        )
    }
    lines += ["  prod: {title: Remind, by: secretary}", "", "states:"]
    for number in 0..<count {
        lines += [
            "  part_\(number):", "    duty:", "      title: \"Do part \(number) for {{meeting.title}}\"",
            "      basis: 003 L45",
            "      of: representative", "      due: papers_read", "      checklist:",
            "        - {each: papers, do: \"Read {{title}}\"}", "        - Note what the sector would want raised",
            "      remind: [3 working days before, 1 working day before at 09:00]",
            "      escalate: {to: coordinator, after: 1 working day}", "    on:",
            "      finish_\(number): {to: part_\(number + 1), if: \"rounds < 3 || event.reason != null\", needs: [checklist, early], set: {rounds: rounds + 1}}",
            "      prod: {to: stay, if: \"quorum.met && !urgent\"}",
            "    at: {half_way: {to: part_\(number + 1), if: urgent, duty: lapsed}}",
        ]
    }
    lines.append("  part_\(count): final")
    while lines.count < 300 { lines.append("# so much is said") }
    return lines.prefix(300).joined(separator: "\n") + "\n"
}

func workflowBenchmarks() throws -> [Benchmark] {
    let source = SourceText(name: "long.yaml", text: workflowText())
    return [
        Benchmark("workflow-check") { times in
            for _ in 0..<times {
                let library = WorkflowLibrary(checking: [WorkflowSource(source, hash: "")])
                guard library.workflows.count == 1, !library.findings.contains(where: { $0.severity == .error }) else {
                    throw BenchFailure(library.findings.map { $0.rendered(in: source) }.joined(separator: "\n"))
                }
            }
            return times
        },
        proofBenchmark(),
    ]
}

/// All shipped workflows, checked together and proved: those in the folder that `MANDATE_SHARE` names, else in that of the call.
private func proofBenchmark() -> Benchmark {
    Benchmark("workflow-proofs") { times in
        let sources = try shippedWorkflows()
        for _ in 0..<times {
            let library = WorkflowLibrary(checking: sources.map { WorkflowSource($0, hash: $0.name) })
            var prover = Prover(library.workflows)
            let found = prover.prove().findings.filter { $0.severity == .error }
            guard library.workflows.count == sources.count, found.isEmpty else {
                throw BenchFailure(found.map { $0.rendered(in: nil) }.joined(separator: "\n"))
            }
        }
        return times
    }
}

private func shippedWorkflows() throws -> [SourceText] {
    let share = ProcessInfo.processInfo.environment["MANDATE_SHARE"] ?? FileManager.default.currentDirectoryPath
    let folder = URL(fileURLWithPath: share).appendingPathComponent("Workflows")
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
        throw BenchFailure("there are no workflows in \(folder.path); name the folder of the checkout in MANDATE_SHARE")
    }
    return try names.filter { $0.hasSuffix(".yaml") }.sorted().map { name in
        SourceText(name: name, text: try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8))
    }
}
