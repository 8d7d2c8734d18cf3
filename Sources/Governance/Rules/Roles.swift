import CEL
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
            case .members: keys[.meeting].map { members(of: $0).map(\.person) } ?? []
            case .attendees: keys[.body].flatMap { records.bodies[$0]?.roles["attendee"] } ?? []
            case .constituency, .electors: keys[.organisation].flatMap { records.organisations[$0]?.constituency } ?? []
            case .variable(let name): person(in: it.variables[name]).map { [$0] } ?? []
            }
        var seen: Set<ID> = []
        return found.filter { seen.insert($0).inserted }
    }

    private func person(in value: Value?) -> ID? {
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
        if let item = keys[.item], let found = meeting.presiding.last(where: { $0.item == item }) { return found.person }
        return meeting.presiding.last { $0.item == nil }?.person
    }

    /// Whether a person may record for others on a case: they hold a role for its body or its nominating organisation.
    func mayRecord(_ person: ID, for it: Case) -> Bool {
        let keys = keys(of: it).all
        let body = keys[.body].flatMap { records.bodies[$0] }
        let organisation = keys[.organisation].flatMap { records.organisations[$0] }
        let recorders = ["secretary", "chair", "vice_chair"].flatMap { body?.roles[$0] ?? [] }
        return recorders.contains(person) || (organisation?.roles["coordinator"] ?? []).contains(person)
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
        case .variable("substitute"): "the substitute asked"
        case .variable(let name): "the \(name.split(separator: "_").joined(separator: " ")) named"
        }
    }
}
