import ArgumentParser
import Diagnostics
import Proofs
import Secretariat
import YAML

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check workflows, rules, holidays and templates.")

    @Option(help: ArgumentHelp("The workspace whose files go before those shipped.", valueName: "dir"))
    var workspace: String?

    @Flag(help: "Answer in JSON.")
    var json = false

    @Option(
        help: ArgumentHelp("Explain a finding by its code, such as MW012; `all` prints the article of all.", valueName: "code"))
    var explain: String?

    @Option(help: "How far the proofs go: none, usual, full.")
    var prove = Proving.usual

    @Argument(help: "The files; all that are in force if left out.")
    var files: [String] = []

    func run() throws {
        try attempt {
            if let explain { return try tell(of: explain) }
            guard let shelf = Shelf.find() else { throw WorkspaceFailure.noShelf }
            let folder = try? Workspace.find(named: workspace)
            if folder == nil, workspace != nil { _ = try Workspace.find(named: workspace) }
            var check = FileCheck(folder: folder, shelf: shelf, proving: prove.extent)
            try check.check(files)
            if json {
                Console.say(Plain.list(check.findings.map { Plain($0) }).json)
            } else if !check.findings.isEmpty {
                Console.say(check.findings.map { $0.rendered(in: check.sources[$0.file]) }.joined(separator: "\n"))
            }
            if check.findings.contains(where: { $0.severity == .error }) { throw Exit.badInput }
        }
    }

    private func tell(of code: String) throws {
        if code == "all" { return Console.say(FindingCode.article, terminator: "") }
        let names = FindingCode.ofEveryFile.map(\.name)
        guard let found = FindingCode.ofEveryFile.first(where: { $0.name == code.uppercased() }) else {
            let near = nearestName(to: code.uppercased(), among: names).map { "; did you mean `\($0)`?" } ?? ""
            throw UsageFailure("there is no finding `\(code)`\(near)")
        }
        Console.say("\(found.name): \(found.title)\n\n\(found.explanation)")
    }
}

/// How far the proofs go, as a person says it.
enum Proving: String, ExpressibleByArgument, CaseIterable {
    case none, usual, full

    var extent: ProofExtent? {
        switch self {
        case .none: nil
        case .usual: .usual
        case .full: .full
        }
    }
}
