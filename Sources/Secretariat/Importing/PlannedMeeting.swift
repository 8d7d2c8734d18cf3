import Calendars
import Diagnostics
import Documents
import Governance

/// A meeting as a file from elsewhere plans it.
struct PlannedMeeting {
    /// Where it stands in the file, in words: `row 3`, `entry 2 (Board)`.
    var place: String
    var body: ID
    var title: String?
    var room: String?
    var start: Instant
    var end: Instant?
    var isCancelled = false
}

/// The meetings in a file, or all that is wrong with it.
struct MeetingFile {
    private(set) var meetings: [PlannedMeeting] = []
    private(set) var problems: [String] = []
    private let lookup: Lookup
    private let standing: Standing
    /// The body whose meetings they are, where the command says so.
    private let named: ID?
    private let zone: (ID?) -> Zone

    private init(_ lookup: Lookup, body: ID?, zone: @escaping (ID?) -> Zone) {
        self.lookup = lookup
        standing = lookup.standing
        named = body
        self.zone = zone
    }

    private mutating func body(_ text: String?, _ place: String) -> ID? {
        if let text, !text.isEmpty {
            do { return try lookup.body(text) } catch {
                problems.append("\(place): \(error)")
                return nil
            }
        }
        if let named { return named }
        if standing.records.bodies.count == 1 { return standing.records.bodies.keys.first }
        problems.append("\(place): whose meeting is it? say so with --body")
        return nil
    }
}

// Calendars.
extension MeetingFile {
    /// The events of a calendar: each a meeting of the body.
    init(_ file: CalendarFile, _ lookup: Lookup, body: ID?, zone: @escaping (ID?) -> Zone) {
        self.init(lookup, body: body, zone: zone)
        for (index, entry) in file.entries.enumerated() where entry.kind == .event {
            read(entry, "entry \(index + 1) (\(entry.summary))")
        }
        if file.entries.isEmpty { problems.append("the calendar is empty") }
    }

    private mutating func read(_ entry: CalendarEntry, _ place: String) {
        guard let body = body(nil, place) else { return }
        if let rule = entry.recurrence {
            problems.append(
                "\(place): a series (\(rule)) is not read; plan it with `mandate meeting series --rule \"\(rule)\"`")
            return
        }
        guard let start = entry.start.flatMap({ instant($0, body) }) else {
            problems.append("\(place): it has no time of day at which it begins, or a time zone that is not known")
            return
        }
        let end = entry.end.flatMap { instant($0, body) }
        if let end, end <= start { problems.append("\(place): it ends before it begins") }
        let name = standing.records.bodies[body]?.name
        meetings.append(
            PlannedMeeting(
                place: place, body: body, title: entry.summary.isEmpty || entry.summary == name ? nil : entry.summary,
                room: entry.location, start: start, end: end, isCancelled: entry.status == .cancelled))
    }

    private func instant(_ moment: CalendarMoment, _ body: ID) -> Instant? {
        switch moment {
        case .instant(let seconds): return Instant(seconds: seconds)
        case .day: return nil
        case .local(let text, let name, let known):
            if let known { return Instant(seconds: known) }
            let own = zone(body)
            guard let zone = name.map({ $0 == own.name ? own : try? Zones.named($0) }) ?? own,
                case .success(let written) = WrittenMoment.parse(String(text.prefix(16)))
            else { return nil }
            return written.instant(in: zone)
        }
    }
}

// Tables.
extension MeetingFile {
    static let columns = ["body", "title", "start", "end", "place"]

    /// A table with the columns `body` (or the one named), `title`, `start`, `end`, `place`.
    init(_ source: SourceText, _ lookup: Lookup, body: ID?, zone: @escaping (ID?) -> Zone) {
        self.init(lookup, body: body, zone: zone)
        let table = CommaSeparated(source)
        problems += table.findings.map { $0.rendered(in: source) }
        guard let head = table.rows.first(where: { !$0.isBlank }) else {
            problems.append("the file is empty")
            return
        }
        let names = head.cells.map { $0.text.lowercased() }
        for name in names where !Self.columns.contains(name) {
            let nearest = nearestName(to: name, among: Self.columns).map { "; did you mean `\($0)`?" } ?? ""
            problems.append("there is no column `\(name)`\(nearest) (columns: \(Self.columns.joined(separator: ", ")))")
        }
        guard problems.isEmpty else { return }
        for row in table.rows where row.number > head.number && !row.isBlank {
            let cells = zip(names, row.cells).map { ($0, $1.text) }
            read(Dictionary(cells) { first, _ in first }, "row \(row.number)")
        }
    }

    /// Whether a table is one of meetings and not a roster.
    static func isTable(_ source: SourceText) -> Bool {
        let head = source.text.drop { $0 == "\u{FEFF}" || $0.isWhitespace }.prefix { !$0.isNewline }.lowercased()
        let names = head.split(separator: ",").map { trimmed(String($0)).filter { $0 != "\"" } }
        return names.contains("start") && !names.contains("kind")
    }

    private mutating func read(_ cells: [String: String], _ place: String) {
        guard let body = body(cells["body"], place), let start = moment(cells["start"], body, place, nil) else { return }
        var end: Instant?
        if let text = cells["end"], !text.isEmpty {
            guard let found = moment(text, body, place, zone(body).civil(at: start).date) else { return }
            end = found
            if found <= start { problems.append("\(place): it ends before it begins") }
        }
        meetings.append(
            PlannedMeeting(
                place: place, body: body, title: cells["title"].flatMap { $0.isEmpty ? nil : $0 },
                room: cells["place"].flatMap { $0.isEmpty ? nil : $0 }, start: start, end: end))
    }

    /// A date and a time; a time alone is on the day given.
    private mutating func moment(_ text: String?, _ body: ID, _ place: String, _ day: CivilDate?) -> Instant? {
        let whole = day.map { (text ?? "").contains("-") ? text ?? "" : "\($0) \(text ?? "")" } ?? text ?? ""
        if case .success(let written) = WrittenMoment.parse(whole), let instant = written.instant(in: zone(body)) {
            return instant
        }
        problems.append("\(place): `\(text ?? "")` is no date and time such as 2026-11-18 14:00")
        return nil
    }
}
