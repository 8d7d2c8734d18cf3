import CEL
import Calendars
import Diagnostics
import YAML

extension Checker {
    mutating func checkDeadlines() {
        var rests: [String: [String]] = [:]
        for deadline in workflow.deadlines {
            guard let rule = rule(deadline.node, for: .deadline) else { continue }
            deadlines[deadline.name.text] = rule
            rests[deadline.name.text] = rule.anchors.filter { $0.path.count == 1 }.map { $0.path[0] }
        }
        checkCircles(rests, workflow.deadlines.map(\.name), of: "deadline")
    }

    mutating func checkConditions() {
        var rests: [String: [String]] = [:]
        for condition in workflow.conditions {
            let program = compile(condition.question, as: .bool, of: "a condition")
            let say = condition.say.flatMap { text($0, of: "`say`") }
            guard let program else { continue }
            conditions[condition.name.text] = Condition(program: program, say: say)
            rests[condition.name.text] = program.names
        }
        checkCircles(rests, workflow.conditions.map(\.name), of: "condition")
    }

    /// Finds names that rest on themselves.
    private mutating func checkCircles(_ rests: [String: [String]], _ words: [Word], of what: String) {
        for word in words {
            var reached: Set<String> = []
            var open = rests[word.text] ?? []
            while let name = open.popLast() {
                guard reached.insert(name).inserted else { continue }
                open += rests[name] ?? []
            }
            guard reached.contains(word.text) else { continue }
            log.add(.circular, at: word.range, "the \(what) `\(word.text)` rests on itself")
        }
    }

    /// A deadline's rule with its moments looked up; a name alone stands for the rule of that name.
    mutating func rule(_ node: Node, for purpose: DeadlineRule.Purpose) -> DeadlineRule? {
        guard let text = node.rawText else { return nil }
        if let named = deadlines[text] {
            // `from: agenda_due` means the start of that day, so the rule is read again for its purpose.
            if purpose == .deadline { return named }
            if case .success(let rule) = DeadlineRule.parse(named.text, for: purpose) { return rule }
        }
        switch DeadlineRule.parse(text, for: purpose) {
        case .failure(let problem):
            log.add(
                .badDeadline, at: node.range(ofBytes: problem.range), problem.message, expected: problem.expected,
                nearest: problem.nearest)
            return nil
        case .success(let rule):
            let anchorsStand = rule.anchors.allSatisfy { checkAnchor($0, node) }
            let policiesStand = rule.policies.allSatisfy { checkPolicy($0, node) }
            return anchorsStand && policiesStand ? rule : nil
        }
    }

    private mutating func checkAnchor(_ anchor: DeadlineRule.NamedPath, _ node: Node) -> Bool {
        let text = anchor.path.joined(separator: ".")
        let range = node.range(ofBytes: anchor.range)
        do throws(CompileError) {
            let kind = try Program(text, in: environment).kind
            if kind.isMoment { return true }
            log.add(.notAMoment, at: range, "`\(text)` is no moment", expected: "a moment such as `meeting.start`")
        } catch {
            log.add(
                .notAMoment, at: range, error.issues.first?.message ?? "`\(text)` is not known",
                expected: "a moment such as `meeting.start`, or the name of a deadline",
                nearest: anchor.path.count == 1
                    ? nearestName(to: text, among: workflow.deadlines.map(\.name.text)) ?? error.issues.first?.nearest
                    : error.issues.first?.nearest)
        }
        return false
    }

    private mutating func checkPolicy(_ policy: DeadlineRule.NamedPath, _ node: Node) -> Bool {
        let name = policy.path.first ?? ""
        if policy.path.count == 1, RulePack.periodNames.contains(name) {
            if kinds.contains(.body) { return true }
            log.add(
                .unknownPolicy, at: node.range(ofBytes: policy.range), "the subjects imply no body, whose policy it could be",
                expected: "a length of time")
            return false
        }
        log.add(
            .unknownPolicy, at: node.range(ofBytes: policy.range), "there is no period `policy.\(name)`",
            expected: RulePack.periodNames.map { "`policy.\($0)`" }.joined(separator: ", "),
            nearest: nearestName(to: name, among: RulePack.periodNames).map { "policy.\($0)" })
        return false
    }
}

extension Kind {
    /// Whether a deadline may count from it; a date is `dyn`.
    fileprivate var isMoment: Bool {
        switch self {
        case .timestamp, .dyn: true
        case .nullable(let wrapped): wrapped.isMoment
        default: false
        }
    }
}
