import CEL
import Statecharts
import Testing

@Suite("Parallel, final and history states")
struct NestingTests {
    let sketch: Sketch

    init() throws { sketch = try Sketch(["x": "0"]) }

    @Test("one event moves every region, left and entered in document order")
    func regions() throws {
        let states = [
            parallel(
                "p",
                compound(
                    "r", atomic("a", exit: [say("-a")], try sketch.on("go", to: "b", say("1"))), atomic("b", entry: [say("+b")])
                ),
                compound(
                    "s", atomic("c", exit: [say("-c")], try sketch.on("go", to: "d", say("2"))), atomic("d", entry: [say("+d")])
                )
            )
        ]
        try play(sketch, states, [Line("", "a c"), Line("go", "b d", said: "-c -a 1 2 +b +d")])
    }

    @Test("plain regions move together on the short path too")
    func quickRegions() throws {
        let states = [
            parallel(
                "p", on: [try sketch.on("reset", to: "p")],
                compound("r", atomic("a", try sketch.on("go", to: "b")), atomic("b")),
                compound("s", atomic("c", try sketch.on("go", to: "d")), atomic("d", try sketch.on("go", to: "c"))),
                compound("t", atomic("e"), atomic("f")))
        ]
        try play(
            sketch, states,
            [Line("", "a c e"), Line("go", "b d e"), Line("go", "b c e"), Line("reset", "a c e"), Line("nothing", "a c e")])
    }

    @Test("of two transitions that leave the same states the first wins, the inner one before the outer")
    func conflicts() throws {
        let states = [
            parallel(
                "p", on: [try sketch.on("go", to: "out")],
                compound("r", atomic("a", try sketch.on("leave", to: "out"), try sketch.on("go", to: "b")), atomic("b")),
                compound("s", atomic("c", try sketch.on("leave", to: "d")), atomic("d"))),
            atomic("out"),
        ]
        // The region `s` has only the outer transition, which would leave `p`: the inner one of `r` came first and is preempted by
        // nothing, as its source lies within that of the rival.
        try play(sketch, states, [Line("", "a c"), Line("go", "b c"), Line("go", "out")])
        try play(sketch, states, [Line("", "a c"), Line("leave", "out")])
    }

    @Test("an inner transition that comes later removes the outer one before it")
    func laterInner() throws {
        let states = [
            parallel(
                "p", on: [try sketch.on("go", to: "out")],
                compound("r", atomic("a"), atomic("b")),
                compound("s", atomic("c", try sketch.on("go", to: "d")), atomic("d"))),
            atomic("out"),
        ]
        try play(sketch, states, [Line("", "a c"), Line("go", "a d"), Line("go", "out")])
    }

    @Test("several targets name a state of each region")
    func severalTargets() throws {
        let states = [
            atomic("z", try sketch.on("go", to: "d b")),
            parallel("p", compound("r", atomic("a"), atomic("b")), compound("s", atomic("c"), atomic("d")), atomic("e")),
        ]
        try play(sketch, states, [Line("", "z"), Line("go", "b d e")])
    }

    @Test("a compound state starts where it says, its initial actions behind its own entry")
    func initialActions() throws {
        var inner = compound("p", start: "b", entry: [say("+p")], atomic("a"), atomic("b", entry: [say("+b")]))
        inner.initial?.actions = [say("start")]
        let states = [atomic("z", try sketch.on("go", to: "p"), try sketch.on("past", to: "b")), inner]
        try play(sketch, states, [Line("", "z"), Line("go", "b", said: "+p start +b")])
        try play(sketch, states, [Line("", "z"), Line("past", "b", said: "+p +b")])
    }

    @Test("a chart may start deep within, and in several regions")
    func deepStart() throws {
        let states = [
            atomic("z"), parallel("p", compound("r", atomic("a"), atomic("b")), compound("s", atomic("c"), atomic("d"))),
        ]
        try play(sketch, start: "b d", states, [Line("", "b d")])
    }

    @Test("a final child ends its parent; with the last region the parallel state is done")
    func done() throws {
        let states = [
            parallel(
                "p", on: [try sketch.on("done.state.p", to: "over")],
                compound(
                    "r", on: [try sketch.on("done.state.r", say("r"))], atomic("a", try sketch.on("one", to: "ra")), final("ra")
                ),
                compound("s", atomic("c", try sketch.on("two", to: "sc")), final("sc"))),
            atomic("over", try sketch.on("end", to: "closed")), final("closed"),
        ]
        try play(
            sketch, states,
            [
                Line("", "a c"), Line("one", "ra c", said: "r"), Line("two", "over"), Line("end", "closed"),
                Line("anything", "closed"),
            ])
    }

    @Test("when all regions end on one event the parallel state is done once")
    func doneTogether() throws {
        let sketch = try Sketch(["x": "0"])
        let states = [
            parallel(
                "p",
                on: [
                    try sketch.on("done.state.p", try sketch.set("x", "x + 1")), try sketch.on("ask", if: "x == 1", to: "good"),
                ],
                compound("r", atomic("a", try sketch.on("end", to: "ra")), final("ra")),
                compound("s", atomic("c", try sketch.on("end", to: "sc")), final("sc"))),
            atomic("good"),
        ]
        try play(sketch, states, [Line("", "a c"), Line("end", "ra sc"), Line("ask", "good")])
    }

    @Test("a parallel state within a region is done with its own regions")
    func doneNested() throws {
        let states = [
            parallel(
                "p", on: [try sketch.on("done.state.p", to: "over")],
                parallel(
                    "q", compound("r", atomic("a", try sketch.on("one", to: "ra")), final("ra")),
                    compound("t", atomic("b", try sketch.on("three", to: "tb")), final("tb"))),
                compound("s", atomic("c", try sketch.on("two", to: "sc")), final("sc"))),
            final("over"),
        ]
        try play(
            sketch, states, [Line("", "a b c"), Line("one", "ra b c"), Line("three", "ra tb c"), Line("two", "over")])
    }

    @Test("a final state hands out its data, and the chart its result")
    func doneData() throws {
        let sketch = try Sketch(["x": "20"])
        let fields = Payload.fields([.init(name: "sum", value: try sketch.program("x + 1"))])
        let chart = try sketch.chart(
            compound(
                "p", on: [try sketch.on("done.state.p", if: "event.sum == 21", to: "over")],
                atomic("a", try sketch.on("go", to: "b")), final("b", data: fields)),
            final("over", data: .value(try sketch.program("x * 2"))))
        var (instance, _) = try chart.start()
        let outcome = try chart.step(&instance, Event("go"))
        #expect(instance.isFinished)
        #expect(outcome.result == .int(40))
    }

    @Test("a chart that ends still runs the exit blocks of what was active, once")
    func exitAtEnd() throws {
        var over = final("over", entry: [say("+over")])
        over.exit = [[say("-over")]]
        let states = [atomic("a", exit: [say("-a")], try sketch.on("go", to: "over")), over]
        try play(sketch, states, [Line("go", "over", said: "-a +over -over"), Line("go", "over", said: "")])
    }

    // MARK: - History

    private func memories(deep: Bool) throws -> [StateDefinition] {
        [
            compound(
                "p", on: [try sketch.on("away", to: "z")],
                history("h", deep: deep, try sketch.on(nil, to: "q", say("usual"))),
                compound("q", atomic("a", try sketch.on("go", to: "b")), atomic("b", try sketch.on("go", to: "c"))),
                compound("r", atomic("d"), atomic("c"))),
            atomic("z", try sketch.on("back", to: "h")),
        ]
    }

    @Test("a shallow history remembers the child, a deep one the innermost states")
    func historyKinds() throws {
        let shallow = [
            Line("", "a"), Line("go", "b"), Line("away", "z"), Line("back", "a", said: ""), Line("go", "b"), Line("go", "c"),
            Line("away", "z"), Line("back", "d"),
        ]
        try play(sketch, try memories(deep: false), shallow)
        let deep = [
            Line("", "a"), Line("go", "b"), Line("away", "z"), Line("back", "b", said: ""), Line("go", "c"), Line("away", "z"),
            Line("back", "c"),
        ]
        try play(sketch, try memories(deep: true), deep)
    }

    @Test("a history that remembers nothing takes its default, whose actions run behind the parent's entry")
    func historyDefault() throws {
        let states = [
            atomic("z", try sketch.on("back", to: "h")),
            compound(
                "p", entry: [say("+p")], history("h", try sketch.on(nil, to: "b", say("usual"))), atomic("a"),
                atomic("b", entry: [say("+b")])),
        ]
        try play(sketch, states, [Line("", "z"), Line("back", "b", said: "+p usual +b")])
    }

    @Test("a history without a default starts its parent as usual")
    func historyWithoutDefault() throws {
        let states = [
            atomic("z", try sketch.on("back", to: "h"), try sketch.on("pback", to: "hp")),
            compound("p", history("h"), atomic("a"), atomic("b")),
            parallel("q", history("hp", deep: true), compound("r", atomic("c")), atomic("d")),
        ]
        try play(sketch, states, [Line("back", "a")])
        try play(sketch, states, [Line("pback", "c d")])
    }

    @Test("the history of a parallel state brings back each of its regions")
    func historyOfRegions() throws {
        let states = [
            parallel(
                "p", on: [try sketch.on("away", to: "z")], history("h", deep: true, try sketch.on(nil, to: "r")),
                compound("r", atomic("a", try sketch.on("go", to: "b")), atomic("b")), compound("s", atomic("c"), atomic("d"))),
            atomic("z", try sketch.on("back", to: "h")),
        ]
        try play(sketch, states, [Line("", "a c"), Line("go", "b c"), Line("away", "z"), Line("back", "b c")])
    }

    @Test("a history is written when its parent is left: from within, the default counts till then")
    func historyFromWithin() throws {
        let states = [
            compound(
                "p", on: [try sketch.on("away", to: "z")], history("h", deep: true, try sketch.on(nil, to: "d")),
                compound("c", entry: [say("+c")], atomic("c1", entry: [say("+c1")], try sketch.on("again", to: "h"))),
                atomic("d")),
            atomic("z", try sketch.on("back", to: "h")),
        ]
        try play(sketch, states, [Line("", "c1", said: "+c +c1"), Line("again", "d", said: "")])
        // Once it remembers `c1`, the innermost state around both ends is `c`, which stays.
        try play(
            sketch, states,
            [Line("away", "z"), Line("back", "c1", said: "+c +c1"), Line("again", "c1", said: "+c1")])
    }

    @Test("an initial may lead into a history")
    func initialHistory() throws {
        let states = [
            compound(
                "p", start: "h", on: [try sketch.on("away", to: "z")], history("h", try sketch.on(nil, to: "b")), atomic("a"),
                atomic("b", try sketch.on("go", to: "a"))),
            atomic("z", try sketch.on("back", to: "p")),
        ]
        try play(sketch, states, [Line("", "b"), Line("go", "a"), Line("away", "z"), Line("back", "a")])
    }
}
