import CEL
import Documents
import Foundation
import Governance
import Journals
import Post
import Testing
import Workflows

@testable import Secretariat

extension Correspondence {
    /// The links in the newest message to a person, by what they say: subject and body of the mail that each opens.
    func links(to person: String, titled title: String) throws -> (subject: String, body: String)? {
        for message in try mails(to: person).reversed() {
            let text = Self.decoded(String(decoding: message.bytes ?? [], as: UTF8.self))
            for part in text.components(separatedBy: "<mailto:answers@example.org?subject=").dropFirst() {
                guard let address = part.components(separatedBy: ">").first else { continue }
                let halves = address.components(separatedBy: "&body=").map { $0.removingPercentEncoding ?? "" }
                if halves.count == 2, halves[0].hasPrefix(title) { return (halves[0], halves[1]) }
            }
        }
        return nil
    }

    private static func decoded(_ text: String) -> String {
        text.replacingOccurrences(of: "=\r\n", with: "").replacingOccurrences(of: "=3D", with: "=")
    }

    /// Delivers a mail into the inbox; line ends become those of mail.
    func deliver(_ text: String, named name: String? = nil) throws {
        let new = society.folder + "/inbox/new"
        try FileManager.default.createDirectory(atPath: new, withIntermediateDirectories: true)
        let name = name ?? "\(1000 + society.hands.drawn).\(UUID().uuidString)"
        society.hands.drawn += 1
        let bytes = Data(text.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(of: "\n", with: "\r\n").utf8)
        try bytes.write(to: URL(fileURLWithPath: new + "/" + name))
    }

    /// A mail as a plain mail program sends it when the link is followed.
    func send(from sender: String, subject: String, body: String = "", id: String = UUID().uuidString, more: String = "") throws
    {
        try deliver(
            "From: Somebody <\(sender)>\nTo: answers@example.org\nMessage-ID: <\(id)@mail.example>\n\(more)Subject: \(subject)\n\n\(body)\n"
        )
    }

    @discardableResult
    func read() throws -> [MailOutcome] {
        try #require(try Inbox(desk: desk).read()).compactMap { mail in
            if case .handled(let outcome) = mail.result { outcome } else { nil }
        }
    }

    /// Where the case of a person for the meeting stands.
    func states(of person: String) throws -> [String] {
        let id = try desk.lookup().person(person)
        return desk.standing.cases(of: "representative").filter { desk.standing.keys(of: $0).all[.person] == id }
            .first { $0.subjects[.meeting] == "m1" }?.active ?? []
    }

    func attends(_ person: String) throws -> Bool { try states(of: person).contains { $0.hasSuffix("coming") } }

    /// The subjects of the answers to a person.
    func answers(to person: String) throws -> [String] {
        try mails(to: person).filter { $0.key.hasPrefix("answer/") }.compactMap { LetterNote.read($0.json)?.subject }
    }

    func owed(by person: String) throws -> [String] {
        desk.registrar.owed(by: try desk.lookup().person(person), in: desk.standing, now: desk.now).map(\.title)
    }

    /// With the meeting called, so that its members have links to answer by.
    static func called() throws -> Correspondence {
        let house = try Correspondence()
        try house.give("give_notice", by: "sam")
        return house
    }
}

@Suite struct InboxTests {
    @Test("who follows the link attends, is told so in the thread of their mail, and the mail is put away")
    func attending() throws {
        let house = try Correspondence.called()
        let link = try #require(try house.links(to: "ann", titled: "Say that I will attend"))
        try house.send(from: "Ann@Example.org", subject: link.subject, body: link.body, id: "one")
        #expect(try house.read() == [.done(command: "accept", person: house.desk.lookup().person("ann"))])
        #expect(try house.attends("ann") && !house.attends("bob"))
        #expect(try house.answers(to: "ann") == ["Done: Say that I will attend"])
        let answer = try #require(try house.mails(to: "ann").last { $0.key.hasPrefix("answer/") }?.bytes)
        #expect(answer.contains("References: <one@mail.example>") && answer.contains("Auto-Submitted: auto-generated"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: house.society.folder + "/inbox/new").isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: house.society.folder + "/inbox/cur").count == 1)
        let entry = try #require(house.desk.entries().last { $0.entry.name == "accept" })
        #expect(entry.entry.actor == (try house.desk.lookup().person("ann")) && entry.commandID?.hasPrefix("mail/") == true)
    }

    @Test(
        "apologies carry a reason from the form's words, and any other words are `other`",
        arguments: [
            ("reason: illness", "illness"), ("Reason:  Leave", "leave"), ("reason: my sister marries", "other"), ("", "other"),
        ])
    func apologising(line: String, reason: String) throws {
        let house = try Correspondence.called()
        let link = try #require(try house.links(to: "ann", titled: "Send apologies"))
        try house.send(from: "ann@example.org", subject: link.subject, body: line)
        #expect(try house.read().count == 1)
        let entry = try #require(house.desk.entries().last { $0.entry.name == "apologise" }).entry
        guard case .string(let key)? = entry.fields["reason"] else {
            Issue.record("there is no reason")
            return
        }
        #expect(house.desk.standing.words(key) == reason)
    }

    @Test("the same mail twice, and one met again after a crash, is one command and one answer")
    func once() throws {
        let house = try Correspondence.called()
        let link = try #require(try house.links(to: "ann", titled: "Say that I will attend"))
        try house.send(from: "ann@example.org", subject: link.subject, id: "same")
        try house.send(from: "ann@example.org", subject: link.subject, id: "same")
        #expect(try house.read().count == 1)
        let folder = house.society.folder + "/inbox/"
        for name in try FileManager.default.contentsOfDirectory(atPath: folder + "cur") {
            try FileManager.default.moveItem(
                atPath: folder + "cur/" + name, toPath: folder + "new/" + name.prefix { $0 != ":" })
        }
        let again = try #require(try Inbox(desk: house.desk).read())
        #expect(again.count == 2 && again.allSatisfy { $0.known?.word == "done" })
        #expect(try house.desk.entries().count { $0.entry.name == "accept" } == 1)
        #expect(try house.answers(to: "ann").count == 1)
    }

    @Test("a rehearsal says what would become of each mail, and changes nothing")
    func rehearsal() throws {
        let house = try Correspondence.called()
        let link = try #require(try house.links(to: "ann", titled: "Say that I will attend"))
        try house.send(from: "ann@example.org", subject: link.subject)
        let before = try house.desk.entries().count
        let shown = try #require(try Inbox(desk: house.desk).read(isRehearsal: true))
        #expect(shown.count == 1 && shown[0].handled?.word == "done")
        #expect(try house.desk.entries().count == before && house.answers(to: "ann").isEmpty)
        #expect(try house.read().count == 1 && house.attends("ann"))
    }

    @Test("a token of another person, for another command or made up is never a command")
    func forged() throws {
        let house = try Correspondence.called()
        let link = try #require(try house.links(to: "ann", titled: "Say that I will attend"))
        try house.send(from: "bob@example.org", subject: link.subject)
        try house.send(from: "stranger@evil.example", subject: link.subject)
        try house.send(from: "ann@example.org", subject: link.subject.replacingOccurrences(of: "accept", with: "apologise"))
        try house.send(from: "ann@example.org", subject: "[#d1-accept-00000000-00000000000000000000000000000000]")
        try house.send(from: "stranger@evil.example", subject: "Buy now")
        try house.deliver("From: ann@example.org\nFrom: ann@example.org\nSubject: \(link.subject)\n\nx\n")
        let outcomes = try house.read()
        #expect(outcomes.count == 6 && !outcomes.contains { $0.word == "done" }, "\(outcomes)")
        #expect(try !house.attends("ann") && !house.attends("bob"))
        #expect(try house.owed(by: "sam").contains("Judge a mail that answers for Ann Archer from another address"))
        #expect(try house.desk.messages().allSatisfy { !$0.address.contains("evil") }, "strangers are not answered")
    }

    @Test("a mail written after the meeting moved is refused, with the links that hold now")
    func outdated() throws {
        let house = try Correspondence.called()
        let old = try #require(try house.links(to: "ann", titled: "Say that I will attend"))
        try house.society.at("2026-04-01T09:00:00Z")
        try house.give("reschedule", by: "sam", ["start": "2026-05-19 14:00"])
        try house.send(from: "ann@example.org", subject: old.subject)
        let outcomes = try house.read()
        #expect(
            (outcomes.first?.refusal?.hasPrefix("The meeting has moved") == true))
        let new = try #require(try house.links(to: "ann", titled: "Say that I will attend"))
        #expect(new.subject != old.subject)
        try house.send(from: "ann@example.org", subject: new.subject)
        #expect(try house.read().count == 1 && house.attends("ann"))
        try house.send(from: "ann@example.org", subject: new.subject)
        #expect(try house.read() == [.repeated(command: "accept", person: house.desk.lookup().person("ann"))])
        #expect(try house.answers(to: "ann").count == 3)
    }

    @Test("\"Done\" confirms the whole list as the mail showed it, ticks it and settles the duty; a longer list is shown again")
    func checklist() throws {
        let house = try Correspondence.called()
        try house.give("add_paper", by: "sam", ["title": "The grant in full"])
        try house.give("publish_agenda", by: "sam")
        try house.give("circulate", by: "sam")
        try house.society.at("2026-05-07T11:00:00Z")
        try house.remind()
        let old = try #require(try house.links(to: "ann", titled: "Say that I have read the papers"))
        #expect(old.body.contains("All of this is done:\r\n- Read The grant in full\r\n- Ask of Transport grant"))
        try house.give("add_paper", by: "sam", ["title": "A late table"])
        try house.give("circulate", by: "sam")
        try house.send(from: "ann@example.org", subject: old.subject, body: old.body)
        #expect(
            ((try? house.read())?.first?.refusal?.contains("more on the list") == true))
        let new = try #require(try house.links(to: "ann", titled: "Say that I have read the papers"))
        try house.send(from: "ann@example.org", subject: new.subject, body: new.body)
        #expect(try house.read() == [.done(command: "confirm_read", person: house.desk.lookup().person("ann"))])
        #expect(try house.desk.entries().count { $0.entry.kind == .tick } == 4)
        #expect(try !house.owed(by: "ann").contains("Read the papers"))
    }

    @Test(
        "vacation replies, lists and receipts are left alone, also with a token in their subject",
        arguments: [
            "Auto-Submitted: auto-replied\n", "Precedence: bulk\n", "List-Id: <members.example.org>\n", "Return-Path: <>\n",
            "X-Autoreply: yes\n",
        ])
    func automatic(head: String) throws {
        let house = try Correspondence.called()
        let link = try #require(try house.links(to: "ann", titled: "Say that I will attend"))
        try house.send(from: "ann@example.org", subject: "Re: " + link.subject, body: "I am away until Monday.", more: head)
        let outcomes = try house.read()
        #expect(outcomes.first?.word == "ignored")
        #expect(
            try !house.attends("ann") && house.answers(to: "ann").isEmpty
                && house.owed(by: "sam").allSatisfy { !$0.contains("wrote") })
    }

    @Test("a plain reply, quoting all our links, is nobody's command: the secretary reads it, and its sender is told")
    func unclear() throws {
        let house = try Correspondence.called()
        let invitation = try #require(try house.mails(to: "ann").first)
        let quoted = try #require(try house.links(to: "ann", titled: "Send apologies"))
        try house.deliver(
            """
            From: Ann Archer <ann@example.org>
            Message-ID: <r1@mail.gmail.com>
            In-Reply-To: \(invitation.messageID)
            Subject: Re: Invitation: Health Board
            Content-Type: text/plain; charset=utf-8

            Yes, I think so, or no.

            Secretariat wrote:
            \(quoted.subject)
            """, named: "5.plain")
        let ann = try house.desk.lookup().person("ann")
        #expect(try house.read() == [.passedOn(reason: "it holds no answer that a program can read", person: ann)])
        let owed = house.desk.registrar.owed(
            by: try house.desk.lookup().person("sam"), in: house.desk.standing, now: house.desk.now)
        #expect(owed.first { $0.title == "Read what Ann Archer wrote by mail" }?.note?.contains("5.plain") == true)
        #expect(try house.answers(to: "ann") == ["Passed on: Re: Invitation: Health Board"])
        #expect(try house.give("settle_mail", by: "sam", meeting: nil).refusal == nil)
        #expect(try !house.owed(by: "sam").contains("Read what Ann Archer wrote by mail"))
    }

    @Test("a mail of ours that came back opens the duty to confirm the address, and one that we never sent does not")
    func bounce() throws {
        let house = try Correspondence.called()
        let ours = try #require(try house.mails(to: "bob").first).messageID
        for id in ["<made.up@example.org>", ours] {
            try house.deliver(
                """
                From: MAILER-DAEMON@mx.example.org
                Message-ID: <dsn\(id.count)@mx.example.org>
                Content-Type: multipart/report; report-type=delivery-status; boundary="B"

                --B
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.org

                Final-Recipient: rfc822; bob@example.org
                Action: failed
                Status: 5.1.1

                --B
                Content-Type: text/rfc822-headers

                Message-ID: \(id)
                --B--
                """)
        }
        let outcomes = try house.read()
        #expect(outcomes.count { $0 == .bounced(person: (try? house.desk.lookup().person("bob")) ?? "") } == 1)
        #expect(try house.owed(by: "sam").contains("Confirm the contact details of Bob Brown"))
        try house.give("confirm_contact", by: "sam", meeting: nil)
        #expect(try !house.owed(by: "sam").contains("Confirm the contact details of Bob Brown"))
    }

    @Test("a limit holds how often a day anybody is answered")
    func loop() throws {
        let house = try Correspondence.called()
        for number in 0..<30 { try house.send(from: "ann@example.org", subject: "Re: hello \(number)") }
        #expect(try house.read().count == 30)
        #expect(try house.answers(to: "ann").count == 20)
    }

    @Test("one bad file blocks no other: what is empty, a folder, or senseless goes by")
    func senseless() throws {
        let house = try Correspondence.called()
        let link = try #require(try house.links(to: "ann", titled: "Say that I will attend"))
        try house.deliver("", named: "1.empty")
        try house.deliver("\u{0}\u{0}\n\n=?utf-8?B?", named: "2.rubbish")
        try FileManager.default.createDirectory(
            atPath: house.society.folder + "/inbox/new/3.folder", withIntermediateDirectories: true)
        try house.send(from: "ann@example.org", subject: link.subject)
        let all = try #require(try Inbox(desk: house.desk).read())
        #expect(all.count == 4 && all.count { $0.handled == nil && $0.known == nil } == 1)
        #expect(try house.attends("ann"))
    }

    @Test(
        "a thousand mutated answers crash nothing and give no command but the one that was asked for", arguments: [UInt64(11)])
    func mutated(seed: UInt64) throws {
        print("seed \(seed)")
        let house = try Correspondence.called()
        let link = try #require(try house.links(to: "ann", titled: "Send apologies"))
        let token = try #require(AnswerToken(in: link.subject))
        let whole =
            "From: Ann <ann@example.org>\r\nMessage-ID: <m@x>\r\nSubject: Send apologies \(token.text)\r\nContent-Type: text/plain\r\n\r\nreason: leave\r\n"
        var state = seed
        func roll(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(truncatingIfNeeded: state >> 33) % max(1, below)
        }
        let secret = Secret(try #require(try house.journalKey()))
        let ann = try house.desk.lookup().person("ann")
        var genuine = 0
        for _ in 0..<1000 {
            var bytes = Array(whole.utf8)
            for _ in 0...roll(3) {
                switch roll(3) {
                case 0: bytes = Array(bytes.prefix(roll(bytes.count + 1)))
                case 1 where !bytes.isEmpty: bytes[roll(bytes.count)] = UInt8(roll(256))
                case 2 where !bytes.isEmpty: bytes.remove(at: roll(bytes.count))
                default: bytes.insert(UInt8(roll(256)), at: roll(bytes.count + 1))
                }
            }
            let mail = ReceivedMail(bytes)
            let isGenuine =
                mail.sender == "ann@example.org" && AnswerToken(in: mail.subject)?.isMade(for: ann, by: secret) == true
            let result = try house.desk.handle(mail, bytes, file: "x", isRehearsal: true)
            if case .handled(.done) = result {
                #expect(isGenuine, "\(String(decoding: bytes, as: UTF8.self))")
                genuine += 1
            }
        }
        #expect(genuine > 20 && genuine < 900, "\(genuine)")
    }
}

extension Correspondence {
    func journalKey() throws -> String? { try desk.journal.read { try $0.meta("installation") } }
}

extension MailOutcome {
    var word: String {
        switch self {
        case .done: "done"
        case .repeated: "repeated"
        case .refused: "refused"
        case .passedOn: "passedOn"
        case .bounced: "bounced"
        case .ignored: "ignored"
        }
    }

    var refusal: String? { if case .refused(let reason, _) = self { reason } else { nil } }
}

extension HandledMail {
    var handled: MailOutcome? { if case .handled(let outcome) = result { outcome } else { nil } }

    var known: MailOutcome? { if case .known(let outcome) = result { outcome } else { nil } }
}
