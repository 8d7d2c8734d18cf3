extension Message {
    /// How many messages of its thread a message names: the first and the latest.
    public static let mostReferences = 50

    /// The message as RFC 5322 and MIME want it, with lines of at most 78 bytes ended by CR LF, in ASCII.
    ///
    /// Text that is plain enough stays as it is; other text is quoted-printable, or base64 where most of it is beyond ASCII.
    public func composed() throws(CompositionError) -> [UInt8] {
        var lines = HeaderLines()
        try writeEnvelopeHeaders(to: &lines)
        for header in headers { try lines.add(header) }
        lines.addPlain("Auto-Submitted", "auto-generated")
        lines.addPlain("MIME-Version", "1.0")
        var bytes = Array(lines.text.utf8) + Array(try content().composed.utf8)
        if bytes.last != UInt8(ascii: "\n") { bytes += Array("\r\n".utf8) }
        return bytes
    }

    private func writeEnvelopeHeaders(to lines: inout HeaderLines) throws(CompositionError) {
        guard !to.isEmpty else { throw .noRecipient }
        lines.addPlain("Date", try dateText(date, zoneOffset: zoneOffset))
        try lines.add("From", [from])
        if let replyTo { try lines.add("Reply-To", [replyTo]) }
        try lines.add("To", to)
        lines.addPlain("Message-ID", try checkedMessageID(messageID))
        if !references.isEmpty {
            var ids: [String] = []
            for id in references { ids.append(try checkedMessageID(id)) }
            let kept = ids.count > Self.mostReferences ? ids.prefix(1) + ids.suffix(Self.mostReferences - 1) : ids[...]
            lines.addPlain("References", kept.joined(separator: " "))
        }
        try lines.add("Subject", text: subject, longestWord: HeaderLines.longestSubjectWord)
    }

    /// What follows the headers of the message itself: the text, with its other forms beside it and the attachments after it.
    private func content() throws(CompositionError) -> Part {
        var forms = [Part(text: text, subtype: "plain")]
        if let html { forms.append(Part(text: html, subtype: "html")) }
        if let calendar { forms.append(try Part(calendar)) }
        let content = forms.count == 1 ? forms[0] : Part(multipart: "alternative", parts: forms)
        guard !attachments.isEmpty else { return content }
        var parts = [content]
        for attachment in attachments { parts.append(try Part(attachment)) }
        return Part(multipart: "mixed", parts: parts)
    }
}

/// `<left@right>` in visible ASCII.
private func checkedMessageID(_ id: String) throws(CompositionError) -> String {
    let bytes = Array(id.utf8)
    guard bytes.count <= 250, bytes.first == UInt8(ascii: "<"), bytes.last == UInt8(ascii: ">") else { throw .messageID(id) }
    let inside = bytes.dropFirst().dropLast()
    let halves = inside.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    let isVisible = inside.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
    guard halves.count == 2, !halves.contains(where: \.isEmpty), isVisible else { throw .messageID(id) }
    return id
}
