import ArgumentParser
import Foundation
import Secretariat

/// A number of things on the command line: at least one, at most ten million.
struct Count: ExpressibleByArgument, ExpressibleByIntegerLiteral {
    let number: Int

    init(_ number: Int) { self.number = number }

    init(integerLiteral number: Int) { self.init(number) }

    init?(argument: String) {
        guard let number = Int(argument), (1...10_000_000).contains(number) else { return nil }
        self.init(number)
    }

    var defaultValueDescription: String { "\(number)" }
}

/// The program that is tried.
struct ProgramOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The program; else the `mandate` beside this one.", valueName: "path"))
    var program = URL(fileURLWithPath: Shelf.programPath).deletingLastPathComponent().appendingPathComponent("mandate").path
}

extension Shelf {
    /// Throws where the shipped files are not to be found.
    static func found() throws -> Shelf {
        guard let shelf = find() else {
            throw BenchFailure("the shipped workflows are not to be found; set MANDATE_SHARE")
        }
        return shelf
    }
}
