import CEL
import Foundation
import Governance
import Journals
import Post
import Testing

@testable import Secretariat

extension Correspondence {
    /// The text of the newest answer to a person.
    func answer(to person: String) throws -> String {
        let bytes = try mails(to: person).last { $0.key.hasPrefix("answer/") }?.bytes ?? []
        return String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "=\r\n", with: "")
            .replacingOccurrences(of: "\r\n", with: " ")
    }

    func notes(to person: String) throws -> [String] {
        desk.registrar.owed(by: try desk.lookup().person(person), in: desk.standing, now: desk.now).compactMap(\.note)
    }

    /// With the agenda out and everybody reminded to say whether they have an interest.
    static func asked() throws -> Correspondence {
        let house = try called()
        try house.give("publish_agenda", by: "sam")
        try house.society.at("2026-05-07T11:00:00Z")
        try house.remind()
        return house
    }
}

@Suite("What an answer by mail says beyond its link")
struct MailWordsTests {
    static let annsMail = "Read what Ann Archer wrote by mail"

    private func words(_ text: String, _ prepared: [String] = [], _ labels: [String] = []) -> MailWords {
        MailWords(text, prepared: prepared, labels: labels, name: "Ann Archer")
    }

    @Test(
        "the text that the link put there, however it is broken or marked, courtesies and the sender's name say nothing",
        arguments: [
            "", "Say that I will attend: Health Board, 12 May 2026\n\n(Send this mail as it is.)",
            "Say that I will attend:\nHealth\u{A0}Board, 12 May\n2026\n\n(Send this mail\nas it is.)\n\nKind regards,\nAnn",
            "Hi,\n\n* Say that I will attend: Health Board, 12 May 2026\n(Send this mail as it is.)\n\nThanks!\nAnn Archer",
        ])
    func nothing(text: String) {
        let prepared = ["Say that I will attend: Health Board, 12 May 2026", "", "(Send this mail as it is.)"]
        #expect(words(text, prepared).spoken == nil)
        #expect(words("But not for long.\n" + text, prepared).spoken == "But not for long.")
        #expect(words(text + "\n\nPS: I am late", prepared).spoken == "PS: I am late")
    }

    @Test("lines of a form stand after their labels, and what stands elsewhere is the sender's own")
    func form() {
        let it = words(
            "I am ill, sorry\n\nreason: illness\nof my own\nSubstitute : Piet\n\nUntil then", [], ["reason", "substitute"])
        #expect(it.filled == ["reason": ["illness", "of my own"], "substitute": ["Piet"]])
        #expect(it.spoken == "I am ill, sorry Until then")
        let empty = words(
            "item: \nkind:\nnature:\n\n(item: one of 1 to 3)", ["(item: one of 1 to 3)"], ["item", "kind", "nature"])
        #expect(empty.filled.isEmpty && empty.spoken == nil)
    }

    @Test("who follows \"I will attend\" and writes the contrary attends, is told which words were not acted on, and is read")
    func contradicting() throws {
        let house = try Correspondence.called()
        let link = try #require(try house.links(to: "ann", titled: "Say that I will attend"))
        try house.send(from: "ann@example.org", subject: link.subject, body: "I can NOT come!\n\n" + link.body)
        #expect(try house.read().first?.word == "done")
        #expect(try house.attends("ann") && house.owed(by: "sam").contains(Self.annsMail))
        let answer = try house.answer(to: "ann")
        #expect(answer.contains("You also wrote: I can NOT come!") && answer.contains("asked to read"), "\(answer)")
        #expect(
            try house.notes(to: "sam").contains {
                $0.hasPrefix("They answered \"Say that I will attend\", which is done, and wrote more")
            })
    }

    @Test(
        "the mail as it opens asks nobody to read it",
        arguments: ["", "\n\nBest wishes\nAnn\n", "\n-- \nAnn Archer\nForum of everybody\n", "\n\nSent from my iPhone\n"])
    func plain(end: String) throws {
        let house = try Correspondence.called()
        let link = try #require(try house.links(to: "ann", titled: "Say that I will attend"))
        try house.send(from: "ann@example.org", subject: link.subject, body: link.body + end)
        #expect(try house.read().first?.word == "done")
        #expect(try !house.owed(by: "sam").contains(Self.annsMail))
        #expect(try !house.answer(to: "ann").contains("You also wrote"))
    }

    @Test("a reason that is none of the words goes along as words; a substitute who may be asked is, and anybody else is named")
    func apologies() throws {
        let house = try Correspondence.called()
        let link = try #require(try house.links(to: "ann", titled: "Send apologies"))
        #expect(
            link.body.contains("reason: other\r\nsubstitute: \r\n")
                && link.body.contains("(substitute: Eve Elector; or leave it empty)"))
        let filled = link.body.replacingOccurrences(of: "other\r\n", with: "on holyday\r\n")
        try house.send(
            from: "ann@example.org", subject: link.subject,
            body: filled.replacingOccurrences(of: "substitute: ", with: "substitute: Eve Elector"))
        #expect(try house.read().first?.word == "done")
        #expect(try house.answer(to: "ann").contains("You also wrote: reason: on holyday"))
        #expect(try house.owed(by: "eve").contains("Say whether you can stand in for Ann Archer"))
        let bobs = try #require(try house.links(to: "bob", titled: "Send apologies"))
        #expect(!bobs.body.contains("substitute"), "there is nobody to choose")
    }

    @Test("a substitute who may not be asked is passed on, and the apology stands", arguments: ["Piet de Vries", "Bob Brown"])
    func strangeSubstitute(name: String) throws {
        let house = try Correspondence.called()
        let link = try #require(try house.links(to: "ann", titled: "Send apologies"))
        try house.send(
            from: "ann@example.org", subject: link.subject, body: "reason: illness\nsubstitute: \(name)\n-- \n> reason: leave")
        #expect(try house.read().first?.word == "done")
        let entry = try #require(house.desk.entries().last { $0.entry.name == "apologise" }).entry
        guard case .string(let key)? = entry.fields["reason"] else { throw POSIXError(.EINVAL) }
        #expect(house.desk.standing.words(key) == "illness")
        #expect(try house.answer(to: "ann").contains("You also wrote: substitute: \(name)"))
        #expect(try house.owed(by: "sam").contains(Self.annsMail))
    }

    @Test("\"no interest\" counts only without words of one's own; with some, nothing is recorded and they are read")
    func noInterest() throws {
        let house = try Correspondence.asked()
        let link = try #require(try house.links(to: "ann", titled: "Declare that I have no interest"))
        try house.send(
            from: "ann@example.org", subject: link.subject,
            body: "BUT I do have one: my brother owns the marina.\n\n" + link.body)
        #expect(try house.read().first?.refusal?.hasPrefix("This counts only without words of your own") == true)
        #expect(try house.desk.entries().allSatisfy { $0.entry.name != "declare_none" })
        #expect(try house.owed(by: "ann").contains("Declare your interests, or that you have none"))
        #expect(try house.owed(by: "sam").contains(Self.annsMail))
        #expect(try house.answer(to: "ann").contains("my brother owns the marina"))
        try house.send(from: "ann@example.org", subject: link.subject, body: link.body)
        #expect(try house.read().first?.word == "done")
    }

    @Test("an interest is declared by mail, line by line; a line that does not fit is asked for again")
    func interest() throws {
        let house = try Correspondence.asked()
        let link = try #require(try house.links(to: "ann", titled: "Declare an interest"))
        #expect(link.body.contains("(item: Transport grant)") && link.body.contains("kind: one of: financial; professional"))
        let fill = { (kind: String) in
            link.body.replacingOccurrences(of: "item: \r\n", with: "item: 1\r\n")
                .replacingOccurrences(of: "kind: \r\n", with: "kind: \(kind)\r\n")
                .replacingOccurrences(of: "nature: \r\n", with: "nature: My brother\r\nowns a bus.\r\n")
        }
        try house.send(from: "ann@example.org", subject: link.subject, body: fill("friendly"))
        #expect(try house.read().first?.refusal?.contains("professional") == true)
        try house.send(from: "ann@example.org", subject: link.subject, body: fill("personal"))
        #expect(try house.read().first?.word == "done")
        let it = try #require(house.desk.standing.cases(of: "interest").first)
        #expect(it.variables["kind"] == .string("personal"))
        guard case .string(let nature)? = it.variables["nature"] else { throw POSIXError(.EINVAL) }
        #expect(house.desk.standing.words(nature) == "My brother owns a bus.")
        #expect(try !house.owed(by: "sam").contains(Self.annsMail))
    }

    @Test("a report is written by mail, under its headings; one with nothing written is not sent off")
    func report() throws {
        let house = try Correspondence.asked()
        try house.society.at("2026-05-12T13:00:00Z")
        for name in ["ann", "bob", "cora"] { try house.give("arrive", by: "sam", ["person": name, "manner": "room"]) }
        try house.give("preside", by: "sam", ["person": "cora"])
        try house.give("open_meeting", by: "sam")
        try house.society.at("2026-05-12T15:00:00Z")
        try house.give("end_meeting", by: "sam")
        try house.society.at("2026-05-15T11:00:00Z")
        try house.remind()
        let link = try #require(try house.links(to: "ann", titled: "Send the report for checking"))
        #expect(link.body.contains("Three key messages:\r\n\r\nWhat went well:"))
        try house.send(from: "ann@example.org", subject: link.subject, body: link.body)
        #expect(try house.read().first?.refusal?.hasPrefix("Your mail holds no report") == true)
        let written = link.body.replacingOccurrences(
            of: "messages:\r\n", with: "messages:\r\n- Buses stay\r\n  free\r\n- Fees do not rise\r\n\r\nAsk your council.\r\n")
        try house.send(from: "ann@example.org", subject: link.subject, body: written + "\r\n\r\nBest wishes\r\nAnn")
        #expect(try house.read().first?.word == "done")
        let draft = try #require(house.desk.standing.drafts.values.first { $0.document == "feedback_report" && $0.file != nil })
        let text = try house.desk.text(of: draft)
        for point in ["1. Buses stay free", "1. Fees do not rise", "1. Ask your council."] {
            #expect(text.contains(point), "\(text)")
        }
        #expect(!text.contains("Write:") && !text.contains("Best wishes") && text.contains("Report from Health Board"))
        #expect(try !house.owed(by: "ann").contains("Report back") && !house.owed(by: "sam").contains(Self.annsMail))
    }

    @Test("an answer sent twice is noted already; once another was given it is not")
    func twice() throws {
        let house = try Correspondence.called()
        let link = try #require(try house.links(to: "ann", titled: "Say that I will attend"))
        for _ in 0..<2 { try house.send(from: "ann@example.org", subject: link.subject, body: link.body) }
        #expect(try house.read().map(\.word) == ["done", "repeated"])
        #expect(
            try house.answers(to: "ann").sorted() == ["Done: Say that I will attend", "Noted already: Say that I will attend"])
        try house.society.at("2026-04-02T09:00:00Z")
        try house.give("apologise", by: "ann", ["reason": "illness"])
        try house.send(from: "ann@example.org", subject: link.subject, body: link.body)
        #expect(try house.read().first?.refusal?.hasPrefix("This was settled on") == true)
    }

    @Test("each mail that must be read is a duty of its own, can be read, and is settled by itself")
    func unclear() throws {
        let house = try Correspondence.called()
        for number in 1...3 {
            try house.deliver(
                "From: ann@example.org\nMessage-ID: <m\(number)@x>\nSubject: Mail \(number)\n\nWord \(number)\u{1B}[31m\n",
                named: "\(number).ann")
        }
        #expect(try house.read().count == 3)
        #expect(try house.owed(by: "sam").count { $0 == Self.annsMail } == 3)
        for number in 1...3 {
            #expect(try house.notes(to: "sam").contains { $0.contains("mandate inbox show \(number).ann") })
            let mail = try Inbox(desk: house.desk).mail(named: "\(number).ann")
            #expect(mail.subject == "Mail \(number)" && mail.text == "Word \(number)[31m\n" && mail.path.contains("/cur/"))
        }
        #expect(throws: InboxFailure.self) { try Inbox(desk: house.desk).mail(named: "4.ann") }
        #expect(try house.give("settle_mail", by: "sam", meeting: nil).refusal?.kind == .severalCases)
        let first = try #require(house.desk.standing.cases(of: "unclear_mail").first)
        var request = Request("settle_mail", by: "sam")
        request.ofCase = first.id
        guard case .success(let prepared) = try house.desk.prepare(request) else { throw POSIXError(.EINVAL) }
        #expect(try house.desk.perform(prepared.command).refusal == nil)
        #expect(try house.owed(by: "sam").count { $0 == Self.annsMail } == 2)
    }

    @Test("no more than a limit of one person's mails wait to be read, and the rest are left alone, with the reason")
    func limited() throws {
        let house = try Correspondence.called()
        for number in 0..<53 { try house.send(from: "ann@example.org", subject: "Re: hello \(number)") }
        let outcomes = try house.read()
        #expect(outcomes.count { $0.word == "passedOn" } == 50 && outcomes.count { $0.word == "ignored" } == 3)
    }

    @Test("a mail with somebody else's link names the address that it came from, and whose link it was")
    func claimed() throws {
        let house = try Correspondence.called()
        let link = try #require(try house.links(to: "ann", titled: "Say that I will attend"))
        try house.send(from: "bob@example.org", subject: link.subject)
        #expect(try house.read().first?.word == "passedOn")
        #expect(try house.owed(by: "sam").contains("Judge a mail that answers for Ann Archer from another address"))
        #expect(try !house.owed(by: "sam").contains(Self.annsMail))
        #expect(
            try house.notes(to: "sam").contains {
                $0.contains("from bob@example.org (Bob Brown), and what it answers was sent to Ann Archer. Nothing was done")
            })
        let entries = try house.desk.entries()
        #expect(entries.allSatisfy { !"\($0.entry)".contains("bob@example.org") }, "addresses stay out of the journal")
    }
}
