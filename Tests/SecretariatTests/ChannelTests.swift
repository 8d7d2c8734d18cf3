import Calendars
import Diagnostics
import Documents
import Foundation
import Governance
import Journals
import Post
import Testing

@testable import Secretariat

@Suite struct QuietHoursTests {
    @Test(
        "quiet is from the evening to the morning, in the zone's own time, also where the clocks change",
        arguments: [
            ("2026-05-07T19:59:59Z", nil), ("2026-05-07T20:00:00Z", "2026-05-08T06:00:00Z"),
            ("2026-05-08T05:59:59Z", "2026-05-08T06:00:00Z"), ("2026-05-08T06:00:00Z", nil),
            ("2026-03-28T22:00:00Z", "2026-03-29T06:00:00Z"), ("2026-10-24T21:00:00Z", "2026-10-25T07:00:00Z"),
        ] as [(String, String?)])
    func night(at time: String, end: String?) throws {
        let quiet = QuietHours(
            from: try #require(CivilTime(hour: 21, minute: 0)), to: try #require(CivilTime(hour: 7, minute: 0)))
        let found = quiet.end(around: try #require(Instant(time)), in: try Zones.named("Europe/London"))
        #expect(found == end.flatMap { Instant($0) })
    }

    @Test("quiet may lie within a day")
    func noon() throws {
        let quiet = QuietHours(
            from: try #require(CivilTime(hour: 12, minute: 0)), to: try #require(CivilTime(hour: 13, minute: 30)))
        let zone = try Zones.named("Europe/London")
        #expect(quiet.end(around: try #require(Instant("2026-01-07T13:00:00Z")), in: zone) == Instant("2026-01-07T13:30:00Z"))
        #expect(quiet.end(around: try #require(Instant("2026-01-07T13:30:00Z")), in: zone) == nil)
        #expect(quiet.end(around: try #require(Instant("2026-01-07T11:59:59Z")), in: zone) == nil)
    }
}

/// Mail as each person wants it.
@Suite struct ChannelTests {
    /// A society whose templates say only what they are, and a desk that reads them.
    private func open(_ settings: String = "") throws -> (society: Society, desk: Desk) {
        let society = try Society(
            settings: "society: S\npost: {from: office@example.org, transport: maildir}\n" + settings)
        try society.take(Society.roster)
        try society.give("plan_meeting", by: "sam", meeting: nil, ["body": "Health Board", "start": "2026-05-12 14:00"])
        try society.give("add_item", by: "sam", ["title": "Transport grant", "purpose": "decision"])
        for name in ["agenda", "reminder", "digest", "escalation", "invitation", "deadlines-moved", "supplement"] {
            try Disk.write(
                "Subject: \(name) of {{duties}}\n\nDear {{reader}}.\n", to: society.folder + "/Templates/\(name).mustache")
        }
        let workspace = try Workspace(folder: society.folder, shelf: Shelf(folder: Society.share))
        let desk = try Desk(
            workspace: workspace, journal: society.journal, files: try FileStore(folder: society.folder + "/files"),
            clock: society.clock, chance: society.chance, fill: Society.fill)
        return (society, desk)
    }

    private func give(_ command: String, by person: String, _ desk: Desk) throws {
        var request = Request(command, by: person)
        request.meeting = "next"
        if command == "apologise" { request.fill("reason", "clash") }
        _ = try #require(try desk.perform(try desk.prepare(request).get().command).receipt)
    }

    private func document(_ message: OutboxMessage) -> String? { LetterNote.read(message.json)?.document }

    @Test("who wants a digest gets one a day, who wants none gets none, and everything is accounted for")
    func channels() throws {
        let (society, desk) = try open()
        let (ann, bob, cora) = (
            try desk.lookup().person("ann@example.org"), try desk.lookup().person("bob@example.org"),
            try desk.lookup().person("cora@example.org")
        )
        _ = try #require(try desk.choose(.digest, for: ann, by: ann, id: "a").receipt)
        _ = try #require(
            try desk.choose(.statutory, for: cora, by: try desk.lookup().person("sam@example.org"), id: "c").receipt)
        #expect(try desk.choose(.statutory, for: ann, by: bob, id: "x").refusal != nil)
        #expect(desk.channel(of: ann) == .digest && desk.channel(of: bob) == .now)
        for command in ["give_notice", "publish_agenda", "circulate"] { try give(command, by: "sam", desk) }
        try society.at("2026-04-30T06:00:00Z")
        for _ in 0..<(12 * 8) {
            _ = try Timekeeper(desk: desk).remind(acceptingClock: true)
            society.hands.now = society.hands.now.adding(seconds: 3 * 3600)
        }
        let sent = try desk.messages(in: [.sent])
        let digests = sent.filter { $0.recipient == ann && document($0) == "digest" }
        let zone = try Zones.named("Europe/London")
        let days = digests.compactMap { $0.sentAt.map { zone.civil(at: Instant(seconds: $0)).date } }
        #expect(digests.count > 1 && Set(days).count == digests.count, "one a day: \(days)")
        #expect(!sent.contains { $0.recipient == ann && document($0) == "reminder" })
        #expect(sent.contains { $0.recipient == bob && ["reminder", "digest"].contains(document($0)) })
        #expect(!sent.contains { $0.recipient == cora && ["reminder", "digest"].contains(document($0)) })
        #expect(sent.contains { $0.recipient == cora && document($0) == "agenda" })
        let accounts = try desk.accounts()
        #expect(accounts.count(of: .missing) == 0 && accounts.count(of: .dead) == 0)
        let kept = accounts.all.filter { $0.recipient == cora && $0.document == "reminder" }
        #expect(!kept.isEmpty && kept.allSatisfy { $0.state == .superseded && $0.reason?.contains("no reminders") == true })
        let theirs = accounts.all.filter { $0.recipient == ann && $0.document == "reminder" }
        #expect(theirs.count >= digests.count && theirs.count { $0.state == .sent } >= digests.count)
    }

    @Test("a digest waits for its hour, loses what is done by then, and is not sent empty")
    func waiting() throws {
        let (society, desk) = try open("reminders_at: \"18:00\"\nchannel: digest\n")
        for command in ["give_notice", "publish_agenda", "circulate"] { try give(command, by: "sam", desk) }
        try society.at("2026-05-07T18:00:00Z")
        _ = try Timekeeper(desk: desk).remind(acceptingClock: true)
        // The reminder of reading goes out at nine.
        try society.at("2026-05-08T08:30:00Z")
        _ = try Timekeeper(desk: desk).remind()
        let ann = try desk.lookup().person("ann@example.org")
        func digest() throws -> OutboxMessage? { try desk.messages().first { $0.key == "digest/\(ann)/2026-05-08" } }
        let waiting = try #require(try digest())
        #expect(waiting.state == .pending && waiting.nextTry == Instant("2026-05-08T17:00:00Z")?.seconds)
        #expect(try desk.preview().contains { $0.key == waiting.key && $0.verdict == .waits })
        #expect(try desk.accounts().all.contains { $0.state == .pending && $0.reason?.hasPrefix("it is to leave at") == true })
        try give("apologise", by: "ann", desk)
        let ended = Set(desk.standing.duties.values.filter { !$0.isOpen }.map(\.id))
        let after = try #require(try digest())
        let left = LetterNote.read(after.json)?.duties ?? []
        #expect(after.state == .superseded || ended.isDisjoint(with: left))
        #expect(after.messageID == waiting.messageID)
        try society.at("2026-05-08T17:00:00Z")
        _ = try Timekeeper(desk: desk).remind()
        #expect(try digest()?.state == (after.state == .superseded ? .superseded : .sent))
        #expect(try desk.accounts().count(of: .missing) == 0)
    }

    @Test("at night nothing leaves that can wait; the preview and the account say until when")
    func night() throws {
        let (society, desk) = try open("quiet_hours: {from: \"21:00\", to: \"07:00\"}\n")
        try society.at("2026-04-20T20:30:00Z")
        try give("publish_agenda", by: "sam", desk)
        try society.journal.transact(at: society.hands.now.seconds) { transaction in
            let end = society.hands.now.seconds + 3600
            _ = try transaction.enqueue(
                NewOutboxMessage(
                    key: "urgent", recipient: "p1", address: "ann@example.org", due: society.hands.now.seconds, validUntil: end,
                    messageID: "<urgent@example.org>", bytes: Array("Subject: x\r\n\r\nx\r\n".utf8)))
        }
        let prospects = try desk.preview()
        #expect(prospects.filter { $0.verdict == .goes }.map(\.key) == ["urgent"])
        #expect(prospects.contains { $0.verdict == .waits && $0.reason?.contains("21 Apr 2026, 07:00") == true })
        #expect(try Timekeeper(desk: desk).remind().delivery.sent == 1)
        try society.at("2026-04-21T05:59:00Z")
        #expect(try Timekeeper(desk: desk).remind().delivery.sent == 0)
        try society.at("2026-04-21T06:00:00Z")
        #expect(try Timekeeper(desk: desk).remind().delivery.sent == prospects.count - 1)
    }

    @Test(
        "a line break in a name stops that person's mail only, and is told once",
        arguments: ["\r\nBcc: eve@example.org", "\r", "\n"])
    func badName(mark: String) throws {
        let (society, first) = try open()
        let ann = try first.lookup().person("ann@example.org")
        // No roster lets such a name in; a journal of long ago may hold one. NUL no journal takes.
        let value = { Journals.PersonalValue(id: ann + "/name", owner: ann, value: "Ann" + $0) }
        #expect(throws: JournalError.self) { try society.journal.transact(at: 0) { try $0.setPersonalValue(value("\0")) } }
        try society.journal.transact(at: 0) { try $0.setPersonalValue(value(mark)) }
        let desk = try Desk(
            workspace: first.workspace, journal: society.journal, files: try FileStore(folder: society.folder + "/files"),
            clock: society.clock, chance: society.chance, fill: Society.fill)
        try give("publish_agenda", by: "sam", desk)
        let done = try Timekeeper(desk: desk).remind()
        #expect(done.delivery.sent == 2 && done.givenUp.map(\.recipient) == [ann])
        #expect(done.givenUp.first?.reason == "To holds a line break or a NUL character")
        #expect(try Timekeeper(desk: desk).remind().givenUp.isEmpty, "told once")
        #expect(try Timekeeper(desk: desk).remind().delivery == Delivery())
        #expect(try society.journal.read { try $0.messages(in: [.dead]) }.count == 1)
    }

    @Test(
        "a template that fails on one letter, an address that is refused and a full mailbox stop nothing else, and are told once"
    )
    func badRows() throws {
        let (society, desk) = try open()
        try Disk.write(
            "Subject: x\n\n{{no_such_name}}\n", to: society.folder + "/Templates/digest.mustache", replacing: true)
        let workspace = try Workspace(folder: society.folder, shelf: Shelf(folder: Society.share))
        let again = try Desk(
            workspace: workspace, journal: society.journal, files: try FileStore(folder: society.folder + "/files"),
            clock: society.clock, chance: society.chance, fill: Society.fill)
        try give("publish_agenda", by: "sam", again)
        let script = Script([
            .refused(reason: "550 5.1.1 no such user here"), .deferred(reason: "452 4.2.2 mailbox is full"), .accepted,
        ])
        let first = try Timekeeper(desk: again, transport: script).remind()
        #expect(
            first.delivery.sent == 1 && first.delivery.deferred == 1
                && first.givenUp.map(\.reason) == ["550 5.1.1 no such user here"])
        #expect(try Timekeeper(desk: again, transport: script).remind().givenUp.isEmpty)
        try give("circulate", by: "sam", again)
        try society.at("2026-05-07T11:00:00Z")
        let second = try Timekeeper(desk: again, transport: script).remind(acceptingClock: true)
        #expect(second.givenUp.isEmpty && second.delivery.sent > 0, "what the digest cannot tell is told one by one")
        #expect(try !again.messages(in: [.sent]).contains { document($0) == "digest" })
        #expect(try again.accounts().count(of: .missing) == 0)
        let reached = Set(script.delivered.map(\.recipient.text))
        #expect(reached.isSuperset(of: ["ann@example.org", "bob@example.org", "cora@example.org"]))
        _ = desk
    }

    @Test("what a secretary drops is not told to them")
    func dropped() throws {
        let (society, desk) = try open()
        try give("publish_agenda", by: "sam", desk)
        let script = Script([.unknown(reason: "cut off"), .accepted, .accepted])
        #expect(try Timekeeper(desk: desk, transport: script).remind().givenUp.isEmpty)
        let uncertain = try desk.messages(in: [.uncertain]).map(\.key)
        #expect(uncertain.count == 1)
        #expect(try desk.rule(.drop(reason: "it was there"), on: uncertain).allSatisfy(\.isChanged))
        #expect(try Timekeeper(desk: desk, transport: script).remind().givenUp.isEmpty)
        // The workspace's folder is there for as long as somebody holds the society.
        withExtendedLifetime(society) {}
    }
}

extension SettingsTests {
    @Test("quiet hours and the usual channel are read, and mistakes found")
    func quietHours() throws {
        let found = read("society: S\nquiet_hours: {from: \"21:00\", to: \"07:00\"}\nchannel: digest\n")
        #expect(found.findings == [] && found.settings?.channel == .digest)
        #expect(found.settings?.quietHours?.from == CivilTime(hour: 21, minute: 0))
        for (line, says) in [
            ("quiet_hours: {from: \"21:00\"}", "to"), ("quiet_hours: {from: \"21:00\", to: late}", "21:00"),
            ("quiet_hours: {from: \"21:00\", to: \"21:00\"}", "no time at all"), ("channel: digests", "digest"),
        ] {
            let (settings, findings) = read("society: S\n\(line)\n")
            #expect(settings == nil && findings.first?.range.start.line == 2, "\(line)")
            #expect(findings.first?.rendered(in: nil).contains(says) == true, "\(line)")
        }
    }
}
