import ArgumentParser

/// Parts of the engine by themselves, for trying them out and for cases from elsewhere.
struct DebugCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "debug", abstract: "Answer cases given as JSON lines on standard input, one line each.",
        subcommands: [DebugCELCommand.self, DebugChartCommand.self, DebugRecur.self, DebugYAMLCommand.self])
}
