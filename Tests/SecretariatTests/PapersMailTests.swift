import CEL
import Calendars
import Documents
import Governance
import Testing
import Workflows

@testable import Secretariat

@Suite("Papers that are mailed, edited and confirmed")
struct PapersMailTests {
    @Test("each member's agenda greets them and says why they got it") func agenda() throws {
        var it = try Partnership()
        try it.plan()
        let mailing = try #require(it.mailings("agenda").last)
        let papers = it.papers()
        let mail = try papers.message(for: mailing, to: Partnership.asha, from: library)
        #expect(mail.subject == "Agenda: Health & Care Board, Tuesday 17 November 2026")
        #expect(mail.text.contains("Dear Asha *Star* Patel,"))
        #expect(mail.text.contains("You get this because you represent Group 2 & Sons on Health & Care Board."))
        #expect(mail.text.contains("14:00 to 16:00 (GMT)"))
        #expect(mail.html.contains("Health &amp; Care Board"))
        #expect(!mail.text.contains("should have reached you"))
        let attendee = try papers.message(for: mailing, to: Partnership.reader, from: library)
        #expect(attendee.text.contains("because you attend meetings of Health & Care Board"))
        #expect(!attendee.text.contains("Contract for beds"))
    }

    @Test("a mail that is written a day late says so") func late() throws {
        var it = try Partnership()
        try it.plan()
        let mailing = try #require(it.mailings("agenda").last)
        it.now = it.now.adding(seconds: 3 * 86_400)
        let mail = try it.papers().message(for: mailing, to: Partnership.asha, from: library)
        #expect(mail.text.contains("This should have reached you on Thursday 1 October 2026."))
    }

    @Test("an apology tells who asked whom, and not why") func apology() throws {
        var it = try Partnership()
        try it.plan()
        try it.at("2026-11-02T10:00:00Z")
        let ben: [SubjectKind: ID] = [.meeting: "m1", .representative: it.representative(Partnership.ben)]
        it.give("apologise", ben, ["reason": .string("illness"), "substitute": .string(Partnership.dee)], by: Partnership.ben)
        let mailing = try #require(it.mailings("apology").last)
        #expect(mailing.to == [Partnership.secretary, Partnership.coordinator])
        let asked = try it.papers().apology(mailing.ofCase, to: Partnership.secretary)
        #expect(asked.substitute == "Dee Ford")
        #expect(asked.substituteStatus == "asked; an answer is due by Wednesday 4 November 2026")
        #expect(asked.quorum == "5 may still come, 3 needed")
        let text = try it.papers().message(for: mailing, to: Partnership.coordinator, from: library).text
        #expect(!text.contains("illness"))
        #expect(text.contains("because you are the coordinator at Group 3 & Sons"))
        let request = try it.papers().standInRequest(mailing.ofCase, to: Partnership.dee)
        #expect(request.absent.name == "Ben Cole" && request.replyBy == "Wednesday 4 November 2026")
        #expect(request.step == "Stand in: mandate do stand_in --case \(mailing.ofCase) --as p9@example.org")
        #expect(request.items.contains("Contract for beds"))
        it.give("stand_in", ben, by: Partnership.dee)
        #expect(try it.papers().apology(mailing.ofCase, to: nil).substituteStatus == "has accepted")
        #expect(try it.papers().apology(mailing.ofCase, to: nil).quorum == "6 may still come, 3 needed")
    }

    @Test("an invitation to a meeting that was moved names the former time, and asks for an answer") func moved() throws {
        var it = try Partnership()
        try it.plan()
        try it.at("2026-10-02T09:00:00Z")
        it.give(
            "reschedule", [.meeting: "m1"], ["start": try it.moment("2026-11-24T10:00:00Z")], by: Partnership.secretary)
        let mailing = try #require(it.mailings("invitation").last)
        let view = try it.papers().invitation("m1", to: Partnership.asha)
        #expect(view.isMoved)
        #expect(view.former == "Tuesday 17 November 2026, 14:00 GMT")
        #expect(view.meeting.date == "Tuesday 24 November 2026" && view.meeting.start == "10:00")
        #expect(view.replyBy == "Tuesday 17 November 2026")
        #expect(view.step?.hasPrefix("Say that I will attend: mandate do accept --case ") == true)
        let mail = try it.papers().message(for: mailing, to: Partnership.asha, from: library)
        #expect(mail.subject == "Moved: Health & Care Board, Tuesday 24 November 2026, 10:00")
        #expect(try it.papers().agenda("m1").notice == nil, "notice of the former time is no notice")
    }

    @Test("a cancellation tells why, and which meeting is next") func cancelled() throws {
        var it = try Partnership()
        try it.plan()
        it.give("cancel", [.meeting: "m1"], ["why": .string("There is no heating")], by: Partnership.secretary)
        let view = try it.papers().cancellation("m1", to: Partnership.asha)
        #expect(view.reason == "There is no heating")
        #expect(view.next?.date == "Tuesday 12 January 2027")
        #expect(view.business == "goes to a later meeting")
        #expect(try it.papers().minutes("m1").status == "The meeting was cancelled")
    }

    @Test("a supplement holds the papers that came last") func supplement() throws {
        var it = try Partnership()
        try it.plan()
        try it.at("2026-11-11T10:00:00Z")
        it.paper("Late figures", item: "i3")
        it.give("circulate", [.meeting: "m1"], by: Partnership.secretary)
        let view = try it.papers().supplement("m1", to: Partnership.asha)
        #expect(view.papers.map(\.title) == ["Late figures"])
        #expect(view.readBy == "Monday 16 November 2026, 17:00 GMT")
    }

    @Test("a reminder counts working days, ticks what is done, and says how to do it") func reminder() throws {
        var it = try Partnership()
        try it.plan()
        try it.at("2026-11-11T10:00:00Z")
        let theirs = try #require(it.reportCase(of: Partnership.asha))
        let duty = try #require(it.standing.openDuties(of: theirs).first { $0.state.hasSuffix("reading") })
        let line = try #require(it.registrar.checklist(of: duty, in: it.standing, now: it.now).first)
        it.take(
            it.registrar.tick(
                duty: duty.id, line: line.key, isDone: true, by: Partnership.asha, in: it.standing, now: it.now))
        let view = try it.papers().reminder(duty.id, to: Partnership.asha)
        #expect(view.duty.due == "Monday 16 November 2026, 17:00 GMT")
        #expect(view.duty.remaining == "in 3 working days")
        #expect(view.duty.checklist.first == ChecklistItemView(text: "Read Plan for the winter", isDone: true))
        #expect(view.duty.checklist.dropFirst().allSatisfy { !$0.isDone })
        #expect(view.duty.owner == nil)
        #expect(
            view.duty.step == "Say that I have read the papers: mandate do confirm_read --case \(theirs) --as p3@example.org")
        #expect(view.papers.count == 3)
    }

    @Test("a digest holds the duties named first, then what else is owed by now") func digest() throws {
        var it = try Partnership()
        try it.plan()
        try it.at("2026-11-11T10:00:00Z")
        let theirs = try #require(it.reportCase(of: Partnership.asha))
        let duties = it.standing.openDuties(of: theirs)
        let named = try #require(duties.first { $0.state.hasSuffix("reading") })
        let view = try it.papers().digest(Partnership.asha, duties: [named.id])
        #expect(view.due.map(\.title) == ["Read the papers"])
        #expect(view.overdue.map(\.title) == ["Say whether you will attend"])
        #expect(view.overdue.map(\.remaining) == ["1 working day late"])
        #expect(view.later.map(\.title) == ["Declare your interests, or that you have none"])
        #expect(view.meetings.map(\.date) == ["Tuesday 17 November 2026"])
        let mail = try library.mail(view)
        #expect(mail.subject == "Your duties, some overdue: Wednesday 11 November 2026")
    }

    @Test("an escalation names whoever is late, and what its reader may do") func escalation() throws {
        var it = try Partnership()
        try it.hold()
        try it.at("2026-11-30T10:00:00Z")
        let mailing = try #require(it.mailings("escalation").last { $0.to == [Partnership.coordinator] && $0.duty != nil })
        let view = try it.papers().escalation(try #require(mailing.duty), to: Partnership.coordinator)
        #expect(view.duty.isOverdue && view.duty.title == "Report back")
        #expect(view.duty.remaining == "4 working days late")
        #expect(view.choices.first == "Speak with \(view.owner.name)")
        #expect(view.choices.last?.hasPrefix("Excuse the report: mandate do excuse_report --case \(mailing.ofCase)") == true)
        #expect(view.reminded == ["20 November 2026", "24 November 2026"])
    }

    @Test("a report that was sent back says so in its writer's duty") func sentBack() throws {
        var it = try Partnership()
        try it.hold()
        let subjects: [SubjectKind: ID] = [.meeting: "m1", .representative: it.representative(Partnership.asha)]
        it.give("submit_report", subjects, by: Partnership.asha)
        it.give("return_report", subjects, ["why": .string("Leave the prices out")], by: Partnership.coordinator)
        let view = try it.papers().checklist(Partnership.asha)
        let duty = try #require(view.due.first { $0.title == "Report back" })
        #expect(duty.note == "Sent back by Nia Rees on 17 November 2026: Leave the prices out")
    }

    @Test("what somebody edited takes the place of what is generated, with its status kept true") func edited() throws {
        var it = try Partnership()
        try it.hold()
        let home = try #require(it.standing.cases(of: "meeting", for: [.meeting: "m1"]).last?.id)
        let generated = try it.papers().text(document: "minutes", ofCase: home, from: library)
        #expect(generated.contains("**Status:** Draft") && generated.contains("Contract for beds"))
        it.take(
            it.registrar.edit(
                draft: "minutes", of: home, file: "f1", by: Partnership.secretary, in: it.standing, now: it.now))
        let own = "# Ours\n\n**Status:** Draft\n\nWe met *well*.\n"
        let papers = it.papers(files: ["f1": own])
        #expect(try papers.text(document: "minutes", ofCase: home, from: library) == own)
        #expect(try library.render(papers.minutes("m1", reader: Partnership.asha), as: .html).contains("<em>well</em>"))
        #expect(try papers.minutes("m1").edited == nil, "an item is restricted, so that the public reads what is generated")
        it.give("send_minutes", [.meeting: "m1"], by: Partnership.secretary)
        it.give("pass_minutes", [.meeting: "m1"], by: Partnership.chair)
        let mailing = try #require(it.mailings("minutes").last)
        let mail = try it.papers(files: ["f1": own]).message(for: mailing, to: Partnership.asha, from: library)
        #expect(mail.subject == "Minutes (Unconfirmed): Health & Care Board, Tuesday 17 November 2026")
        #expect(mail.text.contains("Status: Unconfirmed") && mail.text.contains("We met"))
        #expect(throws: PaperFailure.self) { try it.papers().minutes("m1", reader: Partnership.asha) }
    }

    @Test("minutes are confirmed by the next meeting's decision") func confirmed() throws {
        var it = try Partnership()
        try it.hold()
        #expect(try it.papers().minutes("m1").confirmation == nil)
        it.give("send_minutes", [.meeting: "m1"], by: Partnership.secretary)
        it.give("correct_minutes", [.meeting: "m1"], ["what": .string("Item 1: 214")], by: Partnership.chair)
        #expect(try it.papers().minutes("m1").corrections.map(\.what) == ["Item 1: 214"])
        it.give("send_minutes", [.meeting: "m1"], by: Partnership.secretary)
        it.give("pass_minutes", [.meeting: "m1"], by: Partnership.chair)
        #expect(try it.papers().minutes("m1").corrections.isEmpty)
        let item = try #require(it.standing.records.items.values.first { $0.confirms == "m1" })
        try it.at("2027-01-12T13:55:00Z")
        it.give("preside", [.meeting: "m2"], ["person": .string(Partnership.chair)], by: Partnership.secretary)
        for person in [Partnership.chair, Partnership.asha, Partnership.lee] {
            it.give("arrive", [.meeting: "m2"], ["person": .string(person)], by: Partnership.secretary)
        }
        it.give("open_meeting", [.meeting: "m2"], by: Partnership.secretary)
        it.give("open_item", [.item: item.id], by: Partnership.secretary)
        it.give("decide", [.item: item.id], ["decision": .string("Confirmed as an accurate record")], by: Partnership.secretary)
        let minutes = try it.papers().minutes("m1")
        #expect(minutes.status == "Confirmed" && !minutes.isDraft)
        #expect(minutes.next?.date == "Tuesday 12 January 2027", "it is the next one although it has begun")
        #expect(
            minutes.confirmation
                == ConfirmationView(
                    date: "12 January 2027", meeting: "the meeting of that day", signedBy: "Mary O'Brien"))
    }

    @Test("an interest that came over with a deferred item is in the register once") func carriedOver() throws {
        var it = try Partnership()
        try it.plan()
        it.declare(Partnership.asha, "i3", "I run a bus company")
        try it.at("2026-11-17T13:55:00Z")
        it.give("preside", [.meeting: "m1"], ["person": .string(Partnership.chair)], by: Partnership.secretary)
        for person in [Partnership.chair, Partnership.asha, Partnership.lee] { it.arrive(person) }
        it.give("open_meeting", [.meeting: "m1"], by: Partnership.secretary)
        it.give("open_item", [.item: "i3"], by: Partnership.secretary)
        it.give("move_on", [.item: "i3"], by: Partnership.secretary)
        let papers = it.papers()
        let deferral = try papers.minutes("m1").items[2].deferral
        #expect(deferral == DeferralView(to: "the meeting of 12 January 2027", reason: "there was no quorum for it"))
        let entry = try #require(try papers.register("b1").entries.first { $0.person.name == "Asha *Star* Patel" })
        #expect(entry.interests.map(\.nature) == ["I run a bus company (Transport, 12 January 2027)"])
        #expect(entry.interests.map(\.since) == ["1 October 2026"])
        let carried = try papers.declarations("m2").items.flatMap(\.declarations)
        #expect(carried.map(\.note) == ["Came over with the deferred item; not yet confirmed"])
        #expect(try papers.agenda("m2").items.last?.note == "Deferred from the meeting of 17 November 2026")
    }
}

@Test(
    "things are enumerated as people do",
    arguments: [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]) func enumerating(
        _ things: [String], _ words: String
    )
{
    #expect(enumerated(things) == words)
}

@Test("what asked a draft's writer for words is gone from what was written, and their own words stay") func prompts() {
    let text = """
        # Report

        > Filled from what happened. Lines that begin with "Write:" ask for your
        > words.

        1. *Write: what should a busy reader remember?*
        2. The plan was agreed.

        *Write: what else?*

        Write to the board, they said.

        > A quote stays.
        """
    #expect(
        Papers.withoutPrompts(text)
            == "# Report\n\n2. The plan was agreed.\n\nWrite to the board, they said.\n\n> A quote stays.")
    #expect(Papers.withoutPrompts("a\n\nb\n") == "a\n\nb\n")
}

@Test("sections that the document has of its own are left out of what was written") func ownSections() {
    let text = "# Minutes\n\n## 1. Plan\n\nAgreed.\n\n## Confirmation\n\nNot confirmed.\n\n## Next meeting\n\nMay"
    #expect(
        Papers.text(text, without: ["Corrections", "Confirmation"])
            == "# Minutes\n\n## 1. Plan\n\nAgreed.\n\n## Next meeting\n\nMay")
}

@Test("the line of the status alone is kept true") func statusLine() {
    #expect(
        Papers.text("a\n**Status:** Draft\nb\n**Status:** x", withStatus: "Confirmed")
            == "a\n**Status:** Confirmed\nb\n**Status:** x")
    #expect(Papers.text("no status", withStatus: "Confirmed") == "no status")
}
