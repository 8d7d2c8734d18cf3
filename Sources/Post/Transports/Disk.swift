import Foundation

/// A failure of the disk, in the system's words.
struct DiskError: Error, CustomStringConvertible {
    var path: String
    var code: Int32

    init(_ path: String) {
        self.path = path
        code = errno
    }

    var description: String { "\(path): \(String(cString: strerror(code)))" }
}

/// What a message in a file must go through to survive a power cut.
enum Disk {
    static func makeFolder(_ path: String) throws(DiskError) {
        if mkdir(path, 0o700) == 0 {
            try sync((path as NSString).deletingLastPathComponent)
        } else if errno != EEXIST {
            throw DiskError(path)
        }
    }

    static func names(in folder: String) throws(DiskError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            errno = EIO
            throw DiskError(folder)
        }
    }

    /// Writes and syncs the file where nobody looks, then gives it its name; a file of that name stays as it is.
    static func write(_ bytes: [UInt8], at unnamed: String, named path: String) throws(DiskError) {
        let file = open(unnamed, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw DiskError(unnamed) }
        defer { _ = unlink(unnamed) }
        do throws(DiskError) {
            try writeAll(bytes, to: file, path: unnamed)
            guard fsync(file) == 0 else { throw DiskError(unnamed) }
        } catch {
            _ = close(file)
            throw error
        }
        guard close(file) == 0 else { throw DiskError(unnamed) }
        guard link(unnamed, path) == 0 || errno == EEXIST else { throw DiskError(path) }
        try sync((path as NSString).deletingLastPathComponent)
    }

    static func writeAll(_ bytes: [UInt8], to file: Int32, path: String) throws(DiskError) {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw DiskError(path) }
            written += count
        }
    }

    private static func sync(_ folder: String) throws(DiskError) {
        let path = folder.isEmpty ? "." : folder
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw DiskError(path) }
        let result = fsync(opened)
        let failure = DiskError(path)
        _ = close(opened)
        guard result == 0 else { throw failure }
    }
}
