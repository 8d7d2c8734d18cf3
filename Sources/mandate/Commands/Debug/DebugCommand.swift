import ArgumentParser

struct DebugCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "debug", abstract: "Answer cases given as JSON lines on standard input, one line each.",
        subcommands: [DebugRecur.self])
}
