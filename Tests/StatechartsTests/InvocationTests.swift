import CEL
import Statecharts
import Testing

@Suite("Started charts")
struct InvocationTests {
    let sketch: Sketch
    let child: Chart

    init() throws {
        sketch = try Sketch(["x": "0"])
        let inner = try Sketch(["n": "0"])
        let report = Action.send(
            SendAction(
                event: .constant("report"), data: .fields([.init(name: "n", value: try inner.program("n"))]),
                target: .constant("#_parent")))
        child = try inner.chart(
            atomic("c", entry: [report], try inner.on("finish", to: "end")),
            final("end", data: .value(try inner.program("n + 1"))))
    }

    private func state(isForwarding: Bool, _ transitions: TransitionDefinition...) throws -> StateDefinition {
        let data = Payload.fields([.init(name: "n", value: try sketch.program("41"))])
        let invocation = InvocationDefinition(
            id: "kid", chart: .constant("child"), data: data, isForwarding: isForwarding,
            finalize: [try sketch.set("x", "event.n")], tag: 9)
        return StateDefinition(id: "a", transitions: transitions, invocations: [invocation])
    }

    @Test("a chart is started at the end of the step, speaks to its parent and ends with its result")
    func wholeLife() throws {
        let states = [
            try state(
                isForwarding: true, try sketch.on("report", if: "x == 41", say("heard")),
                try sketch.on("done.invoke.kid", if: "event == 42", to: "b")), atomic("b"),
        ]
        let others = ["child": child]
        try play(sketch, states, [Line("", "a", said: "heard"), Line("other", "a"), Line("finish", "b")], others: others)
    }

    @Test("without forwarding a started chart hears nothing of what its parent hears")
    func unforwarded() throws {
        let states = [try state(isForwarding: false, try sketch.on("done.invoke", to: "b")), atomic("b")]
        try play(sketch, states, [Line("", "a"), Line("finish", "a")], others: ["child": child])
    }

    @Test("a state that is left in the same step starts nothing; one that is left later stops what it started")
    func stopping() throws {
        let fleeting = [try state(isForwarding: false, try sketch.on(nil, if: "x == 0", to: "b")), atomic("b")]
        let (_, outcome) = try sketch.chart(states: fleeting).start()
        #expect(outcome.started.isEmpty && outcome.stopped.isEmpty)

        let chart = try sketch.chart(try state(isForwarding: false, try sketch.on("go", to: "b")), atomic("b"))
        var (instance, first) = try chart.start()
        let data = Value.map([.string("n"): .int(41)])
        #expect(first.started == [StartedChart(id: "kid", tag: 9, chart: "child", data: data)])
        #expect(try chart.step(&instance, Event("go")).stopped == ["kid"])
    }

    @Test("a chart that nobody knows is an error of communication")
    func unknown() throws {
        let states = [try state(isForwarding: false, try sketch.on("error.communication", to: "b")), atomic("b")]
        try play(sketch, states, [Line("", "b")])
    }

    @Test("an event for a started chart reaches it by its id")
    func addressed() throws {
        let order = Action.send(SendAction(event: .constant("finish"), target: .constant("#_kid")))
        let states = [
            try state(isForwarding: false, try sketch.on("go", order), try sketch.on("done.invoke.kid", to: "b")), atomic("b"),
        ]
        try play(sketch, states, [Line("", "a"), Line("go", "b")], others: ["child": child])
    }
}
