/// Reads a value from the JSON text that stands for it, as Foundation's decoder would, in a fraction of the time.
final class LineReader {
    private let bytes: [UInt8]
    private(set) var pieces: [LineScanner.Piece]

    private init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        pieces = try LineScanner.pieces(of: bytes)
    }

    /// The value for which a text stands. Throws `DecodingError`.
    static func value<Value: Decodable>(from line: String) throws -> Value {
        try Value(from: LineDecoder(reader: try LineReader(Array(line.utf8)), place: 0))
    }
}

// Single values
extension LineReader {
    func isNull(_ place: Int) -> Bool { pieces[place].kind == .null }

    func flag(_ place: Int) throws -> Bool {
        switch pieces[place].kind {
        case .yes: return true
        case .no: return false
        default: throw mismatch(Bool.self, place)
        }
    }

    func text(_ place: Int) throws -> String {
        let piece = pieces[place]
        switch piece.kind {
        case .text: return String(decoding: bytes[Int(piece.start)..<Int(piece.end)], as: UTF8.self)
        case .escapedText: return try unescaped(piece)
        default: throw mismatch(String.self, place)
        }
    }

    func number<Number: FixedWidthInteger>(_ place: Int) throws -> Number {
        let piece = pieces[place]
        guard piece.kind == .number else { throw mismatch(Number.self, place) }
        let digits = bytes[Int(piece.start)..<Int(piece.end)]
        // One digit is the rule; a number may also be written with a point or an exponent, and be whole all the same.
        if digits.count == 1, let digit = digits.first, (0x30...0x39).contains(digit) {
            return Number(truncatingIfNeeded: digit - 0x30)
        }
        let written = String(decoding: digits, as: UTF8.self)
        if let number = Number(written) ?? Double(written).flatMap({ Number(exactly: $0) }) { return number }
        throw corrupted("`\(written)` does not fit \(Number.self)")
    }

    func fraction(_ place: Int) throws -> Double {
        let piece = pieces[place]
        guard piece.kind == .number else { throw mismatch(Double.self, place) }
        let written = String(decoding: bytes[Int(piece.start)..<Int(piece.end)], as: UTF8.self)
        guard let number = Double(written), number.isFinite else { throw corrupted("`\(written)` is no number") }
        return number
    }

    private func unescaped(_ piece: LineScanner.Piece) throws -> String {
        var text: [UInt8] = []
        var place = Int(piece.start)
        while place < Int(piece.end) {
            let letter = bytes[place]
            place += 1
            guard letter == UInt8(ascii: "\\"), place < Int(piece.end) else {
                text.append(letter)
                continue
            }
            let escaped = bytes[place]
            place += 1
            switch escaped {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escaped)
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "u"): text += try scalar(&place, Int(piece.end)).utf8
            default: throw corrupted("`\\\(Character(UnicodeScalar(escaped)))` is no escape")
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// What four hexadecimal digits name, or twice four.
    private func scalar(_ place: inout Int, _ end: Int) throws -> String {
        var units = [try unit(&place, end)]
        if UTF16.isLeadSurrogate(units[0]), place + 6 <= end, bytes[place] == UInt8(ascii: "\\"),
            bytes[place + 1] == UInt8(ascii: "u")
        {
            place += 2
            units.append(try unit(&place, end))
        }
        guard let text = String(validating: units, as: UTF16.self) else { throw corrupted("an escape names half a letter") }
        return text
    }

    private func unit(_ place: inout Int, _ end: Int) throws -> UInt16 {
        guard place + 4 <= end, let unit = UInt16(String(decoding: bytes[place..<(place + 4)], as: UTF8.self), radix: 16) else {
            throw corrupted("an escape has four hexadecimal digits")
        }
        place += 4
        return unit
    }
}

// Objects
extension LineReader {
    /// The place of the value that an object has under a key.
    func member(_ key: String, of object: Int) -> Int? {
        let count = Int(pieces[object].count)
        guard count > 0 else { return nil }
        var key = key
        return key.withUTF8 { wanted in
            let lately = Int(pieces[object].lately)
            let isBegun = lately > object
            // From the one that was found last to the end, then from the beginning.
            let first = isBegun ? Int(pieces[lately + 1].next) : object + 1
            let end = Int(pieces[object].next)
            return member(wanted, from: first, until: end, of: object)
                ?? (isBegun ? member(wanted, from: object + 1, until: first, of: object) : nil)
        }
    }

    private func member(_ wanted: UnsafeBufferPointer<UInt8>, from first: Int, until end: Int, of object: Int) -> Int? {
        var place = first
        while place < end {
            if isText(place, wanted) {
                pieces[object].lately = Int32(place)
                return place + 1
            }
            place = Int(pieces[place + 1].next)
        }
        return nil
    }

    private func isText(_ place: Int, _ wanted: UnsafeBufferPointer<UInt8>) -> Bool {
        let piece = pieces[place]
        if piece.kind == .escapedText { return (try? unescaped(piece))?.utf8.elementsEqual(wanted) ?? false }
        let start = Int(piece.start)
        guard Int(piece.end) - start == wanted.count else { return false }
        for offset in wanted.indices where bytes[start + offset] != wanted[offset] { return false }
        return true
    }

    func keys(of object: Int) -> [String] {
        var keys: [String] = []
        var place = object + 1
        while place < Int(pieces[object].next) {
            if let key = try? text(place) { keys.append(key) }
            place = Int(pieces[place + 1].next)
        }
        return keys
    }
}

// Faults
extension LineReader {
    func mismatch(_ type: any Any.Type, _ place: Int) -> DecodingError {
        .typeMismatch(type, .init(codingPath: [], debugDescription: "found \(pieces[place].kind)"))
    }

    func missing(_ key: any CodingKey) -> DecodingError {
        .keyNotFound(key, .init(codingPath: [], debugDescription: "there is no `\(key.stringValue)`"))
    }

    private func corrupted(_ what: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: what))
    }
}
