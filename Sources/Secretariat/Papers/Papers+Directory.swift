import Calendars
import Documents
public import Governance
import Workflows

// Who sits where.
extension Papers {
    /// All bodies, or one, with their seats. Addresses are for those whom the records know; the public gets names.
    public func directory(_ body: ID? = nil, reader: ID? = nil, isMailed: Bool = false) throws -> DirectoryView {
        if let body, records.bodies[body] == nil { throw PaperFailure("there is no body `\(body)`") }
        let bodies = body.map { [$0] } ?? records.bodies.keys.sorted(by: numbered)
        let isPublic = reader == nil
        let organisations = records.organisations.values.sorted { numbered($0.id, $1.id) }.filter { it in
            body == nil || records.seats.values.contains { $0.organisation == it.id && $0.body == body }
        }
        return DirectoryView(
            holder: body.map { self.body($0) } ?? society, date: day(of: now, for: body),
            letter: isMailed ? letter(to: reader, body: body) : nil, isPublic: isPublic,
            bodies: bodies.map { directory(of: $0, isPublic) },
            organisations: organisations.map { it in
                DirectoryOrganisationView(
                    name: it.name,
                    coordinators: (it.roles["coordinator"] ?? []).map { contact($0, role: "Coordinator", isPublic) },
                    seats: records.seats.values.filter { $0.organisation == it.id && (body == nil || $0.body == body) }
                        .sorted { numbered($0.id, $1.id) }.map { "\(self.body($0.body)): \($0.name)" })
            })
    }

    private func directory(of body: ID, _ isPublic: Bool) -> DirectoryBodyView {
        let officers = Self.offices.flatMap { role, title in
            holders(role, of: body).map { person in contact(person, role: title, isPublic) }
        }
        let next = records.meetings(of: body).first { $0.start > now && $0.ended == nil }
        return DirectoryBodyView(
            name: self.body(body), officers: officers, next: next.map { view(of: $0) },
            seats: records.seats(of: body).map { directory(of: $0, isPublic) })
    }

    private func directory(of seat: Seat, _ isPublic: Bool) -> DirectorySeatView {
        let holder = holder(of: seat)
        return DirectorySeatView(
            name: seat.name, organisation: records.organisations[seat.organisation]?.name,
            rights: seat.rights == Participation.vote.name ? nil : "may \(seat.rights)",
            holder: holder.map { contact($0.person, role: office(of: $0.person, on: seat.body), isPublic) },
            until: holder?.term.flatMap { records.terms[$0] }.map { $0.end.dayAndMonth },
            substitutes: seat.substitutes.map { standing.name(of: $0) })
    }

    /// Who holds a seat today.
    func holder(of seat: Seat) -> Representative? {
        records.representatives.values.filter { $0.seat == seat.id && $0.term != nil && serves($0) }
            .min { numbered($0.id, $1.id) }
    }

    private func contact(_ person: ID, role: String?, _ isPublic: Bool) -> ContactView {
        isPublic ? ContactView(name: standing.name(of: person), role: role) : contact(person, role: role)
    }
}
