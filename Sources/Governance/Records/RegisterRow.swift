import CEL
import Calendars
import Workflows

/// A row of a register that a workflow declares.
public struct RegisterRow: Codable, Hashable, Sendable {
    public var id: ID
    public var register: String
    /// What it is about.
    public var kind: SubjectKind
    public var about: ID
    /// Personal values by their keys.
    public var fields: [String: Value]
    /// The person for whom it was recorded, or who did so.
    public var by: ID?
    public var ofCase: ID
    public var recorded: Instant

    public init(
        id: ID, register: String, kind: SubjectKind, about: ID, fields: [String: Value], by: ID?, ofCase: ID, recorded: Instant
    ) {
        self.id = id
        self.register = register
        self.kind = kind
        self.about = about
        self.fields = fields
        self.by = by
        self.ofCase = ofCase
        self.recorded = recorded
    }
}

extension Standing {
    /// The rows of a register, oldest first.
    public func rows(of register: String) -> [RegisterRow] {
        records.rows.values.filter { $0.register == register }.sorted { numbered($0.id, $1.id) }
    }

    /// The rows that have to do with these subjects: what they are about does, or else the case in which they were recorded.
    public func rows(of register: String, for keys: SubjectKeys) -> [RegisterRow] {
        rows(of: register).filter { row in
            if SubjectKeys(named: [row.kind: row.about], in: self).concerns(keys) { return true }
            guard keys[row.kind] == nil, let home = cases[row.ofCase] else { return false }
            return self.keys(of: home).concerns(keys)
        }
    }
}
