import ArgumentParser
import Foundation
import Secretariat
import Trials

/// Prints a line of JSON for each measurement; what is promised and does not hold goes to standard error, and the exit code is 1.
struct SizesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "sizes", abstract: "Measure what the program takes at size.")

    enum Part: String, ExpressibleByArgument, CaseIterable { case commands, reminders, remind }

    @Option(help: "How many duties are open.")
    var duties: Count = 1_000_000

    @Option(help: "How many reminders fall due.")
    var reminders: Count = 10_000

    @Option(help: "Only this part; may be repeated.")
    var only: [Part] = []

    @Option(help: ArgumentHelp("Where it is held, and stays to be looked at; else in a folder that goes.", valueName: "folder"))
    var folder: String?

    @OptionGroup var program: ProgramOptions

    func run() throws {
        let shelf = try Shelf.found()
        let place = try folder ?? Disk.temporaryFolder()
        defer { if folder == nil { Disk.removeFolder(place) } }
        let sizes = Sizes(program: program.program, folder: place, shelf: shelf)
        var isWhole = true
        for part in Part.allCases where only.isEmpty || only.contains(part) {
            let measurements =
                switch part {
                case .commands: [try sizes.commands()]
                case .reminders: [try sizes.reminders(reminders.number)]
                case .remind: try sizes.remind(duties: duties.number)
                }
            for measurement in measurements {
                let figures = measurement.figures.map { ", \"\($0.key)\": \($0.value)" }.joined()
                print("{\"name\": \"\(measurement.name)\"\(figures)}")
                fflush(nil)
                for broken in measurement.broken { complain("\(measurement.name) \(broken)") }
                isWhole = isWhole && measurement.broken.isEmpty
            }
        }
        if !isWhole { throw ExitCode.failure }
    }
}
