import ArgumentParser
import Calendars
import Foundation
import Governance
import Secretariat
import Workflows

/// One step of a rehearsal: when, who, and what in the words of `mandate do`.
struct Step {
    var at: Instant?
    var who: String
    var words: [String]
    /// Whether it was only supposed: then what its form lacks is filled in.
    var isSupposed = false

    /// A line of a script; nil for an empty one or a comment.
    init?(line: String, in session: Session) throws {
        let words = try Self.words(of: line)
        guard !words.isEmpty else { return nil }
        guard words.count >= 4 else { throw UsageFailure("a step is `2026-11-02 10:00  who  command --field value`") }
        at = try Self.instant(words[0], words[1], in: session)
        who = words[2]
        self.words = Array(words[3...])
    }

    /// A step that is supposed: its time may be left out, and `apologises` means the command `apologise`.
    init(supposed text: String, in session: Session) throws {
        var words = try Self.words(of: text)
        if words.count >= 4, CivilDate(words[0]) != nil {
            at = try Self.instant(words[0], words[1], in: session)
            words.removeFirst(2)
        }
        guard words.count >= 2 else { throw UsageFailure("`\(text)` does not say who does what, such as 'ann apologises'") }
        who = words[0]
        self.words = Array(words[1...])
        self.words[0] = Self.command(words[1].underscored, in: session)
        isSupposed = true
    }

    /// `apologises` and `declares_none` as the commands that there are.
    private static func command(_ word: String, in session: Session) -> String {
        let names = Set(session.rulebook.workflows.values.flatMap(\.commands).map(\.name))
        if names.contains(word) { return word }
        var parts = word.split(separator: "_").map(String.init)
        guard let verb = parts.first, verb.hasSuffix("s") else { return word }
        parts[0] = String(verb.dropLast())
        if names.contains(parts.joined(separator: "_")) { return parts.joined(separator: "_") }
        if verb.hasSuffix("es") {
            parts[0] = String(verb.dropLast(2))
            if names.contains(parts.joined(separator: "_")) { return parts.joined(separator: "_") }
        }
        return word
    }

    static func instant(_ date: String, _ time: String, in session: Session) throws -> Instant {
        guard case .success(let written) = WrittenMoment.parse("\(date) \(time)"),
            let instant = written.instant(in: session.workspace.zone)
        else { throw UsageFailure("`\(date) \(time)` is no moment: expected a date and a time such as 2026-11-18 14:00") }
        return instant
    }

    /// Words parted by spaces; quotes hold words together, `#` begins a comment.
    static func words(of line: String) throws -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in line {
            if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "\"" || (character == "'" && word == nil) {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace {
                if let whole = word { words.append(whole) }
                word = nil
            } else if character == "#", word == nil {
                break
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if quote != nil { throw UsageFailure("a quote is not closed") }
        return words + (word.map { [$0] } ?? [])
    }

    /// The request, as `mandate do` would make it.
    func request(in session: Session, about meeting: String?) throws -> Request {
        let command: DoCommand
        do { command = try DoCommand.parse(words) } catch {
            throw UsageFailure("`\(words.joined(separator: " "))`: \(DoCommand.message(for: error))")
        }
        var request = Request("", by: try person(in: session))
        request.behalf = command.acting.onBehalfOf
        request.occurred = command.acting.occurred
        try command.fill(&request, in: session)
        if request.meeting == nil, request.ofCase == nil, request.item == nil,
            !session.fieldNames(of: request.command).contains("meeting")
        {
            request.meeting = meeting
        }
        return request
    }

    /// A name that only one person bears, by its first word too.
    func person(in session: Session) throws -> String {
        if (try? session.lookup.person(who)) != nil { return who }
        let found = session.records.people.keys.filter { id in
            session.standing.name(of: id).split(separator: " ").first?.lowercased() == who.lowercased()
        }
        if found.count == 1, let one = found.first { return one }
        return try session.lookup.person(who)
    }
}

extension [Step] {
    /// By time; those of one time as they stand, those without one first.
    var inOrder: [Step] {
        enumerated().sorted { ($0.element.at ?? .earliest, $0.offset) < ($1.element.at ?? .earliest, $1.offset) }.map(\.element)
    }
}
