import Foundation
import Testing

/// Runs the program that was built beside the tests.
struct Program {
    var folder: String?

    struct Answer {
        var status: Int32
        var output: String
        var complaints: String
    }

    static let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent(
        "mandate")

    static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    func run(_ words: [String], input: String = "", now: String = "2026-11-02T10:00:00Z") throws -> Answer {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let files = try ["in", "out", "err"].map { name in
            let url = scratch.appendingPathComponent(name)
            try Data((name == "in" ? input : "").utf8).write(to: url)
            return url
        }
        let process = Process()
        process.executableURL = Self.path
        process.arguments = words
        process.currentDirectoryURL = folder.map { URL(fileURLWithPath: $0) } ?? scratch
        var environment = ProcessInfo.processInfo.environment
        environment["MANDATE_SHARE"] = Self.checkout
        environment["MANDATE_NOW"] = now
        environment["MANDATE_WORKSPACE"] = nil
        process.environment = environment
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return Answer(status: process.terminationStatus, output: texts[1], complaints: texts[2])
    }
}

@Suite("Dates at the command line", .enabled(if: FileManager.default.isExecutableFile(atPath: Program.path.path)))
struct RuleCommandTests {
    let program = Program()

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
        #expect(answer.status == 0)
        let keys = answer.output.matches(of: /"(date|instant|derivation)":/).map { String($0.1) }
        #expect(keys == ["date", "instant", "derivation"])
        let object = try #require(try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any])
        #expect(object["date"] as? String == date)
        #expect((object["derivation"] as? [String])?.isEmpty == false)
    }

    @Test("a nation's holidays are left out in its own table")
    func nations() throws {
        for (table, date) in [("england-and-wales", "2026-11-27"), ("scotland", "2026-11-26"), ("none", "2026-11-27")] {
            let words = ["deadline", "2 working days before 2026-12-01", "--holidays", table, "--json"]
            let answer = try program.run(words)
            #expect(answer.output.contains("\"date\": \"\(date)\"") || table == "none" && answer.status == 65, "\(answer)")
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
    func mistakes(words: [String], status: Int32, says: String) throws {
        let answer = try program.run(["deadline"] + words)
        #expect(answer.status == status)
        #expect(answer.complaints.contains(says), "\(answer.complaints)")
        #expect(answer.output.isEmpty)
    }

    @Test("a workspace's own values are meant within it, and the derivation says so")
    func own() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-ws-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try program.run(["init", folder]).status == 0)
        let settings = "society: S\nrules: england-parish\npolicies:\n  clear_days: [saturday, sunday, holidays]\n"
        try Data(settings.utf8).write(to: URL(fileURLWithPath: folder + "/mandate.yaml"))
        let words = ["deadline", "policy.notice before meeting.start", "--meeting", "2026-11-17"]
        let answer = try Program(folder: folder).run(words)
        #expect(answer.output.hasPrefix("Wed 11 Nov 2026"), "\(answer)")
        #expect(answer.output.contains("the body's own; mandate.yaml in place of [sunday, holidays]"))
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
        let lines = try program.run(["debug", "recur"], input: input).output.split(separator: "\n").map(String.init)
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

@Suite(
    "Notice and forecasts at the command line", .enabled(if: FileManager.default.isExecutableFile(atPath: Program.path.path)))
struct ForecastCommandTests {
    @Test("a secretary reads the last days, the quorum of each item and the interests that items touch")
    func lookAhead() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-ws-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let program = Program(folder: folder)
        #expect(try Program().run(["init", folder]).status == 0)
        try Data(Self.roster.utf8).write(to: URL(fileURLWithPath: folder + "/roster.csv"))
        func give(_ words: String..., now: String = "2026-11-02T10:00:00Z") throws -> Program.Answer {
            let answer = try program.run(words, now: now)
            #expect(answer.status == 0, "\(words) \(answer.complaints)")
            return answer
        }
        _ = try give("import", "roster.csv")
        _ = try give("meeting", "plan", "--body", "Board", "--start", "2026-11-18 14:00", "--as", "sam@example.org")
        _ = try give(
            "interest", "register", "Carers Together", "--kind", "financial", "--nature", "Paid trustee", "--as",
            "ann@example.org")
        _ = try give("meeting", "item", "m1", "Lease", "--organisation", "Carers Together", "--as", "sam@example.org")
        let notice = try give("notice", "m1").output
        #expect(notice.contains("notice is given: by Tue 10 Nov 2026, still possible"))
        #expect(notice.contains("the papers: by Wed 11 Nov 2026, still possible"))
        let late = try give("notice", "m1", now: "2026-11-11T10:00:00Z").output
        #expect(late.contains("no longer possible") && late.contains("Short notice:"))
        let forecast = try give("forecast", "m1", "--as", "sam@example.org").output
        #expect(forecast.contains("The meeting: quorate"))
        #expect(forecast.contains("1. Lease: quorate"))
        #expect(forecast.contains("Ann Archer, Carers Together: Lease (g1, financial)"))
        #expect(try !give("forecast", "m1", "--as", "bob@example.org").output.contains("Carers Together: Lease"))
        _ = try give("meeting", "agenda", "m1", "--as", "sam@example.org")
        #expect(try give("checklist", "--as", "ann@example.org").output.contains("your interest in Carers Together: Lease"))
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
