import Calendars
import Diagnostics
public import Governance

extension Lookup {
    /// A meeting by id; `next`, the first that has not ended; `last`, the newest that has; or a date. Where `body` is given only its
    /// meetings are meant, else, for `next` and `last`, those of the bodies that `person` has to do with, if any.
    public func meeting(_ text: String, body: ID? = nil, person: ID? = nil) throws(LookupFailure) -> ID {
        if standing.records.meetings[text] != nil { return text }
        let all = meetings(of: body, concerning: text == "next" || text == "last" ? person : nil)
        switch text {
        case "next":
            guard let next = all.first(where: { $0.ended == nil && !$0.isCancelled }) else {
                throw LookupFailure("no meeting is planned")
            }
            return next.id
        case "last":
            guard let last = all.last(where: { $0.ended != nil }) else { throw LookupFailure("no meeting has ended yet") }
            return last.id
        default: return try meeting(onOrCalled: text, among: all)
        }
    }

    private func meeting(onOrCalled text: String, among all: [Meeting]) throws(LookupFailure) -> ID {
        if let date = CivilDate(text) {
            let found = all.filter { zone(of: $0.body).civil(at: $0.start).date == date && !$0.isCancelled }
            if found.count == 1, let one = found.first { return one.id }
            let dates = all.map { zone(of: $0.body).civil(at: $0.start).date.description }
            guard found.isEmpty else {
                throw LookupFailure("there are several meetings on \(text)", candidates: found.map { label(of: $0) })
            }
            throw LookupFailure("there is no meeting on \(text)", nearest: nearestName(to: text, among: dates))
        }
        let titled = all.filter { !$0.title.isEmpty && $0.title.lowercased() == text.lowercased() }
        if titled.count == 1, let one = titled.first { return one.id }
        throw LookupFailure(
            "there is no meeting `\(text)`; a meeting is named by id, `next`, `last` or a date such as 2026-11-18",
            candidates: titled.map { label(of: $0) },
            nearest: nearestName(to: text, among: Array(standing.records.meetings.keys) + ["next", "last"]))
    }

    /// In order of time, cancelled ones included.
    private func meetings(of body: ID?, concerning person: ID?) -> [Meeting] {
        let all = standing.records.meetings.values.filter { body == nil || $0.body == body }
            .sorted { numbered(($0.start, $0.id), ($1.start, $1.id)) }
        guard body == nil, let person else { return all }
        let theirs = bodies(of: person)
        let narrowed = all.filter { theirs.contains($0.body) }
        return narrowed.isEmpty ? all : narrowed
    }

    /// The bodies on which a person sits, has a role, or for which they coordinate.
    public func bodies(of person: ID) -> Set<ID> {
        let records = standing.records
        var found = Set(records.bodies.values.filter { $0.roles.values.contains { $0.contains(person) } }.map(\.id))
        let seats =
            records.terms.values.filter { $0.person == person }.map(\.seat)
            + records.representatives.values.filter { $0.person == person }.map(\.seat)
            + records.seats.values.filter { seat in
                records.organisations[seat.organisation]?.roles.values.contains { $0.contains(person) } ?? false
            }.map(\.id)
        found.formUnion(seats.compactMap { records.seats[$0]?.body })
        return found
    }

    /// `m3, Health Partnership on Wed 18 Nov 2026`.
    public func label(of meeting: Meeting) -> String {
        let body = standing.records.bodies[meeting.body]?.name ?? meeting.body
        return "\(meeting.id), \(body) on \(zone(of: meeting.body).civil(at: meeting.start).date.words)"
    }

    /// An item of a meeting by id, its number on the agenda, or its title. An id is found without the meeting.
    public func item(_ text: String, of meeting: ID?) throws(LookupFailure) -> ID {
        if standing.records.items[text] != nil { return text }
        guard let meeting else { throw LookupFailure("say which meeting the item `\(text)` belongs to, or give the item's id") }
        let items = standing.records.items(of: meeting)
        if let number = Int(text) {
            guard number >= 1, number <= items.count else {
                throw LookupFailure(
                    "the agenda has no item \(text)", candidates: items.enumerated().map { "\($0 + 1) (\($1.title))" })
            }
            return items[number - 1].id
        }
        return try chosen(text, "item", among: items.map { Named(id: $0.id, name: $0.title, label: "\($0.title) (\($0.id))") })
    }

    /// A paper of a meeting by id or title.
    public func paper(_ text: String, of meeting: ID?) throws(LookupFailure) -> ID {
        if standing.records.papers[text] != nil { return text }
        let papers = meeting.map { standing.records.papers(of: $0) } ?? Array(standing.records.papers.values)
        return try chosen(
            text, "paper", among: papers.map { Named(id: $0.id, name: $0.title, label: "\($0.title) (\($0.id))") })
    }

    /// A representative by id, or by the person, where they sit on the meeting's body once.
    public func representative(_ text: String, of meeting: ID?) throws(LookupFailure) -> ID {
        if standing.records.representatives[text] != nil { return text }
        let person = try person(text)
        let body = meeting.flatMap { standing.records.meetings[$0]?.body }
        let found = standing.records.representatives.values.filter { it in
            it.person == person && (body == nil || standing.records.seats[it.seat]?.body == body)
        }
        if found.count == 1, let one = found.first { return one.id }
        guard found.isEmpty else {
            let labels = found.sorted { numbered($0.id, $1.id) }
                .map { "\($0.id) (\(standing.records.seats[$0.seat]?.name ?? $0.seat))" }
            throw LookupFailure("\(standing.name(of: person)) has several seats", candidates: labels)
        }
        throw LookupFailure("\(standing.name(of: person)) represents nobody there")
    }
}
