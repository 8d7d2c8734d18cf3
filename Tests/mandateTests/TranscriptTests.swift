import Foundation
import Testing

/// One whole meeting of a society with a roster of its own, from its calling to the answer to a report, command by command.
@Suite struct TranscriptTests {
    let clerk = Clerk(at: "2026-09-07 09:00", as: "sid@town.example")
    var cast = Cast()

    @Test("a meeting is called, held, deferred in part, minuted, reported on and closed")
    mutating func wholeMeeting() throws {
        try begin()
        try plan()
        try call()
        try answer()
        try declare()
        try open()
        try lose()
        try end()
        try report()
        try minute()
        try handOver()
        try decideAtTheNext()
        try close()
        try rename()
        try rebuild()
        #expect(clerk.commands >= 40)
    }

    // MARK: Before

    private func begin() throws {
        let made = try Program.run(["init", clerk.folder, "--society", "St Mary's & *Friends*"])
        #expect(made.code == 0)
        #expect(made.out.contains("\(clerk.folder)/roster.csv"))
        let file = try clerk.write("roster.csv", cast.roster)
        #expect(try clerk.gives("import", file, "--dry-run")["taken"] == false)
        #expect(try clerk.gives("meeting", "list") == [])
        #expect(try clerk.gives("import", file)["taken"] == true)
        #expect(try clerk.gives("import", file)["changed"] == clerkNothing)
    }

    private let clerkNothing = JSON.map(["records": 0, "values": 0])

    private func plan() throws {
        let series = try clerk.gives(
            "meeting", "series", "--body", "board", "--rule", "FREQ=MONTHLY;BYDAY=2WE", "--from", "2026-10-01", "--to",
            "2026-11-30", "--start", "14:00", "--end", "16:00", "--place", "Room *4*")
        #expect(series["made"] == ["m1", "m2"])
        let forum = try clerk.gives("meeting", "plan", "--body", cast.forum, "--start", "2026-10-20 10:00")
        #expect(forum["made"] == ["m3"])
        #expect(try clerk.gives("meeting", "list").each("id") == ["m1", "m3", "m2"])
        // `next` is that of the bodies that somebody has to do with; Ada sits on both.
        #expect(try clerk.gives("meeting", "show", "next", as: cast.ada)["id"] == "m1")
        #expect(try clerk.gives("meeting", "show", "next", as: cast.gil)["id"] == "m3")
        #expect(try clerk.gives("meeting", "item", "m1", "Rents & *arrears*", "--purpose", "decision")["made"] == ["i1"])
        #expect(try clerk.gives("meeting", "item", "2026-10-14", "Repairs <soon>")["made"] == ["i2"])
        let paper = try clerk.write("rents.md", "# Rents\n")
        #expect(
            try clerk.gives("meeting", "paper", "m1", "Rents at O'Brien & Sons", "--item", "1", "--file", paper)["made"] == [
                "a1"
            ])
        #expect(try clerk.gives("checklist") == [])
    }

    private func call() throws {
        clerk.now = "2026-09-24 10:00"
        let owed = try clerk.gives("checklist")
        #expect(
            owed.list.filter { $0["meeting"] == "m1" }.map { $0["title"].text } == [
                "Give notice of the meeting", "Publish the agenda", "Circulate the papers",
            ])
        let notice = owed.first("title", "Give notice of the meeting")["duty"].text
        let why = try clerk.gives("why", notice)
        #expect(why["rule"] == "policy.notice before meeting.start")
        #expect(why["duty"]["due"] == "2026-10-06T22:59:59Z")
        #expect(why["derivation"].list.contains("Left out: Sun 11 Oct (a Sunday), Sat 10 Oct (a Saturday)."))
        #expect(try clerk.gives("meeting", "notice", "next")["messages"] == 4)
        #expect(
            try clerk.refused("meeting", "notice", "next")["notes"][0].text == "Sid Clerk did it on Thu 24 Sep 2026, 10:00 BST."
        )
        #expect(try clerk.gives("meeting", "agenda", "m1")["messages"] == 4)
        let pending = try clerk.gives("outbox", "--state", "pending").each("document")
        #expect(pending.sorted() == Array(repeating: "agenda", count: 4) + Array(repeating: "invitation", count: 4))
        #expect(try clerk.gives("remind")["sent"] == 8)
        #expect(try clerk.mail().count == 8)
        #expect(try clerk.gives("remind")["sent"] == 0)
        #expect(try clerk.mail().count == 8)
    }

    /// Ada sends her substitute, Ben reads, Sid records for Cem, Dilys says nothing.
    private func answer() throws {
        clerk.now = "2026-10-01 18:00"
        #expect(
            try clerk.owed(by: cast.ada) == [
                "Say whether you will attend", "Declare your interests, or that you have none", "Say whether you will attend",
            ])
        try clerk.gives(
            "do", "apologise", "--meeting", "next", "--reason", "clash", "--substitute", cast.eve, as: cast.ada)
        #expect(try clerk.owed(by: cast.ada).count == 1)
        #expect(try clerk.owed(by: cast.eve) == ["Say whether you can stand in for \(cast.ada)"])
        try clerk.gives("do", "stand-in", "--meeting", "m1", as: cast.eve)
        #expect(try clerk.states("representative", of: "m1", cast.eve).contains("serving.attendance.before.coming"))
        try clerk.gives("do", "accept", "--meeting", "m1", as: cast.ben)
        try clerk.gives("do", "accept", "--meeting", "m1", "--on-behalf-of", cast.cem, "--occurred", "2026-09-30 12:00")
        let accepted = try clerk.gives("log", "--meeting", "m1").list.last ?? .none
        #expect(accepted["actor_name"] == "Sid Clerk")
        #expect(accepted["behalf"].text == (try clerk.gives("meeting", "roll", "m1")).first("name", cast.cem)["person"].text)
        #expect(accepted["effective"] == "2026-09-30T11:00:00Z")
        #expect(accepted["recorded"] == "2026-10-01T17:00:00Z")
        #expect(
            try clerk.refused("do", "accept", "--meeting", "m1", as: cast.cem)["notes"][0].text.hasPrefix("\(cast.cem) did it"))
        try clerk.gives("meeting", "circulate", "m1")
        let reading = try clerk.gives("checklist", as: cast.ben).first("title", "Read the papers")
        #expect(
            reading["checklist"].each("text") == [
                "Read Rents at O'Brien & Sons", "Ask of Rents & *arrears* whom it leaves out or sets back",
                "Ask of Repairs <soon> whom it leaves out or sets back", "Note what the sector would want raised",
            ])
        #expect(
            try clerk.refused("do", "confirm-read", "--meeting", "m1", as: cast.ben)["reason"].text.contains("Still to tick"))
        for line in ["1", "2", "3"] { try clerk.gives("tick", reading["duty"].text, line, as: cast.ben) }
        try clerk.gives("tick", reading["duty"].text, "Note what the sector would want raised", as: cast.ben)
        try clerk.gives("do", "confirm-read", "--meeting", "m1", as: cast.ben)
        #expect(try !clerk.owed(by: cast.ben).contains("Read the papers"))
    }

    private func declare() throws {
        clerk.now = "2026-10-12 20:00"
        try clerk.gives(
            "do", "declare", "--meeting", "m1", "--item", "Rents & *arrears*", "--kind", "financial", "--nature",
            "My landlord is *O'Brien & Sons*", as: cast.ben)
        try clerk.gives(
            "do", "declare", "--meeting", "m1", "--item", "1", "--kind", "personal", "--nature", "An aunt is a tenant",
            as: cast.cem)
        try clerk.gives("do", "declare-none", "--meeting", "m1", as: cast.eve)
        #expect(try clerk.owed(by: "Cho Lin") == ["Rule on the interest declared", "Rule on the interest declared"])
        let own = try clerk.refused(
            "do", "rule", "--meeting", "m1", "--item", "1", "--for", cast.ben, "--ruling", "clear", as: cast.ben)
        #expect(own["kind"] == "notYours")
        for (person, ruling) in [(cast.ben, "must_withdraw"), (cast.cem, "clear")] {
            try clerk.gives(
                "do", "rule", "--meeting", "m1", "--item", "1", "--for", person, "--ruling", ruling, as: "Cho Lin")
        }
        #expect(try clerk.owed(by: "Cho Lin") == [])
        let sheet = try clerk.gives("declarations", "m1")
        #expect(sheet["none"] == [.text(cast.eve)])
        #expect(sheet["awaited"] == [.text(cast.dilys)])
        #expect(sheet["items"][0]["declarations"].each("who") == [cast.ben, cast.cem])
        #expect(sheet["items"][0]["declarations"].each("ruling") == ["must withdraw", "may take part"])
    }

    // MARK: The sitting

    /// Two of the three who make a quorum are there at two; the third joins from afar, which is written down a little later.
    private func open() throws {
        clerk.now = "2026-10-14 13:50"
        #expect(try clerk.refused("meeting", "open", "m1")["reason"].text.contains("Record first who presides"))
        try clerk.gives("meeting", "preside", "m1", "Cho Lin")
        let roll = try clerk.gives("meeting", "roll", "m1", "--present", "\(cast.eve), \(cast.ben)")
        #expect(roll.first("name", cast.ben)["attendance"] == "present")
        #expect(try clerk.refused("meeting", "arrive", "m1", cast.gil)["reason"].text.contains("has no seat"))
        clerk.now = "2026-10-14 14:00"
        try clerk.gives("meeting", "open", "m1")
        #expect(try clerk.states("meeting", of: "m1").contains("underway.sitting.waiting"))
        clerk.now = "2026-10-14 14:05"
        try clerk.gives("meeting", "arrive", "m1", cast.cem, "--remote", "--occurred", "14:02")
        let shown = try clerk.gives("meeting", "show", "m1")
        #expect(shown["opened"] == "2026-10-14T13:02:00Z")
        #expect(shown["quorum"] == .map(["present": 3, "needed": 3, "met": true]))
        let second = try clerk.refused("meeting", "open", "m1", as: "Cho Lin")
        #expect(second["notes"][0] == "Sid Clerk did it on Wed 14 Oct 2026, 14:00 BST.")
        #expect(second["allowed"].list.contains("adjourn"))
    }

    /// Ben gives the facts and leaves; with him the quorum goes, and the item with it to November.
    private func lose() throws {
        clerk.now = "2026-10-14 14:10"
        try clerk.gives("meeting", "open-item", "m1", "1")
        #expect(try clerk.refused("meeting", "open-item", "m1", "2")["reason"].text.contains("Another item is open"))
        let early = try clerk.refused("meeting", "decide", "m1", "1", "Freeze the rents")
        #expect(early["allowed"].list.contains("move_on"))
        try clerk.gives("do", "invite-facts", "--meeting", "m1", "--item", "1", "--for", cast.ben, as: "Cho Lin")
        try clerk.gives(
            "do", "give-facts", "--meeting", "m1", "--item", "1", "--facts", "Rents rose by *a tenth*.", as: cast.ben)
        clerk.now = "2026-10-14 14:20"
        try clerk.gives("do", "withdraw", "--meeting", "m1", "--item", "1", as: cast.ben)
        let item = try clerk.gives("meeting", "show", "m1")["items"][0]
        #expect(item["quorum"] == .map(["present": 2, "needed": 3, "met": false]))
        #expect(item["states"] == ["on_the_table.inquorate"])
        try clerk.refused("meeting", "decide", "m1", "1", "Freeze the rents")
        try clerk.refused("do", "return-to-room", "--meeting", "m1", "--item", "1", as: cast.ben)
        try clerk.gives("meeting", "move-on", "m1", "1")
        let next = try clerk.gives("meeting", "show", "m2")["items"][0]
        #expect(next["title"] == "Rents & *arrears*")
        #expect(next["continues"] == "i1")
    }

    private func end() throws {
        clerk.now = "2026-10-14 14:30"
        try clerk.gives("do", "return-to-room", "--meeting", "m1", "--item", "1", as: cast.ben)
        try clerk.gives("meeting", "open-item", "m1", "2")
        #expect(try clerk.refused("meeting", "end", "m1")["reason"].text.contains("Close the open item first"))
        try clerk.gives("meeting", "note", "m1", "Repairs <soon>")
        clerk.now = "2026-10-14 15:40"
        try clerk.gives("meeting", "end", "m1", as: "Cho Lin")
        let roll = try clerk.gives("meeting", "roll", "m1")
        #expect(roll.first("name", cast.ada)["attendance"] == "represented")
        #expect(roll.first("name", cast.dilys)["attendance"] == "absent")
        #expect(roll.first("name", cast.ben)["presence"].list.count == 2)
        #expect(try clerk.gives("meeting", "show", "last", as: cast.ben)["id"] == "m1")
        #expect(try clerk.gives("meeting", "show", "next", as: cast.ben)["id"] == "m2")
    }

    // MARK: Afterwards

    /// Eve's report goes out and is answered, Ben's is sent back once, Cem's is excused; Ada and Dilys owe none.
    private func report() throws {
        clerk.now = "2026-10-16 19:00"
        #expect(try clerk.owed(by: cast.eve) == ["Report back"])
        #expect(try !clerk.owed(by: cast.dilys).contains("Report back"))
        let drafted = try clerk.gives("report", "m1", "--for", cast.eve)
        #expect(drafted["outcomes"].each("title") == ["Rents & *arrears*", "Repairs <soon>"])
        try clerk.gives("do", "submit-report", "--meeting", "m1", as: cast.eve)
        try clerk.gives("do", "submit-report", "--meeting", "m1", as: cast.ben)
        #expect(try clerk.owed(by: "Kay Ord") == ["Check for confidential matters", "Check for confidential matters"])
        try clerk.gives(
            "do", "return-report", "--meeting", "m1", "--for", cast.ben, "--why", "Leave the name out", as: "Kay Ord")
        let text = try clerk.says("draft", "m1", "feedback_report", "--for", cast.ben, as: cast.ben)
        let file = try clerk.write("report.md", text + "\n## One thing more\n\nThe lifts at *Eastvale* & the stairs.\n")
        try clerk.gives("draft", "m1", "feedback_report", "--for", cast.ben, "--from", file, as: cast.ben)
        try clerk.gives("do", "submit-report", "--meeting", "m1", as: cast.ben)
        try clerk.gives("do", "excuse-report", "--meeting", "m1", "--for", cast.cem, "--why", "Exams", as: "Lee Stone")
        clerk.now = "2026-10-19 09:00"
        for person in [cast.eve, cast.ben] {
            try clerk.gives("do", "release-report", "--meeting", "m1", "--for", person, as: "Kay Ord")
        }
        let before = try clerk.mail().count
        try clerk.gives("remind")
        let mails = try clerk.mail()
        #expect(mails.count > before)
        #expect(mails.filter { $0.contains("To: Tess Flat <tess@town.example>") }.count == 2)
        #expect(mails.contains { $0.contains("The lifts at Eastvale & the stairs.") })
        #expect(try clerk.gives("remind")["sent"] == 0)
        #expect(try clerk.mail().count == mails.count)
        try clerk.gives("do", "answer", "--meeting", "m1", "--for", cast.eve, "--text", "And the bins?", as: "Tess Flat")
        #expect(try clerk.states("representative", of: "m1", cast.eve).contains("serving.feedback.settled"))
    }

    private func minute() throws {
        clerk.now = "2026-10-21 10:00"
        #expect(try clerk.owed(by: "Sid Clerk").contains("Draft the minutes"))
        try clerk.gives("meeting", "amend", "roll", "m1", cast.eve, "--there", "14:00-15:40", "--why", "She came at two")
        #expect(try !clerk.owed(by: cast.cem).contains("Report back"), "a report that was excused stays so")
        try clerk.gives("do", "send-minutes", "--meeting", "m1")
        try clerk.refused("do", "pass-minutes", "--meeting", "m1")
        try clerk.gives("do", "correct-minutes", "--meeting", "m1", "--what", "Say who was remote", as: "Cho Lin")
        try clerk.gives("do", "send-minutes", "--meeting", "m1")
        try clerk.gives("do", "pass-minutes", "--meeting", "m1", as: "Cho Lin")
        let minutes = try clerk.gives("minutes", "m1")
        #expect(minutes["present"].list.map { $0["person"]["name"].text }.sorted() == [cast.ben, cast.cem, cast.eve])
        #expect(minutes["items"][0]["declarations"].first("who", cast.ben)["left"] == "14:20")
        #expect(minutes["items"][0]["deferral"] != .none)
        #expect(minutes["items"][1]["outcome"] == "Noted")
        #expect(try clerk.gives("meeting", "show", "m2")["items"].list.contains { $0["confirms"] == "m1" })
    }

    /// In November another sits in Dilys's seat: what Dilys owed for then is hers no longer.
    private mutating func handOver() throws {
        clerk.now = "2026-10-22 10:00"
        #expect(try clerk.owed(by: cast.dilys) == ["Say whether you will attend"])
        cast.follower = "Fay *Lowe*"
        #expect(try clerk.gives("import", try clerk.write("roster.csv", cast.roster))["changed"]["records"] != 0)
        #expect(try clerk.owed(by: cast.dilys) == [])
        #expect(try clerk.owed(by: "Fay *Lowe*") == ["Say whether you will attend"])
        #expect(try clerk.gives("meeting", "roll", "m2").first("seat", "Carers")["name"] == "Fay *Lowe*")
        #expect(try clerk.gives("meeting", "roll", "m1").first("seat", "Carers")["name"] == .text(cast.dilys))
    }

    /// The same item, decided by those who may; the minutes of October are confirmed.
    private func decideAtTheNext() throws {
        clerk.now = "2026-10-29 10:00"
        for command in ["notice", "agenda", "circulate"] { try clerk.gives("meeting", command, "m2") }
        let item = ["--meeting", "m2", "--item", "Rents & *arrears*"]
        #expect(try clerk.owed(by: cast.ben).contains("Say whether your interest in Rents & *arrears* still stands"))
        #expect(try clerk.run(["do", "still-stands"] + item, as: cast.ben).code == 0)
        #expect(try clerk.run(["do", "no-longer", "--why", "She moved"] + item, as: cast.cem).code == 0)
        let ruling = ["do", "rule", "--for", cast.ben, "--ruling", "must_withdraw"] + item
        #expect(try clerk.run(ruling, as: "Cho Lin").code == 0)
        clerk.now = "2026-11-11 14:00"
        try clerk.gives("meeting", "preside", "m2", "Cho Lin")
        try clerk.gives("meeting", "roll", "m2", "--present", "\(cast.ada),\(cast.ben),\(cast.cem),Fay *Lowe*")
        try clerk.gives("meeting", "open", "m2")
        try clerk.gives("meeting", "open-item", "m2", "Rents & *arrears*")
        let early = try clerk.refused("meeting", "decide", "m2", "Rents & *arrears*", "Freeze the rents")
        #expect(early["reason"].text.contains("A member who must withdraw is still in the room"))
        #expect(try clerk.run(["do", "withdraw"] + item, as: cast.ben).code == 0)
        let named = try clerk.refused(
            "meeting", "decide", "m2", "Rents & *arrears*", "Freeze the rents", "--took-part", cast.ben, "--reason", "He knows")
        #expect(named["reason"].text.contains("\(cast.ben) cannot be named as taking part"))
        try clerk.gives("meeting", "decide", "m2", "Rents & *arrears*", "Freeze the rents", "--for", "3")
        let items = try clerk.gives("meeting", "show", "m2")["items"]
        let resolution = items.first("title", "Rents & *arrears*")["resolution"]
        #expect(Set(resolution["took_part"].list.map(\.text)) == [cast.ada, cast.cem, "Fay *Lowe*"])
        #expect(resolution["withdrawn"] == [.text(cast.ben)])
        let minutes = try #require(items.list.first { $0["confirms"] == "m1" })["id"].text
        try clerk.gives("meeting", "open-item", "m2", minutes)
        try clerk.gives("meeting", "decide", "m2", minutes, "Confirmed as right.")
        try clerk.gives("meeting", "end", "m2")
    }

    /// The file of October's meeting is complete: minutes confirmed, each report settled or excused.
    private func close() throws {
        clerk.now = "2026-11-12 08:05"
        #expect(try clerk.gives("remind")["dead"] == 0)
        #expect(try clerk.states("meeting", of: "m1") == ["closed"])
        let cases = try clerk.gives("meeting", "show", "m1")["cases"].list
        #expect(cases.first { $0["workflow"] == "meeting" }?["open"] == false)
        #expect(cases.filter { $0["open"] == true }.map { "\($0["person"].text) \($0["workflow"].text) \($0["states"])" } == [])
        #expect(try clerk.gives("minutes", "m1")["is_draft"] == false)
        try clerk.refused("meeting", "amend", "roll", "m1", cast.eve, "--there", "14:00-15:00", "--why", "Too late")
    }

    /// Other names in the roster: every document has the new ones and none of the old.
    private mutating func rename() throws {
        clerk.now = "2026-11-12 10:00"
        let old = cast
        cast.ada = "Ada \"Quill\", OBE"
        cast.ben = "Ben ~Kaur~ Singh"
        cast.eve = "Eve [Moss]"
        cast.tenants = "Tenants of O'Brien & Daughters"
        cast.adasSeat = "Estates, east"
        try clerk.gives("import", try clerk.write("roster.csv", cast.roster))
        #expect(try clerk.gives("meeting", "roll", "m1").each("seat").contains(cast.adasSeat))
        let documents: [([String], names: [String])] = [
            (["minutes", "m1"], [cast.ben, cast.eve, cast.tenants]), (["minutes", "m2"], [cast.ada, cast.ben, cast.tenants]),
            (["declarations", "m1"], [cast.ben, cast.eve, cast.tenants]),
            (["register", "board"], [cast.ada, cast.ben, cast.tenants]),
            (["report", "m1", "--for", "eve@town.example"], [cast.eve, cast.tenants]),
            (["report", "m2", "--for", "ada@town.example"], [cast.ada, cast.tenants]),
            (["meeting", "roll", "m1"], [cast.ada, cast.ben, cast.eve, cast.adasSeat]),
            (["checklist", "--for", "ada@town.example"], [cast.ada]),
        ]
        for (words, names) in documents {
            let ran = try clerk.run(words + ["--json"])
            let texts = ran.json.allTexts.joined(separator: "\n")
            for name in names { #expect(texts.contains(name), "mandate \(words.joined(separator: " ")): \(texts)") }
            for name in [old.ada, old.ben, old.eve, old.tenants, old.adasSeat] {
                #expect(!texts.contains(name), "\(name) still stands in mandate \(words.joined(separator: " ")): \(texts)")
            }
        }
    }
}

// The journal alone is what stands.
extension TranscriptTests {
    private static let readings = [
        ["meeting", "list", "--all"], ["meeting", "show", "m1"], ["meeting", "show", "m2"], ["meeting", "roll", "m2"],
        ["checklist", "--all", "--for", "ada@town.example"], ["checklist", "--all", "--for", "sid@town.example"],
        ["agenda", "m2"], ["minutes", "m1"], ["declarations", "m2"], ["register"],
        ["report", "m1", "--for", "ben@town.example"],
        ["log", "--all"], ["outbox"],
    ]

    /// Rows for reading are thrown away and made anew from the journal: the same to the byte, and the same answers.
    private func rebuild() throws {
        let before = try Self.readings.map { try clerk.run($0 + ["--json"]).out }
        #expect(before.allSatisfy { $0.count > 2 })
        #expect(try clerk.gives("rebuild")["were_right"] == true)
        for (words, answer) in zip(Self.readings, before) {
            #expect(try clerk.run(words + ["--json"]).out == answer, "mandate \(words.joined(separator: " "))")
        }
    }
}
