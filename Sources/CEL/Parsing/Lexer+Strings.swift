/// How a string literal begins.
struct StringStart {
    /// Letters before the quotation mark.
    var prefix: Int
    var isRaw: Bool
    var isBytes: Bool
    var quote: UInt8
    var isTriple: Bool
}

extension Lexer {
    /// The beginning of a string or bytes literal at this place, if there is one.
    func stringStart() -> StringStart? {
        var found = StringStart(prefix: 0, isRaw: false, isBytes: false, quote: 0, isTriple: false)
        while let here = byte(found.prefix) {
            switch here {
            case ascii("r"), ascii("R"):
                guard !found.isRaw else { return nil }
                found.isRaw = true
            case ascii("b"), ascii("B"):
                guard !found.isBytes else { return nil }
                found.isBytes = true
            case ascii("'"), ascii("\""):
                found.quote = here
                found.isTriple = byte(found.prefix + 1) == here && byte(found.prefix + 2) == here
                return found
            default: return nil
            }
            found.prefix += 1
        }
        return nil
    }

    mutating func string(_ start: StringStart) throws(CompileError) -> Token {
        let from = place
        place += start.prefix + (start.isTriple ? 3 : 1)
        var content: [UInt8] = []
        while true {
            guard let here = byte() else { throw CompileError(from..<place, "a string is not closed") }
            if here == start.quote, !start.isTriple || (byte(1) == here && byte(2) == here) { break }
            if !start.isTriple, here == 0x0A || here == 0x0D {
                throw CompileError(
                    from..<place, "a string ends with its line", expected: "three quotation marks around several lines")
            }
            if here == ascii("\\"), !start.isRaw {
                try escape(into: &content, isBytes: start.isBytes)
            } else {
                content.append(here)
                place += 1
            }
        }
        place += start.isTriple ? 3 : 1
        let range = from..<place
        if start.isBytes { return Token(content: .bytes(content), range: range) }
        return Token(content: .string(String(decoding: content, as: UTF8.self)), range: range)
    }

    private mutating func escape(into content: inout [UInt8], isBytes: Bool) throws(CompileError) {
        let start = place
        guard let letter = byte(1) else { throw CompileError(start..<place, "an escape is not finished") }
        place += 2
        if let simple = Self.escapes[letter] {
            content.append(simple)
            return
        }
        let number: UInt32
        switch letter {
        case ascii("x"), ascii("X"): number = try digits(2, radix: 16, from: start)
        case ascii("0")...ascii("3"):
            place -= 1
            number = try digits(3, radix: 8, from: start)
        case ascii("u") where !isBytes: number = try digits(4, radix: 16, from: start)
        case ascii("U") where !isBytes: number = try digits(8, radix: 16, from: start)
        default: throw CompileError(start..<place, "`\(text(start..<place))` is not an escape")
        }
        try append(number, to: &content, isBytes: isBytes, from: start)
    }

    private mutating func digits(_ count: Int, radix: UInt32, from start: Int) throws(CompileError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let digit = byte().flatMap(hexadecimalDigit), digit < radix else {
                throw CompileError(start..<place, "an escape is not finished", expected: "\(count) digits")
            }
            value = value << (radix == 8 ? 3 : 4) | digit
            place += 1
        }
        return value
    }

    private func append(
        _ number: UInt32, to content: inout [UInt8], isBytes: Bool, from start: Int
    ) throws(CompileError) {
        if isBytes {
            content.append(UInt8(truncatingIfNeeded: number))
            return
        }
        guard let scalar = Unicode.Scalar(number) else { throw CompileError(start..<place, "the escape names no character") }
        content.append(contentsOf: String(Character(scalar)).utf8)
    }

    private static let escapes: [UInt8: UInt8] = [
        ascii("a"): 7, ascii("b"): 8, ascii("f"): 12, ascii("n"): 10, ascii("r"): 13, ascii("t"): 9, ascii("v"): 11,
        ascii("\\"): 0x5C, ascii("?"): 0x3F, ascii("\""): 0x22, ascii("'"): 0x27, ascii("`"): 0x60,
    ]
}
