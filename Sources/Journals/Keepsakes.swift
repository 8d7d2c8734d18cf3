/// What is known of a person, apart from the journal, so that it can be erased while the chain stays whole.
public struct PersonalValue: Hashable, Sendable {
    public var id: String
    /// The person it belongs to: an opaque id.
    public var owner: String
    public var value: String

    public init(id: String, owner: String, value: String) {
        self.id = id
        self.owner = owner
        self.value = value
    }
}

/// A text that cases are pinned to: a workflow, a rule pack, a holiday table, found by its hash.
public struct Definition: Hashable, Sendable {
    /// SHA-256 of `text` in hexadecimal.
    public var hash: String
    public var kind: String
    public var name: String
    public var text: String
}
