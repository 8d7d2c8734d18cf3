import Foundation
import GRDB

extension SQLiteJournal {
    /// How long a writer waits for another, in seconds.
    public static let busyTimeout: Double = 10

    /// `PRAGMA synchronous` at FULL, the only level at which SQLite in WAL mode keeps each commit through a power cut.
    public static let full = 2

    /// Makes a new journal. The file has its name only once it is whole. Throws `.alreadyThere`.
    public static func create(at path: String) throws -> SQLiteJournal {
        guard !FileManager.default.fileExists(atPath: path) else { throw JournalError.alreadyThere(path: path) }
        let unnamed = unfinished(path)
        do {
            let queue = try DatabaseQueue(path: unnamed, configuration: configuration(for: .writing))
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
                try prepareForWriting(database, path: path, synchronous: "FULL")
            }
            try queue.close()
        } catch {
            _ = unfinished(path)
            throw failure(error, path: path)
        }
        try Disk.sync(unnamed)
        guard try Disk.name(unnamed, as: path) else { throw JournalError.alreadyThere(path: path) }
        return try open(path)
    }

    /// Opens a journal. For writing, its tables are brought up to date, and it is refused if commits would not be synced.
    ///
    /// Throws `.missing`, `.cannotOpen`, `.notAJournal`, `.newer`, `.older` (for reading only), `.readOnly`, `.notDurable`, `.diskFull`, `.busy`.
    public static func open(_ path: String, for access: Access = .writing) throws -> SQLiteJournal {
        try open(path, for: access, synchronous: "FULL")
    }

    /// As above, with the level of syncing to set: a lower one must be refused, which the tests try.
    static func open(_ path: String, for access: Access, synchronous: String) throws -> SQLiteJournal {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw JournalError.missing(path: path)
        }
        guard !isFolder.boolValue else { throw JournalError.cannotOpen(path: path) }
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration(for: access))
            try queue.writeWithoutTransaction { database in
                let version = try Schema.version(of: database, path: path)
                switch access {
                case .writing:
                    try prepareForWriting(database, path: path, synchronous: synchronous)
                case .reading where version < Schema.version:
                    throw JournalError.older(path: path, version: version, known: Schema.version)
                case .reading: break
                }
            }
            return SQLiteJournal(path: path, queue: queue)
        } catch {
            throw failure(error, path: path)
        }
    }

    /// The level of syncing that holds on the connection that writes: 2 is FULL. For `doctor`.
    public func synchronousLevel() throws -> Int {
        do {
            return try queue.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 }
        } catch {
            throw Self.failure(error, path: path)
        }
    }

    /// What SQLite finds wrong with its own file; nil if nothing. Reads the whole file.
    public func findDamage() throws -> String? {
        do {
            let found = try queue.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA integrity_check(1)") }
            return found == "ok" ? nil : found ?? "the check gave no answer"
        } catch {
            throw Self.failure(error, path: path)
        }
    }

    /// WAL is not asked of GRDB, because GRDB then lowers `synchronous` to NORMAL. With one connection there is one place to set it.
    private static func configuration(for access: Access) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(busyTimeout)
        configuration.readonly = access == .reading
        configuration.label = "journal"
        return configuration
    }

    private static func prepareForWriting(_ database: Database, path: String, synchronous: String) throws {
        let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        guard mode == "wal" else { throw JournalError.readOnly(path: path) }
        try database.execute(sql: "PRAGMA synchronous = \(synchronous)")
        let level = try Int.fetchOne(database, sql: "PRAGMA synchronous") ?? -1
        guard level == full else { throw JournalError.notDurable(path: path, synchronous: level) }
        // What is erased is overwritten.
        try database.execute(sql: "PRAGMA secure_delete = ON")
        var found = Schema.version
        try database.inTransaction(.immediate) {
            found = try Schema.version(of: database, path: path)
            try Schema.migrate(database, from: found)
            return .commit
        }
        // What an older version kept in the clear is to stand in no page any more.
        if found > 0, found < Schema.version { try scrub(database, path: path) }
    }
}

extension SQLiteJournal {
    /// The name of a file of ours until it is whole; what an earlier failure left under it is removed.
    private static func unfinished(_ path: String) -> String {
        let name = "\(path).new.\(getpid())"
        for ending in ["", "-journal", "-wal", "-shm"] { _ = unlink(name + ending) }
        return name
    }
}

// Copies and erasure
extension SQLiteJournal {
    /// Writes a whole copy of the journal as it stands to a new file, synced. Throws `.alreadyThere`.
    public func backUp(to copy: String) throws {
        let unnamed = Self.unfinished(copy)
        do {
            try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [unnamed]) }
        } catch {
            _ = Self.unfinished(copy)
            throw Self.failure(error, path: copy)
        }
        try Disk.sync(unnamed)
        guard try Disk.name(unnamed, as: copy) else { throw JournalError.alreadyThere(path: copy) }
    }

    /// Makes what was erased vanish from free pages and from the file of latest changes too. Call it after erasing a person. Throws `.busy` while
    /// others read what was.
    public func scrub() throws {
        do {
            try queue.writeWithoutTransaction { try Self.scrub($0, path: path) }
        } catch {
            throw Self.failure(error, path: path)
        }
    }

    private static func scrub(_ database: Database, path: String) throws {
        // The file is written anew through the file of latest changes, which is then emptied into it and cut to nothing.
        try database.execute(sql: "VACUUM")
        let wasBusy = try Int.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)") != 0
        if wasBusy { throw JournalError.busy(path: path) }
    }
}
