/// Header fields, folded (RFC 5322, section 2.2.3), in the order they were added.
struct HeaderLines {
    private(set) var text = ""

    /// The line length to keep to; 998 is the most that may be (RFC 5322, section 2.1.1).
    static let lineLength = 76
    /// A longer word is not left plain in a subject, where it may as well be encoded.
    static let longestSubjectWord = 66
    /// A longer word is not left plain anywhere.
    static let longestWord = 900
    /// The longest value of a field, in bytes.
    static let longestValue = 16_384

    /// Fields that the composition writes itself.
    private static let reserved: Set<String> = [
        "from", "to", "cc", "bcc", "subject", "date", "message-id", "references", "reply-to", "sender", "mime-version",
        "auto-submitted", "return-path", "received",
    ]

    /// A value of ours or one that was checked: ASCII without line breaks, folded between its words.
    mutating func addPlain(_ name: String, _ value: String) {
        var width = name.utf8.count + 1
        text += name + ":"
        for word in value.split(separator: " ") {
            if width + 1 + word.utf8.count > Self.lineLength && width > name.utf8.count + 1 {
                text += "\r\n"
                width = 0
            }
            text += " " + word
            width += 1 + word.utf8.count
        }
        text += "\r\n"
    }

    /// A text for people: plain if it can be, else in encoded words. Throws `.forbiddenCharacter`, `.tooLong`.
    mutating func add(_ name: String, text value: String, longestWord: Int) throws(CompositionError) {
        try check(value, field: name)
        if isPlain(value, longestWord: longestWord) {
            addPlain(name, value)
        } else {
            text += name + ":"
            addEncoded(value, width: name.utf8.count + 1)
            text += "\r\n"
        }
    }

    /// A field that the caller adds. Throws `.headerName` too.
    mutating func add(_ header: Header) throws(CompositionError) {
        let name = header.name.lowercased()
        let isName = !name.isEmpty && name.utf8.count <= 60 && name.utf8.allSatisfy { isTokenByte($0) }
        guard isName, !Self.reserved.contains(name), !name.hasPrefix("content-") else { throw .headerName(header.name) }
        try add(header.name, text: header.value, longestWord: Self.longestWord)
    }

    /// Mailboxes, one a line where they are many.
    mutating func add(_ name: String, _ mailboxes: [Mailbox]) throws(CompositionError) {
        var width = name.utf8.count + 1
        text += name + ":"
        for (index, mailbox) in mailboxes.enumerated() {
            if index > 0 {
                text += ",\r\n"
                width = 0
            }
            if let displayName = mailbox.name, !displayName.isEmpty {
                try check(displayName, field: name)
                width = addPhrase(displayName, width: width)
            }
            let address = mailbox.name?.isEmpty ?? true ? mailbox.address.text : "<\(mailbox.address.text)>"
            if width + 1 + address.utf8.count > Self.lineLength && width > name.utf8.count + 1 { text += "\r\n" }
            text += " " + address
            width = 0
        }
        text += "\r\n"
    }

    /// A value with parameters, each on its own line (RFC 2045, section 5.1; RFC 2231 where it is long or beyond ASCII).
    mutating func add(_ name: String, _ value: String, parameters: [Header]) throws(CompositionError) {
        text += "\(name): \(value)"
        for parameter in parameters {
            guard !parameter.name.isEmpty, parameter.name.utf8.allSatisfy({ isTokenByte($0) }), parameter.name.utf8.count <= 30
            else {
                throw .headerName(parameter.name)
            }
            try check(parameter.value, field: parameter.name)
            for piece in parameterPieces(parameter) { text += ";\r\n " + piece }
        }
        text += "\r\n"
    }

    private func check(_ value: String, field: String) throws(CompositionError) {
        guard !value.utf8.contains(where: { $0 == 0 || $0 == 0x0A || $0 == 0x0D }) else {
            throw .forbiddenCharacter(field: field)
        }
        guard value.utf8.count <= Self.longestValue else { throw .tooLong(field: field) }
    }
}

// Words
extension HeaderLines {
    /// Whether the value can stand as it is: visible ASCII with single spaces, and nothing that would be taken for an encoded word.
    private func isPlain(_ value: String, longestWord: Int) -> Bool {
        let words = value.utf8.split(separator: 0x20, omittingEmptySubsequences: false)
        return words.allSatisfy { !$0.isEmpty && $0.count <= longestWord }
            && value.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !value.contains("=?")
    }

    /// A display name: words, a quoted string, or encoded words (RFC 5322, section 3.2.5). Answers the width of the line.
    private mutating func addPhrase(_ name: String, width: Int) -> Int {
        let fits = width + name.utf8.count + 3 <= Self.lineLength
        guard fits, isPlain(name, longestWord: Self.lineLength) else { return addEncoded(name, width: width) }
        let isAtoms = name.utf8.allSatisfy { isAtomByte($0) || $0 == 0x20 }
        let escaped = name.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
        let phrase = isAtoms ? name : "\"\(escaped)\""
        text += " " + phrase
        return width + 1 + phrase.utf8.count
    }

    /// Encoded words of RFC 2047, each with whole characters only and on a line of at most 76 bytes. Answers the width of the last line.
    @discardableResult
    private mutating func addEncoded(_ value: String, width: Int) -> Int {
        var width = width
        var rest = Array(value.unicodeScalars)[...]
        while !rest.isEmpty {
            var chunk: [UInt8] = []
            // ` =?utf-8?B?` and `?=` take 13 bytes.
            let room = max(0, (Self.lineLength - width - 13) / 4 * 3)
            while let scalar = rest.first, chunk.count + UTF8.width(scalar) <= room {
                chunk += Array(String(scalar).utf8)
                rest = rest.dropFirst()
            }
            if !chunk.isEmpty {
                let word = "=?utf-8?B?\(base64(chunk[...]))?="
                text += " " + word
                width += 1 + word.utf8.count
            }
            if !rest.isEmpty {
                text += "\r\n"
                width = 0
            }
        }
        return width
    }

    /// One `name=value`, or, as RFC 2231 has it, several of the form `name*0*=utf-8''...`.
    private func parameterPieces(_ parameter: Header) -> [String] {
        let bytes = Array(parameter.value.utf8)
        if !bytes.isEmpty, bytes.count <= 60, bytes.allSatisfy(isTokenByte) { return ["\(parameter.name)=\(parameter.value)"] }
        let isQuotable = bytes.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        // Readers take a quoted value for encoded words, or turn its percents, if it looks so.
        if isQuotable, bytes.count <= 60, !parameter.value.contains("=?") {
            return ["\(parameter.name)=\"\(parameter.value)\""]
        }
        let encoded = bytes.map { isAttributeByte($0) ? String(UnicodeScalar($0)) : "%" + hexadecimal($0) }
        return split(encoded, width: Self.lineLength - parameter.name.utf8.count - 16).enumerated().map { number, piece in
            "\(parameter.name)*\(number)*=\(number == 0 ? "utf-8''" : "")\(piece)"
        }
    }

    private func split(_ atoms: [String], width: Int) -> [String] {
        var pieces = [""]
        for atom in atoms {
            if pieces[pieces.count - 1].utf8.count + atom.utf8.count > width { pieces.append("") }
            pieces[pieces.count - 1] += atom
        }
        return pieces
    }

    /// `attribute-char` of RFC 2231, section 7.
    private func isAttributeByte(_ byte: UInt8) -> Bool { isTokenByte(byte) && !"*'%".utf8.contains(byte) }
}
