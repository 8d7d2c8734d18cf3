import Foundation

extension String {
    /// As somebody writes it who has neither accents nor the right apostrophe at hand: small letters, without marks, and a space for
    /// each hyphen. `Zoë O’Neill-Łoś` is `zoe oneill los`.
    var withoutMarks: String {
        var plain = ""
        for character in folding(options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil) {
            switch character {
            case "'", "’", "‘", "ʼ", "`": continue
            case "-", "‐", "‑", "–": plain.append(" ")
            default: plain += Self.letters[character] ?? String(character)
            }
        }
        return plain
    }

    /// Letters that are no letter with a mark, and what they are written as without them.
    private static let letters: [Character: String] = [
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i",
    ]
}
