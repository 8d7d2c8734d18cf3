import Calendars
import Diagnostics
import Documents
import Foundation
import Governance
import Journals
import Testing

@testable import Secretariat

/// A small society in a folder of its own, for tests: a workspace with a roster, a journal in memory and a clock that the test moves.
final class Society {
    static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// What is shipped, without the workflows that ask something of everybody from the first day on: a test counts what its own story
    /// brings about.
    static let share: String = {
        let files = FileManager.default
        let folder = NSTemporaryDirectory() + "/mandate-share-" + UUID().uuidString
        try? files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["Workflows", "Templates"] {
            try? files.copyItem(atPath: checkout + "/" + name, toPath: folder + "/" + name)
        }
        for name in ["term", "code_of_conduct"] { try? files.removeItem(atPath: folder + "/Workflows/\(name).yaml") }
        return folder
    }()

    let folder: String
    let workspace: Workspace
    let journal = InMemoryJournal()
    let hands = Hands()
    let desk: Desk

    /// What the test holds: the time, and how often chance was asked.
    final class Hands: @unchecked Sendable {  // One test uses it, on one thread.
        var now = Instant(seconds: 0)
        var drawn: UInt64 = 0
    }

    var clock: Secretariat.Clock { Secretariat.Clock { [hands] in hands.now } }
    var chance: Chance {
        Chance { [hands] in
            hands.drawn += 1
            return hands.drawn
        }
    }

    init(at time: String = "2026-04-01T08:00:00Z", settings: String? = nil) throws {
        folder = try scratch()
        try Workspace.create(at: folder, society: "The Society")
        if let settings { try Disk.write(settings, to: folder + "/mandate.yaml", replacing: true) }
        workspace = try Workspace(folder: folder, shelf: Shelf(folder: Self.share))
        hands.now = try #require(Instant(time))
        desk = try Desk(
            workspace: workspace, journal: journal, files: try FileStore(folder: folder + "/files"),
            clock: Secretariat.Clock { [hands] in hands.now },
            chance: Chance { [hands] in
                hands.drawn += 1
                return hands.drawn
            }, fill: Self.fill)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Documents are the Papers' affair; here a letter says only what it is.
    static let fill: @Sendable (PaperRequest, PaperFacts) throws -> ViewValue = { request, facts in
        .map(["reader": .text(facts.standing.name(of: request.reader ?? "")), "duties": .number(request.duties.count)])
    }

    func at(_ time: String) throws { hands.now = try #require(Instant(time)) }

    /// Takes a roster; answers what is wrong with it.
    @discardableResult
    func take(_ csv: String) throws -> [Finding] { try take(csv, to: desk) }

    @discardableResult
    func take(_ csv: String, to desk: Desk) throws -> [Finding] {
        let roster = Roster(SourceText(name: "roster.csv", text: csv), in: desk.standing)
        guard roster.findings.isEmpty else { return roster.findings }
        if !roster.changesNothing {
            _ = try desk.adopt(roster.records, personal: roster.personal, by: nil, id: "import \(hands.drawn)")
            hands.drawn += 1
        }
        return []
    }

    /// Gives a command in people's words.
    @discardableResult
    func give(
        _ command: String, by actor: String, meeting: String? = "next", item: String? = nil, id: String? = nil,
        _ fields: KeyValuePairs<String, String> = [:]
    ) throws -> Reply {
        var request = Request(command, by: actor)
        request.meeting = meeting
        request.item = item
        request.id = id
        for (name, text) in fields { request.fill(name, text) }
        switch try desk.prepare(request) {
        case .failure(let refusal): return .refused(refusal)
        case .success(let prepared): return try desk.perform(prepared.command)
        }
    }

    static let roster = """
        kind,name,email,body,organisation,seat,role,start,end,rights
        body,Health Board,,,,,,,,
        body,Carers Group,,,,,,,,
        organisation,Forum,,,,,,,,
        organisation,Carers,,,,,,,,
        person,Ann Archer,ann@example.org,,,,,,,
        person,Bob Brown,bob@example.org,,,,,,,
        person,Cora Chair,cora@example.org,,,,,,,
        person,Sam Secretary,sam@example.org,,,,,,,
        person,Kit Keen,kit@example.org,,,,,,,
        person,Eve Elector,eve@example.org,,,,,,,
        seat,,,Health Board,Forum,Seat 1,,,,vote
        seat,,,Health Board,Carers,Seat 2,,,,vote
        seat,,,Health Board,Carers,Seat 3,,,,vote
        seat,,,Carers Group,Carers,Seat 1,,,,vote
        term,Ann Archer,,Health Board,,Seat 1,,2026-01-01,2028-12-31,
        term,,bob@example.org,Health Board,,Seat 2,,2026-01-01,2028-12-31,
        term,Cora Chair,,Health Board,,Seat 3,,2026-01-01,2028-12-31,
        term,Ann Archer,,Carers Group,,Seat 1,,2026-01-01,2028-12-31,
        substitute,Eve Elector,,Health Board,,Seat 1,,,,
        role,Sam Secretary,,Health Board,,,secretary,,,
        role,Sam Secretary,,Carers Group,,,secretary,,,
        role,Cora Chair,,Health Board,,,chair,,,
        role,Kit Keen,,,Forum,,coordinator,,,
        constituency,Eve Elector,,,Forum,,,,,

        """
}

/// A new folder for one test.
func scratch() throws -> String {
    let folder = NSTemporaryDirectory() + "/mandate-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
}

extension Reply {
    var receipt: Receipt? {
        guard case .taken(let receipt) = self else { return nil }
        return receipt
    }

    var refusal: Refusal? {
        guard case .refused(let refusal) = self else { return nil }
        return refusal
    }
}
