import Foundation
import Testing

/// Answering by mail through the built program: a reminder goes out, somebody follows a link in it, and is told what was done.
@Suite("The inbox", .enabled(if: FileManager.default.isExecutableFile(atPath: Program.file.path)))
struct InboxCommandTests {
    private func clerk() throws -> Clerk {
        let clerk = Clerk(at: "2026-09-01 09:00", as: "sid@town.example")
        _ = try clerk.says("init", clerk.folder)
        try clerk.gives("import", try clerk.write("roster.csv", Cast().roster))
        try clerk.gives("meeting", "plan", "--body", "board", "--start", "2026-10-14 14:00")
        return clerk
    }

    private func answers(_ clerk: Clerk) throws {
        let file = clerk.folder + "/mandate.yaml"
        let settings = try String(contentsOfFile: file, encoding: .utf8) + "\nanswers: {to: answers@town.example}\n"
        _ = try clerk.write("mandate.yaml", settings)
        try FileManager.default.createDirectory(atPath: clerk.folder + "/inbox/new", withIntermediateDirectories: true)
    }

    /// The mail that a link opens, from the newest message that has it.
    private func link(_ title: String, in mails: [String]) -> (subject: String, body: String)? {
        for mail in mails {
            let text = mail.replacing("=\n", with: "").replacing("=3D", with: "=")
            for part in text.components(separatedBy: "<mailto:answers@town.example?subject=").dropFirst() {
                let halves = part.prefix { $0 != ">" }.components(separatedBy: "&body=").map {
                    $0.removingPercentEncoding ?? ""
                }
                if halves.count == 2, halves[0].hasPrefix(title) { return (halves[0], halves[1]) }
            }
        }
        return nil
    }

    @Test("without an address it says what to set, and without a maildir where it looked")
    func notSet() throws {
        let clerk = try clerk()
        #expect(try clerk.fails(78, "inbox").contains("answers:"))
        try answers(clerk)
        try FileManager.default.removeItem(atPath: clerk.folder + "/inbox")
        #expect(try clerk.fails(66, "inbox").contains("no maildir"))
        _ = try clerk.write("mandate.yaml", "society: x\nanswers: {to: nobody at all}\n")
        #expect(try clerk.fails(65, "inbox").contains("mail address"))
    }

    @Test("a reminder goes out, its link is followed, the inbox takes it, and the answer comes with the next reminders")
    func wholeWay() throws {
        let clerk = try clerk()
        try answers(clerk)
        clerk.now = "2026-10-05 09:00"
        try clerk.gives("remind")
        let adas = try clerk.mail().filter { $0.contains("To: Ada O'Hara <ada@town.example>") }
        let link = try #require(self.link("Say that I will attend", in: adas))
        let mail =
            "From: Ada <ada@town.example>\nMessage-ID: <1@phone>\nSubject: \(link.subject)\n\n\(link.body)\n\nSent from my iPhone\n"
        _ = try clerk.write("inbox/new/1.ada", mail)
        _ = try clerk.write("inbox/new/2.ben", mail.replacing("ada@", with: "ben@").replacing("<1@", with: "<2@"))
        let shown = try clerk.gives("inbox", "--dry-run").list
        #expect(shown.each("outcome") == ["done", "passed_on"] && shown.first?["command"] == "accept")
        #expect(try clerk.says("inbox") == "", "quiet when all is well")
        #expect(try clerk.states("representative", of: "m1", "Ada O'Hara").contains { $0.contains("coming") })
        #expect(try clerk.states("representative", of: "m1", "Ben Kaur").contains { $0.contains("asked") })
        #expect(try clerk.says("inbox", "--verbose") == "no mail\n")
        #expect(try clerk.gives("remind")["sent"] != 0)
        let answer = try #require(try clerk.mail().first { $0.contains("Subject: Done: Say that I will attend") })
        #expect(answer.contains("To: Ada O'Hara") && answer.contains("References: <1@phone>"))
        #expect(
            try clerk.owed(by: "sid@town.example").contains("Judge a mail that answers for Ada O'Hara from another address"))
        #expect(try clerk.says("inbox", "show", "2.ben").contains("From: ben@town.example"))
        #expect(try clerk.fails(66, "inbox", "show", "3.ben").contains("did you mean `2.ben`"))
        #expect(try clerk.gives("verify")["whole"] == true)
    }
}

extension [JSON] {
    fileprivate func each(_ key: String) -> [String] { map { $0[key].text } }
}
