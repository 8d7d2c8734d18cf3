import Foundation
import Testing

@testable import Journals

@Suite("A store of files")
struct FileStoreTests {
    let scratch: Scratch
    let store: FileStore

    init() throws {
        scratch = try Scratch()
        store = try FileStore(folder: scratch.file("files"))
    }

    @Test("a file is kept under its SHA-256 and comes back as it was")
    func storing() throws {
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
        let hash = try store.store(bytes)
        #expect(hash == sha256(bytes))
        #expect(try store.read(hash) == bytes)
        #expect(try store.store([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(try store.hashes() == [hash, sha256("")].sorted())
    }

    @Test("the same bytes are kept once, and nothing unfinished is left")
    func twice() throws {
        #expect(try store.store([1, 2]) == store.store([1, 2]))
        #expect(try FileManager.default.contentsOfDirectory(atPath: store.folder).count == 1)
    }

    @Test("a file that was altered is refused, and not written over")
    func altered() throws {
        let hash = try store.store([1, 2])
        try Data([1, 3]).write(to: URL(fileURLWithPath: store.path(of: hash)))
        #expect(throws: JournalError.fileAltered(hash: hash)) { try store.read(hash) }
        #expect(throws: JournalError.fileAltered(hash: hash)) { try store.store([1, 2]) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: store.path(of: hash))) == Data([1, 3]))
    }

    @Test(
        "a name that is not a hash reaches no file",
        arguments: ["", "../secret", "/etc/passwd", String(repeating: "G", count: 64)])
    func names(name: String) throws {
        #expect(throws: JournalError.notAHash(name)) { try store.read(name) }
        #expect(throws: JournalError.notAHash(name)) { try store.remove(name) }
    }

    @Test("a file that is erased is missing, and may be erased again")
    func removal() throws {
        let hash = try store.store([1])
        try store.remove(hash)
        try store.remove(hash)
        #expect(throws: JournalError.fileMissing(hash: hash)) { try store.read(hash) }
    }

    @Test("a link that stands under a hash is not followed")
    func links() throws {
        let secret = scratch.file("secret")
        try Data([7]).write(to: URL(fileURLWithPath: secret))
        let hash = sha256([7] as [UInt8])
        try FileManager.default.createSymbolicLink(atPath: store.path(of: hash), withDestinationPath: secret)
        #expect(throws: JournalError.self) { try store.read(hash) }
    }

    @Test("a folder that cannot be made says why")
    func folder() {
        #expect(throws: JournalError.files(path: scratch.file("a/b"), reason: "No such file or directory")) {
            try FileStore(folder: scratch.file("a/b"))
        }
    }
}
