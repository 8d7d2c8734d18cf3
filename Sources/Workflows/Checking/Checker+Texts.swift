import CEL
import Diagnostics
import YAML

/// A part of a text as it is written: words, or a path in braces with its place.
enum TextPart: Equatable {
    case words(String)
    case path([String], bytes: Range<Int>)
    /// What stands in braces and is no path.
    case broken(Range<Int>)
}

extension TextPart {
    /// Divides `Not quorate: {{quorum.present}} of {{quorum.needed}}`.
    static func parts(of text: String) -> [TextPart] {
        let bytes = Array(text.utf8)
        var parts: [TextPart] = []
        var from = 0
        var place = 0
        func words(_ range: Range<Int>) -> [TextPart] {
            range.isEmpty ? [] : [.words(String(decoding: bytes[range], as: UTF8.self))]
        }
        while place + 1 < bytes.count {
            guard bytes[place] == UInt8(ascii: "{"), bytes[place + 1] == UInt8(ascii: "{") else {
                place += 1
                continue
            }
            parts += words(from..<place)
            guard let end = closing(bytes, from: place + 2) else { return parts + [.broken(place..<bytes.count)] }
            parts.append(inside(bytes, (place + 2)..<end))
            place = end + 2
            from = place
        }
        return parts + words(from..<bytes.count)
    }

    private static func closing(_ bytes: [UInt8], from start: Int) -> Int? {
        var place = start
        while place + 1 < bytes.count {
            if bytes[place] == UInt8(ascii: "}"), bytes[place + 1] == UInt8(ascii: "}") { return place }
            place += 1
        }
        return nil
    }

    private static func inside(_ bytes: [UInt8], _ range: Range<Int>) -> TextPart {
        var range = range
        while let first = range.first, bytes[first] == UInt8(ascii: " ") { range = (first + 1)..<range.upperBound }
        while let last = range.last, bytes[last] == UInt8(ascii: " ") { range = range.lowerBound..<last }
        let names = bytes[range].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isPath = names.allSatisfy { name in
            name.allSatisfy(\.isNamePart) && name.first.map { $0 > UInt8(ascii: "9") } ?? false
        }
        return isPath ? .path(names.map { String(decoding: $0, as: UTF8.self) }, bytes: range) : .broken(range)
    }
}

extension Checker {
    /// A sentence with values in it.
    mutating func text(_ node: Node, of what: String) -> Text? {
        guard let raw = node.rawText else {
            log.add(.wrongShape, at: node.range, "\(what) is a text, and here stands \(node.shape)", expected: "a text")
            return nil
        }
        var segments: [Text.Segment] = []
        for part in TextPart.parts(of: raw) {
            switch part {
            case .words(let words): segments.append(.words(words))
            case .broken(let bytes): brokenBraces(node, bytes)
            case .path(let path, let bytes):
                if let program = value(path, node.range(ofBytes: bytes)) { segments.append(.value(program)) }
            }
        }
        return Text(segments: segments)
    }

    private mutating func brokenBraces(_ node: Node, _ bytes: Range<Int>) {
        log.add(
            .badText, at: node.range(ofBytes: bytes), "this is no value", expected: "a name or a path, as in `{{item.title}}`")
    }

    /// The program of a path in a text, which must have something to show.
    private mutating func value(_ path: [String], _ range: SourceRange) -> Program? {
        do throws(CompileError) {
            let program = try Program(path.joined(separator: "."), in: environment)
            if program.kind.isThing {
                log.add(
                    .badText, at: range, "`\(program.text)` is a thing, not a text",
                    expected: "one of its fields: `\(program.text).name`")
                return nil
            }
            return program
        } catch {
            let issue = error.issues.first
            log.add(
                .badText, at: range, issue?.message ?? "`\(path.joined(separator: "."))` is not known",
                expected: issue?.expected,
                nearest: issue?.nearest)
            return nil
        }
    }

    /// A sentence about one thing of a list.
    mutating func itemText(_ node: Node, about kind: Kind) -> ItemText? {
        guard let raw = node.rawText else { return nil }
        var segments: [ItemText.Segment] = []
        for part in TextPart.parts(of: raw) {
            switch part {
            case .words(let words): segments.append(.words(words))
            case .broken(let bytes): brokenBraces(node, bytes)
            case .path(let path, let bytes):
                checkFields(path, of: kind, node.range(ofBytes: bytes))
                segments.append(.field(path))
            }
        }
        return ItemText(segments: segments)
    }

    private mutating func checkFields(_ path: [String], of kind: Kind, _ range: SourceRange) {
        var kind = kind
        for name in path {
            guard let fields = kind.objectName.flatMap({ environment.objects[$0] }) else { return }
            guard let next = fields[name] else {
                log.add(
                    .badText, at: range, "there is no field `\(name)`", expected: fields.keys.sorted().joined(separator: ", "),
                    nearest: nearestName(to: name, among: fields.keys))
                return
            }
            kind = next
        }
    }
}

extension Kind {
    /// The name of the object type, also where it may be null.
    var objectName: String? {
        switch self {
        case .object(let name): name
        case .nullable(let wrapped): wrapped.objectName
        default: nil
        }
    }

    /// Whether it has no text of its own to show.
    var isThing: Bool {
        switch self {
        case .object, .list, .map: true
        case .nullable(let wrapped): wrapped.isThing
        default: false
        }
    }
}
