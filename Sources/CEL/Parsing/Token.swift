/// A word of an expression's text.
struct Token {
    enum Content: Equatable {
        case name(String)
        /// A field's name between backticks.
        case quotedName(String)
        /// Digits without their sign, so that the smallest integer can be written.
        case integer(UInt64)
        case unsigned(UInt64)
        case double(Double)
        case string(String)
        case bytes([UInt8])
        case symbol(String)
        case end
    }

    var content: Content
    /// The bytes of the text that it was read from.
    var range: Range<Int>

    /// The token as an error message shows it.
    var shown: String {
        switch content {
        case .name(let name), .quotedName(let name): "`\(name)`"
        case .symbol(let symbol): "`\(symbol)`"
        case .integer, .unsigned, .double: "a number"
        case .string, .bytes: "a string"
        case .end: "the end"
        }
    }
}

extension CompileError {
    /// One mistake alone.
    init(_ range: Range<Int>, _ message: String, expected: String? = nil, nearest: String? = nil) {
        self.init(issues: [Issue(range: range, message: message, expected: expected, nearest: nearest)])
    }
}
