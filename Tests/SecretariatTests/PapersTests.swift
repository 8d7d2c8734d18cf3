import CEL
import Calendars
import Documents
import Foundation
import Governance
import Testing
import Workflows

@testable import Secretariat

@Suite("Papers of a meeting held under the shipped workflows")
struct PapersTests {
    private func held() throws -> Partnership {
        var it = try Partnership()
        try it.hold()
        return it
    }

    @Test("minutes tell who was there, how, and when they were out") func attendance() throws {
        let minutes = try held().papers().minutes("m1", reader: Partnership.secretary)
        #expect(
            minutes.present.map(\.person.name) == ["Mary O'Brien", "Asha *Star* Patel", "Dee Ford", "Lee Park", "Eve Moss"])
        #expect(minutes.present.map(\.times) == [nil, "out 14:32 to 14:50", nil, nil, "from 14:20"])
        #expect(minutes.present.map(\.manner) == Array(repeating: "in the room", count: 4) + ["remotely"])
        #expect(minutes.present[2].substituteFor == "Ben Cole")
        #expect(minutes.apologies.map(\.person.name) == ["Ben Cole"])
        #expect(minutes.apologies.map(\.substitute) == ["Dee Ford"])
        #expect(minutes.absent.map(\.name) == ["Tom Ellis"])
        #expect(minutes.inAttendance == [PersonView(name: "Joan Webb", role: "Secretary")])
        #expect(minutes.quorum == "quorate: 4 present, 3 needed")
        #expect(minutes.opened == "14:03" && minutes.ended == "15:48")
        #expect(minutes.presider == "Mary O'Brien")
    }

    @Test("minutes tell an interest whole: nature, ruling, facts, leaving and coming back") func interest() throws {
        let minutes = try held().papers().minutes("m1", reader: Partnership.secretary)
        let expected = DeclarationView(
            who: "Asha *Star* Patel", organisation: "Group 2 & Sons", kind: "financial",
            nature: "Carers have applied for the grant", isSensitive: false, declared: "before the meeting, 10 November 2026",
            ruling: "must withdraw", ruledBy: "Mary O'Brien", facts: "214 carers wait", left: "14:32", returned: "14:50",
            note: "Was not in the room for the decision")
        #expect(minutes.items[0].declarations == [expected])
    }

    @Test("minutes, declarations sheet and report tell the same declaration") func agreement() throws {
        let it = try held()
        let papers = it.papers()
        let minutes = try papers.minutes("m1", reader: Partnership.secretary)
        let sheet = try papers.declarations("m1")
        let report = try papers.feedbackReport(try #require(it.reportCase(of: Partnership.asha)))
        #expect(sheet.items[0].declarations == minutes.items[0].declarations)
        #expect(report.interests == minutes.items[0].declarations)
        let register = try papers.register("b1")
        let registered = try #require(register.entries.first { $0.person.name == "Asha *Star* Patel" }).interests
        #expect(registered.map(\.nature) == ["Carers have applied for the grant (Winter plan, 17 November 2026)"])
        #expect(registered.map(\.since) == ["10 November 2026"])
    }

    @Test("an amended roll changes the times in every document") func amendedRoll() throws {
        var it = try held()
        let roll = try #require(it.standing.records.rolls["m1"]?.presence[Partnership.asha])
        var amended = roll
        amended[0].until = Instant("2026-11-17T14:30:00Z")
        it.take(
            it.registrar.amend(
                Amendment(
                    .roll(meeting: "m1", person: Partnership.asha, presence: amended), entry: nil, why: "The clock was slow"),
                by: Partnership.secretary, in: it.standing, now: it.now))
        let papers = it.papers()
        let minutes = try papers.minutes("m1", reader: Partnership.secretary)
        #expect(minutes.items[0].declarations[0].left == "14:30")
        #expect(minutes.present[1].times == "out 14:30 to 14:50")
        #expect(try papers.declarations("m1").items[0].declarations[0].left == "14:30")
        #expect(
            minutes.corrections == [
                CorrectionView(
                    what: "Who was there, and when, was amended: The clock was slow", by: "Joan Webb", when: "17 November 2026")
            ])
    }

    @Test("a sensitive interest is known to be there, and its nature to the secretary and the chair alone") func sensitive()
        throws
    {
        let it = try held()
        let papers = it.papers()
        let secret = "A family matter"
        for reader in [nil, Partnership.asha, Partnership.reader] as [ID?] {
            for format in DocumentFormat.allCases {
                for view in [
                    try papers.declarations("m1", reader: reader), try papers.minutes("m1", reader: reader),
                    try papers.register("b1", reader: reader),
                ] as [any DocumentView] {
                    #expect(!(try library.render(type(of: view).document, view.viewValue, as: format)).contains(secret))
                    #expect(!(try json(view)).contains(secret))
                }
            }
        }
        let sheet = try papers.declarations("m1", reader: Partnership.chair)
        #expect(sheet.items[1].declarations[0].note == "For the secretary and the chair alone: financial, A family matter")
        #expect(sheet.items[1].declarations[0].nature == nil)
        #expect(try library.render(papers.register("b1"), as: .text).contains("Sensitive: its nature is not published"))
    }

    @Test("what is restricted stays out of what everyone reads, and is marked for members") func restricted() throws {
        let it = try held()
        let papers = it.papers()
        let report = try papers.feedbackReport(try #require(it.reportCase(of: Partnership.asha)))
        for view in [try papers.agenda("m1"), try papers.minutes("m1"), try papers.notice("m1"), report] as [any DocumentView] {
            let text = try library.render(type(of: view).document, view.viewValue, as: .text)
            for secret in ["Contract", "secret bid", "Bids", "Costs"] { #expect(!text.contains(secret), "\(type(of: view))") }
        }
        #expect(report.withheld.map(\.what) == ["Item 2 of the agenda", "A paper for item 1"])
        #expect(report.withheld.map(\.until) == ["1 March 2027", "1 March 2027"])
        let mine = try papers.agenda("m1", reader: Partnership.tom)
        #expect(mine.items[1].title == "Contract for beds")
        #expect(mine.items[1].note == "Restricted until 1 March 2027")
        #expect(mine.items[0].papers.map(\.status) == [nil, "restricted until 1 March 2027"])
        let everyones = try papers.minutes("m1").items[1]
        #expect(everyones.title == "A restricted item" && everyones.decision == nil && everyones.declarations.isEmpty)
    }

    @Test("mail about a duty names no restricted item to whoever is no insider, and no paper to a member who must withdraw")
    func restrictedInMail() throws {
        var it = try Partnership()
        try it.plan()
        try it.at("2026-11-10T10:00:00Z")
        it.declare(Partnership.lee, "i2", "A family matter")
        let duty = try #require(
            it.standing.duties.values.first { duty in
                duty.isOpen && it.standing.cases[duty.ofCase]?.subjects[.item] == "i2"
            })
        func told(_ reader: ID) throws -> String {
            let papers = it.papers()
            return try library.render(papers.escalation(duty.id, to: reader), as: .text)
                + library.render(papers.reminder(duty.id, to: reader), as: .text)
        }
        #expect(try told(Partnership.secretary).contains("Contract for beds"))
        #expect(try !told(Partnership.coordinator).contains("Contract"))
        #expect(try told(Partnership.coordinator).contains("restricted item"))
        func pack(_ reader: ID) throws -> String { try library.render(it.papers().supplement("m1", to: reader), as: .text) }
        #expect(try pack(Partnership.lee).contains("Bids"))
        it.give(
            "rule", [.item: "i2", .representative: it.representative(Partnership.lee)], ["ruling": .string("must_withdraw")],
            by: Partnership.chair)
        #expect(try !pack(Partnership.lee).contains("Bids"))
        #expect(try !library.render(it.papers().agenda("m1", reader: Partnership.lee), as: .text).contains("Bids"))
        #expect(try pack(Partnership.asha).contains("Bids"))
    }

    @Test("a restriction ends on its day") func restrictionEnds() throws {
        var it = try held()
        it.now = try #require(Instant("2027-02-28T23:59:00Z"))
        #expect(try it.papers().agenda("m1").items[1].title == "A restricted item")
        it.now = try #require(Instant("2027-03-01T00:00:00Z"))
        #expect(try it.papers().agenda("m1").items[1].title == "Contract for beds")
    }

    @Test("decisions and deferrals stand in the minutes as they were taken") func outcomes() throws {
        let items = try held().papers().minutes("m1", reader: Partnership.secretary).items
        let decision = try #require(items[0].decision)
        #expect(decision.text == "The winter plan is approved")
        #expect(decision.vote == VoteView(votesFor: 3, against: 1, abstained: 0))
        #expect(Set(decision.tookPart) == ["Mary O'Brien", "Lee Park", "Dee Ford", "Eve Moss"])
        #expect(items[0].quorum == "quorate: 4 present and counted, 3 needed")
        #expect(items[2].deferral == DeferralView(to: "the meeting of 12 January 2027", reason: "The figures are missing"))
        #expect(items[1].decision?.vote == nil)
    }

    @Test("the minutes say whose casting vote carried what as many were for as against") func castingVote() throws {
        let it = try held()
        var resolution = try #require(it.standing.records.items["i1"]?.resolution)
        #expect(it.papers().view(of: resolution).vote?.note == nil)
        resolution.votesAgainst = resolution.votesFor
        let name = try #require(resolution.presider.map { it.standing.name(of: $0) })
        #expect(it.papers().view(of: resolution).vote?.note == "\(name), who presided, gave the casting vote for it")
        resolution.isCarried = false
        #expect(it.papers().view(of: resolution).vote?.note == nil)
    }

    @Test("without entries documents are whole but for what only entries hold") func withoutEntries() throws {
        var it = try held()
        it.entries = []
        let items = try it.papers().minutes("m1", reader: Partnership.secretary).items
        #expect(items[0].declarations[0].facts == "given at the meeting")
        #expect(items[2].deferral == DeferralView(to: "the meeting of 12 January 2027", reason: nil))
    }

    @Test("a stand-in stays in the minutes when the meeting's cases are over") func standInStays() throws {
        var it = try held()
        let representative = it.representative(Partnership.dee)
        let id = try #require(it.standing.cases.values.first { $0.subjects[.representative] == representative }).id
        it.standing.apply(.ended(ofCase: id, ending: .finished, at: it.now))
        #expect(try it.papers().minutes("m1").present.map(\.person.name).contains("Dee Ford"))
    }

    @Test("a new name is new in every document") func newName() throws {
        var it = try held()
        it.standing.personal[Partnership.asha + "/name"] = "Asha Kaur"
        let papers = it.papers()
        let minutes = try library.render(papers.minutes("m1", reader: Partnership.secretary), as: .text)
        let register = try library.render(papers.register("b1"), as: .text)
        let report = try library.render(papers.feedbackReport(try #require(it.reportCase(of: Partnership.asha))), as: .text)
        for text in [minutes, register, report] { #expect(text.contains("Asha Kaur") && !text.contains("Patel")) }
    }

    @Test("every document for which there is a view of this room can be rendered in all formats and encoded") func allRender()
        throws
    {
        let it = try held()
        let papers = it.papers()
        for request in try requests(it) {
            let view = try papers.view(for: request)
            for format in DocumentFormat.allCases {
                #expect(!(try library.render(request.document, view.viewValue, as: format)).isEmpty)
            }
            #expect(try json(view).hasPrefix("{"))
        }
    }

    private func requests(_ it: Partnership) throws -> [PaperRequest] {
        let report = try #require(it.reportCase(of: Partnership.asha))
        let duty = try #require(it.standing.openDuties(of: report).first).id
        let ofMeeting = ["agenda", "notice", "minutes", "declarations", "invitation", "cancellation", "supplement", "register"]
        let ofCase = ["apology", "stand_in_request", "feedback_report"]
        var requests: [PaperRequest] = []
        for reader in [nil, Partnership.asha, Partnership.secretary, Partnership.reader] as [ID?] {
            requests += ofMeeting.map { PaperRequest(document: $0, meeting: "m1", reader: reader, isMailed: reader != nil) }
            requests += ofCase.map { PaperRequest(document: $0, ofCase: report, reader: reader, isMailed: reader != nil) }
            requests += ["reminder", "escalation"].map { PaperRequest(document: $0, duties: [duty], reader: reader) }
        }
        requests += ["checklist", "digest"].map { PaperRequest(document: $0, duties: [duty], reader: Partnership.asha) }
        return requests
    }

    @Test(
        "what cannot be made is said to be so",
        arguments: [
            PaperRequest(document: "poem"), PaperRequest(document: "agenda"), PaperRequest(document: "agenda", meeting: "m99"),
            PaperRequest(document: "minutes", meeting: ""), PaperRequest(document: "reminder", duties: ["d999"]),
            PaperRequest(document: "feedback_report", ofCase: "c1"), PaperRequest(document: "apology", ofCase: "c999"),
            PaperRequest(document: "register", body: "b9"), PaperRequest(document: "checklist", reader: "p999"),
        ]) func refusals(_ request: PaperRequest) throws
    {
        let papers = try Partnership().papers()
        #expect(throws: PaperFailure.self) { try papers.view(for: request) }
    }

    private func json(_ view: any DocumentView) throws -> String {
        String(decoding: try JSONEncoder().encode(view), as: UTF8.self)
    }
}

extension Partnership {
    /// The case in which somebody reports on the first meeting.
    func reportCase(of person: ID) -> ID? {
        let representative = representative(person)
        return standing.cases(of: "representative", for: [.meeting: "m1", .representative: representative]).last?.id
    }
}
