import CEL
import Calendars
import Governance
import Testing
import Workflows

/// Fellow representatives, the review of a group, and concerns about conduct.
@Suite struct NetworkTests {
    /// The network meeting of the half year is called; ann brings an issue, bob none.
    static func called() -> Rehearsal {
        var it = Rehearsal.serving()
        it.wait(until: "2026-06-08 09:00")
        #expect(it.owes("olga").contains("Call the network meeting of the half year"))
        let place: [String: Value] = ["place": .string("Guildhall")]
        let past = place.merging(["day": .string("2026-06-01")]) { $1 }
        #expect(it.refused("call_network", by: "olga", [.organisation: "o1"], past).kind == .condition)
        it.say("call_network", by: "olga", [.organisation: "o1"], place.merging(["day": .string("2026-07-01")]) { $1 })
        #expect(it.mailed("network_call").flatMap(\.self).sorted() == ["Ann", "Bob", "Cat"])
        it.say("bring_issue", by: "ann", [.organisation: "o1"], ["issue": .string("Papers come late")])
        it.say("bring_nothing", by: "bob", [.organisation: "o1"])
        return it
    }

    @Test(
        "representatives meet twice a year; what they bring becomes the agenda, and members hear what their voice has changed")
    func network() {
        var it = Self.called()
        let here = it.standing.cases(of: "network_meeting", for: [.organisation: "o1"]).last
        guard case .list(let issues)? = here?.variables["issues"], case .map(let issue)? = issues.first else {
            return #expect(Bool(false), "no issue was heard")
        }
        #expect(issue[.string("issue")] == .string("Papers come late") && issue[.string("by")] == .string("Ann"))
        #expect(it.refused("hold_network", by: "olga", [.organisation: "o1"]).reason.contains("still to come"))
        it.wait(until: "2026-07-01 18:00")
        it.say("hold_network", by: "olga", [.organisation: "o1"])
        #expect(!it.owes("cat").contains { $0.hasPrefix("Come to the network meeting") })
        it.say("tell_influence", by: "olga", [.organisation: "o1"])
        #expect(it.mailed("influence_report") == [["Kim"]])
        it.wait(until: "2026-12-02 09:00")
        #expect(it.owes("olga").contains("Call the network meeting of the half year"))
    }

    /// The yearly review, with one member's answer.
    static func reviewed() -> Rehearsal {
        var it = Rehearsal.serving()
        it.wait(until: "2027-01-06 09:00")
        it.say("answer_review", by: "ann", [.body: "b1"], ["works": .string("partly"), "better": .string("Plainer papers")])
        return it
    }

    @Test("once a year a group looks at its support of representatives and at how it works, and agrees what it changes")
    func review() {
        var it = Self.reviewed()
        let support = "Check how Care Partnership supports its representatives"
        #expect(it.owes("sue").contains(support))
        it.refused("finish_support", by: "sue", [.body: "b1"], ["improve": .string("Nothing")])
        it.tickAll("sue", support)
        it.say("finish_support", by: "sue", [.body: "b1"], ["improve": .string("Pay travel in advance")])
        it.wait(until: "2027-02-01 09:00")
        #expect(it.owes("carl").contains("Agree what Care Partnership changes"))
        it.say("conclude_review", by: "carl", [.body: "b1"], ["changes": .string("Summaries on one page")])
        #expect(it.mailed("group_review").last?.contains("Ann") == true)
        #expect(it.theCase("group_review", [.body: "b1"])?.isIn("resting") == true)
    }

    @Test("a review to which nobody answered cannot be concluded")
    func unanswered() {
        var it = Rehearsal.serving()
        it.wait(until: "2027-02-01 09:00")
        #expect(
            it.refused("conclude_review", by: "carl", [.body: "b1"], ["changes": .string("C")]).reason.contains("No member"))
    }

    /// A concern about ann, acknowledged.
    static func concerned() -> Rehearsal {
        var it = Rehearsal.serving()
        let concern: [String: Value] = ["concern": .string("Spoke for her own firm")]
        #expect(it.refused("raise_concern", by: "ann", [.term: "t1"], concern).kind == .notYours)
        it.say("raise_concern", by: "bob", [.term: "t1"], concern)
        it.say("acknowledge_concern", by: "olga", [.term: "t1"])
        return it
    }

    @Test("who is concerned answers before anything is decided, and may appeal")
    func conduct() {
        var it = Self.concerned()
        #expect(it.owes("ann").contains("Answer the concern that was raised about you"))
        let decision: [String: Value] = ["outcome": .string("training"), "why": .string("A course on interests")]
        #expect(it.refused("decide_concern", by: "olga", [.term: "t1"], decision).reason.contains("right to answer"))
        it.say("answer_concern", by: "ann", [.term: "t1"], ["answer": .string("I had declared it")])
        it.say("decide_concern", by: "olga", [.term: "t1"], decision)
        #expect(it.owes("ann").contains("Take the training that was decided"))
        it.say("appeal", by: "ann", [.term: "t1"], ["grounds": .string("It was declared")])
        #expect(it.owes("carl").contains("Decide the appeal of Ann"))
        it.say("decide_appeal", by: "carl", [.term: "t1"], ["upheld": .bool(true), "why": .string("It was")])
        #expect(it.theCase("conduct", [.term: "t1"])?.variables["outcome"] == .string("no_case"))
        #expect(it.theCase("conduct", [.term: "t1"])?.isOpen == false)
        #expect(!it.entries.contains { "\($0)".contains("own firm") })
    }

    @Test("where nobody answers in time, it is decided without")
    func silence() {
        var it = Self.concerned()
        it.wait(until: "2026-02-10 09:00")
        #expect(it.owes("olga").contains("Decide on the concern about Ann, who has not answered"))
        it.say("decide_concern", by: "olga", [.term: "t1"], ["outcome": .string("recall"), "why": .string("W")])
        #expect(it.owes("olga").contains("Put the recall of Ann to those who elected, with `call_recall`"))
    }
}
