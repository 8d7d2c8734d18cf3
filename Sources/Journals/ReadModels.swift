/// A case as it stands: made from entries, dropped and rebuilt at will.
public struct CaseRow: Hashable, Sendable {
    public var id: String
    public var workflow: String
    public var stream: String
    public var isOpen: Bool
    /// What is read together with it, by a name of the caller's.
    public var circle: String
    /// JSON text, opaque here.
    public var json: String

    public init(id: String, workflow: String, stream: String, isOpen: Bool, circle: String = "", json: String) {
        self.id = id
        self.workflow = workflow
        self.stream = stream
        self.isOpen = isOpen
        self.circle = circle
        self.json = json
    }
}

/// A duty as it stands.
public struct DutyRow: Hashable, Sendable {
    public var id: String
    public var caseID: String
    /// The person who owes it: an opaque id.
    public var owner: String
    /// In seconds since 1970; absent for a duty without a date.
    public var due: Int64?
    /// A word of the caller's, by which duties are found: open, done, lapsed...
    public var state: String
    public var json: String

    public init(id: String, caseID: String, owner: String, due: Int64?, state: String, json: String) {
        self.id = id
        self.caseID = caseID
        self.owner = owner
        self.due = due
        self.state = state
        self.json = json
    }
}

/// A moment at which a case wants to be woken.
public struct TimerRow: Hashable, Sendable {
    public var id: String
    public var caseID: String
    /// In seconds since 1970.
    public var at: Int64
    public var kind: String
    public var json: String

    public init(id: String, caseID: String, at: Int64, kind: String, json: String) {
        self.id = id
        self.caseID = caseID
        self.at = at
        self.kind = kind
        self.json = json
    }
}

/// Anything else that stands, such as a person's seat or a meeting.
public struct RecordRow: Hashable, Sendable {
    public var id: String
    /// What is read together with it, by a name of the caller's; empty for what belongs to no circle.
    public var circle: String
    /// JSON text, opaque here.
    public var json: String

    public init(id: String, circle: String, json: String) {
        self.id = id
        self.circle = circle
        self.json = json
    }
}

/// Which cases are meant; an absent field means any.
public struct CaseFilter: Hashable, Sendable {
    public var stream: String?
    public var workflow: String?
    public var isOpen: Bool?
    public var circle: String?

    public init(stream: String? = nil, workflow: String? = nil, isOpen: Bool? = nil, circle: String? = nil) {
        self.stream = stream
        self.workflow = workflow
        self.isOpen = isOpen
        self.circle = circle
    }
}

/// Which duties are meant; an absent field means any.
public struct DutyFilter: Hashable, Sendable {
    public var owner: String?
    public var caseID: String?
    public var state: String?
    /// Of the cases that stand in this circle.
    public var circle: String?

    public init(owner: String? = nil, caseID: String? = nil, state: String? = nil, circle: String? = nil) {
        self.owner = owner
        self.caseID = caseID
        self.state = state
        self.circle = circle
    }
}

/// Which timers are meant; an absent field means any.
public struct TimerFilter: Hashable, Sendable {
    /// At this instant or before it.
    public var dueBy: Int64?
    public var caseID: String?
    /// Of the cases that stand in this stream.
    public var stream: String?

    public init(dueBy: Int64? = nil, caseID: String? = nil, stream: String? = nil) {
        self.dueBy = dueBy
        self.caseID = caseID
        self.stream = stream
    }
}
