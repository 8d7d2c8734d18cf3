/// Reads JSON into a flat list of pieces, in the order of the text: each knows where it ends, so that what nobody asks for is passed over.
struct LineScanner {
    struct Piece {
        enum Kind: UInt8 { case null, yes, no, number, text, escapedText, list, object }

        var kind: Kind
        /// Where it stands in the bytes; of a text, what stands between the quotation marks.
        var start: Int32
        var end: Int32
        /// The place of the piece after it and all within it.
        var next: Int32
        /// How many elements a list has, or members an object, each a key and a value.
        var count: Int32 = 0
        /// The member of an object that was found last: the next to be asked for often follows.
        var lately: Int32 = 0
    }

    /// Lists within lists; whatever is deeper is refused.
    private static let deepest = 512

    private let bytes: [UInt8]
    private var place = 0
    private var pieces: [Piece] = []

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        pieces.reserveCapacity(bytes.count / 8 + 1)
    }

    /// The pieces of a text, the whole first. Throws `DecodingError`.
    static func pieces(of bytes: [UInt8]) throws -> [Piece] {
        var scanner = LineScanner(bytes)
        guard bytes.count < Int32.max else { throw scanner.fault("is too long") }
        try scanner.value(depth: 0)
        guard scanner.nextByte() == nil else { throw scanner.fault("goes on after its end") }
        return scanner.pieces
    }

    private func fault(_ what: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: "the JSON \(what), at byte \(place)"))
    }

    /// The next byte that is no blank, without passing it.
    private mutating func nextByte() -> UInt8? {
        while place < bytes.count {
            switch bytes[place] {
            case 0x20, 0x09, 0x0A, 0x0D: place += 1
            default: return bytes[place]
            }
        }
        return nil
    }

    private mutating func value(depth: Int) throws {
        guard depth < Self.deepest else { throw fault("is too deep") }
        guard let byte = nextByte() else { throw fault("is cut short") }
        switch byte {
        case UInt8(ascii: "{"): try group(.object, until: UInt8(ascii: "}"), depth)
        case UInt8(ascii: "["): try group(.list, until: UInt8(ascii: "]"), depth)
        case UInt8(ascii: "\""): try text()
        case UInt8(ascii: "t"): try word("true", .yes)
        case UInt8(ascii: "f"): try word("false", .no)
        case UInt8(ascii: "n"): try word("null", .null)
        case UInt8(ascii: "-"), 0x30...0x39: number()
        default: throw fault("has no value")
        }
    }

    private mutating func add(_ kind: Piece.Kind, _ start: Int, _ end: Int) {
        pieces.append(Piece(kind: kind, start: Int32(start), end: Int32(end), next: Int32(pieces.count + 1)))
    }

    private mutating func group(_ kind: Piece.Kind, until closing: UInt8, _ depth: Int) throws {
        let own = pieces.count
        add(kind, place, place)
        place += 1
        var count: Int32 = 0
        while true {
            guard let byte = nextByte() else { throw fault("is cut short") }
            if byte == closing { break }
            if kind == .object { try key() }
            try value(depth: depth + 1)
            count += 1
            guard nextByte() == UInt8(ascii: ",") else { break }
            place += 1
            if nextByte() == closing { throw fault("has a comma too many") }
        }
        guard nextByte() == closing else { throw fault("is cut short") }
        place += 1
        pieces[own].count = count
        pieces[own].end = Int32(place)
        pieces[own].next = Int32(pieces.count)
    }

    private mutating func key() throws {
        guard nextByte() == UInt8(ascii: "\"") else { throw fault("has a member without a name") }
        try text()
        guard nextByte() == UInt8(ascii: ":") else { throw fault("has a name without a value") }
        place += 1
    }

    private mutating func text() throws {
        let start = place + 1
        var end = start
        var isEscaped = false
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            guard bytes[end] >= 0x20 else { throw fault("has a line break in a text") }
            if bytes[end] == UInt8(ascii: "\\") {
                isEscaped = true
                end += 1
            }
            end += 1
        }
        guard end < bytes.count else { throw fault("is cut short") }
        add(isEscaped ? .escapedText : .text, start, end)
        place = end + 1
    }

    private mutating func word(_ word: StaticString, _ kind: Piece.Kind) throws {
        let end = place + word.utf8CodeUnitCount
        let isThere = word.withUTF8Buffer { letters in
            end <= bytes.count && bytes[place..<end].elementsEqual(letters)
        }
        guard isThere else { throw fault("has a word that it does not know") }
        add(kind, place, end)
        place = end
    }

    /// What its digits mean is asked when somebody wants the number.
    private mutating func number() {
        var end = place
        while end < bytes.count {
            switch bytes[end] {
            case 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
                end += 1
                continue
            default: break
            }
            break
        }
        add(.number, place, end)
        place = end
    }
}
