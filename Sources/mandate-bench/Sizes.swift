import Foundation
import Secretariat
import Trials

/// `mandate-bench sizes [--duties N] [--reminders N] [--only NAME] [--folder DIR] [--program PATH]`: what the program takes at size.
///
/// Prints a line of JSON for each measurement; what is promised and does not hold goes to standard error, and the exit code is 1.
struct SizesOptions {
    var duties = 1_000_000
    var reminders = 10_000
    var only: Set<String> = []
    var folder: String?
    var program = URL(fileURLWithPath: Shelf.programPath).deletingLastPathComponent().appendingPathComponent("mandate").path

    init(_ arguments: ArraySlice<String>) throws {
        var rest = arguments
        while let option = rest.popFirst() {
            guard let text = rest.popFirst() else { throw Misuse("`\(option)` wants a value") }
            switch option {
            case "--duties": duties = try count(text, option)
            case "--reminders": reminders = try count(text, option)
            case "--folder": folder = text
            case "--program": program = text
            case "--only":
                guard ["remind", "commands", "reminders"].contains(text) else {
                    throw Misuse("there is no `\(text)`; there are remind, commands and reminders")
                }
                only.insert(text)
            default: throw Misuse("sizes has no option `\(option)`")
            }
        }
    }
}

/// A number of things, at least one.
func count(_ text: String, _ option: String) throws -> Int {
    guard let number = Int(text), (1...10_000_000).contains(number) else {
        throw Misuse("`\(option)` wants a number from 1 to 10,000,000")
    }
    return number
}

func sizes(_ options: SizesOptions) throws {
    guard let shelf = Shelf.find() else { throw Misuse("the shipped workflows are not to be found; set MANDATE_SHARE") }
    let folder = try options.folder ?? Disk.temporaryFolder()
    defer { if options.folder == nil { Disk.removeFolder(folder) } }
    let sizes = Sizes(program: options.program, folder: folder, shelf: shelf)
    let isWanted = { (name: String) in options.only.isEmpty || options.only.contains(name) }
    var isWhole = true
    let tell = { (measurement: Sizes.Measurement) in
        let figures = measurement.figures.map { ", \"\($0.key)\": \($0.value)" }.joined()
        print("{\"name\": \"\(measurement.name)\"\(figures)}")
        fflush(nil)
        for broken in measurement.broken {
            isWhole = false
            FileHandle.standardError.write(Data("mandate-bench: \(measurement.name) \(broken)\n".utf8))
        }
    }
    if isWanted("commands") { tell(try sizes.commands()) }
    if isWanted("reminders") { tell(try sizes.reminders(options.reminders)) }
    if isWanted("remind") { for measurement in try sizes.remind(duties: options.duties) { tell(measurement) } }
    if !isWhole {
        if options.folder == nil { Disk.removeFolder(folder) }
        exit(1)
    }
}
