import CEL
import Calendars
import Diagnostics
import Foundation
import Governance

/// A value as JSON knows it, in the order in which it was built up.
indirect enum Plain: Encodable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([Plain])
    case map([String: Plain])
    case none

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        case .list(let list): try container.encode(list)
        case .map(let map): try container.encode(map)
        case .none: try container.encodeNil()
        }
    }

    init(_ text: String?) { self = text.map { .text($0) } ?? .none }

    init(_ number: Int?) { self = number.map { .number($0) } ?? .none }

    init(_ instant: Instant?) { self = instant.map { .text($0.description) } ?? .none }

    init(_ texts: [String]) { self = .list(texts.map { .text($0) }) }

    init(_ value: Value) {
        switch value {
        case .null, .optional(nil): self = .none
        case .bool(let flag): self = .flag(flag)
        case .int(let number): self = .number(Int(number))
        case .uint(let number): self = Int(exactly: number).map { .number($0) } ?? .text(String(number))
        case .double(let number): self = .text(String(number))
        case .string(let text): self = .text(text)
        case .bytes(let bytes): self = .number(bytes.count)
        case .list(let list): self = .list(list.map { Plain($0) })
        case .map(let map):
            self = .map(Dictionary(map.map { ("\(Plain($0.key).words)", Plain($0.value)) }) { first, _ in first })
        case .timestamp(let stamp): self = .text(Instant(seconds: stamp.seconds).description)
        case .duration(let span): self = .number(Int(span.seconds))
        case .object(let reference): self = .text(reference.id)
        case .optional(let inner?): self = Plain(inner)
        case .type(let kind): self = .text("\(kind)")
        }
    }

    init(_ finding: Finding) {
        self = .map([
            "severity": .text(finding.severity.rawValue), "code": .text(finding.code), "file": .text(finding.file),
            "line": .number(finding.range.start.line), "column": .number(finding.range.start.column),
            "end_line": .number(finding.range.end.line), "end_column": .number(finding.range.end.column),
            "message": .text(finding.message), "expected": Plain(finding.expected), "nearest": Plain(finding.nearest),
            "related": .list(
                finding.related.map { place in
                    .map([
                        "file": .text(place.file), "line": .number(place.range.start.line),
                        "column": .number(place.range.start.column), "message": .text(place.message),
                    ])
                }),
        ])
    }

    private var words: String {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .flag(let flag): String(flag)
        case .list, .map, .none: ""
        }
    }

    /// A JSON object with its keys in the order given.
    static func ordered(_ pairs: [(key: String, value: Plain)], inOneLine: Bool = false) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let written = pairs.map { pair in
            let value = (try? encoder.encode(pair.value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
            return "\(Plain.text(pair.key).quoted): \(value)"
        }
        return inOneLine ? "{\(written.joined(separator: ", "))}" : "{\n  \(written.joined(separator: ",\n  "))\n}"
    }

    private var quoted: String {
        (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }

    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        guard let bytes = try? encoder.encode(self) else { return "null" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
