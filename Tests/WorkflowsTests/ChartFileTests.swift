import CEL
import Diagnostics
import Statecharts
import Testing
import Workflows
import YAML

/// The chart of a text that must be without findings, played from its start.
private func played(_ text: String) throws -> Rehearsal {
    let source = SourceText(name: "chart.yaml", text: text)
    let (read, findings) = readChart(source)
    #expect(findings.isEmpty, "\(findings.map { $0.rendered(in: source) }.joined(separator: "\n"))")
    let file = try #require(read)
    return try Rehearsal(file.chart, others: file.charts)
}

extension Rehearsal {
    fileprivate var logged: [CEL.Value?] { outcomes.flatMap(\.log).map(\.value) }

    /// The value of a variable by its name.
    fileprivate func value(_ name: String) -> CEL.Value? {
        chart.variables.firstIndex(of: name).map { instance.variables[$0] }
    }

    fileprivate mutating func hear(_ names: String...) throws { for name in names { try hear(Event(name)) } }
}

@Suite struct ChartFileTests {
    @Test("a file is a chart if it has states and nothing that only a workflow has")
    func kinds() throws {
        func isChart(_ text: String) -> Bool { parseYAML(SourceText(name: "", text: text)).0.map(ChartFile.isChart) ?? false }
        #expect(isChart("states: {a: {}}"))
        #expect(isChart("variabels: {}\nstates: {a: {}}"))
        #expect(!isChart("title: T\nfor: meeting\nbegins: {each: 'true'}\nstates: {a: {}}"))
        #expect(!isChart("workflow: w\nstates: {a: {}}"))
        #expect(!isChart("variables: {a: 1}"))
    }

    @Test("a state is called by its name where no other bears it, else by its path; names may be any id")
    func names() throws {
        var chart = try played(
            """
            states:
              S1:
                states:
                  p-1: {on: {Go.on: b1.1}}
                  b1.1: {on: {back: S1.same}}
                  same: {on: {out: S2.same}}
              S2:
                states: {same: {once: {if: "!In('S1') && In('S2.same')", to: done}}, done: {on: {done.state.S2: stay}}}
            """)
        #expect(chart.activeStates == ["p-1"])
        try chart.hear("Go.on.and.on")
        #expect(chart.activeStates == ["b1.1"])
        try chart.hear("back")
        #expect(chart.activeStates == ["S1.same"])
        try chart.hear("out")
        #expect(chart.activeStates == ["done"])
    }

    @Test("variables have first values of any shape, types, and expressions over those before them")
    func variables() throws {
        let chart = try played(
            """
            variables:
              a: 2
              b: 1.5
              c: [1, two, {x: null}]
              d: {is: a + 1}
              e: "number"
              f: number
              g:
              h: {type: text, standard: x}
            states: {s: {}}
            """)
        let members: [CEL.Value] = [.int(1), .string("two"), .map([.string("x"): .null])]
        let wanted: [CEL.Value] = [
            .int(2), .double(1.5), .list(members), .int(3), .string("number"), .null, .null, .string("x"),
        ]
        #expect(chart.instance.variables == wanted)
    }

    @Test("a start may have several targets and actions; a history state its default with actions")
    func starts() throws {
        var chart = try played(
            """
            initial: {to: [l2, r2], log: "'begun'"}
            states:
              away: {on: {back: was}}
              both:
                on: {leave: away}
                parallel:
                  left: {states: {l1: {}, l2: {on: {next: l1}}}}
                  right: {states: {r1: {}, r2: {}}}
                  was: {history: deep, initial: {to: [l2, r1], do: [{log: "'first'"}]}}
            """)
        #expect(chart.activeStates == ["l2", "r2"])
        try chart.hear("next", "leave", "back")
        #expect(chart.activeStates == ["l1", "r2"])
        #expect(chart.logged == [.string("begun")])
    }

    @Test("choices of a start are tried in order, with actions of their own")
    func choices() throws {
        let chart = try played(
            """
            variables: {x: 2}
            initial: [{if: x > 2, to: a}, {if: x > 1, to: b, set: {x: 9}}, c]
            states: {a: {}, b: {}, c: {}}
            """)
        #expect(chart.activeStates == ["b"])
        #expect(chart.value("x") == .int(9))
    }

    @Test("prefixes, `*`, several words, and a list where an event stands twice")
    func descriptors() throws {
        var chart = try played(
            """
            variables: {x: 0}
            states:
              s:
                on:
                  - {a: {if: x > 5, to: t}}
                  - {"*": {if: x > 3, set: {x: "100"}}}
                  - {a: {set: {x: x + 1}}}
                  - {b.c d.*: {set: {x: x + 2}}}
              t: {}
            """)
        try chart.hear("a", "bb.c", "b.c.d", "d", "e")
        #expect(chart.value("x") == .int(100))
        try chart.hear("a")
        #expect(chart.activeStates == ["t"])
    }

    @Test("transitions without an event wait for their own condition, and may go round while it holds")
    func eventless() throws {
        let chart = try played(
            """
            variables: {i: 0}
            states:
              a:
                once:
                  - {if: i < 100, set: {i: i + 1}}
                  - {if: i == 100, to: [b]}
                  - c
              b: {once: c}
              c: final
            """)
        #expect(chart.activeStates == ["c"])
        #expect(chart.value("i") == .int(100))
        #expect(chart.instance.isFinished)
    }

    @Test("an error ends its own block only")
    func blocks() throws {
        let chart = try played(
            """
            variables: {none: null, heard: 0}
            states:
              one: {entry: [{log: "'a'"}, {log: none.x}, {log: "'lost'"}], once: two}
              two:
                entry: [[{log: none.x}, {log: "'lost'"}], [{log: "'b'"}]]
                on: {error.execution: {set: {heard: heard + 1}}}
            """)
        #expect(chart.logged == [.string("a"), .string("b")])
        #expect(chart.value("heard") == .int(2))
    }

    @Test("events are sent later, with an id, to be taken back, and their parts may be worked out")
    func sending() throws {
        var chart = try played(
            """
            variables: {id: null, name: word, x: 0}
            states:
              s:
                entry:
                  - {send: {event: late, delay: 1.5s, id: first}}
                  - {send: {event: {is: name + '.two'}, delay: {is: "'20ms'"}, id_into: id, with: {a: x + 1}}}
                  - {send: {event: never, delay: 1min}}
                  - {send: soon}
                  - {raise: now, with: "[1, 2]"}
                on:
                  now: {set: {x: event.size()}}
                  soon: {log: {label: soon, value: x}}
                  word.two: {set: {x: event.a}, cancel: first}
                  late: t
                  stop: {do: [{cancel: {is: id}}]}
              t: {}
            """)
        #expect(chart.outcomes.flatMap(\.sent).map(\.delay) == [1_500, 20, 60_000, 0])
        #expect(chart.outcomes.flatMap(\.log).map(\.label) == ["soon"])
        #expect(chart.logged == [.int(2)])
        try chart.advance(by: 2_000)
        #expect(chart.activeStates == ["s"])
        #expect(chart.value("x") == .int(1))
        #expect(chart.value("id") != .null)
    }

    @Test("`if`, `else` and `foreach` with its index do as SCXML says")
    func control() throws {
        let chart = try played(
            """
            variables: {list: [3, 4, 5], item: 0, at: 0, sum: 0}
            states:
              s:
                entry:
                  - foreach: {item: list}
                    index: at
                    do:
                      - {if: item == 3, do: {log: "'three'"}, else: {if: item == 4, do: [{log: "'four'"}], else: [{log: at}]}}
                      - {set: {sum: sum + item * at}}
            """)
        #expect(chart.logged == [.string("three"), .string("four"), .int(2)])
        #expect(chart.value("sum") == .int(14))
    }

    @Test("a final state hands out what `then` and `done.state` hear")
    func doneData() throws {
        var chart = try played(
            """
            variables: {x: 5, got: 0}
            states:
              work:
                states: {a: {on: {end: b}}, b: {type: final, with: {n: x * 2}}}
                then: {to: over, if: _event.data.n == 10, set: {got: event.n}}
              over: {type: final, with: got}
            """)
        try chart.hear("end")
        #expect(chart.value("got") == .int(10))
        #expect(chart.outcomes.compactMap(\.result) == [.int(10)])
    }

    @Test("a transition within its state leaves it only where it is external")
    func external() throws {
        var chart = try played(
            """
            states:
              s:
                exit: {log: "'left'"}
                states: {a: {}, b: {}}
                on: {in: b, out: {to: b, external: true}}
            """)
        try chart.hear("in")
        #expect(chart.logged == [])
        try chart.hear("out")
        #expect(chart.logged == [.string("left")])
    }

    @Test("late binding gives a state's variables their values when it is first entered")
    func late() throws {
        let text = """
            states:
              a: {variables: {x: 1}, entry: {set: {x: 7}}, on: {next: b}}
              b: {variables: {y: {is: x}}}
            """
        var early = try played(text)
        try early.hear("next")
        #expect(early.value("y") == .int(1))
        var late = try played("binding: late\n" + text)
        #expect(late.value("y") == .null)
        try late.hear("next")
        #expect(late.value("y") == .int(7))
    }

    @Test("a started chart hears what is passed on, is heard, and ends with its state")
    func invocations() throws {
        let text = """
            variables: {told: 0, id: null}
            states:
              busy:
                invoke: {chart: helper, id_into: id, with: {n: 4}, forward: true, finalize: {set: {told: event.n}}}
                on: {answer: {log: told}, done.invoke: over, leave: idle}
              idle: {}
              over: {entry: {log: event}}
            charts:
              helper:
                variables: {n: 0}
                states:
                  wait: {on: {question: {to: told, send: {event: answer, to: parent, with: {n: n}}}}}
                  told: {on: {stop: done}}
                  done: {type: final, with: n + 1}
            """
        var chart = try played(text)
        try chart.hear("question")
        #expect(chart.logged == [.int(4)])
        try chart.hear("stop")
        #expect(chart.activeStates == ["over"])
        #expect(chart.logged == [.int(4), .int(5)])
        var other = try played(text)
        try other.hear("leave", "question", "stop")
        #expect(other.activeStates == ["idle"])
    }

    @Test("conditions have names")
    func conditions() throws {
        var chart = try played(
            """
            variables: {x: 0}
            conditions: {many: x > 2, far: many && x > 3}
            states:
              a: {on: {add: {set: {x: x + 1}}}, once: {far: b}}
              b: {}
            """)
        try chart.hear("add", "add", "add")
        #expect(chart.activeStates == ["a"])
        try chart.hear("add")
        #expect(chart.activeStates == ["b"])
    }
}

private let chartMistakes: [(code: String, severity: Finding.Severity, text: String, nearest: String?)] = [
    ("MW029", .error, "states: {abc: {on: {e: §abd}}}", "abc"),
    ("MW029", .error, "initial: §b\nstates: {aaa: {}}", nil),
    ("MW002", .error, "states:\n  a: {}\n  §a: {}", nil),
    ("MW042", .error, "states:\n  a: {on: {e: h}}\n  §h: {history: deep}", nil),
    ("MW042", .error, "states:\n  a: {states: {x: {}, §h: {history: deep, on: {e: x}}}}", nil),
    ("MW042", .error, "states:\n  a: {on: {e: §{to: [a, b]}}}\n  b: {}", nil),
    ("MW042", .error, "states:\n  a: {initial: §b, states: {c: {}}}\n  b: {on: {e: a}}", nil),
    ("MW024", .error, "variables: {pages: 1}\nstates: {a: {on: {e: {if: 'pages < 2 && §pagez > 1', to: a}}}}", "pages"),
    ("MW024", .error, "variables: {pages: 1}\nstates: {a: {on: {e: {if: §pages == 'x', to: a}}}}", nil),
    ("MW024", .error, "variables: {pages: 1}\nstates: {a: {on: {e: {if: '§pages + 1', to: a}}}}", nil),
    ("MW024", .error, "variables: {pages: 1}\nstates: {a: {on: {e: {if: 'pages <§', to: a}}}}", nil),
    ("MW024", .error, "variables: {pages: 1}\nstates: {a: {entry: {set: {pages: \"§'x'\"}}}}", nil),
    ("MW024", .warning, "variables: {pages: 1}\nstates: {a: {entry: {log: \"§'x' + pages\"}}}", nil),
    ("MW032", .error, "variables: {pages: 1}\nstates: {a: {entry: {set: {§page: 2}}}}", "pages"),
    ("MW032", .error, "variables: {i: 1}\nstates: {a: {entry: {foreach: {i: '[1]'}, index: §j, do: []}}}", "i"),
    ("MW043", .warning, "states:\n  a: {}\n  §b: {}", nil),
    ("MW043", .warning, "states: {a: {on: {e: [a, §{to: b}]}}, b: {once: a}}", nil),
    ("MW043", .warning, "states: {a: {on: {e.f: a, e: a, e.g: §b}}, b: {once: a}}", nil),
    ("MW043", .warning, "states: {a: {on: {e: §{to: b, if: 1 > 2}}}, b: {once: a}}", nil),
    (
        "MW043", .warning, "states:\n  a:\n    on: {e: §b}\n    states: {x: {on: {e: y}}, y: {on: {'*': x}}}\n  b: {once: a}",
        nil
    ),
    ("MW035", .warning, "states: {a: {on: {e: b}}, b: {once: §{log: 1}}}", nil),
    ("MW052", .error, "states: {a: {states: {b: {once: {if: \"In('§a.b')\", to: c}}}}, c: {}}", "b"),
    ("MW031", .error, "conditions: {few: 'true'}\nstates: {a: {once: {§fw: b}}, b: {}}", "few"),
    ("MW012", .error, "states: {a: {§duty: {title: T}}}", nil),
    ("MW012", .error, "states: {a: {entry: {§tell: x}}}", nil),
    ("MW012", .error, "states: {a: {on: {e: {to: a, §iff: 'true'}}}}", "if"),
    ("MW047", .error, "states: {a: {invoke: §helpr}}\ncharts: {helper: {states: {a: {}}}}", "helper"),
    ("MW024", .error, "states: {a: {invoke: h}}\ncharts: {h: {states: {a: {entry: {log: §none}}}}}", nil),
    ("MW020", .error, "variables: {§a-b: 1}\nstates: {a: {}}", nil),
    ("MW020", .error, "states: {§a b: {}}", nil),
    ("MW023", .error, "variables: {§event: 1}\nstates: {a: {}}", nil),
    ("MW055", .error, "states: {a: {§with: {x: 1}}}", nil),
    ("MW017", .error, "binding: §lat\nstates: {a: {}}", "late"),
    ("MW054", .error, "states: {a: {entry: {send: {event: e, delay: §1.5 s}}}}", nil),
    ("MW013", .error, "§variables: {x: 1}", nil),
]

@Suite struct ChartMistakeTests {
    @Test("a mistake in a chart file is found at its line and column", arguments: chartMistakes.indices)
    func found(index: Int) throws {
        let mistake = chartMistakes[index]
        let parts = mistake.text.split(separator: "§", maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2)
        let source = SourceText(name: "chart.yaml", text: parts.joined())
        let place = source.position(at: parts[0].utf8.count)
        let (chart, findings) = readChart(source)
        let wanted = "\(mistake.code) \(place.line):\(place.column)" + (mistake.nearest.map { " \($0)" } ?? "")
        let told = findings.map { $0.rendered(in: source) }.joined(separator: "\n")
        #expect(places(findings) == [wanted], "\(told)")
        #expect(findings.first?.severity == mistake.severity)
        #expect((chart == nil) == (mistake.severity == .error), "\(told)")
    }

    @Test("errors and warnings of a file are found in one run")
    func allAtOnce() {
        let (_, findings) = readChart(
            SourceText(
                name: "chart.yaml",
                text: """
                    variables: {pages: 42}
                    states:
                      h: {history: deep}
                      a:
                        on:
                          e0: nowhereland
                          e1: {if: pagez <= 50, to: b}
                          e2: {if: "pages + 1", to: b}
                          e3: {if: "pages <= ", to: b}
                          e5: [b, {to: c}]
                          e6: {to: bb}
                          e9: {if: "false", to: b}
                      b: {}
                      c: {}
                      lonely: {}
                      a: {}
                    """))
        #expect(
            places(findings) == [
                "MW042 3:3", "MW029 6:11", "MW024 7:16 pages", "MW024 8:17", "MW024 9:26", "MW043 10:15", "MW029 11:16 b",
                "MW043 12:11", "MW043 15:3", "MW002 16:3",
            ], "\(rendered(findings))")
    }
}
