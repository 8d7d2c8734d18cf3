/// Cuts an expression's text into tokens.
struct Lexer {
    let bytes: [UInt8]
    var place = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    /// All tokens, the last of them `end`.
    mutating func tokens() throws(CompileError) -> [Token] {
        var found: [Token] = []
        while true {
            let token = try next()
            found.append(token)
            if token.content == .end { return found }
        }
    }

    func byte(_ ahead: Int = 0) -> UInt8? {
        let index = place + ahead
        return index < bytes.count ? bytes[index] : nil
    }

    private mutating func next() throws(CompileError) -> Token {
        skipBlanks()
        let start = place
        guard let first = byte() else { return Token(content: .end, range: start..<start) }
        if isDigit(first) || (first == ascii(".") && byte(1).map(isDigit) == true) { return try number() }
        if let quote = stringStart() { return try string(quote) }
        if isLetter(first) { return word() }
        if first == ascii("`") { return try quotedName() }
        return try symbol()
    }

    private mutating func skipBlanks() {
        while let here = byte() {
            switch here {
            case 0x20, 0x09, 0x0A, 0x0C, 0x0D: place += 1
            case ascii("/") where byte(1) == ascii("/"):
                while let inside = byte(), inside != 0x0A { _ = inside; place += 1 }
            default: return
            }
        }
    }

    private mutating func word() -> Token {
        let start = place
        while let here = byte(), isLetter(here) || isDigit(here) { place += 1 }
        return Token(content: .name(text(start..<place)), range: start..<place)
    }

    private mutating func quotedName() throws(CompileError) -> Token {
        let start = place
        place += 1
        while let here = byte(), isLetter(here) || isDigit(here) || Self.quotable.contains(here) { place += 1 }
        guard byte() == ascii("`"), place > start + 1 else {
            throw CompileError(
                start..<place, "a quoted name is not closed",
                expected: "letters, digits, `_`, `.`, `-`, `/` or blanks, then a backtick")
        }
        place += 1
        return Token(content: .quotedName(text(start + 1..<place - 1)), range: start..<place)
    }

    private static let quotable: [UInt8] = [ascii("."), ascii("-"), ascii("/"), ascii(" ")]

    private mutating func symbol() throws(CompileError) -> Token {
        let start = place
        let rest = bytes[place..<min(place + 2, bytes.count)]
        for symbol in Self.symbols where rest.starts(with: symbol.utf8) {
            place += symbol.utf8.count
            return Token(content: .symbol(symbol), range: start..<place)
        }
        var end = place + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        let sign = text(start..<end)
        throw CompileError(start..<end, "`\(sign)` has no meaning here", nearest: ["=": "==", "&": "&&", "|": "||"][sign])
    }

    /// The longer ones first.
    private static let symbols = [
        "==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{",
        "}",
    ]

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

extension Lexer {
    private mutating func number() throws(CompileError) -> Token {
        let start = place
        if byte() == ascii("0"), byte(1) == ascii("x") || byte(1) == ascii("X") { return try hexadecimal() }
        var isDouble = false
        skipDigits()
        if byte() == ascii("."), byte(1).map(isDigit) == true {
            isDouble = true
            place += 1
            skipDigits()
        }
        if skipExponent() { isDouble = true }
        let written = text(start..<place)
        if isDouble {
            guard let value = Double(written) else { throw CompileError(start..<place, "`\(written)` is not a number") }
            return Token(content: .double(value), range: start..<place)
        }
        return try whole(UInt64(written), from: start)
    }

    private mutating func hexadecimal() throws(CompileError) -> Token {
        let start = place
        place += 2
        while let here = byte(), hexadecimalDigit(here) != nil { place += 1 }
        guard place > start + 2 else { throw CompileError(start..<place, "hexadecimal digits are missing after `0x`") }
        return try whole(UInt64(text(start + 2..<place), radix: 16), from: start)
    }

    private mutating func whole(_ value: UInt64?, from start: Int) throws(CompileError) -> Token {
        let isUnsigned = byte() == ascii("u") || byte() == ascii("U")
        if isUnsigned { place += 1 }
        guard let value else { throw CompileError(start..<place, "`\(text(start..<place))` is out of range") }
        return Token(content: isUnsigned ? .unsigned(value) : .integer(value), range: start..<place)
    }

    private mutating func skipDigits() {
        while let here = byte(), isDigit(here) { place += 1 }
    }

    private mutating func skipExponent() -> Bool {
        guard byte() == ascii("e") || byte() == ascii("E") else { return false }
        let sign = byte(1) == ascii("+") || byte(1) == ascii("-") ? 1 : 0
        guard byte(1 + sign).map(isDigit) == true else { return false }
        place += 1 + sign
        skipDigits()
        return true
    }
}

func ascii(_ scalar: Unicode.Scalar) -> UInt8 { UInt8(ascii: scalar) }
func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte == 0x5F }

/// What a hexadecimal digit counts.
func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x41 + 10)
    case 0x61...0x66: UInt32(byte - 0x61 + 10)
    default: nil
    }
}
