import CEL
import Calendars
import Diagnostics
import Statecharts
import Testing
import Workflows

/// A workflow about a meeting and a representative around one part of a file.
func workflow(_ part: String, states: String = "  idle: {}\n", about: String = "[meeting, representative]") -> String {
    """
    workflow: trial
    title: A trial
    for: \(about)
    begins: {each: "true"}
    \(part)
    states:
    \(states)
    """
}

/// The workflow of a text that must be without findings.
func sound(_ text: String, with others: [String] = []) throws -> Workflow {
    let library = check(text, with: others)
    #expect(library.findings.isEmpty, "\(rendered(library.findings))")
    return try #require(library.workflows.first)
}

@Suite struct ConstructTests {
    @Test("the head says what a case is about and how it begins")
    func head() throws {
        let one = try sound(
            """
            workflow: visit
            title: A visit
            basis: 003 L45
            for: meeting
            begins: {command: plan}
            commands: {plan: {title: Plan, by: [secretary, chair], record: meeting}}
            states: {planned: final}
            """)
        #expect(one.name == "visit")
        #expect(one.basis == "003 L45")
        #expect(one.subjects == [.meeting])
        #expect(one.hash == "h0")
        guard case .command("plan") = one.beginning else { return #expect(Bool(false), "\(one.beginning)") }
        let plan = try #require(one.command(named: "plan"))
        #expect(plan.by == [.ofBody("secretary"), .ofBody("chair")])
        #expect(plan.fields.map(\.name) == RecordKind.meeting.fields.map(\.name))
        guard case .each(let program) = try sound(workflow("")).beginning else { return #expect(Bool(false)) }
        #expect(program.kind == .bool)
    }

    @Test("a variable has a first value or a type")
    func variables() throws {
        let checked = try sound(
            workflow(
                """
                variables:
                  count: 3
                  open: true
                  words: 'a "quoted" \\ text'
                  when: date
                  choice: {type: choice, of: [one, two], standard: two}
                  who: {type: person, optional: true, shown_to: secretary}
                  those: persons
                """))
        let types = Dictionary(uniqueKeysWithValues: checked.variables.map { ($0.name, $0.type) })
        #expect(checked.variables.map(\.name) == ["count", "open", "words", "when", "choice", "who", "those"])
        #expect(types["count"]?.base == .number)
        #expect(types["count"]?.standard == .int(3))
        #expect(types["open"]?.standard == .bool(true))
        #expect(types["when"]?.base == .date)
        #expect(types["choice"]?.base == .choice(["one", "two"]))
        #expect(types["who"]?.base == .subject(.person))
        #expect(types["who"]?.isOptional == true)
        #expect(types["who"]?.shownTo == [.ofBody("secretary")])
        #expect(types["those"]?.base == .subjects(.person))
        let (instance, _) = try checked.chart.start(in: Quiet())
        #expect(
            instance.variables == [
                .int(3), .bool(true), .string("a \"quoted\" \\ text"), .null, .string("two"), .null, .null,
            ])
    }

    @Test("deadlines and conditions have names, and may rest on others")
    func deadlinesAndConditions() throws {
        let checked = try sound(
            workflow(
                """
                deadlines:
                  early: policy.notice before meeting.start
                  later_one: the later of early and 3 days before meeting.start
                conditions:
                  past: now > later_one
                  both: {is: past && quorum.met, say: "There are {{quorum.present}} of {{ quorum.needed }}."}
                """))
        #expect(checked.deadlines["early"]?.text == "policy.notice before meeting.start")
        #expect(checked.deadlines["later_one"]?.anchors.map(\.path) == [["early"], ["meeting", "start"]])
        #expect(checked.conditions["past"]?.say == nil)
        let segments = try #require(checked.conditions["both"]?.say?.segments)
        #expect(segments.count == 5)
        guard case .value(let program) = segments[3] else { return #expect(Bool(false)) }
        #expect(program.text == "quorum.needed")
    }

    @Test("a command has a form, those who may give it, and when")
    func commands() throws {
        let checked = try sound(
            workflow(
                """
                variables: {helper: {type: person, optional: true}}
                commands:
                  ask:
                    title: Ask
                    by: [representative, helper, presider]
                    not_by: chair
                    while: idle
                    until: 2 days before meeting.start
                    fields:
                      why: text
                      who: {type: person, from: seat.substitutes, optional: true}
                    record: paper
                """, states: "  idle: {on: {ask: stay}}"))
        let ask = try #require(checked.command(named: "ask"))
        #expect(ask.by == [.representative, .variable("helper"), .presider])
        #expect(ask.notBy == [.ofBody("chair")])
        #expect(ask.whileState == "idle")
        #expect(ask.until?.text == "2 days before meeting.start")
        #expect(ask.fields.map(\.name) == ["why", "who", "title", "item", "file", "file_name", "restricted_until"])
        #expect(ask.fields[1].type.from?.text == "seat.substitutes")
    }

    @Test("a duty has an owner, a due, a basis and what else is said of it")
    func duty() throws {
        let checked = try sound(
            workflow(
                """
                deadlines: {due_day: 1 working day before meeting.start at 17:00}
                commands: {finish: {title: Done, by: representative}}
                """,
                states: """
                      open:
                        duty:
                          title: "Read for {{meeting.title}}"
                          note: It matters
                          basis: 003 L45
                          of: representative
                          not_of: chair
                          from: 20 working days before meeting.start
                          due: due_day
                          checklist:
                            - {each: papers, do: "Read {{title}} ({{number}})"}
                            - Note what is raised
                          remind: [3 working days before, on the day]
                          escalate: {to: coordinator, after: 1 working day}
                        on: {finish: {to: closed, needs: checklist}}
                      closed: final
                    """))
        let note = try #require(checked.states.first { $0.path == "open" })
        let duty = try #require(note.duty)
        #expect(duty.of == .representative)
        #expect(duty.notOf == .ofBody("chair"))
        #expect(duty.dueName == "due_day")
        #expect(duty.due.text == "1 working day before meeting.start at 17:00")
        #expect(duty.from?.meansStartOfDay == true)
        #expect(duty.reminders.map(\.text) == ["3 working days before", "on the day"])
        #expect(duty.escalation?.to == .ofOrganisation("coordinator"))
        guard case .each(let list, let text) = duty.checklist[0] else { return #expect(Bool(false)) }
        #expect(list.kind == .list(.object("paper")))
        #expect(text.segments == [.words("Read "), .field(["title"]), .words(" ("), .field(["number"]), .words(")")])
        let finish = try #require(checked.transitions.first)
        #expect(finish.trigger == .command("finish"))
        #expect(finish.needs == [.checklist])
        #expect(finish.duty == .done)
    }

    @Test("a deadline by its name means the start of its day under `from:`")
    func namedFrom() throws {
        let checked = try sound(
            workflow(
                "deadlines: {first: 9 days before meeting.start}\ncommands: {go: {title: Go, by: secretary}}",
                states:
                    "  a:\n    duty: {title: T, basis: B, of: secretary, from: first, due: first}\n    on: {go: b}\n  b: final\n",
                about: "meeting"))
        let duty = try #require(checked.states[1].duty)
        #expect(duty.from?.meansStartOfDay == true)
        #expect(duty.due.meansStartOfDay == false)
    }

    @Test("the number of a note is the tag of its state, the root's first")
    func tags() throws {
        let checked = try sound(
            workflow(
                "variables: {big: false}",
                states: """
                      first:
                        initial: [{if: big, to: wide}, narrow]
                        states:
                          wide: {parallel: {left: {}, right: {}}}
                          narrow: {announce: narrowed, participation: papers}
                          back: {history: deep}
                        on: {narrowed: {to: [left, right]}, widened: back}
                    """, about: "meeting"), with: [telling("widened")])
        #expect(
            checked.states.map(\.path) == [
                "", "first", "first.(initial)", "first.wide", "first.wide.left", "first.wide.right", "first.narrow",
                "first.back",
            ])
        #expect(checked.states.map(\.isSynthetic) == [true, false, true, false, false, false, false, false])
        for state in checked.chart.states { #expect(checked.states[state.tag].path == state.id) }
        #expect(checked.states[6].announce == "narrowed")
        #expect(checked.states[6].participation == .papers)
        var (instance, _) = try checked.chart.start(in: Quiet())
        #expect(instance.activeStates(checked.chart) == ["first.narrow"])
        _ = try checked.chart.step(&instance, Event("narrowed"), in: Quiet())
        #expect(instance.activeStates(checked.chart) == ["first.wide.left", "first.wide.right"])
    }

    @Test("`once` waits for what holds, `at` for a moment, `then` for the end of what is within")
    func triggers() throws {
        let checked = try sound(
            workflow(
                """
                deadlines: {half: 2 days before meeting.start}
                conditions: {ready: quorum.met}
                """,
                states: """
                      waiting:
                        once: {opened: begun, ready: {to: begun, if: "now > meeting.start"}}
                        at: {half: {to: late, if: ready}, 3 days later: late}
                      begun:
                        parallel:
                          one: {states: {a: {on: {opened: b}}, b: final}}
                          two: {states: {c: {on: {opened: d}}, d: final}}
                        then: late
                      late: {once: over}
                      over: {type: final, announce: opened}
                    """, about: "meeting"))
        #expect(checked.transitions.map(\.trigger).prefix(4) == [.once("opened"), .once("ready"), .moment(0), .moment(1)])
        #expect(checked.moments.map(\.rule.text) == ["2 days before meeting.start", "3 days later"])
        #expect(checked.states[1].moments == [0, 1])
        var (instance, _) = try checked.chart.start(in: Quiet())
        #expect(instance.activeStates(checked.chart) == ["waiting"])
        _ = try checked.chart.step(&instance, nil, in: Quiet(announced: ["opened"]))
        #expect(instance.activeStates(checked.chart) == ["begun.one.a", "begun.two.c"])
        _ = try checked.chart.step(&instance, Event("opened"), in: Quiet())
        #expect(instance.activeStates(checked.chart) == ["over"])
        #expect(instance.isFinished)
        var (other, _) = try checked.chart.start(in: Quiet())
        _ = try checked.chart.step(&other, nil, in: Quiet(passed: [1]))
        #expect(other.activeStates(checked.chart) == ["over"])
    }

    @Test("`then` of a state is not taken when a state within it has ended")
    func thenIsExact() throws {
        let checked = try sound(
            workflow(
                "",
                states: """
                      outer:
                        parallel:
                          one: {states: {a: {on: {go: b}}, b: final}}
                          two: {states: {c: {on: {stop: d}}, d: final}}
                        then: over
                      over: final
                    """, about: "meeting"), with: [telling("go"), telling("stop")])
        var (instance, _) = try checked.chart.start(in: Quiet())
        _ = try checked.chart.step(&instance, Event("go"), in: Quiet())
        #expect(instance.activeStates(checked.chart) == ["outer.one.b", "outer.two.c"])
        _ = try checked.chart.step(&instance, Event("stop"), in: Quiet())
        #expect(instance.activeStates(checked.chart) == ["over"])
    }

    @Test("actions become effects, with their arguments evaluated where they stand")
    func actions() throws {
        let checked = try sound(
            workflow(
                """
                variables: {count: 0, guest: {type: seat, optional: true}}
                commands:
                  go: {title: Go, by: secretary, fields: {step: number}}
                """,
                states: """
                      a:
                        entry:
                          - {tell: went, if: count > 0, about: {meeting: meeting}, with: {so: count + 1}}
                          - draft: minutes
                        exit: {mail: {minutes: [members, secretary]}}
                        on:
                          go:
                            - {to: stay, if: event.step == 0, log: "'none'"}
                            - to: b
                              set: {count: count + event.step}
                              do:
                                - {start: helper, for: {seat: seat}, with: {many: count}}
                                - {start: helper, with: event, each: {guest: body.seats}, for: {seat: guest}}
                                - {if: count > 9, do: [{raise: went}], else: {set: {count: -1}}}
                                - {send: {event: went, delay: 90s, id: later_on}}
                                - {cancel: later_on}
                      b: {on: {went: a}}
                    """),
            with: [
                """
                workflow: helper
                title: Helps
                for: seat
                begins: {by: trial}
                variables: {many: number}
                states: {x: {on: {went: over}}, over: final}
                """
            ])
        let kinds = checked.effects.map { effect in
            switch effect {
            case .tell(let event, let about, let with): "tell \(event) \(about.count) \(with.count)"
            case .start(let name, let subjects, let with, let whole):
                "start \(name) \(subjects.count) \(with.count) \(whole.map(String.init) ?? "-")"
            case .mail(let document, let to): "mail \(document) \(to.count)"
            case .draft(let document): "draft \(document)"
            }
        }
        #expect(
            kinds == [
                "tell went 1 1", "draft minutes", "mail minutes 2", "start helper 1 1 -", "start helper 1 0 1",
            ])
        var (instance, started) = try checked.chart.start(in: Quiet())
        #expect(started.effects.map(\.tag) == [1])
        let form = CEL.Value.map([.string("step"): .int(3)])
        let outcome = try checked.chart.step(&instance, Event("go", data: form), in: Quiet(seats: ["s1", "s2"]))
        #expect(outcome.failures.isEmpty, "\(outcome.failures)")
        #expect(outcome.effects.map(\.tag) == [2, 3, 4, 4])
        #expect(outcome.effects[1].values == [.object(Reference(kind: "seat", id: "s0")), .int(3)])
        #expect(outcome.effects[3].values == [.object(Reference(kind: "seat", id: "s2")), form])
        #expect(instance.variables[0] == .int(-1))
    }

    @Test("a rule is asked at its command or after every step")
    func rules() throws {
        let checked = try sound(
            workflow(
                """
                commands: {vote: {title: Vote, by: secretary, record: decision}}
                never: [{name: nobody votes alone, when: vote, if: "event.took_part.size() < 2"}]
                always: {name: the meeting has a start, if: meeting.start > timestamp('2000-01-01T00:00:00Z')}
                """, states: "  idle: {on: {vote: stay}}"))
        #expect(checked.rules.map(\.sense) == [.never, .always])
        #expect(checked.rules.map(\.when) == ["vote", nil])
    }

    @Test("a state's name is looked up beside, outwards, by path, then anywhere")
    func lookup() throws {
        let states = """
              one:
                states:
                  same: {on: {a: same, b: other, c: two.same, d: deep, e: one.same, f: two.inner.deep}}
                  other: {}
              two:
                states:
                  same: {}
                  inner: {states: {deep: {}}}
            """
        let words = ["a", "b", "c", "d", "e", "f"]
        let checked = try sound(workflow("", states: states, about: "meeting"), with: words.map { telling($0) })
        var found: [String] = []
        for word in words {
            var (instance, _) = try checked.chart.start(in: Quiet())
            _ = try checked.chart.step(&instance, Event(word), in: Quiet())
            found += instance.activeStates(checked.chart)
        }
        #expect(found == ["one.same", "one.other", "two.same", "two.inner.deep", "one.same", "two.inner.deep"])
    }
}

/// A workflow that tells one word.
func telling(_ word: String) -> String {
    """
    workflow: teller_of_\(word)
    title: Tells
    for: meeting
    begins: {each: "true"}
    states: {only: {entry: {tell: \(word)}}}
    """
}

/// A world in which little is so.
struct Quiet: World {
    var announced: Set<String> = []
    var passed: Set<Int64> = []
    var seats: [String] = []

    func value(named name: String) -> CEL.Value? {
        switch name {
        case "seat": .object(Reference(kind: "seat", id: "s0"))
        case "body": .object(Reference(kind: "body", id: "b0"))
        case "meeting": .object(Reference(kind: "meeting", id: "m0"))
        default: nil
        }
    }

    func field(_ name: String, of reference: Reference) throws(EvaluationError) -> CEL.Value {
        if name == "seats" { return .list(seats.map { .object(Reference(kind: "seat", id: $0)) }) }
        throw EvaluationError("no field \(name)")
    }

    func call(_ function: String, target: CEL.Value?, arguments: [CEL.Value]) throws(EvaluationError) -> CEL.Value {
        switch (function, arguments.first) {
        case ("announced", .string(let word)?): return .bool(announced.contains(word))
        case ("passed", .int(let moment)?): return .bool(passed.contains(moment))
        default: throw EvaluationError("no function \(function)")
        }
    }
}
