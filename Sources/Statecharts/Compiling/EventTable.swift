/// Which transitions an event may take, for each active atomic state.
///
/// Names that no descriptor tells apart are one event here: `a.b.c` is the longest of its beginnings `a.b.c`, `a.b`, `a` that a
/// descriptor names, else the event that only `*` fits.
struct EventTable<Bits: StateBits>: Sendable {
    /// A stretch of `candidates`.
    struct Span: Sendable {
        var start: Int32 = 0
        var end: Int32 = 0
    }

    static var eventless: Int { 0 }
    static var unnamed: Int { 1 }

    /// Behind the two above, the beginnings that descriptors name.
    let names: [String]
    private let numbers: [String: Int]
    /// For each event the atomic and final states that have a candidate on their chain of ancestors.
    let leaves: [Bits]
    /// At `event * stateCount + state`.
    let spans: [Span]
    /// Transitions in the order in which they are tried: the state's own in document order, then its parent's.
    let candidates: [Int32]
    let stateCount: Int

    init(_ blueprint: Blueprint) {
        let patterns = blueprint.links.map { link in link.definition.descriptors.map { Set($0.map(Self.normal)) } }
        let known = Set(patterns.compactMap { $0 }.joined()).subtracting(["*"]).sorted()
        names = ["", "*"] + known
        numbers = Dictionary(uniqueKeysWithValues: known.enumerated().map { ($1, $0 + 2) })
        stateCount = blueprint.tree.nodes.count
        var leaves: [Bits] = []
        var spans = [Span](repeating: Span(), count: names.count * stateCount)
        var candidates: [Int32] = []
        for event in names.indices {
            let fitting = Self.beginnings(of: event, in: names)
            var mask = Bits(room: stateCount)
            for (state, node) in blueprint.tree.nodes.enumerated() where node.kind == .atomic || node.kind == .final {
                let start = candidates.count
                Self.collect(blueprint, patterns, from: state, fitting, &candidates)
                spans[event * stateCount + state] = Span(start: Int32(start), end: Int32(candidates.count))
                if candidates.count > start { mask.insert(state) }
            }
            leaves.append(mask)
        }
        self.leaves = leaves
        self.spans = spans
        self.candidates = candidates
    }

    /// Stops behind the first unguarded candidate, as nothing behind it is ever reached.
    private static func collect(
        _ blueprint: Blueprint, _ patterns: [Set<String>?], from leaf: Int, _ fitting: Set<String>?, _ candidates: inout [Int32]
    ) {
        var state = leaf
        while state != 0 {
            for link in blueprint.linksOf[state] {
                if let fitting {
                    guard let pattern = patterns[link], !pattern.isDisjoint(with: fitting) else { continue }
                } else if patterns[link] != nil {
                    continue
                }
                candidates.append(Int32(link))
                if blueprint.links[link].definition.guard == nil { return }
            }
            state = blueprint.tree.nodes[state].parent
        }
    }

    /// The descriptors that fit an event; nil for eventless.
    private static func beginnings(of event: Int, in names: [String]) -> Set<String>? {
        guard event != eventless else { return nil }
        var fitting: Set<String> = ["*"]
        guard event != unnamed else { return fitting }
        var name: String? = names[event]
        while let beginning = name {
            fitting.insert(beginning)
            name = shortened(beginning)
        }
        return fitting
    }

    /// `a.b.*` and `a.b.` are `a.b`.
    static func normal(_ descriptor: String) -> String {
        var text = Substring(descriptor)
        if text.hasSuffix(".*") { text.removeLast(2) }
        while text.hasSuffix(".") { text.removeLast() }
        return text.isEmpty ? "*" : String(text)
    }

    private static func shortened(_ name: String) -> String? {
        name.lastIndex(of: ".").map { String(name[..<$0]) }
    }

    /// The event that the name is here.
    func number(of name: String) -> Int {
        if let number = numbers[name] { return number }
        var name = name
        while let shorter = Self.shortened(name) {
            if let number = numbers[shorter] { return number }
            name = shorter
        }
        return Self.unnamed
    }

    /// The event whose name a descriptor gives in full.
    func exactNumber(of name: String) -> Int? { numbers[name] }

    /// Whether any transition may ever take the event.
    func isHeard(_ event: Int) -> Bool { !leaves[event].isEmpty }
}
