/// A header field as it was sent, its folds undone.
struct HeaderField: Hashable, Sendable {
    /// In small letters.
    var name: String
    var value: String
}

/// `type/subtype` with its parameters.
struct MediaType: Hashable, Sendable {
    /// In small letters.
    var name: String
    var parameters: [String: String]

    /// Reads a value such as `text/plain; charset="utf-8"`; what is no media type is plain text (RFC 2045, section 5.2).
    init(_ value: String?) {
        let parts = parameterParts(value ?? "")
        let name = (parts.first ?? "").lowercased().filter { $0 != " " && $0 != "\t" }
        let halves = name.split(separator: "/", omittingEmptySubsequences: false)
        let isOne = halves.count == 2 && halves.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isTokenByte) }
        self.name = isOne ? name : "text/plain"
        parameters = parsedParameters(parts.dropFirst())
    }
}

/// A header and a body: a message, or a part of one.
struct Entity {
    let fields: [HeaderField]
    let mediaType: MediaType
    private let body: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        fields = Self.takeFields(&rest)
        body = rest
        mediaType = MediaType(fields.first { $0.name == "content-type" }?.value)
    }

    /// The fields up to the empty line.
    private static func takeFields(_ rest: inout ArraySlice<UInt8>) -> [HeaderField] {
        var fields: [HeaderField] = []
        while let line = takeLine(&rest), !line.isEmpty {
            if line[line.startIndex] == 0x20 || line[line.startIndex] == 0x09 {
                guard let last = fields.indices.last, fields[last].value.utf8.count < longestValue else { continue }
                fields[last].value += " " + readable(trimmed(line))
            } else if fields.count < ReceivedMail.mostHeaders, let colon = line.firstIndex(of: UInt8(ascii: ":")) {
                let name = readable(trimmed(line[..<colon])).lowercased()
                fields.append(HeaderField(name: name, value: readable(trimmed(line[(colon + 1)...]))))
            }
        }
        return fields
    }

    private static let longestValue = 1 << 16

    private func value(_ name: String) -> String { (fields.first { $0.name == name }?.value ?? "").lowercased() }

    /// Adds the pieces of the body, in order.
    func collect(into pieces: inout [ReceivedMail.Piece], depth: Int) {
        guard pieces.count < ReceivedMail.mostPieces else { return }
        if mediaType.name.hasPrefix("multipart/"), let boundary = mediaType.parameters["boundary"], !boundary.isEmpty,
            depth < ReceivedMail.deepest
        {
            for part in parts(between: Array(boundary.utf8)) { Entity(part).collect(into: &pieces, depth: depth + 1) }
            return
        }
        pieces.append(
            ReceivedMail.Piece(
                mediaType: mediaType.name, parameters: mediaType.parameters,
                isAttachment: value("content-disposition").hasPrefix("attachment"), bytes: decoded()))
    }

    /// The body as it was before it was encoded for the way.
    private func decoded() -> [UInt8] {
        switch value("content-transfer-encoding").filter({ !$0.isWhitespace }) {
        case "base64": decodedBase64(body)
        case "quoted-printable": decodedQuotedPrintable(body)
        default: Array(body)
        }
    }

    /// What lies between the boundary's lines; where the last is missing, as in a message cut short, up to the end.
    private func parts(between boundary: [UInt8]) -> [ArraySlice<UInt8>] {
        let mark = Array("--".utf8) + boundary
        var found: [ArraySlice<UInt8>] = []
        var start: Int?
        var rest = body
        while found.count < ReceivedMail.mostPieces, !rest.isEmpty {
            let begin = rest.startIndex
            guard let line = takeLine(&rest) else { break }
            guard line.starts(with: mark) else { continue }
            if let start { found.append(body[start..<max(start, beforeLineEnd(begin))]) }
            if trimmed(line.dropFirst(mark.count)).elementsEqual("--".utf8) { return found }
            start = rest.startIndex
        }
        if let start, start < body.endIndex { found.append(body[start...]) }
        return found
    }

    /// The line end before a boundary belongs to the boundary.
    private func beforeLineEnd(_ index: Int) -> Int {
        var index = index
        if index > body.startIndex, body[index - 1] == 0x0A { index -= 1 }
        if index > body.startIndex, body[index - 1] == 0x0D { index -= 1 }
        return index
    }
}

/// Takes the next line, without its end: LF, CR LF or CR.
func takeLine(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    guard let end = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
        defer { rest = rest[rest.endIndex...] }
        return rest
    }
    let line = rest[..<end]
    let isBoth = rest[end] == 0x0D && end + 1 < rest.endIndex && rest[end + 1] == 0x0A
    rest = rest[(end + (isBoth ? 2 : 1))...]
    return line
}

/// Without blanks at its ends.
func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    let rest = bytes.drop(while: isBlank)
    guard let last = rest.lastIndex(where: { !isBlank($0) }) else { return rest.prefix(0) }
    return rest[...last]
}

/// The parts between semicolons that stand in no quotation marks, without the marks.
private func parameterParts(_ value: String) -> [String] {
    var parts = [""]
    var (isQuoted, isEscaped) = (false, false)
    for letter in value {
        switch letter {
        case _ where isEscaped: isEscaped = false
        case "\\" where isQuoted:
            isEscaped = true
            continue
        case "\"":
            isQuoted.toggle()
            continue
        case ";" where !isQuoted:
            parts.append("")
            continue
        default: break
        }
        parts[parts.count - 1].append(letter)
    }
    return parts
}

/// `name=value` each; one of RFC 2231 that comes in pieces (`name*0`, `name*1*`) is put together.
private func parsedParameters(_ parts: ArraySlice<String>) -> [String: String] {
    var found: [String: String] = [:]
    for part in parts.prefix(100) {
        guard let equals = part.firstIndex(of: "=") else { continue }
        let name = part[..<equals].lowercased().filter { !$0.isWhitespace }
        var value = part[part.index(after: equals)...].drop(while: \.isWhitespace)
        while value.last?.isWhitespace ?? false { value.removeLast() }
        let names = name.split(separator: "*", omittingEmptySubsequences: false)
        guard names.count > 1 else {
            if found[name] == nil { found[name] = String(value) }
            continue
        }
        let quotes = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        let plain = name.hasSuffix("*") ? withoutPercents(quotes.count == 3 ? quotes[2] : value) : String(value)
        found[String(names[0]), default: ""] += plain
    }
    return found
}

private func withoutPercents(_ text: Substring) -> String {
    String(decoding: unescaped(Array(text.utf8)[...], after: UInt8(ascii: "%")), as: UTF8.self)
}
