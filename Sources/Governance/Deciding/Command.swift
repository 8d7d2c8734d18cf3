import CEL
import Calendars
import Workflows

/// What a person asks for.
public struct Command: Sendable {
    /// Given once by whoever asks; the same id is never carried out twice.
    public var id: String
    public var name: String
    /// The subjects by which the case is found; the most telling may be left out where one case alone fits.
    public var subjects: [SubjectKind: ID]
    /// A case named outright.
    public var ofCase: ID?
    /// What was filled in; subjects by their ids, moments as timestamps, dates as `2026-11-18`.
    public var fields: [String: Value]
    public var actor: ID
    /// The person for whom it is recorded.
    public var behalf: ID?
    /// When it happened, where that is not now.
    public var occurred: Instant?

    public init(
        id: String, name: String, subjects: [SubjectKind: ID] = [:], ofCase: ID? = nil, fields: [String: Value] = [:],
        actor: ID, behalf: ID? = nil, occurred: Instant? = nil
    ) {
        self.id = id
        self.name = name
        self.subjects = subjects
        self.ofCase = ofCase
        self.fields = fields
        self.actor = actor
        self.behalf = behalf
        self.occurred = occurred
    }
}

/// What came of a command.
public enum Decision: Sendable {
    case taken(Taken)
    case refused(Refusal)

    public struct Taken: Sendable {
        /// In order; the first is the command's own.
        public var entries: [Entry]
        /// To be kept with the entries, apart from them.
        public var personal: [PersonalValue]
        /// What stands afterwards.
        public var standing: Standing
        /// The case that took the command.
        public var ofCase: ID?

        public init(entries: [Entry], personal: [PersonalValue], standing: Standing, ofCase: ID?) {
            self.entries = entries
            self.personal = personal
            self.standing = standing
            self.ofCase = ofCase
        }
    }
}

/// A command that the rules do not allow now, with the reason and what is allowed.
public struct Refusal: Error, Sendable, Hashable, Codable {
    /// What kind of reason, for programs.
    public enum Kind: String, Sendable, Codable {
        case unknownCommand, noCase, severalCases, notYours, notNow, form, condition, rule, limit
        /// More of what stands is needed than is at hand; asked again with all of it, there is an answer.
        case beyond
    }

    public var kind: Kind
    /// A sentence for people.
    public var reason: String
    /// Commands possible now, for the one who asked.
    public var allowed: [String]
    /// More to know: who did it already, which cases fit, the field that is wrong.
    public var notes: [String]

    public init(_ kind: Kind, _ reason: String, allowed: [String] = [], notes: [String] = []) {
        self.kind = kind
        self.reason = reason
        self.allowed = allowed
        self.notes = notes
    }
}
