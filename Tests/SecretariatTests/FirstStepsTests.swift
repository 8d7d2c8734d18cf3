import Calendars
import Diagnostics
import Documents
import Foundation
import Governance
import Journals
import Post
import Testing

@testable import Secretariat

/// What people get wrong on their first day: names, files, rosters.
@Suite struct FirstStepsTests {
    @Test(
        "a workspace without a name that can be read is not made, and nothing is written",
        arguments: ["", " ", "Our\u{7} society", "\n"])
    func unnamed(name: String) throws {
        let folder = try scratch() + "/new"
        #expect(throws: WorkspaceFailure.self) { try Workspace.create(at: folder, society: name) }
        #expect(!Disk.exists(folder))
        #expect(throws: WorkspaceFailure.self) { try Workspace.create(at: name, society: "The Society") }
        #expect(throws: WorkspaceFailure.self) { try Workspace.find(named: "", environment: [:], from: folder) }
    }

    @Test("things of one moment are in the order of their numbers")
    func numbers() {
        let ids = ["m10", "m2", "m1", "m9"].map { (key: 1, id: $0) } + [(key: 0, id: "m11")]
        #expect(ids.sorted(by: numbered).map(\.id) == ["m11", "m1", "m2", "m9", "m10"])
    }

    @Test("a body's meetings at one hour stand in the order of their numbers")
    func meetings() throws {
        let society = try Society()
        try society.take(Society.roster)
        for body in ["Health Board", "Carers Group"] {
            for day in 10...15 {
                try society.give("plan_meeting", by: "sam", meeting: nil, ["body": body, "start": "2026-06-\(day) 14:00"])
            }
        }
        let sam = try society.desk.lookup().person("sam")
        let there = try #require(try? society.desk.lookup().meeting("m12"))
        #expect(there == "m12")
        let same = society.desk.standing.records.meetings.values.sorted { numbered(($0.start, $0.id), ($1.start, $1.id)) }
        #expect(same.prefix(2).map(\.id) == ["m1", "m7"] && same.suffix(2).map(\.id) == ["m6", "m12"])
        #expect(try society.desk.lookup().meeting("next", person: sam) == "m1")
    }

    private func named(_ lines: String...) throws -> Lookup {
        let society = try Society()
        let people = lines.enumerated().map { "person,\($1),p\($0)@example.org,,,,,,,\n" }.joined()
        #expect(try society.take(RosterTests.header + people) == [])
        return society.desk.lookup()
    }

    @Test(
        "a name is found by somebody who has no accents and no right apostrophe at hand",
        arguments: [
            ("Zoe", "Zoë Åström-O’Neill"), ("zoe astrom-o'neill", "Zoë Åström-O’Neill"),
            ("Astrom ONeill", "Zoë Åström-O’Neill"), ("Lukasz", "Łukasz Bąk"), ("Soren", "Søren Groß"), ("gross", "Søren Groß"),
        ])
    func unaccented(text: String, name: String) throws {
        let lookup = try named("Zoë Åström-O’Neill", "Łukasz Bąk", "Søren Groß", "Dilys Pugh")
        #expect(lookup.standing.name(of: try lookup.person(text)) == name)
    }

    @Test("whoever is called by the name as it is written goes before those who are without its accents")
    func exact() throws {
        let lookup = try named("Zoe", "Zoë")
        #expect(lookup.standing.name(of: try lookup.person("Zoe")) == "Zoe")
        #expect(lookup.standing.name(of: try lookup.person("Zoë")) == "Zoë")
    }

    @Test("a misspelt part of a name gets the one person suggested whose it is, or all of them")
    func misspelt() throws {
        let lookup = try named("Zoë Åström", "Dilys Pugh", "Ravi Menon", "Robin Menon")
        let first = #expect(throws: LookupFailure.self) { try lookup.person("Dylis") }
        #expect(first?.nearest == "Dilys Pugh")
        let last = #expect(throws: LookupFailure.self) { try lookup.person("Menno") }
        #expect(last?.nearest == nil && last?.candidates.count == 2)
        let none = #expect(throws: LookupFailure.self) { try lookup.person("Quentin") }
        #expect(none?.nearest == nil && none?.candidates == [])
    }

    @Test("the plan of a roster says who takes which role from whom, who stands in, who is reported back to, and of two chairs")
    func plan() throws {
        let society = try Society()
        func plan(_ text: String) -> [String] {
            Roster(SourceText(name: "r.csv", text: text), in: society.desk.standing).plan(in: society.desk.standing)
        }
        let first = plan(Society.roster)
        for line in [
            "  chair of Health Board: Cora Chair", "  secretary of Carers Group: Sam Secretary",
            "  coordinator of Forum: Kit Keen", "  stands in for Seat 1: Eve Elector",
            "  reported back to for Forum: Eve Elector",
        ] { #expect(first.contains(line), "\(line) in \(first)") }
        #expect(!first.contains { $0.contains("note:") || $0.contains("before:") })
        try society.take(Society.roster)
        let other = RosterTests.header + "role,Ann Archer,,Health Board,,,chair,,,\n"
        #expect(plan(other) == ["changed body: Health Board", "  chair of Health Board: Ann Archer (before: Cora Chair)"])
        let both = plan(other + "role,Cora Chair,,Health Board,,,chair,,,\n")
        #expect(both.contains("  chair of Health Board: Ann Archer and Cora Chair (before: Cora Chair)"))
        #expect(both.contains { $0.hasPrefix("  note: Health Board has 2 chairs") })
    }

    @Test("a table with semicolons or tabs between its cells is told to be saved with commas", arguments: [";", "\t"])
    func separators(mark: String) throws {
        let society = try Society()
        let findings = try society.take(RosterTests.header.replacing(",", with: mark) + "body\(mark)Board\n")
        #expect(findings.first?.expected?.contains("commas") == true, "\(findings)")
    }
}

/// Papers as people hand them in.
@Suite struct PaperFileTests {
    let society: Society

    init() throws {
        society = try Society()
        try society.take(Society.roster)
        try society.give("plan_meeting", by: "sam", meeting: nil, ["body": "Health Board", "start": "2026-05-12 14:00"])
        try society.give("add_item", by: "sam", ["title": "Fees", "purpose": "decision"])
    }

    private func file(_ name: String, _ text: String) throws -> String {
        try Disk.write(text, to: society.folder + "/" + name)
        return society.folder + "/" + name
    }

    @Test("an empty file, and one that is called PDF and is none, are refused with what to do")
    func unusable() throws {
        for (name, text, says) in [("empty.md", "", "is empty"), ("fake.PDF", "not a pdf", "is called PDF and is none")] {
            let path = try file(name, text)
            let failure = #expect(throws: FormFailure.self) {
                try society.give("add_paper", by: "sam", ["title": "Fees", "file": path])
            }
            #expect(failure?.kind == .unusableFile && failure?.description.contains(says) == true)
        }
        #expect(society.desk.standing.records.papers.isEmpty)
    }

    @Test("a PDF with something before its mark is a PDF, and a paper keeps the name that its file had")
    func names() throws {
        let path = try file("Fees 2027.pdf", "X-Mail: gateway\n%PDF-1.7\n")
        let reply = try society.give("add_paper", by: "sam", ["title": "Fees", "file": path])
        #expect(reply.receipt?.made == ["a1"])
        #expect(society.desk.standing.records.papers["a1"]?.fileName == "Fees 2027.pdf")
    }

    @Test("the very same file is taken once for an item, and for another item again")
    func twice() throws {
        let path = try file("fees.md", "Fees rise.\n")
        #expect(try society.give("add_paper", by: "sam", ["title": "Fees", "file": path, "item": "1"]).receipt != nil)
        let again = try society.give("add_paper", by: "sam", ["title": "Fees, again", "file": path, "item": "1"])
        #expect(again.refusal?.reason.contains("The very same file is there already: Fees (a1)") == true)
        #expect(try society.give("add_paper", by: "sam", ["title": "Fees", "file": path]).receipt != nil)
    }

    @Test("an empty field is told by its name")
    func empty() throws {
        let failure = #expect(throws: FormFailure.self) { try society.give("add_item", by: "sam", ["title": " "]) }
        #expect(failure?.description == "the field `title` is empty: expected a text")
    }
}

/// What goes out of what was changed or half written.
@Suite struct HalfWrittenTests {
    @Test("of several agendas that have not left yet the newest alone goes, to each person")
    func agendas() throws {
        let house = try Correspondence()
        try house.give("give_notice", by: "sam")
        try house.give("publish_agenda", by: "sam")
        for title in ["Fees", "Moorings"] { try house.give("add_item", by: "sam", ["title": title]) }
        let sent = try house.mails(to: "ann").filter { LetterNote.read($0.json)?.document == "agenda" }
        #expect(sent.count == 3)
        #expect(sent.filter { $0.state == .pending }.count == 1 && sent.filter { $0.state == .superseded }.count == 2)
        let text = String(decoding: sent.last { $0.state == .pending }?.bytes ?? [], as: UTF8.self)
        #expect(text.contains("Fees") && text.contains("Moorings"))
        try house.remind()
        try house.give("add_item", by: "sam", ["title": "Dredging"])
        let states = try house.mails(to: "ann").filter { LetterNote.read($0.json)?.document == "agenda" }.map(\.state)
        #expect(states.count { $0 == .sent } == 1 && states.count { $0 == .pending } == 1)
    }
}
