/// What is wrong in a rule or a date that a person wrote, and where.
public struct RuleProblem: Error, Hashable, Sendable {
    /// UTF-8 bytes from the start of the text that was parsed.
    public var range: Range<Int>
    public var message: String
    /// What would have been right here, in words.
    public var expected: String?
    /// The correct word that is nearest to what was written.
    public var nearest: String?

    public init(range: Range<Int>, message: String, expected: String? = nil, nearest: String? = nil) {
        self.range = range
        self.message = message
        self.expected = expected
        self.nearest = nearest
    }
}

extension RuleProblem: CustomStringConvertible {
    public var description: String {
        var text = message
        if let expected { text += "; expected \(expected)" }
        if let nearest { text += "; did you mean `\(nearest)`?" }
        return text
    }
}
