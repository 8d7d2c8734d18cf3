import Foundation
import Testing

@testable import Post

extension Envelope {
    static func to(_ recipient: String, id: String = "<m1@example.org>") throws -> Envelope {
        Envelope(sender: try Address("secretary@example.org"), recipient: try Address(recipient), messageID: id)
    }
}

private let letter = Array("Subject: x\r\n\r\nDear Ann,\r\n.\r\n".utf8)

@Suite("A maildir")
struct MaildirTests {
    let scratch: Scratch
    let maildir: Maildir

    init() throws {
        scratch = try Scratch()
        maildir = Maildir(folder: scratch.file("mail"))
    }

    @Test("a message lies in `new` with the line ends of a file, and nothing is left in `tmp`")
    func delivery() throws {
        #expect(maildir.deliver(letter, try .to("ann@example.org")) == .accepted)
        let names = try scratch.names(in: "mail/new")
        #expect(names.count == 1)
        #expect(try scratch.read("mail/new/" + (names.first ?? "")) == "Subject: x\n\nDear Ann,\n.\n")
        #expect(try scratch.names(in: "mail/tmp").isEmpty && scratch.names(in: "mail/cur").isEmpty)
    }

    @Test("the same message delivered twice is there once")
    func twice() throws {
        for _ in 1...2 { #expect(maildir.deliver(letter, try .to("ann@example.org")) == .accepted) }
        #expect(Maildir(folder: maildir.folder).deliver(letter, try .to("ann@example.org")) == .accepted)
        #expect(try scratch.names(in: "mail/new").count == 1)
    }

    @Test("a message that its reader has seen is not delivered again")
    func seen() throws {
        #expect(maildir.deliver(letter, try .to("ann@example.org")) == .accepted)
        let name = try #require(try scratch.names(in: "mail/new").first)
        try FileManager.default.moveItem(atPath: scratch.file("mail/new/\(name)"), toPath: scratch.file("mail/cur/\(name):2,S"))
        #expect(maildir.deliver(letter, try .to("ann@example.org")) == .accepted)
        #expect(try scratch.names(in: "mail/new").isEmpty)
    }

    @Test("other messages and other recipients have files of their own")
    func different() throws {
        let long = "<" + String(repeating: "x", count: 230) + "@example.org>"
        for (recipient, id) in [
            ("ann@example.org", "<m1@example.org>"), ("bo@example.org", "<m1@example.org>"),
            ("ann@example.org", "<m2@example.org>"),
            ("ann@example.org", "<m_2@example.org>"), ("ann@example.org", "<../m@example.org>"), ("ann@example.org", long),
            ("bo@example.org", long), ("ann@example.org", "<.m@x>"),
        ] {
            #expect(maildir.deliver(letter, try .to(recipient, id: id)) == .accepted)
        }
        let names = try scratch.names(in: "mail/new")
        #expect(names.count == 8)
        #expect(names.allSatisfy { !$0.hasPrefix(".") && !$0.contains(":") && $0.utf8.count < 200 })
    }

    @Test("each recipient may have a maildir of their own")
    func byRecipient() throws {
        let maildir = Maildir(folder: scratch.file("mail"), .byRecipient)
        for recipient in ["ann@example.org", "bo@example.org", "ann@example.org"] {
            #expect(maildir.deliver(letter, try .to(recipient)) == .accepted)
        }
        #expect(try scratch.names(in: "mail") == ["ann@example.org", "bo@example.org"])
        #expect(try scratch.names(in: "mail/ann@example.org/new").count == 1)
    }

    @Test("a folder that cannot be made puts the message off, and says why")
    func failure() throws {
        let folder = scratch.file("none/mail")
        #expect(
            Maildir(folder: folder).deliver(letter, try .to("ann@example.org"))
                == .deferred(reason: "\(folder): No such file or directory"))
    }

    @Test("couriers that deliver the same message at once leave it once")
    func race() async throws {
        let folder = maildir.folder
        let envelope = try Envelope.to("ann@example.org")
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { #expect(Maildir(folder: folder).deliver(letter, envelope) == .accepted) }
            }
        }
        #expect(try scratch.names(in: "mail/new").count == 1)
        #expect(try scratch.names(in: "mail/tmp").isEmpty)
    }
}

/// One at a time: a program that is being written while another is started cannot be run (ETXTBSY).
@Suite("A sendmail", .serialized)
struct SendmailTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// A program that records its arguments and input, then does as `ending` says.
    private func program(_ ending: String) throws -> String {
        let script = """
            #!/bin/sh
            for word in "$@"; do printf '%s\\n' "$word" >> '\(scratch.file("words"))'; done
            cat > '\(scratch.file("input"))'
            \(ending)
            """
        return try scratch.write(script, to: "sendmail", executable: true)
    }

    @Test("the program gets the message and the envelope, each word as it is")
    func words() throws {
        let sendmail = try Sendmail(
            command: program("exit 0"), arguments: ["-oi", "two words; $(touch \(scratch.file("evil")))"])
        #expect(sendmail.deliver(letter, try .to("o'brien@example.org")) == .accepted)
        let words = try scratch.read("words").split(separator: "\n").map { String($0) }
        #expect(words == sendmail.arguments + ["-i", "-f", "secretary@example.org", "--", "o'brien@example.org"])
        #expect(try scratch.read("input") == "Subject: x\n\nDear Ann,\n.\n")
        #expect(!FileManager.default.fileExists(atPath: scratch.file("evil")))
    }

    @Test(
        "the exit code says what became of the message",
        arguments: [
            (1, "refused"), (64, "refused"), (65, "refused"), (67, "refused"), (68, "refused"), (76, "refused"),
            (69, "deferred"), (71, "deferred"), (74, "deferred"), (75, "deferred"), (77, "deferred"), (78, "deferred"),
        ])
    func exitCodes(code: Int, fate: String) throws {
        let command = try program("echo 'mailbox\n  is full' >&2; exit \(code)")
        let reason = "\(command) ended with \(code): mailbox is full"
        let expected = fate == "refused" ? DeliveryResult.refused(reason: reason) : .deferred(reason: reason)
        #expect(try Sendmail(command: command).deliver(letter, .to("ann@example.org")) == expected)
    }

    @Test("a program that does not end is killed with its children, and the outcome is unknown")
    func timeout() throws {
        let command = try program("sleep 600 & echo $! > '\(scratch.file("child"))'; wait")
        let result = try Sendmail(command: command, timeout: 1).deliver(letter, .to("ann@example.org"))
        #expect(result == .unknown(reason: "\(command) did not end within 1 s"))
        let child = try #require(Int32(try scratch.read("child").trimmingCharacters(in: .newlines)))
        // Killed, it is gone or waits to be reaped by the system's first process; a busy machine takes a moment over it.
        let patience = ContinuousClock.now + .seconds(20)
        var isGone = false
        while !isGone, ContinuousClock.now < patience {
            let state = (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8))?.split(separator: " ").dropFirst(
                2
            )
            .first
            isGone = state == nil || state == "Z" || state == "X"
            if !isGone { sched_yield() }
        }
        #expect(isGone)
    }

    @Test("a program that leaves a child behind does not keep us waiting")
    func daemon() throws {
        let command = try program("sleep 100 & exit 0")
        let started = ContinuousClock.now
        #expect(try Sendmail(command: command).deliver(letter, .to("ann@example.org")) == .accepted)
        #expect(ContinuousClock.now - started < .seconds(60))
    }

    @Test("a program that does not read its input does no harm")
    func deaf() throws {
        let command = try scratch.write("#!/bin/sh\nexit 75\n", to: "deaf", executable: true)
        let large = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 21)
        let result = try Sendmail(command: command).deliver(large, .to("ann@example.org"))
        #expect(result == .deferred(reason: "\(command) ended with 75"))
    }

    @Test("a program that is killed leaves the outcome unknown")
    func killed() throws {
        let command = try program("kill -9 $$")
        let result = try Sendmail(command: command).deliver(letter, .to("ann@example.org"))
        #expect(result == .unknown(reason: "killed by signal 9"))
    }

    @Test("a program that is not there puts the message off")
    func missing() throws {
        let command = scratch.file("nothing")
        let result = try Sendmail(command: command).deliver(letter, .to("ann@example.org"))
        #expect(result == .deferred(reason: "\(command): No such file or directory"))
    }

    @Test("a command that is not an absolute path is refused", arguments: ["sendmail", "", "./sendmail", "/bin/a\0b"])
    func relative(command: String) {
        #expect(throws: SendmailError.notAbsolute(command)) { try Sendmail(command: command) }
    }

    @Test("an attachment's mail goes through a program and back")
    func whole() throws {
        guard Letter.python != nil else { return }
        var message = try Message.sample(subject: "Größe", text: "From here\n.\n")
        message.attachments = [Attachment(name: "a.bin", mediaType: "application/octet-stream", bytes: Array(0...255))]
        _ = try Sendmail(command: program("exit 0")).deliver(message.composed(), .to("ann@example.org"))
        let read = try Letter.read(Array(Data(contentsOf: URL(fileURLWithPath: scratch.file("input")))))
        #expect(read.headers["Subject"] == "Größe")
        #expect(read.pieces.first?.text == "From here\n.\n")
        #expect(read.pieces.last.flatMap { Data(base64Encoded: $0.base64) } == Data(0...255))
    }
}
