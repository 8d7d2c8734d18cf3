import ArgumentParser
import Calendars
import Diagnostics
import Governance
import Secretariat
import Workflows

struct DeadlineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deadline", abstract: "Work out a date, and say how it was reached.",
        discussion: """
            A rule is written as in a workflow: '5 clear days before meeting.start', '1 working day before meeting.start at 17:00', \
            'policy.notice before meeting.start', 'within 28 days beginning with interest.arose', '3rd Thursday after 2026-11-18'. \
            No workspace is needed; within one, its own rules are meant.
            """)

    @Argument(help: "The rule.")
    var rule: String

    @Option(help: ArgumentHelp("When the meeting starts: 2026-11-18, or 2026-11-18 14:00.", valueName: "time"))
    var meeting: String?

    @Option(help: ArgumentHelp("Another moment that the rule names, as interest.arose=2026-01-05.", valueName: "name=time"))
    var moment: [String] = []

    @Option(help: ArgumentHelp("The rule pack: cio, england-parish...", valueName: "name"))
    var pack: String?

    @Option(help: ArgumentHelp("The holiday table: england-and-wales, scotland, northern-ireland, none.", valueName: "name"))
    var holidays: String?

    @Option(help: ArgumentHelp("The time zone, such as Europe/London.", valueName: "zone"))
    var zone: String?

    @OptionGroup var place: WorkspaceOptions

    func run() throws {
        try attempt {
            guard let shelf = Shelf.find() else { throw WorkspaceFailure.noShelf }
            let folder = try? Workspace.find(named: place.workspace)
            if folder == nil, place.workspace != nil { _ = try Workspace.find(named: place.workspace) }
            let binding = try RulesInForce(folder: folder, shelf: shelf).binding(pack: pack, holidays: holidays, zone: zone)
            let now = try Session.clock(place.clockText, in: binding.zone).now
            let deadline = try reckon(binding, now)
            Console.say(place.json ? json(of: deadline) : words(of: deadline, binding))
            if deadline.instant < now { complain("that is past: \(words(binding.zone.civil(at: now))) is now") }
        }
    }

    private func reckon(_ binding: Rulebook.Binding, _ now: Instant) throws -> Deadline {
        let parsed: DeadlineRule
        switch DeadlineRule.parse(rule, for: .deadline) {
        case .success(let rule): parsed = rule
        case .failure(let problem):
            throw RuleRefusal(rule, problem.range, problem.message, expected: problem.expected, nearest: problem.nearest)
        }
        let moments = try moments(binding.zone)
        let periods = binding.pack.periods
        let facts = DeadlineFacts(
            zone: binding.zone, holidays: binding.holidays, counting: binding.pack.counting, working: binding.pack.working,
            anchor: { moments[$0.joined(separator: ".")] }, period: { periods[$0] }, entered: now)
        switch parsed.evaluate(in: facts) {
        case .success(let deadline): return deadline
        case .failure(let failure): throw refusal(of: failure, binding.pack, Array(moments.keys))
        }
    }

    private func moments(_ zone: Zone) throws -> [String: Anchor] {
        var moments: [String: Anchor] = [:]
        if let meeting { moments["meeting.start"] = try anchor(meeting, zone, "--meeting") }
        for pair in moment {
            guard let equals = pair.firstIndex(of: "=") else { throw UsageFailure("`\(pair)` is not NAME=TIME") }
            moments[String(pair[..<equals])] = try anchor(String(pair[pair.index(after: equals)...]), zone, "--moment")
        }
        return moments
    }

    private func anchor(_ text: String, _ zone: Zone, _ option: String) throws -> Anchor {
        switch WrittenMoment.parse(text) {
        case .success(let written): return Anchor(written, in: zone)
        case .failure(let problem):
            throw RuleRefusal(text, problem.range, "\(option): \(problem.message)", expected: problem.expected)
        }
    }

    private func refusal(of failure: DeadlineFailure, _ pack: RulePack, _ moments: [String]) -> RuleRefusal {
        switch failure {
        case .notKnown(let path, let range):
            let name = path.joined(separator: ".")
            let hint = name == "meeting.start" ? "--meeting TIME" : "--moment \(name)=TIME"
            return RuleRefusal(rule, range, "\(failure)", expected: hint, nearest: nearestName(to: name, among: moments))
        case .noPolicy(let name, let range):
            let names = pack.periods.keys.sorted()
            return RuleRefusal(
                rule, range, "\(pack.name) sets no period `policy.\(name)`",
                expected: names.map { "policy.\($0)" }.joined(separator: ", "),
                nearest: nearestName(to: name, among: names).map { "policy.\($0)" })
        default: return RuleRefusal(rule, 0..<rule.utf8.count, "\(failure)")
        }
    }

    private func words(_ civil: CivilDateTime) -> String { "\(civil.date.words), \(civil.time)" }

    private func words(of deadline: Deadline, _ binding: Rulebook.Binding) -> String {
        let civil = binding.zone.civil(at: deadline.instant)
        let when = deadline.hasClock ? words(civil) : "\(deadline.date.words), by the end of the day"
        let lines =
            ["\(when) (\(binding.zone.name); \(binding.pack.nameWithOwn))"] + deadline.derivation.lines.map { "    " + $0 }
        return lines.joined(separator: "\n")
    }

    private func json(of deadline: Deadline) -> String {
        Plain.ordered([
            ("date", .text(deadline.date.description)), ("instant", Plain(deadline.instant)),
            ("derivation", Plain(deadline.derivation.lines)),
        ])
    }
}

/// Why a rule gives no date, with its place in the rule.
struct RuleRefusal: Error, CustomStringConvertible {
    let description: String

    init(_ text: String, _ range: Range<Int>, _ message: String, expected: String? = nil, nearest: String? = nil) {
        let source = SourceText(name: "rule", text: text)
        let finding = Finding(
            code: "MW025", file: "rule",
            range: SourceRange(source.position(at: range.lowerBound), source.position(at: range.upperBound)),
            message: message, expected: expected, nearest: nearest)
        description = finding.rendered(in: source)
    }
}
