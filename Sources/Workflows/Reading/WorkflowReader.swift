import Diagnostics
import YAML

/// Reads the text of a workflow to an unchecked one. There is none where the file is no YAML or names no workflow; every other mistake is
/// a finding, and the rest is read.
/// - Parameter hash: the hash of the text, which whoever read the file worked out; cases are pinned to it.
public func readWorkflow(_ source: SourceText, hash: String) -> (UncheckedWorkflow?, [Finding]) {
    let (node, findings) = parseYAML(source)
    var reader = WorkflowReader(file: source.name)
    reader.log.add(findings)
    let workflow = node.flatMap { reader.workflow($0, hash: hash) }
    return (workflow, reader.log.findings)
}

/// Turns the tree of a file into an unchecked workflow, collecting findings.
struct WorkflowReader {
    var log: FindingLog
    /// A chart file is read: names are as SCXML has them, and what is of meetings has no place.
    let isChart: Bool

    init(file: String, isChart: Bool = false) {
        log = FindingLog(file: file)
        self.isChart = isChart
    }

    static let topKeys = [
        "workflow", "title", "basis", "for", "begins", "variables", "deadlines", "conditions", "commands", "states", "initial",
        "never", "always", "registers", "roles",
    ]

    mutating func workflow(_ node: Node, hash: String) -> UncheckedWorkflow? {
        guard let fields = node.mapping(allowing: Self.topKeys, of: "a workflow", &log) else { return nil }
        let name = fields.required("workflow", of: "a workflow", &log).flatMap { self.name($0, of: "a workflow's name") }
        let title = fields.required("title", of: "a workflow", &log)?.text(of: "a title", &log)
        let origin = fields.key("states")?.range ?? node.range
        var workflow = UncheckedWorkflow(
            file: log.file, hash: hash, name: name ?? Word(text: "", range: node.range), title: title ?? "", origin: origin)
        workflow.basis = fields["basis"]?.text(of: "a basis", &log)
        workflow.subjects = fields.required("for", of: "a workflow", &log).map { words($0, of: "a subject") } ?? []
        workflow.beginning = fields.required("begins", of: "a workflow", &log).flatMap { beginning($0) }
        workflow.variables = fields["variables"].map { variables($0) } ?? []
        workflow.deadlines = fields["deadlines"].map { namedNodes($0, of: "deadlines") } ?? []
        workflow.conditions = fields["conditions"].map { conditions($0) } ?? []
        workflow.commands = fields["commands"].map { commands($0) } ?? []
        workflow.states = fields.required("states", of: "a workflow", &log).map { states($0) } ?? []
        workflow.initial = fields["initial"].map { choices($0) } ?? []
        workflow.rules =
            (fields["never"].map { rules($0, .never) } ?? []) + (fields["always"].map { rules($0, .always) } ?? [])
        workflow.registers = fields["registers"].map { registers($0) } ?? []
        workflow.roles = fields["roles"].map { roles($0) } ?? []
        return name == nil ? nil : workflow
    }

    private mutating func beginning(_ node: Node) -> UncheckedBeginning? {
        guard let fields = node.mapping(allowing: ["command", "by", "each", "several", "word"], of: "`begins`", &log) else {
            return nil
        }
        let several = fields["several"]?.flag(of: "`several`", &log) ?? false
        let ways = (node.entries ?? []).filter { $0.key.rawText != "several" }
        guard let entry = ways.first, ways.count == 1,
            fields["by"] != nil || fields["word"] != nil || fields["several"] == nil
        else {
            log.add(
                .wrongShape, at: node.range, "`begins` says one thing",
                expected:
                    "`command: name`, `each: CEL`, or `by: [workflows]` or `word: [words]`, which may have `several: true` beside them"
            )
            return nil
        }
        if let command = fields["command"] { return name(command, of: "a command").map { .command($0) } }
        if let workflows = fields["by"] { return .by(words(workflows, of: "a workflow"), several: several) }
        if let told = fields["word"] { return .word(words(told, of: "a word"), several: several) }
        return fields["each"] == nil ? nil : expression(entry.value, of: "`each`").map { .each($0) }
    }

    mutating func conditions(_ node: Node) -> [UncheckedCondition] {
        node.namedEntries(of: "conditions", &log).compactMap { entry in
            guard let name = name(entry.key, of: "a condition's name") else { return nil }
            guard entry.value.entries != nil else {
                return expression(entry.value, of: "a condition").map { UncheckedCondition(name: name, question: $0) }
            }
            let fields = entry.value.mapping(allowing: ["is", "say"], of: "a condition", &log)
            guard let question = fields?.required("is", of: "a condition", &log),
                let checked = expression(question, of: "a condition")
            else { return nil }
            return UncheckedCondition(name: name, question: checked, say: fields?["say"])
        }
    }

    private mutating func rules(_ node: Node, _ sense: StandingRule.Sense) -> [UncheckedRule] {
        node.items.compactMap { item in
            guard let fields = item.mapping(allowing: ["name", "when", "if"], of: "a rule", &log),
                let name = fields.required("name", of: "a rule", &log)?.text(of: "a rule's name", &log),
                let condition = fields.required("if", of: "a rule", &log).flatMap({ expression($0, of: "a rule") })
            else { return nil }
            return UncheckedRule(
                sense: sense, name: name, when: fields["when"].flatMap { self.name($0, of: "an event") }, condition: condition)
        }
    }
}

extension WorkflowReader {
    /// Words that are looked up later; a dotted path is one.
    mutating func words(_ node: Node, of what: String) -> [Word] {
        node.items.compactMap { word($0, of: what) }
    }

    mutating func word(_ node: Node, of what: String) -> Word? {
        guard let text = node.text(of: what, &log) else { return nil }
        if text.utf8.count <= Self.longestWord { return Word(text: text, range: node.range) }
        log.add(.wrongShape, at: node.range, "\(what) is a name or a path, and this is too long", expected: "a name or a path")
        return nil
    }

    /// No name or path of names needs more bytes.
    static let longestWord = 256

    /// A scalar that will be compiled; `null`, numbers and `true` are expressions too.
    mutating func expression(_ node: Node, of what: String) -> Node? {
        if let text = node.rawText, !text.isEmpty { return node }
        log.add(
            .wrongShape, at: node.range, "\(what) is an expression, and here stands \(node.shape)", expected: "an expression")
        return nil
    }

    /// A text, a deadline or a title, kept with its place.
    mutating func textNode(_ node: Node, of what: String) -> Node? { node.text(of: what, &log).map { _ in node } }

    /// Names of the author's own with what stands under them.
    mutating func namedNodes(_ node: Node, of what: String) -> [NamedNode] {
        node.namedEntries(of: what, &log).compactMap { entry in
            guard let name = name(entry.key, of: "a name under \(what)"),
                let value = expression(entry.value, of: "`\(name.text)`")
            else { return nil }
            return NamedNode(name: name, node: value)
        }
    }
}
