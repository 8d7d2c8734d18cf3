import Diagnostics

/// A mapping whose keys have been checked.
public struct Fields: Sendable {
    public let node: Node
    private let places: [String: Int]

    fileprivate init(_ node: Node, _ entries: [Node.Entry]) {
        self.node = node
        var places: [String: Int] = [:]
        for (place, entry) in entries.enumerated() { places[entry.key.rawText ?? ""] = place }
        self.places = places
    }

    public subscript(key: String) -> Node? { places[key].flatMap { node.entries?[$0].value } }

    /// The key itself, as it stands in the file.
    public func key(_ name: String) -> Node? { places[name].flatMap { node.entries?[$0].key } }

    /// The value under the key; a finding on the whole mapping where it is missing or empty.
    public func required(_ key: String, of what: String, _ log: inout FindingLog) -> Node? {
        if let node = self[key], !node.isNull { return node }
        let place = self.key(key)?.range ?? SourceRange(node.range.start, node.range.start)
        log.add(.missingKey, at: place, "\(what) needs `\(key)`", expected: "`\(key)`")
        return nil
    }
}

extension Node {
    /// The mapping with its keys checked against a list; a key outside it is a finding with the nearest one, and is passed over.
    /// - Parameter what: what the mapping is, in words: "a duty".
    public func mapping(allowing keys: [String], of what: String, _ log: inout FindingLog) -> Fields? {
        guard let entries else {
            log.add(.wrongShape, at: range, "\(what) is a mapping, and here stands \(shape)", expected: "a mapping")
            return nil
        }
        for entry in entries {
            let name = entry.key.rawText ?? ""
            guard !keys.contains(name) else { continue }
            log.add(
                .unknownKey, at: entry.key.range, "\(what) has no key `\(name)`", expected: list(keys),
                nearest: nearestName(to: name, among: keys))
        }
        return Fields(self, entries)
    }

    /// The entries of a mapping with names of one's own as keys; nothing at all counts as empty.
    public func namedEntries(of what: String, _ log: inout FindingLog) -> [Entry] {
        if let entries { return entries }
        if !isNull {
            log.add(.wrongShape, at: range, "\(what) are a mapping, and here stands \(shape)", expected: "a mapping of names")
        }
        return []
    }

    /// A text that is not empty; numbers, and true and false, are taken as they are written.
    public func text(of what: String, _ log: inout FindingLog) -> String? {
        if let text = rawText, !isNull, !text.isEmpty { return text }
        log.add(
            .wrongShape, at: range, "\(what) is a text, and here stands \(rawText == nil ? shape : "nothing")",
            expected: "a text")
        return nil
    }

    /// A whole number within the range.
    public func integer(in range: ClosedRange<Int> = Int.min...Int.max, of what: String, _ log: inout FindingLog) -> Int? {
        if case .int(let number)? = scalar, let number = Int(exactly: number), range.contains(number) { return number }
        let bounds =
            range == Int.min...Int.max ? "a whole number" : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        log.add(.notANumber, at: self.range, "\(what) is a whole number", expected: bounds)
        return nil
    }

    /// `true` or `false`.
    public func flag(of what: String, _ log: inout FindingLog) -> Bool? {
        if case .bool(let flag)? = scalar { return flag }
        log.add(.notAFlag, at: range, "\(what) is true or false", expected: "`true` or `false`")
        return nil
    }

    /// One of a few words.
    public func choice(among words: [String], of what: String, _ log: inout FindingLog) -> String? {
        guard let text = text(of: what, &log) else { return nil }
        if words.contains(text) { return text }
        log.add(
            .notAChoice, at: range, "\(what) cannot be `\(text)`", expected: list(words),
            nearest: nearestName(to: text, among: words))
        return nil
    }

    /// The items of a list; one thing alone stands for a list of itself, nothing for an empty one.
    public var items: [Node] { elements ?? (isNull ? [] : [self]) }

    /// A list of texts, or one text alone; each once.
    public func texts(of what: String, _ log: inout FindingLog) -> [String] {
        var texts: [String] = []
        for item in items {
            guard let text = item.text(of: what, &log) else { continue }
            if texts.contains(text) {
                log.add(.repeated, at: item.range, "`\(text)` stands twice", severity: .warning)
            } else {
                texts.append(text)
            }
        }
        return texts
    }
}

/// "`a`, `b` or `c`"
private func list(_ words: [String]) -> String {
    let quoted = words.map { "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "nothing" }
    return "\(quoted.dropLast().joined(separator: ", ")) or \(last)"
}
