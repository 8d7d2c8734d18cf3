import Calendars
import Foundation
import Governance
import Journals
import Post
import Testing

@testable import Secretariat

/// A workspace on disk with a meeting whose agenda went to the outbox.
private final class Archive {
    let folder: String
    let workspace: Workspace
    let desk: Desk
    let journal: SQLiteJournal
    static let start = "2026-04-01T08:00:00Z"

    init() throws {
        let society = try Society()
        folder = try scratch()
        try FileManager.default.removeItem(atPath: folder)
        try Workspace.create(at: folder, society: "The Society")
        workspace = try Workspace(folder: folder, shelf: Shelf(folder: Society.share))
        journal = try SQLiteJournal.open(workspace.journalPath)
        desk = try Self.desk(workspace, journal, at: Self.start)
        try society.take(Society.roster, to: desk)
        try give("plan_meeting", meeting: nil, ["body": "Health Board", "start": "2026-05-12 14:00"])
        try give("add_item", ["title": "Transport grant", "purpose": "decision"])
        let paper = folder + "/grant.txt"
        try Disk.write("The grant in full.", to: paper)
        try give("add_paper", ["title": "The grant", "file": paper])
        try give("publish_agenda")
    }

    deinit {
        journal.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    static func desk(_ workspace: Workspace, _ journal: any JournalStore, at time: String) throws -> Desk {
        let now = try #require(Instant(time))
        return try Desk(
            workspace: workspace, journal: journal, files: try FileStore(folder: workspace.filesPath), clock: .stopped(at: now))
    }

    func give(_ command: String, meeting: String? = "next", _ fields: KeyValuePairs<String, String> = [:]) throws {
        var request = Request(command, by: "sam")
        request.meeting = meeting
        for (name, text) in fields { request.fill(name, text) }
        let reply = try desk.perform(try desk.prepare(request).get().command)
        #expect(reply.receipt != nil, "\(command): \(reply)")
    }

    /// Gives raw statements to the journal's file, as somebody would who wants to hide something.
    func tamper(_ statements: String) throws { try Self.run(statements, on: workspace.journalPath) }

    static func run(_ statements: String, on path: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.commit(); c.close()",
            path, statements,
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    func inspection(against head: JournalHead? = nil) throws -> Inspection {
        try Inspection(of: journal, files: try FileStore(folder: workspace.filesPath), against: head)
    }
}

@Suite struct KeepingTests {
    private static let shelf = Shelf(folder: Society.share)
    private static let untriggered = "DROP TRIGGER entry_is_not_changed; DROP TRIGGER entry_is_not_removed; "

    @Test("a journal that nobody touched is whole, with every file that its entries name")
    func whole() throws {
        let archive = try Archive()
        let found = try archive.inspection()
        #expect(found.isWhole && found.files == 1 && found.head.entries > 4)
        #expect(try archive.desk.rowsFollow())
    }

    @Test("what somebody altered in an entry, and a file that is gone, are named")
    func altered() throws {
        let archive = try Archive()
        let store = try FileStore(folder: archive.workspace.filesPath)
        let hash = try #require(try store.hashes().first)
        try store.remove(hash)
        #expect(try archive.inspection().faults == ["the file \(hash) is missing"])
        try archive.tamper(Self.untriggered + "UPDATE entry SET payload = replace(payload, 'a', 'b') WHERE sequence = 3;")
        let found = try archive.inspection()
        #expect(found.faults.count == 1 && found.faults[0].contains("altered after it was recorded"))
    }

    @Test("an exported head is a text that comes back the same, and finds a journal that was cut short or rewritten since")
    func head() throws {
        let archive = try Archive()
        let head = try archive.desk.exportedHead()
        #expect(JournalHead(parsing: head.text) == head)
        #expect(JournalHead(parsing: head.text.replacing("entries ", with: "entries 1")) == nil)
        try archive.give("add_item", ["title": "Any other business", "purpose": "information"])
        #expect(try archive.inspection(against: head).isWhole)
        // Somebody takes the newest entries away and mends the chain's end, so that the rest is whole in itself.
        let last = try #require(head.streams.max { $0.position < $1.position })
        try archive.tamper(
            Self.untriggered + """
                DELETE FROM entry WHERE sequence >= (SELECT sequence FROM entry WHERE stream = '\(last.stream)' AND position = \(last.position));
                DELETE FROM stream;
                INSERT INTO stream SELECT stream, position, hash FROM entry e
                    WHERE position = (SELECT max(position) FROM entry WHERE stream = e.stream);
                """)
        #expect(try archive.inspection().isWhole)
        #expect(try archive.inspection(against: head).faults == ["\(last.stream): does not end with entry \(last.position)"])
    }

    @Test("rows that somebody altered are found, and made anew to the byte")
    func rebuild() throws {
        let archive = try Archive()
        let digest = try archive.desk.readModelDigest()
        try archive.tamper("UPDATE duty SET due = due + 3600; DELETE FROM timer WHERE rowid = 1;")
        #expect(try !archive.desk.rowsFollow())
        try archive.desk.rebuildReadModels()
        #expect(try archive.desk.rowsFollow() && archive.desk.readModelDigest() == digest)
    }

    @Test("rows of another version of the program are no fault: nobody reads them, and the next command makes them anew")
    func otherRows() throws {
        let archive = try Archive()
        let digest = try archive.desk.readModelDigest()
        try archive.tamper(
            "UPDATE record SET json = replace(json, '\"version\":1', '\"version\":0') WHERE id = 'numbers'; DELETE FROM duty;")
        let desk = try Archive.desk(archive.workspace, archive.journal, at: Archive.start)
        #expect(try desk.rowsFollow() && desk.readModelDigest() != digest)
        let reply = try desk.choose(.digest, for: try desk.lookup().person("ann"), by: try desk.lookup().person("ann"), id: "c")
        guard case .taken = reply else { throw TrialRefused() }
        #expect(try desk.rowsFollow() && desk.journal.read { try $0.duties() }.count > 0)
    }

    private struct TrialRefused: Error {}

    @Test("a backup that an earlier version made is verified, and stays as it is; what is made of it is of this version")
    func olderBackup() throws {
        let archive = try Archive()
        let path = try scratch()
        let made = try Backup.make(of: archive.desk, to: path + "/backup")
        try Archive.run(Self.olderTables, on: path + "/backup/mandate.db")
        let before = try Disk.read(path + "/backup/mandate.db")
        #expect(throws: JournalError.older(path: path + "/backup/mandate.db", version: 2, known: 3)) {
            try SQLiteJournal.open(path + "/backup/mandate.db", for: .reading)
        }
        #expect(try made.inspect().faults == [])
        #expect(try Disk.read(path + "/backup/mandate.db") == before)
        let restored = try made.restore(to: path + "/again", at: archive.desk.now, shelf: Self.shelf)
        #expect(restored.inspection.isWhole && restored.uncertain == 3)
    }

    /// As the tables were when personal values stood in the clear.
    private static let olderTables = """
        DROP TABLE personal; DROP TABLE personal_key;
        CREATE TABLE personal (id TEXT PRIMARY KEY, owner TEXT NOT NULL, value TEXT NOT NULL) STRICT;
        CREATE INDEX personal_by_owner ON personal (owner);
        PRAGMA user_version = 2;
        """

    @Test("a backup holds everything, verified; one that was damaged is refused, and nothing is written over")
    func backup() throws {
        let archive = try Archive()
        let path = try scratch() + "/backup"
        let made = try Backup.make(of: archive.desk, to: path)
        #expect(try made.inspect().isWhole && made.head == archive.desk.exportedHead())
        for name in ["mandate.db", "files", "mandate.yaml", "roster.csv", "Workflows", "Templates", "HEAD"] {
            #expect(Disk.exists(path + "/" + name), "\(name)")
        }
        #expect(throws: BackupFailure.occupied(archive.folder)) {
            try made.restore(to: archive.folder, at: archive.desk.now, shelf: Self.shelf)
        }
        let store = try FileStore(folder: path + "/files")
        try store.remove(try #require(try store.hashes().first))
        let target = path + ".restored"
        #expect(throws: BackupFailure.self) {
            try made.restore(to: target, at: archive.desk.now, shelf: Self.shelf)
        }
        #expect(!Disk.exists(target))
        let beside = try FileManager.default.contentsOfDirectory(atPath: Disk.parent(of: path))
        #expect(beside == ["backup"], "nothing half made is left behind")
    }

    @Test("a backup whose journal is whole but not the one of its head is refused")
    func swapped() throws {
        let archive = try Archive()
        let path = try scratch()
        let first = try Backup.make(of: archive.desk, to: path + "/first")
        try archive.give("add_item", ["title": "More", "purpose": "information"])
        _ = try Backup.make(of: archive.desk, to: path + "/second")
        try FileManager.default.removeItem(atPath: path + "/first/mandate.db")
        try Disk.copy(path + "/second/mandate.db", to: path + "/first/mandate.db")
        #expect(try first.inspect().faults == ["the journal does not end where HEAD says"])
    }

    @Test(
        "after a restore what was pending is uncertain, and what fell due since is so when it is fired; nothing goes by itself")
    func restore() throws {
        let archive = try Archive()
        let pending = try archive.desk.messages(in: [.pending]).count
        #expect(pending == 3)
        let path = try scratch()
        let made = try Backup.make(of: archive.desk, to: path + "/backup")
        let now = "2026-05-07T11:00:00Z"
        let restored = try made.restore(to: path + "/again", at: try #require(Instant(now)), shelf: Self.shelf)
        #expect(restored.uncertain == pending && restored.inspection.isWhole)
        let workspace = try Workspace(folder: path + "/again", shelf: Shelf(folder: Society.share))
        let journal = try SQLiteJournal.open(workspace.journalPath)
        defer { journal.close() }
        let desk = try Archive.desk(workspace, journal, at: now)
        let done = try Timekeeper(desk: desk).remind()
        #expect(done.messages > 0, "reminders fell due between the backup and the restore")
        #expect(done.delivery.sent == 0)
        let doubtful = try desk.messages(in: [.uncertain])
        #expect(doubtful.count > pending)
        let ruled = try desk.rule(.retry, on: [doubtful[0].key])
        #expect(ruled.map(\.after) == [.pending])
        #expect(try Timekeeper(desk: desk).remind().delivery.sent == 1)
        let rest = try desk.rule(.drop(reason: "it had gone"), on: try desk.messages(in: [.uncertain]).map(\.key))
        #expect(rest.allSatisfy { $0.after == .dead && $0.isChanged })
    }

    @Test("a message that could not be written is written anew when it is tried again with an address")
    func rewritten() throws {
        let archive = try Archive()
        let ann = try archive.desk.lookup().person("ann@example.org")
        let key = try #require(try archive.desk.messages().first { $0.recipient == ann }).key
        try archive.tamper(
            "UPDATE message SET state = 'dead', bytes = NULL, address = '', last_error = 'no address is known' WHERE key = '\(key)'"
        )
        #expect(try archive.desk.rule(.retry, on: [key]).map(\.after) == [.pending])
        let message = try #require(try archive.desk.messages().first { $0.key == key })
        #expect(message.address == "ann@example.org")
        #expect(String(decoding: message.bytes ?? [], as: UTF8.self).contains("To: Ann Archer <ann@example.org>"))
        #expect(try archive.desk.rule(.retry, on: ["nothing"]) == [RuledMessage(key: "nothing", before: nil, after: nil)])
    }
}
