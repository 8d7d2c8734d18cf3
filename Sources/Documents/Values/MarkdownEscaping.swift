/// Text as Markdown that shows exactly that text, wherever in a line it stands: in a paragraph, a heading, a list, a table's cell.
///
/// Only what could act as markup is escaped, so that a person who edits the Markdown still reads "O'Brien & Sons". Line endings
/// inside a value, tabs, and white space at its ends are written as character references, as raw ones would be markup. Control
/// characters, which nobody can see, become U+FFFD; marks that turn the direction of writing are closed at the value's end, so
/// that they cannot turn what follows it.
func escapedForMarkdown(_ text: String) -> String {
    if isPlain(text) { return text }
    var scalars = Array(text.unicodeScalars)
    if scalars.contains("\r") { scalars = withUnixLineEndings(scalars) }
    var result = ""
    result.reserveCapacity(text.utf8.count + 16)
    let marker = listMarkerEnd(scalars)
    for index in scalars.indices { append(index, of: scalars, endsMarker: index == marker, to: &result) }
    result.unicodeScalars.append(contentsOf: closingDirections(scalars))
    return result
}

/// Letters, digits, and inner spaces and commas need no second look; most values are no more than that.
private func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return true }
    if first == UInt8(ascii: " ") || last == UInt8(ascii: " ") { return false }
    var hasLetter = false
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): hasLetter = true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: ","): continue
        default: return false
        }
    }
    return hasLetter || text.utf8.allSatisfy { $0 != UInt8(ascii: " ") }
}

private func append(
    _ index: Int, of scalars: [Unicode.Scalar], endsMarker: Bool, to result: inout String
) {
    let scalar = scalars[index]
    let before = index > 0 ? scalars[index - 1] : nil
    let after = index + 1 < scalars.count ? scalars[index + 1] : nil
    switch scalar {
    case "\n": result += "&#10;"
    case "\t": result += "&#9;"
    case _ where isBlank(scalar) && (before == nil || after == nil || before == "\n" || after == "\n"):
        result += "&#\(scalar.value);"
    case "\\" where after == nil || after == "|": result += "&#92;"
    case "&" where beginsReference(scalars[(index + 1)...]): result += "\\&"
    case _ where isControl(scalar): result.append("\u{FFFD}")
    default:
        if endsMarker || isMarkup(scalar, after: before, before: after) { result.append("\\") }
        result.unicodeScalars.append(scalar)
    }
}

/// Whether the scalar could act as markup where it stands. At a value's ends more can, as the template may put anything there.
private func isMarkup(_ scalar: Unicode.Scalar, after before: Unicode.Scalar?, before after: Unicode.Scalar?) -> Bool {
    switch scalar {
    case "\\", "`", "*", "[", "]", "|", "~": true
    case "_": !(isLetterOrDigit(before) && isLetterOrDigit(after))
    // What may follow it in a tag, a comment, or an address.
    case "<": after.map { isLetterOrDigit($0) || ".!#$%&'*+/=?^_`{|}~-".unicodeScalars.contains($0) } ?? true
    case "!": after == nil
    case "#": before == nil || after == nil
    case "-", "+", ">", "=", ":", ".", ")": before == nil
    default: false
    }
}

/// Whether an ampersand before these scalars could begin a character reference: with what follows the value, if they run out.
private func beginsReference(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let end = scalars.firstIndex(where: { !isLetterOrDigit($0) && $0 != "#" }) else { return true }
    return scalars[end] == ";"
}

private func isLetterOrDigit(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": return true
    default: return false
    }
}

/// White space of any script, and the byte order mark, which cmark drops from the start of a text.
private func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\u{FEFF}" || (scalar.value >= 0x80 && scalar.properties.isWhitespace)
}

private func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || scalar.value == 0x7F
}

/// Where the value begins like an ordered list ("1. x", "12) x"): the index of the mark after the digits.
private func listMarkerEnd(_ scalars: [Unicode.Scalar]) -> Int? {
    guard let mark = scalars.firstIndex(where: { !("0"..."9" ~= $0) }), mark > 0 else { return nil }
    guard scalars[mark] == "." || scalars[mark] == ")" else { return nil }
    return mark + 1 == scalars.count || scalars[mark + 1] == " " ? mark : nil
}

private func withUnixLineEndings(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(scalars.count)
    for (index, scalar) in scalars.enumerated() {
        guard scalar == "\r" else {
            result.append(scalar)
            continue
        }
        if index + 1 == scalars.count || scalars[index + 1] != "\n" { result.append("\n") }
    }
    return result
}

/// The marks that close what the value's own marks of direction (Unicode Bidirectional Algorithm, section 2) left open.
private func closingDirections(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var open: [Unicode.Scalar] = []
    for scalar in scalars {
        switch scalar {
        case "\u{202A}", "\u{202B}", "\u{202D}", "\u{202E}": open.append("\u{202C}")
        case "\u{2066}", "\u{2067}", "\u{2068}": open.append("\u{2069}")
        case "\u{202C}" where open.last == "\u{202C}": open.removeLast()
        case "\u{2069}" where open.contains("\u{2069}"):
            while let last = open.popLast(), last != "\u{2069}" {}
        default: break
        }
    }
    return open.reversed()
}
