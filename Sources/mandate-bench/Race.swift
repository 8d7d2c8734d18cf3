import Foundation
import Secretariat
import Trials

/// `mandate-bench race [--due N] [--rounds N] [--seed S] [--planted FAULT] [--program PATH]`: several `mandate remind` at once, half of them
/// killed.
struct RaceOptions {
    var due = 3000
    var rounds = 1
    var seed: UInt64 = 1
    var planted = Race.Planted.none
    var program = URL(fileURLWithPath: Shelf.programPath).deletingLastPathComponent().appendingPathComponent("mandate").path

    init(_ arguments: ArraySlice<String>) throws {
        var rest = arguments
        while let option = rest.popFirst() {
            guard let text = rest.popFirst() else { throw Misuse("`\(option)` wants a value") }
            switch option {
            case "--due": due = try count(text, option)
            case "--rounds": rounds = try count(text, option)
            case "--seed": seed = UInt64(try count(text, option))
            case "--program": program = text
            case "--planted":
                guard let fault = Race.Planted(rawValue: text) else { throw Misuse("there is no fault `\(text)` to plant") }
                planted = fault
            default: throw Misuse("race has no option `\(option)`; there are --due, --rounds, --seed, --planted and --program")
            }
        }
    }
}

/// Prints a line of JSON for each round; what is wrong goes to standard error, and the exit code is 1, unless the fault was planted: then it is
/// the other way round.
func race(_ options: RaceOptions) throws {
    guard let shelf = Shelf.find() else { throw Misuse("the shipped workflows are not to be found; set MANDATE_SHARE") }
    var faults = 0
    for round in 0..<options.rounds {
        let folder = try Disk.temporaryFolder()
        defer { Disk.removeFolder(folder) }
        let clock = ContinuousClock()
        let start = clock.now
        let found = try Race(
            program: options.program, folder: folder, shelf: shelf, due: options.due, seed: options.seed + UInt64(round),
            planted: options.planted
        ).run()
        for fault in found.faults.prefix(10) { FileHandle.standardError.write(Data("mandate-bench: \(fault)\n".utf8)) }
        faults += found.faults.count
        print(
            "{\"name\": \"race\", \"seed\": \(options.seed + UInt64(round)), \"messages\": \(found.messages), \"copies\": \(found.copies), "
                + "\"runs\": \(found.runs), \"killed\": \(found.killed), \"faults\": \(found.faults.count), "
                + "\"seconds\": \((clock.now - start).components.seconds)}")
        fflush(nil)
    }
    if (faults == 0) != (options.planted == .none) { exit(1) }
}
