import Foundation
import Testing

/// Keeping the record, at the command line: each command is a process of its own.
@Suite("The keeper's commands", .enabled(if: FileManager.default.isExecutableFile(atPath: Program.file.path)))
struct KeepingCommandTests {
    /// A workspace with a meeting whose agenda is waiting to go out.
    private func clerk() throws -> Clerk {
        let clerk = Clerk(at: "2026-09-01 09:00", as: "sid@town.example")
        _ = try clerk.says("init", clerk.folder)
        try clerk.gives("import", try clerk.write("roster.csv", Cast().roster))
        try clerk.gives("meeting", "plan", "--body", "board", "--start", "2026-10-14 14:00")
        try clerk.gives("meeting", "item", "next", "Winter plan", "--purpose", "decision")
        try clerk.gives("meeting", "agenda", "next")
        return clerk
    }

    @Test("a dry run sends nothing and says what would go; the status accounts for it afterwards")
    func reminding() throws {
        let clerk = try clerk()
        let going = try clerk.gives("remind", "--dry-run").list
        #expect(!going.isEmpty && going.allSatisfy { $0["verdict"] == "goes" })
        #expect(try clerk.mail().isEmpty)
        try clerk.fails(69, "remind", "--status")
        try clerk.gives("remind")
        #expect(try clerk.mail().count == going.count)
        let status = try clerk.gives("remind", "--status")
        #expect(status["counts"]["sent"] == .number(Double(going.count)) && status["counts"]["missing"] == 0)
        #expect(try clerk.says("remind", "--dry-run") == "nothing is due\n")
        clerk.now = "2026-09-20 09:00"
        #expect(try clerk.fails(75, "remind").contains("--accept-clock"))
        try clerk.gives("remind", "--accept-clock")
    }

    @Test("the journal verifies, goes on from an exported head, and its rows are made anew the same")
    func verifying() throws {
        let clerk = try clerk()
        let head = try clerk.write("head.txt", try clerk.says("head"))
        try clerk.gives("meeting", "item", "next", "Any other business", "--purpose", "information")
        #expect(try clerk.gives("verify", "--head", head)["whole"] == true)
        #expect(try clerk.gives("rebuild")["were_right"] == true)
        let other = try clerk.write("other.txt", "mandate head 1\n")
        #expect(try clerk.fails(65, "verify", "--head", other).contains("not a head"))
    }

    @Test("a backup is verified and restored; what was pending is uncertain, and goes when the secretary says so")
    func restoring() throws {
        let clerk = try clerk()
        let backup = clerk.folder + "-backup"
        let again = clerk.folder + "-again"
        defer { for path in [backup, again] { try? FileManager.default.removeItem(atPath: path) } }
        let made = try clerk.gives("backup", backup)
        #expect(try clerk.gives("restore", backup, "--verify")["head"] == made["head"])
        try clerk.fails(73, "restore", backup, clerk.folder)
        try clerk.fails(64, "restore", backup)
        let restored = try clerk.gives("restore", backup, again)
        #expect(restored["uncertain"] != 0 && restored["inspection"]["whole"] == true)
        let uncertain = try clerk.gives("outbox", "list", "--state", "uncertain", "--workspace", again).each("key")
        #expect(restored["uncertain"] == .number(Double(uncertain.count)))
        #expect(try clerk.gives("remind", "--workspace", again)["sent"] == 0)
        try clerk.fails(69, "doctor", "--workspace", again)
        try clerk.gives("outbox", "retry", uncertain[0], "--workspace", again)
        try clerk.gives("outbox", "drop", "--state", "uncertain", "--reason", "it had gone", "--workspace", again)
        #expect(try clerk.gives("remind", "--workspace", again)["sent"] == 1)
        #expect(try clerk.fails(66, "outbox", "drop", "nothing", "--workspace", again).contains("no such message"))
        #expect(try clerk.gives("doctor", "--workspace", again).first("name", "durable")["state"] == "good")
        #expect(try clerk.says("doctor", "--install", "--workspace", again).contains("remind --workspace"))
    }
}
