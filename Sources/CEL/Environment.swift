/// What an expression may name: variables, functions and object types, with their types.
public struct Environment: Sendable {
    /// A variable kept in a numbered place, read by index when the program runs.
    public struct Slot: Sendable, Hashable {
        public var name: String
        public var kind: Kind

        public init(name: String, kind: Kind) {
            self.name = name
            self.kind = kind
        }
    }

    /// A function or method that the world answers: `may(person, 'vote', item)`, `meeting.in('sitting')` (then `target` is the
    /// receiver's kind).
    public struct Function: Sendable, Hashable {
        public var name: String
        public var target: Kind?
        public var parameters: [Kind]
        public var result: Kind

        public init(name: String, target: Kind? = nil, parameters: [Kind], result: Kind) {
            self.name = name
            self.target = target
            self.parameters = parameters
            self.result = result
        }
    }

    public var slots: [Slot]
    /// Names that the world answers when asked.
    public var names: [String: Kind]
    public var functions: [Function]
    /// Object types: the fields of each.
    public var objects: [String: [String: Kind]]
    /// The namespace in which names are looked up first, as in the CEL specification; empty for none.
    public var container: String
    /// Without the check every name and result is `dyn`.
    public var isChecked: Bool
    /// What a named time zone is ahead of UTC at a moment, in seconds; nil for a zone that is not known. UTC and fixed offsets such
    /// as `+01:00` need no answer.
    public var zoneOffset: (@Sendable (_ zone: String, _ moment: Timestamp) -> Int?)?

    public init(
        slots: [Slot] = [], names: [String: Kind] = [:], functions: [Function] = [], objects: [String: [String: Kind]] = [:],
        container: String = "", isChecked: Bool = true,
        zoneOffset: (@Sendable (_ zone: String, _ moment: Timestamp) -> Int?)? = nil
    ) {
        self.slots = slots
        self.names = names
        self.functions = functions
        self.objects = objects
        self.container = container
        self.isChecked = isChecked
        self.zoneOffset = zoneOffset
    }
}
