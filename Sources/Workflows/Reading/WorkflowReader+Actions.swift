import Diagnostics
import YAML

extension WorkflowReader {
    /// Verbs that may stand in a transition itself.
    static let inlineVerbs = ["set", "tell", "start", "mail", "draft", "raise", "send", "cancel", "log"]
    static let adverbs = ["if", "about", "with", "for", "each", "do", "else", "foreach", "index"]
    static let chartVerbs = ["set", "raise", "send", "cancel", "log"]
    static let chartAdverbs = ["if", "with", "do", "else", "foreach", "index"]

    var verbs: [String] { isChart ? Self.chartVerbs : Self.inlineVerbs }

    /// What stands beside a verb and says more of it.
    struct Adverbs {
        var about: [NamedNode] = []
        var with: [NamedNode] = []
        var whole: Node?
        var subjects: [NamedNode] = []
        var each: NamedNode?
    }

    /// An action or a list of actions.
    mutating func actions(_ node: Node) -> [UncheckedAction] {
        node.items.flatMap { action($0) }
    }

    /// Blocks of actions: a list is one block, a list of lists several.
    mutating func blocks(_ node: Node) -> [[UncheckedAction]] {
        guard let items = node.elements, items.contains(where: { $0.elements != nil }) else { return [actions(node)] }
        return items.map { actions($0) }
    }

    private mutating func action(_ node: Node) -> [UncheckedAction] {
        let keys = verbs + (isChart ? Self.chartAdverbs : Self.adverbs)
        guard let fields = node.mapping(allowing: keys, of: "an action", &log) else { return [] }
        let condition = fields["if"].flatMap { expression($0, of: "`if`") }
        if let list = fields["foreach"] {
            let body = fields["do"].map { actions($0) } ?? []
            let index = fields["index"].flatMap { variableName($0) }
            guard let each = one(list, of: "`foreach`") else { return [] }
            return [UncheckedAction(verb: .forEach(each, index: index, body), condition: condition, origin: node.range)]
        }
        if let body = fields["do"] {
            guard let condition else {
                log.add(
                    .badAction, at: node.range, "`do` needs `if` or `foreach` beside it", expected: "`{if: CEL, do: [actions]}`"
                )
                return []
            }
            let otherwise = fields["else"].map { actions($0) } ?? []
            return [
                UncheckedAction(verb: .conditional(condition, then: actions(body), otherwise: otherwise), origin: node.range)
            ]
        }
        return acts(node, fields, condition)
    }

    private mutating func acts(_ node: Node, _ fields: Fields, _ condition: Node?) -> [UncheckedAction] {
        let acts = (node.entries ?? []).filter { verbs.contains($0.key.rawText ?? "") }
        guard let first = acts.first else {
            // A key that is not known was found already.
            let keys = verbs + (isChart ? Self.chartAdverbs : Self.adverbs)
            if (node.entries ?? []).contains(where: { !keys.contains($0.key.rawText ?? "") }) { return [] }
            log.add(.badAction, at: node.range, "an action needs a verb", expected: verbs.joined(separator: ", "))
            return []
        }
        let beside = ["about", "with", "for", "each", "index", "else"].filter { fields.key($0) != nil }
        if acts.count > 1, let adverb = beside.first {
            log.add(
                .badAction, at: fields.key(adverb)?.range ?? node.range,
                "`\(adverb)` does not say to which of the verbs it belongs",
                expected: "a list of actions, each with its own `\(adverb)`")
        }
        let taken = Self.adverbs(of: first.key.rawText ?? "")
        if let stray = beside.first(where: { !taken.contains($0) }) {
            log.add(
                .badAction, at: fields.key(stray)?.range ?? node.range, "`\(first.key.rawText ?? "")` takes no `\(stray)`",
                expected: taken.isEmpty ? "nothing beside it but `if`" : taken.map { "`\($0)`" }.joined(separator: ", "))
        }
        let adverbs = self.adverbs(fields)
        return acts.compactMap { entry in
            verb(entry.key.rawText ?? "", entry.value, adverbs).map {
                UncheckedAction(verb: $0, condition: condition, origin: node.range)
            }
        }
    }

    private static func adverbs(of verb: String) -> [String] {
        switch verb {
        case "tell": ["about", "with"]
        case "start": ["for", "with", "each"]
        case "raise": ["with"]
        default: []
        }
    }

    private mutating func adverbs(_ fields: Fields) -> Adverbs {
        var adverbs = Adverbs()
        adverbs.about = fields["about"].map { namedNodes($0, of: "`about`") } ?? []
        adverbs.subjects = fields["for"].map { namedNodes($0, of: "`for`") } ?? []
        adverbs.each = fields["each"].flatMap { one($0, of: "`each`") }
        if let with = fields["with"] {
            if with.rawText != nil {
                adverbs.whole = expression(with, of: "`with`")
            } else {
                adverbs.with = namedNodes(with, of: "`with`")
            }
        }
        return adverbs
    }

    /// `{variable: list}`: one name with its list.
    private mutating func one(_ node: Node, of what: String) -> NamedNode? {
        let named = namedNodes(node, of: what)
        if named.count == 1 { return named[0] }
        log.add(.badAction, at: node.range, "\(what) has one variable and its list", expected: "`{variable: list}`")
        return nil
    }

    mutating func verb(_ verb: String, _ node: Node, _ adverbs: Adverbs) -> UncheckedAction.Verb? {
        if adverbs.whole != nil, !["start", "raise"].contains(verb) {
            log.add(.badAction, at: node.range, "`\(verb)` takes no whole map under `with`", expected: "`with: {name: CEL}`")
        }
        switch verb {
        case "tell": return name(node, of: "an event").map { .tell($0, about: adverbs.about, with: adverbs.with) }
        case "start":
            return name(node, of: "a workflow").map {
                .start($0, for: adverbs.subjects, with: adverbs.with, whole: adverbs.whole, each: adverbs.each)
            }
        case "mail": return mail(node)
        case "draft": return .draft(node.items.compactMap { name($0, of: "a document") })
        case "set": return .set(namedNodes(node, of: "`set`"))
        case "raise":
            let fields: UncheckedPayload = adverbs.with.isEmpty ? .none : .fields(adverbs.with)
            return eventName(node).map { .raise($0, with: adverbs.whole.map { .whole($0) } ?? fields) }
        case "send": return send(node)
        case "cancel": return wordOrExpression(node, of: "the id of what was sent").map { .cancel($0) }
        default: return logged(node)
        }
    }

    private mutating func mail(_ node: Node) -> UncheckedAction.Verb? {
        var letters: [(document: Word, to: [Word])] = []
        for entry in node.namedEntries(of: "`mail`", &log) {
            guard let document = name(entry.key, of: "a document") else { continue }
            let recipients = words(entry.value, of: "a recipient")
            if recipients.isEmpty {
                log.add(
                    .badAction, at: entry.key.range, "`\(document.text)` is mailed to nobody",
                    expected: "a role or a list of roles")
            }
            letters.append((document, recipients))
        }
        return letters.isEmpty ? nil : .mail(letters)
    }
}
