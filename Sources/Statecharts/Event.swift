import CEL

/// Something that happened, told to a chart.
public struct Event: Sendable, Hashable {
    /// Where it came from, as `_event.type` says (SCXML 1.0, 5.10.1).
    public enum Source: String, Sendable, Hashable {
        /// From outside.
        case external
        /// Raised by the chart.
        case `internal`
        /// From the interpreter: errors and `done`.
        case platform
    }

    /// Words with dots between them: `meeting.opened`.
    public var name: String
    public var data: Value
    public var source: Source
    /// The id with which it was sent.
    public var sendID: String?
    /// The id of the started chart that it comes from.
    public var invocation: String?

    public init(
        _ name: String, data: Value = .null, source: Source = .external, sendID: String? = nil, invocation: String? = nil
    ) {
        self.name = name
        self.data = data
        self.source = source
        self.sendID = sendID
        self.invocation = invocation
    }

    /// Whether a descriptor fits the name of an event: `a.b`, `a.b.*` and `a.b.` fit `a.b` and `a.b.c`; `*` fits all (SCXML 1.0, 3.12.1).
    public static func fits(_ descriptor: String, _ name: String) -> Bool {
        let descriptor = normal(descriptor)
        return descriptor == "*" || name == descriptor || name.hasPrefix(descriptor + ".")
    }

    /// `a.b.*` and `a.b.` are `a.b`.
    static func normal(_ descriptor: String) -> String {
        var text = Substring(descriptor)
        if text.hasSuffix(".*") { text.removeLast(2) }
        while text.hasSuffix(".") { text.removeLast() }
        return text.isEmpty ? "*" : String(text)
    }

    /// The event as guards and actions see it under `_event`.
    var value: Value {
        .map([
            .string("name"): .string(name), .string("type"): .string(source.rawValue), .string("data"): data,
            .string("sendid"): sendID.map(Value.string) ?? .null,
            .string("invokeid"): invocation.map(Value.string) ?? .null,
        ])
    }
}
