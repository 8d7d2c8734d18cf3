import Diagnostics
import Governance
import Workflows

// Who stands in, who holds a role, who is reported back to.
extension RosterMerge {
    mutating func mergeSubstitutes(_ rows: [RosterRow]) {
        var named: [ID: [ID]] = [:]
        for row in rows {
            guard let seat = seat(row), let person = person(row) else { continue }
            if named[seat, default: []].contains(person) {
                note(row, .name, "MR023", "the same substitute stands there twice")
            }
            named[seat, default: []].append(person)
        }
        for (seat, people) in named {
            guard var seat = records.seats[seat] else { continue }
            seat.substitutes = people
            records.keep(.seat(seat))
        }
    }

    mutating func mergeRoles(_ rows: [RosterRow]) {
        var ofBodies: [ID: [String: [ID]]] = [:]
        var ofOrganisations: [ID: [String: [ID]]] = [:]
        for row in rows {
            guard let role = role(row), let person = person(row) else { continue }
            if row[.body] != nil, let body = body(row) {
                ofBodies[body, default: [:]][role, default: []].append(person)
            } else if row[.organisation] != nil, let organisation = organisation(row) {
                ofOrganisations[organisation, default: [:]][role, default: []].append(person)
            }
        }
        for (body, roles) in ofBodies {
            guard var body = records.bodies[body] else { continue }
            body.roles.merge(roles) { $1 }
            records.keep(.body(body))
        }
        for (organisation, roles) in ofOrganisations {
            guard var organisation = records.organisations[organisation] else { continue }
            organisation.roles.merge(roles) { $1 }
            records.keep(.organisation(organisation))
        }
    }

    /// The role, if such a role can be held there.
    private mutating func role(_ row: RosterRow) -> String? {
        guard let role = row[.role] else { return nil }
        let isOfBody = row[.body] != nil
        let named = declared.filter { ($0.value == .body) == isOfBody }.keys.sorted()
        let roles = (isOfBody ? Self.bodyRoles : Self.organisationRoles) + named
        guard !roles.contains(role) else { return role }
        note(
            row, .role, "MR024", "unknown role `\(role)`", expected: oneOf(roles), nearest: nearestName(to: role, among: roles))
        return nil
    }

    static let bodyRoles = Role.bodyRoles + ["attendee"]
    static let organisationRoles = Role.organisationRoles + ["elector"]

    mutating func mergeConstituencies(_ rows: [RosterRow]) {
        var named: [ID: [ID]] = [:]
        for row in rows {
            guard let organisation = organisation(row), let person = person(row) else { continue }
            if named[organisation, default: []].contains(person) {
                note(row, .name, "MR023", "the same person stands there twice")
            }
            named[organisation, default: []].append(person)
        }
        for (organisation, people) in named {
            guard var organisation = records.organisations[organisation] else { continue }
            organisation.constituency = people
            records.keep(.organisation(organisation))
        }
    }
}

// Things that a line names.
extension RosterMerge {
    mutating func body(_ row: RosterRow) -> ID? {
        guard let text = row[.body] else { return nil }
        return named(text, in: records.bodies.mapValues(\.name), row, .body)
    }

    mutating func organisation(_ row: RosterRow) -> ID? {
        guard let text = row[.organisation] else { return nil }
        return named(text, in: records.organisations.mapValues(\.name), row, .organisation)
    }

    /// The seat by its name on the body; where the body has several of that name, the organisation tells which.
    mutating func seat(_ row: RosterRow) -> ID? {
        guard let text = row[.seat], let body = body(row) else { return nil }
        var seats = records.seats(of: body)
        if row[.organisation] != nil {
            guard let organisation = organisation(row) else { return nil }
            seats = seats.filter { $0.organisation == organisation }
        }
        return named(text, in: Dictionary(uniqueKeysWithValues: seats.map { ($0.id, $0.name) }), row, .seat)
    }

    /// The person by address, else by a name that only one person has.
    mutating func person(_ row: RosterRow) -> ID? {
        if let email = row[.email]?.lowercased() {
            let found = records.people.keys.first { personal[$0 + "/email"]?.lowercased() == email }
            if let found { return found }
            let addresses = records.people.keys.compactMap { personal[$0 + "/email"]?.lowercased() }
            note(
                row, .email, "MR025", "nobody has the address `\(email)`",
                expected: "the address of someone with a line of kind `person`",
                nearest: nearestName(to: email, among: addresses))
            return nil
        }
        guard let text = row[.name] else { return nil }
        let names = Dictionary(uniqueKeysWithValues: records.people.keys.map { ($0, personal[$0 + "/name"] ?? $0) })
        return named(text, in: names, row, .name)
    }

    private mutating func named(_ text: String, in names: [ID: String], _ row: RosterRow, _ column: RosterColumn) -> ID? {
        if let id = known(text, among: names.keys) { return id }
        var found = names.filter { $0.value == text }
        if found.isEmpty { found = names.filter { $0.value.lowercased() == text.lowercased() } }
        if found.count == 1 { return found.first?.key }
        if found.isEmpty {
            let references = names.keys.compactMap { personal[$0 + "/reference"] }
            note(
                row, column, "MR026", "there is no `\(text)`",
                expected: "a name that stands in this file or in the workspace",
                nearest: nearestName(to: text, among: references + Array(names.values)))
        } else {
            note(
                row, column, "MR027", "`\(text)` is not one alone but \(found.count)",
                expected: column == .name ? "the e-mail address, which tells them apart" : "an `id`, which tells them apart")
        }
        return nil
    }
}
