import Foundation
import Testing

@testable import Post

private func letter(_ text: String = "Dear Ann,\r\n.\r\n..dots\r\nthe end\r\n") -> [UInt8] {
    Array("Subject: x\r\n\r\n\(text)".utf8)
}

@Suite("A mail server", .enabled(if: MailServerProcess.python != nil))
struct SMTPTests {
    private func sent(_ recipient: String, _ text: [UInt8] = letter()) throws -> DeliveryResult {
        let server = try MailServerProcess()
        // The server is there for as long as somebody holds it.
        return try withExtendedLifetime(server) { try server.smtp().deliver(text, .to(recipient)) }
    }

    @Test("takes messages to the byte, several over one connection")
    func accepted() throws {
        let server = try MailServerProcess()
        let smtp = try server.smtp()
        for number in 1...3 {
            #expect(smtp.deliver(letter("number \(number)\r\n.\r\n"), try .to("ann@example.org")) == .accepted)
            #expect(try server.message(number) == letter("number \(number)\r\n.\r\n"))
        }
        let log = try server.log()
        #expect(log.count { $0 == "connected" } == 1 && log.count { $0 == "from secretary@example.org" } == 3)
    }

    @Test(
        "says what became of a message, at each point of the talk",
        arguments: [
            ("busy", "451 4.7.1 greylisted, come back later"), ("full", "452 4.2.2 mailbox is full"),
            ("later", "451 4.3.0 try again"),
        ])
    func deferred(name: String, reason: String) throws {
        #expect(try sent("\(name)@example.org") == .deferred(reason: reason))
    }

    @Test(
        "refuses a message for good, in its own words",
        arguments: [("nobody", "550 5.1.1 no such user here"), ("spam", "554 5.7.1 looks like spam")])
    func refused(name: String, reason: String) throws {
        #expect(try sent("\(name)@example.org") == .refused(reason: reason))
    }

    @Test("that refuses one message takes the next")
    func oneBad() throws {
        let server = try MailServerProcess()
        let smtp = try server.smtp()
        let results = try ["nobody", "ann", "busy", "bo"].map { smtp.deliver(letter(), try .to("\($0)@example.org")) }
        #expect(results[1] == .accepted && results[3] == .accepted)
        #expect(results[0] == .refused(reason: "550 5.1.1 no such user here"))
        #expect(try server.log().count { $0.hasPrefix("message") } == 2)
    }

    @Test("that does not like the sender refuses the message")
    func sender() throws {
        let envelope = Envelope(
            sender: try Address("evil@example.org"), recipient: try Address("ann@example.org"), messageID: "<m@x>")
        let server = try MailServerProcess()
        #expect(try server.smtp().deliver(letter(), envelope) == .refused(reason: "550 5.7.1 no mail from you"))
    }

    @Test("whose reply has several lines has taken the message all the same")
    func severalLines() throws { #expect(try sent("lines@example.org") == .accepted) }

    @Test("that cuts the connection before the text is whole cannot have taken it", arguments: ["cut-before", "cut-in"])
    func cutBefore(name: String) throws {
        let long = letter(String(repeating: String(repeating: "x", count: 70) + "\r\n", count: 200_000))
        let result = try sent("\(name)@example.org", long)
        guard case .deferred = result else {
            Issue.record("\(result)")
            return
        }
    }

    @Test("that cuts the connection after the text, or never replies, may have taken it", arguments: ["cut-after", "silent"])
    func cutAfter(name: String) throws {
        let server = try MailServerProcess()
        let result = try server.smtp(timeLimit: 2).deliver(letter(), .to("\(name)@example.org"))
        guard case .unknown(let reason) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(reason.hasPrefix("cut off before the server's last reply"))
        #expect(try server.log().contains("message 1"))
    }

    @Test("whose connection went away between two messages is called again")
    func goneAway() throws {
        let server = try MailServerProcess(.init(mostMessages: 1))
        let smtp = try server.smtp()
        for _ in 1...3 { #expect(smtp.deliver(letter(), try .to("ann@example.org")) == .accepted) }
        #expect(try server.log().count { $0 == "connected" } == 3)
    }

    @Test("that is not there puts messages off, and is left alone for a while")
    func notThere() throws {
        let smtp = SMTP(try MailServer(host: "localhost", port: 1, security: .none))
        let first = smtp.deliver(letter(), try .to("ann@example.org"))
        guard case .deferred(let reason) = first else {
            Issue.record("\(first)")
            return
        }
        #expect(reason.hasPrefix("localhost: "))
        #expect(try smtp.deliver(letter(), .to("bo@example.org")) == first)
        guard case .unreachable = smtp.reach() else {
            Issue.record("it is not there")
            return
        }
    }
}

@Suite("A mail server with keys", .enabled(if: MailServerProcess.python != nil && Authority.shared.fault == nil))
struct SecureSMTPTests {
    @Test(
        "lets in whoever it knows, over TLS of a private authority",
        arguments: [MailServer.Security.starttls, .tls], ["PLAIN", "LOGIN"])
    func known(security: MailServer.Security, mechanism: String) throws {
        let server = try MailServerProcess(.init(security: security, mechanism: mechanism))
        let smtp = try server.smtp(security: security, isKnown: true)
        #expect(smtp.reach() == .ready)
        for _ in 1...2 { #expect(smtp.deliver(letter(), try .to("ann@example.org")) == .accepted) }
        #expect(try server.message(1) == letter())
        #expect(try server.log().count { $0 == "\(mechanism) known" } == 2, "once to look, once to send two messages")
    }

    @Test("of an authority that we do not know is sent nothing", arguments: [MailServer.Security.starttls, .tls])
    func untrusted(security: MailServer.Security) throws {
        let server = try MailServerProcess(.init(security: security, mechanism: "PLAIN"))
        let result = try server.smtp(security: security, isKnown: true, trusting: false).deliver(
            letter(), .to("ann@example.org"))
        guard case .deferred(let reason) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(reason.contains("certificate"))
        #expect(try !server.log().contains { $0.hasPrefix("PLAIN") || $0.hasPrefix("from") })
    }

    @Test("without TLS is sent nothing where TLS was asked for")
    func stripped() throws {
        let server = try MailServerProcess()
        let result = try server.smtp(security: .starttls, isKnown: true).deliver(letter(), .to("ann@example.org"))
        guard case .deferred = result else {
            Issue.record("\(result)")
            return
        }
        #expect(try !server.log().contains { $0.hasPrefix("from") })
    }

    @Test("that does not know us puts the message off, and is asked once only")
    func unknown() throws {
        let server = try MailServerProcess(.init(security: .starttls, mechanism: "PLAIN"))
        let smtp = try server.smtp(security: .starttls, isKnown: true, password: "wrong")
        for _ in 1...3 {
            guard case .deferred(let reason) = smtp.deliver(letter(), try .to("ann@example.org")) else {
                Issue.record("the message is not at fault")
                return
            }
            #expect(reason.hasPrefix("535"))
        }
        #expect(try server.log().count { $0 == "PLAIN unknown" } == 1)
        guard case .unreachable(let reason) = smtp.reach() else {
            Issue.record("it does not know us")
            return
        }
        #expect(reason.hasPrefix("535") && !reason.contains("wrong"))
    }
}

@Suite("A talk with a mail server")
struct ExchangeTests {
    /// What is said up to the text, all well.
    private static let opening = [
        "S 220 hello", "C EHLO me", "S 250-mail.example.org", "S 250 SIZE 1000", "C MAIL FROM:<a@b>", "S 250 OK",
        "C RCPT TO:<c@d>",
        "S 250 OK", "C DATA", "S 354 go on", "T",
    ]

    private func result(_ lines: [String], _ failure: String? = "gone") -> DeliveryResult {
        var exchange = Exchange(of: Array("x".utf8))
        for line in lines {
            switch line.prefix(1) {
            case "S": exchange.heard(String(line.dropFirst(2)) + "\r\n")
            case "C": exchange.asked(String(line.dropFirst(2)) + "\r\n")
            default: _ = exchange.read(atMost: 10)
            }
        }
        return exchange.result(failure)
    }

    @Test("up to the end of the text nothing was taken, after it the last reply says", arguments: 0...12)
    func cut(after count: Int) {
        let lines = Self.opening + ["T"]
        let expected =
            count < lines.count
            ? DeliveryResult.deferred(reason: "gone") : .unknown(reason: "cut off before the server's last reply: gone")
        #expect(result(Array(lines.prefix(count))) == expected)
    }

    @Test(
        "the last reply counts only where it is whole",
        arguments: [
            (["S 250 OK"], DeliveryResult.accepted),
            (["S 250-OK"], .unknown(reason: "cut off before the server's last reply: gone")),
            (["S 550-no", "S 550 never"], .refused(reason: "550-no / 550 never")),
            (["S 550-no"], .unknown(reason: "cut off before the server's last reply: gone")),
            (["S 421 closing"], .deferred(reason: "421 closing")), (["S 252 well"], .accepted),
            (["S what?"], .unknown(reason: "cut off before the server's last reply: gone")),
        ])
    func lastReply(lines: [String], expected: DeliveryResult) {
        #expect(result(Self.opening + ["T"] + lines) == expected)
    }

    @Test("what the server has against us is not held against the message")
    func ours() {
        #expect(result(["S 554 go away"]) == .deferred(reason: "554 go away"))
        #expect(result(["S 220 hi", "C EHLO me", "S 550 no name"]) == .deferred(reason: "550 no name"))
        #expect(
            result(["S 220 hi", "C EHLO me", "S 250 OK", "C MAIL FROM:<a@b>", "S 530 log in first"])
                == .deferred(reason: "530 log in first"))
        #expect(
            result(["S 220 hi", "C EHLO me", "S 250 OK", "C AUTH PLAIN", "S 334", "C AGE=", "S 535 no"])
                == .deferred(reason: "535 no"))
    }

    @Test("taking our leave changes nothing of what was said")
    func leave() {
        let said = Self.opening + ["T", "S 554 spam", "C QUIT", "S 221 bye"]
        #expect(result(said) == .refused(reason: "554 spam"))
    }

    @Test("a reply of any length and with any bytes is kept short, on one line")
    func long() {
        guard
            case .refused(let reason) = result(
                Self.opening + ["T"] + Array(repeating: "S 550-\u{1}\0 \r evil \u{7}", count: 1000) + ["S 550 end"])
        else {
            Issue.record("it was refused")
            return
        }
        #expect(reason.count <= 400 && !reason.contains("\n") && !reason.contains("\0"))
    }

    @Test(
        "a server that cannot be meant is refused",
        arguments: [
            ("", 25, 10), ("a b", 25, 10), ("mail..org", 25, 10), ("-x", 25, 10), ("mail.example.org/x", 25, 10),
            ("mail.example.org", 0, 10), ("mail.example.org", 65_536, 10), ("mail.example.org", 25, 0),
            ("mail.example.org", 25, 241), ("user@mail.example.org", 25, 10), ("[::1", 25, 10),
        ])
    func faults(host: String, port: Int, timeLimit: Int) {
        #expect(throws: MailServerFault.self) { try MailServer(host: host, port: port, timeLimit: timeLimit) }
    }

    @Test("a password goes in the clear to this machine only")
    func clear() throws {
        let credentials = MailServer.Credentials(user: "u", password: "p")
        #expect(throws: MailServerFault.clearPassword("mail.example.org")) {
            try MailServer(host: "mail.example.org", security: .none, credentials: credentials)
        }
        #expect(try MailServer(host: "localhost", security: .none, credentials: credentials).port == 25)
        #expect(try MailServer(host: "[::1]", security: .tls).port == 465)
        for wrong in [
            MailServer.Credentials(user: "", password: "p"), .init(user: "u", password: "p\r\nRSET"),
            .init(user: "u\0", password: "p"),
        ] {
            #expect(throws: MailServerFault.credentials) { try MailServer(host: "localhost", credentials: wrong) }
        }
    }
}
