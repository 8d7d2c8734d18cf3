import Foundation
import Testing

@testable import Post

/// Messages as mail programs write them.
@Suite struct ReceivedMailTests {
    private func mail(_ text: String) -> ReceivedMail {
        ReceivedMail(Array(text.replacingOccurrences(of: "\n", with: "\r\n").utf8))
    }

    @Test("a reply of Gmail: the sender, the subject, and their own words without what they answer")
    func gmail() {
        let it = mail(
            """
            Return-Path: <ann@example.org>
            MIME-Version: 1.0
            From: =?UTF-8?B?QW5uIEFyY2jDqXI=?= <Ann@Example.org>
            Date: Tue, 5 May 2026 09:10:00 +0100
            Message-ID: <CAF=abc+1@mail.gmail.com>
            In-Reply-To: <0123@example.org>
            References: <0000@example.org> <0123@example.org>
            Subject: =?UTF-8?Q?Re=3A_Caf=C3=A9?= =?UTF-8?Q?_and_tea_[#d1-acc?=
             =?UTF-8?Q?ept-x]?=
            To: Secretariat <answers@example.org>
            Content-Type: multipart/alternative; boundary="000000000000aa"

            --000000000000aa
            Content-Type: text/plain; charset="UTF-8"
            Content-Transfer-Encoding: quoted-printable

            Yes, I=E2=80=99ll come.

            On Tue, 5 May 2026 at 09:00, Secretariat <secretariat@example.org>
            wrote:

            > Dear Ann,
            > please answer [#d9-apologise-y]

            --000000000000aa
            Content-Type: text/html; charset="UTF-8"

            <div dir="ltr">Yes</div>

            --000000000000aa--
            """)
        #expect(it.sender == "ann@example.org" && it.messageID == "<CAF=abc+1@mail.gmail.com>")
        #expect(it.subject == "Re: Café and tea [#d1-accept-x]")
        #expect(it.ownText == "Yes, I’ll come.")
        #expect(it.answered.prefix(2) == ["<0123@example.org>", "<0123@example.org>"])
        #expect(it.senderKind == .person)
    }

    @Test("a reply of Outlook: a page alone, in Windows' letters, with the message below a line")
    func outlook() {
        let page =
            "<html><head><style>p{}</style></head><body><p>why: I&#8217;m at a caf\u{E9} &amp; can\u{2019}t</p>"
            + "<p>________________________________<br>From: Secretariat &lt;s@example.org&gt;<br>Sent: 5 May</p></body></html>"
        let bytes = page.unicodeScalars.map { $0 == "\u{2019}" ? UInt8(0x92) : UInt8($0.value) }
        let head =
            "From: \"Archer, Ann (Dr)\" <ann@example.org>\r\nSubject: x\r\nContent-Type: text/html; charset=\"Windows-1252\"\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\n"
        let it = ReceivedMail(Array((head + Data(bytes).base64EncodedString(options: .lineLength76Characters)).utf8))
        #expect(it.sender == "ann@example.org")
        #expect(it.ownText == "why: I’m at a café & can’t")
    }

    @Test("a reply of an iPhone: its signature and what it quotes are left out")
    func iPhone() {
        let it = mail(
            """
            From: Ann <ann@example.org>
            Subject: Re: Reminder
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 7bit
            Mime-Version: 1.0 (1.0)

            On my way

            Sent from my iPhone

            > On 5 May 2026, at 09:00, Secretariat <s@example.org> wrote:
            > words
            """)
        #expect(it.ownText == "On my way" && it.senderKind == .person)
    }

    @Test(
        "a From that could mean several is nobody's",
        arguments: [
            "From: a@x.org, b@x.org", "From: a@x.org\nFrom: b@x.org", "From: \"a@x.org\" <>", "From:", "X: y",
            "From: undisclosed:;", "From: a@x.org <b@x.org",
        ])
    func noSender(head: String) { #expect(mail(head + "\n\nx").sender == nil) }

    @Test(
        "names in quotes and comments with brackets and commas in them mislead nobody",
        arguments: [
            "From: \"b@x.org, <c@x.org>\" <a@x.org>", "From: (b@x.org) a@x.org (c)", "From: a@x.org",
            "From: =?utf-8?Q?=3Cb@x.org=3E?= <a@x.org>",
        ])
    func sender(head: String) { #expect(mail(head + "\n\nx").sender == "a@x.org") }

    @Test(
        "what programs and lists send is told from what people send",
        arguments: [
            ("Auto-Submitted: auto-replied", "auto-submitted: auto-replied"),
            ("Auto-Submitted: auto-generated (vacation)", "auto-submitted: auto-generated"),
            ("X-Autoreply: yes", "x-autoreply"),
            ("Precedence: auto_reply", "precedence: auto_reply"), ("Return-Path: <>", "an empty return path"),
            ("Subject: Automatic reply: Reminder", "its subject"),
            ("Subject: =?utf-8?Q?R=C3=A9ponse_automatique?=", "its subject"),
        ])
    func automatic(head: String, sign: String) {
        #expect(mail("From: a@x.org\n\(head)\n\nI am away.").senderKind == .automatic(sign: sign))
    }

    @Test(
        "lists and mass mail",
        arguments: ["List-Id: <x.y>", "List-Unsubscribe: <mailto:u@y>", "Precedence: bulk", "Precedence: List"])
    func bulk(head: String) {
        guard case .bulk = mail("From: a@x.org\n\(head)\n\nx").senderKind else {
            Issue.record("\(head) is not known")
            return
        }
    }

    @Test("word that a program answered for nobody is a person's") func person() {
        #expect(mail("From: a@x.org\nAuto-Submitted: no\n\nx").senderKind == .person)
    }

    static let report = """
        From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
        To: secretariat@example.org
        Subject: Undelivered Mail Returned to Sender
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="B/1"

        --B/1
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

        I'm sorry to have to inform you that your message could not be delivered.

        --B/1
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.org

        Final-Recipient: rfc822; Ann@example.org
        Original-Recipient: rfc822;ann@example.org
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 <ann@example.org>: no such user

        --B/1
        Content-Type: message/rfc822

        Message-ID: <feed@example.org>
        Subject: Reminder

        Dear Ann
        --B/1--
        """

    @Test("a report of a failed delivery says whom it did not reach, and which message it was (RFC 3464)")
    func bounce() {
        #expect(
            mail(Self.report).senderKind
                == .bounce(
                    Bounce(
                        recipients: ["ann@example.org"], messageIDs: ["<feed@example.org>"],
                        reason: "smtp; 550 5.1.1 <ann@example.org>: no such user")))
        let late = Self.report.replacingOccurrences(of: "Action: failed", with: "Action: delayed")
        guard case .automatic = mail(late).senderKind else {
            Issue.record("a delay is no failure")
            return
        }
    }

    @Test("mail systems that write no report are understood too")
    func olderBounces() {
        let exim = """
            From: Mail Delivery System <Mailer-Daemon@mx.example.org>
            X-Failed-Recipients: ann@example.org
            Auto-Submitted: auto-replied

            A message that you sent could not be delivered:
              ann@example.org
            ------ This is a copy of the message's headers. ------
            Message-ID: <feed@example.org>
            """
        let qmail = """
            From: MAILER-DAEMON@mx.example.org
            Subject: failure notice

            Hi. This is the qmail-send program.
            <ann@example.org>:
            This address no longer accepts mail.
            --- Below this line is a copy of the message.
            Message-ID: <feed@example.org>
            """
        for text in [exim, qmail] {
            guard case .bounce(let bounce) = mail(text).senderKind else {
                Issue.record("no bounce: \(text)")
                continue
            }
            #expect(bounce.recipients.contains("ann@example.org") && bounce.messageIDs.contains("<feed@example.org>"))
        }
    }

    @Test(
        "the character sets of mail are read, and one that is unknown is guessed at",
        arguments: [
            ("iso-8859-15", [UInt8(0xA4)], "€"), ("koi8-r", [0xCD], "м"), ("utf-16be", [0x20, 0xAC], "€"),
            ("x-unheard-of", [0xE9], "é"),
            ("utf-8", [0xC3, 0xA9], "é"), ("us-ascii", [0xE9], "é"), ("gb18030", [0xD6, 0xD0], "中"),
        ])
    func charsets(name: String, bytes: [UInt8], words: String) {
        let head = "From: a@x.org\nContent-Type: text/plain; charset*=us-ascii''\(name)\n\n"
        #expect(ReceivedMail(Array(head.utf8) + bytes).text == words)
    }

    @Test(
        "no bytes stop it: mutated, cut and senseless messages are taken apart as far as they go",
        arguments: [UInt64(3), 20_261_118])
    func anyBytes(seed: UInt64) {
        print("seed \(seed)")
        var dice = Bytes(state: seed)
        for _ in 0..<1000 {
            var bytes = Array(Self.report.utf8)
            for _ in 0...dice.roll(6) {
                switch dice.roll(3) {
                case 0: bytes = Array(bytes.prefix(dice.roll(bytes.count + 1)))
                case 1 where !bytes.isEmpty: bytes[dice.roll(bytes.count)] = UInt8(dice.roll(256))
                default:
                    let pieces = [
                        "=?utf-8?B?", "\r\n", "Content-Type: multipart/mixed; boundary=\"B/1\"\r\n\r\n", "--B/1\r\n", "<",
                        "\u{0}", "=",
                    ]
                    bytes.insert(contentsOf: pieces[dice.roll(pieces.count)].utf8, at: dice.roll(bytes.count + 1))
                }
            }
            let it = ReceivedMail(bytes)
            _ = (it.senderKind, it.ownText, it.subject, it.sender, it.answered, it.calendars)
        }
        let deep = String(repeating: "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", count: 5000)
        #expect(ReceivedMail(Array(deep.utf8)).pieces.count <= ReceivedMail.mostPieces)
        #expect(ReceivedMail([]).pieces.count == 1 && ReceivedMail([]).sender == nil)
    }

    /// Numbers that a seed gives again.
    struct Bytes {
        var state: UInt64

        mutating func roll(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(truncatingIfNeeded: state >> 33) % max(1, below)
        }
    }
}
