/// How a text goes through mail systems that were made for short lines of ASCII (RFC 2045, section 6).
enum TextEncoding: String {
    case plain = "7bit"
    case quotedPrintable = "quoted-printable"
    case base64

    /// The longest line of an encoded body, without its end.
    static let lineLength = 76
    static let boundaryMark = "=_mandate_"

    /// Plain if nothing on the way could change the lines; base64 if more than a third of the bytes would be quoted.
    init(fitting lines: [[UInt8]]) {
        let mark = Array(Self.boundaryMark.utf8)
        let isPlain = lines.allSatisfy { line in
            line.count <= Self.lineLength && line.allSatisfy { (0x20...0x7E).contains($0) } && line.last != 0x20
                && !isChangedOnTheWay(line[...]) && !(line.contains(UInt8(ascii: "=")) && line.contains(mark))
        }
        let quoted = lines.reduce(0) { sum, line in sum + line.count { $0 > 0x7E } }
        let all = lines.reduce(0) { $0 + $1.count }
        self = isPlain ? .plain : quoted * 3 > all ? .base64 : .quotedPrintable
    }
}

/// Whether mail systems are known to change such a line: one that begins with `From `, before which mbox puts `>`, or with a dot,
/// which ends a message in SMTP.
private func isChangedOnTheWay(_ line: ArraySlice<UInt8>) -> Bool {
    line.first == UInt8(ascii: ".") || line.starts(with: "From ".utf8)
}

/// The lines of a text, whatever ends them: LF, CR LF or CR.
func canonicalLines(_ text: String) -> [[UInt8]] {
    var lines: [[UInt8]] = [[]]
    var previous: UInt8 = 0
    for byte in text.utf8 {
        switch byte {
        case 0x0A where previous == 0x0D: break
        case 0x0A, 0x0D: lines.append([])
        default: lines[lines.count - 1].append(byte)
        }
        previous = byte
    }
    return lines
}

/// RFC 2045, section 6.7.
func quotedPrintable(_ lines: [[UInt8]]) -> String {
    var text: [UInt8] = []
    for (number, line) in lines.enumerated() {
        if number > 0 { text += "\r\n".utf8 }
        quotePrintable(line, into: &text)
    }
    return String(decoding: text, as: UTF8.self)
}

private func quotePrintable(_ line: [UInt8], into text: inout [UInt8]) {
    var width = 0
    for index in line.indices {
        // The last column is kept for the `=` of a soft line break, if there is more to come.
        let room = TextEncoding.lineLength - (index == line.count - 1 ? 0 : 1)
        var piece = quotedPrintablePiece(line[index...], startsLine: width == 0)
        if width + piece.count > room {
            text += "=\r\n".utf8
            width = 0
            piece = quotedPrintablePiece(line[index...], startsLine: true)
        }
        piece.write(into: &text)
        width += piece.count
    }
}

/// A byte of a text as quoted-printable has it.
private enum QuotedPiece {
    case clear(UInt8)
    case quoted(UInt8)
    case none

    var count: Int {
        switch self {
        case .clear: 1
        case .quoted: 3
        case .none: 0
        }
    }

    func write(into text: inout [UInt8]) {
        switch self {
        case .clear(let byte): text.append(byte)
        case .quoted(let byte):
            text.append(UInt8(ascii: "="))
            text.append(Self.digit(byte >> 4))
            text.append(Self.digit(byte & 15))
        case .none: break
        }
    }

    /// In capitals.
    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}

/// The first byte of `rest`, as it is or quoted.
private func quotedPrintablePiece(_ rest: ArraySlice<UInt8>, startsLine: Bool) -> QuotedPiece {
    guard let byte = rest.first else { return .none }
    let isSpaceWithin = (byte == 0x20 || byte == 0x09) && rest.count > 1
    let isClear = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
    let isAtRisk = startsLine && isChangedOnTheWay(rest)
    return (isClear || isSpaceWithin) && !isAtRisk ? .clear(byte) : .quoted(byte)
}

/// Two digits, in capitals.
func hexadecimal(_ byte: UInt8) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    return String(decoding: [digits[Int(byte >> 4)], digits[Int(byte & 15)]], as: UTF8.self)
}

/// Base64 in lines of 76 characters.
func base64Lines(_ bytes: [UInt8]) -> String {
    let perLine = TextEncoding.lineLength / 4 * 3
    return stride(from: 0, to: bytes.count, by: perLine)
        .map { base64(bytes[$0..<min($0 + perLine, bytes.count)]) }
        .joined(separator: "\r\n")
}

/// RFC 4648, section 4.
func base64(_ bytes: ArraySlice<UInt8>) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.endIndex)]
        var number = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        number <<= 8 * UInt32(3 - group.count)
        for place in 0..<4 {
            let digit = digits[Int(number >> UInt32(18 - 6 * place) & 63)]
            text.append(place <= group.count ? digit : UInt8(ascii: "="))
        }
    }
    return String(decoding: text, as: UTF8.self)
}
