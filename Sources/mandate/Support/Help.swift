import ArgumentParser
import Diagnostics
import Foundation

// How the program speaks of itself.
extension Mandate {
    static func main() {
        do {
            try findCommand(CommandLine.arguments.dropFirst())
            var command = try parseAsRoot()
            try command.run()
        } catch let code as ExitCode { Foundation.exit(code.rawValue) } catch { leave(error) }
    }

    /// Says what the parser of arguments has to say: help on standard output, a mistake on standard error.
    private static func leave(_ error: any Error) -> Never {
        let code = exitCode(for: error)
        let text = fullMessage(for: error)
        if !text.isEmpty { code == .success ? Console.say(plainHeadings(text)) : Console.complain(text) }
        Foundation.exit(code.rawValue)
    }

    /// `FOR SECRETARIES:` in place of `FOR SECRETARIES SUBCOMMANDS:`, and no other word of the parser's own.
    private static func plainHeadings(_ help: String) -> String {
        help.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasSuffix(groupEnding) ? $0.dropLast(groupEnding.count) + ":" : $0 }.joined(separator: "\n")
            .replacing("<subcommand>", with: "<command>")
    }

    private static let groupEnding = " SUBCOMMANDS:"

    /// A command that does not exist is told by itself, with the nearest that does, rather than as an argument too many.
    static func findCommand(_ words: some Sequence<String>) throws {
        var command: any ParsableCommand.Type = self
        var path = ["mandate"]
        for word in words {
            let known = command.configuration.subcommands
            if known.isEmpty || word.hasPrefix("-") || word == "help" { return }
            guard let next = known.first(where: { $0._commandName == word }) else {
                complain(unknown(word, after: path, among: known.map { $0._commandName }))
                throw Exit.usage
            }
            command = next
            path.append(word)
        }
    }

    private static func unknown(_ word: String, after path: [String], among names: [String]) -> String {
        let nearest = nearestName(to: word, among: names).map { "; did you mean `\($0)`?" } ?? ""
        var text = "there is no command `\((path + [word]).joined(separator: " "))`\(nearest)"
        text += "\n    `\(path.joined(separator: " ")) --help` names them all"
        if path.count == 1 { text += "; the workflows' own, such as accept, are given with `mandate do`" }
        return text
    }
}
