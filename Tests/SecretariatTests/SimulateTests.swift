import Calendars
import Foundation
import Governance
import Testing

@testable import Secretariat

@Suite struct SimulateTests {
    private func society() throws -> Society {
        let society = try Society(at: "2026-09-01T09:00:00Z")
        #expect(try society.take(Society.roster).isEmpty)
        let reply = try society.give(
            "plan_meeting", by: "Sam Secretary", meeting: nil,
            ["body": "Health Board", "start": "2026-11-17 14:00", "end": "2026-11-17 16:00", "place": "Town Hall"])
        #expect(reply.refusal == nil)
        return society
    }

    private func ask(_ command: String, by actor: String, _ fields: KeyValuePairs<String, String> = [:]) -> Request {
        var request = Request(command, by: actor)
        request.meeting = "next"
        for (name, text) in fields { request.fill(name, text) }
        return request
    }

    @Test("time passes: who is reminded, what falls due, what escalates, each at its own instant")
    func passes() throws {
        let society = try society()
        let simulation = try Simulation(of: society.desk)
        try simulation.pass(to: try #require(Instant("2026-11-16T12:00:00Z")))
        let events = simulation.events
        let asked = events.filter {
            $0.kind == .reminder && $0.what == "Say whether you will attend" && $0.who == ["Ann Archer"]
        }
        #expect(asked.map(\.at.description) == ["2026-11-06T08:00:00Z", "2026-11-10T08:00:00Z"])
        #expect(events.contains { $0.kind == .overdue && $0.what == "Say whether you will attend" && $0.who == ["Ann Archer"] })
        // Nobody circulates the papers: the duty lapses, another opens.
        #expect(events.contains { $0.kind == .ended && $0.what == "Circulate the papers: lapsed" })
        #expect(events.contains { $0.kind == .opened && $0.what.hasPrefix("Circulate the papers (late)") })
        #expect(zip(events, events.dropFirst()).allSatisfy { $0.at <= $1.at })
    }

    @Test("a report that nobody writes goes to the coordinator")
    func escalates() throws {
        let society = try society()
        let simulation = try Simulation(of: society.desk)
        try simulation.pass(to: try #require(Instant("2026-11-17T14:00:00Z")))
        try simulation.give(ask("preside", by: "Sam Secretary", ["person": "Cora Chair"]))
        for person in ["Ann Archer", "Bob Brown", "Cora Chair"] {
            try simulation.give(ask("arrive", by: "Sam Secretary", ["person": person]))
        }
        try simulation.give(ask("open_meeting", by: "Sam Secretary"))
        try simulation.give(ask("end_meeting", by: "Sam Secretary"))
        #expect(simulation.events.filter { $0.kind == .refusal }.isEmpty, "\(simulation.events.filter { $0.kind == .refusal })")
        try simulation.passToEnd(atMost: try #require(Instant("2027-01-31T00:00:00Z")))
        #expect(simulation.events.contains { $0.kind == .escalation && $0.who == ["Kit Keen"] && $0.what == "Report back" })
    }

    @Test("a command that would be refused is told, with the reason, and nothing is written")
    func refused() throws {
        let society = try society()
        let before = try society.desk.entries().map(\.hash)
        let messages = try society.desk.messages().count
        let simulation = try Simulation(of: society.desk)
        try simulation.give(ask("open_meeting", by: "Sam Secretary"))
        try simulation.give(ask("publish_agenda", by: "Ann Archer"))
        #expect(simulation.events.map(\.kind) == [.refusal, .refusal])
        #expect(simulation.events.first?.what == "open_meeting: Open the meeting: not now. Record first who presides.")
        try simulation.passToEnd(atMost: try #require(Instant("2027-06-01T00:00:00Z")))
        #expect(simulation.events.count > 10)
        try society.desk.refresh()
        #expect(try society.desk.entries().map(\.hash) == before)
        #expect(try society.desk.messages().count == messages)
    }

    @Test("the same rehearsal gives the same events, and one step more shows what it changes")
    func compared() throws {
        let society = try society()
        func run(_ isApologising: Bool) throws -> [Simulation.Event] {
            let simulation = try Simulation(of: society.desk)
            if isApologising { try simulation.give(ask("apologise", by: "Ann Archer"), assuming: true) }
            try simulation.pass(to: try #require(Instant("2026-11-16T12:00:00Z")))
            return simulation.events
        }
        let first = try run(false)
        #expect(try run(false) == first)
        let second = try run(true)
        #expect(second.contains { $0.kind == .command && $0.what.contains("assumed reason: illness") })
        let ann = { (event: Simulation.Event) in event.kind == .reminder && event.who.contains("Ann Archer") }
        #expect(!first.filter(ann).isEmpty)
        #expect(second.filter(ann).isEmpty)
    }

    @Test("what happens to several at once is told in one line")
    func gathered() {
        let at = Instant(seconds: 0)
        let events = ["Ann", "Bob", "Cora", "Dan", "Eve"].map {
            Simulation.Event(at: at, kind: .reminder, who: [$0], what: "Read the papers", meeting: nil, workflow: nil)
        }
        let gathered = Simulation.Event.gathered(events)
        #expect(gathered.map(\.words) == ["Ann, Bob, Cora, Dan and 1 more are reminded: Read the papers"])
    }
}
