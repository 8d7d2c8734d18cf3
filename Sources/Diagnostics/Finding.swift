/// A positioned remark on a person's file: what is wrong, where, what was expected, and the nearest correct name.
public struct Finding: Hashable, Sendable {
    /// A note says something of the check itself, such as how far it went; nothing need be mended.
    public enum Severity: String, Sendable, Codable { case error, warning, note }

    /// Another place that helps to understand the finding, such as the first of two definitions.
    public struct Related: Hashable, Sendable {
        public var file: String
        public var range: SourceRange
        public var message: String

        public init(file: String, range: SourceRange, message: String) {
            self.file = file
            self.range = range
            self.message = message
        }
    }

    public var severity: Severity
    /// A stable name such as `MW012`, under which an article explains the finding.
    public var code: String
    public var file: String
    public var range: SourceRange
    public var message: String
    /// What would have been right here, in words: "a list of commands".
    public var expected: String?
    /// The correct name that is nearest to what was written.
    public var nearest: String?
    public var related: [Related]

    public init(
        _ severity: Severity = .error, code: String, file: String, range: SourceRange, message: String, expected: String? = nil,
        nearest: String? = nil, related: [Related] = []
    ) {
        self.severity = severity
        self.code = code
        self.file = file
        self.range = range
        self.message = message
        self.expected = expected
        self.nearest = nearest
        self.related = related
    }
}

extension Finding: Comparable {
    /// By file, then place, then code: the order in which a person mends them.
    public static func < (lhs: Finding, rhs: Finding) -> Bool {
        if lhs.file != rhs.file { return lhs.file < rhs.file }
        if lhs.range.start != rhs.range.start { return lhs.range.start < rhs.range.start }
        return lhs.code < rhs.code
    }
}

extension Finding {
    /// The finding for a terminal: `file:line:column: error: message [code]`, the line itself, a caret under the place, and what
    /// was expected. `source` is the text of the finding's file; without it the line is left out.
    public func rendered(in source: SourceText?) -> String {
        var text = "\(file):\(range.start.line):\(range.start.column): \(severity.rawValue): \(message) [\(code)]"
        if let source {
            let line = source.line(range.start.line).prefix(Self.widestLine)
            let width = range.end.line == range.start.line ? max(1, range.end.column - range.start.column) : 1
            let indent = line.unicodeScalars.prefix(range.start.column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
            text += "\n    \(line)\n    \(indent)\(String(repeating: "^", count: min(width, Self.widestLine)))"
        }
        if let expected { text += "\n    expected: \(expected)" }
        if let nearest { text += "\n    did you mean `\(nearest)`?" }
        for place in related {
            text += "\n    \(place.file):\(place.range.start.line):\(place.range.start.column): \(place.message)"
        }
        return text
    }

    private static let widestLine = 200
}
