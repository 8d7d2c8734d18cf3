import Foundation
import Statecharts
import Testing

/// The published cases, read from the folder `shared` beside the checkout, or from where MANDATE_SHARED points.
enum SharedCases {
    static let folder: URL? = {
        if let named = ProcessInfo.processInfo.environment["MANDATE_SHARED"] {
            return existing(URL(fileURLWithPath: named, isDirectory: true))
        }
        var place = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        while place.path != "/" {
            if let found = existing(place.appendingPathComponent("shared")) { return found }
            place.deleteLastPathComponent()
        }
        return nil
    }()

    private static func existing(_ shared: URL) -> URL? {
        let folder = shared.appendingPathComponent("conformance/scxml")
        return FileManager.default.fileExists(atPath: folder.appendingPathComponent("manifest.json").path) ? folder : nil
    }

    /// Files of the cases and whether their legacy verdict counts.
    static func manifest(_ folder: URL) throws -> [(file: String, legacy: Bool)] {
        let data = try Data(contentsOf: folder.appendingPathComponent("manifest.json"))
        let entries = try JSONSerialization.jsonObject(with: data) as? [[String: Any]] ?? []
        return entries.compactMap { entry in
            (entry["file"] as? String).map { ($0, entry["verdict"] as? String == "json.legacySemantics") }
        }
    }
}

@Suite("Published statecharts")
struct ConformanceTests {
    @Test("every published case comes to its configurations", .enabled(if: SharedCases.folder != nil, "needs ../shared"))
    func published() throws {
        let folder = try #require(SharedCases.folder)
        let cases = try SharedCases.manifest(folder)
        #expect(cases.count >= 111)
        var passed = 0
        for (file, legacy) in cases {
            let url = folder.appendingPathComponent(file)
            do {
                let faults = try Self.run(try CaseReader.read(url, legacy: legacy))
                if faults.isEmpty { passed += 1 }
                #expect(faults.isEmpty, "\(file): \(faults.joined(separator: "; "))")
            } catch {
                Issue.record("\(file): \(error)")
            }
        }
        print("SCXML cases: \(passed) of \(cases.count) pass")
    }

    /// Where the chart came to something else than expected.
    private static func run(_ sample: CaseReader.Case) throws -> [String] {
        var rehearsal = try Rehearsal(try Chart(sample.definition))
        var faults: [String] = []
        func compare(_ expected: Set<String>, _ place: String) {
            let found = Set(rehearsal.activeStates)
            if found != expected { faults.append("\(place): expected \(expected.sorted()), found \(found.sorted())") }
        }
        compare(sample.initial, "start")
        for (index, move) in sample.moves.enumerated() {
            try rehearsal.advance(by: move.after)
            try rehearsal.hear(move.event)
            compare(move.expected, "event \(index + 1) `\(move.event.name)`")
        }
        return faults
    }
}
