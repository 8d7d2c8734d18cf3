import Calendars
import Diagnostics
import Governance

// Bodies, organisations, people.
extension RosterMerge {
    mutating func mergeBody(_ row: RosterRow) {
        guard let name = row[.name] else { return }
        let there =
            row[.id].flatMap { known($0, among: records.bodies.keys) } ?? named(name, in: records.bodies.mapValues(\.name))
        let id = there ?? newID("b")
        claim(id, row, .name)
        var body = records.bodies[id] ?? Body(id: id, name: name)
        body.name = name
        records.keep(.body(body))
        keepReference(row, of: id)
    }

    mutating func mergeOrganisation(_ row: RosterRow) {
        guard let name = row[.name] else { return }
        let there =
            row[.id].flatMap { known($0, among: records.organisations.keys) }
            ?? named(name, in: records.organisations.mapValues(\.name))
        let id = there ?? newID("o")
        claim(id, row, .name)
        var organisation = records.organisations[id] ?? Organisation(id: id, name: name)
        organisation.name = name
        records.keep(.organisation(organisation))
        keepReference(row, of: id)
    }

    private func named(_ name: String, in names: [ID: String]) -> ID? {
        names.keys.sorted(by: numbered).first { names[$0] == name && claimed[$0] == nil }
            ?? names.keys.sorted(by: numbered).first { names[$0] == name }
    }

    /// Lines of other kinds that introduce a person by name and address, one for each.
    mutating func mentioned() -> [RosterRow] {
        var known: [String: RosterRow] = [:]
        var namesakes: [String: RosterRow] = [:]
        for row in rows(.person) {
            if let email = row[.email]?.lowercased() { known[email] = row }
            if let name = row[.name], row[.email] != nil { namesakes[name] = row }
        }
        var introductions: [RosterRow] = []
        for row in rows where row.kind != .person {
            guard let name = row[.name], let email = row[.email]?.lowercased() else { continue }
            if let first = known[email] {
                if let other = first[.name], other != name {
                    note(
                        row, .name, "MR028", "`\(email)` is the address of `\(other)`", expected: "one name for one address",
                        related: first)
                }
            } else if let first = namesakes[name], first.kind == .person {
                note(
                    row, .email, "MR029", "`\(name)` has another address",
                    expected: "`\(first[.email] ?? "")`, or no address here",
                    related: first)
            } else {
                known[email] = row
                introductions.append(row)
            }
        }
        return introductions
    }

    /// People are recognised in three passes, the surest sign first, so that two of the same name keep apart.
    mutating func mergePeople(_ rows: [RosterRow]) {
        var found: [Int: ID] = [:]
        for row in rows {
            guard row.kind == .person, let reference = row[.id] else { continue }
            found[row.number] = known(reference, among: records.people.keys)
        }
        for row in rows where found[row.number] == nil {
            guard let email = row[.email]?.lowercased(), !hasOtherReference(row) else { continue }
            found[row.number] = records.people.keys.sorted(by: numbered).first {
                personal[$0 + "/email"]?.lowercased() == email
            }
        }
        for row in rows where found[row.number] == nil && !hasOtherReference(row) {
            let taken = Set(found.values)
            let namesakes = records.people.keys.filter { personal[$0 + "/name"] == row[.name] && !taken.contains($0) }
            if namesakes.count == 1 { found[row.number] = namesakes.first }
        }
        for row in rows { keepPerson(row, as: found[row.number] ?? newID("p")) }
        checkAddresses(rows)
    }

    /// A line with a reference that nobody bears is someone new, even where a name is the same, unless the namesake bears none.
    private func hasOtherReference(_ row: RosterRow) -> Bool {
        guard row.kind == .person, row[.id] != nil else { return false }
        return records.people.keys.contains {
            personal[$0 + "/reference"] != nil
                && (personal[$0 + "/name"] == row[.name] || personal[$0 + "/email"] == row[.email])
        }
    }

    private mutating func keepPerson(_ row: RosterRow, as id: ID) {
        claim(id, row, .name)
        if records.people[id] == nil { records.keep(.person(Person(id: id))) }
        if let name = row[.name] { setPersonal(id + "/name", of: id, to: name) }
        if let email = row[.email] { setPersonal(id + "/email", of: id, to: email) }
        if row.kind == .person { keepReference(row, of: id) }
    }

    private mutating func checkAddresses(_ rows: [RosterRow]) {
        var holders: [String: ID] = [:]
        for id in records.people.keys.sorted(by: numbered) {
            guard let email = personal[id + "/email"]?.lowercased() else { continue }
            if let other = holders[email], let row = claimed[id] ?? claimed[other] {
                note(
                    row, .email, "MR021", "two people have the address `\(email)`", expected: "an address of their own",
                    related: claimed[other])
            }
            holders[email] = id
        }
    }
}

// Seats and terms.
extension RosterMerge {
    mutating func mergeSeat(_ row: RosterRow) {
        guard let body = body(row), let organisation = organisation(row) else { return }
        let name = row[.seat] ?? row[.name] ?? records.organisations[organisation]?.name ?? ""
        let id = seatMeant(row, body, organisation, name) ?? newID("s")
        claim(id, row, .seat)
        var seat = records.seats[id] ?? Seat(id: id, body: body, organisation: organisation, name: name)
        seat.body = body
        seat.organisation = organisation
        seat.name = name
        if let rights = row[.rights] { seat.rights = rights }
        if let marks = row[.marks] { seat.marks = marks.split(separator: " ").map(String.init) }
        records.keep(.seat(seat))
        keepReference(row, of: id)
    }

    /// By reference, else by name on the body, else the one seat of that organisation there, which then has a new name.
    private func seatMeant(_ row: RosterRow, _ body: ID, _ organisation: ID, _ name: String) -> ID? {
        if let reference = row[.id], let id = known(reference, among: records.seats.keys) { return id }
        let there = records.seats(of: body)
        if let same = there.first(where: { $0.name == name && $0.organisation == organisation }) { return same.id }
        let theirs = there.filter { $0.organisation == organisation }
        let lines = rows(.seat).filter { $0[.body] == row[.body] && $0[.organisation] == row[.organisation] }
        return theirs.count == 1 && lines.count == 1 ? theirs.first?.id : nil
    }

    mutating func mergeTerm(_ row: RosterRow) {
        guard let seat = seat(row), let person = person(row), let start = row[.start].flatMap({ CivilDate($0) }),
            let end = row[.end].flatMap({ CivilDate($0) })
        else { return }
        let id = termMeant(row, seat, person, start) ?? newID("t")
        claim(id, row, .start)
        records.keep(.term(Term(id: id, seat: seat, person: person, start: start, end: end)))
        keepReference(row, of: id)
    }

    private func termMeant(_ row: RosterRow, _ seat: ID, _ person: ID, _ start: CivilDate) -> ID? {
        if let reference = row[.id], let id = known(reference, among: records.terms.keys) { return id }
        let theirs = records.terms.values.filter { $0.seat == seat && $0.person == person }
        if let same = theirs.first(where: { $0.start == start }) { return same.id }
        let lines = rows(.term).filter {
            $0[.name] == row[.name] && $0[.email] == row[.email] && $0[.body] == row[.body] && $0[.seat] == row[.seat]
        }
        return theirs.count == 1 && lines.count == 1 ? theirs.first?.id : nil
    }

    /// Two people cannot hold one seat at the same time.
    mutating func checkTerms() {
        for seat in records.seats.keys.sorted(by: numbered) {
            let terms = records.terms.values.filter { $0.seat == seat }.sorted {
                numbered(($0.start, $0.id), ($1.start, $1.id))
            }
            for (earlier, later) in zip(terms, terms.dropFirst()) where later.start <= earlier.end {
                guard let row = claimed[later.id] ?? claimed[earlier.id] else { continue }
                let holder = personal[earlier.person + "/name"] ?? earlier.person
                note(
                    row, .start, "MR022",
                    "the seat `\(records.seats[seat]?.name ?? seat)` is held by \(holder) until \(earlier.end)",
                    expected: "a start after \(earlier.end), or an earlier end of that term", related: claimed[earlier.id])
            }
        }
    }
}
