import Documents
import Foundation
import Governance
import Journals
import Post
import Testing

@testable import Secretariat

/// A society whose mail is written as it is for real, and which is answered to by mail.
final class Correspondence {
    static let settings = """
        society: The Society
        zone: Europe/London
        rules: informal-partnership
        holidays: england-and-wales
        answers: {to: answers@example.org, inbox: inbox}
        post: {from: Secretariat <secretariat@example.org>, transport: maildir, folder: mail}
        """

    let society: Society
    let desk: Desk

    init(planning: Bool = true) throws {
        society = try Society(settings: Self.settings)
        desk = try Desk(
            workspace: society.workspace, journal: society.journal, files: try FileStore(folder: society.folder + "/files"),
            clock: society.clock, chance: society.chance, fill: Papers.fill)
        try society.take(Society.roster, to: desk)
        if planning {
            try give("plan_meeting", by: "sam", meeting: nil, ["body": "Health Board", "start": "2026-05-12 14:00"])
            try give("add_item", by: "sam", ["title": "Transport grant", "purpose": "decision"])
        }
    }

    @discardableResult
    func give(
        _ command: String, by actor: String, meeting: String? = "m1", _ fields: KeyValuePairs<String, String> = [:]
    ) throws -> Reply {
        var request = Request(command, by: actor)
        request.meeting = meeting
        for (name, text) in fields { request.fill(name, text) }
        switch try desk.prepare(request) {
        case .failure(let refusal): return .refused(refusal)
        case .success(let prepared): return try desk.perform(prepared.command)
        }
    }

    @discardableResult
    func remind() throws -> Reminding { try Timekeeper(desk: desk).remind(acceptingClock: true) }

    /// The messages to a person so far, oldest first, as they were written.
    func mails(to person: String) throws -> [OutboxMessage] {
        let id = try desk.lookup().person(person)
        return try desk.messages().filter { $0.recipient == id }.sorted { ($0.created, $0.key) < ($1.created, $1.key) }
    }

    /// The calendar in a message.
    func calendar(in message: OutboxMessage) throws -> CalendarFile? {
        let parts = String(decoding: message.bytes ?? [], as: UTF8.self).components(separatedBy: "--=_mandate_alternative")
        guard let part = parts.first(where: { $0.contains("Content-Type: text/calendar") }) else { return nil }
        let body = part.components(separatedBy: "\r\n\r\n").dropFirst().joined(separator: "\r\n\r\n")
        let unquoted = part.contains("quoted-printable") ? Self.unquoted(body) : body
        return try CalendarFile.read(Array(unquoted.utf8)).get()
    }

    private static func unquoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.replacingOccurrences(of: "=\r\n", with: "").utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "="), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

@Suite struct DiaryTests {
    @Test(
        "a meeting is called, moved and cancelled in each member's calendar under one name, in revisions that follow each other"
    )
    func life() throws {
        let house = try Correspondence()
        try house.give("give_notice", by: "sam")
        try house.give("accept", by: "ann")
        try house.give("reschedule", by: "sam", ["start": "2026-05-19 14:00"])
        try house.give("cancel", by: "sam", ["why": "The hall is flooded"])
        let calendars = try house.mails(to: "ann").compactMap { try house.calendar(in: $0) }
        #expect(calendars.map(\.method) == [.request, .request, .cancel])
        #expect(calendars.map { $0.entries[0].sequence } == [0, 1, 2])
        #expect(Set(calendars.map { $0.entries[0].uid }).count == 1)
        #expect(calendars[0].entries[0].start == .instant(1_778_590_800), "14:00 in London is 13:00 in UTC")
        #expect(calendars[1].entries[0].start == .instant(1_778_590_800 + 7 * 86_400))
        #expect(calendars[2].entries[0].status == .cancelled)
        let asked = calendars[0].entries[0].attendees
        #expect(asked.map(\.address) == ["ann@example.org"] && asked[0].isAskedToAnswer && asked[0].answer == .awaited)
        #expect(calendars[0].entries[0].organizer?.address == "answers@example.org")
        let others = try house.mails(to: "bob").compactMap { try house.calendar(in: $0) }
        #expect(others.count == 3 && others[0].entries[0].uid != calendars[0].entries[0].uid)
        #expect(try #require(house.mails(to: "ann").first?.bytes).contains("Reply-To: answers@example.org"))
    }

    @Test(
        "a person's calendar has their meetings and, on the day when each is due, their duties; a body's has what everyone may know"
    )
    func feeds() throws {
        let house = try Correspondence()
        try house.give("give_notice", by: "sam")
        let ann = try house.desk.calendar(for: house.desk.lookup().person("ann"))
        let meeting = try #require(ann.entries.first { $0.isBusy })
        #expect(meeting.summary == "Health Board" && meeting.attendees.isEmpty && meeting.organizer != nil)
        #expect(meeting.uid == (try house.mails(to: "ann").compactMap { try house.calendar(in: $0) }.first?.entries[0].uid))
        let duty = try #require(ann.entries.first { $0.summary == "Due: Say whether you will attend" })
        #expect(duty.start == .day("2026-05-05") && duty.end == .day("2026-05-06") && !duty.isBusy && duty.kind == .event)
        try house.give("apologise", by: "ann", ["reason": "clash"])
        let after = try house.desk.calendar(for: house.desk.lookup().person("ann"))
        #expect(after.entries.count == 1 && !after.entries[0].isBusy, "who is not coming is free then")
        let board = try house.desk.calendar(of: house.desk.lookup().body("Health Board"))
        #expect(board.entries.count == 1 && board.entries[0].description?.contains("apologies") != true)
        #expect(try CalendarFile.read(Array(ann.text.utf8)).get() == ann)
        #expect(try house.desk.calendar(of: house.desk.lookup().body("Carers Group")).entries.isEmpty)
    }
}

extension [UInt8] {
    func contains(_ text: String) -> Bool { String(decoding: self, as: UTF8.self).contains(text) }
}
