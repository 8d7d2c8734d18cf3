import Diagnostics
import YAML

/// Names of the author's own.
extension WorkflowReader {
    /// A name that can be a name of CEL: small letters, digits and `_`, beginning with a letter. In a chart, any id of SCXML.
    mutating func name(_ node: Node, of what: String) -> Word? {
        guard let text = node.text(of: what, &log) else { return nil }
        if isChart ? Self.isID(text) : Self.isName(text) { return Word(text: text, range: node.range) }
        if isChart {
            log.add(.badName, at: node.range, "`\(text)` cannot be \(what)", expected: "a name without spaces")
            return nil
        }
        log.add(
            .badName, at: node.range, "`\(text)` cannot be \(what)",
            expected: "small letters, digits and `_`, beginning with a letter",
            nearest: Self.snakeCase(text))
        return nil
    }

    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, first >= UInt8(ascii: "a"), first <= UInt8(ascii: "z") else { return false }
        return text.utf8.count <= 64
            && text.utf8.allSatisfy {
                ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z")) || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
                    || $0 == UInt8(ascii: "_")
            }
    }

    /// `giveNotice` and `Give notice` as `give_notice`; nil where no name comes of it.
    private static func snakeCase(_ text: String) -> String? {
        var name = ""
        for scalar in text.unicodeScalars.prefix(64) {
            if scalar.properties.isUppercase {
                if let last = name.last, last != "_" { name += "_" }
                name += scalar.properties.lowercaseMapping
            } else {
                name.unicodeScalars.append(scalar == " " || scalar == "-" ? "_" : scalar)
            }
        }
        return isName(name) ? name : nil
    }

    /// Whether a text can be an id in a chart: no spaces, and at most 256 bytes.
    static func isID(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= longestWord && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }

    /// A variable's name, which expressions use: in a chart, any name of CEL.
    mutating func variableName(_ node: Node) -> Word? {
        let what = "a variable's name"
        guard isChart else { return name(node, of: what) }
        guard let text = node.text(of: what, &log) else { return nil }
        let isNumber = text.utf8.first.map { $0 >= 0x30 && $0 <= 0x39 } ?? true
        if !isNumber, text.utf8.count <= Self.longestWord, text.utf8.allSatisfy(\.isNamePart) {
            return Word(text: text, range: node.range)
        }
        log.add(
            .badName, at: node.range, "`\(text)` cannot be \(what)",
            expected: "letters, digits and `_`, not beginning with a digit")
        return nil
    }

    /// The name of an event that is raised or sent: names with dots between them.
    mutating func eventName(_ node: Node) -> Word? {
        guard let text = node.text(of: "an event", &log) else { return nil }
        if isEventName(text) { return Word(text: text, range: node.range) }
        return isChart || !text.contains(".") ? name(node, of: "an event") : badEvent(text, node, "an event")
    }

    /// What stands under `on`: a command, an event, or descriptors with spaces between them: `a.b`, `a.*`, `*`.
    mutating func descriptors(_ node: Node) -> Word? {
        let what = "a command or event"
        guard let text = node.text(of: what, &log) else { return nil }
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        let stand = parts.allSatisfy { part in
            part == "*" || isEventName(part.hasSuffix(".*") ? String(part.dropLast(2)) : String(part))
        }
        if stand { return Word(text: text, range: node.range) }
        return parts.count > 1 || text.contains(".") || text.contains("*") ? badEvent(text, node, what) : name(node, of: what)
    }

    private func isEventName(_ text: String) -> Bool {
        if isChart { return Self.isID(text) && !text.contains("*") }
        return text.utf8.count <= Self.longestWord
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { Self.isName(String($0)) }
    }

    private mutating func badEvent(_ text: String, _ node: Node, _ what: String) -> Word? {
        log.add(
            .badName, at: node.range, "`\(text)` cannot be \(what)",
            expected: "names with dots between them, `a.*` for all that begin so, `*` for all; several with a space between")
        return nil
    }
}
