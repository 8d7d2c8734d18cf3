import Foundation

/// One run of a program, with a limit on its time; what it says goes into a file, so that no pipe can fill up.
enum ProgramRun {
    /// Two minutes: a pack of a thousand pages takes less.
    static let longest: TimeInterval = 120

    static func run(
        _ program: String, _ arguments: [String], in folder: String, accepting codes: Set<Int32> = [0]
    ) throws(PressFailure) {
        let said = folder + "/said.txt"
        guard FileManager.default.createFile(atPath: said, contents: nil), let listener = FileHandle(forWritingAtPath: said)
        else {
            throw .failed(program: program, reason: "\(said) cannot be written")
        }
        defer { try? listener.close() }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = listener
        do { try process.run() } catch { throw .failed(program: program, reason: "it cannot be started") }
        let end = Date().addingTimeInterval(longest)
        while process.isRunning {
            guard Date() < end else {
                process.terminate()
                process.waitUntilExit()
                throw .failed(program: program, reason: "it took longer than \(Int(longest)) seconds")
            }
            usleep(5_000)
        }
        guard process.terminationReason == .exit, codes.contains(process.terminationStatus) else {
            throw .failed(program: program, reason: lastWords(said) ?? "exit code \(process.terminationStatus)")
        }
    }

    /// The last line of what it said, cut short.
    private static func lastWords(_ path: String) -> String? {
        let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return text.split(separator: "\n").last { !$0.allSatisfy(\.isWhitespace) }.map { String($0.prefix(300)) }
    }
}
