import Diagnostics
import YAML

/// Sending events and what they carry.
extension WorkflowReader {
    static let sendingKeys = ["event", "delay", "id", "id_into", "to", "with"]

    /// An event alone, or a mapping that says more.
    mutating func send(_ node: Node) -> UncheckedAction.Verb? {
        guard node.entries != nil else { return eventName(node).map { .send(UncheckedSending(event: .word($0))) } }
        guard let fields = node.mapping(allowing: Self.sendingKeys, of: "`send`", &log),
            let named = fields.required("event", of: "`send`", &log),
            let event = named.entries == nil ? eventName(named).map(UncheckedText.word) : computed(named, of: "an event")
        else { return nil }
        var sending = UncheckedSending(event: event)
        if let delay = fields["delay"] {
            guard let read = self.delay(delay) else { return nil }
            sending.delay = read
        }
        sending.id = fields["id"].flatMap { name($0, of: "an id") }
        sending.idVariable = fields["id_into"].flatMap { variableName($0) }
        sending.target = fields["to"].flatMap { wordOrExpression($0, of: "who is sent to") }
        sending.with = fields["with"].map { payload($0) } ?? .none
        return .send(sending)
    }

    private mutating func delay(_ node: Node) -> UncheckedSending.Delay? {
        if node.entries != nil {
            guard case .computed(let question)? = computed(node, of: "a delay") else { return nil }
            return .computed(question)
        }
        if let milliseconds = node.rawText.flatMap(Self.milliseconds) { return .milliseconds(milliseconds) }
        log.add(
            .badAction, at: node.range, "this is no delay",
            expected: "a number with `ms`, `s`, `min`, `h` or `d`: `90s`; or `{is: CEL}`")
        return nil
    }

    /// `90s`, `1.5s`, `5min`, `2h`, `10d`: at most a hundred years.
    static func milliseconds(_ text: String) -> Int? {
        let digits = text.prefix { ($0.isASCII && $0.isNumber) || $0 == "." }
        let units = ["ms": 1.0, "s": 1_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000]
        guard let unit = text == "0" ? 1 : units[String(text.dropFirst(digits.count))], digits.utf8.count <= 20,
            digits.last != ".", let count = Double(digits.hasPrefix(".") ? "0" + digits : String(digits))
        else { return nil }
        let span = (count * unit).rounded()
        return span <= 36_525 * 86_400_000 ? Int(span) : nil
    }

    /// `with`: fields of their own, or one expression for the whole.
    mutating func payload(_ node: Node) -> UncheckedPayload {
        if node.isNull { return .none }
        if node.rawText != nil { return expression(node, of: "`with`").map { .whole($0) } ?? .none }
        let fields = namedNodes(node, of: "`with`")
        return fields.isEmpty ? .none : .fields(fields)
    }

    /// A name, or `{is: CEL}`.
    mutating func wordOrExpression(_ node: Node, of what: String) -> UncheckedText? {
        node.entries == nil ? name(node, of: what).map(UncheckedText.word) : computed(node, of: what)
    }

    private mutating func computed(_ node: Node, of what: String) -> UncheckedText? {
        guard let fields = node.mapping(allowing: ["is"], of: what, &log) else { return nil }
        return fields.required("is", of: what, &log).flatMap { expression($0, of: what) }.map(UncheckedText.computed)
    }

    /// An expression, or `{label, value}`.
    mutating func logged(_ node: Node) -> UncheckedAction.Verb? {
        guard node.entries != nil else { return expression(node, of: "`log`").map { .log(label: "", $0) } }
        guard let fields = node.mapping(allowing: ["label", "value"], of: "`log`", &log),
            let label = fields.required("label", of: "`log`", &log)?.text(of: "a label", &log)
        else { return nil }
        return .log(label: label, fields["value"].flatMap { expression($0, of: "`value`") })
    }
}
