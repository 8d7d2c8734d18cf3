import Diagnostics

/// A register that a workflow declares: rows of one form, each about one thing. Every workflow of the library may write and read it.
public struct RegisterDefinition: Sendable {
    public var name: String
    public var title: String
    /// What a row is about.
    public var about: SubjectKind
    /// Whether anybody may read it.
    public var isPublic: Bool
    /// The states of the declaring workflow's case while which its rows stand; empty where they stand for good.
    public var whileStates: [String]
    public var fields: [Field]
    public var origin: SourceRange

    public init(
        name: String, title: String, about: SubjectKind, isPublic: Bool, whileStates: [String] = [], fields: [Field],
        origin: SourceRange
    ) {
        self.name = name
        self.title = title
        self.about = about
        self.isPublic = isPublic
        self.whileStates = whileStates
        self.fields = fields
        self.origin = origin
    }

    /// The object type of a row in expressions.
    public var rowKind: String { Self.rowKind(name) }

    static func rowKind(_ name: String) -> String { "row:" + name }

    /// What a row has beside its fields.
    static let standing = ["recorded", "by", "about"]
}
