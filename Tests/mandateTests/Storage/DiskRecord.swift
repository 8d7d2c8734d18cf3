import Foundation

/// What a process did to its disk, call by call, as the shim wrote it down.
struct DiskRecord {
    enum Call {
        case made(String)
        case madeFolder(String)
        case wrote(String, at: Int, [UInt8])
        case truncated(String, to: Int)
        case synced(String)
        case renamed(String, to: String)
        case linked(String, as: String)
        case removed(String)
        /// A step of the scenario ended and was acknowledged, with the head that the journal had then.
        case acknowledged(head: String, sent: [String])
    }

    private(set) var calls: [Call] = []

    /// Takes what the shim wrote since, and forgets the file.
    mutating func take(from path: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        try FileManager.default.removeItem(atPath: path)
        var place = 0
        func number(_ at: Int) -> Int {
            Int(bytes[at..<(at + 8)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        }
        while place + 32 <= bytes.count {
            let (kind, offset) = (bytes[place], number(place + 8))
            let start = place + 32
            let middle = start + number(place + 16)
            let end = middle + number(place + 24)
            let name = String(decoding: bytes[start..<middle], as: UTF8.self)
            calls.append(Self.call(kind, offset, name, Array(bytes[middle..<end])))
            place = end
        }
    }

    private static func call(_ kind: UInt8, _ offset: Int, _ name: String, _ bytes: [UInt8]) -> Call {
        switch UnicodeScalar(kind) {
        case "c": .made(name)
        case "d": .madeFolder(name)
        case "w": .wrote(name, at: offset, bytes)
        case "t": .truncated(name, to: offset)
        case "s": .synced(name)
        case "r": .renamed(name, to: String(decoding: bytes, as: UTF8.self))
        case "l": .linked(name, as: String(decoding: bytes, as: UTF8.self))
        default: .removed(name)
        }
    }

    mutating func acknowledge(head: String, sent: [String]) { calls.append(.acknowledged(head: head, sent: sent)) }
}

/// A disk as a power cut finds it: what was synced is there; of the rest, writes are dropped, kept or torn, and names are as they were at some
/// moment since.
///
/// A name lasts once its folder was synced; those that were not are dropped from some point on, in the order in which they were given, as
/// file systems with a journal do. Of a file, each 512 bytes that were not synced may be the old or the new ones, in any order.
struct PoweredDisk {
    private enum Write {
        case bytes(Int, [UInt8])
        case size(Int)
    }

    private struct File {
        var lasting: [UInt8] = []
        var waiting: [Write] = []
    }

    private enum NameChange {
        case give(String, Int)
        case take(String)
        case folder(String)

        var folder: String {
            switch self {
            case .give(let path, _), .take(let path), .folder(let path): (path as NSString).deletingLastPathComponent
            }
        }
    }

    private var files: [File] = []
    /// The names as the running machine sees them.
    private var names: [String: Int] = [:]
    private var lastingNames: [String: Int] = [:]
    private var lastingFolders: Set<String> = []
    private var waitingNames: [NameChange] = []

    /// The disk as it was before, all of it synced.
    init(of folder: String) throws {
        lastingFolders.insert(folder)
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            let path = folder + "/" + name
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
            if isFolder.boolValue {
                lastingFolders.insert(path)
            } else {
                files.append(File(lasting: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))))
                lastingNames[path] = files.count - 1
            }
        }
        names = lastingNames
    }

    mutating func take(_ call: DiskRecord.Call) {
        switch call {
        case .made(let path): _ = file(path)
        case .madeFolder(let path): waitingNames.append(.folder(path))
        case .wrote(let path, let offset, let bytes): files[file(path)].waiting.append(.bytes(offset, bytes))
        case .truncated(let path, let size): files[file(path)].waiting.append(.size(size))
        case .synced(let path): sync(path)
        case .renamed(let path, let other): rename(path, other)
        case .linked(let path, let other):
            let it = file(path)
            names[other] = it
            waitingNames.append(.give(other, it))
        case .removed(let path):
            names[path] = nil
            waitingNames.append(.take(path))
        case .acknowledged: break
        }
    }

    /// The file of a name; made where there is none, since some libraries make files by ways that the shim does not see.
    private mutating func file(_ path: String) -> Int {
        if let known = names[path] { return known }
        files.append(File())
        names[path] = files.count - 1
        waitingNames.append(.give(path, files.count - 1))
        return files.count - 1
    }

    private mutating func rename(_ path: String, _ other: String) {
        for (name, it) in names where name == path || name.hasPrefix(path + "/") {
            let new = other + name.dropFirst(path.count)
            names[name] = nil
            names[new] = it
            waitingNames += [.give(new, it), .take(name)]
        }
        for change in waitingNames { if case .folder(let name) = change, name == path { waitingNames.append(.folder(other)) } }
        for name in lastingFolders where name == path || name.hasPrefix(path + "/") {
            waitingNames.append(.folder(other + name.dropFirst(path.count)))
        }
    }

    private mutating func sync(_ path: String) {
        if let it = names[path] {
            files[it].lasting = Self.applied(files[it].waiting, to: files[it].lasting)
            files[it].waiting = []
            return
        }
        // A folder: its names last, and with a renamed folder all that it holds.
        let lasting = waitingNames.filter { $0.folder == path || $0.folder.hasPrefix(path + "/") }
        waitingNames.removeAll { $0.folder == path || $0.folder.hasPrefix(path + "/") }
        for change in lasting { Self.apply(change, &lastingNames, &lastingFolders) }
    }

    private static func apply(_ change: NameChange, _ names: inout [String: Int], _ folders: inout Set<String>) {
        switch change {
        case .give(let path, let it): names[path] = it
        case .take(let path): names[path] = nil
        case .folder(let path): folders.insert(path)
        }
    }

    private static func applied(_ writes: [Write], to bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for write in writes { apply(write, to: &bytes) }
        return bytes
    }

    private static func apply(_ write: Write, to bytes: inout [UInt8]) {
        switch write {
        case .bytes(let offset, let new):
            if bytes.count < offset + new.count { bytes += [UInt8](repeating: 0, count: offset + new.count - bytes.count) }
            bytes.replaceSubrange(offset..<(offset + new.count), with: new)
        case .size(let size):
            if bytes.count > size {
                bytes.removeLast(bytes.count - size)
            } else {
                bytes += [UInt8](repeating: 0, count: size - bytes.count)
            }
        }
    }
}

extension PoweredDisk {
    /// How un-synced writes fare.
    enum Fate: CaseIterable { case dropped, kept, torn }

    private static let sector = 512

    /// What the disk holds after the power was cut, by path. `chance` decides what is torn, and which names last.
    func image(_ fate: Fate, _ chance: inout some RandomNumberGenerator) -> (files: [String: [UInt8]], folders: Set<String>) {
        var (names, folders) = (lastingNames, lastingFolders)
        let kept =
            switch fate {
            case .dropped: 0
            case .kept: waitingNames.count
            case .torn: Int.random(in: 0...waitingNames.count, using: &chance)
            }
        for change in waitingNames.prefix(kept) { Self.apply(change, &names, &folders) }
        var image: [String: [UInt8]] = [:]
        for (path, it) in names.sorted(by: { $0.key < $1.key }) {
            let file = files[it]
            var bytes = file.lasting
            for write in file.waiting {
                switch fate {
                case .dropped: break
                case .kept: Self.apply(write, to: &bytes)
                case .torn: Self.tear(write, &bytes, &chance)
                }
            }
            image[path] = bytes
        }
        return (image, folders)
    }

    private static func tear(_ write: Write, _ bytes: inout [UInt8], _ chance: inout some RandomNumberGenerator) {
        switch Int.random(in: 0..<3, using: &chance) {
        case 0: return
        case 1: return apply(write, to: &bytes)
        default: break
        }
        guard case .bytes(let offset, let new) = write else { return apply(write, to: &bytes) }
        for start in stride(from: 0, to: new.count, by: sector) where Bool.random(using: &chance) {
            apply(.bytes(offset + start, Array(new[start..<min(start + sector, new.count)])), to: &bytes)
        }
    }
}
