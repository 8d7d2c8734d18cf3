import Foundation
import Testing

@testable import Post

/// Read back by Python's `email`, an implementation that is not ours; left out where there is no Python.
@Suite("Another's mail reader reads what we wrote", .enabled(if: Letter.python != nil))
struct RoundTripTests {
    /// Composes, checks what holds for every message on the wire, and reads it back.
    private func roundTrip(_ message: Message) throws -> Letter {
        let bytes = try message.composed()
        #expect(bytes.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x0D || $0 == 0x0A || $0 == 0x09 })
        let lines = try message.composedLines()
        #expect(lines.allSatisfy { $0.utf8.count <= 78 && !$0.contains("\n") && !$0.contains("\r") })
        #expect(!lines.contains { $0.hasPrefix("From ") || $0.hasPrefix(".") }, "nothing on the way has a reason to change it")
        let headers = lines.prefix { !$0.isEmpty }
        #expect(headers.allSatisfy { !$0.allSatisfy { $0 == " " } }, "no header line of spaces only")
        let letter = try Letter.read(bytes)
        #expect(letter.defects == [])
        return letter
    }

    @Test(
        "a subject comes back whole, however it looks",
        arguments: [
            "Agenda", "Größe, naïveté & 会議の議題 🦊", "  two  spaces  ", "=?utf-8?B?eA==?= is not decoded", "a\ttab",
            "", " ", "?=", "Re: [partnership] \"quoted\" <angle> (comment), semicolon; colon:",
            String(repeating: "a word ", count: 60) + "end", String(repeating: "x", count: 2_000),
            String(repeating: "é", count: 300), String(repeating: "👩‍👩‍👧‍👦", count: 40), "\u{7F}\u{1}",
        ])
    func subjects(subject: String) throws {
        let letter = try roundTrip(Message.sample(subject: subject))
        #expect(letter.headers["Subject"] == subject)
    }

    @Test(
        "a name comes back whole, however it looks",
        arguments: [
            "Ann Lee", "Seán Ó Briain", "O'Brien & Sons", "Lee, Ann (secretary)", "\"Quoted\" \\ Name", "a@b", "名前",
            String(repeating: "Long Name ", count: 12) + "End", String(repeating: "ß", count: 100), "Dr. Who", "=?x?=",
        ])
    func names(name: String) throws {
        var message = try Message.sample()
        message.from.name = name
        message.to = [
            try Mailbox(name: name, address: "ann@example.org"), try Mailbox(address: "bo@example.org"),
            try Mailbox(name: name, address: String(repeating: "x", count: 50) + "@" + "example.org"),
        ]
        let letter = try roundTrip(message)
        #expect(letter.from == [Letter.Person(name: name, address: "secretary@example.org")])
        #expect(letter.to.map(\.name) == [name, "", name])
        #expect(letter.to.map(\.address) == message.to.map(\.address.text))
    }

    @Test(
        "a text comes back whole, in an encoding that suits it",
        arguments: [
            ("Dear Ann,\nthe agenda.\n", "7bit"),
            ("", "7bit"),
            ("From here on\n.\n..dots\nFrom\n", "quoted-printable"),
            ("trailing space \nand tab\t\n\n", "quoted-printable"),
            ("Sehr geehrte Frau Lee, schöne Grüße aus Köln = 100 %\n", "quoted-printable"),
            ("会議の議題は来週の火曜日に送ります\n", "base64"),
            (String(repeating: "long line ", count: 300) + "\n", "quoted-printable"),
            (String(repeating: "x", count: 75) + "From .\n", "quoted-printable"),
            (String(repeating: "x", count: 75) + ".From .\n", "quoted-printable"),
            (String(repeating: "x", count: 76) + "\n" + String(repeating: "y", count: 75) + " \n", "quoted-printable"),
            (String(repeating: "=", count: 200) + "\n", "quoted-printable"),
            ("a line that looks like --=_mandate_alternative\n", "quoted-printable"),
            ("control \u{1} and \0 and \u{7F}\n", "quoted-printable"),
        ])
    func texts(text: String, encoding: String) throws {
        let letter = try roundTrip(Message.sample(text: text))
        #expect(letter.pieces.map(\.encoding) == [encoding])
        #expect(letter.pieces.first?.text == text)
        let both = try roundTrip(Message.sample(text: text, html: "<p>\(text)</p>"))
        #expect(both.structure == ["multipart/alternative", "text/plain", "text/html"])
        #expect(both.pieces.first?.text?.trimmingCharacters(in: .newlines) == text.trimmingCharacters(in: .newlines))
        #expect(both.pieces.last?.text?.hasPrefix("<p>") == true)
    }

    @Test("attachments come back to the byte, with their names")
    func attachments() throws {
        let names = [
            "agenda.pdf", "Agenda for Tuesday.pdf", "Tagesordnung für Köln.pdf", "会議.pdf", "a\"b\\c.pdf", "100%.pdf",
            "=?x?=.pdf",
            String(repeating: "long name ", count: 20) + ".pdf", "it's * starred.pdf", "../../etc/passwd",
        ]
        var message = try Message.sample(text: "See below", html: "<p>See below</p>")
        message.attachments = names.enumerated().map { number, name in
            Attachment(name: name, mediaType: "application/pdf", bytes: (0..<UInt8(number * 20)).map { $0 &* 7 })
        }
        message.attachments.append(
            Attachment(
                name: "invite.ics", mediaType: "text/calendar",
                parameters: [Header("method", "REQUEST"), Header("charset", "utf-8")], bytes: Array("BEGIN:VCALENDAR\r\n".utf8))
        )
        let letter = try roundTrip(message)
        #expect(letter.structure.prefix(4) == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html"])
        let files = letter.pieces.dropFirst(2)
        #expect(files.map(\.filename) == names + ["invite.ics"])
        #expect(files.map { Data(base64Encoded: $0.base64) } == message.attachments.map { Data($0.bytes) })
        #expect(files.last?.parameters["method"] == "REQUEST" && files.last?.type == "text/calendar")
    }

    @Test(
        "an invitation stands beside the text, and comes back whole",
        arguments: ["Board", "Größe der Gruppe, 会議", "x\u{2028}y"])
    func calendar(summary: String) throws {
        guard MailServerProcess.python != nil else { return }
        var message = try Message.sample(text: "Come", html: "<p>Come</p>")
        let lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mandate//EN", "METHOD:REQUEST", "BEGIN:VEVENT", "UID:m1@example.org",
            "DTSTAMP:20260414T083000Z", "DTSTART:20260512T130000Z", "SUMMARY:" + summary.replacing(",", with: "\\,"),
            "END:VEVENT",
            "END:VCALENDAR", "",
        ]
        message.calendar = CalendarObject(method: "REQUEST", text: lines.joined(separator: "\r\n"))
        message.attachments = [Attachment(name: "a.pdf", mediaType: "application/pdf", bytes: [1, 2])]
        let letter = try roundTrip(message)
        #expect(
            letter.structure == [
                "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/pdf",
            ])
        #expect(letter.pieces[2].parameters["method"] == "REQUEST" && letter.pieces[2].filename == nil)
        #expect(try Letter.calendar(message.composed()) == ["REQUEST", "REQUEST", summary])
        message.calendar?.method = "REQUEST\r\nBcc: eve@example.org"
        #expect(throws: CompositionError.forbiddenCharacter(field: "method")) { try message.composed() }
    }

    @Test("date, thread and further headers come back")
    func headers() throws {
        var message = try Message.sample()
        message.zoneOffset = "-0330"
        message.references = (1...5).map { "<a-rather-long-identifier-of-message-\($0)@example.org>" }
        message.replyTo = try Mailbox(name: "Büro", address: "office@example.org")
        message.headers = [
            Header("List-Id", "Partnership <partnership.example.org>"),
            Header("X-Why", "You are a member of the größere Gruppe"),
        ]
        let letter = try roundTrip(message)
        #expect(letter.date == [1_776_155_400, -12_600])
        #expect(letter.headers["References"] == message.references.joined(separator: " "))
        #expect(letter.headers["Reply-To"] == "Büro <office@example.org>")
        #expect(letter.headers["List-Id"] == "Partnership <partnership.example.org>")
        #expect(letter.headers["X-Why"] == "You are a member of the größere Gruppe")
        #expect(letter.headers["Auto-Submitted"] == "auto-generated")
        #expect(letter.headers["Message-ID"] == "<m1@example.org>")
    }

    @Test("texts made by chance come back whole")
    func random() throws {
        var chance = SplitMix(seed: 20_260_414)
        let alphabet = Array("ab =.?_\"\\,<>@:;()\tüé会🦊From \u{301}").map { String($0) }
        for _ in 0..<25 {
            func draw(_ length: Int) -> String {
                (0..<length).map { _ in alphabet[Int(chance.next() % UInt64(alphabet.count))] }.joined()
            }
            let subject = draw(Int(chance.next() % 120))
            let text = (0..<5).map { _ in draw(Int(chance.next() % 200)) }.joined(separator: "\n") + "\n"
            var message = try Message.sample(subject: subject, text: text)
            message.attachments = [Attachment(name: "x" + draw(40), mediaType: "text/plain", bytes: Array(text.utf8))]
            let letter = try roundTrip(message)
            #expect(letter.headers["Subject"] == subject, "seed \(chance.seed)")
            #expect(letter.pieces.first?.text == text, "seed \(chance.seed)")
            #expect(letter.pieces.last?.filename == message.attachments[0].name, "seed \(chance.seed)")
        }
    }
}

/// A small generator whose draws follow from the seed.
struct SplitMix: RandomNumberGenerator {
    let seed: UInt64
    private var state: UInt64

    init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
