import Foundation
import Testing

/// What people get wrong, and what they read then.
@Suite struct BadInputTests {
    let clerk = Clerk(at: "2026-09-07 09:00", as: "sid@town.example")
    let cast = Cast()

    private func begin() throws {
        #expect(try Program.run(["init", clerk.folder]).code == 0)
        try clerk.gives("import", try clerk.write("roster.csv", cast.roster))
    }

    /// The shipped workflow with one word put wrong, in the workspace.
    private func spoil(_ name: String, _ right: String, _ wrong: String) throws -> String {
        let shipped = ArrowsTests.root.appendingPathComponent("Workflows/\(name)")
        let text = try String(contentsOf: shipped, encoding: .utf8)
        #expect(text.contains(right))
        return try clerk.write("Workflows/\(name)", text.replacing(right, with: wrong, maxReplacements: 1))
    }

    @Test("a mistake in a workflow is told at its line with a caret, what was expected, and the nearest name")
    func workflow() throws {
        try begin()
        let file = try spoil("item.yaml", "by: [secretary, presider]", "by: [secretery, presider]")
        let ran = try clerk.run(["check", file])
        #expect(ran.code == Program.Exit.badInput)
        let lines = ran.out.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let head = try #require(lines.first?.wholeMatch(of: /(.+):(\d+):(\d+): error: there is no role `secretery` \[MW\d+\]/))
        #expect(head.output.1 == file)
        let column = try #require(Int(head.output.3))
        let caret = try #require(lines[2].firstIndex(of: "^"))
        // The line and the caret under it are set in by four.
        #expect(lines[2].distance(from: lines[2].startIndex, to: caret) == column - 1 + 4)
        #expect(lines[1].dropFirst(column - 1 + 4).hasPrefix("secretery"))
        #expect(lines[3].contains("expected: "))
        #expect(lines[4].contains("did you mean `secretary`?"))
        let finding = try clerk.run(["check", file, "--json"]).json[0]
        #expect(finding["nearest"] == "secretary")
        #expect(finding["column"] == .number(Double(column)))
        // Nothing goes on by a workflow that is wrong, and the same words say why.
        let other = try clerk.run(["meeting", "list"])
        #expect(other.code == Program.Exit.badInput)
        #expect(other.err.contains("did you mean `secretary`?"))
    }

    @Test("a fault that shows only to a proof is told by `mandate check` as a story in steps; without proofs it passes")
    func proof() throws {
        try begin()
        let file = try clerk.write(
            "Workflows/key.yaml",
            """
            workflow: key
            title: A key
            for: meeting
            begins: {each: "true"}
            variables: {found: false}
            commands: {hand_over: {title: Hand over the key, by: chair}}
            states:
              owing:
                duty: {title: Hand over the key, basis: 003 L1, of: chair, due: meeting.start}
                on: {hand_over: {to: over, if: found}}
              over: final
            """)
        let ran = try clerk.run(["check", file])
        #expect(ran.code == Program.Exit.badInput)
        for code in ["MW080", "MW081", "MW082"] { #expect(ran.out.contains("[\(code)]"), "\(ran.out)") }
        #expect(ran.out.contains("1. It begins: \"A key\" is in `owing`."))
        #expect(try clerk.run(["check", file, "--prove", "none"]).code == 0)
        #expect(try clerk.run(["check", file, "--prove", "full"]).code == Program.Exit.badInput)
        #expect(try clerk.run(["check", file, "--prove", "much"]).code == 64)
    }

    @Test(
        "YAML that is none is told at its place",
        arguments: [
            ("workflow: item\n  title: [x\n", ":2:8: error:"), ("workflow: item\ntitle: a\ntitle: b\n", ":3:1: error:"),
            ("workflow: &x item\n", ":1:11: error:"), ("\u{1}", ":1:1: error:"),
        ])
    func yaml(_ text: String, _ place: String) throws {
        try begin()
        let file = try clerk.write("Workflows/item.yaml", text)
        let ran = try clerk.run(["check", file])
        #expect(ran.code == Program.Exit.badInput)
        #expect(ran.out.contains(file + place), "\(ran.out)")
        #expect(ran.out.contains("^"))
    }

    @Test("wrong settings are told at their line")
    func settings() throws {
        try begin()
        let right = try String(contentsOfFile: clerk.folder + "/mandate.yaml", encoding: .utf8)
        let file = try clerk.write("mandate.yaml", right.replacing("transport: maildir", with: "transprt: maildir"))
        let err = try clerk.fails(Program.Exit.badInput, "meeting", "list")
        #expect(err.contains("\(file):"))
        #expect(err.contains("did you mean `transport`?"))
    }

    /// A line of the roster put wrong: what is wrong with it, in which row and column.
    static let slips: [(right: String, wrong: String, column: String, nearest: String?)] = [
        ("cem@town.example,board,,s-cem,,2026-04-01", "cem@town.example,board,,s-cem,,2026-04-31", "start", nil),
        (",role,,kay@town.example", ",rol,,kay@town.example", "kind", "role"),
        (",role,,lee@town.example,,stars,,coordinator", ",role,,lee@town.example,,stars,,cordinator", "role", "coordinator"),
        ("ben,person,Ben Kaur,ben@town.example", "ben,person,Ben Kaur,ben at town", "email", nil),
        ("s-gil,seat,,,forum,users", "s-gil,seat,,,form,users", "body", "forum"),
        ("t-ada-board,term,,ada@town.example", "t-ada-board,term,,adda@town.example", "email", "ada@town.example"),
    ]

    @Test("a wrong row names row and column, and nothing of the file is imported", arguments: slips)
    func roster(_ slip: (right: String, wrong: String, column: String, nearest: String?)) throws {
        #expect(try Program.run(["init", clerk.folder]).code == 0)
        #expect(cast.roster.contains(slip.right))
        let file = try clerk.write("roster.csv", cast.roster.replacing(slip.right, with: slip.wrong))
        let row = 1 + (cast.roster.split(separator: "\n").firstIndex { $0.contains(slip.right) } ?? 0)
        let ran = try clerk.run(["import", file, "--json"])
        #expect(ran.code == Program.Exit.badInput)
        let finding = ran.json[0]
        #expect(finding["line"] == .number(Double(row)))
        #expect(finding["message"].text.hasPrefix("row \(row), column `\(slip.column)`: "), "\(finding)")
        if let nearest = slip.nearest { #expect(finding["nearest"] == .text(nearest)) }
        #expect(ran.err.contains("\(file):\(row):"))
        #expect(ran.err.contains("nothing of \(file) was taken"))
        #expect(try clerk.fails(Program.Exit.notFound, "log", "--all").contains("there is no person"))
        #expect(try clerk.fails(Program.Exit.notFound, "checklist", "--for", cast.dilys).contains("there is no person"))
    }

    @Test("a file that is no roster is refused as a whole")
    func noRoster() throws {
        try begin()
        let header = try clerk.run([
            "import", try clerk.write("bad.csv", "kind,nam,email\nperson,Ann,ann@x.example\n"), "--json",
        ])
        #expect(header.code == Program.Exit.badInput)
        #expect(header.json.list.count == 1, "one mistake, one finding: \(header.json)")
        #expect(header.json[0]["nearest"] == "name")
        #expect(
            try clerk.run(["import", try clerk.write("bad.csv", "kind,name\nperson,\"Ann"), "--json"]).json[0]["line"] == 2)
        try Data([0x6B, 0xFF, 0xFE]).write(to: URL(fileURLWithPath: clerk.folder + "/bad.csv"))
        #expect(try clerk.fails(Program.Exit.badInput, "import", clerk.folder + "/bad.csv").contains("not UTF-8"))
        try clerk.fails(Program.Exit.notFound, "import", clerk.folder + "/none.csv")
        try clerk.fails(Program.Exit.notFound, "import", clerk.folder)
    }

    @Test("a refusal says why and what is allowed; a slip of the pen is no refusal")
    func refusals() throws {
        try begin()
        try clerk.gives("meeting", "plan", "--body", "board", "--start", "2026-10-14 14:00", "--end", "16:30")
        #expect(try clerk.gives("meeting", "show", "m1")["end"] == "2026-10-14T15:30:00Z")
        let early = try clerk.refused("meeting", "end", "m1")
        #expect(early["kind"] == "notNow")
        #expect(early["allowed"].list.contains("give_notice"))
        let stranger = try clerk.refused("meeting", "notice", "m1", as: cast.ada)
        #expect(stranger["kind"] == "notYours")
        #expect(try clerk.refused("do", "declar_none", "--meeting", "m1")["notes"][0] == "Did you mean `declare_none`?")
        #expect(try clerk.refused("do", "apologise", "--meeting", "m1", as: cast.ada)["reason"].text.contains("`reason`"))
        let misfit = try clerk.fails(
            Program.Exit.usage, "do", "apologise", "--meeting", "m1", "--reason", "ill", as: cast.ada)
        #expect(misfit.contains("`illness`"))
        #expect(
            try clerk.fails(Program.Exit.usage, "do", "apologise", "--meeting", "m1", "--raeson", "leave", as: cast.ada)
                .contains("did you mean `reason`?"))
        #expect(
            try clerk.fails(Program.Exit.usage, "meeting", "plan", "--body", "board", "--start", "10 October")
                .contains("2026-11-18 14:00"))
        try clerk.refused("meeting", "plan", "--body", "board", "--start", "2026-08-01 14:00")
        try clerk.fails(Program.Exit.notFound, "meeting", "paper", "m1", "A paper", "--file", clerk.folder + "/none.pdf")
        #expect(try clerk.fails(Program.Exit.usage, "meeting", "cancel", "m1", "--why", " ").contains("`why` is empty"))
        #expect(try clerk.fails(Program.Exit.usage, "outbox", "--state", "deadd").contains("dead"))
        let before = try clerk.gives("log").list.count
        #expect(before == 2, "what was refused has left no entry")
    }

    @Test("of two who open a meeting at once, the second reads who opened it and when")
    func secondToOpen() throws {
        try begin()
        try clerk.gives("meeting", "plan", "--body", "board", "--start", "2026-10-14 14:00")
        clerk.now = "2026-10-14 14:01"
        try clerk.gives("meeting", "preside", "m1", "Cho Lin")
        try clerk.gives("meeting", "roll", "m1", "--present", "\(cast.ada),\(cast.ben),\(cast.cem)")
        try clerk.gives("meeting", "open", "m1", as: "Cho Lin")
        clerk.now = "2026-10-14 14:03"
        let ran = try clerk.run(["meeting", "open", "m1"])
        #expect(ran.code == Program.Exit.refused)
        #expect(ran.err.contains("Cho Lin did it on Wed 14 Oct 2026, 14:01 BST."))
        #expect(ran.err.contains("allowed now: "))
    }

    @Test("the same command with the same id is carried out once, and answered alike")
    func sameID() throws {
        try begin()
        let words = ["meeting", "plan", "--body", "board", "--start", "2026-10-14 14:00", "--id", "abc", "--json"]
        let first = try clerk.run(words)
        #expect(first.json["made"] == ["m1"])
        #expect(try clerk.run(words).out == first.out)
        #expect(try clerk.gives("meeting", "list").list.count == 1)
    }

    @Test("a journal that another version wrote, or that is none, is not taken for an empty one")
    func journal() throws {
        try begin()
        let path = clerk.folder + "/mandate.db"
        try Data("no journal".utf8).write(to: URL(fileURLWithPath: path))
        for name in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + name) }
        let ran = try clerk.run(["meeting", "list"])
        #expect(ran.code == Program.Exit.badInput, "\(ran)")
        try FileManager.default.removeItem(atPath: path)
        #expect(try clerk.run(["meeting", "list"]).code == Program.Exit.notFound)
    }
}
