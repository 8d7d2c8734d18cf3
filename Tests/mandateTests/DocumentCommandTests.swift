import Foundation
import Testing

/// What people ask the built program for: documents in every format, packs, plans of imports.
@Suite("Documents, packs and imports at the command line")
struct DocumentCommandTests {
    private static let roster = """
        kind,name,email,body,organisation,seat,role,start,end,rights
        body,Care Board,,,,,,,,
        organisation,Carers,,,,,,,,
        seat,,,Care Board,Carers,First,,,,
        term,Ann =O'Brien,ann@example.org,Care Board,,First,,2026-01-01,2029-12-31,
        role,Sid Hill,sid@example.org,Care Board,,,secretary,,,
        role,Cho Park,cho@example.org,Care Board,,,chair,,,

        """

    private func clerk() throws -> Clerk {
        let clerk = Clerk(at: "2026-10-01 10:00", as: "sid@example.org")
        _ = try clerk.says("init", clerk.folder, "--society", "A society")
        try clerk.gives("import", try clerk.write("r.csv", Self.roster))
        return clerk
    }

    @Test("meetings are read from a table and a calendar: whole or not at all, with a plan, and once")
    func importing() throws {
        let clerk = try clerk()
        let table = try clerk.write(
            "m.csv", "body,title,start,end,place\n,Autumn,2026-11-18 14:00,16:00,Room 1\n,,2026-12-16 14:00,,\"Hall, 2\"\n")
        let plan = try clerk.gives("import", "--plan", table)
        #expect(plan["steps"].each("kind") == ["plan", "plan"] && plan["taken"] == false)
        #expect(try clerk.gives("meeting", "list").list.isEmpty)
        #expect(try clerk.gives("import", table)["made"].list.count == 2)
        #expect(try clerk.gives("import", table)["steps"].each("kind") == ["same", "same"])
        let calendar = try clerk.says("export", "meetings", "--format", "ics")
        let same = try clerk.write("a.ics", calendar)
        #expect(try clerk.gives("import", same)["steps"].each("kind") == ["same", "same"])
        let moved = try clerk.write(
            "b.ics",
            calendar.replacing("20261118T140000Z", with: "20261118T150000Z").replacing(
                "20261118T160000Z", with: "20261118T170000Z"))
        #expect(try clerk.gives("import", moved)["steps"].each("kind") == ["move", "same"])
        #expect(try clerk.gives("import", moved)["steps"].each("kind") == ["same", "same"])
        let exported = try clerk.write("e.csv", try clerk.says("export", "meetings"))
        #expect(try clerk.gives("import", exported)["steps"].each("kind") == ["same", "same"])
        for (text, says) in [
            ("body,start\n,2027-01-06 10:00\n,soon\n", "row 3"), ("body,stort,start\n", "did you mean `start`"),
            ("body,start\n,2027-01-06 10:00\n,2027-01-06 12:00\n", "same day"),
            ("body,start\nNobody,2027-01-06 10:00\n", "Nobody"),
        ] {
            #expect(try clerk.fails(Program.Exit.badInput, "import", try clerk.write("x.csv", text)).contains(says), "\(text)")
        }
        #expect(try clerk.fails(Program.Exit.badInput, "import", try clerk.write("x.ics", "nothing")).contains("VCALENDAR"))
        #expect(try clerk.gives("meeting", "list").list.count == 2)
    }

    @Test("a roster that was exported changes nothing when it is read back, formulas defused and all")
    func roster() throws {
        let clerk = try clerk()
        let first = try clerk.write("e.csv", try clerk.says("export", "roster"))
        #expect(try clerk.says("import", first).contains("nothing to change"))
        try clerk.gives("import", try clerk.write("p.csv", "kind,name,email\nperson,=1+1,eve@example.org\n"))
        let text = try clerk.says("export", "roster")
        #expect(text.contains("'=1+1") && !text.contains(",=1"))
        #expect(try clerk.says("import", try clerk.write("f.csv", text)).contains("nothing to change"))
    }

    @Test("every document has every format by one way, and the file's name is enough")
    func formats() throws {
        let clerk = try clerk()
        try clerk.gives("meeting", "plan", "--body", "Care Board", "--start", "2026-11-18 14:00", "--place", "Room 2")
        try clerk.gives("meeting", "item", "next", "Winter plan", "--purpose", "decision")
        for words in [
            ["agenda", "next"], ["script", "next"], ["attendance", "next"], ["directory"], ["accountability"], ["coverage"],
            ["report"], ["register"], ["actions"], ["declarations", "next"], ["role-pack", "--for", "ann@example.org"],
        ] {
            let table = try clerk.run(words + ["--format", "csv"])
            #expect(table.code == 0 && table.out.hasSuffix("\r\n") && table.out.contains(","), "\(words): \(table.err)")
            let page = try clerk.run(words + ["--format", "html"])
            #expect(page.out.contains("<h1>") && page.out.contains("lang=\"en-GB\""), "\(words)")
            let text = try clerk.run(words + ["--format", "txt"])
            #expect(text.code == 0 && text.out.contains("==="), "\(words)")
        }
        let file = clerk.folder + "/agenda.html"
        #expect(try clerk.says("agenda", "next", "-o", file).isEmpty)
        #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("<!doctype html>"))
        #expect(try clerk.says("agenda", "next", "--format", "json").contains("\"items\""))
        #expect(try clerk.says("agenda", "next", "--format", "md").contains("## 1. Winter plan"))
        #expect(try clerk.fails(Program.Exit.notFound, "minutes", "next", "--format", "csv").contains("is no table"))
        #expect(try clerk.fails(Program.Exit.usage, "report", "--for", "ann@example.org").contains("goes with a meeting"))
        #expect(try clerk.fails(Program.Exit.usage, "report", "next", "--organisation", "Carers").contains("coordinator's"))
    }

    @Test("where nothing is installed the command says what to install, and offers HTML")
    func nothingInstalled() throws {
        let clerk = try clerk()
        try clerk.gives("meeting", "plan", "--body", "Care Board", "--start", "2026-11-18 14:00")
        for (words, program) in [
            (["agenda", "next", "--format", "pdf"], "weasyprint"), (["agenda", "next", "--format", "docx"], "pandoc"),
        ] {
            let ran = try Program.run(
                words,
                environment: [
                    "MANDATE_WORKSPACE": clerk.folder, "MANDATE_NOW": clerk.now, "PATH": "/nowhere", "HOME": clerk.folder,
                ])
            #expect(ran.code == 69 && ran.out.isEmpty, "\(ran)")
            #expect(ran.err.contains("apt-get install \(program)") && ran.err.contains("--format html"), "\(ran.err)")
        }
    }

    @Test("a pack is bound, and says what is not in it")
    func pack() throws {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let has = { (name: String) in
            path.split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
        }
        guard has("qpdf"), has("weasyprint") else { return print("left out: qpdf and WeasyPrint are not installed") }
        let clerk = try clerk()
        try clerk.gives("meeting", "plan", "--body", "Care Board", "--start", "2026-11-18 14:00")
        try clerk.gives("meeting", "item", "next", "Winter plan", "--purpose", "decision")
        try clerk.gives(
            "meeting", "paper", "next", "The plan", "--item", "Winter plan", "--file",
            try clerk.write("plan.md", "# The plan\n\nText.\n"))
        try clerk.gives("meeting", "paper", "next", "Numbers", "--file", try clerk.write("n.bin", "\u{0}\u{1}"))
        try clerk.gives("meeting", "circulate", "next")
        let file = clerk.folder + "/pack.pdf"
        let ran = try clerk.run(["pack", "next", "-o", file])
        #expect(ran.code == 0 && ran.err.contains("not in the pack: Paper 2, Numbers"), "\(ran.err)")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        #expect(bytes.starts(with: Data("%PDF-".utf8)))
        #expect(try clerk.fails(Program.Exit.notFound, "pack", "next", "--supplement", "-o", file).contains("no supplement"))
        #expect(try clerk.says("pack", "next", "--format", "text").contains("Paper 1"))
    }
}
