import ArgumentParser
import Calendars
import Journals
import Secretariat

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Look whether the journal and its files are whole.",
        discussion: """
            Follows every chain of entries, reads every file that an entry names, opens every personal value, and compares the rows with what \
            follows from the entries. \
            With a head that `mandate head` printed earlier, it looks whether the journal goes on from there.
            """)

    @Argument(
        help: ArgumentHelp("A journal that `mandate log --export` wrote, in place of the workspace's.", valueName: "export"))
    var export: String?

    @OptionGroup var place: WorkspaceOptions

    @Option(help: ArgumentHelp("A head that was exported earlier.", valueName: "file"))
    var head: String?

    func run() throws {
        try attempt {
            let known = try head.map { try Self.readHead($0) }
            if let export { return try verify(export, known) }
            let folder = try Workspace.find(named: place.workspace)
            var found: Inspection
            do { found = try inspect(folder, known) } catch JournalError.older {
                // Whatever opens it for writing brings its tables up to date; no entry is touched.
                _ = try Session(place)
                found = try inspect(folder, known)
            }
            // A desk reads the entries, so only those that are whole.
            if found.isWhole, try !Session(place).desk.rowsFollow() {
                found.faults.append("the rows do not follow from the entries; `mandate rebuild` makes them anew")
            }
            if place.json { Console.say(Plain(found).json) } else if found.isWhole { Console.say(found.words) }
            for fault in found.faults { complain(fault) }
            guard found.isWhole else { throw Exit.badInput }
        }
    }

    private func verify(_ path: String, _ known: JournalHead?) throws {
        switch ExportedJournal.verify(try Disk.read(path), against: known) {
        case .success(let head):
            let plain = Plain.map([
                "whole": .flag(true), "entries": .number(Int(head.entries)), "streams": .number(head.streams.count),
                "head": .text(head.digest),
            ])
            Console.say(
                place.json
                    ? plain.json : "whole: \(head.entries) entries in \(head.streams.count) streams; head \(head.digest)")
        case .failure(let fault):
            if place.json { Console.say(Plain.map(["whole": .flag(false), "faults": .list([.text("\(fault)")])]).json) }
            complain("\(path): \(fault)")
            throw Exit.badInput
        }
    }

    private func inspect(_ folder: String, _ known: JournalHead?) throws -> Inspection {
        let journal = try SQLiteJournal.open(folder + "/mandate.db", for: .reading)
        defer { journal.close() }
        return try Inspection(of: journal, files: try FileStore(folder: folder + "/files"), against: known)
    }

    private static func readHead(_ path: String) throws -> JournalHead {
        guard let head = JournalHead(parsing: String(decoding: try Disk.read(path), as: UTF8.self)) else {
            throw HeadFailure(path: path)
        }
        return head
    }
}

/// A file that is no head, or one that was altered.
struct HeadFailure: Error, CustomStringConvertible {
    var path: String

    var description: String { "\(path): this is not a head as `mandate head` prints it, or it was altered" }
}

extension Inspection {
    /// What was found, in a line, where all is whole.
    var words: String { "whole: \(head.entries) entries in \(head.streams.count) streams, \(files) files; head \(head.digest)" }
}

extension Plain {
    init(_ found: Inspection) {
        self = .map([
            "whole": .flag(found.isWhole), "entries": .number(Int(found.head.entries)),
            "streams": .number(found.head.streams.count), "files": .number(found.files), "head": .text(found.head.digest),
            "faults": Plain(found.faults),
        ])
    }
}

struct HeadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "head", abstract: "Print where the journal ends, to be kept elsewhere.",
        discussion: """
            Keep it outside this machine, or mail it with the minutes: `mandate verify --head FILE` then proves that nothing was taken away or \
            rewritten since. It holds no names.
            """)

    @OptionGroup var place: WorkspaceOptions

    func run() throws {
        try attempt {
            let session = try Session(place)
            let head = try session.desk.exportedHead()
            if place.json {
                Console.say(
                    Plain.map([
                        "head": .text(head.digest), "entries": .number(Int(head.entries)),
                        "recorded": Plain(Instant(seconds: head.recorded)), "streams": .number(head.streams.count),
                    ]).json)
            } else {
                Console.say(head.text, terminator: "")
            }
        }
    }
}
