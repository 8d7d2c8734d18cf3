// What people wrote.
extension ReceivedMail {
    /// The text: the plain one, or that of the page where there is no other.
    public var text: String {
        let words = { (piece: Piece) in Post.text(of: piece.bytes, in: piece.parameters["charset"]) }
        let texts = pieces.filter { !$0.isAttachment && $0.mediaType == "text/plain" }
        if !texts.isEmpty { return texts.map(words).joined(separator: "\n") }
        return pieces.filter { !$0.isAttachment && $0.mediaType == "text/html" }.map { plainText(ofPage: words($0)) }
            .joined(separator: "\n")
    }

    /// What the sender wrote themself: without the message that is answered, and without a signature.
    public var ownText: String {
        var lines: [String] = []
        let all = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        for (index, line) in all.enumerated() {
            let words = line.drop(while: \.isWhitespace)
            if Self.endsOwnWords(words, all[(index + 1)...].prefix(3)) { break }
            if !words.hasPrefix(">") { lines.append(line) }
        }
        while lines.last?.allSatisfy(\.isWhitespace) ?? false { lines.removeLast() }
        return lines.drop { $0.allSatisfy(\.isWhitespace) }.joined(separator: "\n")
    }

    /// Whether the line says that what follows is another's, or the sender's signature.
    private static func endsOwnWords(_ line: Substring, _ next: ArraySlice<String>) -> Bool {
        let lowered = line.lowercased()
        if line == "--" || line == "-- " || signs.contains(where: { lowered.hasPrefix($0) }) { return true }
        if line.utf8.count >= 20, line.allSatisfy({ $0 == "_" }) { return true }
        // `On Tue, 5 May 2026 at 09:00, Secretariat <...> wrote:`, which may be broken into two or three lines.
        let joined = String(([lowered] + next.map { $0.lowercased() }).joined(separator: " ").prefix(400))
        for (start, end) in [("on ", " wrote:"), ("am ", " schrieb"), ("le ", " a écrit")] where lowered.hasPrefix(start) {
            if place(of: end, in: Substring(joined)) != nil, lowered.contains(where: \.isNumber) { return true }
        }
        // Outlook's: From, then Sent and To, each on a line.
        return lowered.hasPrefix("from: ") && next.contains { ["sent:", "date:"].contains($0.lowercased().prefix(5)) }
    }

    private static let signs = [
        "sent from my ", "get outlook for ", "-----original message", "---------- forwarded", "begin forwarded message",
    ]

    /// The calendars in it, as text or as files, each once.
    public var calendars: [[UInt8]] {
        var seen: Set<[UInt8]> = []
        return pieces.filter { ["text/calendar", "application/ics"].contains($0.mediaType) }
            .map { Array(Post.text(of: $0.bytes, in: $0.parameters["charset"]).utf8) }
            .filter { seen.insert($0).inserted }
    }
}

/// The words of a page of HTML, without what it quotes.
func plainText(ofPage page: String) -> String {
    var text = ""
    var quotes = 0
    var rest = Substring(page)
    while let letter = rest.first {
        guard letter == "<" else {
            let end = rest.firstIndex(of: "<") ?? rest.endIndex
            if quotes == 0 { append(withoutReferences(rest[..<end]), to: &text) }
            rest = rest[end...]
            continue
        }
        guard let tag = takeTag(&rest) else { break }
        switch tag {
        case "script", "style", "head", "title": skip(to: "/" + tag, &rest)
        case "blockquote": quotes += 1
        case "/blockquote": quotes = max(0, quotes - 1)
        case "br", "p", "/p", "div", "/div", "tr", "li", "/table", "h1", "h2", "h3", "hr":
            if quotes == 0, tag == "br" || !text.hasSuffix("\n") { text += "\n" }
        default: break
        }
    }
    return text
}

/// White space of a page is one space, wherever it stands.
private func append(_ words: String, to text: inout String) {
    for scalar in words.unicodeScalars {
        if [" ", "\n", "\r", "\t"].contains(scalar) {
            if let last = text.unicodeScalars.last, last != " ", last != "\n" { text += " " }
        } else {
            text.unicodeScalars.append(scalar)
        }
    }
}

/// Takes a tag, and answers its name, or a comment, which has none; nil where it has no end.
private func takeTag(_ rest: inout Substring) -> String? {
    if rest.hasPrefix("<!--") {
        guard let end = place(of: "-->", in: rest) else { return nil }
        rest = rest[end.upperBound...]
        return ""
    }
    guard let end = rest.firstIndex(of: ">") else { return nil }
    let inside = rest[..<end].dropFirst()
    rest = rest[end...].dropFirst()
    let isClosing = inside.hasPrefix("/")
    return (isClosing ? "/" : "") + inside.dropFirst(isClosing ? 1 : 0).prefix { $0.isLetter || $0.isNumber }.lowercased()
}

private func skip(to end: String, _ rest: inout Substring) {
    while let open = rest.firstIndex(of: "<") {
        rest = rest[open...]
        guard let tag = takeTag(&rest) else { break }
        if tag == end { return }
    }
    rest = rest[rest.endIndex...]
}

/// With `&amp;` and its like turned into the letters that they stand for.
private func withoutReferences(_ words: Substring) -> String {
    var text = ""
    var rest = words
    while let ampersand = rest.firstIndex(of: "&") {
        text += rest[..<ampersand]
        rest = rest[ampersand...].dropFirst()
        guard let end = rest.prefix(12).firstIndex(of: ";"), let letter = letter(of: rest[..<end]) else {
            text += "&"
            continue
        }
        text += letter
        rest = rest[end...].dropFirst()
    }
    return text + rest
}

private func letter(of name: Substring) -> String? {
    guard name.hasPrefix("#") else { return letters[String(name)] }
    let digits = name.dropFirst()
    let number = digits.first?.lowercased() == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return number.flatMap { Unicode.Scalar($0) }.map { String($0) }
}

private let letters = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "rsquo": "’", "lsquo": "‘", "ndash": "–",
]
