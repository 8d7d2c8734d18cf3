import Calendars
import Workflows

/// An edition of a code of conduct, by which an organisation's representatives, or a body's members, go from its date.
public struct CodeEdition: Codable, Hashable, Sendable {
    public var id: ID
    /// Whose code it is: an organisation's or a body's.
    public var holder: SubjectKind
    public var holderID: ID
    public var title: String
    public var date: CivilDate
    /// From 1.
    public var number: Int
    /// Its text, by SHA-256.
    public var file: String?
    public var recorded: Instant

    public init(
        id: ID, holder: SubjectKind, holderID: ID, title: String, date: CivilDate, number: Int, file: String?, recorded: Instant
    ) {
        self.id = id
        self.holder = holder
        self.holderID = holderID
        self.title = title
        self.date = date
        self.number = number
        self.file = file
        self.recorded = recorded
    }
}

extension Records {
    /// The editions of a code, oldest first.
    public func codes(of holder: SubjectKind, _ id: ID) -> [CodeEdition] {
        codes.values.filter { $0.holder == holder && $0.holderID == id }.sorted { $0.number < $1.number }
    }

    /// The code by which a case's people go: that of the organisation for which they sit, else that of the body.
    public func code(for keys: [SubjectKind: ID]) -> CodeEdition? {
        for kind in [SubjectKind.organisation, .body] {
            if let id = keys[kind], let newest = codes(of: kind, id).last { return newest }
        }
        return nil
    }
}
