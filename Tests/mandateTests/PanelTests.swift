import Foundation
import Testing

/// The language article's panel, lived with the built program from an empty folder to its documents: by the article's own files, so that
/// whoever follows the article gets there too.
@Suite("The panel of the language article, from init to documents")
struct PanelTests {
    private static let roster = """
        kind,name,email,body,organisation,seat,role,start,end,rights
        body,Grants Panel,,,,,,,,
        person,Ida Lunch,ida@grants.example,,,,,,,
        person,Jo Hall,jo@grants.example,,,,,,,
        role,Cho Lin,cho@grants.example,Grants Panel,,,chair,,,
        role,Sid Clerk,sid@grants.example,Grants Panel,,,secretary,,,
        role,Ann One,ann@grants.example,Grants Panel,,,assessor,,,
        role,Bob Two,bob@grants.example,Grants Panel,,,assessor,,,
        role,Cat Three,cat@grants.example,Grants Panel,,,assessor,,,

        """

    /// The panel's section of the article.
    private static func section() throws -> String {
        let article = ArrowsTests.root.appendingPathComponent("Sources/Workflows/Documentation.docc/WorkflowLanguage.md")
        let text = try String(contentsOf: article, encoding: .utf8)
        return try #require(text.components(separatedBy: "\n## ").first { $0.hasPrefix("A panel that decides\n") })
    }

    /// A workspace with the article's workflows and templates in it, and nothing else of its own.
    private func panel() throws -> Clerk {
        let clerk = Clerk(at: "2026-08-03 09:00", as: "sid@grants.example")
        _ = try clerk.says("init", clerk.folder, "--society", "The Grants Society")
        let section = try Self.section()
        let workflows = section.components(separatedBy: "```yaml\n").dropFirst().map { $0.components(separatedBy: "\n```")[0] }
        #expect(workflows.count == 3)
        for text in workflows {
            let name = try #require(text.firstMatch(of: #/workflow: (\w+)/#)?.output.1)
            _ = try clerk.write("Workflows/\(name).yaml", text + "\n")
        }
        let templates = section.matches(of: #/`(\w+\.mustache)`:\n\n((?:    .*\n|\n)+)/#)
        #expect(templates.count == 2)
        for template in templates {
            let lines = template.output.2.split(separator: "\n", omittingEmptySubsequences: false).map { $0.dropFirst(4) }
            _ = try clerk.write("Templates/\(template.output.1)", lines.joined(separator: "\n") + "\n")
        }
        let found = try clerk.run(["check"])
        #expect(found.code == 0 && !(found.out + found.err).contains(clerk.folder), "\(found)")
        try clerk.gives("import", try clerk.write("roster.csv", Self.roster))
        return clerk
    }

    /// Ticks what the duty of that title asks of somebody in a case; answers the case.
    private func prepare(_ clerk: Clerk, _ title: String, _ who: String) throws -> String {
        let owed = try clerk.gives("checklist", as: who).list.first { $0["title"].text == title }
        let duty = try #require(owed, "\(who) does not owe: \(title)")
        for line in duty["checklist"].list.indices { try clerk.gives("tick", duty["duty"].text, "\(line + 1)", as: who) }
        return duty["case"].text
    }

    private func assess(_ clerk: Clerk, _ title: String, _ scores: [String: String]) throws {
        for who in ["ann", "bob", "cat"].map({ $0 + "@grants.example" }) {
            let its = try prepare(clerk, "Say whether you have an interest in \(title)", who)
            guard let score = scores[who] else {
                try clerk.gives("do", "declare_conflict", "--case", its, "--nature", "My sister runs it", as: who)
                continue
            }
            try clerk.gives("do", "no_conflict", "--case", its, as: who)
            let words = [
                "do", "score", "--case", its, "--need", score, "--benefit", "4", "--means", "3", "--why", "Well thought out",
            ]
            #expect(try clerk.run(words, as: who).err.contains("Still to tick"))
            _ = try prepare(clerk, "Score \(title)", who)
            let wild = try clerk.run(words.map { $0 == score ? "9" : $0 }, as: who)
            #expect(wild.code == Program.Exit.refused && wild.err.contains("Scores go from 1 to 5"))
            #expect(try clerk.run(words, as: who).code == 0)
        }
    }

    @Test("applications, conflicts, scores, decisions within the pot, word to the applicants, and the round's report")
    func lived() throws {
        let clerk = try panel()
        try clerk.gives("do", "open_round", "--title", "Autumn", "--closes", "2026-09-30", "--pot", "5000")
        for (title, who) in [("Lunch & *talk*", "Ida Lunch"), ("A new hall", "Jo Hall")] {
            try clerk.gives("do", "receive_application", "--title", title, "--asks", "3000", "--applicant", who)
        }
        try assess(clerk, "Lunch & *talk*", ["ann@grants.example": "5", "bob@grants.example": "5"])
        try assess(
            clerk, "A new hall", ["ann@grants.example": "2", "bob@grants.example": "2", "cat@grants.example": "2"])
        clerk.now = "2026-10-01 09:00"
        let late = try clerk.refused("do", "receive_application", "--title", "Late", "--asks", "1", "--applicant", "Jo Hall")
        #expect(late["reason"].text.contains("after its closing day"))
        try decide(clerk)
        try tell(clerk)
        try report(clerk)
    }

    private func decide(_ clerk: Clerk) throws {
        let lunch = try prepare(clerk, "Decide on Lunch & *talk*, 3000 asked for", "cho@grants.example")
        let hall = try prepare(clerk, "Decide on A new hall, 3000 asked for", "cho@grants.example")
        func words(_ ofCase: String, _ outcome: String, _ amount: String) -> [String] {
            [
                "do", "decide_application", "--case", ofCase, "--outcome", outcome, "--amount", amount, "--feedback",
                "We liked it, | and say so.",
            ]
        }
        #expect(try clerk.run(words(lunch, "funded", "3000"), as: "cho@grants.example").code == 0)
        let over = try clerk.run(words(hall, "funded", "3000"), as: "cho@grants.example")
        #expect(over.code == Program.Exit.refused && over.err.contains("The pot of 5000 does not reach: 3000 are spent"))
        #expect(try clerk.run(words(hall, "maybe", "0"), as: "cho@grants.example").code == Program.Exit.usage)
        #expect(try clerk.run(words(hall, "refused", "0"), as: "cho@grants.example").code == 0)
    }

    private func tell(_ clerk: Clerk) throws {
        let grant = try prepare(clerk, "Enter the grant for Lunch & *talk*", "sid@grants.example")
        try clerk.gives(
            "do", "enter_grant", "--case", grant, "--applicant", "Ida Lunch", "--purpose", "=Lunch()", "--amount", "3000")
        #expect(try clerk.refused("do", "close_round")["reason"].text.contains("Some applications are not settled"))
        for who in ["Ida Lunch", "Jo Hall"] {
            try clerk.gives(
                "do", "send_outcome", "--case",
                try prepare(clerk, "Tell \(who) what was decided, and why", "sid@grants.example"))
        }
        _ = try clerk.run(["remind"])
        let mail = try clerk.mail().filter { $0.contains("To: ida@grants.example") || $0.contains("<ida@grants.example>") }
        #expect(mail.contains { $0.contains("Your application") && $0.contains("funded") })
    }

    private func report(_ clerk: Clerk) throws {
        try clerk.gives("do", "close_round")
        _ = try clerk.run(["remind"])
        #expect(try clerk.mail().filter { $0.contains("What came of Autumn") }.count == 3)
        let lunch = try clerk.says("paper", "application_outcome", "c2", "--format", "txt")
        #expect(lunch.contains("funded") && lunch.contains("We liked it, | and say so.") && lunch.contains("need 5, benefit 4"))
        let page = try clerk.says("paper", "round_report", "c1", "--format", "html")
        #expect(page.contains("<h1>What came of Autumn</h1>") && page.contains("3000 of 5000 were given."))
        #expect(page.contains("<strong>Ida Lunch</strong>, 3000: =Lunch()"))
        let register = try clerk.says("register", "grant", "--format", "csv")
        #expect(register.contains("'=Lunch()") && !register.contains(",=Lunch"))
        #expect(try clerk.says("register", "grant", "--format", "md").contains("Ida Lunch"))
    }
}
