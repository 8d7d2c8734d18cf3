import ArgumentParser
import Calendars
import Foundation
import Governance
import Secretariat
import Workflows

struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Rehearse in virtual time what a script would do.",
        discussion: """
            The script has a line for each step: when, who, and what, in the words of `mandate do`:

                2026-11-02 10:00  sue  publish_agenda --meeting next
                2026-11-05 09:00  "Ann O'Brien"  apologise --reason clash
                2026-11-09 18:00  ann.obrien@northshire.example  tick_all

            `tick_all` ticks all lines of what somebody owes; `#` begins a comment. Where a meeting is rehearsed, a step without --meeting is \
            about it. Nothing is written: the rehearsal works on a copy of what stands, in memory. With --if it runs twice, once with the \
            step added, and shows what becomes different; the step may leave out its time, and says in a word what is done: \
            --if 'ann apologises'.
            """)

    @OptionGroup var place: WorkspaceOptions

    @Option(help: ArgumentHelp("The steps; none: only time passes.", valueName: "file"))
    var script: String?

    @Option(name: .customLong("if"), help: ArgumentHelp("A step more, to compare: 'ann apologises'.", valueName: "step"))
    var suppose: String?

    @Option(
        help: ArgumentHelp(
            "How far time goes on after the last step; else until nothing more is due, at most a year.", valueName: "date"))
    var until: String?

    @Argument(help: ArgumentHelp("A workflow by name, or a meeting: an id, next, last or a date.", valueName: "what"))
    var what: String

    func run() throws {
        try attempt {
            let session = try Session(place)
            let scope = try Scope(what, in: session)
            let steps = try readSteps(session)
            let first = try Stage(session, scope, until: until).perform(steps)
            guard let suppose else { return show(first, session) }
            var more = try Step(supposed: suppose, in: session)
            more.at = more.at ?? steps.compactMap(\.at).first
            let second = try Stage(session, scope, until: until).perform((steps + [more]).inOrder)
            compare(first, second, session)
        }
    }

    private func readSteps(_ session: Session) throws -> [Step] {
        guard let script else { return [] }
        let bytes = try Disk.read(script, limit: Self.largestScript)
        var steps: [Step] = []
        for (number, line) in String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            do {
                if let step = try Step(line: String(line), in: session) { steps.append(step) }
            } catch let failure as UsageFailure {
                throw ScriptFailure(description: "\(script):\(number + 1): \(failure)")
            }
        }
        return steps.inOrder
    }

    private static let largestScript = 1 << 20

    private func shown(_ event: Simulation.Event, _ session: Session) -> String {
        let body = event.meeting.flatMap { session.records.meetings[$0]?.body }
        return "\(session.spoken(event.at, for: body))  \(event.words)"
    }

    private func show(_ events: [Simulation.Event], _ session: Session) {
        let lines = Simulation.Event.gathered(events).map { shown($0, session) }
        session.show(.list(events.map { plain($0) }), lines.isEmpty ? "nothing happens" : lines.joined(separator: "\n"))
    }

    private func plain(_ event: Simulation.Event) -> Plain {
        .map([
            "at": Plain(event.at), "kind": .text(event.kind.rawValue), "who": Plain(event.who), "what": .text(event.what),
            "meeting": Plain(event.meeting), "workflow": Plain(event.workflow),
        ])
    }

    private func compare(_ first: [Simulation.Event], _ second: [Simulation.Event], _ session: Session) {
        let difference = Difference(first, second)
        let lines = [("- ", difference.gone), ("+ ", difference.added)].flatMap { mark, events in
            Simulation.Event.gathered(events).map { ($0.at, mark + shown($0, session)) }
        }
        let sorted = lines.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map(\.element.1)
        session.show(
            .map(["gone": .list(difference.gone.map { plain($0) }), "added": .list(difference.added.map { plain($0) })]),
            sorted.isEmpty ? "nothing would be different" : sorted.joined(separator: "\n"))
    }
}

/// What is different between two rehearsals, each thing as often as it happens.
struct Difference {
    var gone: [Simulation.Event] = []
    var added: [Simulation.Event] = []

    init(_ first: [Simulation.Event], _ second: [Simulation.Event]) {
        added = Self.left(of: second, without: first)
        gone = Self.left(of: first, without: second)
    }

    private static func left(of events: [Simulation.Event], without others: [Simulation.Event]) -> [Simulation.Event] {
        var counts: [Simulation.Event: Int] = [:]
        for event in others { counts[event, default: 0] += 1 }
        return events.filter { event in
            guard let count = counts[event], count > 0 else { return true }
            counts[event] = count - 1
            return false
        }
    }
}

/// What of a rehearsal is told.
struct Scope {
    var workflow: String?
    var meeting: ID?

    init(_ what: String, in session: Session) throws {
        if session.rulebook.workflows[what] != nil {
            workflow = what
        } else {
            meeting = try session.meeting(what).id
        }
    }

    func takes(_ event: Simulation.Event) -> Bool {
        if event.kind == .refusal { return true }
        if let workflow { return event.workflow == workflow }
        return event.meeting == meeting
    }
}

/// One rehearsal from its first step to its end.
struct Stage {
    let session: Session
    let scope: Scope
    let simulation: Simulation
    let end: Instant?

    /// Seconds that a rehearsal goes on after its last step, if nothing else is said.
    static let longest: Int64 = 366 * 86_400

    init(_ session: Session, _ scope: Scope, until: String?) throws {
        self.scope = scope
        simulation = try Simulation(of: session.desk)
        self.session = Session(session, at: simulation.desk)
        end = try until.map { try Step.instant($0, "23:59", in: session) }
    }

    func perform(_ steps: [Step]) throws -> [Simulation.Event] {
        let now = simulation.now
        for step in steps {
            if let at = step.at, at < now {
                let moments = [at, now].map { session.spoken($0, for: nil) }
                throw ScriptFailure(
                    description: "the step of \(moments[0]) lies before \(moments[1]), when the rehearsal begins")
            }
            if let at = step.at { try simulation.pass(to: at) }
            if step.words.first == "tick_all" {
                try simulation.tickAll(by: step.person(in: session))
            } else {
                try simulation.give(try step.request(in: session, about: scope.meeting), assuming: step.isSupposed)
            }
        }
        if let end {
            try simulation.pass(to: end)
        } else {
            try simulation.passToEnd(atMost: simulation.now.adding(seconds: Self.longest))
        }
        return simulation.events.filter { scope.takes($0) }
    }
}

/// What is wrong with a script.
struct ScriptFailure: Error, CustomStringConvertible {
    var description: String
}
