import ArgumentParser
import Foundation
import Secretariat
import Trials

/// Prints the figures as a line of JSON; what is wrong goes to standard error, and the exit code is 1. A fault that was planted is to be
/// found: then it is the other way round.
struct SoakCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "soak", abstract: "Live through years of a body while everything around it fails.")

    @Option(help: "How many years.")
    var years: Count = 100

    @Option(help: "The seed of the first year; each next year has the next seed.")
    var seed: UInt64 = 1

    @Option(help: "How many years are lived at the same time.")
    var width = Count(ProcessInfo.processInfo.activeProcessorCount)

    @Option(help: "A fault to plant.")
    var planted = SimulatedYear.Planted.none

    func run() throws {
        let clock = ContinuousClock()
        let start = clock.now
        let soak = try Soak(shelf: try Shelf.found(), planted: planted)
        let found = try soak.live(years: years.number, from: seed, width: width.number)
        let seconds = (clock.now - start) / .seconds(1)
        for fault in found.faults.prefix(20) { complain("\(fault)") }
        let figures = found.figures
        print(
            "{\"name\": \"soak\", \"seed\": \(seed), \"years\": \(figures.years), \"meetings\": \(figures.meetings), "
                + "\"commands\": \(figures.commands), \"due\": \(figures.due), \"messages\": \(figures.messages), "
                + "\"sent\": \(figures.sent), \"copies\": \(figures.copies), \"deaths\": \(figures.deaths), "
                + "\"faults\": \(found.faults.count), \"fingerprint\": \"\(found.fingerprint)\", \"seconds\": \(seconds)}")
        fflush(nil)
        if found.faults.isEmpty != (planted == .none) { throw ExitCode.failure }
    }
}

extension SimulatedYear.Planted: ExpressibleByArgument {}
