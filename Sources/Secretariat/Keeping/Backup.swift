public import Calendars
import Foundation
public import Governance
public import Journals

/// Why a backup cannot be made or restored.
public enum BackupFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is something in its place.
    case occupied(String)
    /// It is itself a backup, and none is made within another.
    case alreadyBackup(String)
    /// No backup of ours.
    case missing(String)
    /// What is wrong with it, or with what it was made of.
    case notWhole(String, faults: [String])

    public var description: String {
        switch self {
        case .occupied(let path): "\(path): there is something here already"
        case .alreadyBackup(let path):
            "\(path) is a backup itself: name another folder, or make one first that is to hold all backups"
        case .missing(let path): "\(path): there is no backup here (no \(Backup.headName) beside a mandate.db)"
        case .notWhole(let path, let faults): "\(path): not whole: " + faults.joined(separator: "; ")
        }
    }
}

/// A whole copy of a workspace in a folder of its own: journal, files, settings, workflows and templates, and the head by which it is
/// known to be whole.
///
/// A backup is a folder and not a file, since a journal without its papers would not be one. It has its name only once it was verified and
/// synced; a folder of that name is a good backup.
public struct Backup: Sendable, Hashable {
    static let headName = "HEAD"
    private static let journalName = "mandate.db"
    private static let filesName = "files"
    /// What people wrote, beside the journal.
    private static let ownFiles = [Workspace.settingsName, "roster.csv"]
    private static let ownFolders = ["Workflows", "Templates"]

    public let folder: String
    public let head: JournalHead

    /// The backup in this folder.
    public init(in folder: String) throws {
        let name = Disk.joined(folder, Self.headName)
        guard Disk.exists(Disk.joined(folder, Self.journalName)), let bytes = try? Disk.read(name),
            let head = JournalHead(parsing: String(decoding: bytes, as: UTF8.self))
        else { throw BackupFailure.missing(folder) }
        self.folder = folder
        self.head = head
    }

    /// Looks through the whole backup.
    public func inspect() throws -> Inspection { try Self.inspect(folder, against: head) }

    private static func inspect(_ folder: String, against head: JournalHead?) throws -> Inspection {
        do { return try inspect(Disk.joined(folder, journalName), of: folder, for: .reading, against: head) } catch JournalError
            .older
        {
            // The tables of an earlier version are brought up to date in a copy: a backup stays as it is.
            let place = try Disk.temporaryFolder()
            defer { Disk.removeFolder(place) }
            let copy = Disk.joined(place, journalName)
            try Disk.copy(Disk.joined(folder, journalName), to: copy)
            return try inspect(copy, of: folder, for: .writing, against: head)
        }
    }

    private static func inspect(
        _ path: String, of folder: String, for access: SQLiteJournal.Access, against head: JournalHead?
    ) throws -> Inspection {
        let journal = try SQLiteJournal.open(path, for: access)
        defer { journal.close() }
        var found = try Inspection(
            of: journal, files: try FileStore(folder: Disk.joined(folder, filesName)), against: head)
        if let head, found.head != head { found.faults.append("the journal does not end where \(headName) says") }
        return found
    }
}

// Making one.
extension Backup {
    /// Copies the workspace of a journal on disk. `path` becomes the backup's folder; where it is a folder already, the backup is made in
    /// it, named after the moment.
    public static func make(of desk: Desk, to path: String) throws -> Backup {
        guard let journal = desk.journal as? SQLiteJournal else { preconditionFailure("a workspace's journal is a file") }
        guard (try? Backup(in: path)) == nil else { throw BackupFailure.alreadyBackup(path) }
        let target = Disk.isFolder(path) ? Disk.joined(path, "mandate-\(desk.now.compact)") : path
        guard !Disk.exists(target) else { throw BackupFailure.occupied(target) }
        try Disk.build(target) { unnamed in
            try journal.backUp(to: Disk.joined(unnamed, journalName))
            // The files after the journal: a file is stored before the entry that names it.
            _ = try FileStore(folder: Disk.joined(unnamed, filesName)).take(from: desk.files)
            try copyOwn(from: desk.workspace.folder, to: unnamed)
            let found = try inspect(unnamed, against: nil)
            guard found.isWhole else { throw BackupFailure.notWhole(desk.workspace.folder, faults: found.faults) }
            try Disk.write(found.head.text, to: Disk.joined(unnamed, headName))
        }
        let backup = try Backup(in: target)
        try desk.note(BackupNote(at: desk.now, folder: Disk.wholePath(target)))
        return backup
    }

    private static func copyOwn(from workspace: String, to folder: String) throws {
        for name in ownFiles where Disk.exists(Disk.joined(workspace, name)) {
            try Disk.copy(Disk.joined(workspace, name), to: Disk.joined(folder, name))
        }
        for name in ownFolders where Disk.isFolder(Disk.joined(workspace, name)) {
            try Disk.copy(Disk.joined(workspace, name), to: Disk.joined(folder, name))
        }
    }
}

/// That a backup was made: what is erased later stands in it still.
public struct BackupNote: Codable, Sendable, Hashable {
    public var at: Instant
    public var folder: String
}

extension Desk {
    private static let backupsKey = "backups"

    func note(_ backup: BackupNote) throws {
        try transact { transaction, _ in
            try transaction.setMeta(try Ledger.text(of: try Self.backups(transaction) + [backup]), for: Self.backupsKey)
        }
    }

    /// The backups that were made of this workspace, in order of time, as far as it knows.
    public func backups() throws -> [BackupNote] { try journal.read { try Self.backups($0) } }

    private static func backups(_ reading: Reading) throws -> [BackupNote] {
        guard let text = try reading.meta(backupsKey) else { return [] }
        return try Ledger.value(from: text)
    }
}

/// What a restoration came to.
public struct Restoration: Sendable, Hashable {
    public var inspection: Inspection
    /// Messages that may have gone out since the backup was made: a person must say.
    public var uncertain: Int
    /// People who were erased after the backup was made, and erased again.
    public var erased: [ID] = []
    /// Those who could not be: a person must.
    public var unerased: [ID] = []
}

/// How long ago the journal lost what the backup does not hold: what fell due in between may have been sent.
struct LostTime: Codable {
    static let key = "lost time"

    /// When the backup's newest entry was recorded, in seconds since 1970.
    var from: Int64
    /// When it was restored.
    var until: Int64
}

// Restoring one.
extension Backup {
    /// Makes a workspace of the backup in a folder that holds none. What is pending in it may have been sent since, so it is uncertain until
    /// the secretary says (`mandate outbox`); what fell due since is so as well, once it is fired.
    ///
    /// - Parameter erased: who was erased since the backup was made, beside those of whom it was told: they are erased again before the
    /// workspace has its name.
    public func restore(
        to folder: String, at now: Instant, shelf: Shelf, erased: [ErasureNotice] = []
    ) throws -> Restoration {
        guard !Disk.exists(Disk.joined(folder, Workspace.settingsName)), !Disk.exists(Disk.joined(folder, Self.journalName))
        else {
            throw BackupFailure.occupied(folder)
        }
        let before = try inspect()
        guard before.isWhole else { throw BackupFailure.notWhole(self.folder, faults: before.faults) }
        var restoration = Restoration(inspection: before, uncertain: 0)
        try Disk.build(folder) { unnamed in
            try Disk.copy(Disk.joined(self.folder, Self.journalName), to: Disk.joined(unnamed, Self.journalName))
            try Self.copyOwn(from: self.folder, to: unnamed)
            _ = try FileStore(folder: Disk.joined(unnamed, Self.filesName)).take(
                from: try FileStore(folder: Disk.joined(self.folder, Self.filesName)))
            restoration.uncertain = try doubt(Disk.joined(unnamed, Self.journalName), now)
            let after = try Self.inspect(unnamed, against: head)
            guard after.isWhole else { throw BackupFailure.notWhole(folder, faults: after.faults) }
            (restoration.erased, restoration.unerased) = try eraseAgain(erased + erasedSince, in: unnamed, now, shelf)
        }
        return restoration
    }

    private func eraseAgain(
        _ notices: [ErasureNotice], in folder: String, _ now: Instant, _ shelf: Shelf
    ) throws -> (done: [ID], left: [ID]) {
        guard !notices.isEmpty else { return ([], []) }
        let workspace = try Workspace(folder: folder, shelf: shelf)
        let journal = try SQLiteJournal.open(workspace.journalPath)
        defer { journal.close() }
        let desk = try Desk(
            workspace: workspace, journal: journal, files: try FileStore(folder: workspace.filesPath),
            clock: .stopped(at: now))
        let outcome = try desk.eraseAgain(notices)
        let after = try Self.inspect(folder, against: nil)
        guard after.isWhole else { throw BackupFailure.notWhole(folder, faults: after.faults) }
        return outcome
    }

    private func doubt(_ path: String, _ now: Instant) throws -> Int {
        let journal = try SQLiteJournal.open(path)
        defer { journal.close() }
        return try journal.transact(at: now.seconds) { transaction in
            let lost = LostTime(from: head.recorded, until: max(now.seconds, transaction.now))
            try transaction.setMeta(try Ledger.text(of: lost), for: LostTime.key)
            return try transaction.doubtMessages(createdBy: transaction.now)
        }
    }
}

extension Instant {
    /// For names of files: `20261102T100000Z`.
    fileprivate var compact: String { description.filter { $0 != "-" && $0 != ":" } }
}
