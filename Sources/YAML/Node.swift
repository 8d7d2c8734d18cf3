import Diagnostics

/// One value of a YAML file that knows where it stands: a scalar, a sequence or a mapping.
///
/// A node says nothing of meaning. `scalar` gives the value by the core schema of YAML 1.2; the readers in `Node+Reading.swift`
/// give typed values and collect findings.
public struct Node: Sendable, Hashable {
    public enum Content: Sendable, Hashable {
        case scalar(text: String, style: ScalarStyle)
        case sequence([Node])
        case mapping([Entry])
    }

    /// How a scalar is written; only a plain one can be something else than a string.
    public enum ScalarStyle: Sendable, Hashable {
        case plain, singleQuoted, doubleQuoted, literal, folded
    }

    /// One `key: value` of a mapping, in the order of the file. Keys are scalars and differ from each other.
    public struct Entry: Sendable, Hashable {
        public var key: Node
        public var value: Node

        public init(key: Node, value: Node) {
            self.key = key
            self.value = value
        }
    }

    public var range: SourceRange
    public var content: Content

    public init(range: SourceRange, content: Content) {
        self.range = range
        self.content = content
    }
}

extension Node {
    /// The text of a scalar as it reads without its quotes; nil for a collection.
    public var rawText: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }

    /// The entries of a mapping; nil for anything else.
    public var entries: [Entry]? {
        guard case .mapping(let entries) = content else { return nil }
        return entries
    }

    /// The items of a sequence; nil for anything else.
    public var elements: [Node]? {
        guard case .sequence(let nodes) = content else { return nil }
        return nodes
    }

    /// The value under a key of a mapping.
    public subscript(key: String) -> Node? { entries?.first { $0.key.rawText == key }?.value }

    /// The shape in words, for messages: "a text", "a list".
    public var shape: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar:
            switch scalar {
            case .null?: "nothing"
            case .bool?: "true or false"
            case .int?, .float?: "a number"
            default: "a text"
            }
        }
    }
}

extension Node {
    /// The place in the file of a stretch of a scalar's text, in UTF-8 bytes: what an expression or a deadline in it says of itself.
    ///
    /// Plain and quoted scalars of one line give the place itself; one that is folded over lines gives the whole scalar.
    public func range(ofBytes bytes: Range<Int>) -> SourceRange {
        guard let start = position(ofByte: bytes.lowerBound), let end = position(ofByte: bytes.upperBound) else { return range }
        return SourceRange(start, end)
    }

    private func position(ofByte wanted: Int) -> Position? {
        guard case .scalar(let text, let style) = content, range.start.line == range.end.line else { return nil }
        let quote = style == .plain ? 0 : 1
        guard style == .plain || style == .singleQuoted || style == .doubleQuoted else { return nil }
        var written = 0
        var columns = 0
        var found: (bytes: Int, columns: Int)?
        var seen = 0
        for scalar in text.unicodeScalars {
            if seen >= wanted, found == nil { found = (written, columns) }
            let width = UTF8.width(scalar)
            seen += width
            let isEscaped = style.escapes(scalar)
            written += width + (isEscaped ? 1 : 0)
            columns += isEscaped ? 2 : 1
        }
        // Another escape than the usual one was used: the places inside are not known.
        guard range.end.offset - range.start.offset == written + 2 * quote else { return nil }
        let place = found ?? (written, columns)
        return Position(
            offset: range.start.offset + quote + place.bytes, line: range.start.line,
            column: range.start.column + quote + place.columns)
    }
}

extension Node.ScalarStyle {
    /// Whether the character is written with one more character in a scalar of this style.
    fileprivate func escapes(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .singleQuoted: scalar == "'"
        case .doubleQuoted: scalar == "\"" || scalar == "\\"
        default: false
        }
    }
}
