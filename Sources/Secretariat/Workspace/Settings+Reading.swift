import Calendars
import Diagnostics
import Post
import YAML

extension Settings {
    /// Reads mandate.yaml; nil where a finding is an error.
    static func read(bytes: [UInt8], name: String) -> (settings: Settings?, source: SourceText, findings: [Finding]) {
        let (source, node, findings) = parseYAML(bytes: bytes, name: name)
        var log = FindingLog(file: name)
        log.add(findings)
        guard let node, let fields = node.mapping(allowing: keys, of: "mandate.yaml", &log) else {
            return (nil, source, log.findings)
        }
        let settings = read(fields, &log)
        return (log.hasErrors ? nil : settings, source, log.findings.sorted())
    }

    private static let keys = [
        "society", "zone", "rules", "holidays", "policies", "reminders_at", "post", "bodies", "acting_as", "public_address",
        "quiet_hours", "channel",
        "answers",
    ]

    private static func read(_ fields: Fields, _ log: inout FindingLog) -> Settings {
        var settings = Settings(society: fields.required("society", of: "mandate.yaml", &log)?.text(of: "society", &log) ?? "")
        if let node = fields["zone"], let zone = node.text(of: "zone", &log) { settings.zone = zone }
        if let node = fields["rules"], let rules = node.text(of: "rules", &log) { settings.rules = rules }
        if let node = fields["holidays"] {
            settings.holidays = node.rawText == Settings.noHolidays ? nil : node.text(of: "holidays", &log)
        }
        if let node = fields["reminders_at"], let text = node.text(of: "reminders_at", &log) {
            if let time = clockTime(text) {
                settings.remindersAt = time
            } else {
                log.add(.wrongShape, at: node.range, "`\(text)` is no time of day", expected: "a time such as 08:00")
            }
        }
        if let node = fields["acting_as"], !node.isNull { settings.actingAs = node.text(of: "acting_as", &log) }
        if let node = fields["public_address"], !node.isNull {
            settings.publicAddress = node.text(of: "public_address", &log)
        }
        if let node = fields["quiet_hours"], !node.isNull { settings.quietHours = readQuietHours(node, &log) }
        if let node = fields["channel"], let word = node.choice(among: Channel.allCases.map(\.rawValue), of: "channel", &log) {
            settings.channel = Channel(rawValue: word) ?? .now
        }
        if let node = fields["post"] { readPost(node, into: &settings, &log) }
        if let node = fields["answers"] { readAnswers(node, into: &settings, &log) }
        settings.policies = readPolicies(fields["policies"], &log)
        for entry in fields["bodies"]?.namedEntries(of: "bodies", &log) ?? [] {
            if let name = entry.key.rawText { settings.bodies[name] = readBody(entry.value, &log) }
        }
        return settings
    }

    private static func readQuietHours(_ node: Node, _ log: inout FindingLog) -> QuietHours? {
        guard let fields = node.mapping(allowing: ["from", "to"], of: "quiet_hours", &log) else { return nil }
        let times = ["from", "to"].compactMap { key -> CivilTime? in
            guard let place = fields.required(key, of: "quiet_hours", &log), let text = place.text(of: key, &log) else {
                return nil
            }
            if let time = clockTime(text) { return time }
            log.add(.wrongShape, at: place.range, "`\(text)` is no time of day", expected: "a time such as 21:00")
            return nil
        }
        guard times.count == 2 else { return nil }
        if times[0] == times[1] {
            log.add(
                .wrongShape, at: node.range, "from \(times[0]) to \(times[1]) is no time at all", expected: "two times of day")
        }
        return QuietHours(from: times[0], to: times[1])
    }

    private static func readAnswers(_ node: Node, into settings: inout Settings, _ log: inout FindingLog) {
        guard let answers = node.mapping(allowing: ["to", "inbox"], of: "answers", &log) else { return }
        if let address = answers.required("to", of: "answers", &log)?.text(of: "to", &log) {
            settings.answersTo = address
            if (try? Address(address)) == nil {
                log.add(
                    .wrongShape, at: answers["to"]?.range ?? node.range, "`\(address)` is no mail address",
                    expected: "one such as answers@example.org")
            }
        }
        if let folder = answers["inbox"].flatMap({ $0.text(of: "inbox", &log) }) { settings.inbox = folder }
    }

    private static func readBody(_ node: Node, _ log: inout FindingLog) -> BodySettings? {
        guard let fields = node.mapping(allowing: ["rules", "zone", "holidays", "policies"], of: "a body", &log) else {
            return nil
        }
        var body = BodySettings()
        body.rules = fields["rules"].flatMap { $0.text(of: "rules", &log) }
        body.zone = fields["zone"].flatMap { $0.text(of: "zone", &log) }
        body.holidays = fields["holidays"].flatMap { $0.text(of: "holidays", &log) }
        body.policies = readPolicies(fields["policies"], &log)
        return body
    }

    private static func readPolicies(_ node: Node?, _ log: inout FindingLog) -> [String: String] {
        var policies: [String: String] = [:]
        for entry in node?.namedEntries(of: "policies", &log) ?? [] {
            let isText = entry.value.entries == nil && entry.value.elements == nil
            if isText, entry.value.text(of: "a policy", &log) == nil { continue }
            if let name = entry.key.rawText { policies[name] = entry.value.inOneLine }
        }
        return policies
    }
}

/// `08:00` as a time of day.
func clockTime(_ text: String) -> CivilTime? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts.allSatisfy({ $0.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } })
    else {
        return nil
    }
    let numbers = parts.compactMap { Int($0) }
    return CivilTime(hour: numbers[0], minute: numbers[1], second: numbers.count == 3 ? numbers[2] : 0)
}
