import Foundation
import Testing

/// The law of the arrows: what each room imports is what the table in Package.swift allows it.
@Suite struct ArrowsTests {
    /// One line of the table, with what it allows.
    struct Room {
        var name: String
        var ours: Set<String>
        var theirs: Set<String>
    }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The products that the table names by a constant.
    static let products = ["grdb": "GRDB", "crypto": "Crypto", "mustache": "Mustache", "arguments": "ArgumentParser"]

    /// Rooms that touch the machine, and so may use Foundation and the C library.
    static let shells: Set = ["Journals", "Documents", "Post", "Secretariat", "Trials", "mandate", "mandate-bench"]
    static let system: Set = ["Foundation", "FoundationEssentials", "Glibc", "Synchronization"]

    /// Reads the table as it is written in Package.swift.
    static func table() throws -> [String: Room] {
        let text = try String(contentsOf: root.appendingPathComponent("Package.swift"), encoding: .utf8)
        var rooms: [String: Room] = [:]
        for match in text.matches(of: /Room\(\s*name: "(\w+)"((?:[^()]|\([^()]*\))*)\)/) {
            let name = String(match.output.1)
            let rest = String(match.output.2)
            let ours =
                rest.firstMatch(of: /imports: \[([^\]]*)\]/)?.output.1.matches(of: /"(\w+)"/).map { String($0.output.1) } ?? []
            let theirs =
                rest.firstMatch(of: /theirs: \[([^\]]*)\]/)?.output.1.split(separator: ",")
                .compactMap { products[$0.trimmingCharacters(in: .whitespaces)] } ?? []
            rooms[name] = Room(name: name, ours: Set(ours), theirs: Set(theirs))
        }
        rooms["mandate"] = Room(name: "mandate", ours: Set(rooms.keys), theirs: ["ArgumentParser"])
        rooms["mandate-bench"] = Room(
            name: "mandate-bench",
            ours: [
                "Diagnostics", "CEL", "Statecharts", "Calendars", "Workflows", "Proofs", "Secretariat", "Trials", "Documents",
            ],
            theirs: ["ArgumentParser"]
        )
        return rooms
    }

    /// The modules that the file imports, whatever stands before the word.
    static func imports(in text: String) -> [String] {
        text.matches(
            of:
                /(?m)^\s*(?:@[\w()]+\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
        )
        .map { String($0.output.1) }
    }

    static func files(of room: String) -> [URL] {
        let folder = root.appendingPathComponent("Sources/\(room)")
        guard let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return [] }
        return walk.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    }

    /// `room/file imports Module` for each import that the table does not allow.
    static func breaches(of room: Room, in files: [(name: String, text: String)]) -> [String] {
        let allowed = room.ours.union(room.theirs).union(shells.contains(room.name) ? system : [])
        return files.flatMap { file in
            imports(in: file.text).filter { !allowed.contains($0) }.map { "\(room.name)/\(file.name) imports \($0)" }
        }
    }

    @Test("each room imports only what the table of rooms allows it")
    func arrows() throws {
        let rooms = try Self.table()
        #expect(rooms.count >= 12)
        for room in rooms.values {
            let files = try Self.files(of: room.name).map {
                ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8))
            }
            #expect(!files.isEmpty, "the room \(room.name) has no files")
            #expect(Self.breaches(of: room, in: files) == [])
        }
    }

    @Test("every folder of Sources is a room of the table, or a shim for a C library")
    func rooms() throws {
        let rooms = Set(try Self.table().keys).union(["CLibCurl", "CLibYAML", "CMarkdown", "CLibical", "CRE2"])
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.appendingPathComponent("Sources").path)
        #expect(Set(folders.filter { !$0.hasPrefix(".") }) == rooms)
    }

    @Test("the arrows run down the table only")
    func downwards() throws {
        let rooms = try Self.table()
        var settled: Set<String> = ["CLibCurl", "CLibYAML", "CMarkdown", "CLibical", "CRE2"]
        for _ in rooms { for room in rooms.values where room.ours.isSubset(of: settled) { settled.insert(room.name) } }
        #expect(settled.isSuperset(of: rooms.keys))
    }

    @Test("an import that is not allowed is found, however it is written")
    func planted() throws {
        let rooms = try Self.table()
        let room = try #require(rooms["Calendars"])
        let text =
            "import Diagnostics\npublic import Foundation\n@testable import Journals\nimport struct GRDB.Row\n// import Post\n"
        #expect(
            Self.breaches(of: room, in: [("A.swift", text)]) == [
                "Calendars/A.swift imports Foundation", "Calendars/A.swift imports Journals", "Calendars/A.swift imports GRDB",
            ])
    }
}
