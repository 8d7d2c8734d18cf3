import Calendars
import Diagnostics
import Foundation
import Governance
import Post
import Testing
import Workflows

@testable import Secretariat

@Suite struct SettingsTests {
    func read(_ text: String) -> (settings: Settings?, findings: [Finding]) {
        let (settings, _, findings) = Settings.read(bytes: Array(text.utf8), name: "mandate.yaml")
        return (settings, findings)
    }

    @Test(
        "the settings that init writes are read as they stand, whatever the society is called",
        arguments: ["Ours", "O'Brien \"& Sons\": #1\\", "on"])
    func first(society: String) throws {
        let (settings, findings) = read(FirstFiles.settings(society: society))
        #expect(findings == [])
        let found = try #require(settings)
        #expect(found.society == society && found.zone == "Europe/London" && found.remindersAt == Settings.eight)
        #expect(found.transport == .maildir(folder: "mail"))
    }

    @Test("sendmail, bodies and their policies are read")
    func everything() throws {
        let (settings, findings) = read(
            """
            society: S
            holidays: none
            reminders_at: "07:30"
            post: {from: a@example.org, transport: sendmail, path: /usr/bin/msmtp, arguments: [-t]}
            bodies:
              Board: {rules: other, policies: {notice: 3 clear days, quorum: 1/4}}
            """)
        #expect(findings == [])
        #expect(settings?.holidays == nil && settings?.remindersAt == CivilTime(hour: 7, minute: 30))
        #expect(settings?.transport == .sendmail(path: "/usr/bin/msmtp", arguments: ["-t"]))
        #expect(settings?.bodies["Board"]?.policies == ["notice": "3 clear days", "quorum": "1/4"])
    }

    @Test(
        "a mistake is found at its place, with what was expected",
        arguments: [
            ("society: S\nzoen: Europe/London\n", 2, 1, "zone"), ("zone: Europe/London\n", 1, 1, "society"),
            ("society: S\nreminders_at: 25:00\n", 2, 15, "08:00"),
            ("society: S\npost: {from: a@b.c, transport: pigeon}\n", 2, 32, "maildir"),
            ("society: S\npost: {from: a@b.c, transport: sendmail, path: sendmail}\n", 2, 48, "from /"),
            ("- a\n", 1, 1, "mapping"),
        ])
    func mistake(text: String, line: Int, column: Int, says: String) throws {
        let (settings, findings) = read(text)
        let finding = try #require(findings.first)
        #expect(settings == nil)
        #expect(finding.range.start.line == line && finding.range.start.column == column, "\(finding)")
        #expect(finding.rendered(in: nil).contains(says))
    }

    @Test(
        "a zone, rule pack or holiday table that is not there is found where the settings name it",
        arguments: [
            ("zone: Europe/Londn", "Europe/Londn"), ("rules: informal-partnersip", "informal-partnership"),
            ("holidays: england", "england-and-wales"),
        ])
    func unknown(line: String, says: String) throws {
        let failure = #expect(throws: WorkspaceFailure.self) { _ = try Society(settings: "society: S\n\(line)\n") }
        guard case .findings(let findings, _)? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(findings.count == 1 && findings[0].range.start.line == 2 && findings[0].rendered(in: nil).contains(says))
    }

    @Test("a body's own policy goes before its pack's, and a wrong one is found")
    func overlay() throws {
        let society = try Society(settings: "society: S\nbodies: {Health Board: {policies: {notice: 3 clear days}}}\n")
        try society.take(Society.roster)
        let board = try society.desk.lookup().body("Health Board")
        let other = try society.desk.lookup().body("Carers Group")
        let rulebook = society.desk.registrar.rulebook
        #expect(rulebook.binding(of: board).pack.periods["notice"]?.period.number == 3)
        #expect(rulebook.binding(of: other).pack.periods["notice"]?.period.number == 5)
        #expect(throws: WorkspaceFailure.self) {
            _ = try Society(settings: "society: S\nbodies: {Board: {policies: {notic: 3 clear days}}}\n")
        }
    }
}

@Suite struct ShelfTests {
    @Test("the checkout above the program is found, an installed share goes before it")
    func places() throws {
        let checkout = Society.checkout
        #expect(Shelf.find(program: checkout + "/.build/debug/mandate", environment: [:]) == Shelf(folder: checkout))
        let prefix = try scratch()
        defer { try? FileManager.default.removeItem(atPath: prefix) }
        try Disk.makeFolder(prefix + "/share/mandate/Workflows")
        #expect(Shelf.find(program: prefix + "/bin/mandate", environment: [:]) == Shelf(folder: prefix + "/share/mandate"))
        #expect(Shelf.find(program: "/usr/lib/elsewhere/mandate", environment: [:]) == nil)
        #expect(
            Shelf.find(program: "/x/mandate", environment: ["MANDATE_SHARE": checkout])?.workflows == Disk.wholePath(checkout)
                + "/Workflows")
    }

    @Test("a workspace is found from a folder within it, and a missing one says how to make it")
    func workspace() throws {
        let society = try Society()
        let inner = society.folder + "/Workflows"
        #expect(try Workspace.find(named: nil, environment: [:], from: inner) == Disk.wholePath(society.folder))
        #expect(throws: WorkspaceFailure.self) { try Workspace.find(named: "/nowhere", environment: [:]) }
        #expect(throws: WorkspaceFailure.self) { try Workspace.create(at: society.folder, society: "again") }
    }

    @Test("a workspace's own workflow goes before the shipped one, and its mistakes are found")
    func own() throws {
        let society = try Society()
        try Disk.write("workflow: item\ntitle: broken\n", to: society.folder + "/Workflows/item.yaml")
        let failure = #expect(throws: WorkspaceFailure.self) {
            _ = try Workspace(folder: society.folder, shelf: Shelf(folder: Society.share))
        }
        guard case .findings(let findings, _)? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(findings.contains { $0.file == society.folder + "/Workflows/item.yaml" })
    }
}

@Suite struct PostSettingsTests {
    private func read(_ post: String) -> (settings: Settings?, findings: [Finding]) {
        let text = "society: S\npost:\n  from: a@example.org\n  transport: smtp\n" + post
        let (settings, _, findings) = Settings.read(bytes: Array(text.utf8), name: "mandate.yaml")
        return (settings, findings)
    }

    @Test("a mail server is read; TLS is asked for unless it is this machine and wants no password")
    func server() throws {
        let whole = read(
            """
              host: mail.example.org
              port: 2525
              security: tls
              user: clerk
              password: {file: .secret}
              authorities: ca.pem
              time_limit: 30

            """)
        #expect(whole.findings == [])
        #expect(
            whole.settings?.transport
                == .smtp(
                    .init(
                        host: "mail.example.org", port: 2525, security: .tls, user: "clerk", password: .file(".secret"),
                        authorities: "ca.pem", timeLimit: 30)))
        func security(_ text: String) -> MailServer.Security? {
            guard case .smtp(let server)? = read(text).settings?.transport else { return nil }
            return server.security
        }
        #expect(security("  host: mail.example.org\n") == .starttls)
        #expect(security("  host: localhost\n") == MailServer.Security.none)
        #expect(security("  host: localhost\n  user: u\n  password: {variable: P}\n") == .starttls)
        #expect(
            security("  host: localhost\n  security: none\n  user: u\n  password: {clear_text: p}\n")
                == MailServer.Security.none)
    }

    @Test(
        "what is wrong with a mail server is found at its place",
        arguments: [
            ("  host: mail.example.org\n  user: u\n  password: secret\n", 7, "clear_text"),
            ("  host: mail.example.org\n  user: u\n  password: {file: a, variable: b}\n", 7, "in one place"),
            ("  host: mail.example.org\n  user: u\n  password: {}\n", 7, "in one place"),
            ("  host: mail.example.org\n  user: u\n", 6, "a user without a password"),
            ("  host: mail.example.org\n  password: {file: a}\n", 6, "a password without a user"),
            ("  host: mail.example.org\n  security: none\n  user: u\n  password: {file: a}\n", 6, "in the clear"),
            ("  host: mail.example.org/x\n", 5, "no mail server"), ("  host: x\n  port: 70000\n", 6, "port"),
            ("  host: x\n  security: stattls\n", 6, "starttls"), ("  host: x\n  time_limit: 0\n", 6, "time_limit"),
            ("  host: x\n  folder: mail\n", 6, "has no `folder`"), ("  port: 25\n", 3, "host"),
        ])
    func mistakes(post: String, line: Int, says: String) throws {
        let (settings, findings) = read(post)
        let finding = try #require(findings.first)
        #expect(settings == nil && finding.range.start.line == line, "\(finding)")
        #expect(finding.rendered(in: nil).contains(says), "\(finding)")
    }

    @Test("a sender that no mail can name is found", arguments: ["nobody", "Office <office>", "\"A\\nB <a@example.org>\""])
    func sender(from: String) throws {
        let text = "society: S\npost: {from: \(from), transport: maildir}\n"
        let (settings, _, findings) = Settings.read(bytes: Array(text.utf8), name: "mandate.yaml")
        #expect(settings == nil && findings.first?.range.start.line == 2)
    }

    @Test(
        "a password comes from a file, the environment or the settings; one that is not there is said, and the doctor says who reads it"
    )
    func passwords() throws {
        let society = try Society(
            settings: """
                society: S
                post: {from: a@example.org, transport: smtp, host: localhost, port: 1, user: u, password: {file: .secret}}

                """)
        let state = { (name: String) in try Doctor(of: society.desk).examine().first { $0.name == name } }
        #expect(throws: PostFailure.self) { try Timekeeper(desk: society.desk) }
        #expect(try state("post")?.state == .bad && state("password") == nil)
        try Disk.write("pass word\n", to: society.folder + "/.secret")
        guard case .smtp(let named) = society.workspace.settings.transport else {
            Issue.record("\(society.workspace.settings.transport)")
            return
        }
        #expect(try society.workspace.smtp(named).server.credentials == .init(user: "u", password: "pass word"))
        #expect(try state("post")?.words.contains("port 1 (starttls)") == true)
        #expect(try state("password")?.state == .poor)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: society.folder + "/.secret")
        #expect(try state("password")?.state == .good)
        var other = named
        other.password = .variable("MANDATE_NO_SUCH_VARIABLE")
        #expect(throws: PostFailure.self) { try society.workspace.smtp(other) }
        other.password = .clearText("x")
        #expect(try society.workspace.smtp(other).server.credentials?.password == "x")
        other.authorities = "none.pem"
        #expect(throws: PostFailure.self) { try society.workspace.smtp(other) }
    }
}
