import Calendars
import Governance
import Journals
import Post
import Synchronization
import Testing
import Workflows

@testable import Secretariat

/// A journal that others hold for too long, so often.
private final class HeldJournal: JournalStore {
    private let inner: InMemoryJournal
    let refusals = Mutex(0)

    init(_ inner: InMemoryJournal) { self.inner = inner }

    func read<Answer>(_ body: (Reading) throws -> Answer) throws -> Answer { try inner.read(body) }

    func transact<Answer>(at now: Int64, _ body: (Transaction) throws -> Answer) throws -> Answer {
        let isHeld = refusals.withLock { left in
            defer { left = max(0, left - 1) }
            return left > 0
        }
        if isHeld { throw JournalError.busy(path: "mandate.db") }
        return try inner.transact(at: now, body)
    }
}

/// A mail system that does something while it has a message in hand.
private struct Meanwhile: Transport {
    var patience = 0
    let work: @Sendable () -> DeliveryResult

    func deliver(_ bytes: [UInt8], _ envelope: Envelope) -> DeliveryResult { work() }
}

@Suite struct RefusedMailTests {
    let society: Society
    let desk: Desk

    init() throws {
        society = try Society()
        try society.take(Society.roster)
        for name in ["agenda", "invitation", "reminder", "digest", "escalation"] {
            try Disk.write(
                "Subject: {{duties}} for {{reader}}\n\nDear {{reader}}.\n", to: society.folder + "/Templates/\(name).mustache")
        }
        let workspace = try Workspace(folder: society.folder, shelf: Shelf(folder: Society.share))
        desk = try Desk(
            workspace: workspace, journal: society.journal, files: try FileStore(folder: society.folder + "/files"),
            clock: society.clock, chance: society.chance, fill: Society.fill)
        try give("plan_meeting", meeting: nil, ["body": "Health Board", "start": "2026-05-12 14:00"])
        try give("add_item", ["title": "Transport grant", "purpose": "decision"])
    }

    @discardableResult
    private func give(
        _ command: String, by actor: String = "sam", meeting: String? = "next", _ fields: KeyValuePairs<String, String> = [:]
    ) throws -> Reply {
        var request = Request(command, by: actor)
        request.meeting = meeting
        for (name, text) in fields { request.fill(name, text) }
        switch try desk.prepare(request) {
        case .failure(let refusal): return .refused(refusal)
        case .success(let prepared): return try desk.perform(prepared.command)
        }
    }

    private func courier(_ journal: any JournalStore, _ transport: any Transport) throws -> Courier {
        Courier(
            journal: journal, transport: transport, sender: try Address("secretariat@example.org"), clock: society.clock,
            chance: society.chance)
    }

    @Test("what was handed over is recorded although others hold the journal for long, so that it goes out once")
    func patience() throws {
        try give("publish_agenda")
        let journal = HeldJournal(society.journal)
        let count = Mutex(0)
        let transport = Meanwhile {
            count.withLock { $0 += 1 }
            journal.refusals.withLock { $0 = 5 }
            return .accepted
        }
        #expect(try courier(journal, transport).deliver().sent == 3)
        society.hands.now = society.hands.now.adding(seconds: Courier.lease + 1)
        #expect(try courier(journal, transport).deliver().sent == 0)
        #expect(count.withLock { $0 } == 3)
    }

    @Test("a courier whose claim may run out hands nothing more over under it, and takes the rest anew")
    func slow() throws {
        try give("publish_agenda")
        let hands = society.hands
        let transport = Meanwhile(patience: 60) {
            hands.now = hands.now.adding(seconds: 250)
            return .accepted
        }
        let delivery = try courier(society.journal, transport).deliver()
        #expect(delivery.sent == 3 && delivery.deferred == 0)
        #expect(try desk.messages(in: [.sent]).map(\.tries) == [1, 1, 1])
    }

    @Test("an address that the mail server refuses for good opens the duty to confirm it, once; the others go")
    func refused() throws {
        try give("publish_agenda")
        let ann = try desk.lookup().person("ann")
        let mine = try desk.messages().filter { $0.recipient == ann }
        #expect(mine.count == 1)
        let transport = Choosy(refusing: "ann@example.org")
        let done = try Timekeeper(desk: desk, transport: transport).remind()
        #expect(done.delivery.sent == 2 && done.delivery.dead == 1 && done.givenUp.count == 1)
        let cases = desk.standing.cases(of: "contact_details")
        #expect(cases.map { $0.subjects[.person] } == [ann])
        let duties = desk.standing.duties.values.filter { $0.ofCase == cases.first?.id }
        #expect(duties.count == 1 && duties.allSatisfy(\.isOpen))
        let again = try Timekeeper(desk: desk, transport: transport).remind()
        #expect(again.givenUp.isEmpty && desk.standing.cases(of: "contact_details").count == 1)
        // The journal's clear text holds nothing that the server said.
        let entries = try society.journal.read { try $0.entries() }
        #expect(entries.allSatisfy { !$0.payload.contains("ann@example.org") })
    }

    private func notice() throws -> Case {
        try #require(desk.standing.cases(of: "meeting").last)
    }

    @Test("a notice that did not reach everybody is broken, until the secretary says how it was put right")
    func broken() throws {
        try give("give_notice")
        #expect(try notice().isIn("notice.given"))
        _ = try Timekeeper(desk: desk, transport: Choosy(refusing: "ann@example.org")).remind()
        #expect(try notice().isIn("notice.broken"))
        let id = try notice().id
        let owed = desk.standing.openDuties(of: id).filter { $0.state.contains("broken") }
        #expect(owed.count == 1)
        #expect(try give("put_notice_right", by: "ann", ["how": "By hand"]).receipt == nil, "it is the secretary's")
        #expect(try give("put_notice_right", ["how": "It was taken to her by hand"]).receipt != nil)
        #expect(try notice().isIn("notice.given") && desk.standing.duties[owed[0].id]?.isOpen == false)
    }

    @Test("a notice given in time that the mail brought too late is broken")
    func late() throws {
        try give("give_notice")
        _ = try Timekeeper(desk: desk, transport: Choosy(deferring: "ann@example.org")).remind()
        #expect(try notice().isIn("notice.given"), "it is still on its way")
        try society.at("2026-05-11T09:00:00Z")
        _ = try Timekeeper(desk: desk, transport: Choosy()).remind(acceptingClock: true)
        #expect(try notice().isIn("notice.broken"))
    }

    @Test("a mailbox that is full is tried again, and opens no duty")
    func full() throws {
        try give("publish_agenda")
        let transport = Choosy(deferring: "ann@example.org")
        let done = try Timekeeper(desk: desk, transport: transport).remind()
        #expect(done.delivery.sent == 2 && done.delivery.deferred == 1 && done.givenUp.isEmpty)
        #expect(desk.standing.cases(of: "contact_details").isEmpty)
    }
}

/// A mail system that does not like one address.
private struct Choosy: Transport {
    var refusing = ""
    var deferring = ""

    func deliver(_ bytes: [UInt8], _ envelope: Envelope) -> DeliveryResult {
        switch envelope.recipient.text {
        case refusing: .refused(reason: "550 5.1.1 <\(refusing)>: no such user")
        case deferring: .deferred(reason: "452 4.2.2 mailbox full")
        default: .accepted
        }
    }
}
