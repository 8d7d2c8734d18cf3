import CEL
import Foundation
import YAML

/// A value of JSON as it stands on one line: objects keep the order in which they were written, whole numbers stay whole.
enum LineValue: Sendable {
    case null
    case flag(Bool)
    case whole(Int64)
    case large(UInt64)
    case real(Double)
    case text(String)
    case list([LineValue])
    case object([(key: String, value: LineValue)])

    /// Reads a line of JSON; nil for anything else.
    init?(line: String) {
        guard let value = try? JSONDecoder().decode(LineValue.self, from: Data(line.utf8)) else { return nil }
        self = value
    }

    subscript(key: String) -> LineValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }
}

extension LineValue: Decodable {
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let members = try? decoder.container(keyedBy: Key.self) {
            self = .object(
                try members.allKeys.sorted { $0.stringValue < $1.stringValue }
                    .map { ($0.stringValue, try members.decode(LineValue.self, forKey: $0)) })
            return
        }
        let single = try decoder.singleValueContainer()
        if single.decodeNil() {
            self = .null
        } else if let flag = try? single.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? single.decode(Int64.self) {
            self = .whole(number)
        } else if let number = try? single.decode(UInt64.self) {
            self = .large(number)
        } else if let number = try? single.decode(Double.self) {
            self = .real(number)
        } else if let text = try? single.decode(String.self) {
            self = .text(text)
        } else {
            self = .list(try single.decode([LineValue].self))
        }
    }
}

extension LineValue {
    /// The JSON text, on one line.
    var json: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .flag(let flag): text += flag ? "true" : "false"
        case .whole(let number): text += String(number)
        case .large(let number): text += String(number)
        case .real(let number): text += number.isFinite ? String(number) : "\"\(number)\""
        case .text(let words): Self.write(words, to: &text)
        case .list(let items):
            text += "["
            for (place, item) in items.enumerated() {
                if place > 0 { text += ", " }
                item.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (place, member) in members.enumerated() {
                if place > 0 { text += ", " }
                Self.write(member.key, to: &text)
                text += ": "
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    private static func write(_ words: String, to text: inout String) {
        text += "\""
        for scalar in words.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case let other where other.value < 0x20 || other.value == 0x7F || other.value == 0x2028 || other.value == 0x2029:
                let digits = String(other.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

extension LineValue {
    /// A value of an expression. Moments and spans are texts; a key of a map that is no text is written as JSON.
    init(_ value: CEL.Value) {
        switch value {
        case .null, .optional(nil): self = .null
        case .bool(let flag): self = .flag(flag)
        case .int(let number): self = .whole(number)
        case .uint(let number): self = .large(number)
        case .double(let number): self = .real(number)
        case .string(let text): self = .text(text)
        case .list(let items): self = .list(items.map { LineValue($0) })
        case .map(let map):
            let members = map.map { (key: LineValue($0.key), value: LineValue($0.value)) }
            self = .object(members.map { ($0.key.text ?? $0.key.json, $0.value) }.sorted { $0.key < $1.key })
        case .optional(let inner?): self = LineValue(inner)
        case .object(let reference): self = .text(reference.id)
        case .type(let kind): self = .text("\(kind)")
        case .bytes, .timestamp, .duration:
            if case .members(let members) = value.tagged, let content = members.values.first {
                self = LineValue(content)
            } else {
                self = .null
            }
        }
    }

    /// The value as expressions know it.
    var value: CEL.Value {
        switch self {
        case .null: .null
        case .flag(let flag): .bool(flag)
        case .whole(let number): .int(number)
        case .large(let number): .uint(number)
        case .real(let number): .double(number)
        case .text(let text): .string(text)
        case .list(let items): .list(items.map(\.value))
        case .object(let members):
            .map(Dictionary(members.map { (.string($0.key), $0.value.value) }) { _, last in last })
        }
    }

    init(_ tagged: TaggedJSON) {
        switch tagged {
        case .null: self = .null
        case .bool(let flag): self = .flag(flag)
        case .number(let number): self = .real(number)
        case .text(let text): self = .text(text)
        case .list(let items): self = .list(items.map { LineValue($0) })
        case .members(let members):
            self = .object(members.sorted { $0.key < $1.key }.map { ($0.key, LineValue($0.value)) })
        }
    }

    var tagged: TaggedJSON {
        switch self {
        case .null: .null
        case .flag(let flag): .bool(flag)
        case .whole(let number): .number(Double(number))
        case .large(let number): .number(Double(number))
        case .real(let number): .number(number)
        case .text(let text): .text(text)
        case .list(let items): .list(items.map(\.tagged))
        case .object(let members): .members(Dictionary(members.map { ($0.key, $0.value.tagged) }) { _, last in last })
        }
    }

    /// The value of a YAML file, by the core schema.
    init(_ node: Node) {
        switch node.content {
        case .sequence(let nodes): self = .list(nodes.map { LineValue($0) })
        case .mapping(let entries): self = .object(entries.map { ($0.key.rawText ?? "", LineValue($0.value)) })
        case .scalar(let text, _):
            switch node.scalar {
            case .null?: self = .null
            case .bool(let flag)?: self = .flag(flag)
            case .int(let number)?: self = .whole(number)
            case .float(let number)?: self = .real(number)
            case .string(let text)?: self = .text(text)
            case nil: self = .text(text)
            }
        }
    }
}
