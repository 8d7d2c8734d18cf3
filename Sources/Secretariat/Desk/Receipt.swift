public import Governance

/// What the desk answers to a command.
public enum Reply: Sendable, Hashable {
    case taken(Receipt)
    case refused(Refusal)
}

/// What came of a command that was taken; kept, so that the same command asked twice gets the same answer.
public struct Receipt: Codable, Sendable, Hashable {
    /// One entry that was made.
    public struct Line: Codable, Sendable, Hashable {
        public var sequence: Int64
        public var kind: String
        public var name: String
        public var ofCase: ID?

        public init(sequence: Int64, kind: String, name: String, ofCase: ID?) {
            self.sequence = sequence
            self.kind = kind
            self.name = name
            self.ofCase = ofCase
        }
    }

    /// The case that took the command.
    public var ofCase: ID?
    public var entries: [Line]
    /// Records that are new: meetings, items, papers, by id.
    public var made: [ID]
    /// How many messages went to the outbox.
    public var messages: Int

    public init(ofCase: ID?, entries: [Line], made: [ID], messages: Int) {
        self.ofCase = ofCase
        self.entries = entries
        self.made = made
        self.messages = messages
    }
}
