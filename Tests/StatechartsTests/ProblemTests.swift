import CEL
import Diagnostics
import Statecharts
import Testing

@Suite("Checking a chart")
struct ProblemTests {
    let sketch: Sketch

    init() throws { sketch = try Sketch(["x": "0"]) }

    private func place(_ line: Int) -> SourceRange {
        let start = Position(offset: line * 10, line: line, column: 1)
        return SourceRange(start, start)
    }

    private func problems(_ states: StateDefinition...) -> [ChartProblem] {
        do {
            return try sketch.chart(states: states).warnings
        } catch let problems as ChartProblems {
            return problems.problems
        } catch {
            Issue.record("\(error)")
            return []
        }
    }

    @Test("all problems are told at once, each with its place and the nearest name")
    func allAtOnce() throws {
        var wrong = try sketch.on("go", to: "reviewd")
        wrong.origin = place(3)
        var twin = atomic("a")
        twin.origin = place(9)
        var first = atomic("a", wrong)
        first.origin = place(2)
        let found = problems(first, atomic("reviewed"), twin, parallel("empty"))
        #expect(found.map(\.kind) == [.duplicateID, .unknownTarget, .emptyParallel])
        #expect(found.map(\.origin) == [place(9), place(3), nil])
        #expect(found.first?.related == place(2))
        #expect(found.dropFirst().first?.nearest == "reviewed")
    }

    @Test("a state holds what its kind allows")
    func kinds() throws {
        #expect(problems().map(\.kind) == [.emptyChart])
        #expect(problems(atomic("")).map(\.kind) == [.emptyID])
        #expect(problems(compound("p")).map(\.kind) == [.childlessCompound])
        #expect(problems(compound("p", history("h"))).map(\.kind).contains(.childlessCompound))
        var closed = final("f")
        closed.states = [atomic("a")]
        closed.transitions = [try sketch.on("go", to: "f")]
        #expect(problems(closed).map(\.kind) == [.finalWithChildren, .finalWithTransitions])
        var leaf = atomic("l")
        leaf.states = [atomic("a")]
        #expect(problems(leaf).map(\.kind) == [.atomicWithChildren])
    }

    @Test("a history stands in a compound or parallel state, with one default within it")
    func histories() throws {
        var leaf = atomic("l")
        leaf.states = [history("h")]
        #expect(problems(leaf).map(\.kind) == [.atomicWithChildren, .historyOutside])
        #expect(
            problems(compound("p", history("h", try sketch.on("go", to: "a")), atomic("a"))).map(\.kind) == [.historyDefault])
        #expect(
            problems(compound("p", history("h", try sketch.on(nil, to: "z")), atomic("a")), atomic("z")).map(\.kind) == [
                .targetOutside
            ])
        #expect(problems(history("h"), atomic("a")).map(\.kind) == [.historyOutside])
        var busy = history("h")
        busy.entry = [[say("x")]]
        #expect(problems(compound("p", busy, atomic("a"))).map(\.kind) == [.historyWithContent])
    }

    @Test("several targets lie in distinct regions")
    func regions() throws {
        let regions = parallel("p", history("h"), compound("r", atomic("a"), atomic("b")), compound("s", atomic("c")))
        func kinds(_ targets: String) throws -> [ChartProblem.Kind] {
            problems(atomic("z", try sketch.on("go", to: targets)), regions).filter { $0.severity == .error }.map(\.kind)
        }
        #expect(try kinds("a c").isEmpty)
        #expect(try kinds("a b") == [.conflictingTargets])
        #expect(try kinds("r a") == [.conflictingTargets])
        #expect(try kinds("p c") == [.conflictingTargets])
        #expect(try kinds("h c") == [.conflictingTargets])
    }

    @Test("a start lies within its state")
    func starts() throws {
        #expect(problems(compound("p", start: "z", atomic("a")), atomic("z")).map(\.kind) == [.targetOutside])
        #expect(problems(compound("p", start: "p", atomic("a"))).map(\.kind) == [.targetOutside])
    }

    @Test("a state that no way leads to is a warning, once for what lies within")
    func unreachable() throws {
        let found = problems(
            atomic("a", try sketch.on("go", to: "b")), atomic("b"), compound("p", atomic("c", try sketch.on("x", to: "d"))),
            atomic("d"))
        #expect(found.map(\.kind) == [.unreachableState, .unreachableState])
        #expect(found.map(\.severity) == [.warning, .warning])
        #expect(found.map(\.message) == ["no way leads to `p`", "no way leads to `d`"])
    }

    @Test("a transition behind an unguarded one for the same events is a warning")
    func shadowed() throws {
        func count(_ transitions: TransitionDefinition...) -> Int {
            problems(StateDefinition(id: "a", transitions: transitions)).filter { $0.kind == .shadowedTransition }.count
        }
        #expect(try count(sketch.on("go"), sketch.on("go")) == 1)
        #expect(try count(sketch.on("go"), sketch.on("go.on")) == 1)
        #expect(try count(sketch.on("*"), sketch.on("go stop")) == 1)
        #expect(try count(sketch.on("go.on"), sketch.on("go")) == 0)
        #expect(try count(sketch.on("go", if: "x > 0"), sketch.on("go")) == 0)
        #expect(try count(sketch.on(nil, if: "x > 0"), sketch.on("*"), sketch.on(nil, if: "x > 1")) == 0)
    }

    @Test("too many states and too deep a nest are errors, no crash")
    func limits() throws {
        let wide = (0...Chart.stateLimit).map { atomic("s\($0)") }
        #expect(throws: ChartProblems.self) { try sketch.chart(states: wide) }
        var deep = atomic("leaf")
        for level in 0...Chart.depthLimit { deep = compound("n\(level)", deep) }
        #expect(problems(deep).map(\.kind).contains(.tooDeep))
    }

    @Test("variables have names of their own and homes that are there")
    func variables() throws {
        var definition = sketch.definition
        definition.variables = [Variable(name: "x"), Variable(name: "x", home: "aa")]
        definition.states = [atomic("a")]
        let error = #expect(throws: ChartProblems.self) { try Chart(definition) }
        #expect(error?.problems.map(\.kind) == [.duplicateVariable, .unknownHome])
    }
}

@Suite("Saved instances")
struct InstanceTests {
    @Test("an instance comes back from its states, variables and memory")
    func roundTrip() throws {
        let sketch = try Sketch(["x": "1"])
        let regions = parallel("q", compound("r", atomic("c")), atomic("d"))
        for padding in [0, 70, 150] {
            let chart = try sketch.chart(
                states: [
                    compound(
                        "p", on: [try sketch.on("away", to: "q")], history("h", try sketch.on(nil, to: "a")),
                        atomic("a", try sketch.on("go", to: "b", try sketch.set("x", "2"))), atomic("b")), regions,
                ], padding: padding)
            var (instance, _) = try chart.start()
            for event in ["go", "away"] {
                _ = try chart.step(&instance, Event(event))
                let again = try chart.instance(
                    activeStates: instance.activeStates(chart), variables: instance.variables, history: instance.history(chart))
                #expect(again == instance)
            }
            #expect(instance.activeStates(chart) == ["c", "d"])
            #expect(instance.history(chart) == ["h": ["b"]])
        }
    }

    @Test("states that cannot be active together are refused")
    func impossible() throws {
        let sketch = try Sketch()
        let chart = try sketch.chart(
            parallel("p", compound("r", atomic("a"), atomic("b")), compound("s", atomic("c"))), atomic("z"))
        for states in [["a"], ["a", "b", "c"], ["a", "c", "z"], ["nowhere"], ["p"], []] {
            #expect(throws: RestoreFailure.self, "\(states)") { try chart.instance(activeStates: states, variables: []) }
        }
        #expect(throws: RestoreFailure.self) {
            try chart.instance(activeStates: ["z"], variables: [], history: ["a": ["b"]])
        }
    }

    @Test("a history state remembers only what lies beside it")
    func impossibleMemory() throws {
        let chart = try Sketch().chart(compound("p", history("h"), atomic("a"), atomic("b")), atomic("z"))
        #expect(try chart.instance(activeStates: ["z"], variables: [], history: ["h": ["a"]]).history(chart) == ["h": ["a"]])
        for wrong in [["z"], ["p"], ["h"], ["nowhere"], ["a", "b"]] {
            #expect(throws: RestoreFailure.self) {
                try chart.instance(activeStates: ["z"], variables: [], history: ["h": wrong])
            }
        }
    }

    @Test("ids made for sendings do not come again after an instance was saved")
    func serial() throws {
        let sketch = try Sketch(["id": "''"])
        let sent = Action.send(SendAction(event: .constant("e"), delay: .milliseconds(5), idVariable: "id"))
        let chart = try sketch.chart(atomic("a", try sketch.on("go", sent)))
        var (instance, _) = try chart.start()
        let first = try chart.step(&instance, Event("go")).sent.map(\.id)
        var again = try chart.instance(activeStates: ["a"], variables: instance.variables)
        #expect(try chart.step(&again, Event("go")).sent.map(\.id) != first)
        #expect(try chart.instance(activeStates: ["a"], variables: []).variables == [.null, .int(0)])
    }

    @Test("an instance is small, and the same start is the same value")
    func small() throws {
        #expect(MemoryLayout<Instance>.stride <= 48)
        let chart = try Sketch(["x": "1"]).chart(atomic("a"))
        #expect(try chart.start().instance == chart.start().instance)
        #expect(try chart.start().instance != chart.start(with: ["x": .int(2)]).instance)
    }
}
