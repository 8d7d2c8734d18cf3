public import Calendars
import Diagnostics
public import Governance

/// Why a name that a person wrote means nothing, or too much.
public struct LookupFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public var message: String
    /// Those that it may mean, each as it could be written.
    public var candidates: [String]
    public var nearest: String?

    public init(_ message: String, candidates: [String] = [], nearest: String? = nil) {
        self.message = message
        self.candidates = candidates
        self.nearest = nearest
    }

    public var description: String {
        var text = message
        if !candidates.isEmpty { text += "\n    one of: " + candidates.joined(separator: ", ") }
        if let nearest { text += "\n    did you mean `\(nearest)`?" }
        return text
    }
}

/// Finds what people mean by the names that they write: people, bodies, meetings, items.
public struct Lookup: Sendable {
    public let standing: Standing
    public let now: Instant
    /// In whose zone a body's dates are meant.
    private let zone: @Sendable (ID) -> Zone
    static let mostCandidates = 12

    public init(_ standing: Standing, now: Instant, zone: @escaping @Sendable (ID) -> Zone) {
        self.standing = standing
        self.now = now
        self.zone = zone
    }

    /// A person by id, address, or name; a part of a name does where it is unique.
    public func person(_ text: String) throws(LookupFailure) -> ID {
        let people = standing.records.people
        if people[text] != nil { return text }
        let wanted = text.lowercased()
        if let found = people.keys.first(where: { standing.email(of: $0)?.lowercased() == wanted }) { return found }
        if let found = people.keys.first(where: { standing.personal[$0 + "/reference"] == text }) { return found }
        return try chosen(
            text, "person", among: people.keys.map { Named(id: $0, name: standing.name(of: $0), label: label($0)) })
    }

    /// A body by id or name.
    public func body(_ text: String) throws(LookupFailure) -> ID {
        if standing.records.bodies[text] != nil { return text }
        return try chosen(
            text, "body",
            among: standing.records.bodies.values.map { Named(id: $0.id, name: $0.name, label: "\($0.name) (\($0.id))") })
    }

    /// An organisation by id or name.
    public func organisation(_ text: String) throws(LookupFailure) -> ID {
        if standing.records.organisations[text] != nil { return text }
        return try chosen(
            text, "organisation",
            among: standing.records.organisations.values.map { Named(id: $0.id, name: $0.name, label: "\($0.name) (\($0.id))") }
        )
    }

    /// A seat by id or name.
    public func seat(_ text: String) throws(LookupFailure) -> ID {
        if standing.records.seats[text] != nil { return text }
        return try chosen(
            text, "seat",
            among: standing.records.seats.values.map { Named(id: $0.id, name: $0.name, label: "\($0.name) (\($0.id))") })
    }

    private func label(_ person: ID) -> String {
        "\(standing.name(of: person)) (\(standing.email(of: person) ?? person))"
    }
}

extension Lookup {
    /// A thing with its name and with the words by which it is told from others.
    struct Named {
        var id: ID
        var name: String
        var label: String
    }

    /// The one that the text means: the whole name, else the name in any case, else a part of one.
    func chosen(_ text: String, _ what: String, among things: [Named]) throws(LookupFailure) -> ID {
        let wanted = text.lowercased()
        guard !wanted.isEmpty else { throw LookupFailure("the name of a \(what) is empty") }
        var found = things.filter { $0.name == text }
        if found.isEmpty { found = things.filter { $0.name.lowercased() == wanted } }
        let plain = text.withoutMarks
        if found.isEmpty { found = things.filter { $0.name.withoutMarks == plain } }
        if found.isEmpty { found = things.filter { $0.name.lowercased().contains(wanted) } }
        if found.isEmpty, !plain.isEmpty { found = things.filter { $0.name.withoutMarks.contains(plain) } }
        if found.count == 1, let one = found.first { return one.id }
        guard found.isEmpty else { throw LookupFailure("`\(text)` may mean several", candidates: labels(found)) }
        let near = nearest(to: plain, among: things)
        throw LookupFailure(
            "there is no \(what) `\(text)`", candidates: near.count > 1 ? labels(near) : [],
            nearest: near.count == 1 ? near.first?.name : nil)
    }

    /// Those whose whole name is nearest to the text; else those one word of whose name is.
    private func nearest(to plain: String, among things: [Named]) -> [Named] {
        if let whole = nearestName(to: plain, among: things.map(\.name.withoutMarks)) {
            return things.filter { $0.name.withoutMarks == whole }
        }
        guard plain.count >= Self.shortestGuess else { return [] }
        let words = Set(things.flatMap { $0.name.withoutMarks.split(separator: " ").map(String.init) }).sorted()
        let letters = plain.sorted()
        let meant = words.first { $0.sorted() == letters } ?? nearestName(to: plain, among: words)
        guard let meant else { return [] }
        return things.filter { $0.name.withoutMarks.split(separator: " ").contains(Substring(meant)) }
    }

    /// Fewer letters are near to too much.
    private static let shortestGuess = 4

    func labels(_ things: [Named]) -> [String] {
        let sorted = things.map(\.label).sorted()
        guard sorted.count > Self.mostCandidates else { return sorted }
        return sorted.prefix(Self.mostCandidates) + ["and \(sorted.count - Self.mostCandidates) more"]
    }

    func zone(of body: ID) -> Zone { zone(body) }
}
