import CEL
import Calendars
import Workflows

/// One run of a workflow for its subjects.
public struct Case: Sendable {
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

    /// All that is known of it, behind one reference: cases are handed about all the time, and have many parts.
    var whole: Whole

    public var isOpen: Bool { ended == nil }

    public init(
        id: ID, workflow: String, hash: String, pins: Pins? = nil, subjects: [SubjectKind: ID], family: String, began: Instant,
        isByEach: Bool
    ) {
        whole = Whole(
            Parts(
                id: id, workflow: workflow, hash: hash, pins: pins, subjects: subjects, family: family, began: began,
                isByEach: isByEach))
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
