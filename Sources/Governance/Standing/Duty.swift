import Calendars
import Workflows

/// What a person owes while a state of a case is active.
public struct Duty: Codable, Hashable, Sendable {
    public struct Ended: Codable, Hashable, Sendable {
        public var how: DutyEnd
        public var at: Instant

        public init(how: DutyEnd, at: Instant) {
            self.how = how
            self.at = at
        }
    }

    public var id: ID
    public var ofCase: ID
    /// The state that is its home.
    public var state: String
    public var opened: Instant
    /// Shown from then on.
    public var from: Instant?
    public var due: Instant
    /// What its rule gave; `due` is the meeting's start instead where that had passed.
    public var reckoned: Instant
    /// Whether the due moment has a clock or is the end of its day.
    public var dueHasClock: Bool
    /// When its reminders go out, by their place in the list; those that had passed when it opened are not among them.
    public var reminders: [Int: Instant]
    /// When it goes to somebody above its owner.
    public var escalation: Instant?
    /// How often its due moment has moved.
    public var revision: Int
    /// Opened after its due moment: due is then the meeting's start, and nobody is told above the owner.
    public var isLate: Bool
    /// Reminders and escalations that went out or expired, by occurrence: the first reminder of the second due moment is
    /// `remind.0/1`.
    public var settled: TextSet
    public var ended: Ended?

    public var isOpen: Bool { ended == nil }

    public init(
        id: ID, ofCase: ID, state: String, opened: Instant, from: Instant?, due: Instant, dueHasClock: Bool, isLate: Bool
    ) {
        self.id = id
        self.ofCase = ofCase
        self.state = state
        self.opened = opened
        self.from = from
        self.due = due
        reckoned = due
        self.dueHasClock = dueHasClock
        self.isLate = isLate
        reminders = [:]
        escalation = nil
        revision = 0
        settled = []
        ended = nil
    }
}

/// A moment at which a case or a duty wants attention.
public struct Timer: Codable, Hashable, Sendable {
    public enum Purpose: Codable, Hashable, Sendable {
        /// A moment under `at:`, by index.
        case wake(moment: Int)
        /// A reminder of a duty, by index of its list.
        case remind(duty: ID, index: Int)
        case escalate(duty: ID)
    }

    public var id: String
    public var ofCase: ID
    public var at: Instant
    public var purpose: Purpose

    public init(id: String, ofCase: ID, at: Instant, purpose: Purpose) {
        self.id = id
        self.ofCase = ofCase
        self.at = at
        self.purpose = purpose
    }
}

/// A document that a person works on: made anew from the standing until somebody edits it.
public struct Draft: Codable, Hashable, Sendable {
    public var document: String
    public var ofCase: ID
    public var drafted: Instant
    /// SHA-256 of the text as edited; nil while nobody has.
    public var file: String?
    public var editedBy: ID?
    public var edited: Instant?

    public init(document: String, ofCase: ID, drafted: Instant) {
        self.document = document
        self.ofCase = ofCase
        self.drafted = drafted
        file = nil
        editedBy = nil
        edited = nil
    }
}

/// What is to be sent to people; the Secretariat makes one message of it for each.
public struct Mailing: Codable, Hashable, Sendable {
    /// Unique in the workspace: `x12`.
    public var id: ID
    /// The occurrence that it tells of, where it is one of a duty: `d4/remind.0/1`.
    public var occurrence: String?
    public var document: String
    public var ofCase: ID
    public var duty: ID?
    public var to: [ID]
    public var at: Instant
    /// Not to be sent after that; nil: whenever it can be.
    public var validUntil: Instant?

    public init(
        id: ID, occurrence: String?, document: String, ofCase: ID, duty: ID?, to: [ID], at: Instant, validUntil: Instant?
    ) {
        self.id = id
        self.occurrence = occurrence
        self.document = document
        self.ofCase = ofCase
        self.duty = duty
        self.to = to
        self.at = at
        self.validUntil = validUntil
    }
}
