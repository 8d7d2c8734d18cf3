import CEL
import Calendars
import Workflows

extension Standing {
    /// The people who are `role` for a case, in order, each once.
    public func people(_ role: Role, of it: Case) -> [ID] {
        let keys = keys(of: it).all
        let found: [ID] =
            switch role {
            case .representative: keys[.representative].flatMap { records.representatives[$0]?.person }.map { [$0] } ?? []
            case .person: keys[.person].map { [$0] } ?? []
            case .ofBody(let name): keys[.body].flatMap { records.bodies[$0]?.roles[name] } ?? []
            case .ofOrganisation(let name): keys[.organisation].flatMap { records.organisations[$0]?.roles[name] } ?? []
            case .presider: presider(of: keys).map { [$0] } ?? []
            case .members: keys[.meeting].map { members(of: $0).map(\.person) } ?? keys[.body].map { serving(on: $0) } ?? []
            case .attendees: keys[.body].flatMap { records.bodies[$0]?.roles["attendee"] } ?? []
            case .constituency: keys[.organisation].flatMap { records.organisations[$0]?.constituency } ?? []
            case .electors: keys[.organisation].flatMap { records.organisations[$0] }.map(Self.electors) ?? []
            case .variable(let name): (person(in: it.variables[name]) ?? person(named: name, in: keys)).map { [$0] } ?? []
            // Who is kept out of an item, the caps of the workflows say; so it can bar a command and be nothing else.
            case .interested: []
            }
        var seen: Set<ID> = []
        return found.filter { seen.insert($0).inserted }
    }

    /// Those who hold the role of an elector, else those reported back to.
    private static func electors(of organisation: Organisation) -> [ID] {
        let named = organisation.roles["elector"] ?? []
        return named.isEmpty ? organisation.constituency : named
    }

    /// Those whose terms on a body run at the moment up to which all this stands.
    private func serving(on body: ID) -> [ID] {
        let day = Zone.utc.civil(at: moment).date
        return records.seats(of: body).flatMap { records.representatives(inSeat: $0.id) }.filter { serves($0, on: day) }
            .sorted { numbered($0.id, $1.id) }.map(\.person)
    }

    /// Whom a case among these subjects names in a variable, the nearest first: those that a case is about stand under kinds of their own.
    private func person(named name: String, in keys: [SubjectKind: ID]) -> ID? {
        let cases = keys.filter { $0.key.isCase }.sorted { numbered($1.value, $0.value) }
        return cases.lazy.compactMap { self.person(in: self.cases[$0.value]?.variables[name]) }.first
    }

    func person(in value: Value?) -> ID? {
        guard case .object(let reference) = value else { return nil }
        switch reference.kind {
        case "person": return reference.id
        case "representative": return records.representatives[reference.id]?.person
        default: return nil
        }
    }

    /// Who presides over an item, else over the meeting as last recorded.
    func presider(of keys: [SubjectKind: ID]) -> ID? {
        guard let meeting = keys[.meeting].flatMap({ records.meetings[$0] }) else { return nil }
        let own = keys[.item].flatMap { item in latest(meeting.presiding.filter { $0.item == item }) }
        return (own ?? latest(meeting.presiding.filter { $0.item == nil }))?.person
    }

    /// The one recorded for the latest time; of two for the same time the one written down last.
    private func latest(_ presiding: [Presiding]) -> Presiding? {
        presiding.reduce(nil) { best, next in best.map { $0.at > next.at } ?? false ? best : next }
    }

    /// Whether a person may record on a case what another did: officers of the body for everyone, a coordinator for those whom the
    /// organisation sends and those reported back to.
    func mayRecord(_ person: ID, for other: ID, on it: Case) -> Bool {
        let keys = keys(of: it).all
        if isOfficer(person, of: keys[.body]) { return true }
        guard let organisation = keys[.organisation].flatMap({ records.organisations[$0] }),
            (organisation.roles["coordinator"] ?? []).contains(person)
        else { return false }
        let substitutes = keys[.seat].flatMap { records.seats[$0]?.substitutes } ?? []
        return keys[.person] == other || substitutes.contains(other) || organisation.constituency.contains(other)
    }

    private func isOfficer(_ person: ID, of body: ID?) -> Bool {
        let roles = body.flatMap { records.bodies[$0]?.roles } ?? [:]
        return Role.bodyRoles.contains { (roles[$0] ?? []).contains(person) }
    }

    /// Whether a person may work for others on a case: they hold a role for its body or its nominating organisation.
    public func mayRecord(_ person: ID, for it: Case) -> Bool {
        let keys = keys(of: it).all
        let organisation = keys[.organisation].flatMap { records.organisations[$0] }
        return isOfficer(person, of: keys[.body]) || (organisation?.roles["coordinator"] ?? []).contains(person)
    }
}

extension Role {
    /// The role in words: "the secretary".
    public var words: String {
        switch self {
        case .representative: "the representative"
        case .person: "the person concerned"
        case .ofBody("secretary"): "the secretary"
        case .ofBody("chair"): "the chair"
        case .ofBody("vice_chair"): "the vice-chair"
        case .ofBody(let name): "the \(name)"
        case .ofOrganisation(let name): "the \(name) of the nominating organisation"
        case .presider: "whoever presides"
        case .members: "a member"
        case .attendees: "an attendee"
        case .constituency: "somebody of the constituency"
        case .electors: "an elector"
        case .interested: "whoever has an interest in the item"
        case .variable("substitute"): "the substitute asked"
        case .variable(let name): "the \(name.split(separator: "_").joined(separator: " ")) named"
        }
    }
}
