import Calendars
import Foundation
import Governance
import Journals
import Post
import Synchronization
import Testing

@testable import Secretariat

@Suite struct LetterTests {
    private func mailing(_ id: String, to people: [ID], duty: String? = nil, until: Int64? = nil) -> Mailing {
        Mailing(
            id: id, occurrence: duty.map { "\($0)/remind.0/0" }, document: duty == nil ? "agenda" : "reminder", ofCase: "c1",
            duty: duty,
            to: people, at: Instant(seconds: 0), validUntil: until.map { Instant(seconds: $0) })
    }

    private let day = CivilDate(daysSince1970: 20_000)

    @Test("several reminders to one person in one run are one digest, of use as long as the longest")
    func digest() {
        let mailings = [
            mailing("x1", to: ["p1"], duty: "d1", until: 10), mailing("x2", to: ["p1", "p2"], duty: "d2", until: 20),
            mailing("x3", to: ["p1"]),
        ]
        let letters = Letter.all(of: mailings, gathering: true) { _ in day }
        #expect(letters.map(\.document) == ["agenda", "digest", "reminder"])
        #expect(letters.map(\.reader) == ["p1", "p1", "p2"])
        #expect(letters[1].mailings.compactMap(\.duty) == ["d1", "d2"] && letters[1].validUntil == Instant(seconds: 20))
        #expect(Set(letters.map(\.key)).count == 3)
    }

    @Test("a reader's channel says how word of duties goes; what a workflow mails goes in any case")
    func channels() {
        var escalation = mailing("x4", to: ["p1", "p3"], duty: "d4", until: nil)
        escalation.document = "escalation"
        let mailings = [
            mailing("x1", to: ["p1", "p2", "p3"], duty: "d1", until: 10), mailing("x2", to: ["p1", "p2", "p3"]), escalation,
        ]
        let channel: (ID) -> Channel = { $0 == "p1" ? .digest : $0 == "p2" ? .statutory : .now }
        let letters = Letter.all(of: mailings, gathering: true, channel: channel) { _ in day }
        let found = letters.map { "\($0.reader) \($0.document) \($0.way)" }
        #expect(
            Set(found) == [
                "p1 agenda now", "p2 agenda now", "p3 agenda now", "p1 digest daily", "p2 reminder unwanted", "p3 digest now",
            ])
        #expect(found.count == 6 && letters.first { $0.way == .daily }?.key == "digest/p1/\(day)")
    }

    @Test("outside of a run each reminder is a letter of its own, and nobody gets the same twice")
    func single() {
        let mailings = [mailing("x1", to: ["p1"], duty: "d1"), mailing("x2", to: ["p1", "p1"], duty: "d2")]
        let letters = Letter.all(of: mailings, gathering: false) { _ in day }
        #expect(letters.map(\.key) == ["d1/remind.0/0/p1", "d2/remind.0/0/p1"])
    }
}

/// A mail system that does as it is told.
final class Script: Transport {
    private let state = Mutex<(answers: [DeliveryResult], delivered: [Envelope], bytes: [[UInt8]])>(([], [], []))

    init(_ answers: [DeliveryResult] = []) { state.withLock { $0.answers = answers } }

    var delivered: [Envelope] { state.withLock { $0.delivered } }
    var bytes: [[UInt8]] { state.withLock { $0.bytes } }

    func deliver(_ bytes: [UInt8], _ envelope: Envelope) -> DeliveryResult {
        state.withLock { state in
            state.delivered.append(envelope)
            state.bytes.append(bytes)
            return state.answers.isEmpty ? .accepted : state.answers.removeFirst()
        }
    }
}

@Suite struct SendingTests {
    let society: Society

    init() throws {
        society = try Society()
        try society.take(Society.roster)
        try society.give("plan_meeting", by: "sam", meeting: nil, ["body": "Health Board", "start": "2026-05-12 14:00"])
        try society.give("add_item", by: "sam", ["title": "Transport grant", "purpose": "decision"])
        try Disk.write(
            "Subject: To {{reader}}\n\nDear {{reader}}, {{duties}} duties.\n", to: society.folder + "/Templates/agenda.mustache"
        )
        for name in ["reminder", "digest", "escalation"] {
            try Disk.write(
                "Subject: {{duties}} for {{reader}}\n\nDear {{reader}}.\n", to: society.folder + "/Templates/\(name).mustache")
        }
    }

    /// A desk that reads the test's own templates.
    private func desk() throws -> Desk {
        let workspace = try Workspace(folder: society.folder, shelf: Shelf(folder: Society.share))
        return try Desk(
            workspace: workspace, journal: society.journal, files: try FileStore(folder: society.folder + "/files"),
            clock: society.clock, chance: society.chance, fill: Society.fill)
    }

    private func publish(_ desk: Desk) throws {
        var request = Request("publish_agenda", by: "sam")
        request.meeting = "next"
        let prepared = try desk.prepare(request).get()
        _ = try #require(try desk.perform(prepared.command).receipt)
    }

    private func mails() throws -> [String] {
        let new = society.folder + "/mail/new"
        return try FileManager.default.contentsOfDirectory(atPath: new).sorted().map {
            try String(contentsOfFile: new + "/" + $0, encoding: .utf8)
        }
    }

    @Test("a mailing is one message for each person, and reminding twice sends nothing the second time")
    func twice() throws {
        let desk = try desk()
        try publish(desk)
        let first = try Timekeeper(desk: desk).remind()
        #expect(first.delivery.sent == 3 && first.delivery.dead == 0)
        let mails = try mails()
        #expect(
            mails.count == 3
                && mails.contains { $0.contains("To: Ann Archer <ann@example.org>") && $0.contains("Subject: To Ann Archer") })
        let second = try Timekeeper(desk: desk).remind()
        #expect(second.entries == 0 && second.messages == 0 && second.delivery == Delivery())
        #expect(try self.mails().count == 3)
    }

    @Test("what is due in one run to one person comes as one digest")
    func digest() throws {
        let desk = try desk()
        try publish(desk)
        try society.give("circulate", by: "sam")
        try society.at("2026-05-07T11:00:00Z")
        let done = try Timekeeper(desk: desk).remind()
        #expect(done.messages > 0)
        let documents = try desk.messages().compactMap { LetterNote.read($0.json)?.document }
        #expect(documents.contains("digest"))
    }

    @Test("a template that fails makes a dead message with the reason, and stops nothing else")
    func failing() throws {
        try Disk.write("Subject: x\n\n{{no_such_name}}\n", to: society.folder + "/Templates/agenda.mustache", replacing: true)
        let desk = try desk()
        try publish(desk)
        let messages = try desk.messages()
        #expect(
            messages.count == 3 && messages.allSatisfy { $0.state == .dead && $0.lastError?.contains("no_such_name") == true })
        #expect(desk.standing.cases.values.contains { $0.isIn("agenda.published") })
    }

    @Test("a message to somebody without an address is dead with the reason")
    func nowhere() throws {
        let desk = try desk()
        let ann = try desk.lookup().person("ann@example.org")
        try society.journal.transact(at: 0) { try $0.removePersonalValue(ann + "/email") }
        let other = try self.desk()
        try publish(other)
        #expect(try other.messages(in: [.dead]).map(\.recipient) == [ann])
    }

    private func courier(_ script: Script) throws -> Courier {
        Courier(
            journal: society.journal, transport: script, sender: try Address("secretariat@example.org"), clock: society.clock,
            chance: society.chance)
    }

    @Test("accepted is sent, refused is dead, deferred waits and is tried again with the same bytes")
    func outcomes() throws {
        let desk = try desk()
        try publish(desk)
        let script = Script([.accepted, .refused(reason: "no such user"), .deferred(reason: "busy")])
        let first = try courier(script).deliver()
        #expect(first.sent == 1 && first.dead == 1 && first.deferred == 1)
        #expect(try courier(script).deliver() == Delivery())
        let waiting = try #require(try desk.messages(in: [.pending]).first)
        #expect(waiting.lastError == "busy" && waiting.nextTry > society.hands.now.seconds)
        society.hands.now = Instant(seconds: waiting.nextTry)
        #expect(try courier(script).deliver().sent == 1)
        #expect(script.bytes.last == script.bytes[2] && script.delivered.count == 4)
        #expect(script.delivered.last?.messageID == script.delivered[2].messageID)
    }

    @Test("a courier that died is followed by another when its lease has run out, not before")
    func lease() throws {
        let desk = try desk()
        try publish(desk)
        let claimed = try society.journal.transact(at: society.hands.now.seconds) {
            try $0.claim(limit: 10, lease: Courier.lease, token: "gone")
        }
        #expect(claimed.count == 3)
        let script = Script()
        #expect(try courier(script).deliver().sent == 0)
        society.hands.now = society.hands.now.adding(seconds: Courier.lease + 1)
        #expect(try courier(script).deliver().sent == 3)
        #expect(Set(script.delivered.map(\.messageID)).count == 3)
    }

    @Test("a reminder that has not gone out is superseded when its duty ends")
    func superseded() throws {
        let desk = try desk()
        try publish(desk)
        try society.at("2026-05-07T11:00:00Z")
        _ = try desk.fireAll()
        let waiting = try desk.messages(in: [.pending]).filter { LetterNote.read($0.json)?.document == "reminder" }
        #expect(!waiting.isEmpty)
        for person in ["ann", "bob", "cora"] {
            var request = Request("declare_none", by: person)
            request.meeting = "next"
            _ = try #require(try desk.perform(try desk.prepare(request).get().command).receipt)
        }
        let states = Set(try desk.messages().filter { it in waiting.contains { $0.key == it.key } }.map(\.state))
        #expect(states == [.superseded])
    }

    @Test("a preview names what would go and what not, and changes nothing")
    func preview() throws {
        let desk = try desk()
        try publish(desk)
        try society.at("2026-05-07T11:00:00Z")
        let digest = try desk.readModelDigest()
        let before = try desk.messages()
        let prospects = try desk.preview()
        #expect(prospects.contains { $0.verdict == .goes && $0.document == "agenda" })
        #expect(prospects.contains { $0.verdict == .goes && ["reminder", "digest"].contains($0.document) })
        #expect(try desk.messages() == before && desk.readModelDigest() == digest)
        let done = try Timekeeper(desk: desk).remind()
        #expect(done.delivery.sent == prospects.count { $0.verdict == .goes })
        #expect(try desk.preview().isEmpty)
    }

    @Test("a preview gives the reason of what waits, of what a person must decide, and of what has expired")
    func reasons() throws {
        let desk = try desk()
        try publish(desk)
        _ = try courier(Script([.deferred(reason: "busy"), .unknown(reason: "cut off"), .deferred(reason: "busy")])).deliver()
        let found = try desk.preview()
        #expect(found.map(\.verdict).sorted { $0.rawValue < $1.rawValue } == [.asks, .waits, .waits])
        #expect(found.allSatisfy { $0.reason?.contains("busy") == true || $0.reason?.contains("cut off") == true })
        try society.at("2026-05-13T09:00:00Z")
        #expect(try desk.preview().contains { $0.verdict == .expires && $0.reason != nil })
    }

    @Test("everything that fell due is accounted for: sent, dead, pending, superseded, and why")
    func accounts() throws {
        let desk = try desk()
        #expect(try desk.accounts().all.isEmpty)
        try publish(desk)
        #expect(try desk.accounts().all.map(\.state) == [.pending, .pending, .pending])
        _ = try courier(Script([.accepted, .refused(reason: "no such user"), .deferred(reason: "busy")])).deliver()
        let states = try desk.accounts().all.map(\.state).sorted { $0.rawValue < $1.rawValue }
        #expect(states == [.dead, .pending, .sent])
        try society.at("2026-05-07T11:00:00Z")
        #expect(try desk.accounts().all.contains { $0.state == .pending && $0.reason == "`remind` has not run since" })
        _ = try desk.fireAll()
        let fired = try desk.accounts()
        #expect(fired.all.count > 3 && fired.count(of: .missing) == 0)
        for person in ["ann", "bob", "cora"] {
            var request = Request("declare_none", by: person)
            request.meeting = "next"
            _ = try #require(try desk.perform(try desk.prepare(request).get().command).receipt)
        }
        #expect(try desk.accounts().count(of: .superseded) > 0)
    }

    @Test("a digest accounts for each occurrence that it carries")
    func digestAccounts() throws {
        let desk = try desk()
        try publish(desk)
        try society.give("circulate", by: "sam")
        try society.at("2026-05-07T11:00:00Z")
        _ = try Timekeeper(desk: desk).remind()
        let accounts = try desk.accounts()
        let carried = try desk.messages(in: [.sent]).reduce(0) { $0 + (LetterNote.read($1.json)?.mailings.count ?? 0) }
        #expect(accounts.count(of: .missing) == 0 && accounts.count(of: .sent) == carried)
    }

    @Test("a message that the outbox has lost is missing in the account")
    func missing() throws {
        let desk = try desk()
        try publish(desk)
        let entries = try society.journal.read { try $0.entries().map { try Ledger.read($0) } }
        let kept = try desk.messages().dropFirst()
        let accounts = Accounts(entries: entries, messages: Array(kept), waiting: [], now: desk.now)
        #expect(accounts.count(of: .missing) == 1 && accounts.count(of: .pending) == 2)
    }

    @Test("a clock that is more than seven days ahead of the last run and of the newest entry is not believed unasked")
    func leap() throws {
        let desk = try desk()
        try publish(desk)
        try society.at("2026-04-20T08:00:00Z")
        _ = try Timekeeper(desk: desk).remind()
        #expect(Heartbeat.last(in: desk.workspace)?.at == society.hands.now, "before the first run there is nothing to compare")
        try society.at("2026-04-27T08:00:00Z")
        _ = try Timekeeper(desk: desk).remind()
        try society.at("2026-05-30T08:00:01Z")
        #expect(throws: ClockFailure.self) { try Timekeeper(desk: desk).remind() }
        _ = try Timekeeper(desk: desk).remind(acceptingClock: true)
        try society.at("2026-07-12T08:00:00Z")
        #expect(throws: ClockFailure.self) { try Timekeeper(desk: desk).remind() }
        try society.give("plan_meeting", by: "sam", meeting: nil, ["body": "Health Board", "start": "2026-09-08 14:00"])
        _ = try Timekeeper(desk: desk).remind()
        #expect(Heartbeat.last(in: desk.workspace)?.at == society.hands.now, "somebody works by this clock")
    }

    @Test("the doctor knows a heart that has stopped, a run under way, and messages on which a person must decide")
    func doctor() throws {
        let desk = try desk()
        try publish(desk)
        let state = { (name: String) in try Doctor(of: desk).examine().first { $0.name == name }?.state }
        #expect(try state("heartbeat") == .poor && state("zones") == .good && state("post") == .good)
        #expect(try state("durable") == .poor, "a journal in memory is not durable")
        _ = try courier(Script([.unknown(reason: "cut off"), .refused(reason: "no such user")])).deliver()
        #expect(try state("dead") == .poor && state("uncertain") == .bad)
        _ = try Timekeeper(desk: desk).remind()
        #expect(try state("heartbeat") == .good && state("lock") == .good)
        society.hands.now = society.hands.now.adding(seconds: Heartbeat.patience + 1)
        #expect(try state("heartbeat") == .bad)
        let locked = try Disk.locked(society.folder + "/.remind.lock") { try state("lock") }
        #expect(locked == .poor)
    }

    @Test("paths with blanks, quotes and percent signs come through to cron and systemd")
    func installation() {
        let plain = Doctor.installation(program: "/usr/bin/mandate", workspace: "/srv/partnership", readsAnswers: false)
        #expect(!plain.contains("inbox"))
        #expect(plain.contains("*/15 * * * * /usr/bin/mandate remind --workspace /srv/partnership"))
        #expect(plain.contains("ExecStart=/usr/bin/mandate remind --workspace /srv/partnership\n"))
        let odd = Doctor.installation(program: "/usr/bin/mandate", workspace: "/srv/our 50% 'group'", readsAnswers: true)
        #expect(odd.contains(#"ExecStart=/usr/bin/mandate inbox --workspace "/srv/our 50%% 'group'""#))
        #expect(odd.contains(#"*/5 * * * * /usr/bin/mandate inbox --workspace '/srv/our 50\% '\''group'\'''"#))
        #expect(odd.contains(#"--workspace '/srv/our 50\% '\''group'\'''"#))
        #expect(odd.contains(#"--workspace "/srv/our 50%% 'group'""#))
    }

    @Test("a second process that reminds at the same time leaves without a word")
    func politeness() throws {
        let desk = try desk()
        let done = try Disk.locked(society.folder + "/.remind.lock") { try Timekeeper(desk: desk).remind() }
        #expect(done?.wasBusy == true)
    }
}
