import Foundation

#if canImport(Glibc)
    import Glibc
#endif

// Folders that are there whole or not at all, and survive a power cut.
extension Disk {
    /// Makes a folder under a passing name, syncs all that `fill` put into it, and only then gives it its name. A folder of that name
    /// must not be there, or be empty; what a failure left is removed.
    static func build(_ path: String, _ fill: (String) throws -> Void) throws {
        let unnamed = "\(withoutSlash(path)).new.\(getpid())"
        try? FileManager.default.removeItem(atPath: unnamed)
        do {
            try makeFolder(unnamed)
            try fill(unnamed)
            try syncAll(in: unnamed)
            guard Glibc.rename(unnamed, path) == 0 else {
                throw DiskFailure.unwritable(path: path, reason: String(cString: strerror(errno)))
            }
        } catch {
            try? FileManager.default.removeItem(atPath: unnamed)
            throw error
        }
        try sync(parent(of: path))
    }

    /// Copies a file, or a folder with all in it.
    static func copy(_ path: String, to target: String) throws(DiskFailure) {
        do { try FileManager.default.copyItem(atPath: path, toPath: target) } catch {
            throw .unwritable(path: target, reason: error.localizedDescription)
        }
    }

    private static func withoutSlash(_ path: String) -> String {
        path.count > 1 && path.hasSuffix("/") ? withoutSlash(String(path.dropLast())) : path
    }

    private static func syncAll(in folder: String) throws(DiskFailure) {
        for name in (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? [] { try sync(joined(folder, name)) }
        try sync(folder)
    }

    /// Writes a new file that has its name only once it is whole and synced.
    public static func writeDurably(_ bytes: [UInt8], to path: String) throws {
        guard !exists(path) else { throw DiskFailure.unwritable(path: path, reason: "it is there already") }
        let unnamed = "\(path).new.\(getpid())"
        do {
            do { try Data(bytes).write(to: URL(fileURLWithPath: unnamed)) } catch {
                throw DiskFailure.unwritable(path: path, reason: error.localizedDescription)
            }
            try sync(unnamed)
            guard Glibc.rename(unnamed, path) == 0 else {
                throw DiskFailure.unwritable(path: path, reason: String(cString: strerror(errno)))
            }
        } catch {
            unlink(unnamed)
            throw error
        }
        try sync(parent(of: wholePath(path)))
    }

    /// Syncs a file, or the names in a folder.
    static func sync(_ path: String) throws(DiskFailure) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
        let result = fsync(file)
        let reason = String(cString: strerror(errno))
        close(file)
        guard result == 0 else { throw .unwritable(path: path, reason: reason) }
    }
}
