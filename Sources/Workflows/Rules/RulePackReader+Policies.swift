import Calendars
import Diagnostics
import YAML

// Notice.
extension RulePackReader {
    /// A sentence, or `{effect: invalid, say: ...}`.
    mutating func shortNotice(_ node: Node) -> NoticePolicy? {
        guard node.entries != nil else {
            return node.text(of: "`short_notice`", &log).map { NoticePolicy(whenShort: $0) }
        }
        guard let fields = node.mapping(allowing: ["effect", "say"], of: "`short_notice`", &log) else { return nil }
        let say = fields.required("say", of: "`short_notice`", &log)?.text(of: "`say`", &log)
        let effects = NoticePolicy.Effect.allCases.map(\.rawValue)
        let effect = fields.required("effect", of: "`short_notice`", &log)?.choice(among: effects, of: "`effect`", &log)
            .flatMap { NoticePolicy.Effect(rawValue: $0) }
        guard let say, let effect else { return nil }
        return NoticePolicy(whenShort: say, effect: effect)
    }

    mutating func shorterNotice(_ node: Node) -> NoticePolicy.Shorter? {
        guard let fields = node.mapping(allowing: ["by", "period", "say"], of: "`shorter_notice`", &log) else { return nil }
        let grounds = NoticePolicy.Shorter.Ground.allCases.map(\.rawValue)
        let ground = fields.required("by", of: "`shorter_notice`", &log)?.choice(among: grounds, of: "`by`", &log)
            .flatMap { NoticePolicy.Shorter.Ground(rawValue: $0) }
        let say = fields.required("say", of: "`shorter_notice`", &log)?.text(of: "`say`", &log)
        let period = fields["period"].flatMap { counted($0, "period") }
        guard let ground, let say else { return nil }
        return NoticePolicy.Shorter(ground: ground, period: period, say: say)
    }
}

// Quorum.
extension RulePackReader {
    mutating func quorum(_ node: Node) -> QuorumPolicy? {
        let keys = [
            "share", "rounding", "of", "minimum", "withdrawn", "remote_counts", "substitutes_count", "at_least",
        ]
        guard let fields = node.mapping(allowing: keys, of: "a quorum", &log) else { return nil }
        let share = fields.required("share", of: "a quorum", &log).flatMap { self.share($0) }
        let base = fields.required("of", of: "a quorum", &log)?
            .choice(among: ["seats", "members_in_post"], of: "`of`", &log).flatMap { QuorumPolicy.Base(rawValue: $0) }
        let withdrawn = fields.required("withdrawn", of: "a quorum", &log)?
            .choice(among: ["not_counted", "deemed_present"], of: "`withdrawn`", &log)
            .flatMap { QuorumPolicy.Withdrawn(rawValue: $0) }
        let minimum = fields.required("minimum", of: "a quorum", &log)?.integer(in: 0...10_000, of: "`minimum`", &log)
        let remote = fields.required("remote_counts", of: "a quorum", &log)?.flag(of: "`remote_counts`", &log)
        let substitutes = fields.required("substitutes_count", of: "a quorum", &log)?.flag(of: "`substitutes_count`", &log)
        let rounding = fields["rounding"]?.choice(among: ["up", "nearest"], of: "`rounding`", &log) ?? "up"
        let requirements = (fields["at_least"]?.items ?? []).compactMap { requirement($0) }
        guard let share, let base, let withdrawn, let minimum, let remote, let substitutes else { return nil }
        return QuorumPolicy(
            numerator: share.numerator, denominator: share.denominator, rounding: .init(rawValue: rounding) ?? .up,
            minimum: minimum, of: base, withdrawn: withdrawn, remoteCounts: remote, substitutesCount: substitutes,
            requirements: requirements)
    }

    /// `{number: 1, of: independent}` or `{share: 1/2, of: external}`.
    private mutating func requirement(_ node: Node) -> QuorumPolicy.Requirement? {
        guard let fields = node.mapping(allowing: ["number", "share", "of"], of: "a part of a quorum", &log) else { return nil }
        let mark = fields.required("of", of: "a part of a quorum", &log)?.text(of: "`of`", &log)
        if let share = fields["share"] {
            guard let (numerator, denominator) = self.share(share), let mark else { return nil }
            return QuorumPolicy.Requirement(.share(numerator, denominator), of: mark)
        }
        let number = fields.required("number", of: "a part of a quorum", &log)?.integer(in: 1...10_000, of: "`number`", &log)
        guard let number, let mark else { return nil }
        return QuorumPolicy.Requirement(.number(number), of: mark)
    }

    /// `1/3`, `all` or `none`.
    mutating func share(_ node: Node) -> (numerator: Int, denominator: Int)? {
        let text = node.rawText ?? ""
        if text == "all" { return (1, 1) }
        if text == "none" { return (0, 1) }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        if parts.count == 2, let numerator = parts[0], let denominator = parts[1], (1...10_000).contains(denominator),
            (0...denominator).contains(numerator)
        {
            return (numerator, denominator)
        }
        log.add(.badShare, at: node.range, "`\(text)` is no share", expected: "a fraction such as `1/3`, or `all` or `none`")
        return nil
    }
}

// Members: their interests and their attendance.
extension RulePackReader {
    mutating func interests(_ node: Node) -> InterestPolicy {
        guard let fields = node.mapping(allowing: ["facts", "outcomes"], of: "`interests`", &log) else {
            return InterestPolicy()
        }
        let facts = fields.required("facts", of: "`interests`", &log)?.flag(of: "`facts`", &log) ?? true
        var outcomes: [InterestPolicy.Kind: InterestPolicy.Outcome] = [:]
        for entry in fields["outcomes"]?.namedEntries(of: "`outcomes`", &log) ?? [] {
            guard let kind = kind(entry.key), let outcome = outcome(entry.value) else { continue }
            outcomes[kind] = outcome
        }
        return InterestPolicy(mayGiveFacts: facts, outcomes: outcomes)
    }

    mutating func kind(_ node: Node) -> InterestPolicy.Kind? {
        node.choice(among: InterestPolicy.Kind.allCases.map(\.rawValue), of: "a kind of interest", &log)
            .flatMap { InterestPolicy.Kind(rawValue: $0) }
    }

    mutating func outcome(_ node: Node) -> InterestPolicy.Outcome? {
        node.choice(among: InterestPolicy.Outcome.allCases.map(\.rawValue), of: "what an interest leads to", &log)
            .flatMap { InterestPolicy.Outcome(rawValue: $0) }
    }

    mutating func attendance(_ node: Node) -> AttendancePolicy? {
        let keys = ["absence", "misses", "least", "apology_excuses", "substitute_attends", "by_itself", "then"]
        guard let fields = node.mapping(allowing: keys, of: "`attendance`", &log) else { return nil }
        let absence = fields["absence"].flatMap { counted($0, "absence") }
        let misses = fields["misses"]?.integer(in: 1...1000, of: "`misses`", &log)
        let least = fields["least"].flatMap { share($0) }
        let excuses = fields.required("apology_excuses", of: "`attendance`", &log)?.flag(of: "`apology_excuses`", &log)
        let attends = fields.required("substitute_attends", of: "`attendance`", &log)?.flag(of: "`substitute_attends`", &log)
        let byItself = fields.required("by_itself", of: "`attendance`", &log)?.flag(of: "`by_itself`", &log)
        let then = fields.required("then", of: "`attendance`", &log)?.text(of: "`then`", &log)
        guard let excuses, let attends, let byItself, let then else { return nil }
        return AttendancePolicy(
            absence: absence, missesInARow: misses, leastShare: least.map { [$0.numerator, $0.denominator] },
            apologyExcuses: excuses, substituteAttends: attends, takesEffectByItself: byItself, consequence: then)
    }
}
