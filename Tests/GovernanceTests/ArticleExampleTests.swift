import CEL
import Calendars
import Foundation
import Governance
import Testing
import Workflows

/// What the language article says of cases about cases, registers and declared roles, tried with its own examples.
@Suite struct ArticleExampleTests {
    /// The workflows of a section of the article.
    static func examples(_ title: String) throws -> [String] {
        let path = "../../Sources/Workflows/Documentation.docc/WorkflowLanguage.md"
        let article = try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: path).standardized, encoding: .utf8
        )
        let section = try #require(article.components(separatedBy: "\n## ").first { $0.hasPrefix(title + "\n") })
        return section.components(separatedBy: "```yaml\n").dropFirst().map { $0.components(separatedBy: "\n```")[0] + "\n" }
    }

    /// The first organisation has the second as a member; both have a coordinator, the first a surveyor.
    private func society() throws -> Rehearsal {
        var it = Rehearsal(at: "2026-09-01 09:00", with: try Self.examples("A matter that others answer"))
        it.settleIn()
        let records: [Record] = [
            .organisation(
                Organisation(
                    id: "o1", name: "Voluntary Alliance", roles: ["coordinator": [it.id("olga")], "surveyor": [it.id("sam")]],
                    constituency: [it.id("kim")], members: ["o2", "o3"])),
            .organisation(Organisation(id: "o2", name: "Patients' Forum", roles: ["coordinator": [it.id("dan")]])),
            .organisation(Organisation(id: "o3", name: "Carers", roles: ["coordinator": [it.id("eve")]])),
        ]
        it.take(it.registrar.adopt(records, personal: [], by: nil, in: it.standing, now: it.now))
        return it
    }

    private func ask(_ it: inout Rehearsal, _ matter: String) {
        it.say("ask_members", by: "sam", [:], ["matter": .string(matter), "closes": .string("2026-09-15")])
    }

    @Test("a command begins a case for the one organisation for which its giver has the role")
    func begun() throws {
        var it = try society()
        ask(&it, "Transport")
        let begun = try #require(it.standing.cases(of: "survey").last)
        #expect(begun.subjects == [.organisation: "o1"])
        #expect(begun.variables["matter"] == .string("Transport"))
        let refusal = it.refused("ask_members", by: "kim", [:], ["matter": .string("M"), "closes": .string("2026-09-15")])
        #expect(refusal.kind == .noCase)
        #expect(refusal.reason.contains("--organisation"))
        let other = it.refused(
            "ask_members", by: "sam", [.organisation: "o2"], ["matter": .string("M"), "closes": .string("2026-09-15")])
        #expect(other.kind == .notYours)
    }

    @Test("each member is asked in a case of its own, about the case of the question")
    func asked() throws {
        var it = try society()
        ask(&it, "Transport")
        let question = try #require(it.standing.cases(of: "survey").last)
        let answers = it.standing.cases(of: "survey_answer")
        #expect(answers.map(\.subjects) == ["o2", "o3"].map { [.ofCase("survey"): question.id, .organisation: $0] })
        #expect(it.owes("dan") == ["Answer Voluntary Alliance: Transport"])
        let duty = try #require(it.standing.openDuties(of: answers[0].id).first)
        #expect(Rehearsal.zone.civil(at: duty.due).date.description == "2026-09-15")
    }

    @Test("two questions at once do not hear each other's answers")
    func apart() throws {
        var it = try society()
        ask(&it, "Transport")
        ask(&it, "Housing")
        let (first, second) = (it.standing.cases(of: "survey")[0].id, it.standing.cases(of: "survey")[1].id)
        let refusal = it.refused("answer_survey", by: "dan", [:], ["stance": .string("against"), "why": .string("Dear")])
        #expect(refusal.kind == .severalCases)
        it.say("answer_survey", by: "dan", [.ofCase("survey"): second], ["stance": .string("against"), "why": .string("Dear")])
        #expect(it.standing.cases[first]?.variables["answers"] == .list([]))
        guard case .list(let answers)? = it.standing.cases[second]?.variables["answers"], case .map(let answer)? = answers.first
        else { return #expect(Bool(false), "no answer was heard") }
        #expect(answer[.string("stance")] == .string("against"))
        it.say(
            "answer_survey", by: "eve", [.ofCase("survey"): second], ["stance": .string("in_favour"), "why": .string("Needed")])
        #expect(it.standing.cases[second]?.active == ["concluding"])
        #expect(it.standing.cases[first]?.active == ["open"])
        #expect(it.owes("olga") == ["Say what members answered on Housing"])
    }

    @Test("what is over is told to those who were asked, and to nobody else")
    func over() throws {
        var it = try society()
        ask(&it, "Transport")
        ask(&it, "Housing")
        let first = it.standing.cases(of: "survey")[0].id
        it.say("withdraw_survey", by: "sam", [.ofCase("survey"): first])
        let states = it.standing.cases(of: "survey_answer").map { $0.active.joined() }
        #expect(states == ["unanswered", "unanswered", "asked", "asked"])
    }

    @Test("a row of a register is written, read by every case that it concerns, and undone where the command is refused")
    func registers() throws {
        var it = try society()
        ask(&it, "Transport")
        it.wait(until: "2026-09-16 09:00")
        let fields: [String: Value] = [
            "matter": .string("Transport"), "summary": .string("Buses"), "remark": .string("Quietly"),
        ]
        it.refused("conclude_survey", by: "olga", [:], fields)
        #expect(it.standing.records.rows.isEmpty)
        it.say("answer_survey", by: "dan", [:], ["stance": .string("against"), "why": .string("Dear")])
        it.say("conclude_survey", by: "olga", [:], fields)
        let row = try #require(it.standing.rows(of: "survey_result").first)
        #expect(row.about == "o1" && row.by == it.id("olga"))
        #expect(row.fields["summary"] == .string("Buses"))
        guard case .string(let remark)? = row.fields["remark"] else { return #expect(Bool(false), "no remark") }
        #expect(remark.hasPrefix(PersonalValue.mark) && it.standing.words(remark) == "Quietly")
        let theirs = SubjectKeys(named: [.organisation: "o2"], in: it.standing)
        #expect(it.standing.rows(of: "survey_result", for: theirs).isEmpty)
        let ours = SubjectKeys(named: [.representative: it.standing.records.representatives.keys.sorted()[0]], in: it.standing)
        #expect(it.standing.rows(of: "survey_result", for: ours).map(\.id) == [row.id])
    }

    @Test("what was begun by a command and about a case is the same after a replay")
    func replay() throws {
        var it = try society()
        ask(&it, "Transport")
        it.say("answer_survey", by: "dan", [:], ["stance": .string("against"), "why": .string("Dear")])
        var again = Standing()
        for entry in it.entries {
            let text = try JSONEncoder().encode(entry)
            again.evolve(try JSONDecoder().decode(Governance.Entry.self, from: text))
        }
        #expect(again.records == it.standing.records)
        #expect(again.cases == it.standing.cases)
        #expect(again.duties == it.standing.duties)
    }
}
