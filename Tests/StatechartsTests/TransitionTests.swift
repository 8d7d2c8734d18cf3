import CEL
import Statecharts
import Testing

@Suite("Transitions")
struct TransitionTests {
    let sketch: Sketch

    init() throws { sketch = try Sketch(["x": "0"]) }

    @Test("an event moves the chart, and one that fits nothing is passed over")
    func simple() throws {
        try play(
            sketch,
            [
                atomic("a", try sketch.on("go", to: "b")), atomic("b", try sketch.on("back", to: "a")),
            ], [Line("", "a"), Line("other", "a"), Line("go", "b"), Line("go", "b"), Line("back", "a")])
    }

    @Test("a descriptor fits its own words and more behind a dot")
    func prefixes() throws {
        let states = [
            atomic(
                "a", try sketch.on("meeting.opened", to: "b"), try sketch.on("paper.* item", to: "c"),
                try sketch.on("*", to: "d")),
            atomic("b", try sketch.on("*", to: "a")), atomic("c", try sketch.on("*", to: "a")),
            atomic("d", try sketch.on("*", to: "a")),
        ]
        try play(
            sketch, states,
            [
                Line("meeting.opened", "b"), Line("x", "a"), Line("meeting.opened.late", "b"), Line("x", "a"),
                Line("meeting", "d"),
                Line("x", "a"), Line("meeting.openedlate", "d"), Line("x", "a"), Line("paper", "c"), Line("x", "a"),
                Line("paper.sent", "c"), Line("x", "a"), Line("items", "d"), Line("x", "a"), Line("item.1", "c"),
            ])
    }

    @Test("of a state's transitions the first in the document that fits is taken")
    func documentOrder() throws {
        let states = [
            atomic("a", try sketch.on("go", if: "x == 1", to: "b"), try sketch.on("go", to: "c"), try sketch.on("go", to: "d")),
            atomic("b"), atomic("c"), atomic("d"),
        ]
        try play(sketch, states, [Line("", "a"), Line("go", "c")])
    }

    @Test("a child's transition comes before its parent's, which is taken where the child's guard says no")
    func innerFirst() throws {
        let states = [
            compound(
                "p", on: [try sketch.on("go", to: "d"), try sketch.on("stop", to: "d")],
                atomic("a", try sketch.on("go", to: "b"), try sketch.on("stop", if: "x > 0", to: "b")), atomic("b")),
            atomic("d"),
        ]
        try play(sketch, states, [Line("", "a"), Line("go", "b"), Line("go", "d")])
        try play(sketch, states, [Line("", "a"), Line("stop", "d")])
    }

    @Test("states are left from within, entered from without, the actions of the transition between")
    func order() throws {
        let states = [
            compound(
                "p", entry: [say("+p")], exit: [say("-p")],
                atomic("a", entry: [say("+a")], exit: [say("-a")], try sketch.on("go", to: "d", say("go")))),
            compound("q", entry: [say("+q")], atomic("c"), atomic("d", entry: [say("+d")])),
        ]
        try play(sketch, states, [Line("", "a", said: "+p +a"), Line("go", "d", said: "-a -p go +q +d")])
    }

    @Test("an external transition leaves its own state, an internal one does not, a targetless one leaves nothing")
    func kinds() throws {
        let on = [
            try sketch.on("out", to: "b", say("t")), try sketch.on("in", to: "b", isInternal: true, say("t")),
            try sketch.on("none", say("t")),
        ]
        let states = [
            compound(
                "p", entry: [say("+p")], exit: [say("-p")], on: on, atomic("a", entry: [say("+a")], exit: [say("-a")]),
                atomic("b", entry: [say("+b")], exit: [say("-b")]))
        ]
        try play(
            sketch, states,
            [
                Line("", "a", said: "+p +a"), Line("none", "a", said: "t"), Line("in", "b", said: "-a t +b"),
                Line("out", "b", said: "-b -p t +p +b"),
            ])
    }

    @Test("an internal transition of a parallel or atomic state is an external one")
    func internalElsewhere() throws {
        let states = [
            parallel(
                "p", entry: [say("+p")], exit: [say("-p")], on: [try sketch.on("in", to: "b", isInternal: true)],
                compound("r", atomic("a"), atomic("b")), atomic("s"))
        ]
        try play(sketch, states, [Line("", "a s"), Line("in", "b s", said: "-p +p")])
    }

    @Test("eventless transitions follow until none holds")
    func eventless() throws {
        let states = [
            atomic("a", try sketch.on("go", to: "b")),
            atomic("b", try sketch.on(nil, if: "x < 3", to: "b", try sketch.set("x", "x + 1")), try sketch.on(nil, to: "c")),
            atomic("c", entry: [try sketch.set("x", "x * 10")], try sketch.on("ask", if: "x == 30", to: "d")), atomic("d"),
        ]
        try play(sketch, states, [Line("", "a"), Line("go", "c"), Line("ask", "d")])
    }

    @Test("a wake tries the eventless transitions again, and nothing else")
    func wake() throws {
        struct Clock: World {
            var isLate: Bool
            func value(named name: String) -> Value? { name == "late" ? .bool(isLate) : nil }
            func field(_ name: String, of reference: Reference) throws(EvaluationError) -> Value { .null }
            func call(_ function: String, target: Value?, arguments: [Value]) throws(EvaluationError) -> Value { .null }
        }
        let sketch = try Sketch(names: ["late": .bool])
        let chart = try sketch.chart(
            atomic("a", try sketch.on(nil, if: "late", to: "b", tag: 7), try sketch.on("*", to: "c")), atomic("b"), atomic("c"))
        var (instance, _) = try chart.start(in: Clock(isLate: false))
        #expect(try chart.step(&instance, nil, in: Clock(isLate: false)).isEmpty)
        #expect(chart.selection(of: nil, in: instance, world: Clock(isLate: true)) == [7])
        let outcome = try chart.step(&instance, nil, in: Clock(isLate: true))
        #expect(outcome.taken.map(\.tag) == [7])
        #expect(instance.activeStates(chart) == ["b"])
    }

    @Test("a selection names what an event would take and changes nothing")
    func selection() throws {
        let chart = try sketch.chart(
            parallel(
                "p", compound("r", atomic("a", try sketch.on("go", to: "b", tag: 1)), atomic("b")),
                compound("s", atomic("c", try sketch.on("go", if: "event.ok", to: "d", tag: 2)), atomic("d"))))
        let (instance, _) = try chart.start()
        let event = Event("go", data: .map([.string("ok"): .bool(true)]))
        #expect(chart.selection(of: event, in: instance) == [1, 2])
        #expect(chart.selection(of: Event("go"), in: instance) == [1])
        #expect(chart.selection(of: Event("stop"), in: instance).isEmpty)
        #expect(instance.activeStates(chart) == ["a", "c"])
    }

    @Test("an instance knows what its active states listen for")
    func namesHeard() throws {
        let chart = try sketch.chart(
            compound(
                "p", on: [try sketch.on("stop.* go", to: "end")], atomic("a", try sketch.on("go on", to: "b")), atomic("b")),
            atomic("c", try sketch.on("*", to: "end")), final("end"))
        var (instance, _) = try chart.start()
        #expect(chart.namesHeard(in: instance) == ["go", "on", "stop"])
        _ = try chart.step(&instance, Event("on"))
        #expect(chart.namesHeard(in: instance) == ["go", "stop"])
        _ = try chart.step(&instance, Event("stop"))
        #expect(instance.isFinished && chart.namesHeard(in: instance).isEmpty)
    }

    @Test("an outcome tells each transition taken with what was left and entered")
    func taken() throws {
        let chart = try sketch.chart(
            compound("p", atomic("a", try sketch.on("go", to: "d", tag: 1))),
            compound("q", atomic("c"), atomic("d", try sketch.on(nil, to: "c", tag: 2))))
        var (instance, first) = try chart.start()
        #expect(first.taken == [Taken(tag: nil, exited: [], entered: [1, 2])])
        let outcome = try chart.step(&instance, Event("go"))
        #expect(
            outcome.taken == [
                Taken(tag: 1, exited: [2, 1], entered: [3, 5]), Taken(tag: 2, exited: [5], entered: [4]),
            ])
        #expect(chart.number(of: "d") == 5)
        #expect(chart.states.map(\.parent) == [0, 0, 1, 0, 3, 3])
    }

    @Test("a chart that comes to no rest is stopped, with the states it goes round in, and its instance unchanged")
    func endless() throws {
        let chart = try sketch.chart(
            atomic("a", try sketch.on("go", to: "b")), atomic("b", try sketch.on(nil, to: "c")),
            atomic("c", try sketch.on(nil, to: "b")))
        var (instance, _) = try chart.start()
        let before = instance
        #expect(throws: StepFailure.endless(cycle: ["b", "c"])) { try chart.step(&instance, Event("go")) }
        #expect(instance == before)
    }

    @Test("a round that rests after fewer microsteps than the limit is no fault")
    func longButFinite() throws {
        let states = [
            atomic("a", try sketch.on("go", to: "b")),
            atomic("b", try sketch.on(nil, if: "x < 998", to: "b", try sketch.set("x", "x + 1"))),
        ]
        try play(sketch, states, [Line("", "a"), Line("go", "b")])
    }
}
