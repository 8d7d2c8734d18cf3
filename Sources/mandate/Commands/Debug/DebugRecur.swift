import ArgumentParser
import Calendars
import Foundation
import Governance
import Secretariat

struct DebugRecur: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recur", abstract: "Answer each recurrence rule with its local times.",
        discussion: """
            Each line is {"rrule": "FREQ=MONTHLY;BYDAY=2TU", "dtstart": "2026-01-13T14:00:00", "zone": "Europe/London", "count": 3}; \
            "rdate" and "exdate" may hold lists of dates. The answer is a list of local times, or {"error": ...}.
            """)

    func run() throws {
        try attempt {
            var zones = ZoneShelf()
            while let line = readLine() {
                do { Console.say(try RecurrenceCase(line).answer(&zones)) } catch {
                    Console.say(Plain.ordered([("error", .text("\(error)"))], inOneLine: true))
                }
            }
        }
    }
}

/// Zones read once each.
struct ZoneShelf {
    private var zones: [String: Zone] = [:]

    mutating func zone(_ name: String) throws -> Zone {
        if let known = zones[name] { return known }
        let zone = try Zones.named(name)
        zones[name] = zone
        return zone
    }
}

/// One line of `debug recur`.
private struct RecurrenceCase: Decodable {
    var rrule: String
    var dtstart: String
    var zone: String?
    var count: Int?
    var rdate: [String]?
    var exdate: [String]?

    struct Problem: Error, CustomStringConvertible {
        var description: String
    }

    init(_ line: String) throws {
        do { self = try JSONDecoder().decode(Self.self, from: Data(line.utf8)) } catch let error as DecodingError {
            throw Problem(description: Self.words(for: error))
        }
    }

    private static func words(for error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "there is no `\(key.stringValue)`"
        case .typeMismatch(_, let place), .valueNotFound(_, let place):
            "`\(place.codingPath.map(\.stringValue).joined(separator: "."))` is not what it should be"
        default: "this is not a JSON object"
        }
    }

    func answer(_ zones: inout ZoneShelf) throws -> String {
        let zone = try zone.map { try zones.zone($0) } ?? .utc
        let start = try moment(dtstart, "dtstart", zone)
        var rule: Recurrence
        switch Recurrence.parse(rrule) {
        case .success(let parsed): rule = parsed
        case .failure(let problem):
            throw Problem(description: "rrule: \(problem.message)\(problem.expected.map { "; expected \($0)" } ?? "")")
        }
        rule.added = Set(try (rdate ?? []).map { try moment($0, "rdate", zone).date })
        rule.removed = Set(try (exdate ?? []).map { try moment($0, "exdate", zone).date })
        let times = times(rule, start, zone, try limit())
        if times.isEmpty, case .failure(let failure) = rule.first(from: start.date), !hasEnd(rule) {
            throw Problem(description: "rrule: \(failure)")
        }
        return "[" + times.map { "\"\($0.date)T\($0.time.withSeconds)\"" }.joined(separator: ", ") + "]"
    }

    private func limit() throws -> Int {
        guard let count else { return Self.usualCount }
        guard (0...Self.mostTimes).contains(count) else {
            throw Problem(description: "`count` is to be from 0 to \(Self.mostTimes)")
        }
        return count
    }

    private static let usualCount = 100
    private static let mostTimes = 100_000

    private func hasEnd(_ rule: Recurrence) -> Bool {
        if case .until = rule.end { true } else { false }
    }

    /// Each date at the time of day of the first, as the zone's clocks then show it: where they skip that time, it moves on.
    private func times(_ rule: Recurrence, _ start: CivilDateTime, _ zone: Zone, _ limit: Int) -> [CivilDateTime] {
        let last = lastTime(zone)
        var times: [CivilDateTime] = []
        var dates = rule.dates(from: start.date)
        while times.count < limit, let date = dates.next() {
            let time = CivilDateTime(date, start.time)
            if let last, time > last { break }
            times.append(zone.civil(at: zone.instant(of: time)))
        }
        return times
    }

    /// The time of day in UNTIL, which the rule itself reads as a date; one in UTC is taken to the zone.
    private func lastTime(_ zone: Zone) -> CivilDateTime? {
        let part = rrule.split(separator: ";").first { $0.hasPrefix("UNTIL=") || $0.hasPrefix("RRULE:UNTIL=") }
        guard let text = part?.split(separator: "=").last, text.contains("T") else { return nil }
        return try? moment(String(text), "UNTIL", zone)
    }

    /// `2026-11-18`, `2026-11-18T14:00:00`, or as iCalendar writes it, `20261118T140000`.
    private func moment(_ text: String, _ name: String, _ zone: Zone) throws -> CivilDateTime {
        switch WrittenMoment.parse(Self.spelled(text)) {
        case .success(.date(let date)): return CivilDateTime(date, .midnight)
        case .success(.local(let civil)): return civil
        case .success(.instant(let instant)): return zone.civil(at: instant)
        case .failure(let problem):
            throw Problem(description: "\(name): \(problem.message)\(problem.expected.map { "; expected \($0)" } ?? "")")
        }
    }

    private static func spelled(_ text: String) -> String {
        let digits = Array(text)
        guard digits.count >= 8, digits.prefix(8).allSatisfy(\.isNumber) else { return text }
        let date = "\(String(digits[0..<4]))-\(String(digits[4..<6]))-\(String(digits[6..<8]))"
        guard digits.count >= 15, digits[8] == "T" else { return digits.count == 8 ? date : text }
        return date + "T\(String(digits[9..<11])):\(String(digits[11..<13])):\(String(digits[13...]))"
    }
}

extension CivilTime {
    fileprivate var withSeconds: String {
        [hour, minute, second].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
