import Calendars
import Diagnostics
import YAML

// Worked examples.
extension RulePackReader {
    /// One case; `amended` is the pack with the values under `with`.
    mutating func example(_ node: Node, _ amended: RulePack?) -> RuleCase? {
        let kinds = ["rule", "notice", "quorum", "attendance", "interest", "vote"]
        let keys = ["name", "with", "gives", "meeting", "where"] + kinds
        guard let fields = node.mapping(allowing: keys, of: "a case", &log) else { return nil }
        guard let kind = kinds.first(where: { fields[$0] != nil }), let asked = fields[kind] else {
            log.add(
                .missingKey, at: node.range, "a case asks something", expected: "one of `\(kinds.joined(separator: "`, `"))`")
            return nil
        }
        guard let gives = fields.required("gives", of: "a case", &log), let question = question(kind, asked, fields, gives)
        else {
            return nil
        }
        let name = fields["name"].flatMap { $0.text(of: "a case's name", &log) } ?? asked.inOneLine
        return RuleCase(name: name, question: question, origin: node.range, amended: amended)
    }

    private mutating func question(_ kind: String, _ asked: Node, _ fields: Fields, _ gives: Node) -> RuleCase.Question? {
        switch kind {
        case "rule": deadline(asked, fields, gives)
        case "notice": notice(asked, gives)
        case "quorum": quorum(asked, gives)
        case "attendance": attendance(asked, gives)
        case "vote": vote(asked, gives)
        default:
            self.kind(asked).flatMap { kind in outcome(gives).map { .interest(kind, gives: $0) } }
        }
    }

    private mutating func deadline(_ asked: Node, _ fields: Fields, _ gives: Node) -> RuleCase.Question? {
        guard let text = asked.text(of: "a rule", &log), let expected = date(gives) else { return nil }
        var moments: [String: WrittenMoment] = [:]
        if let node = fields["meeting"] { moments["meeting.start"] = moment(node) }
        for entry in fields["where"]?.namedEntries(of: "`where`", &log) ?? [] {
            if let name = entry.key.rawText { moments[name] = moment(entry.value) }
        }
        switch DeadlineRule.parse(text, for: .deadline) {
        case .success(let rule): return .deadline(rule, moments: moments, gives: expected)
        case .failure(let problem):
            log.add(
                .badDeadline, at: asked.range(ofBytes: problem.range), problem.message, expected: problem.expected,
                nearest: problem.nearest)
            return nil
        }
    }

    private mutating func notice(_ asked: Node, _ gives: Node) -> RuleCase.Question? {
        guard let fields = asked.mapping(allowing: ["given", "meeting"], of: "a notice", &log),
            let given = fields.required("given", of: "a notice", &log).flatMap({ date($0) }),
            let meeting = fields.required("meeting", of: "a notice", &log).flatMap({ date($0) }),
            let answers = gives.mapping(allowing: ["days", "enough"], of: "the answer", &log)
        else { return nil }
        return .notice(
            given: given, meeting: meeting, days: answers["days"]?.integer(of: "`days`", &log),
            isEnough: answers["enough"]?.flag(of: "`enough`", &log))
    }

    private mutating func quorum(_ asked: Node, _ gives: Node) -> RuleCase.Question? {
        let keys = ["seats", "posts", "there", "remote", "substitutes", "withdrawn", "marked"]
        guard let fields = asked.mapping(allowing: keys, of: "a body in numbers", &log),
            let answers = gives.mapping(allowing: ["needed", "counted", "met"], of: "the answer", &log),
            let seats = fields.required("seats", of: "a body in numbers", &log)?.integer(in: 0...10_000, of: "`seats`", &log),
            let there = fields.required("there", of: "a body in numbers", &log)?.integer(in: 0...10_000, of: "`there`", &log)
        else { return nil }
        func number(_ key: String, _ standard: Int, _ log: inout FindingLog) -> Int {
            fields[key]?.integer(in: 0...10_000, of: "`\(key)`", &log) ?? standard
        }
        var marked: [String: Int] = [:]
        for entry in fields["marked"]?.namedEntries(of: "`marked`", &log) ?? [] {
            if let mark = entry.key.rawText { marked[mark] = entry.value.integer(in: 0...10_000, of: "a number", &log) }
        }
        let example = QuorumExample(
            seats: seats, posts: number("posts", seats, &log), there: there, remote: number("remote", 0, &log),
            substitutes: number("substitutes", 0, &log), withdrawn: number("withdrawn", 0, &log), marked: marked)
        return .quorum(
            example, needed: answers["needed"]?.integer(of: "`needed`", &log),
            counted: answers["counted"]?.integer(of: "`counted`", &log), isMet: answers["met"]?.flag(of: "`met`", &log))
    }

    private mutating func attendance(_ asked: Node, _ gives: Node) -> RuleCase.Question? {
        guard let fields = asked.mapping(allowing: ["last_attended", "meetings"], of: "an attendance", &log),
            let answers = gives.mapping(allowing: ["last_safe", "too_little"], of: "the answer", &log)
        else { return nil }
        if let node = fields["last_attended"] {
            guard let attended = date(node),
                let safe = answers.required("last_safe", of: "the answer", &log).flatMap({ date($0) })
            else { return nil }
            return .lastSafe(after: attended, gives: safe)
        }
        let names = AttendancePolicy.Record.allCases.map(\.rawValue)
        let records = (fields.required("meetings", of: "an attendance", &log)?.items ?? []).compactMap { node in
            node.choice(among: names, of: "an attendance", &log).flatMap { AttendancePolicy.Record(rawValue: $0) }
        }
        guard let answer = answers.required("too_little", of: "the answer", &log)?.flag(of: "`too_little`", &log) else {
            return nil
        }
        return .attendance(records, isTooLittle: answer)
    }

    private mutating func vote(_ asked: Node, _ gives: Node) -> RuleCase.Question? {
        let names = RulePack.Count.allCases.map(\.rawValue)
        guard let fields = asked.mapping(allowing: ["for", "against"], of: "a vote", &log),
            let votesFor = fields.required("for", of: "a vote", &log)?.integer(in: 0...10_000, of: "`for`", &log),
            let against = fields.required("against", of: "a vote", &log)?.integer(in: 0...10_000, of: "`against`", &log),
            let count = gives.choice(among: names, of: "what votes come to", &log).flatMap({ RulePack.Count(rawValue: $0) })
        else { return nil }
        return .vote(votesFor: votesFor, against: against, gives: count)
    }

    private mutating func date(_ node: Node) -> CivilDate? {
        guard let text = node.text(of: "a date", &log) else { return nil }
        if let date = CivilDate(text) { return date }
        log.add(.badDate, at: node.range, "`\(text)` is no date", expected: "a date such as `2026-11-18`")
        return nil
    }

    private mutating func moment(_ node: Node) -> WrittenMoment? {
        guard let text = node.text(of: "a moment", &log) else { return nil }
        switch WrittenMoment.parse(text) {
        case .success(let moment): return moment
        case .failure(let problem):
            log.add(.badDate, at: node.range(ofBytes: problem.range), problem.message, expected: problem.expected)
            return nil
        }
    }
}
