import ArgumentParser
import Diagnostics
import Secretariat

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check workflows, rules, holidays and templates.")

    @Option(help: ArgumentHelp("The workspace whose files go before those shipped.", valueName: "dir"))
    var workspace: String?

    @Flag(help: "Answer in JSON.")
    var json = false

    @Argument(help: "The files; all that are in force if left out.")
    var files: [String] = []

    func run() throws {
        try attempt {
            guard let shelf = Shelf.find() else { throw WorkspaceFailure.noShelf }
            let folder = try? Workspace.find(named: workspace)
            if folder == nil, workspace != nil { _ = try Workspace.find(named: workspace) }
            var check = FileCheck(folder: folder, shelf: shelf)
            try check.check(files)
            if json {
                Console.say(Plain.list(check.findings.map { Plain($0) }).json)
            } else if !check.findings.isEmpty {
                Console.say(check.findings.map { $0.rendered(in: check.sources[$0.file]) }.joined(separator: "\n"))
            }
            if check.findings.contains(where: { $0.severity == .error }) { throw Exit.badInput }
        }
    }
}
