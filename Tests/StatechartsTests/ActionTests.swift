import CEL
import Statecharts
import Testing

@Suite("Actions")
struct ActionTests {
    let sketch: Sketch

    init() throws { sketch = try Sketch(["x": "0", "list": "[1, 3, 5]", "item": "0", "place": "0", "id": "''"]) }

    private func variable(_ name: String, _ chart: Chart, _ instance: Instance) -> Value? {
        chart.variables.firstIndex(of: name).map { instance.variables[$0] }
    }

    @Test("a raised event is heard before the next from outside, after the eventless transitions")
    func raise() throws {
        let states = [
            atomic("a", try sketch.on("go", to: "b", .raise(event: "inner"))),
            atomic("b", try sketch.on("inner", to: "wrong"), try sketch.on(nil, if: "x == 0", to: "c")),
            atomic("c", try sketch.on("inner", to: "d")), atomic("d"), atomic("wrong"),
        ]
        try play(sketch, states, [Line("", "a"), Line("go", "d")])
    }

    @Test("a raised event carries data of its own")
    func raiseData() throws {
        let data = Payload.fields([.init(name: "n", value: try sketch.program("x + 7"))])
        let states = [
            atomic(
                "a", try sketch.on("go", .raise(event: "inner", data: data)),
                try sketch.on("inner", if: "event.n == 7", to: "b")),
            atomic("b"),
        ]
        try play(sketch, states, [Line("go", "b")])
    }

    @Test("what is sent without a delay waits behind what was raised; with a delay it comes when its time has come")
    func send() throws {
        let early = Action.send(SendAction(event: .constant("sent")))
        let late = Action.send(SendAction(event: .constant("late"), delay: .milliseconds(20)))
        let states = [
            atomic(
                "a", try sketch.on("go", early, .raise(event: "raised"), late), try sketch.on("raised", to: "b"),
                try sketch.on("sent", to: "wrong")),
            atomic("b", try sketch.on("sent", to: "c")), atomic("c", try sketch.on("late", to: "d")), atomic("d"),
            atomic("wrong"),
        ]
        try play(sketch, states, [Line("go", "c"), Line("+19", "c"), Line("+1", "d")])
    }

    @Test("what is sent to the internal queue is heard at once")
    func sendInternal() throws {
        let sent = Action.send(SendAction(event: .constant("inner"), target: .constant("#_internal")))
        let chart = try sketch.chart(atomic("a", try sketch.on("go", sent), try sketch.on("inner", to: "b")), atomic("b"))
        var (instance, _) = try chart.start()
        #expect(try chart.step(&instance, Event("go")).sent.isEmpty)
        #expect(instance.activeStates(chart) == ["b"])
    }

    @Test("a delay may be worked out: a duration, a text, a number of milliseconds")
    func delays() throws {
        for text in ["duration('1.5s')", "'1500ms'", "'1.5s'", "1500"] {
            let sent = Action.send(
                SendAction(event: .computed(try sketch.program("'e'")), delay: .computed(try sketch.program(text))))
            let chart = try sketch.chart(atomic("a", try sketch.on("go", sent)))
            var (instance, _) = try chart.start()
            #expect(try chart.step(&instance, Event("go")).sent == [Sent(event: Event("e"), delay: 1500)], "\(text)")
        }
        for wrong in [Value.string("soon"), .string("1e3s"), .string("-1s"), .int(-1), .bool(true), .string("s")] {
            #expect(Delay.milliseconds(of: wrong) == nil, "\(wrong)")
        }
    }

    @Test("a cancelled event is not delivered, whether it was sent before or in the same step")
    func cancel() throws {
        let sent = Action.send(SendAction(event: .constant("ring"), delay: .milliseconds(10), id: "bell"))
        let cancel = Action.cancel(id: .constant("bell"))
        let states = [
            atomic(
                "a", try sketch.on("set", sent), try sketch.on("stop", cancel), try sketch.on("both", sent, cancel),
                try sketch.on("again", cancel, sent), try sketch.on("ring", to: "b")),
            atomic("b"),
        ]
        try play(sketch, states, [Line("set", "a"), Line("stop", "a"), Line("+50", "a"), Line("both", "a"), Line("+50", "a")])
        try play(sketch, states, [Line("set", "a"), Line("+10", "b")])
        try play(sketch, states, [Line("set", "a"), Line("+5", "a"), Line("again", "a"), Line("+9", "a"), Line("+1", "b")])
    }

    @Test("each sending that asks for an id gets one of its own")
    func sendID() throws {
        let sent = Action.send(SendAction(event: .constant("e"), delay: .milliseconds(5), idVariable: "id"))
        let chart = try sketch.chart(atomic("a", try sketch.on("go", sent)))
        var (instance, _) = try chart.start()
        let first = try chart.step(&instance, Event("go"))
        let second = try chart.step(&instance, Event("go"))
        let ids = (first.sent + second.sent).compactMap(\.id)
        #expect(Set(ids).count == 2)
        #expect(variable("id", chart, instance) == .string(ids[1]))
    }

    @Test("of a conditional the first branch that holds is done, else the rest")
    func conditional() throws {
        func choose(_ start: String) throws -> String {
            let chart = try sketch.chart(
                atomic(
                    "a",
                    entry: [
                        try sketch.set("x", start),
                        .conditional(
                            [
                                Branch(if: try sketch.program("x == 1"), [say("one")]),
                                Branch(if: try sketch.program("x < 3"), [say("few")]),
                            ], otherwise: [say("many")]), say("end"),
                    ]))
            return try chart.start().outcome.log.map(\.label).joined(separator: " ")
        }
        #expect(try choose("1") == "one end")
        #expect(try choose("2") == "few end")
        #expect(try choose("9") == "many end")
    }

    @Test("a loop goes over the list as it was when it began")
    func forEach() throws {
        let loop = Action.forEach(
            item: "item", index: "place", in: try sketch.program("list"),
            do: [try sketch.set("x", "x + item * 10 + place"), try sketch.set("list", "list + [100]")])
        let chart = try sketch.chart(atomic("a", entry: [loop]))
        let (instance, _) = try chart.start()
        #expect(variable("x", chart, instance) == .int(93))
        #expect(variable("list", chart, instance) == .list([1, 3, 5, 100, 100, 100].map(Value.int)))
    }

    @Test("effects are handed out with their arguments as they stood")
    func effects() throws {
        let effect = Action.effect(tag: 4, arguments: [try sketch.program("x"), try sketch.program("event.who")])
        let chart = try sketch.chart(
            atomic("a", try sketch.on("go", try sketch.set("x", "5"), effect, try sketch.set("x", "6"))))
        var (instance, _) = try chart.start()
        let outcome = try chart.step(&instance, Event("go", data: .map([.string("who"): .string("ann")])))
        #expect(outcome.effects == [Effect(tag: 4, values: [.int(5), .string("ann")])])
        #expect(variable("x", chart, instance) == .int(6))
    }

    @Test("an error ends its block only, and is heard as error.execution")
    func errors() throws {
        var state = atomic("a", try sketch.on("error.execution", to: "b"))
        state.entry = [[say("1"), try sketch.set("x", "1 / x"), say("2")], [say("3")]]
        let states = [state, atomic("b")]
        try play(sketch, states, [Line("", "b", said: "1 3")])
        let chart = try sketch.chart(states: states)
        let failures = try chart.start().outcome.failures
        #expect(failures.map(\.expression) == ["1 / x"])
    }

    @Test("a guard that fails is false and raises error.execution once, however often it is tried")
    func failingGuard() throws {
        let states = [
            atomic(
                "a", try sketch.on(nil, if: "1 / x == 1", to: "wrong"), try sketch.on("go", if: "[1][5] == 1", to: "wrong"),
                try sketch.on("error", try sketch.set("list", "list + [7]")),
                try sketch.on("ask", if: "size(list) == 4", to: "b")),
            atomic("b"), atomic("wrong"),
        ]
        try play(sketch, states, [Line("", "a"), Line("ask", "b")])
        let chart = try sketch.chart(states: states)
        let (instance, _) = try chart.start()
        #expect(chart.selection(of: Event("go"), in: instance).isEmpty)
    }

    @Test("a variable that is not there is a warning, and an error when it runs")
    func unknownVariable() throws {
        let chart = try sketch.chart(
            atomic(
                "a", entry: [.assign(variable: "lisst", try sketch.program("1"))], try sketch.on("error.execution", to: "b")),
            atomic("b"))
        #expect(chart.warnings.map(\.kind) == [.unknownVariable])
        #expect(chart.warnings.first?.nearest == "list")
        #expect(try chart.start().instance.activeStates(chart) == ["b"])
    }

    @Test("expressions may ask which states are active, and what the event is called")
    func inside() throws {
        let states = [
            parallel(
                "p", compound("r", atomic("a", try sketch.on("go", to: "b")), atomic("b")),
                compound(
                    "s", atomic("c", try sketch.on(nil, if: "In('b')", to: "d")),
                    atomic("d", try sketch.on("*", if: "_event.name == 'x.y' && _event.type == 'external'", to: "c"))))
        ]
        try play(sketch, states, [Line("", "a c"), Line("go", "b d"), Line("x.z", "b d"), Line("x.y", "b d")])
    }

    @Test("a loop without end of actions is stopped")
    func tooManyActions() throws {
        let list = "[1,1,1,1,1,1,1,1,1,1]"
        var action = say("x")
        for _ in 0..<6 { action = .forEach(item: "item", in: try sketch.program(list), do: [action]) }
        let chart = try sketch.chart(atomic("a", entry: [action]))
        #expect(throws: StepFailure.tooManyActions) { try chart.start() }
    }

    @Test("variables get their first values in order, those given at the start before their own")
    func firstValues() throws {
        let sketch = try Sketch(["a": "1", "b": "a + 1", "c": "b * 10"])
        let chart = try sketch.chart(atomic("s"))
        #expect(try chart.start().instance.variables == [.int(1), .int(2), .int(20)])
        #expect(try chart.start(with: ["b": .int(5), "none": .null]).instance.variables == [.int(1), .int(5), .int(50)])
    }

    @Test("bound late, a variable of a state has its value from the first entry on")
    func lateBinding() throws {
        var sketch = try Sketch(["x": "3"])
        sketch.definition.binding = .late
        sketch.definition.variables[0].home = "b"
        let states = [
            atomic("a", try sketch.on("go", if: "x == null", to: "b")),
            atomic("b", entry: [try sketch.set("x", "x + 1")], try sketch.on("back", to: "c")),
            atomic(
                "c", try sketch.on("go", to: "b"), try sketch.on("ask", if: "x == 4", to: "d"), try sketch.on("ask", to: "e")),
            atomic("d", try sketch.on("go", to: "b")), atomic("e"),
        ]
        try play(sketch, states, [Line("", "a"), Line("go", "b"), Line("back", "c"), Line("ask", "d"), Line("go", "b")])
        let again = [Line("go", "b"), Line("back", "c"), Line("go", "b"), Line("back", "c"), Line("ask", "e")]
        try play(sketch, states, again)
    }
}
