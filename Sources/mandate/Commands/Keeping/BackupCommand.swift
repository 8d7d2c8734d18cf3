import ArgumentParser
import Calendars
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

            Whoever was erased since the backup was made is erased again, as far as the backup was told of it (its file ERASED) or --present names \
            the workspace that it was made of. Other erasures of that time have to be given again.
            """)

    @Argument(help: ArgumentHelp("The backup's folder.", valueName: "backup"))
    var backup: String

    @Argument(help: ArgumentHelp("The folder of the new workspace.", valueName: "dir"))
    var folder: String?

    @Option(
        help: ArgumentHelp("The workspace that the backup was made of, where it still stands.", valueName: "dir"))
    var present: String?

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
            let restored = try found.restore(
                to: folder, at: try Session.clock(place.clockText, in: zone).now, shelf: shelf, erased: try erased(since: found)
            )
            guard !place.json else {
                return Console.say(
                    Plain.map([
                        "folder": .text(folder), "uncertain": .number(restored.uncertain),
                        "erased_again": Plain(restored.erased), "to_be_erased": Plain(restored.unerased),
                        "inspection": Plain(restored.inspection),
                    ]).json)
            }
            Console.say("\(folder): \(restored.inspection.words)")
            if restored.uncertain > 0 {
                Console.say(
                    "\(restored.uncertain) messages may have been sent since the backup was made; see `mandate outbox list --state uncertain`"
                )
            }
            tellErasures(restored, found)
        }
    }

    private func tellErasures(_ restored: Restoration, _ found: Backup) {
        if !restored.erased.isEmpty {
            Console.say("erased again, as they were since the backup was made: " + restored.erased.joined(separator: ", "))
        }
        for person in restored.unerased {
            Console.say("was erased since the backup was made, and could not be erased again: `mandate person erase \(person)`")
        }
        guard present == nil else { return }
        let made = Instant(seconds: found.head.recorded)
        Console.say(
            "whoever else was erased after \(made) stands in it again: give those erasures again (`mandate person erase`)")
    }

    /// Who was erased in the workspace that the backup was made of.
    private func erased(since backup: Backup) throws -> [ErasureNotice] {
        guard present != nil else { return [] }
        var place = place
        place.workspace = present
        return try Session(place).desk.erasures(after: Instant(seconds: backup.head.recorded))
    }

    private func report(_ found: Inspection) throws {
        if place.json { Console.say(Plain(found).json) } else if found.isWhole { Console.say(found.words) }
        for fault in found.faults { complain(fault) }
        guard found.isWhole else { throw Exit.badInput }
    }
}
