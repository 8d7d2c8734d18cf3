/// A MIME entity: its own header lines, and its body in ASCII with CR LF line ends.
struct Part {
    private var headers = HeaderLines()
    private var body: String

    /// The headers, the empty line, the body.
    var composed: String { headers.text + "\r\n" + body }

    /// A text for people, in the encoding that leaves most of it readable.
    init(text: String, subtype: String) {
        let encoded = EncodedText(text)
        headers.addPlain("Content-Type", "text/\(subtype); charset=\(encoded.charset)")
        headers.addPlain("Content-Transfer-Encoding", encoded.encoding.rawValue)
        body = encoded.body
    }

    /// An iCalendar object with its method (RFC 6047, section 2.4). Throws `.headerName`, `.forbiddenCharacter`.
    init(_ calendar: CalendarObject) throws(CompositionError) {
        let encoded = EncodedText(calendar.text)
        let parameters = [Header("charset", encoded.charset), Header("method", calendar.method)]
        try headers.add("Content-Type", "text/calendar", parameters: parameters)
        headers.addPlain("Content-Transfer-Encoding", encoded.encoding.rawValue)
        body = encoded.body
    }

    /// A file, in base64 and to the byte.
    init(_ attachment: Attachment) throws(CompositionError) {
        let halves = attachment.mediaType.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isTokenByte) }) else {
            throw .mediaType(attachment.mediaType)
        }
        try headers.add("Content-Type", attachment.mediaType, parameters: attachment.parameters)
        try headers.add("Content-Disposition", "attachment", parameters: [Header("filename", attachment.name)])
        headers.addPlain("Content-Transfer-Encoding", "base64")
        body = base64Lines(attachment.bytes)
    }

    /// Several parts in one. The boundary holds `=_`, which stands in no quoted-printable or base64 body, and plain text that holds it is
    /// not sent plain.
    init(multipart subtype: String, parts: [Part]) {
        let boundary = "\(TextEncoding.boundaryMark)\(subtype)"
        headers.addPlain("Content-Type", "multipart/\(subtype); boundary=\"\(boundary)\"")
        body = parts.map { "--\(boundary)\r\n\($0.composed)\r\n" }.joined() + "--\(boundary)--\r\n"
    }
}

/// A text in the encoding that fits it.
private struct EncodedText {
    let encoding: TextEncoding
    let body: String

    var charset: String { encoding == .plain ? "us-ascii" : "utf-8" }

    init(_ text: String) {
        let lines = canonicalLines(text)
        encoding = TextEncoding(fitting: lines)
        switch encoding {
        case .plain: body = String(decoding: joined(lines), as: UTF8.self)
        case .quotedPrintable: body = quotedPrintable(lines)
        case .base64: body = base64Lines(joined(lines))
        }
    }
}

private func joined(_ lines: [[UInt8]]) -> [UInt8] { Array(lines.joined(separator: Array("\r\n".utf8))) }

/// `token` of RFC 2045, section 5.1.
func isTokenByte(_ byte: UInt8) -> Bool {
    (0x21...0x7E).contains(byte) && !"()<>@,;:\\\"/[]?=".utf8.contains(byte)
}
