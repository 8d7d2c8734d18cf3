import Foundation
import Testing

/// Others' programs to which documents are shown. Each is left out where it is not installed, and the test says so.
enum Witness {
    /// Python with the packages of `.scripts/requirements.txt`.
    static let python: String? = {
        let named = ProcessInfo.processInfo.environment["MANDATE_PYTHON"] ?? "/usr/bin/python3"
        return FileManager.default.isExecutableFile(atPath: named) ? named : nil
    }()

    /// Whether Python has these modules.
    static func has(_ modules: String) -> Bool {
        guard let python else { return false }
        let isThere = (try? run(python, ["-c", "import \(modules)"]).code) == 0
        if !isThere { print("left out: Python has not \(modules)") }
        return isThere
    }

    /// What a script writes, given these arguments.
    static func ask(_ script: String, _ arguments: [String] = []) throws -> String {
        let ran = try run(try #require(python), ["-c", script] + arguments)
        #expect(ran.code == 0, "\(ran.said)")
        return ran.said
    }

    static func run(_ program: String, _ arguments: [String]) throws -> (code: Int32, said: String) {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("oracle-\(UUID().uuidString)")
        try Data().write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let handle = try FileHandle(forWritingTo: file)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: try Data(contentsOf: file), as: UTF8.self))
    }
}

/// A folder for one test, gone afterwards.
func withFolder<Answer>(_ work: (String) throws -> Answer) throws -> Answer {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("documents-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try work(folder.path)
}

extension String {
    func write(to folder: String, as name: String) throws {
        try Data(utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
    }
}
