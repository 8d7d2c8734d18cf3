/// A set of texts that is always written in the same order, so that the same standing is always the same text.
public struct TextSet: Hashable, Sendable {
    private var members: Set<String> = []

    public init() {}

    public func contains(_ text: String) -> Bool { members.contains(text) }

    /// In the order of the alphabet.
    public var sorted: [String] { members.sorted() }

    public mutating func insert(_ text: String) { members.insert(text) }

    public mutating func remove(_ text: String) { members.remove(text) }
}

extension TextSet: ExpressibleByArrayLiteral {
    public init(arrayLiteral texts: String...) { members = Set(texts) }
}

extension TextSet: Codable {
    public init(from decoder: any Decoder) throws {
        members = Set(try decoder.singleValueContainer().decode([String].self))
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.singleValueContainer()
        try values.encode(sorted)
    }
}
