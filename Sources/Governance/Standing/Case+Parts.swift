import CEL
import Calendars
import Workflows

extension Case {
    /// What a case consists of; so it stands in the journal.
    struct Parts: Codable, Hashable, Sendable {
        var id: ID
        var workflow: String
        var hash: String
        var pins: Pins?
        var subjects: [SubjectKind: ID]
        var family: String
        var began: Instant
        var ended: Instant?
        var ending: Ending?
        var isByEach: Bool
        var active: [String]
        var announcing: [String]
        var variables: [String: Value]
        var history: [String: [String]]
        var entered: [String: Instant]
        var deadlines: [String: Instant]
        var moments: [Int: Instant]
        var woken: [Int: Instant]
        var ticks: [String: TextSet]
        var given: [String: Given]

        init(
            id: ID, workflow: String, hash: String, pins: Pins?, subjects: [SubjectKind: ID], family: String, began: Instant,
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
    }

    /// The parts behind a reference; they never change, a change makes others.
    final class Whole: Sendable {
        let parts: Parts

        init(_ parts: Parts) { self.parts = parts }
    }

    private mutating func change(_ body: (inout Parts) -> Void) {
        var parts = whole.parts
        body(&parts)
        whole = Whole(parts)
    }
}

extension Case {
    public var id: ID {
        get { whole.parts.id }
        set { change { $0.id = newValue } }
    }

    public var workflow: String {
        get { whole.parts.workflow }
        set { change { $0.workflow = newValue } }
    }

    /// The text (hash) of the workflow it began with.
    public var hash: String {
        get { whole.parts.hash }
        set { change { $0.hash = newValue } }
    }

    /// The texts of the rule pack and the holiday table by which it goes; nil for one that began before these were kept.
    public var pins: Pins? {
        get { whole.parts.pins }
        set { change { $0.pins = newValue } }
    }

    /// The subjects that it names; these never change.
    public var subjects: [SubjectKind: ID] {
        get { whole.parts.subjects }
        set { change { $0.subjects = newValue } }
    }

    /// Its stream: all cases of one meeting, or of one term, are a family.
    public var family: String {
        get { whole.parts.family }
        set { change { $0.family = newValue } }
    }

    public var began: Instant {
        get { whole.parts.began }
        set { change { $0.began = newValue } }
    }

    public var ended: Instant? {
        get { whole.parts.ended }
        set { change { $0.ended = newValue } }
    }

    public var ending: Ending? {
        get { whole.parts.ending }
        set { change { $0.ending = newValue } }
    }

    /// Begun by `begins: {each:}`, so closed when that turns false.
    public var isByEach: Bool {
        get { whole.parts.isByEach }
        set { change { $0.isByEach = newValue } }
    }

    /// The atomic states that are active.
    public var active: [String] {
        get { whole.parts.active }
        set { change { $0.active = newValue } }
    }

    /// The words that its active states announce.
    public var announcing: [String] {
        get { whole.parts.announcing }
        set { change { $0.announcing = newValue } }
    }

    public var variables: [String: Value] {
        get { whole.parts.variables }
        set { change { $0.variables = newValue } }
    }

    public var history: [String: [String]] {
        get { whole.parts.history }
        set { change { $0.history = newValue } }
    }

    /// When each active state with a duty or a moment was entered.
    public var entered: [String: Instant] {
        get { whole.parts.entered }
        set { change { $0.entered = newValue } }
    }

    /// Named deadlines as last worked out.
    public var deadlines: [String: Instant] {
        get { whole.parts.deadlines }
        set { change { $0.deadlines = newValue } }
    }

    /// Moments under `at:` of active states as last worked out, by index.
    public var moments: [Int: Instant] {
        get { whole.parts.moments }
        set { change { $0.moments = newValue } }
    }

    /// Moments for which the case has been woken, by index.
    public var woken: [Int: Instant] {
        get { whole.parts.woken }
        set { change { $0.woken = newValue } }
    }

    /// Checklist lines ticked, by state, kept when the state is left.
    public var ticks: [String: TextSet] {
        get { whole.parts.ticks }
        set { change { $0.ticks = newValue } }
    }

    public var given: [String: Given] {
        get { whole.parts.given }
        set { change { $0.given = newValue } }
    }
}

extension Case: Hashable {
    public static func == (one: Case, other: Case) -> Bool { one.whole === other.whole || one.whole.parts == other.whole.parts }

    public func hash(into hasher: inout Hasher) { hasher.combine(whole.parts) }
}

extension Case: Codable {
    public init(from decoder: any Decoder) throws { whole = Whole(try Parts(from: decoder)) }

    public func encode(to encoder: any Encoder) throws { try whole.parts.encode(to: encoder) }
}
