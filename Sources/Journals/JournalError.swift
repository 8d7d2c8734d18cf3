/// What can go wrong with a journal.
public enum JournalError: Error, Hashable, Sendable {
    /// Another wrote to the stream first.
    case conflict(Conflict)
    /// The command already has an entry or an answer.
    case repeatedCommand(String)
    /// A text that holds U+0000, which the store would cut short.
    case nulInText(field: String)
    /// A transaction or reading used after its body returned.
    case ended

    case missing(path: String)
    case alreadyThere(path: String)
    case notAJournal(path: String)
    /// Made by a later version of the program.
    case newer(path: String, version: Int, known: Int)
    /// Made by an earlier version, and opened for reading only.
    case older(path: String, version: Int, known: Int)
    case readOnly(path: String)
    /// The path cannot be opened: a folder, or no permission.
    case cannotOpen(path: String)
    /// `PRAGMA synchronous` is not 2 (FULL): an acknowledged command could be lost.
    case notDurable(path: String, synchronous: Int)
    case diskFull(path: String)
    /// Another process held the journal for longer than the busy timeout.
    case busy(path: String)
    /// The disk failed while committing: open anew and look whether the command has its answer.
    case commitUncertain(path: String, reason: String)
    /// Closed, or given up after a failed commit.
    case closed(path: String)
    /// The file is damaged.
    case damaged(path: String, reason: String)
    case storage(path: String, reason: String)
    /// A personal value that its owner's key does not open: one of the two was altered, or the key is gone.
    case personalValueLost(id: String)

    case fileMissing(hash: String)
    /// A stored file does not have the hash it is kept under.
    case fileAltered(hash: String)
    case notAHash(String)
    case files(path: String, reason: String)
}

extension JournalError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .conflict(let conflict):
            guard let last = conflict.last else { return "the stream \(conflict.stream) is empty" }
            return "the stream \(conflict.stream) has moved on from \(conflict.expected) to \(last.position): \(last.kind) by "
                + "\(last.actor ?? "the engine")"
        case .repeatedCommand(let id): return "the command \(id) was carried out before"
        case .nulInText(let field): return "\(field) holds a NUL character"
        case .ended: return "the transaction has ended"
        case .missing(let path): return "\(path): there is no journal here"
        case .alreadyThere(let path): return "\(path): there is something here already"
        case .notAJournal(let path): return "\(path): this is not a journal"
        case .newer(let path, let version, let known):
            return "\(path): made by a newer version of the program (\(version); this one knows \(known))"
        case .older(let path, let version, let known):
            return "\(path): made by an older version of the program (\(version), not \(known)); open it for writing once"
        case .readOnly(let path): return "\(path): the journal cannot be written to"
        case .cannotOpen(let path): return "\(path): cannot be opened"
        case .notDurable(let path, let synchronous):
            return "\(path): synchronous is \(synchronous), not 2: a command could be lost when the power fails"
        case .diskFull(let path): return "\(path): the disk is full; nothing was changed"
        case .busy(let path): return "\(path): another process is writing; nothing was changed"
        case .commitUncertain(let path, let reason): return "\(path): the disk failed while writing: \(reason)"
        case .closed(let path): return "\(path): the journal is closed"
        case .damaged(let path, let reason): return "\(path): the file is damaged: \(reason)"
        case .storage(let path, let reason): return "\(path): \(reason)"
        case .personalValueLost(let id): return "the personal value \(id) cannot be read: it or its owner's key was altered"
        case .fileMissing(let hash): return "the file \(hash) is missing"
        case .fileAltered(let hash): return "the file \(hash) was altered"
        case .notAHash(let text): return "not a SHA-256 in hexadecimal: \(text)"
        case .files(let path, let reason): return "\(path): \(reason)"
        }
    }
}
