import Foundation
import Synchronization

/// A folder of files kept under the SHA-256 of what they hold: papers, drafts, reports.
///
/// A file is on the disk, synced, before `store` returns, so that the entry that names it never names nothing.
public final class FileStore: Sendable {
    public let folder: String
    private let counter = Mutex(0)

    /// Opens the folder and makes it if it is missing.
    public init(folder: String) throws {
        self.folder = folder
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            throw JournalError.files(path: folder, reason: String(cString: strerror(errno)))
        }
        try Disk.sync(Disk.folder(of: folder))
    }

    /// Keeps the bytes; answers their SHA-256 in hexadecimal. Bytes kept before are not written again.
    ///
    /// Throws `.fileAltered` if something else stands under their hash: it is left as it is.
    public func store(_ bytes: [UInt8]) throws -> String {
        let hash = sha256(bytes)
        if try Disk.read(path(of: hash)) == nil {
            let number = counter.withLock { count in
                count += 1
                return count
            }
            let unnamed = "\(folder)/.\(hash).\(getpid()).\(number)"
            do {
                try Disk.write(bytes, to: unnamed)
            } catch {
                _ = unlink(unnamed)
                throw error
            }
            _ = try Disk.name(unnamed, as: path(of: hash))
        } else {
            // Another may have named it and not yet synced the folder.
            try Disk.sync(folder)
        }
        _ = try read(hash)
        return hash
    }

    /// The bytes kept under the hash. Throws `.notAHash`, `.fileMissing`, or `.fileAltered` if they do not have it.
    public func read(_ hash: String) throws -> [UInt8] {
        guard Self.isHash(hash) else { throw JournalError.notAHash(hash) }
        guard let bytes = try Disk.read(path(of: hash)) else { throw JournalError.fileMissing(hash: hash) }
        guard sha256(bytes) == hash else { throw JournalError.fileAltered(hash: hash) }
        return bytes
    }

    /// Keeps the files of another store here too, each read and checked; answers how many that one has.
    public func take(from other: FileStore) throws -> Int {
        let hashes = try other.hashes()
        for hash in hashes { _ = try store(try other.read(hash)) }
        return hashes.count
    }

    /// Erases a file; one that is not there is no error.
    public func remove(_ hash: String) throws {
        guard Self.isHash(hash) else { throw JournalError.notAHash(hash) }
        guard unlink(path(of: hash)) == 0 || errno == ENOENT else {
            throw JournalError.files(path: path(of: hash), reason: String(cString: strerror(errno)))
        }
        try Disk.sync(folder)
    }

    /// The hashes of all files kept, in order.
    public func hashes() throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).filter(Self.isHash).sorted()
        } catch {
            throw JournalError.files(path: folder, reason: "cannot be listed")
        }
    }

    /// Where the file of this hash stands, for programs that open it.
    public func path(of hash: String) -> String { "\(folder)/\(hash)" }

    private static func isHash(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
