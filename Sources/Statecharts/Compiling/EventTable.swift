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
        var linksOn: [String: [Int]] = [:]
        var eventlessLinks: [Int] = []
        for (number, link) in blueprint.links.enumerated() {
            guard let descriptors = link.definition.descriptors else {
                eventlessLinks.append(number)
                continue
            }
            for descriptor in Set(descriptors.map(Event.normal)) { linksOn[descriptor, default: []].append(number) }
        }
        let known = linksOn.keys.filter { $0 != "*" }.sorted()
        names = ["", "*"] + known
        numbers = Dictionary(uniqueKeysWithValues: known.enumerated().map { ($1, $0 + 2) })
        stateCount = blueprint.tree.nodes.count

        var draft = Draft(blueprint: blueprint, spans: Array(repeating: Span(), count: names.count * stateCount))
        draft.add(eventlessLinks)
        draft.add(linksOn["*"] ?? [])
        for name in known { draft.add(Self.beginnings(of: name).flatMap { linksOn[$0] ?? [] }) }
        leaves = draft.leaves
        spans = draft.spans
        candidates = draft.candidates
    }

    /// Fills the table event by event.
    private struct Draft {
        let blueprint: Blueprint
        var spans: [Span]
        var leaves: [Bits] = []
        var candidates: [Int32] = []

        /// `links`: the transitions that the next event fits.
        mutating func add(_ links: [Int]) {
            let nodes = blueprint.tree.nodes
            var fitting = [Bool](repeating: false, count: blueprint.links.count)
            for link in links { fitting[link] = true }
            var mask = Bits(room: nodes.count)
            for state in nodes.indices where nodes[state].kind == .atomic || nodes[state].kind == .final {
                let start = candidates.count
                if !links.isEmpty { collect(from: state, fitting) }
                spans[leaves.count * nodes.count + state] = Span(start: Int32(start), end: Int32(candidates.count))
                if candidates.count > start { mask.insert(state) }
            }
            leaves.append(mask)
        }

        /// Stops behind the first unguarded candidate, as nothing behind it is ever reached.
        private mutating func collect(from leaf: Int, _ fitting: [Bool]) {
            var state = leaf
            while state != 0 {
                for link in blueprint.linksOf[state] where fitting[link] {
                    candidates.append(Int32(link))
                    if blueprint.links[link].definition.guard == nil { return }
                }
                state = blueprint.tree.nodes[state].parent
            }
        }
    }

    /// The descriptors that fit a name.
    private static func beginnings(of name: String) -> [String] {
        var fitting = ["*", name]
        var name = name
        while let beginning = shortened(name) {
            fitting.append(beginning)
            name = beginning
        }
        return fitting
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

    /// The names that transitions out of these states listen for, `*` among them.
    func names(heardIn configuration: Bits) -> [String] {
        names.indices.dropFirst().filter { leaves[$0].intersects(configuration) }.map { names[$0] }
    }

    /// Whether any transition may ever take the event.
    func isHeard(_ event: Int) -> Bool { !leaves[event].isEmpty }
}
