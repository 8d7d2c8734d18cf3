/// Writes a value as one line of JSON with the keys of each object in the order of the alphabet, so that the same value is always the same bytes.
///
/// Foundation's encoder, asked for sorted keys and slashes as they are, gives the same bytes and takes several times as long; the journal's
/// hashes were made over them, so not one may differ. Texts go straight into one buffer; an object's members are put in order when it is whole.
final class LineWriter {
    /// An object or list that is not whole yet.
    struct Frame {
        var isObject: Bool
        /// Where its first byte stands.
        var start: Int
        /// Where its members begin among all that are open.
        var firstMember: Int
        var count = 0
    }

    /// One member of an object, from its key's quotation mark to the end of its value.
    private struct Member {
        var start: Int
        var end: Int
        /// The key's length with its quotation marks.
        var keyLength: Int
    }

    private(set) var bytes: [UInt8] = []
    private(set) var frames: [Frame] = []
    private var members: [Member] = []
    private var scratch: [UInt8] = []

    init() { bytes.reserveCapacity(512) }

    /// The line that stands for a value. Throws `EncodingError`.
    static func line(of value: some Encodable) throws -> String {
        let writer = LineWriter()
        try writer.encode(value)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Writes a value whole.
    func encode(_ value: some Encodable) throws {
        let (level, place) = (frames.count, bytes.count)
        try value.encode(to: LineEncoder(writer: self, level: level))
        close(to: level)
        guard bytes.count == place else { return }
        bytes += [UInt8(ascii: "{"), UInt8(ascii: "}")]
    }
}

// Objects and lists
extension LineWriter {
    /// Opens an object or list at this level, or goes on with the one that is open there.
    func open(at level: Int, isObject: Bool) {
        if frames.count > level {
            precondition(frames[level].isObject == isObject, "a value is an object or a list, not both")
            return
        }
        frames.append(Frame(isObject: isObject, start: bytes.count, firstMember: members.count))
        bytes.append(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
    }

    /// Begins the next member of the object that stands at a level; whatever is open within it is whole now.
    func begin(key: String, at level: Int) {
        close(to: level + 1)
        precondition(frames.count == level + 1, "nothing is added to an object that is whole")
        end(memberOf: level)
        let start = bytes.count
        write(key)
        members.append(Member(start: start, end: start, keyLength: bytes.count - start))
        frames[level].count += 1
        bytes.append(UInt8(ascii: ":"))
    }

    /// Begins the next element of the list at a level.
    func beginElement(at level: Int) {
        close(to: level + 1)
        precondition(frames.count == level + 1, "nothing is added to a list that is whole")
        if frames[level].count > 0 { bytes.append(UInt8(ascii: ",")) }
        frames[level].count += 1
    }

    /// Closes all that is open above a level.
    func close(to level: Int) {
        while frames.count > level {
            if frames[frames.count - 1].isObject {
                end(memberOf: frames.count - 1)
                sortMembers(of: frames[frames.count - 1])
                bytes.append(UInt8(ascii: "}"))
            } else {
                bytes.append(UInt8(ascii: "]"))
            }
            frames.removeLast()
        }
    }

    private func end(memberOf level: Int) {
        guard frames[level].count > 0 else { return }
        members[members.count - 1].end = bytes.count
    }

    /// Puts the members of an object that is whole in order, with commas between them.
    private func sortMembers(of frame: Frame) {
        defer { members.removeSubrange(frame.firstMember...) }
        guard frame.count > 0 else { return }
        // Objects are small: each member is moved to its place among those before it.
        for next in members.indices[frame.firstMember...].dropFirst() {
            let member = members[next]
            var place = next
            while place > frame.firstMember, isBefore(member, members[place - 1]) {
                members[place] = members[place - 1]
                place -= 1
            }
            members[place] = member
        }
        scratch.removeAll(keepingCapacity: true)
        for member in members[frame.firstMember...] {
            if !scratch.isEmpty { scratch.append(UInt8(ascii: ",")) }
            scratch += bytes[member.start..<member.end]
        }
        bytes.removeSubrange((frame.start + 1)...)
        bytes += scratch
    }

    /// Orders by the bytes of the keys.
    private func isBefore(_ one: Member, _ other: Member) -> Bool {
        key(of: one).lexicographicallyPrecedes(key(of: other))
    }

    private func key(of member: Member) -> ArraySlice<UInt8> {
        bytes[(member.start + 1)..<(member.start + member.keyLength - 1)]
    }
}

// Single values
extension LineWriter {
    func writeNull() { bytes += "null".utf8 }

    func write(_ flag: Bool) { bytes += (flag ? "true" : "false").utf8 }

    func write(_ number: some FixedWidthInteger) {
        if let small = Int8(exactly: number), small >= 0, small < 10 {
            bytes.append(0x30 + UInt8(small))
        } else {
            bytes += String(number).utf8
        }
    }

    /// Whole numbers have no point. Throws `EncodingError` for what is no number.
    func write(_ number: Double) throws {
        guard number.isFinite else {
            throw EncodingError.invalidValue(number, .init(codingPath: [], debugDescription: "\(number) is no number"))
        }
        let text = number.description
        bytes += text.hasSuffix(".0") ? text.dropLast(2).utf8 : Substring(text).utf8
    }

    func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { letters in
            if letters.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) {
                bytes += letters
            } else {
                for letter in letters { writeEscaped(letter) }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private func writeEscaped(_ letter: UInt8) {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), letter]
        case 0x08: bytes += #"\b"#.utf8
        case 0x09: bytes += #"\t"#.utf8
        case 0x0A: bytes += #"\n"#.utf8
        case 0x0C: bytes += #"\f"#.utf8
        case 0x0D: bytes += #"\r"#.utf8
        case 0..<0x20: bytes += (#"\u00"# + (letter < 0x10 ? "0" : "") + String(letter, radix: 16)).utf8
        default: bytes.append(letter)
        }
    }
}
