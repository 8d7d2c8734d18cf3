import Foundation
import Governance
import Journals

/// What is left to do once the journal says that a person is erased, kept beside it until it is done: a process that dies in between leaves
/// words that nobody could find again, as they are known to nobody any more.
struct ErasurePlan: Codable {
    var person: ID
    var staysInRecord: Bool
    /// Files of mail, by path.
    var mail: [String] = []
    /// The roster without the person; nil where it need not be written.
    var roster: String?
    /// What the backups are to know; nil in a plan of an earlier version.
    var notice: ErasureNotice?

    private static func path(in workspace: Workspace) -> String { Disk.joined(workspace.folder, ".erasing") }

    static func unfinished(in workspace: Workspace) throws -> ErasurePlan? {
        guard Disk.exists(path(in: workspace)) else { return nil }
        return try Ledger.value(from: String(decoding: try Disk.read(path(in: workspace)), as: UTF8.self))
    }

    func keep(in workspace: Workspace) throws {
        let path = Self.path(in: workspace)
        try Disk.write(try Ledger.text(of: self), to: path, replacing: true)
        try Disk.sync(path)
        try Disk.sync(workspace.folder)
    }

    static func remove(from workspace: Workspace) throws { try Disk.remove(path(in: workspace)) }

    /// Does what is left to do. Doing it twice is no fault.
    func finish(_ desk: Desk) throws {
        for hash in desk.standing.replacedFiles.keys.sorted() { try desk.files.remove(hash) }
        for path in mail { try Disk.remove(path) }
        if let roster {
            try Disk.write(roster, to: desk.workspace.rosterPath, replacing: true)
            try Disk.sync(desk.workspace.rosterPath)
        }
        if let notice { for backup in try desk.backups() { notice.leave(in: backup.folder) } }
        try (desk.journal as? SQLiteJournal)?.scrub()
        try Self.remove(from: desk.workspace)
    }
}

extension Disk {
    /// Removes a file; one that is not there is no fault.
    static func remove(_ path: String) throws(DiskFailure) {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw .unwritable(path: path, reason: String(cString: strerror(errno)))
        }
        try sync(parent(of: path))
    }
}
