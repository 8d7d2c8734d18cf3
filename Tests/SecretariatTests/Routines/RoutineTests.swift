import CEL
import Documents
import Foundation
import Governance
import Testing
import Workflows

@testable import Secretariat

/// The routines of those who lead volunteers, each lived from end to end over the shipped files: no line of the engine is about any of
/// them.
@Suite struct RoutineTests {
    @Test("each routine can be lived from its beginning to its end, and all that it mails can be written", arguments: Life.all)
    func lived(_ life: Life) throws {
        try life.network().writeAllMail()
    }

    @Test("replaying what was recorded gives the same standing", arguments: Life.all)
    func replayed(_ life: Life) throws {
        let network = try life.network()
        var again = Standing()
        for entry in network.entries { again.evolve(entry) }
        #expect(again.cases == network.standing.cases && again.duties == network.standing.duties)
        #expect(again.records == network.standing.records)
    }

    @Test("what a person writes for themselves is in nobody else's document")
    func isPrivate() throws {
        let network = try Life.reflecting.network()
        let own = network.newest("reflection")
        #expect(network.mailed("development_plan") == ["Noor"])
        let forCompanion = try network.papers.message(
            for: try #require(network.mailings.first { $0.document == "development_plan" }), to: Network.id("noor"),
            from: library)
        #expect(!forCompanion.text.contains("{{"))
        for reader in ["olga", "noor"] {
            let text = try network.document("development_plan", of: own, for: reader)
            #expect(!text.contains("She was ill") && !text.contains("We listened"))
        }
    }

    @Test("a case study whose consent is taken back is told of nowhere, from that moment on")
    func withdrawn() throws {
        let published = try Network.inquiringUntilPublished()
        let study = published.newest("case_study")
        let words = "How a lift home came about."
        #expect(try published.document("case_study", of: study).contains("A driver and a nurse had met over tea."))
        #expect(try published.papers.rows(of: "case_study", reader: nil).rows.contains { $0.cells.contains(words) })
        var taken = published
        taken.give("withdraw_consent", by: "noor", in: taken.newest("study_consent", of: "noor"))
        for network in [taken, try Life.inquiring.network()] {
            let register = try network.papers.rows(of: "case_study", reader: nil)
            #expect(register.rows.map { $0.cells[1] } == ["withdrawn"] && !"\(register)".contains(words))
            for reader in [nil, "mia", "olga"] {
                let text = try network.document("case_study", of: study, for: reader)
                #expect(text.contains("was withdrawn") && !text.contains("had met over tea") && !text.contains("Omar"))
            }
            let inquiry = network.newest("appreciative_inquiry")
            #expect(try !network.document("tips_library", of: inquiry).contains("The lift home"))
            let request = PaperRequest(document: "case_study", ofCase: study)
            #expect(try !"\(network.papers.values(for: request))".contains("had met over tea"))
        }
    }

    @Test("the clauses of an adopted code join the coverage report: what carries each, and which nobody carries")
    func clauses() throws {
        var agreed = try Network.agreeingACode()
        let code = try #require(agreed.standing.cases(of: "code_adoption").first).id
        agreed.give(
            "enter_clause", by: "mia", in: code, ["clause": .string("Courtesy"), "words": .string("We let others finish.")])
        agreed.give(
            "enter_clause", by: "mia", in: code,
            [
                "clause": .string("Workshops"), "words": .string("We agree things together."),
                "basis": .string("000 L31, L43-45"),
            ])
        let coverage = try agreed.papers.coverage()
        #expect(coverage.adopted.map(\.clause) == ["Wider effects", "Courtesy", "Workshops"])
        #expect(
            coverage.adopted.map(\.state) == ["carried, nothing of it done yet", "nobody carries it", "carried, with evidence"])
        #expect(coverage.adopted[1].duties.isEmpty && coverage.summary.hasSuffix("3 clauses adopted, 1 carried by nobody"))
        let duties = coverage.adopted[2].duties
        #expect(duties.contains { $0.title.hasPrefix("Talk with the members") && $0.done > 0 })
        let text = try library.render(coverage, as: .markdown)
        #expect(text.contains("### Courtesy") && text.contains("**nobody carries it**"))
        let table = try #require(TableOutline.table(of: "coverage", coverage.viewValue))
        #expect(table.rows.contains { $0[1] == "Courtesy" && $0[2] == "nobody carries it" })
    }

    @Test("when a code is replaced its clauses go with it, and those of the new one come")
    func replaced() throws {
        var it = try Network.agreeingACode()
        let (old, new) = (try #require(it.standing.cases(of: "code_adoption").first).id, it.newest("code_adoption"))
        it.take(
            it.registrar.tell(
                Word(
                    event: "code_replaced", about: [.organisation: Network.network],
                    payload: ["case": .string(new)], from: nil), in: it.standing, now: it.now))
        #expect(it.isIn("replaced", old))
        #expect(try it.papers.coverage().adopted.isEmpty)
        #expect(try it.papers.rows(of: "code_clause", reader: nil).rows.map { $0.cells[1] } == ["withdrawn"])
    }

    @Test("a code tells how it came about, and an answer who was heard, whoever edited the text")
    func documents() throws {
        let agreed = try Life.agreeing.network()
        let code = try #require(agreed.standing.cases(of: "code_adoption").first)
        let text = try agreed.document("code_of_practice", of: code.id)
        #expect(text.contains("14 took part") && text.contains("Not agreed") && text.contains("In force since"))
        #expect(text.contains("Wider effects"))
        let report = try agreed.document("assurance_report", of: code.id)
        #expect(report.contains("Mia | has said that they go by it") && report.contains("carried by what we owe under 000 L36"))
        let answered = try Life.answering.network()
        let answer = try answered.document("consultation_response", of: answered.newest("policy_response"))
        #expect(answer.contains("held by few") && answer.contains("We have few such members"))
        #expect(answer.contains("Give each ward a *named* lead.") && answer.contains("Signed off by Rita"))
        let inquired = try Life.inquiring.network()
        #expect(try inquired.document("tips_library", of: inquired.newest("appreciative_inquiry")).contains("Meet on the ward"))
        let qualified = try Life.qualifying.network()
        #expect(try qualified.document("award_record", of: qualified.newest("enrolment", of: "noor")).contains("LV5-1"))
    }
}

/// A routine as it was lived, once for all tests that look at it.
enum Life: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case agreeing, reflecting, speaking, belonging, inquiring, qualifying, reviewing, learning, answering

    static let all = allCases
    private static let agreed = Result { try Network.agreeingACode() }
    private static let reflected = Result { try Network.reflecting() }
    private static let spoke = Result { try Network.speakingToThePublic() }
    private static let belonged = Result { try Network.belonging() }
    private static let inquired = Result { try Network.inquiring() }
    private static let qualified = Result { try Network.qualifying() }
    private static let reviewed = Result { try Network.reviewingRoles() }
    private static let learned = Result { try Network.learningTogether() }
    private static let answered = Result { try Network.answeringPolicy() }

    var testDescription: String { rawValue }

    func network() throws -> Network {
        switch self {
        case .agreeing: try Self.agreed.get()
        case .reflecting: try Self.reflected.get()
        case .speaking: try Self.spoke.get()
        case .belonging: try Self.belonged.get()
        case .inquiring: try Self.inquired.get()
        case .qualifying: try Self.qualified.get()
        case .reviewing: try Self.reviewed.get()
        case .learning: try Self.learned.get()
        case .answering: try Self.answered.get()
        }
    }
}

/// Each thing found in the sources has a duty that names its place.
@Suite struct ObligationTests {
    /// A row: what is asked for, and its places, such as `L44-50`.
    struct Row {
        var source: String
        var places: [String]
        var what: String
    }

    /// The rows of obligations.md; nil where the sources are not beside this checkout.
    static func rows() -> [Row]? {
        guard let text = try? String(contentsOfFile: checkout + "/../shared/sources/obligations.md", encoding: .utf8) else {
            return nil
        }
        var source = ""
        var rows: [Row] = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix("## ") { source = String(line.dropFirst(3).prefix(3)) }
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard line.hasPrefix("| L"), cells.count >= 2 else { continue }
            rows.append(
                Row(source: source, places: cells[0].components(separatedBy: ", "), what: cells[1]))
        }
        return rows
    }

    @Test("for each row of the sources 000 to 002 a rehearsal opens a duty that names its place")
    func everyRow() throws {
        guard let rows = Self.rows()?.filter({ ["000", "001", "002"].contains($0.source) }) else {
            print("The sources are not here: the rows of obligations.md are not looked at.")
            return
        }
        #expect(rows.count >= 25)
        var named: Set<String> = []
        for life in Life.all { named.formUnion(try life.network().places) }
        for row in rows {
            let missing = row.places.filter { !named.contains("\(row.source) \($0)") }
            #expect(missing.isEmpty, "\(row.source) \(missing): \(row.what)")
        }
    }
}
