import CEL
import Calendars
import Workflows

/// One run of a workflow for its subjects.
public struct Case: Codable, Hashable, Sendable {
    /// Why a case is no longer open.
    public enum Ending: String, Codable, Sendable {
        /// Its chart reached its end.
        case finished
        /// What called it into being holds no more.
        case closed
    }

    /// Who gave a command and when, so that the second to give it can be told.
    public struct Given: Codable, Hashable, Sendable {
        public var by: ID?
        public var at: Instant

        public init(by: ID?, at: Instant) {
            self.by = by
            self.at = at
        }
    }

    public var id: ID
    public var workflow: String
    /// The text (hash) of the workflow it began with.
    public var hash: String
    /// The texts of the rule pack and the holiday table by which it goes; nil for one that began before these were kept.
    public var pins: Pins?
    /// The subjects that it names; these never change.
    public var subjects: [SubjectKind: ID]
    /// Its stream: all cases of one meeting, or of one term, are a family.
    public var family: String
    public var began: Instant
    public var ended: Instant?
    public var ending: Ending?
    /// Begun by `begins: {each:}`, so closed when that turns false.
    public var isByEach: Bool
    /// The atomic states that are active.
    public var active: [String]
    /// The words that its active states announce.
    public var announcing: [String]
    public var variables: [String: Value]
    public var history: [String: [String]]
    /// When each active state with a duty or a moment was entered.
    public var entered: [String: Instant]
    /// Named deadlines as last worked out.
    public var deadlines: [String: Instant]
    /// Moments under `at:` of active states as last worked out, by index.
    public var moments: [Int: Instant]
    /// Moments for which the case has been woken, by index.
    public var woken: [Int: Instant]
    /// Checklist lines ticked, by state, kept when the state is left.
    public var ticks: [String: TextSet]
    public var given: [String: Given]

    public var isOpen: Bool { ended == nil }

    public init(
        id: ID, workflow: String, hash: String, pins: Pins? = nil, subjects: [SubjectKind: ID], family: String, began: Instant,
        isByEach: Bool
    ) {
        self.id = id
        self.workflow = workflow
        self.hash = hash
        self.pins = pins
        self.subjects = subjects
        self.family = family
        self.began = began
        self.isByEach = isByEach
        ended = nil
        ending = nil
        active = []
        announcing = []
        variables = [:]
        history = [:]
        entered = [:]
        deadlines = [:]
        moments = [:]
        woken = [:]
        ticks = [:]
        given = [:]
    }

    /// Whether the state of this full path, or one within it, is active.
    public func isInState(_ path: String) -> Bool { active.contains { $0 == path || $0.hasPrefix(path + ".") } }

    /// Whether the state, or one within it, is active. `path` may leave out the outer states: `sitting.planned`.
    public func isIn(_ path: String) -> Bool {
        active.contains { state in
            state == path || state.hasPrefix(path + ".") || state.hasSuffix("." + path) || state.contains("." + path + ".")
        }
    }
}
