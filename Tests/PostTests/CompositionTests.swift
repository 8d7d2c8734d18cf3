import Foundation
import Testing

@testable import Post

@Suite("A composed message")
struct CompositionTests {
    @Test("a plain letter is written as a person would write it")
    func plain() throws {
        #expect(
            try Message.sample(subject: "Agenda for Tuesday").composedLines() == [
                "Date: Tue, 14 Apr 2026 09:30:00 +0100",
                "From: The Secretary <secretary@example.org>",
                "To: Ann Lee <ann@example.org>",
                "Message-ID: <m1@example.org>",
                "Subject: Agenda for Tuesday",
                "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=us-ascii",
                "Content-Transfer-Encoding: 7bit",
                "",
                "Dear Ann,",
                "",
            ])
    }

    @Test("the same message gives the same bytes")
    func deterministic() throws {
        let message = try Message.sample(text: "Grüße", html: "<p>Grüße</p>")
        #expect(try message.composed() == message.composed())
    }

    @Test("a line break or NUL in any header value is refused, and names the field", arguments: ["\r", "\n", "\r\n", "\0"])
    func injection(mark: String) throws {
        let evil = "x\(mark)Bcc: eve@example.org"
        func refused(_ field: String, _ change: (inout Message) throws -> Void) throws {
            var message = try Message.sample()
            try change(&message)
            #expect(throws: CompositionError.forbiddenCharacter(field: field)) { try message.composed() }
        }
        try refused("Subject") { $0.subject = evil }
        try refused("From") { $0.from.name = evil }
        try refused("To") { $0.to[0].name = evil }
        try refused("Reply-To") { $0.replyTo = try Mailbox(name: evil, address: "a@example.org") }
        try refused("X-Note") { $0.headers = [Header("X-Note", evil)] }
        try refused("filename") { $0.attachments = [Attachment(name: evil, mediaType: "text/csv", bytes: [])] }
        try refused("method") {
            $0.attachments = [
                Attachment(name: "a", mediaType: "text/calendar", parameters: [Header("method", evil)], bytes: [])
            ]
        }
        var message = try Message.sample()
        message.messageID = "<x\(mark)@example.org>"
        #expect(throws: CompositionError.messageID(message.messageID)) { try message.composed() }
        message.messageID = "<m@example.org>"
        message.references = ["<a@b>\(mark)"]
        #expect(throws: CompositionError.messageID("<a@b>\(mark)")) { try message.composed() }
        #expect(throws: CompositionError.address(evil)) { try Mailbox(address: evil) }
    }

    @Test(
        "a header of the message's own, or no header at all, cannot be added",
        arguments: ["Subject", "bcc", "Content-Type", "X Note", "X:", "", "Größe"])
    func headerNames(name: String) throws {
        var message = try Message.sample()
        message.headers = [Header(name, "x")]
        #expect(throws: CompositionError.headerName(name)) { try message.composed() }
    }

    @Test("what is missing or malformed is refused by name")
    func malformed() throws {
        var message = try Message.sample()
        message.to = []
        #expect(throws: CompositionError.noRecipient) { try message.composed() }
        for zone in ["Z", "0100", "+01:00", "+2400", "+0160", "+1", "＋0100"] {
            message = try Message.sample()
            message.zoneOffset = zone
            #expect(throws: CompositionError.zoneOffset(zone)) { try message.composed() }
        }
        for id in ["m@example.org", "<m>", "<@x>", "<a@b@c>", "<a b@c>", "<ä@c>", ""] {
            message = try Message.sample()
            message.messageID = id
            #expect(throws: CompositionError.messageID(id)) { try message.composed() }
        }
        for type in ["pdf", "application/", "application/pdf; x=1", "a/b/c"] {
            message = try Message.sample()
            message.attachments = [Attachment(name: "a", mediaType: type, bytes: [])]
            #expect(throws: CompositionError.mediaType(type)) { try message.composed() }
        }
        message = try Message.sample()
        message.subject = String(repeating: "x", count: HeaderLines.longestValue + 1)
        #expect(throws: CompositionError.tooLong(field: "Subject")) { try message.composed() }
    }

    @Test(
        "an address is local@domain in ASCII",
        arguments: [
            ("ann@example.org", true), ("ann.lee+x@mail.example.org", true), ("o'brien@example.org", true), ("a@b", true),
            ("ann", false), ("@example.org", false), ("ann@", false), ("a b@example.org", false), ("ann@exa mple.org", false),
            ("-oQ/tmp@example.org", false), ("a..b@example.org", false), (".a@example.org", false), ("a@example..org", false),
            ("ann@example.org>", false), ("ä@example.org", false), ("a@exämple.org", false), ("a@b,c@d", false), ("", false),
        ])
    func addresses(text: String, isAddress: Bool) {
        #expect(((try? Address(text)) != nil) == isAddress)
    }

    @Test(
        "the date is printed in the zone it was given",
        arguments: [
            (0, "+0000", "Thu, 01 Jan 1970 00:00:00 +0000"),
            (951_782_400, "+0000", "Tue, 29 Feb 2000 00:00:00 +0000"),
            (1_782_858_600, "+0100", "Tue, 30 Jun 2026 23:30:00 +0100"),
            (1_767_225_599, "-0330", "Wed, 31 Dec 2025 20:29:59 -0330"),
            (-1, "+0000", "Wed, 31 Dec 1969 23:59:59 +0000"),
            (4_107_542_399, "+0000", "Sun, 28 Feb 2100 23:59:59 +0000"),
            (4_107_542_400, "+0000", "Mon, 01 Mar 2100 00:00:00 +0000"),
        ] as [(Int64, String, String)])
    func dates(instant: Int64, zone: String, text: String) throws {
        #expect(try dateText(instant, zoneOffset: zone) == text)
    }

    @Test("an instant beyond all calendars is printed all the same", arguments: [Int64.min, .max])
    func extremeDates(instant: Int64) throws {
        #expect(try dateText(instant, zoneOffset: "-2359").utf8.count == 31)
        #expect(try dateText(instant, zoneOffset: "+2359").utf8.count == 31)
    }

    @Test("text that quoted-printable and base64 were made for is what their standards show")
    func encodings() {
        #expect(base64([]) == "")
        for (text, code) in [("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")] {
            #expect(base64(Array(text.utf8)[...]) == code)
        }
        #expect(quotedPrintable(canonicalLines("a=b ü \nFrom x\n.\nend ")) == "a=3Db =C3=BC=20\r\n=46rom x\r\n=2E\r\nend=20")
        #expect(canonicalLines("a\nb\r\nc\rd\n\n").map { String(decoding: $0, as: UTF8.self) } == ["a", "b", "c", "d", "", ""])
    }

    @Test("a long thread names its first and its latest messages")
    func references() throws {
        var message = try Message.sample()
        message.references = (1...200).map { "<\($0)@example.org>" }
        let unfolded = try message.composedLines().joined(separator: "\n").replacingOccurrences(of: "\n ", with: " ")
        let line = try #require(unfolded.split(separator: "\n").first { $0.hasPrefix("References:") })
        let ids = line.split(separator: " ").dropFirst()
        #expect(ids.count == Message.mostReferences && ids.first == "<1@example.org>" && ids.last == "<200@example.org>")
    }
}
