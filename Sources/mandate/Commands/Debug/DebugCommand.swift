import ArgumentParser

/// Parts of the engine by themselves, for trying them out and for cases from elsewhere.
struct DebugCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "debug", abstract: "Answer test cases: JSON lines in, JSON lines out.",
        subcommands: [DebugCELCommand.self, DebugChartCommand.self, DebugRecur.self, DebugYAMLCommand.self])
}
