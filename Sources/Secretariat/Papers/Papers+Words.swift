import CEL
import Calendars
import Documents
import Governance
import Workflows

// Dates and times as people read them, in the zone of the body that meets.
extension Papers {
    func zone(of body: ID?) -> Zone { registrar.rulebook.binding(of: body).zone }

    func today(for body: ID?) -> CivilDate { zone(of: body).civil(at: now).date }

    /// `Tuesday 17 November 2026`.
    func day(of instant: Instant, for body: ID?) -> String { zone(of: body).civil(at: instant).date.longWords }

    /// `17 November 2026`.
    func date(of instant: Instant, for body: ID?) -> String { zone(of: body).civil(at: instant).date.dayAndMonth }

    /// `14:32`.
    func clock(_ instant: Instant, for body: ID?) -> String {
        let time = zone(of: body).civil(at: instant).time
        return twoDigits(time.hour) + ":" + twoDigits(time.minute)
    }

    /// `Tuesday 17 November 2026, 14:00 GMT`.
    func moment(_ instant: Instant, for body: ID?) -> String {
        "\(day(of: instant, for: body)), \(clock(instant, for: body)) \(zone(of: body).abbreviation(at: instant))"
    }

    /// A due moment; without a clock it is a whole day.
    func due(_ instant: Instant, hasClock: Bool, for body: ID?) -> String {
        hasClock ? moment(instant, for: body) : day(of: instant, for: body)
    }

    private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension CivilDate {
    /// `17 November 2026`.
    var dayAndMonth: String { "\(day) \(Self.months[month - 1]) \(year)" }

    /// `Tuesday 17 November 2026`.
    var longWords: String { "\(weekday.name) \(dayAndMonth)" }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}

/// `a, b and c`.
func enumerated(_ things: [String]) -> String {
    guard let last = things.last, things.count > 1 else { return things.first ?? "" }
    return things.dropLast().joined(separator: ", ") + " and " + last
}

/// `1 paper`, `2 papers`.
func counted(_ number: Int, _ thing: String) -> String { number == 1 ? "1 \(thing)" : "\(number) \(thing)s" }

extension String {
    /// With a capital at the start.
    var capitalised: String { prefix(1).uppercased() + dropFirst() }

    /// Nil where there is nothing to show.
    var nonEmpty: String? { isEmpty ? nil : self }
}

// The variables of a case.
extension Case {
    func word(_ name: String) -> String? {
        if case .string(let text)? = variables[name] { text } else { nil }
    }

    func flag(_ name: String) -> Bool { variables[name] == .bool(true) }

    func number(_ name: String) -> Int {
        if case .int(let number)? = variables[name] { Int(number) } else { 0 }
    }

    func thing(_ name: String) -> ID? {
        if case .object(let reference)? = variables[name] { reference.id } else { nil }
    }

    /// When a command was last given, if it counts still: not before any of these others.
    func given(_ command: String, notBefore others: String...) -> Given? {
        guard let it = given[command] else { return nil }
        return others.contains { (given[$0]?.at ?? .earliest) > it.at } ? nil : it
    }
}
