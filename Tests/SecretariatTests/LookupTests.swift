import Calendars
import Foundation
import Governance
import Testing

@testable import Secretariat

@Suite struct LookupTests {
    let society: Society

    init() throws {
        society = try Society()
        try society.take(Society.roster)
        for start in ["2026-05-12 14:00", "2026-06-09 14:00"] {
            try society.give("plan_meeting", by: "sam", meeting: nil, ["body": "Health Board", "start": start])
        }
        try society.give("plan_meeting", by: "sam", meeting: nil, ["body": "Carers Group", "start": "2026-05-12 10:00"])
    }

    var lookup: Lookup { society.desk.lookup() }

    @Test(
        "a person is found by id, address, name, and a part of a name",
        arguments: ["ann@example.org", "ANN@example.org", "Ann Archer", "ann archer", "arch"])
    func person(text: String) throws {
        #expect(society.desk.standing.name(of: try lookup.person(text)) == "Ann Archer")
        #expect(try lookup.person(try lookup.person(text)) == lookup.person(text))
    }

    @Test("a name that is not unique lists whom it may mean, an unknown one gives the nearest")
    func doubtful() throws {
        let doubt = #expect(throws: LookupFailure.self) { try lookup.person("e") }
        #expect(doubt?.candidates.count == 4 && doubt?.candidates.contains("Eve Elector (eve@example.org)") == true)
        let unknown = #expect(throws: LookupFailure.self) { try lookup.person("Ann Arcer") }
        #expect(unknown?.nearest == "Ann Archer")
        #expect(throws: LookupFailure.self) { try lookup.person("") }
    }

    @Test("next is the first meeting that has not ended, of the bodies that concern the person")
    func next() throws {
        #expect(try lookup.meeting("next") == "m3")
        #expect(try lookup.meeting("next", person: try lookup.person("bob")) == "m1")
        #expect(try lookup.meeting("next", body: try lookup.body("health")) == "m1")
        #expect(throws: LookupFailure.self) { try lookup.meeting("last") }
    }

    @Test("a meeting is found by its date; where there are several, they are listed")
    func date() throws {
        #expect(try lookup.meeting("2026-06-09") == "m2")
        let doubt = #expect(throws: LookupFailure.self) { try lookup.meeting("2026-05-12") }
        #expect(doubt?.candidates.count == 2)
        #expect(throws: LookupFailure.self) { try lookup.meeting("2026-07-01") }
    }

    @Test("an item is found by its number, its title or its id")
    func item() throws {
        try society.give("add_item", by: "sam", meeting: "m1", ["title": "Transport grant"])
        #expect(try lookup.item("1", of: "m1") == "i1")
        #expect(try lookup.item("transport", of: "m1") == "i1")
        #expect(try lookup.item("i1", of: nil) == "i1")
        #expect(throws: LookupFailure.self) { try lookup.item("2", of: "m1") }
        #expect(throws: LookupFailure.self) { try lookup.item("1", of: nil) }
    }
}
