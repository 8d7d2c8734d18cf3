import Foundation
import Testing

/// What somebody meets who uses the program for the first time.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.file.path)))
struct FirstDayTests {
    private func clerk() throws -> Clerk {
        let clerk = Clerk(at: "2026-09-01 09:00", as: "sid@town.example")
        _ = try clerk.says("init", clerk.folder)
        try clerk.gives("import", try clerk.write("roster.csv", Cast().roster))
        try clerk.gives("meeting", "plan", "--body", "board", "--start", "2026-10-14 14:00")
        try clerk.gives("meeting", "item", "next", "Winter plan", "--purpose", "decision")
        return clerk
    }

    @Test("a workspace with no name, or with none for its society, is refused before anything is written")
    func unnamed() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-\(UUID().uuidString)").path
        for words in [["init", ""], ["init", folder, "--society", ""], ["init", folder, "--society", "a\u{7}b"]] {
            let ran = try Program.run(words)
            #expect(ran.code == 64 && !ran.err.isEmpty, "\(words): \(ran.err)")
        }
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test("a file's ending says the format; a name that says none, and the workspace's own files, are refused")
    func output() throws {
        let clerk = try clerk()
        for name in ["a.foo", "agenda"] {
            #expect(try clerk.fails(64, "agenda", "next", "--output", clerk.folder + "/" + name).contains("--format"))
            #expect(!FileManager.default.fileExists(atPath: clerk.folder + "/" + name))
            #expect(try clerk.run(["agenda", "next", "--format", "md", "--output", clerk.folder + "/" + name]).code == 0)
        }
        #expect(try clerk.fails(64, "pack", "next", "--output", clerk.folder + "/pack").contains("--format"))
        for name in ["mandate.db", "mandate.yaml", "files/x", "../\((clerk.folder as NSString).lastPathComponent)/mandate.db"] {
            let told = try clerk.fails(64, "agenda", "next", "--format", "md", "--output", clerk.folder + "/" + name)
            #expect(told.contains("belongs to the workspace"), "\(told)")
        }
        #expect(try clerk.fails(64, "agenda", "next", "--format", "md", "--output", clerk.folder).contains("is a folder"))
        #expect(try clerk.gives("verify")["whole"] == true)
        let calendar = clerk.folder + "/c.ics"
        #expect(try clerk.run(["calendar", "--output", calendar]).code == 0)
        #expect(try String(contentsOfFile: calendar, encoding: .utf8).hasPrefix("BEGIN:VCALENDAR"))
    }

    @Test("what is planned is told with its time")
    func planned() throws {
        let clerk = try clerk()
        let told = try clerk.says("meeting", "plan", "--body", "forum", "--start", "2026-10-21 10:00")
        #expect(told.contains("(m2, Wed 21 Oct 2026"), "\(told)")
    }

    @Test("`why` of a duty that is not there, and of nothing, says so")
    func why() throws {
        let clerk = try clerk()
        #expect(try clerk.fails(66, "why", "d999").contains("there is no duty `d999`"))
        #expect(try clerk.fails(64, "why", "").contains("what is to be explained"))
    }

    @Test("a refusal says what is still to be done and what may be done now, and names a state only where there is one")
    func notNow() throws {
        let clerk = try clerk()
        let ran = try clerk.run(["meeting", "decide", "next", "1", "We spend it."])
        #expect(ran.code == Program.Exit.refused)
        #expect(ran.err.contains("not as it stands: pending") && ran.err.contains("open_item (Open the item)"), "\(ran.err)")
        let notice = try clerk.run(["do", "pass_minutes", "--meeting", "next"], as: "cho@town.example")
        #expect(notice.code == Program.Exit.refused)
        #expect(notice.err.contains("Still to be done here: ") && notice.err.contains("(Sid Clerk)"), "\(notice.err)")
        #expect(notice.err.range(of: #"allowed now: .*[a-z_]+ \([A-Z]"#, options: .regularExpression) != nil, "\(notice.err)")
    }

    @Test("nobody is put on the roll while one of the names means nobody")
    func roll() throws {
        let clerk = try clerk()
        try clerk.gives("meeting", "notice", "next")
        try clerk.gives("meeting", "agenda", "next")
        clerk.now = "2026-10-14 14:00"
        try clerk.fails(66, "meeting", "roll", "m1", "--present", "Ada, Ben, Nobody")
        #expect(try clerk.gives("meeting", "roll", "m1").list.allSatisfy { $0["presence"].list.isEmpty })
        #expect(try clerk.run(["meeting", "roll", "m1", "--present", "Ada, Ben"]).code == 0)
        let again = try clerk.refused("meeting", "roll", "m1", "--present", "Cem, Ada")
        #expect(again["notes"].list.contains("None of the 2 was recorded."))
        let there = try clerk.gives("meeting", "roll", "m1").list.filter { !$0["presence"].list.isEmpty }
        #expect(there.count == 2)
    }

    @Test("an empty text is no draft, and --fresh goes back to what is made from what happened")
    func draft() throws {
        let clerk = try clerk()
        try clerk.gives("meeting", "agenda", "next")
        let made = try clerk.says("draft", "m1", "agenda")
        let empty = try clerk.write("empty.md", " \n")
        #expect(try clerk.fails(65, "draft", "m1", "agenda", "--from", empty).contains("--fresh"))
        #expect(try clerk.says("draft", "m1", "agenda") == made)
        let own = try clerk.write("own.md", "# Our own\n\nWords.\n")
        #expect(try clerk.says("draft", "m1", "agenda", "--from", own).contains("is your text now: 2 lines"))
        #expect(try clerk.says("draft", "m1", "agenda").hasPrefix("# Our own"))
        #expect(try clerk.says("draft", "m1", "agenda", "--fresh").contains("made from what happened"))
        #expect(try clerk.says("draft", "m1", "agenda") == made)
        try clerk.fails(64, "draft", "m1", "agenda", "--fresh", "--from", own)
    }

    @Test("a duty says by which command it ends where a form decides, and who gives it where its owner cannot")
    func endings() throws {
        let clerk = try clerk()
        _ = try clerk.write(
            "Workflows/key.yaml",
            """
            workflow: key
            title: A key
            for: meeting
            begins: {each: "true"}
            commands: {hand_over: {title: Hand over the key, by: chair, fields: {to: {type: choice, of: [porter, nobody]}}}}
            states:
              owing:
                duty: {title: Hand over the key, basis: 003 L1, of: chair, due: meeting.start}
                on: {hand_over: {to: over, if: "event.to == 'porter'", duty: done}}
              over: final
            """)
        _ = try clerk.write(
            "Workflows/light.yaml",
            """
            workflow: light
            title: A light
            for: meeting
            begins: {each: "true"}
            commands: {note_light: {title: Note that the light is off, by: secretary}}
            states:
              lit:
                duty: {title: Leave no light on, basis: 003 L1, of: chair, due: meeting.end}
                on: {note_light: {to: out, duty: done}}
              out: final
            """)
        try clerk.gives("meeting", "plan", "--body", "board", "--start", "2026-11-18 14:00")
        let told = try clerk.says("checklist", "--for", "cho@town.example", "--all")
        #expect(told.contains("to do it: mandate do hand_over"), "\(told)")
        #expect(told.contains("recorded by Sid Clerk (the secretary): note_light"), "\(told)")
    }

    @Test("a role pack holds no open places, and says when attendance is too little")
    func rolePack() throws {
        let told = try clerk().says("role-pack", "--for", "ada@town.example", "--body", "board", "--format", "md")
        #expect(!told.contains("\u{2026}"), "\(told)")
        #expect(told.contains("Take up what O'Brien & Sons Tenants has agreed to say") || told.contains("O'Brien"))
        #expect(told.contains("Attendance: after 2 meetings missed in a row or attendance at less than 60 % of the meetings: "))
        #expect(!told.contains("due the meeting"))
    }

    @Test("the doctor tells of settings for a body that nobody knows, and a backup is not made within another")
    func keeping() throws {
        let clerk = try clerk()
        let settings = try String(contentsOfFile: clerk.folder + "/mandate.yaml", encoding: .utf8)
        _ = try clerk.write("mandate.yaml", settings + "\nbodies:\n  Housing & Care Bord:\n    rules: england-parish\n")
        let roster = try clerk.write("more.csv", "kind,name\nbody,Parks Forum\n")
        #expect(try clerk.run(["import", roster]).err.contains("did you mean `Housing & Care Board`?"))
        let ran = try clerk.run(["doctor"])
        #expect((ran.out + ran.err).contains("did you mean `Housing & Care Board`?"), "\(ran.out)\(ran.err)")
        let backup = clerk.folder + "-backup"
        defer { try? FileManager.default.removeItem(atPath: backup) }
        try clerk.gives("backup", backup)
        #expect(try clerk.fails(73, "backup", backup).contains("is a backup itself"))
    }
}
