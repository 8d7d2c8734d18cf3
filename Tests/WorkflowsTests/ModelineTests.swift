import Foundation
import Testing
import Workflows

/// What an editor sees of the shipped workflows: their modeline and the schema beside them.
@Suite struct ModelineTests {
    private static let folder = repository.appendingPathComponent("Workflows")

    @Test("the schema beside the shipped workflows is the one that the program prints")
    func schema() throws {
        let file = Self.folder.appendingPathComponent("workflow.schema.json")
        let written = try? String(contentsOf: file, encoding: .utf8)
        if written != WorkflowSchema.text { try WorkflowSchema.text.write(to: file, atomically: true, encoding: .utf8) }
        #expect(written == WorkflowSchema.text, "it was another; it has been written anew")
    }

    @Test("each shipped workflow begins with a modeline whose path leads to the schema")
    func modelines() throws {
        let workflows = try files(in: Self.folder, ending: ".yaml")
        #expect(workflows.count >= 4)
        for file in workflows {
            let line = file.text.prefix { $0 != "\n" }
            let path = try #require(line.wholeMatch(of: /# yaml-language-server: \$schema=(\S+)/)?.output.1, "\(file.name)")
            #expect(FileManager.default.fileExists(atPath: Self.folder.appendingPathComponent(String(path)).path))
        }
    }

    @Test("each shipped workflow validates against the schema with check-jsonschema, and a misspelt one does not")
    func validates() throws {
        guard let validator = Validator.find() else {
            return print("no check-jsonschema beside MANDATE_PYTHON or on the path; passed over")
        }
        let names = try files(in: Self.folder, ending: ".yaml").map { Self.folder.appendingPathComponent($0.name).path }
        let schema = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-\(UUID()).json")
        try WorkflowSchema.text.write(to: schema, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: schema) }
        let (code, said) = try validator.run(["--schemafile", schema.path] + names)
        #expect(code == 0, "\(said)")
        let wrong = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-\(UUID()).yaml")
        let text = try String(contentsOfFile: try #require(names.first), encoding: .utf8)
        try text.replacingOccurrences(of: "\nstates:", with: "\nsates:").write(to: wrong, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: wrong) }
        #expect(try validator.run(["--schemafile", schema.path, wrong.path]).code != 0)
    }
}

/// The program check-jsonschema of PyPI, from the environment that `MANDATE_PYTHON` names, else from the path.
private struct Validator {
    let path: String

    static func find() -> Validator? {
        let environment = ProcessInfo.processInfo.environment
        let beside = environment["MANDATE_PYTHON"].map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
        let folders = (beside.map { [$0] } ?? []) + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        return folders.map { $0 + "/check-jsonschema" }.first { FileManager.default.isExecutableFile(atPath: $0) }
            .map(Validator.init)
    }

    func run(_ arguments: [String]) throws -> (code: Int32, said: String) { try Self.run(path, arguments) }

    private static func run(_ program: String, _ arguments: [String]) throws -> (code: Int32, said: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, said)
    }
}
