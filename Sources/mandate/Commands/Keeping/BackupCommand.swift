import ArgumentParser
import Journals
import Secretariat

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the whole workspace, verified, to a new folder.",
        discussion: """
            The copy holds the journal, its files, the settings, workflows and templates, and the journal's head. It is made while others work, \
            and has its name only once it was verified and synced.
            """)

    @Argument(
        help: ArgumentHelp(
            "The backup's folder; where there is a folder of that name, the backup is made in it, named after the moment.",
            valueName: "dir"))
    var path: String

    @OptionGroup var place: WorkspaceOptions

    func run() throws {
        try attempt {
            let session = try Session(place)
            let backup = try Backup.make(of: session.desk, to: path)
            session.show(
                .map([
                    "folder": .text(backup.folder), "entries": .number(Int(backup.head.entries)),
                    "head": .text(backup.head.digest),
                ]), backup.folder)
        }
    }
}

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Make a workspace of a backup.",
        discussion: """
            The backup is verified before it is copied, and the copy after. What is pending in it may have been sent since the backup was made: \
            it is uncertain until you say, with `mandate outbox retry` or `mandate outbox drop`.
            """)

    @Argument(help: ArgumentHelp("The backup's folder.", valueName: "backup"))
    var backup: String

    @Argument(help: ArgumentHelp("The folder of the new workspace.", valueName: "dir"))
    var folder: String?

    @Flag(help: "Verify the backup; without a folder for a workspace, nothing else is done.")
    var verify = false

    @OptionGroup var place: WorkspaceOptions

    func run() throws {
        try attempt {
            guard folder != nil || verify else {
                throw UsageFailure("say where the workspace is to be, or ask for --verify alone")
            }
            let found = try Backup(in: backup)
            guard let folder else { return try report(try found.inspect()) }
            guard let shelf = Shelf.find() else { throw WorkspaceFailure.noShelf }
            let zone = try Workspace(folder: backup, shelf: shelf).zone
            let restored = try found.restore(to: folder, at: try Session.clock(place.clockText, in: zone).now)
            guard !place.json else {
                return Console.say(
                    Plain.map([
                        "folder": .text(folder), "uncertain": .number(restored.uncertain),
                        "inspection": Plain(restored.inspection),
                    ]).json)
            }
            Console.say("\(folder): \(restored.inspection.words)")
            if restored.uncertain > 0 {
                Console.say(
                    "\(restored.uncertain) messages may have been sent since the backup was made; see `mandate outbox list --state uncertain`"
                )
            }
        }
    }

    private func report(_ found: Inspection) throws {
        if place.json { Console.say(Plain(found).json) } else if found.isWhole { Console.say(found.words) }
        for fault in found.faults { complain(fault) }
        guard found.isWhole else { throw Exit.badInput }
    }
}
