import Diagnostics
import Statecharts
import YAML

/// What is wrong between the workflows of a library: words that nobody tells or hears.
///
/// A word that nobody tells is a warning, not an error: a library may leave out a workflow that another would hear.
struct LibraryFindings {
    private(set) var findings: [Finding] = []
    private let outlines: [Outline]
    private let told: Set<String>
    private let announced: Set<String>
    private let heard: Set<String>
    /// What each workflow starts.
    private let starting: [String: Set<String>]

    /// What the engine tells by itself, beside `<document>_settled`.
    static let engineWords = Set(Vocabulary.engineEvents.keys)

    init(_ surroundings: Surroundings, order: [String]) {
        outlines = order.compactMap { surroundings.outlines[$0] }
        announced = Set(outlines.flatMap(\.announced).map(\.text))
        let settled = outlines.flatMap(\.mailed).map { "\($0.text)_settled" }
        told = announced.union(outlines.flatMap(\.told).map(\.text)).union(settled).union(Self.engineWords)
        heard = Set(outlines.flatMap { $0.heard + $0.awaited }.map(\.text))
        starting = surroundings.outlines.mapValues { Set($0.started.map(\.text)) }
        for outline in outlines { check(outline) }
    }

    private mutating func check(_ outline: Outline) {
        for word in outline.heard where !isTold(word.text) {
            add(
                .neverTold, outline, word, "nobody tells `\(word.text)`",
                expected: "a command of this workflow or a word that is told",
                nearest: nearestName(to: word.text, among: told.union(outline.commands)), severity: .warning)
        }
        for word in outline.awaited where !announced.contains(word.text) {
            if told.contains(word.text) {
                add(.notAnnounced, outline, word, "`\(word.text)` is told, but no state announces it", expected: "`on:` for it")
            } else {
                add(
                    .neverTold, outline, word, "`\(word.text)` is no condition, and nobody announces it",
                    expected: "a condition of this workflow or a word that is announced",
                    nearest: nearestName(to: word.text, among: announced), severity: .warning)
            }
        }
        if case .by(let starters, _)? = outline.beginning {
            for word in starters where !(starting[word.text]?.contains(outline.name.text) ?? true) {
                add(.badStart, outline, word, "`\(word.text)` does not start `\(outline.name.text)`", severity: .warning)
            }
        }
        for word in outline.announced where !heard.contains(word.text) {
            // Many an announcement is for workflows to come; one that is nearly a word that is heard is a slip.
            guard let near = nearestName(to: word.text, among: heard, within: 2) else { continue }
            add(.neverHeard, outline, word, "nobody hears `\(word.text)`", nearest: near, severity: .warning)
        }
        var seen: Set<String> = []
        for word in outline.told where !isHeard(word.text) && seen.insert(word.text).inserted {
            add(
                .neverHeard, outline, word, "nobody hears `\(word.text)`", nearest: nearestName(to: word.text, among: heard),
                severity: .warning)
        }
    }

    /// Whether anybody tells what the descriptor fits; the engine itself tells of errors and of ends.
    private func isTold(_ descriptor: String) -> Bool {
        if told.contains(descriptor) || descriptor == "*" { return true }
        let first = descriptor.prefix { $0 != "." }
        return first == "error" || first == "done" || told.contains { Event.fits(descriptor, $0) }
    }

    private func isHeard(_ name: String) -> Bool { heard.contains(name) || heard.contains { Event.fits($0, name) } }

    private mutating func add(
        _ code: FindingCode, _ outline: Outline, _ word: Word, _ message: String, expected: String? = nil,
        nearest: String? = nil,
        severity: Finding.Severity = .error
    ) {
        findings.append(
            Finding(
                severity, code: code.name, file: outline.file, range: word.range, message: message, expected: expected,
                nearest: nearest))
    }
}

extension Vocabulary {
    /// Words that the engine tells by itself; and `<document>_settled` after `mail:`.
    public static let engineEvents: [String: String] = [
        "roll_amended": "the roll of the meeting was put right after it",
        "rules_adopted": "the meeting goes by a new holiday table or new rules",
        "mail_bounced": "a mail to the person came back, so that their address may be wrong",
        "mail_unclear": "the person answered by mail, and only a person can read what they mean",
        "interests_reviewed": "a member said that the registered interests are right, or changed them",
        "code_changed": "a new edition of the code of conduct was recorded",
    ]
}
