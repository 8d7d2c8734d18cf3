import CEL
import Calendars
import Workflows

/// One thing that is different afterwards. Entries hold changes, so replay folds them and asks no guard.
public enum Change: Codable, Hashable, Sendable {
    case recorded(Record)
    case began(Case)
    case moved(Move)
    case ended(ofCase: ID, ending: Case.Ending, at: Instant)
    case given(ofCase: ID, command: String, by: ID?, at: Instant)
    case deadlines(ofCase: ID, named: [String: Instant], moments: [Int: Instant])
    case woken(ofCase: ID, moment: Int, at: Instant)
    case dutyOpened(Duty)
    case dutyEnded(duty: ID, how: DutyEnd, at: Instant)
    /// The duty as it stands with another due moment.
    case dutyMoved(Duty)
    case occurrenceSettled(duty: ID, occurrence: String, how: String)
    case ticked(ofCase: ID, state: String, line: String, isDone: Bool)
    case drafted(Draft)
    case mailed(Mailing)
    case told(Word)
    /// The case goes by other texts of its rules from now on.
    case pinned(ofCase: ID, Pins)
    /// A reminder or an escalation that went to the outbox at a moment that has moved since: what was not sent is not to be.
    case occurrenceWithdrawn(duty: ID, occurrence: String)
    /// Of the person nothing is to be known any more.
    case erased(Erasure)

    /// The case goes by another text of its workflow from now on.
    case migrated(Migration)

    /// Where a case stands under another text of its workflow; all of it takes the place of what was.
    public struct Migration: Codable, Hashable, Sendable {
        public var ofCase: ID
        public var hash: String
        public var active: [String]
        public var announcing: [String]
        public var variables: [String: Value]
        public var history: [String: [String]]
        /// Of states that were there before; the others are entered with the migration.
        public var entered: [String: Instant]
        public var ticks: [String: TextSet]

        public init(
            ofCase: ID, hash: String, active: [String], announcing: [String], variables: [String: Value],
            history: [String: [String]], entered: [String: Instant], ticks: [String: TextSet]
        ) {
            self.ofCase = ofCase
            self.hash = hash
            self.active = active
            self.announcing = announcing
            self.variables = variables
            self.history = history
            self.entered = entered
            self.ticks = ticks
        }
    }

    /// Where a case stands after a step.
    public struct Move: Codable, Hashable, Sendable {
        public var ofCase: ID
        public var active: [String]
        public var announcing: [String]
        /// Only those that changed.
        public var variables: [String: Value]
        public var history: [String: [String]]
        public var entered: [String: Instant]

        public init(
            ofCase: ID, active: [String], announcing: [String], variables: [String: Value], history: [String: [String]],
            entered: [String: Instant]
        ) {
            self.ofCase = ofCase
            self.active = active
            self.announcing = announcing
            self.variables = variables
            self.history = history
            self.entered = entered
        }
    }
}

extension Change {
    /// The case that it is about, where it names one.
    public var ofCase: ID? {
        switch self {
        case .began(let it): it.id
        case .moved(let it): it.ofCase
        case .migrated(let it): it.ofCase
        case .dutyOpened(let it), .dutyMoved(let it): it.ofCase
        case .ended(let id, _, _), .given(let id, _, _, _), .deadlines(let id, _, _), .woken(let id, _, _),
            .ticked(let id, _, _, _), .pinned(let id, _):
            id
        case .recorded, .erased, .dutyEnded, .occurrenceSettled, .occurrenceWithdrawn, .drafted, .mailed, .told: nil
        }
    }

    /// The duty that it is about, where it names one.
    public var duty: ID? {
        switch self {
        case .dutyOpened(let it), .dutyMoved(let it): it.id
        case .dutyEnded(let id, _, _), .occurrenceSettled(let id, _, _), .occurrenceWithdrawn(let id, _): id
        default: nil
        }
    }
}

/// Word told to the cases that its subjects concern.
public struct Word: Codable, Hashable, Sendable {
    public var event: String
    /// The subjects that it names.
    public var about: [SubjectKind: ID]
    public var payload: [String: Value]
    /// The case that tells it; nil for the engine.
    public var from: ID?

    public init(event: String, about: [SubjectKind: ID], payload: [String: Value], from: ID?) {
        self.event = event
        self.about = about
        self.payload = payload
        self.from = from
    }
}

/// One record in the journal, before the journal has given it a place: what happened and what it changed.
public struct Entry: Codable, Hashable, Sendable {
    /// What gave rise to it.
    public enum Kind: String, Codable, Sendable {
        case command, adoption, tick, amendment, edit, word, timer, wake, beginning, closing, deadlines,
            migration, erasure
    }

    public var kind: Kind
    /// The command, word or document by name.
    public var name: String
    public var stream: String
    public var ofCase: ID?
    /// When it took effect.
    public var effective: Instant
    public var actor: ID?
    public var behalf: ID?
    /// What the person filled in; personal values by their keys.
    public var fields: [String: Value]
    /// The entry that it amends, by sequence.
    public var amends: Int?
    public var changes: [Change]

    public init(
        kind: Kind, name: String, stream: String, ofCase: ID?, effective: Instant, actor: ID?, behalf: ID?,
        fields: [String: Value] = [:], amends: Int? = nil, changes: [Change] = []
    ) {
        self.kind = kind
        self.name = name
        self.stream = stream
        self.ofCase = ofCase
        self.effective = effective
        self.actor = actor
        self.behalf = behalf
        self.fields = fields
        self.amends = amends
        self.changes = changes
    }
}
