import Foundation
import GRDB
import Testing

@testable import Journals

@Suite("A journal in SQLite")
struct SQLiteJournalTests {
    let scratch: Scratch
    let path: String

    init() throws {
        scratch = try Scratch()
        path = scratch.file("mandate.db")
    }

    /// Runs SQL behind the journal's back.
    private func tamper(_ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test("commits are synced in full, on a journal made and on one opened")
    func synchronousFull() throws {
        let made = try SQLiteJournal.create(at: path)
        #expect(try made.synchronousLevel() == 2)
        made.close()
        let opened = try SQLiteJournal.open(path)
        #expect(try opened.synchronousLevel() == 2)
        try opened.write(["1"], to: "a")
        #expect(try opened.synchronousLevel() == 2)
        let mode = try opened.queue.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
        #expect(mode == "wal")
    }

    @Test("a journal whose commits would not be synced is refused", arguments: [("NORMAL", 1), ("OFF", 0)])
    func notDurable(level: (name: String, number: Int)) throws {
        try SQLiteJournal.create(at: path).close()
        #expect(throws: JournalError.notDurable(path: path, synchronous: level.number)) {
            try SQLiteJournal.open(path, for: .writing, synchronous: level.name)
        }
    }

    @Test("a journal has its name only once it is whole, whatever an earlier failure left")
    func wholeOrNothing() throws {
        let unfinished = "\(path).new.\(getpid())"
        for ending in ["", "-journal", "-wal"] { try Data("rubbish".utf8).write(to: URL(fileURLWithPath: unfinished + ending)) }
        try SQLiteJournal.create(at: path).close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["mandate.db"])
        #expect(try SQLiteJournal.open(path).read { try $0.verify() } == nil)
    }

    @Test("what was written is there when the journal is opened again")
    func reopening() throws {
        let made = try SQLiteJournal.create(at: path)
        try made.write(["1", "2"], to: "a")
        let head = try made.read { try $0.head() }
        made.close()
        #expect(throws: JournalError.closed(path: path)) { try made.read { try $0.head() } }
        let opened = try SQLiteJournal.open(path, for: .reading)
        #expect(try opened.read { try $0.head() } == head)
    }

    @Test("a path where no journal can be opened says why")
    func wrongPaths() throws {
        #expect(throws: JournalError.missing(path: path)) { try SQLiteJournal.open(path) }
        #expect(throws: JournalError.cannotOpen(path: scratch.path)) { try SQLiteJournal.open(scratch.path) }
        #expect(throws: JournalError.alreadyThere(path: scratch.path)) { try SQLiteJournal.create(at: scratch.path) }
        let nowhere = scratch.file("none/mandate.db")
        #expect(throws: JournalError.cannotOpen(path: nowhere)) { try SQLiteJournal.create(at: nowhere) }
        try Data("a letter, not a journal, and longer than a header of SQLite is, which has 100 bytes......".utf8)
            .write(to: URL(fileURLWithPath: path))
        for access in [SQLiteJournal.Access.reading, .writing] {
            #expect(throws: JournalError.notAJournal(path: path)) { try SQLiteJournal.open(path, for: access) }
        }
        #expect(throws: JournalError.alreadyThere(path: path)) { try SQLiteJournal.create(at: path) }
    }

    @Test("another program's database is not taken for a journal, nor changed")
    func foreignDatabase() throws {
        try tamper("CREATE TABLE theirs (x)")
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(throws: JournalError.notAJournal(path: path)) { try SQLiteJournal.open(path) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test("an empty file is not a journal")
    func emptyFile() throws {
        try Data().write(to: URL(fileURLWithPath: path))
        #expect(throws: JournalError.notAJournal(path: path)) { try SQLiteJournal.open(path) }
    }

    @Test("a journal made by a newer version is left alone")
    func newer() throws {
        try SQLiteJournal.create(at: path).close()
        try tamper("PRAGMA user_version = \(Schema.version + 1)")
        for access in [SQLiteJournal.Access.reading, .writing] {
            #expect(throws: JournalError.newer(path: path, version: Schema.version + 1, known: Schema.version)) {
                try SQLiteJournal.open(path, for: access)
            }
        }
    }

    @Test("a journal of an older version is brought up to date when it is opened for writing")
    func older() throws {
        try tamper("PRAGMA application_id = \(Schema.applicationID)")
        #expect(throws: JournalError.older(path: path, version: 0, known: Schema.version)) {
            try SQLiteJournal.open(path, for: .reading)
        }
        let journal = try SQLiteJournal.open(path)
        try journal.write(["1"], to: "a")
        #expect(try journal.read { try $0.verify() } == nil)
    }

    @Test("a journal opened for reading is not written")
    func readOnly() throws {
        let writing = try SQLiteJournal.create(at: path)
        try writing.write(["1"], to: "a")
        let reading = try SQLiteJournal.open(path, for: .reading)
        #expect(throws: JournalError.readOnly(path: path)) { try reading.write(["2"], to: "a") }
        try writing.write(["2"], to: "a")
        #expect(try reading.read { try $0.entries() }.count == 2, "it sees what the writer adds")
    }

    @Test("a second writer waits no longer than it is told, and nothing is half done")
    func busy() throws {
        let journal = try SQLiteJournal.create(at: path)
        let other = try DatabaseQueue(path: path)
        try journal.transact(at: 1) { transaction throws in
            try transaction.append(.note("1"), to: "a", expecting: 0)
            // The other connection has GRDB's default of no patience.
            #expect(throws: DatabaseError.self) { try other.inTransaction(.immediate) { _ in .commit } }
        }
        #expect(try journal.read { try $0.entries() }.count == 1)
        #expect(
            SQLiteJournal.failure(DatabaseError(resultCode: .SQLITE_BUSY), path: path) as? JournalError == .busy(path: path))
    }

    @Test("a full disk is told as such and leaves the journal as it was")
    func diskFull() throws {
        let journal = try SQLiteJournal.create(at: path)
        try journal.write(["1"], to: "a")
        try journal.queue.writeWithoutTransaction { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(pages + 1)")
        }
        let large = String(repeating: "x", count: 1 << 16)
        #expect(throws: JournalError.diskFull(path: path)) { try journal.write([large], to: "a") }
        #expect(try journal.read { try $0.entries() }.count == 1)
        try journal.write(["2"], to: "a")
        #expect(try journal.read { try $0.verify() } == nil)
    }

    @Test("entries cannot be changed or removed by mistake")
    func appendOnly() throws {
        let journal = try SQLiteJournal.create(at: path)
        try journal.write(["1"], to: "a")
        for sql in ["UPDATE entry SET payload = 'x'", "DELETE FROM entry"] {
            #expect(throws: DatabaseError.self) { try journal.queue.write { try $0.execute(sql: sql) } }
        }
    }

    @Test(
        "what was done to the file behind the journal's back is found, at its place",
        arguments: [
            ("UPDATE entry SET payload = 'twp' WHERE sequence = 2", JournalFault.Kind.altered, "a", 2),
            ("UPDATE entry SET actor = NULL WHERE sequence = 3", .altered, "b", 1),
            ("UPDATE entry SET recorded = recorded + 1 WHERE sequence = 1", .altered, "a", 1),
            ("UPDATE entry SET previous = hash WHERE sequence = 4", .unlinked, "a", 3),
            ("UPDATE entry SET hash = previous WHERE sequence = 4", .altered, "a", 3),
            ("DELETE FROM entry WHERE sequence = 2", .gap, "b", 1),
            ("DELETE FROM entry WHERE sequence = 4", .cutShort, "a", 3),
            ("DELETE FROM entry WHERE stream = 'b'", .gap, "a", 3),
            ("DELETE FROM stream WHERE name = 'b'", .cutShort, "b", 0),
            ("UPDATE definition SET text = 'other'", .definitionAltered, "workflow meeting", 0),
        ])
    func tampering(sql: String, kind: JournalFault.Kind, stream: String, position: Int64) throws {
        let journal = try SQLiteJournal.create(at: path)
        try journal.write(["one", "two"], to: "a")
        try journal.write(["three"], to: "b")
        try journal.write(["four"], to: "a")
        try journal.transact(at: 10) { _ = try $0.define(kind: "workflow", name: "meeting", text: "text") }
        #expect(try journal.read { try $0.verify() } == nil)
        try tamper("DROP TRIGGER entry_is_not_changed; DROP TRIGGER entry_is_not_removed; " + sql)
        #expect(try journal.read { try $0.verify() } == JournalFault(kind: kind, stream: stream, position: position))
    }

    @Test("a copy is whole, is never written over another, and stands alone")
    func backup() throws {
        let journal = try SQLiteJournal.create(at: path)
        try journal.write(["1"], to: "a")
        let copy = scratch.file("copy.db")
        try journal.backUp(to: copy)
        try journal.write(["2"], to: "a")
        #expect(throws: JournalError.alreadyThere(path: copy)) { try journal.backUp(to: copy) }
        let restored = try SQLiteJournal.open(copy)
        #expect(try restored.read { try $0.verify() } == nil)
        #expect(try restored.read { try $0.entries() }.count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).filter { $0.contains(".new.") } == [])
    }

    @Test("what was erased is in no file of the journal")
    func erasure() throws {
        let journal = try SQLiteJournal.create(at: path)
        let secret = "Annabella-Quicksilver"
        // At rest a value cannot be read; a message to its owner can.
        try journal.transact(at: 1) { try $0.setPersonalValue(PersonalValue(id: "1", owner: "p", value: secret)) }
        #expect(try !isOnDisk())
        var message = NewOutboxMessage.reminder("m")
        message.bytes = Array("Dear \(secret)".utf8)
        try journal.transact(at: 1) { _ = try $0.enqueue(message) }
        func isOnDisk() throws -> Bool {
            try FileManager.default.contentsOfDirectory(atPath: scratch.path).contains { name in
                try Data(contentsOf: URL(fileURLWithPath: scratch.file(name))).range(of: Data(secret.utf8)) != nil
            }
        }
        #expect(try isOnDisk())
        let key = try #require(try journal.read { try $0.shelf().personalKey(of: "p") })
        try journal.transact(at: 2) { transaction in
            try transaction.removePersonalValues(of: "p")
            try transaction.erase("m", json: "{}")
        }
        try journal.scrub()
        #expect(try !isOnDisk())
        for name in try FileManager.default.contentsOfDirectory(atPath: scratch.path) {
            #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.file(name))).range(of: Data(key)) == nil, "\(name)")
        }
    }

    @Test("what is erased cannot vanish while another still reads what was; it is said, and can be asked again")
    func scrubWhileRead() throws {
        let journal = try SQLiteJournal.create(at: path)
        try journal.write(["1"], to: "a")
        let other = try DatabaseQueue(path: path)
        try other.read { database in
            _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM entry")
            try journal.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA busy_timeout = 50") }
            #expect(throws: JournalError.busy(path: path)) { try journal.scrub() }
        }
        try other.close()
        try journal.scrub()
    }

    @Test("a journal whose personal values stood in the clear is opened with all of them shut in, and none left in its pages")
    func sealing() throws {
        let secret = "Annabella-Quicksilver"
        try tamper("PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = 1; \(Schema.first)")
        try tamper("INSERT INTO personal VALUES ('1', 'p1', '\(secret)'), ('2', 'p1', 'ann@example.org'), ('3', 'p2', 'Bo')")
        let journal = try SQLiteJournal.open(path)
        #expect(try journal.read { try $0.personalValues().map(\.value) } == [secret, "ann@example.org", "Bo"])
        #expect(try journal.read { try $0.shelf().personalKeys() }.count == 2)
        for name in try FileManager.default.contentsOfDirectory(atPath: scratch.path) {
            #expect(
                try Data(contentsOf: URL(fileURLWithPath: scratch.file(name))).range(of: Data(secret.utf8)) == nil, "\(name)")
        }
    }

    @Test("a commit that fails in the disk closes the journal, and a new one tells what holds")
    func failedCommit() throws {
        let journal = try SQLiteJournal.create(at: path)
        try journal.write(["1"], to: "a")
        // The commit fails as it does when fsync does: with an I/O error, raised by a hook that runs at the end of the transaction.
        let observer = FailingCommit()
        journal.queue.add(transactionObserver: observer)
        #expect(throws: JournalError.commitUncertain(path: path, reason: "fsync (1034)")) { try journal.write(["2"], to: "a") }
        #expect(throws: JournalError.closed(path: path)) { try journal.write(["3"], to: "a") }
        let anew = try SQLiteJournal.open(path)
        #expect(try anew.read { try $0.entries() }.map(\.payload) == ["1"])
    }

    @Test("two connections that write in turn leave one whole chain")
    func twoWriters() async throws {
        try SQLiteJournal.create(at: path).close()
        let path = path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let journal = try SQLiteJournal.open(path)
                    for number in 0..<25 { try journal.write(["\(writer).\(number)"], to: "s\(number % 3)") }
                    journal.close()
                }
            }
            try await group.waitForAll()
        }
        let journal = try SQLiteJournal.open(path)
        #expect(try journal.read { try $0.verify() } == nil)
        #expect(try journal.read { try $0.entries() }.count == 100)
    }

    @Test("couriers that race for the outbox get each message once")
    func racingCouriers() async throws {
        let journal = try SQLiteJournal.create(at: path)
        let keys = Set((1...60).map { "m\($0)" })
        try journal.transact(at: 10) { transaction in
            for key in keys { try transaction.enqueue(.reminder(key)) }
        }
        let path = path
        let claimed = try await withThrowingTaskGroup(of: [String].self) { group in
            for courier in 0..<4 {
                group.addTask {
                    let journal = try SQLiteJournal.open(path)
                    defer { journal.close() }
                    var mine: [String] = []
                    while true {
                        let some = try journal.transact(at: 100) { try $0.claim(limit: 3, lease: 60, token: "t\(courier)") }
                        if some.isEmpty { return mine }
                        mine += some.map(\.key)
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(claimed.count == 60 && Set(claimed) == keys)
    }
}

/// Makes each commit fail with the error of a disk that cannot sync.
private final class FailingCommit: TransactionObserver {
    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseWillCommit() throws { throw DatabaseError(resultCode: .SQLITE_IOERR_FSYNC, message: "fsync") }
    func databaseDidCommit(_ database: Database) {}
    func databaseDidRollback(_ database: Database) {}
}
