import ArgumentParser
import Foundation
import Secretariat
import Trials

/// Prints a line of JSON for each round; what is wrong goes to standard error, and the exit code is 1, unless the fault was planted: then it is
/// the other way round.
struct RaceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "race", abstract: "Set several `mandate remind` on one workspace, and kill half of them.")

    @Option(help: "How many reminders are due.")
    var due: Count = 3000

    @Option(help: "How many rounds.")
    var rounds: Count = 1

    @Option(help: "The seed of the first round; each next round has the next seed.")
    var seed: UInt64 = 1

    @Option(help: "A fault to plant.")
    var planted = Race.Planted.none

    @OptionGroup var program: ProgramOptions

    func run() throws {
        let shelf = try Shelf.found()
        var faults = 0
        for seed in seed..<seed + UInt64(rounds.number) {
            let folder = try Disk.temporaryFolder()
            defer { Disk.removeFolder(folder) }
            let clock = ContinuousClock()
            let start = clock.now
            let found = try Race(
                program: program.program, folder: folder, shelf: shelf, due: due.number, seed: seed, planted: planted
            ).run()
            for fault in found.faults.prefix(10) { complain("\(fault)") }
            faults += found.faults.count
            print(
                "{\"name\": \"race\", \"seed\": \(seed), \"messages\": \(found.messages), \"copies\": \(found.copies), "
                    + "\"orphans\": \(found.orphans), "
                    + "\"runs\": \(found.runs), \"killed\": \(found.killed), \"faults\": \(found.faults.count), "
                    + "\"seconds\": \((clock.now - start).components.seconds)}")
            fflush(nil)
        }
        if (faults == 0) != (planted == .none) { throw ExitCode.failure }
    }
}

extension Race.Planted: ExpressibleByArgument {}
