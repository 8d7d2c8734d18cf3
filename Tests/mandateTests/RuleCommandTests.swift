import Foundation
import Testing

/// The program where there is no workspace, or in one folder, at a time that the test sets.
private struct Reckoner {
    var folder = FileManager.default.temporaryDirectory.path

    func run(_ words: [String], now: String = "2026-11-02T10:00:00Z") throws -> Program.Ran {
        try Program.run(words, environment: ["MANDATE_NOW": now, "HOME": folder], in: folder)
    }

    /// With this text on its standard input.
    func run(_ words: [String], reading input: String) throws -> Program.Ran {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-in-\(UUID().uuidString)")
        try Data(input.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let command = ([Program.file.path] + words).joined(separator: " ") + " < " + file.path
        return try Program.run(["-c", command], file: URL(fileURLWithPath: "/bin/sh"))
    }
}

/// A folder for one workspace, gone afterwards.
private func withFolder(_ work: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-ws-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try work(folder)
}

@Suite("Dates at the command line")
struct RuleCommandTests {
    private let program = Reckoner()

    @Test(
        "the golden dates come out, pack by pack",
        arguments: [
            ("england-principal-council", "policy.notice before meeting.start", "2026-11-18", "2026-11-10"),
            ("england-parish", "policy.notice before meeting.start", "2026-11-17", "2026-11-12"),
            ("cio", "policy.notice before meeting.start", "2026-11-18 19:00", "2026-11-03"),
            ("wales-principal-council", "3 clear days before meeting.start", "1990-05-01", "1990-04-25"),
            ("informal-partnership", "3rd Thursday after meeting.start", "2026-11-18", "2026-12-03"),
        ])
    func golden(pack: String, rule: String, meeting: String, date: String) throws {
        let answer = try program.run(["deadline", rule, "--meeting", meeting, "--pack", pack, "--json"])
        #expect(answer.code == 0)
        let keys = answer.out.matches(of: /"(date|instant|derivation)":/).map { String($0.1) }
        #expect(keys == ["date", "instant", "derivation"])
        let object = try #require(try JSONSerialization.jsonObject(with: Data(answer.out.utf8)) as? [String: Any])
        #expect(object["date"] as? String == date)
        #expect((object["derivation"] as? [String])?.isEmpty == false)
    }

    @Test("a nation's holidays are left out in its own table")
    func nations() throws {
        for (table, date) in [("england-and-wales", "2026-11-27"), ("scotland", "2026-11-26"), ("none", "2026-11-27")] {
            let words = ["deadline", "2 working days before 2026-12-01", "--holidays", table, "--json"]
            let answer = try program.run(words)
            #expect(answer.out.contains("\"date\": \"\(date)\"") || table == "none" && answer.code == 65, "\(answer)")
        }
    }

    @Test(
        "what is wrong is said, with the name that was meant, and nothing is printed",
        arguments: [
            (["5 clera days before meeting.start"], 65, "did you mean `clear`"),
            (["policy.notise before meeting.start", "--meeting", "2026-11-18"], 65, "did you mean `policy.notice`"),
            (["5 days before meeting.start"], 65, "--meeting TIME"),
            (["5 days before interest.arose", "--moment", "interest.arises=2026-01-05"], 65, "interest.arises"),
            (["5 days before meeting.start", "--meeting", "2026-02-30"], 65, "has no day 30"),
            (["5 days before 2026-02-20", "--zone", "Europe/Londn"], 66, "there is no time zone"),
            (["5 days before 2026-02-20", "--pack", "ciu"], 66, "did you mean `cio`"),
            (["5 working days before 1985-02-20"], 65, "says nothing about"),
        ])
    func mistakes(words: [String], code: Int32, says: String) throws {
        let answer = try program.run(["deadline"] + words)
        #expect(answer.code == code)
        #expect(answer.err.contains(says), "\(answer.err)")
        #expect(answer.out.isEmpty)
    }

    @Test("a workspace's own values are meant within it, and the derivation says so")
    func own() throws {
        try withFolder { folder in
            #expect(try program.run(["init", folder]).code == 0)
            let settings = "society: S\nrules: england-parish\npolicies:\n  clear_days: [saturday, sunday, holidays]\n"
            try Data(settings.utf8).write(to: URL(fileURLWithPath: folder + "/mandate.yaml"))
            let words = ["deadline", "policy.notice before meeting.start", "--meeting", "2026-11-17"]
            let answer = try Reckoner(folder: folder).run(words)
            #expect(answer.out.hasPrefix("Wed 11 Nov 2026"), "\(answer)")
            #expect(answer.out.contains("the body's own; mandate.yaml in place of [sunday, holidays]"))
        }
    }

    @Test("`debug recur` answers line by line, and goes on after a bad one")
    func recur() throws {
        let input = """
            {"rrule": "FREQ=MONTHLY;BYDAY=2TU", "dtstart": "2026-01-13T14:00:00", "zone": "Europe/London", "count": 3}
            {"rrule": "FREQ=MONTHLY;BYDAY=
            {"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "dtstart": "2026-01-01T09:00:00", "zone": "UTC", "count": 2}
            {"rrule": "FREQ=MINUTELY", "dtstart": "2026-01-01T09:00:00", "zone": "UTC", "count": 2}
            {"rrule": "FREQ=DAILY", "dtstart": "2026-03-28T01:30", "zone": "Europe/London", "count": 3, "exdate": ["2026-03-30"]}
            {"rrule": "FREQ=DAILY;UNTIL=20260330T003000Z", "dtstart": "20260328T013000", "zone": "Europe/London", "count": 9}
            {"rrule": "FREQ=DAILY;UNTIL=20260330T003000Z", "dtstart": "20260328T013100", "zone": "Europe/London", "count": 9}
            {"rrule": "FREQ=WEEKLY;COUNT=2;BYDAY=MO", "dtstart": "2026-11-18", "zone": "Nowhere/Else", "count": 2}

            """
        let lines = try program.run(["debug", "recur"], reading: input).out.split(separator: "\n").map(String.init)
        #expect(lines.count == 8)
        #expect(lines[0] == #"["2026-01-13T14:00:00", "2026-02-10T14:00:00", "2026-03-10T14:00:00"]"#)
        #expect(lines[1].hasPrefix(#"{"error": "#))
        #expect(lines[2].contains("never happens"))
        #expect(lines[3].contains("MINUTELY"))
        #expect(lines[4] == #"["2026-03-28T01:30:00", "2026-03-29T02:30:00", "2026-03-31T01:30:00"]"#)
        #expect(lines[5] == #"["2026-03-28T01:30:00", "2026-03-29T02:30:00", "2026-03-30T01:30:00"]"#)
        #expect(lines[6] == #"["2026-03-28T01:31:00", "2026-03-29T02:31:00"]"#)
        #expect(lines[7].contains("no time zone `Nowhere/Else`"))
    }
}

@Suite("Notice and forecasts at the command line")
struct ForecastCommandTests {
    @Test("a secretary reads the last days, the quorum of each item and the interests that items touch")
    func lookAhead() throws {
        let clerk = Clerk(at: "2026-11-02 10:00", as: "sam@example.org")
        #expect(try Reckoner().run(["init", clerk.folder]).code == 0)
        let roster = try clerk.write("roster.csv", Self.roster)
        _ = try clerk.says("import", roster)
        _ = try clerk.says("meeting", "plan", "--body", "Board", "--start", "2026-11-18 14:00")
        _ = try clerk.says(
            "interest", "register", "Carers Together", "--kind", "financial", "--nature", "Paid trustee", as: "ann@example.org")
        _ = try clerk.says("meeting", "item", "m1", "Lease", "--organisation", "Carers Together")
        let notice = try clerk.says("notice", "m1")
        #expect(notice.contains("notice is given: by Tue 10 Nov 2026, still possible"))
        #expect(notice.contains("the papers: by Wed 11 Nov 2026, still possible"))
        let forecast = try clerk.says("forecast", "m1")
        #expect(forecast.contains("The meeting: quorate"))
        #expect(forecast.contains("1. Lease: quorate"))
        #expect(forecast.contains("Ann Archer, Carers Together: Lease (g1, financial)"))
        #expect(try !clerk.says("forecast", "m1", as: "bob@example.org").contains("Carers Together: Lease"))
        _ = try clerk.says("meeting", "agenda", "m1")
        #expect(try clerk.says("checklist", as: "ann@example.org").contains("your interest in Carers Together: Lease"))
        clerk.now = "2026-11-11 10:00"
        let late = try clerk.says("notice", "m1")
        #expect(late.contains("no longer possible") && late.contains("Short notice:"))
        let callings = try clerk.gives("notice", "m1")["callings"]
        #expect(callings[0]["date"].text == "2026-11-10")
    }

    @Test("a restricted item is named by show, forecast and log to those who sit at the meeting, and to nobody else")
    func discretion() throws {
        let clerk = Clerk(at: "2026-11-02 10:00", as: "sam@example.org")
        #expect(try Reckoner().run(["init", clerk.folder]).code == 0)
        let roster = try clerk.write("roster.csv", Self.roster + "person,Ida Idle,ida@example.org,,,,,,,,\n")
        _ = try clerk.says("import", roster)
        _ = try clerk.says("meeting", "plan", "--body", "Board", "--start", "2026-11-18 14:00")
        _ = try clerk.says("meeting", "item", "m1", "Parking")
        _ = try clerk.says("meeting", "item", "m1", "Dismissal", "--restricted-until", "2027-01-01")
        let paper = try clerk.write("evidence.txt", "What was seen.")
        _ = try clerk.says("meeting", "paper", "m1", "Evidence", "--file", paper, "--restricted-until", "2027-01-01")
        for command in [["meeting", "show", "m1"], ["forecast", "m1"], ["log"], ["log", "--meeting", "m1", "--all"]] {
            for asJSON in [[], ["--json"]] {
                let told = { (reader: String) in
                    let ran = try clerk.run(command + asJSON, as: reader)
                    #expect(ran.code == 0, "\(ran.err)")
                    return ran.out
                }
                let isForecast = command[0] == "forecast"
                for insider in ["sam@example.org", "bob@example.org"] {
                    let text = try told(insider)
                    #expect(isForecast && !asJSON.isEmpty || text.contains("Dismissal"), "\(command) for \(insider): \(text)")
                    #expect(isForecast || text.contains("Evidence"))
                }
                let text = try told("ida@example.org")
                #expect(!text.contains("Dismissal") && !text.contains("Evidence"), "\(command): \(text)")
                #expect(isForecast && !asJSON.isEmpty || text.contains("Parking"))
            }
        }
        #expect(try clerk.says("meeting", "show", "m1", as: "ida@example.org").contains("2. A restricted item"))
        #expect(try clerk.says("forecast", "m1", as: "ida@example.org").contains("2. A restricted item: quorate"))
        clerk.now = "2027-01-02 10:00"
        #expect(try clerk.says("log", as: "ida@example.org").contains("Dismissal"))
    }

    private static let roster = """
        kind,name,email,body,organisation,seat,role,start,end,rights,marks
        body,Board,,,,,,,,,
        organisation,Forum,,,,,,,,,
        person,Ann Archer,ann@example.org,,,,,,,,
        person,Bob Brown,bob@example.org,,,,,,,,
        person,Cat Cole,cat@example.org,,,,,,,,
        person,Sam Sharp,sam@example.org,,,,,,,,
        seat,,,Board,Forum,Seat 1,,,,vote,external
        seat,,,Board,Forum,Seat 2,,,,vote,
        seat,,,Board,Forum,Seat 3,,,,vote,
        term,Ann Archer,,Board,,Seat 1,,2026-01-01,2028-12-31,,
        term,Bob Brown,,Board,,Seat 2,,2026-01-01,2028-12-31,,
        term,Cat Cole,,Board,,Seat 3,,2026-01-01,2028-12-31,,
        role,Sam Sharp,,Board,,,secretary,,,,

        """
}
