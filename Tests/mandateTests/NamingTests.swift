import Foundation
import Testing

/// How people, bodies, meetings and items are named on the command line.
@Suite struct NamingTests {
    let clerk = Clerk(at: "2026-09-07 09:00", as: "sid@town.example")

    private func begin(_ cast: Cast = Cast()) throws {
        #expect(try Program.run(["init", clerk.folder]).code == 0)
        try clerk.gives("import", try clerk.write("roster.csv", cast.roster))
        try clerk.gives("meeting", "plan", "--body", "board", "--start", "2026-10-14 14:00")
        try clerk.gives("meeting", "plan", "--body", "forum", "--start", "2026-10-20 10:00")
    }

    @Test(
        "a person goes by id, address, the roster's own id, a name, or a part of a name that is unique",
        arguments: [
            "p1", "ada@town.example", "ADA@town.example", "ada", "Ada O'Hara", "ada o'hara", "O'Hara",
        ])
    func person(_ name: String) throws {
        try begin()
        #expect(try clerk.gives("checklist", "--all", "--for", name)[0]["owners"] == ["Ada O'Hara"])
    }

    @Test("a name that may mean several, or nobody, is told with those that it may mean")
    func ambiguous() throws {
        var cast = Cast()
        cast.dilys = "Ada Hart"
        try begin(cast)
        #expect(try clerk.gives("checklist", "--all", "--for", "Ada H")[0]["owners"] == ["Ada Hart"])
        let both = try clerk.fails(Program.Exit.notFound, "checklist", "--for", "Ada ")
        #expect(both.contains("`Ada ` may mean several"))
        #expect(both.contains("Ada Hart (dilys@town.example)") && both.contains("Ada O'Hara (ada@town.example)"))
        #expect(try clerk.fails(Program.Exit.notFound, "checklist", "--for", "Bem Kaur").contains("did you mean `Ben Kaur`?"))
        #expect(try clerk.fails(Program.Exit.notFound, "checklist", "--for", "").contains("empty"))
        #expect(
            try clerk.fails(Program.Exit.notFound, "register", "Transprot Forum").contains("did you mean `Transport Forum`?"))
    }

    @Test("a meeting goes by id, next, last or its date; an item by number, id or title")
    func meeting() throws {
        try begin()
        for name in ["m2", "2026-10-20"] { #expect(try clerk.gives("meeting", "show", name)["id"] == "m2") }
        #expect(try clerk.gives("meeting", "show", "next")["id"] == "m1")
        #expect(try clerk.gives("meeting", "show", "next", as: "Gil Ashe")["id"] == "m2")
        #expect(try clerk.fails(Program.Exit.notFound, "agenda", "last").contains("no meeting has ended yet"))
        #expect(try clerk.fails(Program.Exit.notFound, "agenda", "nxt").contains("did you mean `next`?"))
        #expect(try clerk.fails(Program.Exit.notFound, "agenda", "2026-10-15").contains("there is no meeting on 2026-10-15"))
        try clerk.gives("meeting", "item", "m1", "Lifts")
        try clerk.gives("meeting", "item", "m1", "Stairs & lifts")
        for name in ["2", "i2", "stairs & lifts", "Stairs"] {
            #expect(try clerk.gives("meeting", "paper", "m1", "Plan", "--item", name)["taken"] == true)
        }
        #expect(try Set(clerk.gives("meeting", "show", "m1")["papers"].each("item")) == ["i2"])
        #expect(try clerk.fails(Program.Exit.notFound, "meeting", "paper", "m1", "Plan", "--item", "3").contains("no item 3"))
    }

    @Test("a command that several cases could take asks which, and names them")
    func severalCases() throws {
        try begin()
        let which = try clerk.refused("do", "accept", as: "Ada O'Hara")
        #expect(which["kind"] == "severalCases")
        #expect(which["notes"].list.count == 2)
        #expect(try clerk.gives("do", "accept", "--meeting", "next", as: "Ada O'Hara")["taken"] == true)
        #expect(try clerk.gives("do", "accept", as: "Ada O'Hara")["taken"] == true, "one alone is left to be meant")
    }

    @Test("who acts is said on the line, in the environment or in the settings, in that order")
    func actor() throws {
        try begin()
        let environment = ["MANDATE_WORKSPACE": clerk.folder, "MANDATE_NOW": clerk.now]
        let nobody = try Program.run(["checklist"], environment: environment)
        #expect(nobody.code == Program.Exit.usage)
        #expect(nobody.err.contains("--as"))
        let settings = try String(contentsOfFile: clerk.folder + "/mandate.yaml", encoding: .utf8)
        _ = try clerk.write("mandate.yaml", settings + "\nacting_as: ben@town.example\n")
        let who: ([String], [String: String]) throws -> JSON = { words, more in
            try Program.run(["checklist", "--all", "--json"] + words, environment: environment.merging(more) { $1 }).json[0][
                "owners"]
        }
        #expect(try who([], [:]) == ["Ben Kaur"])
        #expect(try who([], ["MANDATE_AS": "cem"]) == ["Cem Aydin"])
        #expect(try who(["--as", "dilys"], ["MANDATE_AS": "cem"]) == ["Dilys Rhys"])
    }

    @Test("only the secretary, the chair and the coordinator record for others, and not what is still to come")
    func onBehalf() throws {
        try begin()
        let refusal = try clerk.refused("do", "accept", "--meeting", "m1", "--on-behalf-of", "ada", as: "Ben Kaur")
        #expect(refusal["reason"].text.contains("Ben Kaur may not record for Ada O'Hara"))
        clerk.now = "2026-09-09 09:00"
        let later = try clerk.refused("do", "accept", "--meeting", "m1", "--occurred", "2026-09-10 10:00", as: "Ben Kaur")
        #expect(later["reason"].text.contains("Thu 10 Sep 2026, 10:00 BST, which is still to come"), "\(later)")
        try clerk.gives(
            "do", "accept", "--meeting", "m1", "--on-behalf-of", "ada", "--occurred", "2026-09-08 10:00", as: "Kay Ord")
        let entry = try clerk.gives("log", "--meeting", "m1").list.last ?? .none
        #expect(entry["actor_name"] == "Kay Ord")
        #expect(entry["behalf"] == "p1")
        #expect(entry["effective"] == "2026-09-08T09:00:00Z")
        // A reading command heeds neither, so it takes neither.
        try clerk.fails(Program.Exit.usage, "agenda", "m1", "--occurred", "2026-09-06 10:00")
    }
}
