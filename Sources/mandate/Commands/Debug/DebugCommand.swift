import ArgumentParser

/// Parts of the engine by themselves, for trying them out: lines of JSON in, lines of JSON out.
struct DebugCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "debug", abstract: "Try a part of the engine by itself, with lines of JSON.",
        subcommands: [DebugCELCommand.self, DebugChartCommand.self, DebugYAMLCommand.self])
}
