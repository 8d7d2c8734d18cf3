import CEL
import Calendars
import Foundation
import Governance
import Journals
import Testing
import Workflows

@testable import Secretariat

/// Open cases move to another text of their workflow by a plan, and replay still gives what stands.
@Suite struct MigrationTests {
    /// A society with a planned meeting, and a desk at which the workflow of representatives reads otherwise.
    private func changed(_ change: (String) -> String) throws -> (society: Society, desk: Desk) {
        let society = try Society(at: "2026-09-01T09:00:00Z")
        #expect(try society.take(Society.roster).isEmpty)
        let reply = try society.give(
            "plan_meeting", by: "Sam Secretary", meeting: nil,
            ["body": "Health Board", "start": "2026-11-17 14:00", "end": "2026-11-17 16:00"])
        #expect(reply.refusal == nil)
        _ = try society.give("accept", by: "bob@example.org")
        let text = try String(contentsOfFile: Society.checkout + "/Workflows/representative.yaml", encoding: .utf8)
        try Disk.write(change(text), to: society.folder + "/Workflows/representative.yaml")
        let workspace = try Workspace(folder: society.folder, shelf: Shelf(folder: Society.share))
        let desk = try Desk(
            workspace: workspace, journal: society.journal, files: try FileStore(folder: society.folder + "/files"),
            clock: society.clock, chance: society.chance, fill: Society.fill)
        return (society, desk)
    }

    private func renamed(_ text: String) -> String {
        text.replacingOccurrences(of: #"\basked\b"#, with: "invited", options: .regularExpression)
            .replacingOccurrences(of: "  standing_in: false\n", with: "  standing_in: false\n  reminded: 0\n")
            .replacingOccurrences(
                of: "      feedback:\n        states:\n",
                with: "      travel:\n        states:\n          open: {on: {meeting_ended: over}}\n          over: final\n"
                    + "      feedback:\n        states:\n")
    }

    private func sam(_ desk: Desk) throws -> ID { try desk.lookup().person("Sam Secretary") }

    /// What the journal's entries add up to, folded from the first.
    private func replayed(_ desk: Desk) throws -> Standing {
        var standing = Standing()
        for placed in try desk.entries() { standing.evolve(placed.entry) }
        return standing
    }

    @Test("the plan says which states stay, which map by name, and which want a word")
    func plan() throws {
        let (_, desk) = try changed(renamed)
        let plan = try #require(desk.registrar.plan(MigrationRequest(workflow: "representative"), in: desk.standing))
        #expect(plan.cases.count == 3)
        #expect(!plan.isReady)
        let waiting = plan.cases.filter { !$0.open.isEmpty }
        #expect(waiting.count == 2)
        #expect(waiting.allSatisfy { $0.open.count == 1 && $0.open[0].hasPrefix("serving.attendance.before.asked:") })
        let bob = try #require(plan.cases.first { $0.open.isEmpty })
        #expect(bob.steps.allSatisfy { $0.way == .same })
        #expect(bob.started == ["serving.travel.open"])
        #expect(bob.new == ["reminded"])
    }

    @Test("nothing moves while a state wants a word, nor for someone who may not")
    func refused() throws {
        let (_, desk) = try changed(renamed)
        let request = MigrationRequest(workflow: "representative")
        let entries = try desk.entries().count
        #expect(try desk.migrate(request, by: try sam(desk), id: "m1").refusal?.kind == .condition)
        var said = request
        said.states = ["asked": "invited"]
        let ann = try desk.lookup().person("Ann Archer")
        #expect(try desk.migrate(said, by: ann, id: "m2").refusal?.kind == .notYours)
        said.states = ["asked": "nowhere"]
        #expect(try desk.migrate(said, by: try sam(desk), id: "m3").refusal?.kind == .condition)
        #expect(try desk.entries().count == entries)
    }

    @Test("the cases move with their duties, and the whole journal replays to the same standing")
    func applied() throws {
        let (society, desk) = try changed(renamed)
        let ann = try desk.lookup().person("Ann Archer")
        let owed = try #require(
            desk.registrar.owed(by: ann, in: desk.standing, now: desk.now, everything: true).first {
                $0.duty.state.hasSuffix("before.asked")
            })
        let request = MigrationRequest(workflow: "representative", states: ["asked": "invited"])
        let receipt = try #require(try desk.migrate(request, by: try sam(desk), id: "m1").receipt)
        #expect(receipt.entries.filter { $0.kind == "migration" }.count == 3)
        let hash = try #require(desk.workspace.definitions.workflows["representative"]?.hash)
        for it in desk.standing.cases(of: "representative") {
            #expect(it.hash == hash)
            #expect(it.active.contains("serving.travel.open"))
            #expect(it.variables["reminded"] == .int(0))
        }
        let moved = try #require(desk.standing.duties[owed.duty.id])
        #expect(moved.state == "serving.attendance.before.invited")
        #expect((moved.due, moved.reminders, moved.isOpen) == (owed.duty.due, owed.duty.reminders, true))
        #expect(
            desk.standing.duties.values.filter { $0.ofCase == moved.ofCase && $0.isOpen }.count { $0.state == moved.state } == 1
        )

        let replayed = try replayed(desk)
        #expect(replayed.cases == desk.standing.cases)
        #expect(replayed.duties == desk.standing.duties)
        #expect(replayed.records == desk.standing.records)
        let digest = try desk.readModelDigest()
        try desk.rebuildReadModels()
        #expect(try desk.readModelDigest() == digest)
        // The text is kept, and another desk goes on from there.
        #expect(try society.journal.read { try $0.definition(hash) } != nil)
        var request2 = Request("accept", by: "Ann Archer")
        request2.meeting = "next"
        guard case .success(let prepared) = try desk.prepare(request2) else { return #expect(Bool(false)) }
        #expect(try desk.perform(prepared.command).refusal == nil)
        #expect(desk.standing.duties[owed.duty.id]?.ended?.how == .done)
        #expect(try desk.migrate(request, by: try sam(desk), id: "m2").refusal?.kind == .notNow)
    }

    @Test("a state that moved elsewhere is found by its name; a duty whose state has none any more is cancelled")
    func byName() throws {
        let (_, desk) = try changed { text in
            text.replacingOccurrences(of: "          awaiting_agenda:\n", with: "          awaiting_list:\n")
                .replacingOccurrences(of: "accept: awaiting_agenda", with: "accept: awaiting_list")
                .replacingOccurrences(of: "asked:\n                duty:\n", with: "asked:\n                dty:\n")
                .replacingOccurrences(
                    of: #"dty:\n(                  .*\n)+"#, with: "participation: vote\n", options: .regularExpression)
        }
        let request = MigrationRequest(workflow: "representative", states: ["awaiting_agenda": "awaiting_list"])
        let plan = try #require(desk.registrar.plan(request, in: desk.standing))
        #expect(plan.isReady)
        #expect(plan.cases.flatMap(\.cancelled).count == 2)
        #expect(plan.cases.flatMap(\.steps).contains { $0.way == .said && $0.to == "serving.interests.awaiting_list" })
        #expect(try desk.migrate(request, by: try sam(desk), id: "m1").refusal == nil)
        #expect(plan.cases.flatMap(\.cancelled).allSatisfy { desk.standing.duties[$0]?.ended?.how == .cancelled })
        #expect(try replayed(desk).duties == desk.standing.duties)
    }
}
