import Foundation
import Governance

/// The words by which texts tell of one person: name, address, telephone, and what they wrote that is long enough to be theirs alone.
///
/// They are found whatever their case and spacing, whole words only, and as HTML and Markdown write them; `O'Brien` is found in
/// `O&#39;Brien` and in `O\'Brien`.
struct Traces {
    /// What stands in the place of words that were erased.
    static let erasedWords = "(erased)"
    /// A shorter text may be anybody's: `illness`.
    private static let shortestOwnText = 16
    private static let shortestIdentity = 4

    private struct Trace {
        var scalars: [Unicode.Scalar]
        var isName: Bool
    }

    private let traces: [Trace]
    /// The scalars with which a trace may begin.
    private let beginnings: Set<Unicode.Scalar>

    /// - Parameter values: the person's own, by key.
    init(of person: ID, in values: [String: String]) {
        var found: [(text: String, isName: Bool)] = []
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            let isName = key == person + "/name" || key == Standing.keyOfNameInRecord(person)
            let isIdentity = isName || ["/email", "/phone", "/reference"].contains { key == person + $0 }
            if value.count >= (isIdentity ? Self.shortestIdentity : Self.shortestOwnText) { found.append((value, isName)) }
        }
        traces = found.flatMap { text, isName in
            [text.precomposedStringWithCanonicalMapping, text.decomposedStringWithCanonicalMapping].map { form in
                Trace(scalars: Self.folded(form), isName: isName)
            }
        }.filter { !$0.scalars.isEmpty }.sorted { $0.scalars.count > $1.scalars.count }
        beginnings = Set(traces.compactMap { $0.scalars.first }.flatMap { [$0, "&", "\\"] })
    }

    var isEmpty: Bool { traces.isEmpty }

    /// Whether the text tells of the person.
    func areIn(_ text: String, sparingName: Bool = false) -> Bool {
        let scalars = Array(text.unicodeScalars)
        return scalars.indices.contains { match(in: scalars, at: $0, sparingName) != nil }
    }

    /// The text without what it tells of the person: a name becomes "a former member".
    func redacted(_ text: String, sparingName: Bool = false) -> String {
        let scalars = Array(text.unicodeScalars)
        var redacted = String.UnicodeScalarView()
        var place = 0
        while place < scalars.count {
            if let (end, isName) = match(in: scalars, at: place, sparingName) {
                redacted.append(contentsOf: (isName ? Standing.erasedName : Self.erasedWords).unicodeScalars)
                place = end
            } else {
                redacted.append(scalars[place])
                place += 1
            }
        }
        return String(redacted)
    }
}

extension Traces {
    /// Lower case, with one space for any run of them.
    private static func folded(_ text: String) -> [Unicode.Scalar] {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ").unicodeScalars.map(lower)
    }

    private static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII { return ("A"..."Z").contains(scalar) ? Unicode.Scalar(scalar.value + 32) ?? scalar : scalar }
        return scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
    }

    private func match(in text: [Unicode.Scalar], at start: Int, _ sparingName: Bool) -> (end: Int, isName: Bool)? {
        guard beginnings.contains(Self.lower(text[start])) else { return nil }
        for trace in traces where !(sparingName && trace.isName) {
            if let end = Self.end(of: trace.scalars, in: text, at: start) { return (end, trace.isName) }
        }
        return nil
    }

    private static func end(of trace: [Unicode.Scalar], in text: [Unicode.Scalar], at start: Int) -> Int? {
        if start > 0, isWordy(text[start - 1]), let first = trace.first, isWordy(first) { return nil }
        var place = start
        for wanted in trace {
            if wanted == " " {
                let before = place
                while place < text.count, text[place].properties.isWhitespace { place += 1 }
                guard place > before else { return nil }
            } else {
                guard let next = step(over: wanted, in: text, at: place) else { return nil }
                place = next
            }
        }
        if place < text.count, isWordy(text[place]), let last = trace.last, isWordy(last) { return nil }
        return place
    }

    /// Past one character, however it is written; nil where another stands there.
    private static func step(over wanted: Unicode.Scalar, in text: [Unicode.Scalar], at place: Int) -> Int? {
        guard place < text.count else { return nil }
        if lower(text[place]) == wanted { return place + 1 }
        if text[place] == "\\" { return place + 1 < text.count && lower(text[place + 1]) == wanted ? place + 2 : nil }
        guard text[place] == "&", let end = text[place...].prefix(10).firstIndex(of: ";") else { return nil }
        return entity(String(String.UnicodeScalarView(text[(place + 1)..<end]))).map(lower) == wanted ? end + 1 : nil
    }

    private static func entity(_ name: String) -> Unicode.Scalar? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard name.hasPrefix("#") else { return nil }
            let digits = name.dropFirst()
            let isHexadecimal = digits.hasPrefix("x") || digits.hasPrefix("X")
            return UInt32(isHexadecimal ? digits.dropFirst() : digits, radix: isHexadecimal ? 16 : 10)
                .flatMap { Unicode.Scalar($0) }
        }
    }

    private static func isWordy(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    }
}

extension Traces {
    /// Whether a file of bytes holds the words: as UTF-8, or as UTF-16 in either order.
    func areIn(_ bytes: [UInt8], sparingName: Bool = false) -> Bool {
        if areIn(String(decoding: bytes, as: UTF8.self), sparingName: sparingName) { return true }
        // Every text in UTF-16 has a byte in two that is zero, if it is in our letters.
        guard bytes.contains(0) else { return false }
        return [(0, false), (0, true), (1, false), (1, true)].contains { offset, isBigEndian in
            var units: [UInt16] = []
            var place = offset
            while place + 1 < bytes.count {
                let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
                units.append(isBigEndian ? first << 8 | second : second << 8 | first)
                place += 2
            }
            return areIn(String(decoding: units, as: UTF16.self), sparingName: sparingName)
        }
    }
}
