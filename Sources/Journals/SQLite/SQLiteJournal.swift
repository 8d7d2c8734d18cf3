import Foundation
import GRDB
import Synchronization

/// The journal of a workspace: one SQLite file in WAL mode, with one connection, on which every commit is synced.
public final class SQLiteJournal: JournalStore {
    /// What the journal is opened for.
    public enum Access: Hashable, Sendable { case reading, writing }

    public let path: String
    let queue: DatabaseQueue
    private let isClosed = Atomic(false)

    init(path: String, queue: DatabaseQueue) {
        self.path = path
        self.queue = queue
    }

    public func read<Answer>(_ body: (Reading) throws -> Answer) throws -> Answer {
        try checkOpen()
        do {
            return try queue.read { database in
                let reading = Reading(SQLiteShelf(database))
                defer { reading.end() }
                return try body(reading)
            }
        } catch {
            throw Self.failure(error, path: path)
        }
    }

    /// As `JournalStore.transact`. A disk that fails while committing gives `.commitUncertain` and closes this journal: open it anew and
    /// look whether the command has its answer.
    public func transact<Answer>(at now: Int64, _ body: (Transaction) throws -> Answer) throws -> Answer {
        try checkOpen()
        var answer: Answer?
        var isCommitting = false
        do {
            try queue.inTransaction(.immediate) { database in
                let transaction = try Transaction(SQLiteShelf(database), now: now)
                defer { transaction.end() }
                answer = try body(transaction)
                isCommitting = true
                return .commit
            }
        } catch {
            throw isCommitting ? givingUp(after: error) : Self.failure(error, path: path)
        }
        guard let answer else { preconditionFailure("a body that did not throw has answered") }
        return answer
    }

    /// Ends the connection; the journal cannot be used any more. Closing twice is no error.
    public func close() {
        guard isClosed.exchange(true, ordering: .relaxed) == false else { return }
        try? queue.close()
    }

    private func checkOpen() throws(JournalError) {
        if isClosed.load(ordering: .relaxed) { throw .closed(path: path) }
    }

    /// What a failed commit means. After an I/O error nobody knows what reached the disk, and the connection is not used again.
    private func givingUp(after error: any Error) -> any Error {
        guard let failure = error as? DatabaseError, failure.resultCode == .SQLITE_IOERR else {
            return Self.failure(error, path: path)
        }
        close()
        return JournalError.commitUncertain(path: path, reason: Self.reason(failure))
    }
}

// Errors
extension SQLiteJournal {
    /// The store's failure in the words of this room; other errors as they are.
    static func failure(_ error: any Error, path: String) -> any Error {
        if error is RowDecodingError { return JournalError.damaged(path: path, reason: "a row cannot be read") }
        guard let failure = error as? DatabaseError else { return error }
        switch failure.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: return JournalError.busy(path: path)
        case .SQLITE_FULL: return JournalError.diskFull(path: path)
        case .SQLITE_READONLY: return JournalError.readOnly(path: path)
        case .SQLITE_CANTOPEN, .SQLITE_PERM: return JournalError.cannotOpen(path: path)
        case .SQLITE_NOTADB: return JournalError.notAJournal(path: path)
        case .SQLITE_CORRUPT: return JournalError.damaged(path: path, reason: reason(failure))
        case .SQLITE_IOERR where failure.extendedResultCode == .SQLITE_IOERR_SHMSIZE: return JournalError.diskFull(path: path)
        default: return JournalError.storage(path: path, reason: reason(failure))
        }
    }

    /// SQLite's own words, without the statement's arguments, which may be personal.
    private static func reason(_ failure: DatabaseError) -> String {
        "\(failure.message ?? "SQLite failed") (\(failure.extendedResultCode.rawValue))"
    }
}
