import Calendars
import Documents
import Foundation
import Governance
import Journals
import Testing

@testable import Secretariat

/// Papers on their way to those who read them.
@Suite struct CirculationTests {
    private func open(_ settings: String = "") throws -> (society: Society, desk: Desk) {
        let society = try Society(
            settings: "society: S\npost: {from: office@example.org, transport: maildir\(settings)}\n")
        try society.take(Society.roster)
        try society.give("plan_meeting", by: "sam", meeting: nil, ["body": "Health Board", "start": "2026-05-12 14:00"])
        try society.give("add_item", by: "sam", ["title": "Transport grant", "purpose": "decision"])
        let desk = try Desk(
            workspace: society.workspace, journal: society.journal, files: try FileStore(folder: society.folder + "/files"),
            clock: society.clock, chance: society.chance)
        return (society, desk)
    }

    private func give(_ command: String, _ desk: Desk, _ fields: KeyValuePairs<String, String> = [:]) throws {
        var request = Request(command, by: "sam")
        request.meeting = "next"
        for (name, text) in fields { request.fill(name, text) }
        _ = try #require(try desk.perform(try desk.prepare(request).get().command).receipt)
    }

    private func mail(_ desk: Desk, to address: String) throws -> [String] {
        try desk.messages().filter { $0.address == address && LetterNote.read($0.json)?.document == "supplement" }
            .compactMap { $0.bytes.map { String(decoding: $0, as: UTF8.self) } }
    }

    @Test("the papers go with the mail that circulates them, a restricted one and one too large do not")
    func attached() throws {
        let (society, desk) = try open(", papers_up_to: 1")
        func paper(_ title: String, _ size: Int, _ more: KeyValuePairs<String, String> = [:]) throws {
            let path = society.folder + "/\(title).pdf"
            try Data("%PDF-1.7\n".utf8 + (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }).write(
                to: URL(fileURLWithPath: path))
            var request = Request("add_paper", by: "sam")
            request.meeting = "next"
            request.fill("title", title)
            request.fill("file", path)
            for (name, text) in more { request.fill(name, text) }
            _ = try #require(try desk.perform(try desk.prepare(request).get().command).receipt)
        }
        try paper("plan", 3000)
        try paper("atlas", 2 << 20)
        try paper("secret", 1000, ["restricted_until": "2026-12-31"])
        try give("circulate", desk)
        let first = try #require(try mail(desk, to: "ann@example.org").first)
        #expect(first.contains("Subject: Papers: Health Board") && first.contains("filename=plan.pdf"))
        #expect(first.contains("Content-Type: application/pdf"))
        #expect(!first.contains("filename=atlas.pdf") && !first.contains("filename=secret.pdf"))
        try society.at("2026-04-02T08:00:00Z")
        try paper("more", 500)
        try give("circulate", desk)
        let mails = try mail(desk, to: "ann@example.org")
        let second = try #require(mails.first { $0.contains("Subject: More papers") })
        #expect(mails.count == 2 && second.contains("filename=more.pdf") && !second.contains("filename=plan.pdf"))
    }

    @Test("where the settings say so, papers stay at home")
    func none() throws {
        let (society, desk) = try open(", papers_up_to: 0")
        try Disk.write("text", to: society.folder + "/plan.txt")
        try give("add_paper", desk, ["title": "Plan", "file": society.folder + "/plan.txt"])
        try give("circulate", desk)
        let mails = try mail(desk, to: "ann@example.org")
        #expect(mails.count == 1 && !mails[0].contains("filename"))
    }
}
