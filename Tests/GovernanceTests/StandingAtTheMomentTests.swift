import CEL
import Calendars
import Governance
import Testing
import Workflows

/// What expressions and deadlines see: variables as they stand within a step, and moments along any path from case to case.
@Suite struct StandingAtTheMomentTests {
    static let tally = """
        workflow: tally
        title: A tally
        basis: 003 L58
        for: body
        begins: {command: begin_tally}
        variables: {count: 0, seen: false, nested: false, unseen: false}
        conditions:
          two: {is: count >= 2}
          both: {is: two && count < 9}
        commands:
          begin_tally: {title: Begin, by: secretary}
          add_two: {title: Add two, by: secretary}
          end_tally: {title: End, by: secretary}
        states:
          idle:
            on: {add_two: {to: counted, set: {unseen: two}}}
          counted:
            entry: [{set: {count: count + 2}}, {set: {seen: two, nested: both}}]
            on: {end_tally: over}
          over: final
        """

    @Test("a condition that an action names sees the variables as they stand at that moment")
    func conditions() throws {
        var it = Rehearsal(at: "2026-09-01 09:00", with: [Self.tally])
        it.settleIn()
        it.say("begin_tally", by: "sue", [:], [:])
        it.say("add_two", by: "sue", [:], [:])
        let found = try #require(it.standing.cases(of: "tally").last).variables
        #expect(found["count"] == .int(2))
        #expect(found["seen"] == .bool(true))
        #expect(found["nested"] == .bool(true))
        // Before the count was set, there were none.
        #expect(found["unseen"] == .bool(false))
    }

    static let chain = [
        """
        workflow: fund
        title: A fund
        basis: 003 L58
        for: body
        begins: {command: open_fund}
        variables: {closes: {type: date, optional: true}}
        commands:
          open_fund: {title: Open, by: secretary, fields: {closes: date}}
          extend_fund: {title: Give more time, by: secretary, fields: {closes: date}}
          end_fund: {title: End, by: secretary}
        states:
          open:
            on: {extend_fund: {set: {closes: event.closes}}, end_fund: over}
          over: final
        """,
        """
        workflow: bid
        title: A bid
        basis: 003 L58
        for: fund
        begins: {command: make_bid}
        commands:
          make_bid: {title: Bid, by: chair}
          end_bid: {title: End, by: chair}
        states:
          made:
            on: {end_bid: over}
          over: final
        """,
        """
        workflow: bid_view
        title: A view of a bid
        basis: 003 L58
        for: bid
        begins: {each: bid.in('made')}
        deadlines: {early: 2 days before bid.fund.closes}
        commands: {view_bid: {title: Say what you think, by: secretary}}
        states:
          asked:
            duty: {title: Say what you think, basis: 003 L58, of: secretary, due: bid.fund.closes, remind: [1 day before]}
            on: {view_bid: over}
          over: final
        """,
    ]

    @Test("a deadline may be reckoned along a path from case to case, and moves with the case at its end")
    func paths() throws {
        var it = Rehearsal(at: "2026-09-01 09:00", with: Self.chain)
        it.settleIn()
        it.say("open_fund", by: "sue", [:], ["closes": .string("2026-09-20")])
        it.say("make_bid", by: "carl", [:], [:])
        let view = try #require(it.standing.cases(of: "bid_view").last)
        let day = { (instant: Instant?) in instant.map { Rehearsal.zone.civil(at: $0).date.description } }
        #expect(day(it.standing.openDuties(of: view.id).first?.due) == "2026-09-20")
        #expect(day(view.deadlines["early"]) == "2026-09-18")
        it.say("extend_fund", by: "sue", [:], ["closes": .string("2026-10-05")])
        #expect(day(it.standing.openDuties(of: view.id).first?.due) == "2026-10-05")
        #expect(day(it.standing.cases[view.id]?.deadlines["early"]) == "2026-10-03")
    }

    @Test("where no day is a holiday, each weekday is a working day, and duties open")
    func noHolidays() throws {
        var it = Rehearsal(at: "2026-12-21 09:00", with: [Self.waiting])
        var rulebook = it.registrar.rulebook
        rulebook.standard.holidays = HolidayTable.none
        it.registrar = Registrar(rulebook: rulebook)
        it.settleIn()
        it.say("begin_wait", by: "sue", [:], [:])
        let begun = try #require(it.standing.cases(of: "wait").last)
        let due = try #require(it.standing.openDuties(of: begun.id).first?.due)
        // Christmas Day and Boxing Day are days like others.
        #expect(Rehearsal.zone.civil(at: due).date.description == "2026-12-29")
    }

    static let waiting = """
        workflow: wait
        title: A wait
        basis: 003 L58
        for: body
        begins: {command: begin_wait}
        commands:
          begin_wait: {title: Begin, by: secretary}
          end_wait: {title: End, by: secretary}
        states:
          waiting:
            duty: {title: Wait, basis: 003 L58, of: secretary, due: 6 working days later}
            on: {end_wait: over}
          over: final
        """
}
