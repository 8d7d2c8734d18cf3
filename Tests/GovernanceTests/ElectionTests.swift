import CEL
import Calendars
import Governance
import Testing
import Workflows

/// A seat from its vacancy to the one who takes it.
@Suite struct ElectionTests {
    /// Ann has stepped down; the vacancy is published. The second organisation's coordinator is dan.
    static func published() -> Rehearsal {
        var it = ServiceTests.steppedDown()
        let dates: [String: Value] = ["nominations_close": .string("2026-03-13"), "voting_closes": .string("2026-03-27")]
        let wrong = dates.merging(["voting_closes": .string("2026-03-10")]) { $1 }
        #expect(it.refused("publish_vacancy", by: "olga", [.seat: "s1"], wrong).kind == .condition)
        it.say("publish_vacancy", by: "olga", [.seat: "s1"], dates)
        return it
    }

    private static func nomination(_ it: Rehearsal, _ name: String, from organisation: String) -> [String: Value] {
        ["nominee": it.person(name), "from_organisation": .string(organisation), "capacity": .string("volunteer")]
    }

    /// Those named are nominated, by organisation, and stand; then nominations close and the question of who is missing is settled.
    static func standing(_ nominees: [(name: String, from: String)]) -> Rehearsal {
        var it = published()
        for (name, organisation) in nominees {
            it.say("nominate", by: "kim", [.seat: "s1"], nomination(it, name, from: organisation))
            it.say("accept_nomination", by: name)
        }
        it.wait(until: "2026-03-14 09:00")
        settleDiversity(&it)
        return it
    }

    static func settleDiversity(_ it: inout Rehearsal) {
        let title = "Say whether those who stand for Seat 1 reflect the community"
        let row: [String: Value] = [
            "dimension": .string("age"), "group": .string("under 25"), "seats": .int(2), "community_percent": .int(12),
        ]
        #expect(it.refused("record_diversity", by: "olga", [.seat: "s1"], row).kind == .condition)
        it.say("record_diversity", by: "olga", [.seat: "s1"], row.merging(["seats": .int(0)]) { $1 })
        it.refused("finish_diversity", by: "olga", [.seat: "s1"], ["action": .string("Ask the youth council")])
        it.tickAll("olga", title)
        it.say("finish_diversity", by: "olga", [.seat: "s1"], ["action": .string("Ask the youth council")])
    }

    @Test("only people of the organisation and its members are nominated, once, and not those who sit there already")
    func eligibility() {
        var it = Self.published()
        it.take(
            it.registrar.adopt(
                [.organisation(Organisation(id: "o3", name: "Stranger"))], personal: [], by: nil, in: it.standing, now: it.now))
        #expect(
            it.refused("nominate", by: "kim", [.seat: "s1"], Self.nomination(it, "kim", from: "o3")).reason.contains("member"))
        #expect(
            it.refused("nominate", by: "kim", [.seat: "s1"], Self.nomination(it, "bob", from: "o1")).reason.contains("seat"))
        #expect(it.refused("nominate", by: "eve", [.seat: "s1"], Self.nomination(it, "kim", from: "o1")).kind == .notYours)
        it.say("nominate", by: "kim", [.seat: "s1"], Self.nomination(it, "kim", from: "o1"))
        #expect(
            it.refused("nominate", by: "kim", [.seat: "s1"], Self.nomination(it, "kim", from: "o1")).reason.contains("already"))
        #expect(it.owes("kim").contains("Say whether you stand for Seat 1"))
    }

    @Test("who stands alone is elected without a vote")
    func unopposed() {
        var it = Self.standing([("kim", "o1")])
        #expect(it.owes("olga").contains("Declare that Kim takes Seat 1"))
        #expect(it.standing.cases(of: "ballot").isEmpty)
        let fields: [String: Value] = ["person": it.person("sam"), "start": .string("2026-04-01")]
        #expect(it.refused("declare_result", by: "olga", [.seat: "s1"], fields).reason.contains("Kim"))
        it.say("declare_result", by: "olga", [.seat: "s1"], fields.merging(["person": it.person("kim")]) { $1 })
        #expect(it.standing.cases(of: "election").last?.isOpen == false)
        it.wait(until: "2026-04-01 09:00")
        #expect(it.owes("kim").contains("Complete your induction"))
        #expect(it.theCase("term", [.term: "t1"])?.isIn("substitution.filled") == true)
    }

    @Test("each member organisation has one vote; the runner-up from another organisation becomes the substitute")
    func voted() {
        var it = Self.standing([("kim", "o1"), ("carl", "o2")])
        #expect(it.owes("dan").contains("Vote: Seat 1, Care Partnership"))
        let kim = it.standing.cases(of: "nomination")[0].id
        it.say("cast_vote", by: "dan", [.seat: "s1"], ["candidate": .string(kim)])
        #expect(it.refused("cast_vote", by: "dan", [.seat: "s1"], ["candidate": .string(kim)]).kind == .noCase)
        #expect(it.owes("olga").contains("Declare that Kim takes Seat 1"))
        it.say("declare_result", by: "olga", [.seat: "s1"], ["person": it.person("kim"), "start": .string("2026-04-01")])
        #expect(it.refused("name_substitute", by: "olga", [.seat: "s1"], ["person": it.person("fay")]).kind == .condition)
        it.say("name_substitute", by: "olga", [.seat: "s1"], ["person": it.person("carl")])
        #expect(it.standing.records.seats["s1"]?.substitutes == [it.id("sam"), it.id("carl")])
    }

    @Test("a tie is decided among those who tie, and nobody has voted where nobody did")
    func tie() {
        var it = Self.standing([("kim", "o1"), ("carl", "o2")])
        it.wait(until: "2026-03-28 09:00")
        #expect(it.owes("olga").contains("Decide the tie for Seat 1"))
        #expect(!it.owes("dan").contains("Vote: Seat 1, Care Partnership"))
        #expect(
            it.refused("draw_lot", by: "olga", [.seat: "s1"], ["person": it.person("fay"), "how": .string("A coin")]).kind
                == .condition)
        it.say("draw_lot", by: "olga", [.seat: "s1"], ["person": it.person("carl"), "how": .string("A coin")])
        #expect(it.owes("olga").contains("Declare that Carl takes Seat 1"))
    }

    @Test("the result of an outside ballot is taken over with the hash of its sheet")
    func outside() {
        var it = Self.standing([("kim", "o1"), ("carl", "o2")])
        let hash = String(repeating: "a", count: 64)
        #expect(
            it.refused("record_ballot", by: "olga", [.seat: "s1"], ["person": it.person("fay"), "sheet": .string(hash)]).kind
                == .condition)
        it.say("record_ballot", by: "olga", [.seat: "s1"], ["person": it.person("carl"), "sheet": .string(hash)])
        #expect(it.standing.cases(of: "election").last?.variables["sheet"] == .string(hash))
        #expect(it.standing.cases(of: "ballot").allSatisfy { !$0.isOpen })
    }

    @Test("where nobody stands, somebody is co-opted, or the vacancy is published again")
    func coOpted() {
        var it = Self.standing([])
        #expect(it.owes("olga").contains("Find candidates for Seat 1, or co-opt"))
        #expect(
            it.refused("co_opt", by: "olga", [.seat: "s1"], ["person": it.person("kim"), "start": .string("2026-03-20")]).kind
                == .rule)
        it.say("co_opt", by: "olga", [.seat: "s1"], ["person": it.person("kim"), "start": .string("2026-04-01")])
        #expect(it.standing.cases(of: "election").last?.isOpen == false)
    }
}
