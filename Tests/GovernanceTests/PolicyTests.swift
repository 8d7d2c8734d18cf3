import CEL
import Calendars
import Governance
import Testing
import Workflows

@Suite("What a body's own rules decide") struct PolicyTests {
    @Test("who has withdrawn is not counted, or is deemed present, as the rules say")
    func regimes() {
        for (regime, expected) in [(QuorumPolicy.Withdrawn.notCounted, 2), (.deemedPresent, 3)] {
            var it = Rehearsal.planned { $0.quorum.withdrawn = regime }
            it.declare("bob")
            it.open(with: ["ann", "bob", "dan"])
            #expect(it.quorum().present == 3)
            #expect(it.quorum(item: "i1").present == expected, "\(regime)")
            #expect(it.quorum(item: "i1").isMet == (expected == 3))
        }
    }

    @Test("members from afar and substitutes count where the rules count them")
    func remoteAndSubstitutes() {
        for (counts, expected) in [(true, 2), (false, 0)] {
            var it = Rehearsal.planned {
                $0.quorum.remoteCounts = counts
                $0.quorum.substitutesCount = counts
            }
            it.say("apologise", by: "ann", [.meeting: "m1"], ["reason": .string("illness"), "substitute": it.person("sam")])
            it.say("stand_in", by: "sam", [.meeting: "m1"])
            it.wait(until: "2026-11-18 13:50")
            it.say("arrive", by: "sue", [.meeting: "m1"], ["person": it.person("sam")])
            it.say("arrive", by: "sue", [.meeting: "m1"], ["person": it.person("bob"), "manner": .string("remote")])
            #expect(it.quorum().present == expected)
        }
    }

    @Test("members of one sort may have to be among them; a mark that no seat bears asks nothing")
    func marks() {
        var it = Rehearsal.planned {
            $0.quorum.requirements = [.init(.number(1), of: "independent"), .init(.share(1, 2), of: "external")]
        }
        var seats = ["s4", "s5", "s6"].compactMap { it.standing.records.seats[$0] }
        for place in seats.indices { seats[place].marks = ["external"] }
        it.take(it.registrar.adopt(seats.map { .seat($0) }, personal: [], by: nil, in: it.standing, now: it.now))
        it.open(with: ["ann", "dan", "eve"])
        #expect(it.quorum().isMet)
        it.say("arrive", by: "sue", [.meeting: "m1"], ["person": it.person("bob")])
        it.say("arrive", by: "sue", [.meeting: "m1"], ["person": it.person("cat")])
        #expect(it.quorum() == Quorum(present: 5, needed: 3, lacking: ["at least 1/2 must be external, 2 of 5 are"]))
        #expect(!it.quorum().isMet)
    }

    @Test("where only those vote who heard the whole item, who came or went in the middle cannot be named")
    func heardThroughout() {
        for (policy, voters) in [(VoterPolicy.allPresent, 5), (.heardThroughout, 3)] {
            var it = Rehearsal.planned { $0.voters = policy }
            it.open(with: ["ann", "bob", "cat", "dan"])
            it.say("open_item", by: "sue", [.item: "i1"])
            it.wait(until: "2026-11-18 14:10")
            it.say("depart", by: "sue", [.meeting: "m1"], ["person": it.person("dan")])
            it.say("arrive", by: "sue", [.meeting: "m1"], ["person": it.person("eve")])
            it.wait(until: "2026-11-18 14:12")
            it.say("arrive", by: "sue", [.meeting: "m1"], ["person": it.person("dan")])
            #expect(it.standing.voters(on: "i1", by: it.registrar.rulebook).count == voters)
            if policy == .heardThroughout {
                let refusal = it.refused(
                    "decide", by: "sue", [.item: "i1"],
                    ["decision": .string("Agreed."), "took_part": .list([it.person("eve")])])
                #expect(refusal.reason.contains("was not there for the whole of the item"))
            }
            it.say("decide", by: "sue", [.item: "i1"], ["decision": .string("Agreed.")])
            #expect(it.standing.records.items["i1"]?.resolution?.tookPart.count == voters)
        }
    }

    @Test("under a councillor's code no facts are given, and a pecuniary interest means leaving unless dispensed")
    func councillors() {
        var it = Rehearsal.planned { $0.interests = InterestPolicy(mayGiveFacts: false, outcomes: [.financial: .mustWithdraw]) }
        it.declare("bob", ruled: nil)
        let rulebook = it.registrar.rulebook
        let bob = it.standing.records.representatives["r2"]
        #expect(bob.map { it.standing.participation(of: $0, in: "i1", by: rulebook) } == .room)
        let facts = it.refused("rule", by: "carl", [.item: "i1"], ["ruling": .string("may_stay_for_facts")])
        #expect(facts.reason.contains("let a member with an interest give no facts"))
        let clear = it.refused("rule", by: "carl", [.item: "i1"], ["ruling": .string("clear")])
        #expect(clear.reason.contains("unless there is a dispensation"))
        it.say(
            "rule", by: "carl", [.item: "i1"],
            ["ruling": .string("clear"), "dispensation": .string("Granted by the standards committee on 1 October 2026.")])
        #expect(it.theCase("interest", [.item: "i1", .representative: "r2"])?.isIn("clear") == true)
        it.declare("cat", "personal", ruled: "clear")
    }

    @Test("what is recorded as carried is what the votes come to, under the body's own rule for ties")
    func votes() {
        for ties in TiePolicy.allCases {
            var it = Rehearsal.planned { $0.ties = ties }
            it.open(with: ["ann", "bob", "cat", "dan"])
            it.say("open_item", by: "sue", [.item: "i1"])
            func vote(_ votesFor: Int64, _ against: Int64, carried: Bool = true) -> [String: Value] {
                [
                    "decision": .string("Agreed."), "votes_for": .int(votesFor), "votes_against": .int(against),
                    "carried": .bool(carried),
                ]
            }
            #expect(
                it.refused("decide", by: "sue", [.item: "i1"], vote(1, 3)).reason.contains(
                    "1 for and 3 against it is not carried"))
            #expect(
                it.refused("decide", by: "sue", [.item: "i1"], vote(3, 1, carried: false)).reason.contains("say so in `reason`")
            )
            guard ties == .castingVote else {
                let refusal = it.refused("decide", by: "sue", [.item: "i1"], vote(2, 2))
                #expect(refusal.kind == .rule && refusal.reason.contains("nobody has a casting vote"))
                it.say("decide", by: "sue", [.item: "i1"], vote(2, 2, carried: false))
                #expect(it.standing.records.items["i1"]?.resolution?.isCarried == false)
                continue
            }
            it.say("decide", by: "sue", [.item: "i1"], vote(2, 2))
            #expect(it.standing.records.items["i1"]?.resolution?.isCarried == true)
        }
    }

    @Test("under a parish's rules a late item may be discussed and not decided")
    func lateItem() {
        for mayDecide in [true, false] {
            var it = Rehearsal.planned { $0.notice.mayDecideLateItems = mayDecide }
            it.wait(until: "2026-11-17 10:00")
            it.say("add_item", by: "sue", [.meeting: "m1"], ["title": .string("Late"), "purpose": .string("decision")])
            it.open(with: ["ann", "bob", "cat"])
            it.say("open_item", by: "sue", [.item: "i1"])
            it.say("decide", by: "sue", [.item: "i1"], ["decision": .string("Agreed.")])
            it.say("open_item", by: "sue", [.item: "i2"])
            guard !mayDecide else {
                it.say("decide", by: "sue", [.item: "i2"], ["decision": .string("Agreed.")])
                continue
            }
            let refusal = it.refused("decide", by: "sue", [.item: "i2"], ["decision": .string("Agreed.")])
            #expect(refusal.kind == .rule && refusal.reason.contains("after the agenda was due"))
            it.say("note", by: "sue", [.item: "i2"])
        }
    }

    @Test("shipped packs bind the engine: the last day for notice of the golden cases")
    func golden() throws {
        for (name, day) in [
            ("england-principal-council", "2026-11-10"), ("england-parish", "2026-11-13"),
            ("wales-principal-council", "2026-11-12"),
            ("cio", "2026-11-03"), ("company", "2026-11-03"), ("nhs-integrated-care", "2026-11-10"),
        ] {
            let pack = try Rehearsal.shipped(name)
            let it = Rehearsal.planned { $0 = pack }
            let callings = it.registrar.callings(of: "m1", in: it.standing, now: it.now)
            let notice = try #require(try callings.first { $0.what == "notice" }?.deadline.get())
            #expect(notice.date == CivilDate(day), "\(name)")
            #expect(notice.instant == it.theCase("meeting", [.meeting: "m1"])?.deadlines["notice_due"])
            #expect(callings.contains { $0.what == "sending" } == (name == "company"))
        }
    }
}
