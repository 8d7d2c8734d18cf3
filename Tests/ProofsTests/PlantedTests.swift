import Diagnostics
import Proofs
import Testing
import Workflows

/// Each of these workflows passes the checker; its fault shows only to a proof.
@Suite struct PlantedTests {
    private func codes(_ findings: [Finding]) -> [String] {
        findings.map { "\($0.code) \($0.file):\($0.range.start.line)" }
    }

    /// The workflows have no error, and the proofs find just these.
    private func expect(_ wanted: [String], in texts: [String], _ location: SourceLocation = #_sourceLocation) -> [Finding] {
        let sources = texts.enumerated().map { number, text in
            WorkflowSource(SourceText(name: "test\(number).yaml", text: text), hash: "h\(number)")
        }
        let library = WorkflowLibrary(checking: sources)
        let errors = library.findings.filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(rendered(errors))", sourceLocation: location)
        var prover = Prover(library.workflows)
        let found = prover.prove().findings
        #expect(codes(found) == wanted, "\(rendered(found))", sourceLocation: location)
        return found
    }

    @Test("a duty that cannot end is found at its line, and so are its state and its command")
    func endlessDuty() {
        let found = expect(
            ["MW082 test0.yaml:6", "MW081 test0.yaml:8", "MW080 test0.yaml:9"],
            in: [
                """
                workflow: stuck
                title: A key
                for: meeting
                begins: {each: "true"}
                variables: {found: false}
                commands: {hand_over: {title: Hand over the key, by: chair}}
                states:
                  owing:
                    duty: {title: Hand over the key, basis: 003 L1, of: chair, due: meeting.start}
                    on: {hand_over: {to: over, if: found}}
                  over: final
                """
            ])
        #expect(found.last?.related.map(\.message) == ["1. It begins: \"A key\" is in `owing`."])
    }

    @Test("a duty that can end has no finding")
    func sound() {
        _ = expect(
            [],
            in: [
                """
                workflow: stuck
                title: A key
                for: meeting
                begins: {each: "true"}
                variables: {found: false}
                commands:
                  find: {title: Find the key, by: secretary}
                  hand_over: {title: Hand over the key, by: chair}
                states:
                  owing:
                    duty: {title: Hand over the key, basis: 003 L1, of: chair, due: meeting.start}
                    on:
                      find: {set: {found: true}}
                      hand_over: {to: over, if: found}
                  over: final
                """
            ])
    }

    static let deadlock = """
        workflow: locked
        title: Two who wait
        for: meeting
        begins: {each: "true"}
        states:
          both:
            parallel:
              left:
                states:
                  waiting: {once: {right_done: over}}
                  over: {type: final, announce: left_done}
              right:
                states:
                  waiting: {once: {left_done: over}}
                  over: {type: final, announce: right_done}
            then: over
          over: final
        """

    @Test("a deadlock between two regions is found in both")
    func deadlock() { _ = expect(["MW081 test0.yaml:10", "MW081 test0.yaml:14"], in: [Self.deadlock]) }

    @Test("a word that passes before another region listens for it is found, with the order in which it happens")
    func lostWord() {
        let found = expect(
            ["MW081 test0.yaml:20"],
            in: [
                """
                workflow: lost
                title: A word too early
                for: meeting
                begins: {each: "true"}
                commands:
                  send: {title: Send it, by: secretary}
                  listen: {title: Begin to listen, by: chair}
                states:
                  both:
                    parallel:
                      sender:
                        states:
                          ready: {on: {send: sent}}
                          sent:
                            type: final
                            entry: {tell: it_was_sent}
                      hearer:
                        states:
                          deaf: {on: {listen: listening}}
                          listening: {on: {it_was_sent: heard}}
                          heard: final
                    then: over
                  over: final
                """
            ])
        #expect(
            found.first?.related.map(\.message).prefix(3) == [
                "1. It begins: \"A word too early\" is in `both.sender.ready`, `both.hearer.deaf`.",
                "2. The secretary says \"Send it\": \"A word too early\" is in `both.sender.sent`.",
                "3. The chair says \"Begin to listen\": \"A word too early\" is in `both.hearer.listening`.",
            ])
    }

    @Test(
        "a command nobody may give is found",
        arguments: ["by: chair, not_by: chair", "by: helper"])
    func nobodysCommand(who: String) {
        _ = expect(
            ["MW082 test0.yaml:7"],
            in: [
                """
                workflow: nobody
                title: Nobody's command
                for: meeting
                begins: {each: "true"}
                variables: {helper: {type: person, optional: true}}
                commands:
                  help: {title: Help, \(who)}
                  close: {title: Close, by: chair}
                states:
                  open: {on: {help: over, close: over}}
                  over: final
                """
            ])
    }

    /// An item and the interests in it; a member who has withdrawn may be let in again for the facts.
    private func withdrawal(cap: String) -> [String] {
        [
            """
            workflow: item
            title: An item
            for: item
            begins: {each: "true"}
            commands: {decide: {title: Record the decision, by: secretary, record: decision}}
            states:
              open: {on: {decide: decided}}
              decided: {type: final, announce: item_settled}
            never:
              - name: a member who has withdrawn decides
                when: decide
                if: "interests.exists(i, i.in('withdrawn') && event.took_part.exists(p, p == i.representative.person))"
            """,
            """
            workflow: interest
            title: An interest
            for: [item, representative]
            begins: {each: "true"}
            commands: {withdraw: {title: Leave the room, by: representative, record: departure}}
            states:
              declared:
                participation: facts
                on: {withdraw: withdrawn}
                once: {item_settled: over}
              withdrawn:
                \(cap)
                once: {item_settled: over}
              over: final
            """,
        ]
    }

    @Test("a decision that is possible while withdrawn, because a cap is missing, is found with the way to it")
    func missingCap() {
        let found = expect(["MW083 test0.yaml:12"], in: withdrawal(cap: "announce: withdrawn"))
        let story = found.first?.related.map(\.message) ?? []
        #expect(story.count == 3)
        #expect(story.dropFirst().first?.contains("\"Leave the room\"") == true)
        #expect(story.last?.hasPrefix("3. The secretary says \"Record the decision\", supposing that") == true)
        #expect(story.last?.contains("is in the room") == true)
    }

    @Test("with the cap there is no such decision")
    func cap() { _ = expect([], in: withdrawal(cap: "participation: none")) }

    @Test("a rule that hangs on a text is told to be enforced, not proved")
    func unprovable() {
        _ = expect(
            ["MW085 test0.yaml:10"],
            in: [
                """
                workflow: named
                title: A name
                for: item
                begins: {each: "true"}
                commands: {close: {title: Close, by: chair}}
                states:
                  open: {on: {close: over}}
                  over: final
                always:
                  - {name: an item has a title, if: item.title != ''}
                """
            ])
    }

    @Test(
        "moments pass in their order, one after the other",
        arguments: [("meeting.start", []), ("meeting.end", ["MW081 test0.yaml:6", "MW083 test0.yaml:10"])])
    func order(bound: String, wanted: [String]) {
        _ = expect(
            wanted,
            in: [
                """
                workflow: timed
                title: A time
                for: meeting
                begins: {each: "true"}
                states:
                  before: {at: {meeting.start: during}}
                  during: {at: {meeting.end: after}}
                  after: final
                never:
                  - {name: it has begun too early, if: "In('during') && now < \(bound)"}
                """
            ])
    }

    @Test("a bound that is reached is said in a note, and nothing is claimed")
    func bound() {
        let (_, proofs) = proved(Self.deadlock, extent: ProofExtent(situations: 0, breadth: 100))
        #expect(codes(proofs.findings) == ["MW084 test0.yaml:5"])
        #expect(proofs.findings.first?.severity == .note)
    }
}
