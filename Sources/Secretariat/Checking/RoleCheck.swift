import Diagnostics
import Governance
import Workflows
import YAML

/// Finds the roles to which a workflow gives something and that nobody holds in a workspace.
struct RoleCheck {
    private(set) var findings: [Finding] = []
    private let bodies: [Body]
    private let organisations: [Organisation]
    private let declared: [String: SubjectKind]

    /// How many bodies one finding names.
    private static let mostNamed = 3

    /// Bodies and organisations without a seat hold no meetings and send nobody, and are passed over.
    /// - Parameter declared: the roles that workflows declare, with what they are held for.
    init(_ records: Records, declared: [String: SubjectKind] = [:]) {
        self.declared = declared
        let seats = records.seats.values
        let seated = Set(seats.map(\.body))
        let sending = Set(seats.map(\.organisation))
        bodies = records.bodies.values.filter { seated.contains($0.id) }.sorted { $0.name < $1.name }
        organisations = records.organisations.values.filter { sending.contains($0.id) }.sorted { $0.name < $1.name }
    }

    /// One warning for each group of roles in a file, at its first place.
    mutating func check(_ mentions: [RoleMention]) {
        var seen: Set<[String]> = []
        for mention in mentions {
            guard let first = mention.words.first, seen.insert([mention.file] + mention.words.map(\.text)).inserted else {
                continue
            }
            let missing = mention.words.map { whereNobodyIs($0.text) }
            guard missing.allSatisfy({ !$0.isEmpty }) else { continue }
            let sentences = zip(mention.words, missing).map { "nobody is `\($0.text)` of \(Self.listed($1))" }
            findings.append(
                Finding(
                    .warning, code: FindingCode.nobodyHolds.name, file: mention.file, range: first.range,
                    message: sentences.joined(separator: ", and "), expected: "a line of kind `role` in the roster"))
        }
    }

    /// Where nobody holds the role; empty for roles that are not held by name.
    private func whereNobodyIs(_ role: String) -> [String] {
        if Role.bodyRoles.contains(role) || declared[role] == .body {
            return bodies.filter { ($0.roles[role] ?? []).isEmpty }.map(\.name)
        }
        if Role.organisationRoles.contains(role) || declared[role] == .organisation {
            return organisations.filter { ($0.roles[role] ?? []).isEmpty }.map(\.name)
        }
        return []
    }

    private static func listed(_ names: [String]) -> String {
        let shown = names.prefix(mostNamed).joined(separator: ", ")
        return names.count > mostNamed ? "\(shown) and \(names.count - mostNamed) more" : shown
    }
}
