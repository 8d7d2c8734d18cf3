import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// What the disk would not do.
public enum DiskFailure: Error, Sendable, Hashable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)
    case tooLarge(path: String, limit: Int)

    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
        case .unwritable(let path, let reason): "\(path): cannot be written: \(reason)"
        case .tooLarge(let path, let limit): "\(path): larger than \(limit) bytes"
        }
    }
}

/// Files and folders, by path.
public enum Disk {
    /// A paper of a meeting may be as large as that.
    public static let largestFile = 256 << 20

    public static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    public static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    public static func read(_ path: String, limit: Int = largestFile) throws(DiskFailure) -> [UInt8] {
        guard !isFolder(path) else { throw .unreadable(path: path, reason: "it is a folder") }
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw .unreadable(path: path, reason: exists(path) ? "no permission" : "there is no such file")
        }
        defer { try? file.close() }
        let content: Data?
        do { content = try file.read(upToCount: limit + 1) } catch {
            throw .unreadable(path: path, reason: reason(error))
        }
        let bytes = [UInt8](content ?? Data())
        guard bytes.count <= limit else { throw .tooLarge(path: path, limit: limit) }
        return bytes
    }

    /// Writes a new file; one that is there already stays as it is, unless `replacing`.
    public static func write(_ text: String, to path: String, replacing: Bool = false) throws(DiskFailure) {
        guard replacing || !exists(path) else { throw .unwritable(path: path, reason: "it is there already") }
        do { try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: [.atomic]) } catch {
            throw .unwritable(path: path, reason: reason(error))
        }
    }

    /// Writes a file, in the place of one that is there.
    public static func replace(_ path: String, with bytes: [UInt8]) throws(DiskFailure) {
        do { try Data(bytes).write(to: URL(fileURLWithPath: path), options: [.atomic]) } catch {
            throw .unwritable(path: path, reason: reason(error))
        }
    }

    public static func makeFolder(_ path: String) throws(DiskFailure) {
        do { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) } catch {
            throw .unwritable(path: path, reason: reason(error))
        }
    }

    /// What the system says, in few words.
    /// A new folder that nobody else has, for what need not last.
    package static func temporaryFolder() throws(DiskFailure) -> String {
        let path = joined(NSTemporaryDirectory(), "mandate-\(UUID().uuidString)")
        try makeFolder(path)
        return path
    }

    /// Removes a folder with what it holds; one that is not there is no fault.
    package static func removeFolder(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

    private static func reason(_ error: any Error) -> String {
        switch (error as? CocoaError)?.code {
        case .fileNoSuchFile?, .fileReadNoSuchFile?: "there is no such folder"
        case .fileWriteFileExists?: "a file of that name is in the way"
        case .fileWriteNoPermission?, .fileReadNoPermission?: "no permission"
        case .fileWriteOutOfSpace?: "the disk is full"
        case .fileWriteVolumeReadOnly?: "the disk is read-only"
        default: error.localizedDescription
        }
    }

    /// The names in a folder that end so, in order; none where there is no such folder.
    public static func names(in folder: String, ending: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
            .filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }.sorted()
    }

    /// The path from the root, with links followed.
    public static func wholePath(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }

    public static func joined(_ folder: String, _ name: String) -> String {
        name.hasPrefix("/") ? name : (folder.hasSuffix("/") ? folder + name : folder + "/" + name)
    }

    public static func parent(of path: String) -> String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

    public static var currentFolder: String { FileManager.default.currentDirectoryPath }
}

extension Disk {
    /// Runs `work` while no other process that asks for the same lock does; nil where one does. Politeness between processes, not
    /// what correctness rests on.
    static func locked<Answer>(_ path: String, _ work: () throws -> Answer) throws -> Answer? {
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DiskFailure.unwritable(path: path, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return nil }
        return try work()
    }
}
