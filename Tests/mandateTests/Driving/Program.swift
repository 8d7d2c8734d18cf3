import Foundation
import Testing

/// The built program, which lies beside the test bundle, run as a process of its own.
struct Program {
    /// What a run of the program came to.
    struct Ran {
        var words: [String]
        var code: Int32
        var out: String
        var err: String

        /// What stands on standard output, read as JSON; nothing where it is none.
        var json: JSON { (try? JSON(reading: out)) ?? .none }
    }

    /// Exit codes after sysexits.h, as README promises them.
    enum Exit {
        static let usage: Int32 = 64
        static let badInput: Int32 = 65
        static let notFound: Int32 = 66
        static let occupied: Int32 = 73
        static let refused: Int32 = 77
    }

    static let file: URL = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("mandate")
    }()

    /// Runs it with these words, and this text on its standard input; of this process's environment it sees the search path alone.
    static func run(
        _ words: [String], environment: [String: String] = [:], in folder: String? = nil, reading input: String = "",
        file: URL = Program.file
    ) throws -> Ran {
        let process = Process()
        process.executableURL = file
        process.arguments = words
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        process.environment = ["PATH": path].merging(environment) { $1 }
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        let out = try Catch()
        let err = try Catch()
        let given = try Catch(input)
        process.standardInput = given.handle
        process.standardOutput = out.handle
        process.standardError = err.handle
        try process.run()
        process.waitUntilExit()
        _ = try given.text()
        let ran = Ran(words: words, code: process.terminationStatus, out: try out.text(), err: try err.text())
        #expect(process.terminationReason == .exit, "mandate \(words.joined(separator: " ")) crashed: \(ran.err)")
        return ran
    }

    /// A file that takes what a process says, or holds what it reads, so that no pipe can fill up.
    private struct Catch {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-\(UUID().uuidString)")
        let handle: FileHandle

        init(_ text: String = "") throws {
            try Data(text.utf8).write(to: url)
            handle = try FileHandle(forUpdating: url)
        }

        /// What was said; the file is gone afterwards.
        func text() throws -> String {
            try handle.close()
            defer { try? FileManager.default.removeItem(at: url) }
            return try String(contentsOf: url, encoding: .utf8)
        }
    }
}
