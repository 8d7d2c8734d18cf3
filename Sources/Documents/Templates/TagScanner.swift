import Diagnostics

/// Finds the tags of a template, one after the other, with their places. It looks at bytes, so that its work grows with the
/// template's length and with nothing else.
struct TagScanner {
    enum Tag {
        case value(TemplateOutline.Name, SourceRange)
        case opening(TemplateOutline.Name, SourceRange, isInverted: Bool)
        case closing(TemplateOutline.Name, SourceRange)
        case partial(String, SourceRange)
        case wrong(String, SourceRange, expected: String?)
    }

    private let source: SourceText
    private let bytes: [UInt8]
    private var offset = 0

    init(_ source: SourceText) {
        self.source = source
        bytes = Array(source.text.utf8)
    }

    /// The next tag that is not a comment; nothing at the end of the template.
    mutating func next() -> Tag? {
        while let start = find("{{", from: offset) {
            let isTriple = start + 2 < bytes.count && bytes[start + 2] == UInt8(ascii: "{")
            let isComment = start + 2 < bytes.count && bytes[start + 2] == UInt8(ascii: "!")
            let closing = isTriple ? "}}}" : "}}"
            guard let end = find(closing, from: start + 2) else {
                offset = bytes.count
                return .wrong("the tag is not finished", range(start, start + 2), expected: closing)
            }
            offset = end + closing.utf8.count
            if isComment { continue }
            let content = String(decoding: bytes[(start + 2)..<end], as: UTF8.self)
            return tag(content, at: range(start, offset))
        }
        return nil
    }

    private func tag(_ content: String, at range: SourceRange) -> Tag {
        guard let sigil = content.first else { return .wrong("the tag is empty", range, expected: "a name") }
        let rest = trimmed(content.dropFirst())
        switch sigil {
        case "#", "^":
            return named(rest, at: range, maySayPlace: true) { .opening($0, range, isInverted: sigil == "^") }
        case "/": return named(rest, at: range, maySayPlace: true) { .closing($0, range) }
        case "{", "&": return named(rest, at: range) { .value($0, range) }
        case ">":
            guard TemplateLibrary.isName(rest) else {
                return .wrong("`\(rest)` is not a template's name", range, expected: "small letters, digits and hyphens")
            }
            return .partial(rest, range)
        case "=": return .wrong("the delimiters stay {{ and }}", range, expected: nil)
        case "<", "$": return .wrong("templates do not inherit", range, expected: "a partial, {{> name}}")
        case "%": return .wrong("pragmas are not used here", range, expected: nil)
        default: return named(trimmed(content[...]), at: range) { .value($0, range) }
        }
    }

    private func named(
        _ written: String, at range: SourceRange, maySayPlace: Bool = false, _ make: (TemplateOutline.Name) -> Tag
    ) -> Tag {
        if written == "." { return make(TemplateOutline.Name(written: ".", parts: [])) }
        if maySayPlace, written == "first()" || written == "last()" {
            return make(TemplateOutline.Name(written: written, parts: []))
        }
        let parts = (written.hasPrefix(".") ? written.dropFirst() : written[...]).split(
            separator: ".", omittingEmptySubsequences: false)
        let isName = parts.allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { Self.isNameByte($0) }
        }
        guard isName else {
            return .wrong("`\(written)` is not the name of a value", range, expected: "small letters, digits, _ and dots")
        }
        return make(TemplateOutline.Name(written: written, parts: parts.map(String.init)))
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }

    private func trimmed(_ text: Substring) -> String {
        var scalars = text.unicodeScalars
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return String(scalars)
    }

    private func find(_ mark: String, from start: Int) -> Int? {
        let mark = Array(mark.utf8)
        var index = start
        while index + mark.count <= bytes.count {
            if bytes[index] == mark[0], bytes[index..<(index + mark.count)].elementsEqual(mark) { return index }
            index += 1
        }
        return nil
    }

    private func range(_ start: Int, _ end: Int) -> SourceRange {
        SourceRange(source.position(at: start), source.position(at: end))
    }
}
