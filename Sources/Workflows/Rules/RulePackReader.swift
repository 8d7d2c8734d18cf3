import Calendars
import Diagnostics
import YAML

/// Reads a rule pack; there is none where a finding is an error.
/// - Parameter hash: the hash of the text, to which cases are pinned.
public func readRulePack(_ source: SourceText, hash: String) -> (RulePack?, [Finding]) {
    let (node, findings) = parseYAML(source)
    var reader = RulePackReader(log: FindingLog(file: source.name))
    reader.log.add(findings)
    let pack = node.flatMap { reader.pack($0, hash: hash) }
    return (reader.log.hasErrors ? nil : pack, reader.log.findings)
}

/// Each policy has a `value`, and a citation: its `source` and whether the source's words were read (`status`).
private struct RulePackReader {
    var log: FindingLog
    private var name = ""
    private var citations: [String: RulePack.Citation] = [:]

    init(log: FindingLog) { self.log = log }

    private static let policies = [
        "clear_days", "working_days", "notice", "short_notice", "agenda", "papers", "quorum", "inquorate_item",
        "deferrals_allowed",
    ]

    mutating func pack(_ node: Node, hash: String) -> RulePack? {
        guard let fields = node.mapping(allowing: ["rules", "title", "policies"], of: "a rule pack", &log) else { return nil }
        name = fields.required("rules", of: "a rule pack", &log)?.text(of: "the rule pack's name", &log) ?? ""
        let title = fields.required("title", of: "a rule pack", &log)?.text(of: "a title", &log) ?? ""
        guard
            let policies = fields.required("policies", of: "a rule pack", &log)?
                .mapping(allowing: Self.policies, of: "a rule pack", &log)
        else { return nil }
        let counting = self.counting("clear_days", policies)
        let working = self.counting("working_days", policies)
        var periods: [String: PolicyPeriod] = [:]
        for key in RulePack.periodNames { periods[key] = period(key, policies) }
        let short = value("short_notice", policies)?.text(of: "`short_notice`", &log)
        let quorum = value("quorum", policies).flatMap { self.quorum($0) }
        let item = value("inquorate_item", policies)?
            .choice(among: ["defer", "next_business"], of: "`inquorate_item`", &log).flatMap { InquorateItem(rawValue: $0) }
        let deferrals = value("deferrals_allowed", policies)?.integer(in: 0...100, of: "`deferrals_allowed`", &log)
        guard let counting, let working, let short, let quorum, let item, let deferrals else { return nil }
        return RulePack(
            name: name, title: title, hash: hash, counting: counting, working: working, periods: periods,
            whenNoticeIsShort: short,
            quorum: quorum, inquorateItem: item, deferralsAllowed: deferrals, citations: citations)
    }

    /// The value of a policy; its citation is kept.
    private mutating func value(_ key: String, _ policies: Fields) -> Node? {
        guard let node = policies.required(key, of: "a rule pack", &log),
            let fields = node.mapping(allowing: ["value", "source", "status"], of: "a policy", &log)
        else { return nil }
        let source = fields.required("source", of: "a policy", &log)?.text(of: "a source", &log)
        let status = fields.required("status", of: "a policy", &log)?
            .choice(among: ["verified", "unverified"], of: "a status", &log).flatMap { RulePack.Citation.Status(rawValue: $0) }
        if let source, let status { citations[key] = RulePack.Citation(source: source, status: status) }
        guard let value = fields.key("value") else {
            log.add(.missingKey, at: node.range, "a policy needs `value`", expected: "`value`")
            return nil
        }
        return fields["value"] ?? value
    }

    private mutating func counting(_ key: String, _ policies: Fields) -> CountingPolicy? {
        guard let node = value(key, policies) else { return nil }
        var weekdays: [Weekday] = []
        var leavesOutHolidays = false
        let names = Weekday.allCases.map { $0.name.lowercased() } + ["holidays"]
        for item in node.items {
            guard let name = item.choice(among: names, of: "a day that does not count", &log) else { continue }
            if let index = names.firstIndex(of: name), let weekday = Weekday(rawValue: index + 1) { weekdays.append(weekday) }
            if name == "holidays" { leavesOutHolidays = true }
        }
        if Set(weekdays).count == 7 {
            log.add(.badPeriod, at: node.range, "no day of the week is left to count", expected: "at least one day")
            return nil
        }
        return CountingPolicy(
            weekdaysLeftOut: Weekdays(weekdays), leavesOutHolidays: leavesOutHolidays, name: name,
            source: citations[key]?.source)
    }

    private mutating func period(_ key: String, _ policies: Fields) -> PolicyPeriod? {
        guard let node = value(key, policies), let text = node.text(of: "`\(key)`", &log) else { return nil }
        switch CountedPeriod.parse(text) {
        case .success(let period):
            let citation = citations[key]
            return PolicyPeriod(period, policy: name, source: citation?.source, status: citation?.status.rawValue)
        case .failure(let problem):
            log.add(
                .badPeriod, at: node.range(ofBytes: problem.range), problem.message, expected: problem.expected,
                nearest: problem.nearest)
            return nil
        }
    }

    private mutating func quorum(_ node: Node) -> QuorumPolicy? {
        let keys = ["share", "of", "minimum", "withdrawn", "remote_counts", "substitutes_count"]
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
        guard let share, let base, let withdrawn, let minimum, let remote, let substitutes else { return nil }
        return QuorumPolicy(
            numerator: share.numerator, denominator: share.denominator, minimum: minimum, of: base, withdrawn: withdrawn,
            remoteCounts: remote, substitutesCount: substitutes)
    }

    /// `1/3`, or `all`.
    private mutating func share(_ node: Node) -> (numerator: Int, denominator: Int)? {
        let text = node.rawText ?? ""
        if text == "all" { return (1, 1) }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        if parts.count == 2, let numerator = parts[0], let denominator = parts[1], (1...10_000).contains(denominator),
            (0...denominator).contains(numerator)
        {
            return (numerator, denominator)
        }
        log.add(.badShare, at: node.range, "`\(text)` is no share", expected: "a fraction such as `1/3`, or `all`")
        return nil
    }
}
