import CEL
import Documents
import Foundation
import Governance
import Testing
import Workflows

@testable import Secretariat

/// One meeting, told by every document there is: they may not disagree in anything.
@Suite("The documents of one meeting agree")
struct PapersAgreementTests {
    private func held() throws -> Papers {
        var partnership = try Partnership()
        try partnership.hold()
        return partnership.papers()
    }

    @Test("minutes, attendance sheet and its table name the same people with the same times")
    func attendance() throws {
        let papers = try held()
        let minutes = try papers.minutes("m1", reader: Partnership.secretary)
        let sheet = try papers.attendance("m1", reader: Partnership.secretary)
        let present = sheet.rows.filter { $0.status == "present" }
        #expect(present.map(\.person) == minutes.present.map(\.person) && !present.isEmpty)
        #expect(present.map(\.times) == minutes.present.map(\.times))
        #expect(present.map(\.manner) == minutes.present.map(\.manner))
        #expect(present.map(\.substituteFor) == minutes.present.map(\.substituteFor))
        #expect(sheet.rows.filter { $0.status == "apologies" }.map(\.person) == minutes.apologies.map(\.person))
        #expect(sheet.rows.filter { $0.status == "apologies" }.map(\.substitute) == minutes.apologies.map(\.substitute))
        #expect(sheet.rows.filter { $0.status == "absent" }.map(\.person) == minutes.absent)
        #expect(sheet.others.map(\.person) == minutes.inAttendance)
        #expect(sheet.opened == minutes.opened && sheet.ended == minutes.ended)
        let table = try #require(TableOutline.table(of: "attendance", sheet.viewValue))
        #expect(table.rows.map { $0[0] } == (sheet.rows + sheet.others).map(\.person.name))
        #expect(table.rows.first { $0[0] == "Eve Moss" }?[9] == "14:20")
    }

    @Test("minutes, attendance sheet, script and the record itself tell the same quorum")
    func quorum() throws {
        let papers = try held()
        let minutes = try papers.minutes("m1", reader: Partnership.secretary)
        let script = try papers.script("m1", reader: Partnership.secretary)
        #expect(try papers.attendance("m1").quorum == minutes.quorum)
        #expect(script.headroom == minutes.quorum)
        for (told, minute) in zip(script.items, minutes.items) where minute.decision != nil {
            #expect(told.headroom == minute.quorum)
        }
        let resolution = try #require(papers.records.items["i1"]?.resolution)
        #expect(script.items[0].headroom == "quorate: \(resolution.present) present and counted, \(resolution.needed) needed")
    }

    @Test("minutes, declarations sheet, register and script tell the same interests and the same times of leaving")
    func declarations() throws {
        let papers = try held()
        let minutes = try papers.minutes("m1", reader: Partnership.secretary)
        let sheet = try papers.declarations("m1")
        let script = try papers.script("m1", reader: Partnership.secretary)
        let register = try papers.register("b1")
        #expect(sheet.items.map(\.declarations) == minutes.items.map(\.declarations).filter { !$0.isEmpty })
        for (told, minute) in zip(script.items, minutes.items) {
            #expect(told.leaving.map(\.who) == minute.declarations.map(\.who))
            #expect(told.leaving.map(\.kind) == minute.declarations.map(\.kind))
        }
        let declared = try #require(minutes.items[0].declarations.first)
        #expect(script.items[0].leaving[0].what == "left \(declared.left ?? ""), came back \(declared.returned ?? "")")
        let asha = try #require(register.entries.first { $0.person.name == declared.who })
        #expect(asha.interests.contains { $0.kind == declared.kind && ($0.nature ?? "").contains(declared.nature ?? "?") })
        // What is sensitive is told nowhere, though everywhere that there is something.
        let lee = try #require(register.entries.first { $0.person.name == "Lee Park" })
        #expect(lee.interests.allSatisfy { $0.isSensitive && $0.nature == nil })
        let table = try #require(TableOutline.table(of: "declarations", sheet.viewValue))
        #expect(!table.csv.contains("family") && table.csv.contains("Lee Park"))
    }

    @Test("minutes, script, agenda and report tell the same outcomes and numbers")
    func outcomes() throws {
        let papers = try held()
        let minutes = try papers.minutes("m1", reader: Partnership.secretary)
        let script = try papers.script("m1", reader: Partnership.secretary)
        let agenda = try papers.agenda("m1", reader: Partnership.secretary)
        #expect(script.items.map(\.number) == minutes.items.map(\.number))
        #expect(script.items.map(\.title) == agenda.items.map(\.title))
        for (told, minute) in zip(script.items, minutes.items) {
            if let decision = minute.decision { #expect(told.outcome == decision.text) }
            if let deferral = minute.deferral { #expect(told.outcome?.contains(deferral.reason ?? "?") == true) }
        }
        let ashas = try #require(
            papers.standing.cases(of: "representative").first { papers.standing.keys(of: $0).all[.person] == Partnership.asha })
        let report = try papers.feedbackReport(ashas.id)
        #expect(report.outcomes[0].outcome == script.items[0].outcome)
    }

    @Test("what --json shows is what the template was given")
    func json() throws {
        let papers = try held()
        for document in [
            "minutes", "attendance", "script", "declarations", "register", "directory", "accountability", "coverage",
            "overview", "pack",
        ] {
            let view = try papers.view(for: PaperRequest(document: document, meeting: "m1", reader: Partnership.secretary))
            let text = try library.render(document, view.viewValue, as: .text)
            #expect(!text.isEmpty && !view.viewValue.isEmpty, "\(document)")
        }
    }

    @Test("nothing restricted is in any document that everyone may read")
    func restricted() throws {
        let papers = try held()
        for document in [
            "agenda", "minutes", "script", "declarations", "register", "pack", "attendance", "accountability", "overview",
            "coverage",
        ] {
            let view = try papers.view(for: PaperRequest(document: document, meeting: "m1", reader: nil))
            let text = try library.render(document, view.viewValue, as: .text)
            for secret in ["Contract for beds", "Bids", "Costs", "secret bid"] {
                #expect(!text.contains(secret), "\(document): \(secret)")
            }
        }
    }

    @Test("before the meeting the script says who leaves where, and how many more may go")
    func before() throws {
        var partnership = try Partnership()
        try partnership.plan()
        try partnership.at("2026-11-10T10:00:00Z")
        partnership.declare(Partnership.asha, "i1", "Carers have applied for the grant")
        let interest: [SubjectKind: ID] = [.item: "i1", .representative: partnership.representative(Partnership.asha)]
        var script = try partnership.papers().script("m1", reader: Partnership.chair)
        #expect(script.headroom == "6 expected to count, 3 needed: 3 may leave")
        #expect(script.items[0].leaving.map(\.what) == ["to be ruled on before the item"])
        #expect(script.items[0].headroom == "5 expected to count, 3 needed: 2 may leave")
        #expect(script.items[0].time == "about 14:05, 35 minutes" && script.items[2].time == "about 15:15, 35 minutes")
        partnership.give("rule", interest, ["ruling": .string("must_withdraw")], by: Partnership.chair)
        script = try partnership.papers().script("m1", reader: Partnership.chair)
        #expect(script.items[0].leaving.map(\.what) == ["must withdraw: leaves before the item"])
        #expect(script.items[0].steps.first == "See Asha *Star* Patel out, and have the time noted")
        #expect(script.awaited.contains("Lee Park"))
        let sheet = try partnership.papers().attendance("m1")
        #expect(!sheet.isRecorded && sheet.rows.allSatisfy { $0.expected == "has not answered" })
    }

    @Test("the accountability report counts what the records say, the coverage what the duties came to")
    func reports() throws {
        let papers = try held()
        let seats = try papers.accountability(body: "b1").bodies[0].seats
        let of = { (name: String) in seats.first { $0.person.name == name } }
        #expect(of("Ben Cole")?.represented == 1 && of("Ben Cole")?.share == "100%")
        #expect(of("Tom Ellis")?.absent == 1 && of("Tom Ellis")?.share == "0%")
        #expect(
            of("Asha *Star* Patel")?.attended == 1 && of("Asha *Star* Patel")?.owed == 1
                && of("Asha *Star* Patel")?.declared == 1)
        let coverage = try papers.coverage()
        let notice = try #require(coverage.clauses.flatMap(\.duties).first { $0.title == "Give notice of the meeting" })
        #expect(notice.done == 1 && coverage.clauses.contains { $0.basis == "003 L58" })
        let duties = papers.standing.duties.values
        #expect(coverage.clauses.flatMap(\.duties).map(\.opened).reduce(0, +) == duties.count)
        let bases = coverage.clauses.map(\.basis)
        #expect(bases == bases.sorted { $0.compare($1, options: .numeric) == .orderedAscending })
    }

    @Test("the coordinator's report tells what is overdue, who has not reported, which seats lack a substitute")
    func overview() throws {
        var partnership = try Partnership()
        try partnership.hold()
        try partnership.at("2026-12-20T10:00:00Z")
        let view = try partnership.papers().overview(reader: Partnership.coordinator)
        #expect(view.unreported.map(\.who).contains("Asha *Star* Patel"))
        #expect(view.overdue.contains { $0.what == "Report back" && $0.who == "Asha *Star* Patel" })
        #expect(view.unsubstituted.count == 5 && !view.unsubstituted.contains { $0.who == "Ben Cole" })
        #expect(!view.isClear)
        let one = try partnership.papers().overview(organisation: "o2")
        #expect(one.holder == "Group 2 & Sons" && one.unreported.allSatisfy { $0.organisation == "Group 2 & Sons" })
        #expect(one.unsubstituted.count == 1)
    }

    @Test("role and handover packs tell of the seat, its people and its duties")
    func packs() throws {
        let papers = try held()
        let id = try #require(papers.records.representatives.values.first { $0.person == Partnership.asha }?.id)
        let role = try papers.rolePack(id, reader: Partnership.asha)
        #expect(
            role.duties.contains {
                $0.title == "Read the papers" && $0.basis == "003 L45" && $0.due == "1 working day before the meeting at 17:00"
            })
        #expect(role.contacts.map(\.name) == ["Mary O'Brien", "Joan Webb", "Nia Rees"])
        let handover = try papers.handoverPack(id, reader: Partnership.asha)
        #expect(handover.duties.contains { $0.title == "Report back" } && handover.lastDay == "31 December 2028")
        #expect(try papers.directory(nil, reader: nil).bodies[0].seats.allSatisfy { $0.holder?.email == nil })
        #expect(try papers.directory(nil, reader: Partnership.asha).bodies[0].seats[0].holder?.email == "p1@example.org")
    }

    @Test("papers keep their pages' order when more go out, whoever reads")
    func packOrder() throws {
        var partnership = try Partnership()
        try partnership.plan()
        let before = partnership.papers().packed(try partnership.papers().meeting("m1"), for: Partnership.secretary).map(
            \.paper.id)
        partnership.paper("Late figures", item: "i1")
        try partnership.at("2026-11-12T10:00:00Z")
        partnership.give("circulate", [.meeting: "m1"], by: Partnership.secretary)
        let papers = partnership.papers()
        let meeting = try papers.meeting("m1")
        let after = papers.packed(meeting, for: Partnership.secretary)
        #expect(Array(after.map(\.paper.id).prefix(before.count)) == before && after.count == before.count + 1)
        #expect(papers.supplement(among: after).map(\.paper.title) == ["Late figures"])
        let everyone = papers.packed(meeting, for: nil)
        #expect(everyone.map(\.paper.id) == after.map(\.paper.id))
        #expect(everyone.filter(\.isHidden).map(\.paper.title).sorted() == ["Bids", "Costs"])
        #expect(try papers.pack("m1").withheld == 2)
    }
}
