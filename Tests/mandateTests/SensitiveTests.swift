import Foundation
import Testing

/// Of a sensitive interest everybody hears that there is one, and neither its kind nor its nature (Localism Act 2011 s.32), whatever they ask the
/// program for.
@Suite("Sensitive interests at the command line", .enabled(if: FileManager.default.isExecutableFile(atPath: Program.file.path)))
struct SensitiveTests {
    private static let secrets = ["wombat", "quokka", "numbat", "loyalty"]

    private static let roster = """
        id,kind,name,email,body,organisation,seat,role,start,end,rights
        board,body,Care Board,,,,,,,,
        tenants,organisation,Tenants,,,,,,,,
        s-ada,seat,,,board,tenants,First,,,,vote
        s-ben,seat,,,board,tenants,Second,,,,vote
        t-ada,term,Ada Low,ada@town.example,board,,s-ada,,2026-04-01,2028-03-31,
        t-ben,term,Ben Kaur,ben@town.example,board,,s-ben,,2026-04-01,2028-03-31,
        ,role,Sid Clerk,sid@town.example,board,,,secretary,,,
        ,role,Cho Lin,cho@town.example,board,,,chair,,,
        ,role,Kay Ord,kay@town.example,,tenants,,coordinator,,,
        ,constituency,Tess Flat,tess@town.example,,tenants,,,,,

        """

    /// A meeting in which somebody with a sensitive interest, registered and declared, withdrew; its minutes are drafted.
    private func clerk() throws -> Clerk {
        let clerk = Clerk(at: "2026-10-01 10:00", as: "sid@town.example")
        _ = try clerk.says("init", clerk.folder)
        try clerk.gives("import", try clerk.write("r.csv", Self.roster))
        try clerk.gives("meeting", "plan", "--body", "board", "--start", "2026-10-14 14:00")
        try clerk.gives("meeting", "item", "m1", "Zephyr house", "--purpose", "decision")
        for step in ["notice", "agenda", "circulate"] { try clerk.gives("meeting", step, "m1") }
        let ada = "ada@town.example"
        try clerk.gives(
            "interest", "register", "Quokka Lodge", "--kind", "loyalty", "--nature", "Wombat shelter", "--sensitive", as: ada)
        try clerk.gives(
            "do", "declare", "--meeting", "m1", "--item", "1", "--kind", "loyalty", "--nature", "Numbat refuge", "--sensitive",
            as: ada)
        try clerk.gives("remind")
        clerk.now = "2026-10-14 14:00"
        for person in ["ada", "ben", "cho"] { try clerk.gives("meeting", "arrive", "m1", "\(person)@town.example") }
        try clerk.gives("meeting", "preside", "m1", "cho@town.example")
        try clerk.gives("meeting", "open", "m1")
        try clerk.gives("meeting", "end", "m1")
        try clerk.gives("do", "send_minutes", "--meeting", "m1")
        try clerk.gives("remind", "--accept-clock")
        return clerk
    }

    /// What each command of the program prints that people may read; the others print nothing about a meeting, or are not for reading.
    private static let documents: [[String]] = [
        ["agenda", "m1"], ["pack", "m1"], ["attendance", "m1"], ["script", "m1"], ["declarations", "m1"], ["minutes", "m1"],
        ["actions"], ["register"], ["register", "board"], ["register", "--public"], ["directory"], ["accountability"],
        ["coverage"], ["report"], ["report", "m1", "--for", "ada@town.example"], ["role-pack", "--for", "ada@town.example"],
        ["handover", "--for", "ada@town.example"], ["checklist", "--for", "ada@town.example", "--all"],
    ]
    private static let answers: [[String]] = [
        ["calendar", "--for", "ada@town.example"], ["calendar", "--body", "board"], ["log"], ["log", "--all"],
        ["log", "--meeting", "m1", "--all"], ["forecast", "m1"], ["notice", "m1"], ["meeting", "show", "m1"],
        ["meeting", "list"], ["meeting", "checklist", "m1"], ["meeting", "roll", "m1"],
        ["interest", "list", "--for", "ada@town.example"], ["outbox", "list"], ["draft", "m1", "minutes"],
        ["draft", "m1", "feedback_report", "--for", "ada@town.example"], ["export", "roster"], ["export", "meetings"],
        ["remind", "--dry-run"], ["remind", "--status"], ["why", "declare", "--meeting", "m1", "--item", "1"], ["verify"],
        ["head"], ["doctor"], ["paper", "minutes", "c1"],
    ]
    /// Commands that tell nobody anything of a meeting: they change things, are an author's or a keeper's, or are the person's own.
    private static let others: Set<String> = [
        "demo", "init", "do", "tick", "interest", "channel", "meeting", "deadline", "adopt-holidays", "adopt-rules", "import",
        "inbox", "backup", "restore", "rebuild", "person", "check", "diagram", "simulate", "migrate", "schema", "debug", "help",
    ]

    @Test("no command and no format tells kind or nature, and those that tell of interests say that there is one")
    func everywhere() throws {
        let clerk = try clerk()
        let readers = ["ben@town.example", "tess@town.example"]
        // Every format is made of what JSON shows; those that tell of interests are read in each.
        let telling = ["declarations", "minutes", "register", "report", "script"]
        for words in Self.documents {
            let formats = telling.contains(words[0]) ? ["text", "md", "html", "json", "csv"] : ["json"]
            for format in formats { try hold(words + ["--format", format], readers[1], clerk) }
        }
        for words in Self.answers { try hold(words, readers[0], clerk) }
        for words in [["log", "--all"], ["meeting", "show", "m1"], ["interest", "list", "--for", "ada@town.example"]] {
            try hold(words + ["--json"], readers[0], clerk)
        }
        for mail in try clerk.mail() { for secret in Self.secrets { #expect(!mail.lowercased().contains(secret)) } }
        let minutes = try clerk.says("minutes", "m1", as: readers[0])
        #expect(minutes.contains("Ada Low (Tenants) declared an interest.") && minutes.contains("sensitive"))
        #expect(try clerk.says("register", "--public", as: readers[1]).contains("Sensitive: its nature is not published"))
        // It is known to those who have to know it, so that it would be seen above.
        let full = try clerk.says("register", "--format", "json", as: "sid@town.example").lowercased()
        #expect(Self.secrets.allSatisfy { full.contains($0) }, "\(full)")
    }

    private func hold(_ words: [String], _ reader: String, _ clerk: Clerk) throws {
        let ran = try clerk.run(words, as: reader)
        let said = (ran.out + ran.err).lowercased()
        for secret in Self.secrets { #expect(!said.contains(secret), "\(words) by \(reader): \(secret)") }
    }

    @Test("every command that the program has is looked at here, or said to tell nothing")
    func complete() throws {
        let help = try Program.run(["--help"]).out
        let names = help.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.hasPrefix("  -") }
            .compactMap { $0.split(separator: " ").first.map(String.init) }
        let known = Set((Self.documents + Self.answers).map { $0[0] }).union(Self.others)
        #expect(names.count > 30 && names.filter { $0 != "See" && !known.contains($0) } == [])
    }
}
