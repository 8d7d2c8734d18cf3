import Foundation
import Journals
import Secretariat
import Testing

/// The reference scenario of the storage harnesses: what a secretary does around a meeting, each step a run of the program.
struct Chronicle: Sendable {
    struct Step: Sendable {
        var words: [String]
        var actor = "sam@example.org"
        var now: String

        /// When it is taken again after a fault. A message that a courier held is taken up once the lease has run out, and one that was put off once
        /// its wait is over; both take minutes.
        var later: String { isRemind ? String(now.prefix(while: { $0 != ":" })) + ":06" : now }

        var isRemind: Bool { words[0] == "remind" }

        /// For people who read what failed.
        var name: String { words.prefix(2).joined(separator: " ") }
    }

    let folder: String
    var workspace: String { folder + "/ws" }
    var backup: String { folder + "/backup" }

    static let roster = """
        kind,name,email,body,organisation,seat,role,start,end,rights
        body,Health Board,,,,,,,,
        organisation,Forum,,,,,,,,
        seat,,,Health Board,Forum,Seat 1,,,,vote
        seat,,,Health Board,Forum,Seat 2,,,,vote
        term,Ann Archer,ann@example.org,Health Board,,Seat 1,,2026-01-01,2028-12-31,
        term,Cora Chair,cora@example.org,Health Board,,Seat 2,,2026-01-01,2028-12-31,
        role,Sam Secretary,sam@example.org,Health Board,,,secretary,,,
        role,Cora Chair,cora@example.org,Health Board,,,chair,,,
        constituency,Eve Elector,eve@example.org,,Forum,,,,,

        """

    var steps: [Step] {
        let first = "2026-04-01 09:00"
        return [
            Step(words: ["import", "people.csv", "--id", "s1"], now: first),
            Step(
                words: ["meeting", "plan", "--body", "Health Board", "--start", "2026-05-12 14:00", "--id", "s2"], now: first),
            Step(words: ["meeting", "item", "m1", "The ferry", "--purpose", "decision", "--id", "s3"], now: first),
            Step(words: ["meeting", "paper", "m1", "The ferry", "--file", "paper.txt", "--id", "s4"], now: first),
            Step(words: ["meeting", "notice", "m1", "--id", "s5"], now: first),
            Step(words: ["meeting", "agenda", "m1", "--id", "s6"], now: first),
            Step(words: ["remind"], now: "2026-04-01 10:00"),
            Step(words: ["do", "accept", "--meeting", "m1", "--id", "s7"], actor: "ann@example.org", now: "2026-04-02 09:00"),
            Step(
                words: [
                    "do", "declare", "--meeting", "m1", "--item", "1", "--kind", "financial", "--nature", "I own the ferry.",
                    "--id",
                    "s8",
                ], actor: "ann@example.org", now: "2026-04-02 09:00"),
            Step(words: ["backup", "backup"], now: "2026-04-03 09:00"),
            Step(words: ["person", "erase", "eve@example.org"], now: "2026-04-03 10:00"),
            Step(words: ["rebuild"], now: "2026-04-03 11:00"),
            Step(words: ["remind", "--accept-clock"], now: "2026-05-11 09:00"),
        ]
    }

    /// Lays the workspace and what the steps read into the folder.
    func begin(_ run: ([String]) throws -> Int32) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(Self.roster.utf8).write(to: URL(fileURLWithPath: folder + "/people.csv"))
        try Data("The ferry in full.".utf8).write(to: URL(fileURLWithPath: folder + "/paper.txt"))
        #expect(try run(["init", workspace]) == 0)
    }
}

/// What a workspace holds, as far as it follows from the steps alone: tokens that are drawn by chance are left out.
struct Holding: Equatable, Sendable, CustomStringConvertible {
    var head: String
    var rows: String
    /// Every message with its state.
    var messages: [String]
    /// Who has mail, once for each.
    var mail: [String]
    var files: [String]
    var faults: [String]

    /// Opens the workspace as the program does, which mends what a process left that died.
    init(of workspace: String) throws {
        let journal = try SQLiteJournal.open(workspace + "/mandate.db")
        defer { journal.close() }
        let store = try FileStore(folder: workspace + "/files")
        let inspection = try Inspection(of: journal, files: store)
        head = inspection.head.text
        rows = try journal.read { try $0.readModelDigest() }
        messages = try journal.read { try $0.messages() }.map { "\($0.key) \($0.state.rawValue)" }.sorted()
        mail = Self.names(in: workspace + "/mail/new").map { String($0.drop { $0 != "@" }) }.sorted()
        files = try store.hashes()
        faults = inspection.faults
    }

    /// Whether it came to the same as another, where the step was taken again. What `remind` recorded minutes later bears another instant, so
    /// that its head is another; as many entries, and each message once, it must have.
    func isSame(as other: Holding, after step: Chronicle.Step) -> Bool {
        guard step.isRemind else { return self == other }
        return head.split(separator: "\n").dropFirst().first == other.head.split(separator: "\n").dropFirst().first
            && messages == other.messages && mail == other.mail && files == other.files && faults == other.faults
    }

    static func names(in folder: String) -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] }

    var description: String { "\(head.prefix(60)) \(rows.prefix(8)) \(messages) \(mail) \(files) \(faults)" }
}
