import Foundation
import Governance
import Testing
import Workflows

/// Each row of the list of what the sources ask for opens a duty, or makes a document, that names its place.
@Suite struct SourceRowsTests {
    /// The list beside the checkout; nil where it is absent.
    private static let obligations: String? = {
        var folder = URL(filePath: #filePath).deletingLastPathComponent()
        for _ in 0..<6 {
            folder.deleteLastPathComponent()
            let list = folder.appending(path: "shared/sources/obligations.md")
            if let text = try? String(contentsOf: list, encoding: .utf8) { return text }
        }
        let named = ProcessInfo.processInfo.environment["MANDATE_SHARED"].map { $0 + "/sources/obligations.md" }
        return named.flatMap { try? String(contentsOfFile: $0, encoding: .utf8) }
    }()

    /// The first cells of a source's table: `L4, L9`.
    static func rows(of source: String, in text: String) -> [String] {
        guard let section = text.components(separatedBy: "\n## ").first(where: { $0.hasPrefix(source + " ") }) else {
            return []
        }
        return section.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            return cells.first.flatMap { $0.hasPrefix("L") ? $0 : nil }
        }
    }

    /// What the rehearsals of a representative's service open and make, from start to end.
    private static func placesRehearsed() -> Set<String> {
        [
            ServiceTests.steppedDown(), ElectionTests.standing([("kim", "o1"), ("carl", "o2")]), ConsultationTests.reported(),
            NetworkTests.called(), afterNetwork(), NetworkTests.reviewed(), NetworkTests.concerned(), MeetingTests().sitting(),
            afterAYear(),
        ].reduce(into: []) { $0.formUnion($1.places) }
    }

    private static func afterNetwork() -> Rehearsal {
        var it = NetworkTests.called()
        it.wait(until: "2026-07-01 18:00")
        it.say("hold_network", by: "olga", [.organisation: "o1"])
        return it
    }

    private static func afterAYear() -> Rehearsal {
        var it = ServiceTests.settled()
        it.wait(until: "2027-01-06 09:00")
        return it
    }

    @Test("every row of source 003 has a duty or a document whose basis names its place")
    func representatives() {
        guard let text = Self.obligations else { return print("skipped: there is no ../shared/sources/obligations.md here") }
        let rows = Self.rows(of: "003", in: text)
        #expect(rows.count >= 27)
        let places = Self.placesRehearsed()
        for row in rows {
            let wanted = row.split(separator: ",").map { "003 " + $0.filter { $0 != " " } }
            let missing = wanted.filter { !places.contains($0) }
            #expect(missing.isEmpty, "\(row): nothing names \(missing.joined(separator: ", "))")
        }
    }

    @Test("a row without a duty would be found")
    func planted() {
        let rows = Self.rows(
            of: "003", in: "\n## 003 X\n\n| place | asked for | carried by |\n|---|---|---|\n| L999 | a | b |\n")
        #expect(rows == ["L999"])
        #expect(!Self.placesRehearsed().contains("003 L999"))
    }
}
