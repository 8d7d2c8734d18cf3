public import Calendars
public import Diagnostics
import YAML

/// Reads a rule pack; there is none where a finding is an error.
///
/// Under `own:` a body's values may stand in the place of the pack's, each by its policy's name.
/// - Parameter hash: the hash of the text, to which cases are pinned.
public func readRulePack(_ source: SourceText, hash: String) -> (RulePack?, [Finding]) {
    let (node, findings) = parseYAML(source)
    var reader = RulePackReader(log: FindingLog(file: source.name), hash: hash)
    reader.log.add(findings)
    let pack = node.flatMap { reader.pack($0) }
    return (reader.log.hasErrors ? nil : pack, reader.log.findings)
}

extension RulePack {
    /// The findings of its cases: one for each that it does not meet, at the case's place in the file.
    public func findings(ofCasesIn file: String, holidays: HolidayTable?) -> [Finding] {
        var log = FindingLog(file: file)
        for (example, answer) in failingCases(holidays: holidays) {
            log.add(
                .failingCase, at: example.origin, "the case \"\(example.name)\" does not hold: the rules answer \(answer)",
                expected: "what stands under `gives`")
        }
        return log.findings
    }
}

/// Each policy has a `value`, and a citation: its `source` and whether the source's words were read (`status`).
struct RulePackReader {
    var log: FindingLog
    let hash: String
    var name = ""
    private var citations: [String: RulePack.Citation] = [:]
    /// Values in the place of the pack's: the body's own, or those of a case.
    private var own: [String: Node] = [:]

    init(log: FindingLog, hash: String) {
        self.log = log
        self.hash = hash
    }

    private static let required = [
        "clear_days", "working_days", "notice", "short_notice", "agenda", "papers", "quorum", "inquorate_item",
        "deferrals_allowed",
    ]
    static let policies =
        required + ["shorter_notice", "receipt", "late_items", "voters", "ties", "interests", "attendance"]
        + RulePack.interestPeriods

    mutating func pack(_ node: Node) -> RulePack? {
        let keys = ["rules", "title", "holidays", "policies", "own", "cases"]
        guard let fields = node.mapping(allowing: keys, of: "a rule pack", &log) else { return nil }
        name = fields.required("rules", of: "a rule pack", &log)?.text(of: "the rule pack's name", &log) ?? ""
        let title = fields.required("title", of: "a rule pack", &log)?.text(of: "a title", &log) ?? ""
        guard
            let policies = fields.required("policies", of: "a rule pack", &log)?
                .mapping(allowing: Self.policies, of: "a rule pack", &log)
        else { return nil }
        own = values(fields["own"])
        guard var pack = policed(policies, title) else { return nil }
        pack.holidays = fields["holidays"].flatMap { $0.text(of: "`holidays`", &log) }
        for node in fields["cases"]?.items ?? [] {
            let values = node.entries?.first { $0.key.rawText == "with" }?.value
            let amended = values.flatMap { self.amended($0, policies, pack) }
            if let example = example(node, amended) { pack.cases.append(example) }
        }
        return pack
    }

    /// Values by the names of the policies that they stand for.
    private mutating func values(_ node: Node?) -> [String: Node] {
        guard let node, node.mapping(allowing: Self.policies, of: "a list of policies", &log) != nil else { return [:] }
        return Dictionary((node.entries ?? []).map { ($0.key.rawText ?? "", $0.value) }) { first, _ in first }
    }

    /// The pack with the values that a case lays over it.
    private mutating func amended(_ node: Node, _ policies: Fields, _ pack: RulePack) -> RulePack? {
        let kept = (own, citations)
        own.merge(values(node)) { $1 }
        defer { (own, citations) = kept }
        return policed(policies, pack.title)
    }

    private mutating func policed(_ policies: Fields, _ title: String) -> RulePack? {
        let counting = self.counting("clear_days", policies)
        let working = self.counting("working_days", policies)
        let short = value("short_notice", policies).flatMap { shortNotice($0) }
        let quorum = value("quorum", policies).flatMap { self.quorum($0) }
        let item = value("inquorate_item", policies)?
            .choice(among: ["defer", "next_business"], of: "`inquorate_item`", &log).flatMap { InquorateItem(rawValue: $0) }
        let deferrals = value("deferrals_allowed", policies)?.integer(in: 0...100, of: "`deferrals_allowed`", &log)
        guard let counting, let working, let short, let quorum, let item, let deferrals else { return nil }
        var pack = RulePack(
            name: name, title: title, hash: hash, counting: counting, working: working, periods: periods(policies),
            whenNoticeIsShort: short.whenShort, quorum: quorum, inquorateItem: item, deferralsAllowed: deferrals,
            citations: [:])
        pack.notice = short
        readOptional(policies, into: &pack)
        pack.citations = citations
        return pack
    }

    private mutating func readOptional(_ policies: Fields, into pack: inout RulePack) {
        pack.notice.shorter = optional("shorter_notice", policies).flatMap { shorterNotice($0) }
        if let node = optional("late_items", policies) {
            pack.notice.mayDecideLateItems =
                node.choice(among: ["may_be_decided", "may_not_be_decided"], of: "`late_items`", &log) != "may_not_be_decided"
        }
        if let node = optional("voters", policies) {
            let names = VoterPolicy.allCases.map(\.rawValue)
            pack.voters = node.choice(among: names, of: "`voters`", &log).flatMap { VoterPolicy(rawValue: $0) } ?? .allPresent
        }
        if let node = optional("ties", policies) {
            let names = TiePolicy.allCases.map(\.rawValue)
            pack.ties = node.choice(among: names, of: "`ties`", &log).flatMap { TiePolicy(rawValue: $0) } ?? .lost
        }
        if let node = optional("interests", policies) { pack.interests = interests(node) }
        if let node = optional("attendance", policies) { pack.attendance = attendance(node) }
    }

    private func optional(_ key: String, _ policies: Fields) -> Bool { policies[key] != nil || own[key] != nil }

    private mutating func optional(_ key: String, _ policies: Fields) -> Node? {
        optional(key, policies) ? value(key, policies) : nil
    }

    /// The value of a policy; its citation is kept.
    private mutating func value(_ key: String, _ policies: Fields) -> Node? {
        let written = policies[key].map { $0.mapping(allowing: Self.ofAPolicy, of: "a policy", &log) } ?? nil
        if let value = own[key] {
            let instead = written?["value"].map { " in place of \($0.inOneLine)" } ?? ""
            citations[key] = RulePack.Citation(source: "mandate.yaml\(instead), as \(name) has it", status: .own)
            return written?["value"].map { value.laid(over: $0) } ?? value
        }
        guard let node = policies.required(key, of: "a rule pack", &log), let fields = written else { return nil }
        cite(key, fields)
        guard let value = fields.key("value") else {
            log.add(.missingKey, at: node.range, "a policy needs `value`", expected: "`value`")
            return nil
        }
        return fields["value"] ?? value
    }

    private static let ofAPolicy = ["value", "source", "status", "contested"]

    private mutating func cite(_ key: String, _ fields: Fields) {
        let source = fields.required("source", of: "a policy", &log)?.text(of: "a source", &log)
        let status = fields.required("status", of: "a policy", &log)?
            .choice(among: ["verified", "unverified"], of: "a status", &log).flatMap { RulePack.Citation.Status(rawValue: $0) }
        let contested = fields["contested"].flatMap { $0.text(of: "`contested`", &log) }
        guard let source, let status else { return }
        citations[key] = RulePack.Citation(source: source, status: status, contested: contested)
    }
}

// Counting and periods.
extension RulePackReader {
    private mutating func counting(_ key: String, _ policies: Fields) -> CountingPolicy? {
        guard let node = value(key, policies) else { return nil }
        return leavingOut(node, key)
    }

    /// A list of days that do not count.
    private mutating func leavingOut(_ node: Node, _ key: String) -> CountingPolicy? {
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
        let citation = citations[key]
        let source = [citation?.source, citation?.contested.map { "contested: \($0)" }].compactMap(\.self)
        return CountingPolicy(
            weekdaysLeftOut: Weekdays(weekdays), leavesOutHolidays: leavesOutHolidays, name: owner(of: key),
            source: source.isEmpty ? nil : source.joined(separator: "; "))
    }

    private func owner(of key: String) -> String { citations[key]?.status == .own ? "the body's own" : name }

    private mutating func periods(_ policies: Fields) -> [String: PolicyPeriod] {
        var periods: [String: PolicyPeriod] = [:]
        for key in RulePack.periodNames {
            let isRequired = RulePack.requiredPeriods.contains(key)
            guard isRequired || optional(key, policies), let node = value(key, policies) else { continue }
            periods[key] = period(node, key)
        }
        return periods
    }

    /// `5 clear days`, or `{period: 28 days, counting: inclusive}` where it matters whether the first day counts.
    private mutating func period(_ node: Node, _ key: String) -> PolicyPeriod? {
        let saysCounting = RulePack.interestPeriods.contains(key)
        guard node.entries != nil || saysCounting else { return period(node, key, firstDayCounts: false) }
        guard let fields = node.mapping(allowing: ["period", "counting", "leaving_out"], of: "a period", &log) else {
            return nil
        }
        guard let length = fields.required("period", of: "a period", &log) else { return nil }
        var firstDayCounts = false
        if saysCounting || fields["counting"] != nil {
            guard
                let word = fields.required("counting", of: "a period of `\(key)`", &log)?
                    .choice(among: ["inclusive", "exclusive"], of: "`counting`", &log)
            else { return nil }
            firstDayCounts = word == "inclusive"
        }
        var period = period(length, key, firstDayCounts: firstDayCounts)
        if let node = fields["leaving_out"] { period?.counting = leavingOut(node, key) }
        return period
    }

    private mutating func period(_ node: Node, _ key: String, firstDayCounts: Bool) -> PolicyPeriod? {
        guard let period = counted(node, key) else { return nil }
        let citation = citations[key]
        return PolicyPeriod(
            period, policy: owner(of: key), source: citation?.source, status: citation?.status.rawValue,
            firstDayCounts: firstDayCounts)
    }

    mutating func counted(_ node: Node, _ key: String) -> CountedPeriod? {
        guard let text = node.text(of: "`\(key)`", &log) else { return nil }
        switch CountedPeriod.parse(text) {
        case .success(let period): return period
        case .failure(let problem):
            log.add(
                .badPeriod, at: node.range(ofBytes: problem.range), problem.message, expected: problem.expected,
                nearest: problem.nearest)
            return nil
        }
    }
}

extension Node {
    /// A mapping with what the other says besides: single keys may be laid over a policy. Any other value takes the whole place.
    fileprivate func laid(over other: Node) -> Node {
        guard let entries, let others = other.entries else { return self }
        let kept = others.filter { entry in !entries.contains { $0.key.rawText == entry.key.rawText } }
        return Node(range: range, content: .mapping(entries + kept))
    }
}
