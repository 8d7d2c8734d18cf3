import Foundation

/// What a file must go through to survive a power cut: written, synced, named, and its folder synced.
enum Disk {
    /// Writes a new file and syncs it. The caller names it afterwards and syncs the folder.
    static func write(_ bytes: [UInt8], to path: String) throws(JournalError) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure(path) }
        do {
            try writeAll(bytes, to: file, path: path)
        } catch {
            _ = close(file)
            throw error
        }
        guard close(file) == 0 else { throw failure(path) }
    }

    private static func writeAll(_ bytes: [UInt8], to file: Int32, path: String) throws(JournalError) {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure(path) }
            written += count
        }
        // A failed sync is never tried again: the pages may be gone, and a second one would say that all is well.
        guard fsync(file) == 0 else { throw failure(path) }
    }

    /// Syncs a folder, so that the names in it last; or a file.
    static func sync(_ path: String) throws(JournalError) {
        let folder = open(path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { throw failure(path) }
        let result = fsync(folder)
        let failed = failure(path)
        _ = close(folder)
        guard result == 0 else { throw failed }
    }

    /// The whole file, or nil if there is none.
    static func read(_ path: String) throws(JournalError) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        if file < 0 && errno == ENOENT { return nil }
        guard file >= 0 else { throw failure(path) }
        defer { _ = close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { Foundation.read(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw failure(path) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }

    /// Gives a finished file its name, unless there is something of that name; answers whether it did. The old name goes.
    static func name(_ finished: String, as path: String) throws(JournalError) -> Bool {
        let result = link(finished, path)
        let isTaken = result != 0 && errno == EEXIST
        let failed = failure(path)
        _ = unlink(finished)
        guard result == 0 || isTaken else { throw failed }
        try sync(folder(of: path))
        return result == 0
    }

    static func folder(of path: String) -> String {
        let folder = (path as NSString).deletingLastPathComponent
        return folder.isEmpty ? "." : folder
    }

    private static func failure(_ path: String) -> JournalError {
        let code = errno
        if code == ENOSPC || code == EDQUOT { return .diskFull(path: path) }
        return .files(path: path, reason: String(cString: strerror(code)))
    }
}
