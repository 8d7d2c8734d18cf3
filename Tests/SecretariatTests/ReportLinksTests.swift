import CEL
import Documents
import Foundation
import Governance
import Testing
import Workflows

@testable import Secretariat

/// A report's links: what was said to the mandate it rests on, what came of the meeting to be done, what was challenged and changed.
@Suite("What a feedback report rests on, and what came of the meeting")
struct ReportLinksTests {
    private static let organisation: [SubjectKind: ID] = [.organisation: "o2"]

    /// Asha's group is consulted and adopts a position; then the meeting is held.
    private func held() throws -> (it: Partnership, consultation: ID) {
        var it = try Partnership()
        it.give(
            "consult", Self.organisation,
            ["matter": .string("Evening *buses*"), "why": .string("Routes go"), "closes": .string("2026-10-20")],
            by: Partnership.coordinator)
        for group in ["older_people", "carers", "faith"] {
            it.give(
                "give_view", Self.organisation, ["group": .string(group), "view": .string("Keep them: \(group)")],
                by: Partnership.reader)
        }
        try it.at("2026-10-21T09:00:00Z")
        it.give("finish_summary", Self.organisation, by: Partnership.coordinator)
        it.give(
            "adopt_position", Self.organisation,
            ["matter": .string("Evening *buses*"), "position": .string("Keep every evening route")],
            by: Partnership.coordinator)
        try it.hold()
        return (it, try #require(it.standing.cases(of: "consultation").last).id)
    }

    private func said(
        _ it: inout Partnership, _ words: String, _ item: ID, _ restsOn: String, _ consultation: ID? = nil,
        by person: ID = Partnership.asha
    ) {
        it.give(
            "record_voice", [.meeting: "m1", .representative: it.representative(person)],
            [
                "item": .string(item), "said": .string(words), "rests_on": .string(restsOn),
                "consultation": consultation.map(Value.string) ?? .null,
            ], by: person)
    }

    @Test("each thing that was said tells the position, the consultation or that it rests on nothing")
    func mandates() throws {
        var (it, consultation) = try held()
        said(&it, "Keep the late bus", "i1", "position", consultation)
        said(&it, "Older people go nowhere without it", "i1", "consultation", consultation)
        said(&it, "By what was agreed", "i3", "position")
        said(&it, "I think so too", "i3", "nothing")
        let papers = it.papers()
        let report = try papers.feedbackReport(try #require(it.reportCase(of: Partnership.asha)))
        #expect(
            report.statements.map(\.said) == [
                "Keep the late bus", "Older people go nowhere without it", "By what was agreed", "I think so too",
            ])
        let heard = "the consultation on Evening *buses*, with 3 views (\(consultation))"
        let position = "the collective position on Evening *buses* of 21 October 2026 (\(heard))"
        #expect(report.statements.map(\.mandate) == [position, heard, position, nil])
        #expect(report.statements.map(\.item) == ["Winter plan", "Winter plan", "Transport", "Transport"])
        let text = try library.render(report, as: .text)
        #expect(text.contains("Mandate: none; this was my own judgement"))
        #expect(text.components(separatedBy: "Mandate: the collective position").count == 3)
    }

    @Test("another's words are not in it, nor what was said on an item that is held back, nor a position of another group")
    func heldBack() throws {
        var (it, consultation) = try held()
        said(&it, "On the bids", "i2", "consultation", consultation)
        said(&it, "Lee's own", "i1", "nothing", by: Partnership.lee)
        let report = try it.papers().feedbackReport(try #require(it.reportCase(of: Partnership.asha)))
        #expect(report.statements.isEmpty && report.blank.contains("what is held back") == false)
        let lees = try it.papers().feedbackReport(try #require(it.reportCase(of: Partnership.lee)))
        #expect(lees.statements == [StatementView(item: "Winter plan", said: "Lee's own", mandate: nil)])
    }

    @Test(
        "the actions of the meeting are listed: the representative's first, then the group's, then others'; none of an item held back"
    )
    func actions() throws {
        var (it, _) = try held()
        for (what, who, due, item) in [
            ("Count the beds", Partnership.lee, "2026-11-20", "i1"),
            ("Ring the operator", Partnership.coordinator, "2026-12-01", "i3"),
            ("Write to carers", Partnership.asha, "2026-12-10", "i1"),
            ("Sign the contract", Partnership.lee, "2026-12-01", "i2"),
        ] {
            it.give(
                "agree_action", [.meeting: "m1"],
                ["what": .string(what), "who": .string(who), "due": .string(due), "on_item": .string(item)],
                by: Partnership.secretary)
        }
        let papers = it.papers()
        let report = try papers.feedbackReport(try #require(it.reportCase(of: Partnership.asha)))
        #expect(report.actions.map(\.what) == ["Write to carers", "Ring the operator", "Count the beds"])
        #expect(report.actions[0].due == "Thursday 10 December 2026" && report.actions[0].source == "item 1")
        let lees = try papers.feedbackReport(try #require(it.reportCase(of: Partnership.lee)))
        #expect(lees.actions.map(\.what) == ["Count the beds", "Ring the operator", "Write to carers"])
        #expect(
            try papers.minutes("m1", reader: Partnership.secretary).items[0].actions.map(\.what) == [
                "Count the beds", "Write to carers",
            ])
        #expect(try library.render(report, as: .markdown).contains("## Actions"))
        let first = try #require(it.standing.cases(of: "action").first)
        it.give(
            "move_action", [.ofCase("action"): first.id],
            ["due": .string("2027-02-01"), "why": .string("The figures are late")], by: Partnership.secretary)
        it.give("pass_action", [.ofCase("action"): first.id], ["who": .string(Partnership.asha)], by: Partnership.secretary)
        let told = try #require(it.papers().minutes("m1", reader: Partnership.secretary).items[0].actions.first)
        #expect(told.what == "Count the beds", "the order is that of the minutes")
        #expect(told.owner == "Lee Park" && told.due.map { $0.contains("20 November 2026") } == true)
    }

    @Test(
        "what was challenged, what it changed and what went well stand in the report; headings over nothing are named in one line"
    )
    func challenged() throws {
        var (it, _) = try held()
        let mine: [SubjectKind: ID] = [.meeting: "m1", .representative: it.representative(Partnership.asha)]
        it.give(
            "challenge", mine, ["what": .string("No night route"), "affects": .string("Shift workers")], by: Partnership.asha)
        it.give(
            "follow_up", mine,
            ["outcome": .string("changed"), "matter": .string("Buses"), "change": .string("One on Fridays")],
            by: Partnership.asha)
        it.give("offer_success", mine, ["what": .string("We were asked first"), "agrees": .bool(true)], by: Partnership.asha)
        let report = try it.papers().feedbackReport(try #require(it.reportCase(of: Partnership.asha)))
        #expect(report.equality == ["I challenged: No night route. It touches: Shift workers"])
        #expect(report.influence == ["Buses: One on Fridays"] && report.wentWell == ["We were asked first"])
        it.give("submit_report", mine, by: Partnership.asha)
        it.give("release_report", mine, by: Partnership.coordinator)
        let sent = try it.papers().feedbackReport(try #require(it.reportCase(of: Partnership.asha)))
        #expect(
            sent.blank == [
                "key messages", "what I said", "what it means for the sector", "opportunities", "where I need your guidance",
                "actions",
            ])
        let text = try library.render(sent, as: .markdown)
        #expect(!text.contains("Write:") && !text.contains("## Opportunities") && !text.contains("Nothing is recorded"))
        #expect(text.contains("*Nothing to report under:* key messages, what I said, what it means"))
    }

    @Test("answers to a report are to be raised at the next meeting, and late ones at the one after")
    func answers() throws {
        var (it, _) = try held()
        let mine: [SubjectKind: ID] = [.meeting: "m1", .representative: it.representative(Partnership.asha)]
        it.give("submit_report", mine, by: Partnership.asha)
        it.give("release_report", mine, by: Partnership.coordinator)
        it.give("answer", mine, ["text": .string("Ask about Sundays")], by: Partnership.reader)
        func lines(_ meeting: ID) -> [String] {
            it.registrar.owed(by: Partnership.asha, in: it.standing, now: it.now)
                .filter { it.standing.keys(of: $0.ofCase).all[.meeting] == meeting }.flatMap(\.checklist).map(\.text)
        }
        it.give(
            "add_item", [.meeting: "m2"], ["title": .string("Rest"), "purpose": .string("discussion")],
            by: Partnership.secretary)
        it.give("circulate", [.meeting: "m2"], by: Partnership.secretary)
        #expect(lines("m2").contains { $0.hasPrefix("Raise what was answered") && $0.contains("Ask about Sundays") })
    }
}
