public import CEL
public import Calendars
import Diagnostics
import Documents
public import Governance
public import Workflows

/// Why what was filled in does not fit its field.
public struct FormFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Kind: Sendable { case misused, unknownThing, unreadableFile, unusableFile }

    public var kind: Kind
    public var description: String

    public init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}

/// Reads what people write into a form's fields: names become ids, times become instants, files are kept.
public struct FormReader {
    let lookup: Lookup
    /// In whose zone times are meant.
    let zone: Zone
    /// The meeting on whose agenda numbers are looked up, and on whose day a time alone is meant.
    let meeting: ID?
    /// Keeps a file; answers its hash.
    let keep: ([UInt8]) throws -> String

    public init(lookup: Lookup, zone: Zone, meeting: ID?, keep: @escaping ([UInt8]) throws -> String) {
        self.lookup = lookup
        self.zone = zone
        self.meeting = meeting
        self.keep = keep
    }

    /// The value that a text stands for in this field.
    public func value(_ texts: [String], for field: Field) throws -> Value {
        if case .subjects(let kind) = field.type.base {
            let names = texts.flatMap { $0.split(separator: ",") }.map { trimmed(String($0)) }.filter { !$0.isEmpty }
            return .list(try names.map { .string(try thing($0, kind, field)) })
        }
        guard texts.count == 1, let text = texts.first else {
            throw FormFailure(.misused, "the field `\(field.name)` is filled in \(texts.count) times")
        }
        return try value(text, for: field)
    }

    private func value(_ text: String, for field: Field) throws -> Value {
        let isFilled = text.contains { !$0.isWhitespace }
        let mayBeEmpty = field.type.base == .yesNo || ([.text, .longText].contains(field.type.base) && field.type.isOptional)
        guard isFilled || mayBeEmpty else {
            throw FormFailure(.misused, "the field `\(field.name)` is empty: expected \(field.type.base.words)")
        }
        switch field.type.base {
        case .text, .longText: return .string(text)
        case .yesNo: return .bool(try flag(text, field))
        case .number:
            guard let number = Int64(text) else { throw misused(text, field, "a whole number") }
            return .int(number)
        case .date: return .string(try date(text, field).description)
        case .time:
            guard let time = clockTime(text) else { throw misused(text, field, "a time such as 14:00") }
            return .string(time.description)
        case .moment: return .timestamp(Timestamp(seconds: try moment(text, name: field.name).seconds))
        case .choice(let words): return .string(try choice(text, words, field))
        case .subject(let kind): return .string(try thing(text, kind, field))
        case .subjects: return .list([])
        case .workflowCase: return .string(text)
        case .file: return .string(try file(text, field))
        case .list, .map: throw misused(text, field, "nothing: no form holds such values")
        }
    }

    private func misused(_ text: String, _ field: Field, _ expected: String, nearest: String? = nil) -> FormFailure {
        let near = nearest.map { "; did you mean `\($0)`?" } ?? ""
        return FormFailure(.misused, "`\(text)` does not fit the field `\(field.name)`: expected \(expected)\(near)")
    }

    private func flag(_ text: String, _ field: Field) throws(FormFailure) -> Bool {
        switch text.lowercased() {
        case "yes", "true", "y", "": return true
        case "no", "false", "n": return false
        default: throw misused(text, field, "yes or no")
        }
    }

    private func choice(_ text: String, _ words: [String], _ field: Field) throws(FormFailure) -> String {
        let wanted = text.lowercased().replacing([" ", "-"])
        if let word = words.first(where: { $0 == text || $0.lowercased() == wanted }) { return word }
        throw misused(text, field, oneOf(words), nearest: nearestName(to: wanted, among: words))
    }

    private func date(_ text: String, _ field: Field) throws(FormFailure) -> CivilDate {
        switch WrittenMoment.parse(text) {
        case .success(let written): return written.date(in: zone)
        case .failure(let problem): throw misused(text, field, "a date such as 2026-11-18 (\(problem.message))")
        }
    }

    private func file(_ path: String, _ field: Field) throws -> String {
        let bytes: [UInt8]
        do { bytes = try Disk.read(path) } catch { throw FormFailure(.unreadableFile, "the field `\(field.name)`: \(error)") }
        guard !bytes.isEmpty else { throw FormFailure(.unusableFile, "\(path) is empty: there is nothing in it to read") }
        guard !path.lowercased().hasSuffix(".pdf") || Press.isPDF(bytes) else {
            throw FormFailure(
                .unusableFile,
                "\(path) is called PDF and is none: export it as PDF again, or give it the name's ending that it should have")
        }
        return try keep(bytes)
    }

    /// A date and a time; a time alone is meant on the meeting's day, else today.
    public func moment(_ text: String, name: String) throws(FormFailure) -> Instant {
        if let time = clockTime(text) {
            let day = meeting.flatMap { lookup.standing.records.meetings[$0]?.start } ?? lookup.now
            return zone.instant(of: CivilDateTime(zone.civil(at: day).date, time))
        }
        switch WrittenMoment.parse(text) {
        case .success(let written):
            if let instant = written.instant(in: zone) { return instant }
            throw FormFailure(.misused, "`\(text)` does not fit `\(name)`: expected a date and a time such as 2026-11-18 14:00")
        case .failure(let problem):
            throw FormFailure(
                .misused,
                "`\(text)` does not fit `\(name)`: \(problem.message); expected a date and a time such as 2026-11-18 14:00")
        }
    }

    private func thing(_ text: String, _ kind: SubjectKind, _ field: Field) throws(FormFailure) -> ID {
        do { return try thing(text, kind) } catch { throw FormFailure(.unknownThing, "the field `\(field.name)`: \(error)") }
    }

    /// The id of a thing of the records by what people call it.
    public func thing(_ text: String, _ kind: SubjectKind) throws(LookupFailure) -> ID {
        switch kind {
        case .person: return try lookup.person(text)
        case .body: return try lookup.body(text)
        case .organisation: return try lookup.organisation(text)
        case .seat: return try lookup.seat(text)
        case .meeting:
            return try lookup.meeting(text, body: meeting.flatMap { lookup.standing.records.meetings[$0]?.body })
        case .item: return try lookup.item(text, of: meeting)
        case .paper: return try lookup.paper(text, of: meeting)
        case .representative: return try lookup.representative(text, of: meeting)
        case .term:
            guard lookup.standing.records.terms[text] != nil else { throw LookupFailure("there is no term `\(text)`") }
            return text
        case .ofCase(let workflow):
            guard lookup.standing.cases[text]?.workflow == workflow else {
                let open = lookup.standing.cases(of: workflow).filter(\.isOpen).prefix(Lookup.mostCandidates)
                throw LookupFailure("there is no case `\(text)` of `\(workflow)`", candidates: open.map(\.id))
            }
            return text
        }
    }
}

extension String {
    /// With `_` in the place of each of these characters.
    fileprivate func replacing(_ characters: Set<Character>) -> String {
        String(map { characters.contains($0) ? "_" : $0 })
    }
}
