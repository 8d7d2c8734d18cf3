import Diagnostics

/// libyaml's reason for stopping in the words of someone who writes a workflow, with what would have been right.
struct SyntaxReason {
    var message: String
    var expected: String?

    init(_ problem: SyntaxProblem, at place: Position, in source: SourceText) {
        let character = Self.character(at: place, in: source)
        let isEnd = place.offset >= source.text.utf8.count
        switch problem.problem {
        case "mapping values are not allowed in this context":
            self.init("a `:` may not stand here", expected: "quotes round a text that holds `: `, or a key on its own line")
        case "found character that cannot start any token":
            self.init(
                character == "\t" ? "a tab may not indent" : "a text may not begin with `\(character ?? " ")`",
                expected: character == "\t" ? "spaces" : "quotes round the text")
        case "found a tab character that violates indentation", "found a tab character where an indentation space is expected":
            self.init("a tab may not indent", expected: "spaces")
        case "did not find expected key":
            self.init("this does not continue the mapping", expected: "a key in the column in which the block began")
        case "did not find expected '-' indicator":
            self.init("this does not continue the list", expected: "a `-` in the column in which the list began")
        case "could not find expected ':'":
            self.init("a key without its `:`", expected: "`:` after the key, or quotes round a text of several lines")
        case "did not find expected ',' or '}'":
            self.init(isEnd ? "the `{` is never closed" : "the mapping in braces goes wrong here", expected: "`,` or `}`")
        case "did not find expected ',' or ']'":
            self.init(isEnd ? "the `[` is never closed" : "the list in brackets goes wrong here", expected: "`,` or `]`")
        case "found unexpected end of stream":
            self.init("the quote is never closed", expected: "a closing quote")
        case "found unknown escape character":
            self.init(
                "`\\\(Self.character(after: place, in: source))` is no escape",
                expected: "single quotes, in which `\\` is itself")
        case "block sequence entries are not allowed in this context":
            self.init("a list item may not stand here", expected: "the list on a line of its own, below its key")
        case "did not find expected alphabetic or numeric character":
            self.init("a text may not begin with `*` or `&`", expected: "quotes round the text")
        case "control characters are not allowed":
            self.init("a control character may not stand in the file", expected: "text without control characters")
        default:
            self.init(problem.problem)
        }
    }

    private init(_ message: String, expected: String? = nil) {
        self.message = message
        self.expected = expected
    }

    /// Whether a line was met that fits no open block.
    static func isOfIndentation(_ problem: SyntaxProblem) -> Bool {
        !problem.isByteOffset
            && ["did not find expected key", "did not find expected '-' indicator"].contains(problem.problem)
    }

    /// "while parsing a block mapping" as a remark on the place where that began.
    static func beginning(_ context: String) -> String {
        for prefix in ["while parsing ", "while scanning "] where context.hasPrefix(prefix) {
            return "\(context.dropFirst(prefix.count)) began here"
        }
        return context
    }

    /// The character after the one at the place, such as the letter of an escape.
    private static func character(after place: Position, in source: SourceText) -> String {
        let next = Position(offset: place.offset + 1, line: place.line, column: place.column + 1)
        return character(at: next, in: source).map { String($0) } ?? ""
    }

    private static func character(at place: Position, in source: SourceText) -> Character? {
        let bytes = source.text.utf8
        guard place.offset < bytes.count else { return nil }
        return source.text.unicodeScalars[bytes.index(bytes.startIndex, offsetBy: place.offset)...].first.map(Character.init)
    }
}
