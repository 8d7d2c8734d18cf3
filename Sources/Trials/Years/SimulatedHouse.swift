import Calendars
import Diagnostics
import Documents
import Foundation
import Governance
import Journals
import Secretariat

/// What all simulated years share: the shipped workflows, and templates that say only who is written to.
package final class SimulatedHouse {
    /// What a year holds in its hands: the time.
    package final class Hands: @unchecked Sendable {  // One simulated year uses it, on one thread.
        package var now = Instant(seconds: 0)

        package init() {}
    }

    package let workspace: Workspace
    private let folder: String
    private let files: FileStore

    package init(shelf: Shelf) throws {
        folder = try Disk.temporaryFolder()
        let place = Disk.joined(folder, "workspace")
        try Workspace.create(at: place, society: "The Society")
        for name in Disk.names(in: shelf.templates, ending: ".mustache") {
            guard try Self.isMail(Disk.joined(shelf.templates, name)) else { continue }
            try Disk.write(
                "Subject: {{duties}} for {{reader}}\n\nDear {{reader}}.\n", to: Disk.joined(place, "Templates/" + name))
        }
        workspace = try Workspace(folder: place, shelf: shelf)
        files = try FileStore(folder: workspace.filesPath)
    }

    deinit { Disk.removeFolder(folder) }

    private static func isMail(_ path: String) throws -> Bool {
        String(decoding: try Disk.read(path), as: UTF8.self).contains("Subject:")
    }

    /// A process begins: it knows what the journal holds.
    func desk(_ journal: any JournalStore, _ hands: Hands, _ dice: Dice, holding extent: Desk.Extent = .everything) throws
        -> Desk
    {
        try Desk(
            workspace: workspace, journal: journal, files: files, clock: Secretariat.Clock { hands.now },
            chance: Chance { dice.throwOnce() }, holding: extent, fill: Self.fill)
    }

    /// Documents are the Papers' affair; here a letter says only what it is.
    private static let fill: @Sendable (PaperRequest, PaperFacts) throws -> ViewValue = { request, facts in
        .map(["reader": .text(facts.standing.name(of: request.reader ?? "")), "duties": .number(request.duties.count)])
    }

    /// Takes the roster of the simulated body.
    func settle(_ desk: Desk) throws {
        let roster = Roster(SourceText(name: "roster.csv", text: Self.roster), in: desk.standing)
        guard roster.findings.isEmpty else { throw TrialFailure("the roster is wrong: \(roster.findings)") }
        _ = try desk.adopt(roster.records, personal: roster.personal, by: nil, id: "roster")
    }

    static let body = "Health Board"

    private static let roster = """
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

/// A trial that could not be held.
package struct TrialFailure: Error, CustomStringConvertible {
    package var description: String

    package init(_ description: String) { self.description = description }
}
