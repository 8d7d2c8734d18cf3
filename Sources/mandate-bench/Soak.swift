import Foundation
import Secretariat
import Trials

/// `mandate-bench soak [--years N] [--seed S] [--planted FAULT]`: simulated years of a body while everything around it fails.
struct SoakOptions {
    var years = 100
    var seed: UInt64 = 1
    var planted = SimulatedYear.Planted.none
    /// How many years are lived at the same time.
    var width = ProcessInfo.processInfo.activeProcessorCount

    init(_ arguments: ArraySlice<String>) throws {
        var rest = arguments
        while let option = rest.popFirst() {
            guard let text = rest.popFirst() else { throw Misuse("`\(option)` wants a value") }
            switch option {
            case "--years": years = try count(text, option)
            case "--seed": seed = UInt64(try count(text, option))
            case "--width": width = try count(text, option)
            case "--planted":
                guard let fault = SimulatedYear.Planted(rawValue: text) else {
                    let names = SimulatedYear.Planted.allCases.map(\.rawValue).joined(separator: ", ")
                    throw Misuse("there is no fault `\(text)` to plant; there are \(names)")
                }
                planted = fault
            default: throw Misuse("soak has no option `\(option)`; there are --years, --seed, --width and --planted")
            }
        }
    }
}

/// Prints the figures as a line of JSON; what is wrong goes to standard error, and the exit code is 1. A fault that was planted is to be
/// found: then it is the other way round.
func soak(_ options: SoakOptions) throws {
    guard let shelf = Shelf.find() else { throw Misuse("the shipped workflows are not to be found; set MANDATE_SHARE") }
    let clock = ContinuousClock()
    let start = clock.now
    let soak = try Soak(shelf: shelf, planted: options.planted)
    let found = try soak.live(years: options.years, from: options.seed, width: options.width)
    let seconds = Double((clock.now - start).components.seconds) + Double((clock.now - start).components.attoseconds) / 1e18
    for fault in found.faults.prefix(20) { FileHandle.standardError.write(Data("mandate-bench: \(fault)\n".utf8)) }
    let figures = found.figures
    print(
        "{\"name\": \"soak\", \"seed\": \(options.seed), \"years\": \(figures.years), \"meetings\": \(figures.meetings), "
            + "\"commands\": \(figures.commands), \"due\": \(figures.due), \"messages\": \(figures.messages), "
            + "\"sent\": \(figures.sent), \"copies\": \(figures.copies), \"deaths\": \(figures.deaths), "
            + "\"faults\": \(found.faults.count), \"fingerprint\": \"\(found.fingerprint)\", \"seconds\": \(seconds)}")
    fflush(nil)
    if found.faults.isEmpty != (options.planted == .none) { exit(1) }
}
