import Crypto

/// What is wrong with an exported journal.
public enum ExportFault: Error, Hashable, Sendable {
    /// It does not begin as one.
    case notAnExport
    /// What follows the entry of this number is none, nor a head.
    case unreadable(after: Int64)
    case entry(JournalFault)
    /// It does not end with the head of its entries: something was taken away at the end, or added.
    case wrongEnd
}

extension ExportFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notAnExport: "this is not a journal as `mandate log --export` writes it"
        case .unreadable(let number): "what follows entry \(number) was altered: it cannot be read"
        case .entry(let fault): "\(fault)"
        case .wrongEnd: "it does not end with the head of its entries: it was cut short or altered at the end"
        }
    }
}

/// All entries of a journal as one text, each in the form over which its hash is made, with the head at the end.
///
/// It holds no names. Anybody can check it with little: the hash of an entry is the SHA-256 of its lines up to the hash's own. The form
/// leaves no freedom, so that each bit counts.
public enum ExportedJournal {
    private static let title = Array("mandate journal 1\n".utf8)
    private static let entryTitle = Array("mandate entry 1\n".utf8)

    /// The journal as it stands.
    public static func text(of reading: Reading) throws -> [UInt8] {
        var text = title
        var sequence: Int64 = 0
        while true {
            let page = try reading.entries(after: sequence, limit: Reading.page)
            for entry in page {
                text += Array((entry.canonicalForm + canonical([entry.hash])).utf8)
                sequence = entry.sequence
            }
            if page.count < Reading.page { break }
        }
        return text + Array(try reading.exportedHead().text.utf8)
    }

    /// Follows every chain; answers the head, or what is wrong first.
    ///
    /// - Parameter known: a head that was exported earlier, from which the journal must go on.
    public static func verify(_ bytes: [UInt8], against known: JournalHead? = nil) -> Result<JournalHead, ExportFault> {
        guard bytes.starts(with: title) else { return .failure(.notAnExport) }
        var reader = FieldReader(bytes: bytes, place: title.count)
        var walk = ChainWalk()
        // The places of those that a known head names, as they are passed.
        var wanted = Dictionary((known?.streams ?? []).map { (Exact("\($0.position) \($0.stream)"), $0.hash) }) { $1 }
        while reader.take(entryTitle) {
            guard let (entry, isIntact) = reader.entry(titled: entryTitle.count) else {
                return .failure(.unreadable(after: walk.sequence))
            }
            if let fault = walk.fault(with: entry, isIntact: isIntact) { return .failure(.entry(fault)) }
            guard let hash = wanted.removeValue(forKey: Exact("\(entry.position) \(entry.stream)")), hash != entry.hash else {
                continue
            }
            return .failure(.entry(JournalFault(kind: .rewritten, stream: entry.stream, position: entry.position)))
        }
        let head = walk.head
        guard bytes[reader.place...].elementsEqual(head.text.utf8) else { return .failure(.wrongEnd) }
        if let lost = (known?.streams ?? []).first(where: { wanted[Exact("\($0.position) \($0.stream)")] != nil }) {
            return .failure(.entry(JournalFault(kind: .cutShort, stream: lost.stream, position: lost.position)))
        }
        return .success(head)
    }
}

/// Reads fields one after another, each as its length, a colon, its text and the line's end; `-` for an absent one.
private struct FieldReader {
    let bytes: [UInt8]
    var place: Int
    /// More digits than any length has.
    private static let mostDigits = 12
    private static let fields = 11

    init(bytes: [UInt8], place: Int) {
        self.bytes = bytes
        self.place = place
    }

    /// Passes these bytes if they come next.
    mutating func take(_ wanted: [UInt8]) -> Bool {
        guard bytes[place...].starts(with: wanted) else { return false }
        place += wanted.count
        return true
    }

    /// The entry whose title, of that length, was just passed, and whether its hash is that of its lines; nil for what is none.
    mutating func entry(titled length: Int) -> (Entry, isIntact: Bool)? {
        let start = place - length
        var fields: [String?] = []
        for _ in 0..<Self.fields {
            guard let field = field() else { return nil }
            fields.append(field.text)
        }
        let lines = bytes[start..<place]
        guard let hash = field()?.text, let sequence = Self.number(fields[0]), let stream = fields[1],
            let position = Self.number(fields[2]), let recorded = Self.number(fields[3]),
            let effective = Self.number(fields[4]), let kind = fields[8], let payload = fields[9], let previous = fields[10]
        else { return nil }
        let entry = Entry(
            sequence: sequence, stream: stream, position: position, recorded: recorded, effective: effective, actor: fields[5],
            behalf: fields[6], commandID: fields[7], kind: kind, payload: payload, previousHash: previous, hash: hash)
        return (entry, hexadecimal(SHA256.hash(data: lines)).utf8.elementsEqual(hash.utf8))
    }

    private mutating func field() -> (text: String?, Void)? {
        if take([UInt8(ascii: "-"), 0x0A]) { return (nil, ()) }
        guard let colon = bytes[place...].prefix(Self.mostDigits + 1).firstIndex(of: UInt8(ascii: ":")),
            let length = Self.length(bytes[place..<colon])
        else { return nil }
        let end = colon + 1 + length
        guard end < bytes.count, bytes[end] == 0x0A, let text = String(validating: bytes[(colon + 1)..<end], as: UTF8.self)
        else { return nil }
        place = end + 1
        return (text, ())
    }

    /// A number as it is written: in digits, with no more of them than it needs.
    private static func length(_ digits: ArraySlice<UInt8>) -> Int? {
        guard let first = digits.first, digits.allSatisfy({ (0x30...0x39).contains($0) }),
            first != 0x30 || digits.count == 1
        else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func number(_ text: String?) -> Int64? {
        guard let text, let number = Int64(text), String(number).utf8.elementsEqual(text.utf8) else { return nil }
        return number
    }
}
