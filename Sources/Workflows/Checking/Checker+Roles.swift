import Diagnostics
import YAML

extension Checker {
    /// What a role is named for: giving a command may be open to many, owing a duty may not; some roles only keep people from it.
    enum RoleUse { case giving, barring, owing, hearing }

    private static let known: [String] =
        ["representative", "person", "presider", "members", "attendees", "constituency", "electors", "interested"]
        + Role.bodyRoles
        + Role.organisationRoles

    /// Finds a declared role whose name means something else.
    mutating func checkRoles() {
        for (name, holder) in workflow.roles {
            if Self.known.contains(name.text) || name.text == "attendee" || name.text == "elector" {
                log.add(.nameTaken, at: name.range, "`\(name.text)` is a role already", expected: "another name")
            }
            let others = surroundings.outlines.values.filter { $0.name.text != workflow.name.text }
            for other in others.sorted(by: { $0.file < $1.file }) {
                guard let twin = other.roles.first(where: { $0.name.text == name.text && $0.of.text != holder.text }) else {
                    continue
                }
                log.add(
                    .nameTaken, at: name.range, "the role `\(name.text)` is held for a \(twin.of.text) elsewhere",
                    expected: "`\(twin.of.text)`, or another name",
                    related: [.init(file: other.file, range: twin.name.range, message: "it is declared here")])
            }
        }
    }

    mutating func roles(_ words: [Word], for use: RoleUse) -> [Role] { words.compactMap { role($0, for: use) } }

    /// The role that a word names; a finding where there is none, or where the subjects do not say who bears it.
    mutating func role(_ word: Word, for use: RoleUse) -> Role? {
        let name = word.text
        if let variable = variables.first(where: { $0.name == name }) {
            if variable.type.base == .subject(.person) { return .variable(name) }
            log.add(
                .unknownRole, at: word.range, "the variable `\(name)` holds no person", expected: "a variable of type `person`")
            return nil
        }
        switch name {
        case "representative":
            if kinds.contains(.representative) { return .representative }
            return needs([.person], word, .person, "a representative, a term or a person")
        case "person": return needs([.person], word, .person, "a representative, a term or a person")
        case "presider": return needs([.meeting], word, .presider, "a meeting or an item")
        case "members": return needs([.body], word, .members, "a body or a meeting")
        case "attendees": return needs([.meeting], word, .attendees, "a meeting or an item")
        case "constituency": return needs([.organisation], word, .constituency, "a representative or a seat")
        case "interested" where use == .barring: return needs([.item], word, .interested, "an item")
        case "interested":
            log.add(
                .unknownRole, at: word.range, "`interested` can only keep people from a command",
                expected: "`not_by: interested`")
            return nil
        case "electors": return needs([.organisation], word, .electors, "a representative or a seat")
        default: break
        }
        if Role.bodyRoles.contains(name) { return needs([.body], word, .ofBody(name), "a body or a meeting") }
        if Role.organisationRoles.contains(name) { return organisationRole(word, use) }
        if let holder = surroundings.roles[name] {
            return holder == .body
                ? needs([.body], word, .ofBody(name), "a body or a meeting") : organisationRole(word, use)
        }
        if isPersonOfSubject(name) { return .variable(name) }
        let known = Self.known + surroundings.roles.keys.sorted()
        log.add(
            .unknownRole, at: word.range, "there is no role `\(name)`", expected: known.joined(separator: ", "),
            nearest: nearestName(to: name, among: known + variables.map(\.name)))
        return nil
    }

    /// Whether a case that this one is about has a variable of that name that holds a person.
    private func isPersonOfSubject(_ name: String) -> Bool {
        kinds.contains { kind in
            if case .ofCase(let workflow) = kind {
                surroundings.outlines[workflow]?.variables[name] == .subject(.person)
            } else {
                false
            }
        }
    }

    /// A command may be open to the coordinators of all organisations on the body; a duty needs the one.
    private mutating func organisationRole(_ word: Word, _ use: RoleUse) -> Role? {
        if use == .giving || use == .barring, kinds.contains(.body) { return .ofOrganisation(word.text) }
        return needs([.organisation], word, .ofOrganisation(word.text), "a representative, a seat or a term")
    }

    private mutating func needs(_ wanted: [SubjectKind], _ word: Word, _ role: Role, _ expected: String) -> Role? {
        if wanted.allSatisfy({ kinds.contains($0) }) { return role }
        let about = subjects.map(\.rawValue).joined(separator: " and ")
        log.add(
            .roleDoesNotFollow, at: word.range, "who is `\(word.text)` does not follow from `for: \(about)`",
            expected: "a workflow about \(expected)")
        return nil
    }
}
