/// The text in lines of at most that many columns, broken at spaces. A line ending in the text ends a line; a run of spaces
/// within a line stays; a word that is longer than a line stands alone and whole, so that it can be copied.
func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
        var line = ""
        var columns = 0
        var isFresh = true
        for word in paragraph.split(separator: " ", omittingEmptySubsequences: false) {
            let size = displayWidth(word)
            if !isFresh, columns + 1 + size > width, !word.isEmpty {
                lines.append(line)
                line = ""
                columns = 0
                isFresh = true
            }
            line += isFresh ? word : " " + word
            columns += isFresh ? size : size + 1
            isFresh = false
        }
        lines.append(line)
    }
    return lines == [""] ? [] : lines
}

/// The lines behind a marker, those after the first under the first one's text.
func hanging(_ lines: [String], after marker: String) -> [String] {
    let indent = String(repeating: " ", count: displayWidth(marker))
    return lines.enumerated().map { index, line in
        if index == 0 { return marker + line }
        return line.isEmpty ? "" : indent + line
    }
}

/// How many columns a terminal gives the text: two for the wide letters of East Asia and for pictures, none for marks that sit on
/// a letter.
func displayWidth(_ text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { width, character in
        guard let scalar = character.unicodeScalars.first else { return width }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return width + 2
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF, 0x300...0x36F: return width
        default: return width + 1
        }
    }
}
