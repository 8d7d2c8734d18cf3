import Calendars
public import Documents
public import Governance
import Workflows

/// The records as a roster that the import takes: read back, it changes nothing.
extension DocumentTable {
    public static func roster(of standing: Standing) -> DocumentTable {
        let records = standing.records
        let name = { (person: ID) in standing.personal[person + "/name"] ?? "" }
        let email = { (person: ID) in standing.email(of: person) ?? "" }
        let organisation = { (id: ID) in records.organisations[id]?.name ?? "" }
        let body = { (id: ID) in records.bodies[id]?.name ?? "" }
        var rows: [[RosterColumn: String]] = []
        let known = { (id: ID) in standing.personal[id + "/reference"] ?? id }
        for it in records.bodies.values.sorted(by: { numbered($0.id, $1.id) }) {
            rows.append([.kind: "body", .id: known(it.id), .name: it.name])
        }
        for it in records.organisations.values.sorted(by: { numbered($0.id, $1.id) }) {
            rows.append([.kind: "organisation", .id: known(it.id), .name: it.name])
        }
        for id in records.people.keys.sorted(by: numbered) where !name(id).isEmpty {
            rows.append([.kind: "person", .id: known(id), .name: name(id), .email: email(id)])
        }
        let who = { (person: ID) -> [RosterColumn: String] in
            email(person).isEmpty ? [.name: name(person)] : [.email: email(person)]
        }
        for it in records.seats.values.sorted(by: { numbered($0.id, $1.id) }) {
            rows.append([
                .kind: "seat", .id: known(it.id), .body: body(it.body), .organisation: organisation(it.organisation),
                .seat: it.name, .rights: it.rights, .marks: (it.marks ?? []).joined(separator: " "),
            ])
        }
        let place = { (seat: ID) -> [RosterColumn: String] in
            guard let it = records.seats[seat] else { return [:] }
            return [.body: body(it.body), .organisation: organisation(it.organisation), .seat: it.name]
        }
        for it in records.terms.values.sorted(by: { numbered($0.id, $1.id) }) where !name(it.person).isEmpty {
            rows.append(
                [.kind: "term", .id: known(it.id), .start: "\(it.start)", .end: "\(it.end)"].merging(who(it.person)) { $1 }
                    .merging(place(it.seat)) { $1 })
        }
        for seat in records.seats.values.sorted(by: { numbered($0.id, $1.id) }) {
            for person in seat.substitutes {
                rows.append([.kind: "substitute"].merging(who(person)) { $1 }.merging(place(seat.id)) { $1 })
            }
        }
        rows += roles(records, who)
        for it in records.organisations.values.sorted(by: { numbered($0.id, $1.id) }) {
            for person in it.constituency {
                rows.append([.kind: "constituency", .organisation: it.name].merging(who(person)) { $1 })
            }
        }
        let columns = RosterColumn.allCases
        return DocumentTable(
            headings: columns.map(\.rawValue), rows: rows.map { row in columns.map { row[$0] ?? "" } })
    }

    private static func roles(
        _ records: Records, _ who: (ID) -> [RosterColumn: String]
    ) -> [[RosterColumn: String]] {
        var rows: [[RosterColumn: String]] = []
        for it in records.bodies.values.sorted(by: { numbered($0.id, $1.id) }) {
            for (role, people) in it.roles.sorted(by: { $0.key < $1.key }) {
                for person in people { rows.append([.kind: "role", .role: role, .body: it.name].merging(who(person)) { $1 }) }
            }
        }
        for it in records.organisations.values.sorted(by: { numbered($0.id, $1.id) }) {
            for (role, people) in it.roles.sorted(by: { $0.key < $1.key }) {
                for person in people {
                    rows.append([.kind: "role", .role: role, .organisation: it.name].merging(who(person)) { $1 })
                }
            }
        }
        return rows
    }
}

extension Desk {
    /// The meetings to come, as the import takes them.
    public func meetingTable(of body: ID?) -> DocumentTable {
        let meetings = standing.records.meetings.values.filter {
            (body == nil || $0.body == body) && !$0.isCancelled && $0.opened == nil && $0.ended == nil && $0.start > now
        }.sorted { numbered(($0.start, $0.id), ($1.start, $1.id)) }
        return DocumentTable(
            headings: MeetingFile.columns,
            rows: meetings.map { it in
                let zone = zone(of: it.body)
                let text = { (instant: Instant) in
                    let civil = zone.civil(at: instant)
                    return "\(civil.date) \(civil.time.description.prefix(5))"
                }
                return [standing.records.bodies[it.body]?.name ?? it.body, it.title, text(it.start), text(it.end), it.place]
            })
    }
}
