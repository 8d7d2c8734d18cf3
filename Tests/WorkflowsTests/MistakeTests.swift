import Diagnostics
import Foundation
import Testing
import Workflows
import YAML

/// A mistake in a file: `§` stands before the place where the finding must be.
struct Mistake: CustomStringConvertible, Sendable {
    var code: String
    var text: String
    var nearest: String?
    var others: [String] = []

    var description: String { code }

    /// In the part between the head and `states:`.
    static func part(_ code: String, _ nearest: String? = nil, _ part: String, states: String = "  idle: {}\n") -> Mistake {
        Mistake(code: code, text: workflow(part, states: states), nearest: nearest)
    }

    /// In the states of a workflow with commands, conditions and deadlines to use.
    static func states(_ code: String, _ nearest: String? = nil, _ states: String, others: [String] = []) -> Mistake {
        let part = """
            variables: {count: 0, who: {type: person, optional: true}}
            deadlines: {half_way: 2 days before meeting.start}
            conditions:
              many: {is: count > 3, say: Too few}
              few: count < 3
            commands:
              finish: {title: Finish, by: representative, fields: {reason: text}}
              prod: {title: Prod, by: secretary}
            """
        let taking = "  taking: {on: {finish: stay, prod: stay}}\n"
        let text = workflow(part, states: "  all:\n    parallel:\n" + (states + taking).indented(4))
        return Mistake(code: code, text: text, nearest: nearest, others: others)
    }
}

extension String {
    fileprivate func indented(_ width: Int) -> String {
        split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : String(repeating: " ", count: width) + $0 }.joined(separator: "\n")
    }
}

/// A region with one duty and what leads out of it.
private func dutiful(_ leading: String, duty: String = "{title: T, basis: B, of: representative, due: half_way}") -> String {
    "  r:\n    states:\n      open:\n        duty: \(duty)\n\(leading.indented(8))\n      shut: {}\n"
}

private let mistakes: [Mistake] = [
    // The head
    Mistake(code: "MW013", text: "§title: T\nfor: meeting\nbegins: {each: 'true'}\nstates: {a: {}}\n"),
    Mistake(
        code: "MW020", text: "workflow: §Big Name\ntitle: T\nfor: meeting\nbegins: {each: 'true'}\nstates: {a: {}}\n",
        nearest: "big_name"),
    Mistake(
        code: "MW021", text: "workflow: w\ntitle: T\nfor: §meting\nbegins: {each: 'true'}\nstates: {a: {}}\n",
        nearest: "meeting"),
    Mistake(code: "MW028", text: "workflow: w\ntitle: T\nfor: meeting\nbegins: {command: §plan}\nstates: {a: {}}\n"),
    Mistake(code: "MW047", text: "workflow: w\ntitle: T\nfor: meeting\nbegins: {by: [§other]}\nstates: {a: {}}\n"),
    Mistake(code: "MW014", text: "workflow: w\ntitle: T\nfor: meeting\nbegins: §{command: a, each: 'true'}\nstates: {a: {}}\n"),
    // Cases as subjects, registers, roles
    Mistake(
        code: "MW027", text: "workflow: w\ntitle: T\nfor: [meeting, §w]\nbegins: {each: 'true'}\nstates: {a: {}}\n"),
    Mistake(
        code: "MW014",
        text: "workflow: w\ntitle: T\nfor: meeting\nbegins: §{each: 'true', several: true}\nstates: {a: {}}\n"),
    .part("MW021", "person", "registers: {r: {title: R, about: §persn, fields: {a: text}}}"),
    .part("MW022", "text", "registers: {r: {title: R, about: person, fields: {a: §txt}}}"),
    .part("MW023", nil, "registers: {r: {title: R, about: person, fields: {§by: text}}}"),
    .part("MW023", nil, "registers: {§decision: {title: R, about: person, fields: {a: text}}}"),
    .part("MW013", nil, "registers: {r: §{title: R, about: person}}"),
    .part("MW017", "body", "roles: {editor: §boddy}"),
    .part("MW023", nil, "roles: {§chair: body}"),
    .part(
        "MW024", "training",
        "registers: {training: {title: R, about: body, fields: {a: text}}}\nconditions: {a: registers.§trainin.size() > 0}"),
    .part("MW012", "variables", "§variabels: {a: 1}"),
    .part("MW041", nil, "", states: "  a: {}\n  §b: {states: {}}\n"),
    // Variables and forms
    .part("MW022", "person", "variables: {a: {type: §persn}}"),
    .part("MW022", "text", "commands: {a: {title: A, fields: {why: §txt}}}", states: "  s: {on: {a: stay}}"),
    .part("MW013", nil, "variables: {a: §{type: choice}}"),
    .part("MW014", nil, "variables:\n  a:§"),
    .part("MW059", "one", "variables: {a: {type: choice, of: [one, two], standard: §onne}}"),
    .part("MW023", nil, "variables: {a: 1}\nconditions: {§a: 'true'}"),
    .part("MW023", nil, "variables: {§meeting: 1}"),
    .part("MW023", nil, "variables: {§while: 1}"),
    .part("MW058", nil, "commands: {a: {title: A, record: paper, fields: {§title: text}}}", states: "  s: {on: {a: stay}}"),
    .part("MW017", "paper", "commands: {a: {title: A, record: §papr}}", states: "  s: {on: {a: stay}}"),
    .part("MW044", nil, "commands: {§a: {title: A}}"),
    .part("MW029", "idle", "commands: {a: {title: A, while: §idel}}", states: "  idle: {on: {a: stay}}"),
    // Expressions: the place inside
    .part("MW024", "meeting", "conditions: {a: now > §meting.start}"),
    .part("MW024", "start", "conditions:\n  a: \"now > meeting.§stort\""),
    .part("MW024", nil, "conditions: {a: §count(3)}"),
    .part("MW024", nil, "conditions: {a: '§meeting.start'}"),
    .part("MW024", nil, "conditions: {a: \"quorum.met &&§\"}"),
    .part("MW024", "quorum", "conditions:\n  a:\n    is: 'quorum.needed > 1 || §qorum.met'"),
    .part("MW027", nil, "conditions: {§a: b, b: '!c', c: a && quorum.met}"),
    .part("MW052", "idle", "conditions: {a: \"In('§idel')\"}"),
    .part("MW052", "idle", "conditions: {a: \"meeting.in('§idel')\"}"),
    // Texts
    .part("MW051", "present", "conditions: {a: {is: quorum.met, say: 'There are {{§quorum.presnt}}'}}"),
    .part("MW051", nil, "conditions: {a: {is: quorum.met, say: 'There are {{§1 + 2}}'}}"),
    .part("MW051", nil, "conditions: {a: {is: quorum.met, say: 'There are §{{quorum.present'}}"),
    .part("MW051", nil, "conditions: {a: {is: quorum.met, say: 'At {{§meeting}}'}}"),
    // Deadlines
    .part("MW025", "working", "deadlines: {a: 5 §wroking days before meeting.start}"),
    .part("MW026", "start", "deadlines: {a: 5 days before §meeting.stat}"),
    .part("MW026", "first_day", "deadlines: {first_day: 3 days later, a: 5 days before §frist_day}"),
    .part("MW026", nil, "deadlines: {a: 5 days before §meeting.title}"),
    .part("MW056", "policy.notice", "deadlines: {a: §policy.notise before meeting.start}"),
    .part("MW027", nil, "deadlines: {§a: 1 day after b, b: 1 day after a}"),
    // Roles
    .part("MW033", "secretary", "commands: {a: {title: A, by: §secretry}}", states: "  s: {on: {a: stay}}"),
    .part("MW033", nil, "variables: {n: 1}\ncommands: {a: {title: A, by: §n}}", states: "  s: {on: {a: stay}}"),
    Mistake(
        code: "MW034",
        text: "workflow: w\ntitle: T\nfor: meeting\nbegins: {each: 'true'}\ncommands: {a: {title: A, by: §representative}}\n"
            + "states: {s: {on: {a: stay}}}\n"),
    Mistake(
        code: "MW034",
        text: "workflow: w\ntitle: T\nfor: meeting\nbegins: {each: 'true'}\ncommands: {a: {title: A, by: secretary}}\n"
            + "states:\n  s:\n    duty: {title: T, basis: B, of: §coordinator, due: meeting.start}\n    on: {a: {to: x, duty: done}}\n  x: {}\n"
    ),
    // States
    .states("MW012", "announce", "  a: {§anounce: x}\n"),
    .states("MW017", "facts", "  a: {participation: §fact}\n"),
    .states("MW055", nil, "  a: {type: final, §states: {b: {}}}\n"),
    .states("MW040", nil, "  a: {initial: [{if: few, to: b}, §{if: many, to: c}], states: {b: {}, c: {}}}\n"),
    .states("MW040", nil, "  a: {initial: [§b, {if: many, to: c}], states: {b: {}, c: {}}}\n"),
    .states("MW040", nil, "  a: {initial: §b, parallel: {b: {}}}\n"),
    .states("MW029", "bee", "  a: {initial: §be, states: {bee: {}}}\n"),
    .states("MW042", nil, "  a: {states: {§b: {type: final, on: {finish: b}}}}\n"),
    .states("MW043", nil, "  a: {states: {b: {}, §c: {}}}\n"),
    // Transitions
    .states("MW029", "beta", "  a: {states: {alpha: {on: {finish: §betta}}, beta: {}}}\n"),
    .states("MW030", nil, "  a: {on: {finish: §x}, states: {b: {states: {x: {}}}, c: {states: {x: {}}}}}\n"),
    .states("MW031", "many", "  a: {states: {b: {on: {finish: {to: c, needs: §mani}}}, c: {}}}\n"),
    .states("MW057", nil, "  a: {states: {b: {on: {finish: {to: c, needs: §few}}}, c: {}}}\n"),
    .states("MW039", nil, "  a: {states: {b: {on: {finish: {to: c, needs: §checklist}}}, c: {}}}\n"),
    .states("MW061", nil, "  a: {states: {b: {once: {few: {to: c, needs: §many}}}, c: {}}}\n"),
    .states("MW050", "reason", "  a: {states: {b: {on: {finish: {to: c, if: \"§event.raeson == 'x'\"}}}, c: {}}}\n"),
    .states("MW035", nil, "  a: {once: {few: §stay}}\n"),
    .states("MW035", nil, "  a: {at: {half_way: §{log: count}}}\n"),
    .states("MW035", nil, "  a: {states: {b: {once: {few: §b}}}}\n"),
    .states("MW045", "finish", "  a: {on: {§finsih: stay}}\n"),
    .states("MW045", "opened", "  a: {states: {b: {once: {§opend: c}}, c: {announce: opened}}}\n"),
    .states("MW053", nil, "  a: {states: {b: {once: {§pinged: c}}, c: {entry: {tell: pinged}}}}\n"),
    .states("MW043", nil, "  a: {states: {b: {on: {finish: c}}, c: {}}, then: §taking}\n"),
    .states("MW043", nil, "  a: {parallel: {b: {states: {c: final}}, d: {states: {e: {}}}}, then: §taking}\n"),
    // Actions
    .states("MW046", nil, "  a: {entry: {tell: §told_only}}\n"),
    .states("MW032", "count", "  a: {entry: {set: {§cuont: 1}}}\n"),
    .states("MW024", nil, "  a: {entry: {set: {count: \"§'text'\"}}}\n"),
    .states("MW054", nil, "  a: {entry: §{if: few}}\n"),
    .states("MW054", nil, "  a: {entry: {draft: minutes, §about: {meeting: meeting}}}\n"),
    .states("MW054", nil, "  a: {entry: {tell: x, set: {count: 1}, §with: {b: 1}}, on: {x: stay}}\n"),
    .states("MW054", nil, "  a: {entry: {send: {event: x, delay: §soon}}, on: {x: stay}}\n"),
    .states("MW021", "meeting", "  a: {entry: {tell: x, about: {§meting: meeting}}, on: {x: stay}}\n"),
    .states("MW024", nil, "  a: {entry: {tell: x, about: {meeting: §body}}, on: {x: stay}}\n"),
    .states("MW049", "minutes", "  a: {entry: {draft: §minuts}}\n"),
    .states("MW047", nil, "  a: {entry: {start: §nothing}}\n"),
    .states(
        "MW048", nil, "  a: {entry: {start: §helper}}\n",
        others: ["workflow: helper\ntitle: H\nfor: paper\nbegins: {by: trial}\nstates: {x: {}}\n"]),
    .states(
        "MW048", nil, "  a: {entry: {start: §helper}}\n",
        others: ["workflow: helper\ntitle: H\nfor: meeting\nbegins: {by: [helper]}\nstates: {x: {entry: {start: helper}}}\n"]),
    .states(
        "MW032", "size", "  a: {entry: {start: helper, with: {§sise: 1}}}\n",
        others: ["workflow: helper\ntitle: H\nfor: meeting\nbegins: {by: trial}\nvariables: {size: 1}\nstates: {x: {}}\n"]),
    // Duties
    .states("MW013", nil, dutiful("on: {finish: shut}", duty: "§{title: T, basis: B, of: representative}")),
    .states("MW013", nil, dutiful("on: {finish: shut}", duty: "§{title: T, of: representative, due: half_way}")),
    .states(
        "MW033", "representative",
        dutiful("on: {finish: shut}", duty: "{title: T, basis: B, of: §represntative, due: half_way}")),
    .states(
        "MW026", "half_way", dutiful("on: {finish: shut}", duty: "{title: T, basis: B, of: representative, due: §halfway}")),
    .states(
        "MW025", nil,
        dutiful("on: {finish: shut}", duty: "{title: T, basis: B, of: representative, due: half_way, remind: [soon §enough]}")),
    .states("MW038", nil, dutiful("", duty: "§{title: T, basis: B, of: representative, due: half_way}")),
    .states("MW036", nil, dutiful("on: {prod: §shut}")),
    .states("MW036", nil, dutiful("on: {finish: shut}\nonce: {many: §shut}")),
    .states(
        "MW036", nil,
        "  r:\n    on: {finish: §shut}\n    states:\n      open:\n        duty: {title: T, basis: B, of: representative, due: half_way}\n        on: {prod: {to: shut, duty: done}}\n      shut: {}\n"
    ),
    .states("MW037", nil, "  a: {states: {b: {on: {finish: §{to: c, duty: done}}}, c: {}}}\n"),
    .states(
        "MW051", "title",
        dutiful(
            "on: {finish: shut}",
            duty: "{title: T, basis: B, of: representative, due: half_way, checklist: [{each: papers, do: 'Read {{§titel}}'}]}")
    ),
]

@Suite struct MistakeTests {
    @Test("a mistake is found at its line and column, with the nearest name", arguments: mistakes)
    func found(mistake: Mistake) throws {
        let parts = mistake.text.split(separator: "§", maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2)
        let text = parts.joined()
        let place = SourceText(name: "", text: text).position(at: parts[0].utf8.count)
        let library = check(text, with: mistake.others, templates: ["minutes"])
        let wanted = "\(mistake.code) \(place.line):\(place.column)" + (mistake.nearest.map { " \($0)" } ?? "")
        let found = places(library.findings.filter { $0.file == "test.yaml" })
        #expect(
            found.contains(wanted),
            "\(wanted) not among:\n\(library.findings.map { $0.rendered(in: SourceText(name: "", text: text)) }.joined(separator: "\n"))"
        )
    }

    @Test("all mistakes of a file are found in one run, in the order of the file")
    func allAtOnce() {
        let library = check(
            workflow(
                """
                variables: {a: {type: persn}}
                deadlines: {b: 5 dys before meeting.start}
                conditions: {c: meting.start < now}
                """, states: "  idle: {onn: x, on: {told: nowhere}}\n"))
        #expect(library.findings.map(\.code) == ["MW022", "MW025", "MW024", "MW012", "MW045", "MW029"])
        #expect(library.workflows.isEmpty)
    }

    @Test("one mistake does not make others of what rests on it")
    func noEchoes() {
        let text = workflow(
            "commands: {go: {title: Go, by: representative, fields: {x: txt}}}",
            states:
                "  a:\n    duty: {title: T, basis: B, of: representative, due: meeting.start}\n    on: {go: {to: bb, if: event.x == 'y'}}\n  c: {}\n"
        )
        #expect(check(text).findings.map(\.code) == ["MW022", "MW029"])
    }

    @Test("a sound workflow is not lost for the mistakes of another")
    func others() {
        let library = check(workflow("variables: {a: {type: persn}}"), with: [telling("told")])
        #expect(library.workflows.map(\.name) == ["teller_of_told"])
    }

    @Test("a meeting is asked for the states of the workflow `meeting`")
    func askedMeeting() {
        let meeting = "workflow: meeting\ntitle: M\nfor: meeting\nbegins: {each: 'true'}\nstates: {planned: {}}\n"
        let library = check(workflow("conditions: {a: \"meeting.in('idle') || meeting.in('planned')\"}"), with: [meeting])
        #expect(places(library.findings) == ["MW052 5:30"])
    }

    @Test("a starter that never starts the workflow is found")
    func idleStarter() {
        let text = telling("told").replacing("{each: \"true\"}", with: "{by: teller_of_other}")
        let library = check(text, with: [telling("other")])
        #expect(places(library.findings).contains("MW048 4:14"))
    }

    @Test("two workflows of one name are found")
    func twins() {
        let library = check(telling("told"), with: [telling("told")])
        #expect(library.findings.map(\.code).contains("MW060"))
    }

    @Test("each code is explained, once, in order")
    func codes() {
        let names = FindingCode.all.map(\.name)
        #expect(names == names.sorted())
        #expect(Set(names).count == names.count)
        #expect(FindingCode.named("MW024")?.title == "The expression is wrong")
        #expect(FindingCode.all.allSatisfy { $0.explanation.count > 30 && !$0.title.hasSuffix(".") })
        let tried = Set(mistakes.map(\.code))
        let others = names.filter { !tried.contains($0) && $0 >= "MW020" && $0 < "MW070" }
        #expect(others == ["MW060"], "codes without a mistake that shows them: \(others)")
    }

    @Test("a file at the bounds is checked in good time")
    func large() {
        let duty = "{title: T, basis: B, of: secretary, due: meeting.start}"
        let states = (0..<400).map { "  s\($0): {duty: \(duty), on: {go: s\($0 + 1), stop: {to: over, duty: lapsed}}}\n" }
        let commands = "commands: {go: {title: Go, by: secretary}, stop: {title: Stop, by: chair}}"
        let sound = check(workflow(commands, states: states.joined() + "  s400: {}\n  over: final\n", about: "meeting"))
        #expect(sound.findings.isEmpty, "\(rendered(sound.findings))")
        let wrong = check(workflow(commands, states: states.joined().replacing("go: s", with: "go: z"), about: "meeting"))
        #expect(wrong.findings.count >= 400)
    }

    @Test("no changed byte of a shipped workflow stops the program")
    func mutated() throws {
        let folder = repository.appendingPathComponent("Workflows")
        let bytes = try #require(try files(in: folder, ending: ".yaml").first { $0.name == "representative.yaml" }).text.utf8
        var seed: UInt64 = 20_261_118
        func next(_ limit: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % limit
        }
        let signs = Array("{}[]:,'\"|>-#&*!? \n\tax09._".utf8)
        for round in 0..<120 {
            var changed = Array(bytes)
            for _ in 0...(round % 4) { changed[next(changed.count)] = signs[next(signs.count)] }
            let library = check(String(decoding: changed, as: UTF8.self))
            #expect(library.findings.allSatisfy { $0.range.start.line >= 1 }, "round \(round)")
        }
    }

    @Test("no truncation of a workflow stops the program")
    func truncated() {
        let text = workflow(
            "conditions: {a: {is: quorum.met, say: 'x {{quorum.present}}'}}\ndeadlines: {d: 3 days before meeting.start}",
            states: "  s: {duty: {title: T, basis: B, of: representative, due: d}, on: {x: {to: t, duty: done}}}\n  t: {}\n")
        for length in 0...text.utf8.count {
            let part = String(decoding: Array(text.utf8.prefix(length)), as: UTF8.self)
            let library = check(part)
            #expect(!library.findings.isEmpty || library.workflows.count == 1)
        }
    }
}
