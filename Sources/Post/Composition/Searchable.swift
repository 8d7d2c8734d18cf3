import Foundation

/// What a message says, whatever encodings it says it in, for those who search it: not parsed, but decoded in every way that mail has.
///
/// It errs on the side of finding: a text may stand in it several times, and beside others that it was not beside.
public enum Searchable {
    /// The message as it is, and its quoted-printable, base64, encoded words and parameters decoded.
    public static func text(of bytes: [UInt8]) -> String {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            line.last == 0x0D ? line.dropLast() : line
        }
        let plain = String(decoding: bytes, as: UTF8.self)
        return [
            plain, decodedQuotedPrintable(lines), decodedBase64(lines), decodedWords(plain), decodedParameters(plain),
        ].joined(separator: "\n\n")
    }

    private static func decodedQuotedPrintable(_ lines: [ArraySlice<UInt8>]) -> String {
        var decoded: [UInt8] = []
        for line in lines {
            var place = line.startIndex
            while place < line.endIndex {
                let rest = line[place...]
                if rest.first == UInt8(ascii: "="), rest.count >= 3, let byte = hexadecimalByte(rest.dropFirst().prefix(2)) {
                    decoded.append(byte)
                    place += 3
                } else {
                    if !(rest.first == UInt8(ascii: "=") && rest.count == 1) { decoded.append(line[place]) }
                    place += 1
                }
            }
            if line.last != UInt8(ascii: "=") { decoded.append(0x0A) }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    /// Every stretch of lines that may be base64.
    private static func decodedBase64(_ lines: [ArraySlice<UInt8>]) -> String {
        var texts: [String] = []
        var stretch: [UInt8] = []
        func end() {
            if let bytes = Data(base64Encoded: Data(stretch)) { texts.append(String(decoding: bytes, as: UTF8.self)) }
            stretch = []
        }
        for line in lines {
            if line.count >= 4, line.allSatisfy(isBase64) { stretch += line } else if !stretch.isEmpty { end() }
        }
        end()
        return texts.joined(separator: "\n")
    }

    /// Encoded words (RFC 2047); what folds between two of them belongs to neither.
    private static func decodedWords(_ text: String) -> String {
        var decoded: [UInt8] = []
        for piece in text.components(separatedBy: "=?").dropFirst() {
            let parts = piece.components(separatedBy: "?")
            guard parts.count >= 4, parts[3].hasPrefix("=") else { continue }
            if parts[1].lowercased() == "b" {
                decoded += Data(base64Encoded: parts[2]) ?? Data()
            } else {
                let spaced = Array(parts[2].replacing("_", with: " ").utf8)
                decoded += Array(decodedQuotedPrintable([spaced[...]]).utf8).dropLast()
            }
            // What follows the word, unless it only folds.
            let rest = parts[3].dropFirst()
            if !rest.allSatisfy(\.isWhitespace) { decoded += Array(rest.utf8) }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    /// Parameters in pieces with percents (RFC 2231).
    private static func decodedParameters(_ text: String) -> String {
        var joined = ""
        for line in text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline) {
            guard let equals = line.firstIndex(of: "="), line[..<equals].contains("*") else { continue }
            var value = String(line[line.index(after: equals)...])
            if value.hasSuffix(";") { value.removeLast() }
            if value.lowercased().hasPrefix("utf-8''") { value.removeFirst("utf-8''".count) }
            joined += value
        }
        return joined.removingPercentEncoding ?? joined
    }

    private static func hexadecimalByte(_ digits: ArraySlice<UInt8>) -> UInt8? {
        UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || [UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "=")].contains(byte)
    }
}
