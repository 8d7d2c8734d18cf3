import Diagnostics

/// Builds the tree from events and keeps to the bounds.
struct Composer {
    var log: FindingLog
    private let source: SourceText
    private let table: PositionTable
    /// A byte order mark is not handed to libyaml, which would count it as a column.
    private let skipped: Int
    private var open: [Collection] = []
    private var nodes = 0

    /// A collection that has begun and not ended.
    private struct Collection {
        var isMapping: Bool
        var isFlow: Bool
        var start: Position
        var elements: [Node] = []
        var entries: [Node.Entry] = []
        var key: Node?
        var keys: [String: SourceRange] = [:]
    }

    /// Why composing ends before the file does.
    private enum Stop: Error {
        case syntax(SyntaxProblem)
        case bound
    }

    init(source: SourceText) {
        self.source = source
        log = FindingLog(file: source.name)
        table = PositionTable(source.text)
        skipped = source.text.unicodeScalars.first == "\u{FEFF}" ? 1 : 0
    }

    /// The root of the first document; nil with a finding where there is none.
    mutating func compose() -> Node? {
        let text = source.text[source.text.unicodeScalars.index(source.text.startIndex, offsetBy: skipped)...]
        guard var events = EventSource(text.utf8) else {
            log.add(.notYAML, at: .start, "libyaml found no memory")
            return nil
        }
        do throws(Stop) {
            let root = try read(&events)
            if root == nil { log.add(.empty, at: .start, "the file is empty") }
            return root
        } catch .syntax(let problem) {
            report(problem)
            return nil
        } catch {
            return nil
        }
    }

    private mutating func read(_ events: inout EventSource) throws(Stop) -> Node? {
        var root: Node?
        while true {
            let (event, first, last) = try next(&events)
            let range = SourceRange(position(first), position(last))
            switch event {
            case .streamEnd: return root
            case .streamStart, .documentEnd: continue
            case .documentStart:
                guard root == nil else {
                    log.add(
                        .severalDocuments, at: range, "a second document begins here, which is not taken",
                        expected: "one document in a file")
                    return root
                }
            default:
                if let node = try take(event, range) { root = node }
            }
        }
    }

    private func next(_ events: inout EventSource) throws(Stop) -> (event: Event, start: Int, end: Int) {
        do throws(SyntaxProblem) { return try events.next() } catch { throw .syntax(error) }
    }

    /// Takes an event of content; gives the root when it is complete.
    private mutating func take(_ event: Event, _ range: SourceRange) throws(Stop) -> Node? {
        switch event {
        case .scalar(let text, let style, let properties):
            try count(range)
            note(properties, range)
            return place(Node(range: range, content: .scalar(text: text, style: style)))
        case .alias(let name):
            try count(range)
            log.add(
                .anchor, at: range, "`*\(name)` is an alias, which is not taken here", expected: "the value itself, or quotes")
            return place(Node(range: range, content: .scalar(text: "", style: .plain)))
        case .sequenceStart(let properties):
            try begin(isMapping: false, properties, range)
            return nil
        case .mappingStart(let properties):
            try begin(isMapping: true, properties, range)
            return nil
        default:
            guard let ended = open.popLast() else { return nil }
            return place(close(ended, range))
        }
    }

    private mutating func begin(isMapping: Bool, _ properties: Event.Properties, _ range: SourceRange) throws(Stop) {
        try count(range)
        note(properties, range)
        guard open.count < Bounds.depth else {
            log.add(
                .tooDeep, at: range, "lists and mappings are nested too deeply", expected: "a depth of at most \(Bounds.depth)")
            throw .bound
        }
        open.append(Collection(isMapping: isMapping, isFlow: properties.isFlow, start: range.start))
    }

    /// A block ends, for libyaml, where the next thing begins; here it ends with the last of what it holds.
    private func close(_ ended: Collection, _ range: SourceRange) -> Node {
        let last = ended.isMapping ? ended.entries.last?.value.range.end : ended.elements.last?.range.end
        let end = ended.isFlow ? range.end : max(last ?? ended.start, ended.start)
        return Node(
            range: SourceRange(ended.start, end), content: ended.isMapping ? .mapping(ended.entries) : .sequence(ended.elements)
        )
    }

    /// Puts a node where it belongs; gives it back if it is the root.
    private mutating func place(_ node: Node) -> Node? {
        guard var collection = open.popLast() else { return node }
        defer { open.append(collection) }
        guard collection.isMapping else {
            collection.elements.append(node)
            return nil
        }
        guard let key = collection.key else {
            collection.key = node
            return nil
        }
        collection.key = nil
        guard let name = key.rawText else {
            log.add(.complexKey, at: key.range, "\(key.shape) may not be a key", expected: "a word, or quotes round the text")
            return nil
        }
        if let earlier = collection.keys[name] {
            log.add(
                .duplicateKey, at: key.range, "the key `\(name)` stands twice in this mapping",
                related: [.init(file: source.name, range: earlier, message: "it stands here first")])
            return nil
        }
        collection.keys[name] = key.range
        collection.entries.append(.init(key: key, value: node))
        return nil
    }

    private mutating func count(_ range: SourceRange) throws(Stop) {
        nodes += 1
        guard nodes <= Bounds.nodes else {
            log.add(.tooManyNodes, at: range, "the file has too many values", expected: "at most \(Bounds.nodes)")
            throw .bound
        }
    }

    private mutating func note(_ properties: Event.Properties, _ range: SourceRange) {
        if let anchor = properties.anchor {
            log.add(
                .anchor, at: range, "`&\(anchor)` is an anchor, which is not taken here", expected: "the value alone, or quotes"
            )
        }
        if let tag = properties.tag {
            let standard = "tag:yaml.org,2002:"
            let written = tag.hasPrefix(standard) ? "!!" + tag.dropFirst(standard.count) : tag
            log.add(.tag, at: range, "`\(written)` is a tag, which is not taken here", expected: "the value alone, or quotes")
        }
    }

    private func position(_ index: Int) -> Position { table.position(ofScalar: index + skipped) }

    private mutating func report(_ problem: SyntaxProblem) {
        let place =
            problem.isByteOffset ? table.position(ofByte: problem.index + 3 * skipped) : position(problem.index)
        let reason = SyntaxReason(problem, at: place, in: source)
        var related: [Finding.Related] = []
        if let context = problem.context, let index = problem.contextIndex, !problem.isByteOffset {
            let start = position(index)
            if start != place {
                related = [.init(file: source.name, range: SourceRange(start, start), message: SyntaxReason.beginning(context))]
            }
        }
        if SyntaxReason.isOfIndentation(problem), let fault = Indentation(source).fault(stoppedAt: place.line) {
            let start = source.start(ofLine: fault.line)
            let stopped = Finding.Related(
                file: source.name, range: SourceRange(place, place), message: "seen from here, where reading stopped")
            return log.add(
                .notYAML, at: SourceRange(start, start), "this line stands further in or out than the others of its block",
                expected: fault.wanted == 1 ? "1 space before it" : "\(fault.wanted) spaces before it", related: [stopped])
        }
        log.add(.notYAML, at: SourceRange(place, place), reason.message, expected: reason.expected, related: related)
    }
}

extension SourceText {
    /// The first place of a line that is no space.
    fileprivate func start(ofLine number: Int) -> Position {
        let indent = line(number).prefix { $0 == " " }.count
        var low = 0
        var high = text.utf8.count
        while low < high {
            let middle = (low + high) / 2
            if position(at: middle).line < number { low = middle + 1 } else { high = middle }
        }
        return position(at: low + indent)
    }
}
