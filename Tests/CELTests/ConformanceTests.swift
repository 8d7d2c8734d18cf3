import Foundation
import Testing

@testable import CEL

/// The published cases of the specification, which stand beside the checkout and are no part of it.
struct ConformanceTests {
    /// What is left out, and why.
    static let skipped: [String: String] = [
        "network_ext": "addresses of computers have no place in rules of meetings",
        "dynamic": "its cases need messages of Protocol Buffers",
    ]

    static let file: URL? = {
        var folders = [ProcessInfo.processInfo.environment["MANDATE_SHARED"].map { URL(fileURLWithPath: $0) }].compactMap { $0 }
        var folder = URL(fileURLWithPath: #filePath)
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            folders.append(folder.appendingPathComponent("shared"))
        }
        return folders.map { $0.appendingPathComponent("conformance/cel/cases.jsonl") }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }()

    @Test(
        "every published case comes out as the specification says",
        .enabled(if: file != nil, "the folder `shared` with the published cases is not here"))
    func published() throws {
        let text = try String(contentsOf: #require(Self.file), encoding: .utf8)
        var (run, left) = (0, 0)
        for line in text.split(separator: "\n") {
            let json = try JSONDecoder().decode(TaggedJSON.self, from: Data(line.utf8))
            let file = json["file"]?.text ?? ""
            guard Self.skipped[file] == nil else {
                left += 1
                continue
            }
            run += 1
            var trial = try #require(Trial(json), "\(line)")
            trial.environment.functions = Self.functions
            trial.environment.zoneOffset = { name, moment in
                TimeZone(identifier: name)?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.seconds)))
            }
            try check(trial, expecting: #require(json["expect"]), line)
        }
        print("CEL: \(run) published cases run, \(left) skipped (\(Self.skipped.keys.sorted().joined(separator: ", ")))")
        #expect(run > 800)
    }

    private func check(_ trial: Trial, expecting expected: TaggedJSON, _ line: Substring) throws {
        if expected["error"] != nil {
            #expect(trial.answer()["error"] != nil, "\(line)")
            return
        }
        if let type = expected["type"]?.text {
            let program = try? Program(trial.text, in: trial.environment)
            #expect(program?.kind.description == type, "\(line)")
        }
        guard let tagged = expected["value"] else { return }
        let wanted = try #require(Value(tagged: tagged), "\(line)")
        let got = trial.answer()
        #expect(got["value"].flatMap { Value(tagged: $0) }.map { isSame($0, wanted) } == true, "\(line) gave \(got)")
    }

    /// NaN is what it is, and a nought keeps its sign.
    private func isSame(_ a: Value, _ b: Value) -> Bool {
        if case .double(let x) = a, case .double(let y) = b { return (x.isNaN && y.isNaN) || (x == y && x.sign == y.sign) }
        return a == b
    }

    /// The functions that some cases declare.
    private static let functions: [Environment.Function] = {
        let letters = ["T", "U", "V"].map { Kind.parameter($0) }
        let alike = Kind.abstract("tuple", [Kind](repeating: letters[0], count: 3))
        return [
            Environment.Function(name: "fn", parameters: [.string, .int], result: .string),
            Environment.Function(name: "tuple", parameters: letters, result: .abstract("tuple", letters)),
            Environment.Function(name: "sort", parameters: [alike], result: alike),
        ]
    }()
}
