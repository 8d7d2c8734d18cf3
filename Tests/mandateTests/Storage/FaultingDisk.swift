import Foundation
import Testing

/// The program with a shim between it and its disk (`Tests/Faults/Storage.c`), which counts its storage calls, makes one of them fail, or writes
/// down what each did.
struct FaultingDisk: Sendable {
    /// What happens to a call.
    enum Fault: String, CaseIterable {
        /// The process dies before it.
        case kill
        case eio, enospc
        /// Half of it is written.
        case short
        /// It says that it was done, and was not. No store can survive that: it is planted, for the harness to catch.
        case lie

        static let real: [Fault] = [.kill, .eio, .enospc, .short]
    }

    /// How a run ended.
    struct Ran {
        var code: Int32
        var wasKilled: Bool
        var err: String
    }

    /// The folder in which storage calls count.
    let root: String
    private let shim: String
    /// The program: that of the build, or another (`MANDATE_PROGRAM`), such as one for release.
    private static let program = ProcessInfo.processInfo.environment["MANDATE_PROGRAM"] ?? Program.file.path

    /// Nil, with a word, where there is no C compiler.
    init?(_ root: String) throws {
        self.root = root
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        shim = root + ".so"
        let source = ArrowsTests.root.appendingPathComponent("Tests/Faults/Storage.c").path
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.arguments = ["cc", "-shared", "-fPIC", "-O1", "-o", shim, source, "-ldl"]
        compiler.standardError = FileHandle.nullDevice
        try compiler.run()
        compiler.waitUntilExit()
        guard compiler.terminationStatus == 0 else {
            print("no C compiler here: the storage faults were not tried")
            return nil
        }
    }

    func remove() {
        for path in [root, shim, root + ".count", root + ".err"] { try? FileManager.default.removeItem(atPath: path) }
    }

    /// Runs the program in a workspace under the root.
    func run(
        _ words: [String], in workspace: String, at now: String, as actor: String, _ storage: [String: String] = [:]
    ) throws -> Ran {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.arguments = words
        process.currentDirectoryURL = URL(fileURLWithPath: root)
        var environment = [
            "PATH": "/usr/bin:/bin", "HOME": root, "MANDATE_WORKSPACE": workspace, "MANDATE_NOW": now, "MANDATE_AS": actor,
            "MANDATE_SHARE": ArrowsTests.root.path, "STORAGE_ROOT": root,
            "SWIFT_BACKTRACE": "enable=no",
        ]
        if let libraries = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] { environment["LD_LIBRARY_PATH"] = libraries }
        environment.merge(storage) { $1 }
        environment["LD_PRELOAD"] = shim
        process.environment = environment
        let said = root + ".err"
        try Data().write(to: URL(fileURLWithPath: said))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: said))
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return Ran(
            code: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
            err: try String(contentsOfFile: said, encoding: .utf8))
    }

    /// How many storage calls a run takes.
    func count(_ run: ([String: String]) throws -> Ran) throws -> Int {
        let path = root + ".count"
        #expect(try run(["STORAGE_COUNT": path]).code == 0)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return try #require(Int(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }
}
