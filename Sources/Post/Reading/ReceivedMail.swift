/// A message that somebody sent us, taken apart as far as it can be: no bytes whatever are refused, and what makes no sense is left out.
public struct ReceivedMail: Sendable {
    /// A piece of the body that holds no other: a text, a calendar, a report.
    public struct Piece: Hashable, Sendable {
        /// `text/plain`, in small letters.
        public var mediaType: String
        /// By name in small letters, such as `charset` and `method`.
        public var parameters: [String: String]
        /// Whether it was sent as a file beside the text.
        public var isAttachment: Bool
        /// As they were before they were encoded for the way.
        public var bytes: [UInt8]
    }

    /// The largest message that is taken apart; of a larger one the headers and the beginning are.
    public static let largest = 32 << 20
    static let mostHeaders = 2_000
    static let mostPieces = 200
    static let deepest = 12

    let fields: [HeaderField]
    public let pieces: [Piece]
    /// The media type of the whole, with its parameters: `multipart/report`.
    let kind: MediaType

    public init(_ bytes: [UInt8]) {
        let entity = Entity(bytes.prefix(Self.largest))
        fields = entity.fields
        kind = entity.mediaType
        var pieces: [Piece] = []
        entity.collect(into: &pieces, depth: 0)
        self.pieces = pieces
    }
}

// What its headers say.
extension ReceivedMail {
    /// The words of a header field, decoded; of several fields of that name the first.
    public func header(_ name: String) -> String? { raw(name).first.map { decodedWords($0) } }

    /// The values of all fields of that name as they were sent, without their folds.
    func raw(_ name: String) -> [String] {
        let name = name.lowercased()
        return fields.filter { $0.name == name }.map(\.value)
    }

    /// Who wrote it, in small letters: the one address in its one From field. A message that names several, or none, has no sender.
    public var sender: String? {
        let froms = raw("from")
        guard froms.count == 1 else { return nil }
        let addresses = addresses(in: froms[0])
        return addresses.count == 1 ? addresses[0].lowercased() : nil
    }

    public var subject: String { header("subject") ?? "" }

    /// With its angle brackets; nil where there is none that can be one.
    public var messageID: String? { messageIDs(in: "message-id").first }

    /// The messages that it answers, the nearest first.
    public var answered: [String] { messageIDs(in: "in-reply-to") + messageIDs(in: "references").reversed() }

    func messageIDs(in name: String) -> [String] { raw(name).flatMap { bracketed(in: $0) } }
}

/// What stands in angle brackets with an `@` in it.
func bracketed(in text: String) -> [String] {
    var found: [String] = []
    var rest = text.utf8[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "<")), found.count < ReceivedMail.mostHeaders {
        rest = rest[rest.index(after: open)...]
        let inside = rest.prefix { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "<") }
        guard (3...248).contains(inside.count), inside.contains(UInt8(ascii: "@")), inside.endIndex < rest.endIndex,
            rest[inside.endIndex] == UInt8(ascii: ">")
        else { continue }
        found.append("<\(Substring(inside))>")
        rest = rest[inside.endIndex...]
    }
    return found
}

/// The mail addresses in a list of mailboxes (RFC 5322, section 3.4): comments, quoted names and groups are passed over.
func addresses(in list: String) -> [String] {
    var reader = MailboxReader()
    for letter in list { reader.read(letter) }
    return reader.ended()
}

/// Reads a list of mailboxes letter by letter.
private struct MailboxReader {
    private var found: [String] = []
    private var words = ""
    private var inBrackets: String?
    private var comments = 0
    private var isQuoted = false
    private var isEscaped = false

    mutating func read(_ letter: Character) {
        if isEscaped {
            isEscaped = false
        } else if letter == "\\", isQuoted || comments > 0 {
            isEscaped = true
        } else if isQuoted {
            isQuoted = letter != "\""
        } else if letter == "(" || comments > 0 {
            comments += letter == "(" ? 1 : letter == ")" ? -1 : 0
        } else {
            readBare(letter)
        }
    }

    private mutating func readBare(_ letter: Character) {
        switch letter {
        case "\"": isQuoted = true
        case "<":
            inBrackets = ""
            words = ""
        case ">", ",", ";": end()
        case ":" where inBrackets == nil: words = ""
        default: if inBrackets == nil { words.append(letter) } else { inBrackets?.append(letter) }
        }
    }

    private mutating func end() {
        let text = (inBrackets ?? words).filter { $0 != " " && $0 != "\t" }
        if let address = try? Address(text) { found.append(address.text) }
        words = ""
        inBrackets = nil
    }

    mutating func ended() -> [String] {
        if inBrackets == nil { end() }
        return found
    }
}
