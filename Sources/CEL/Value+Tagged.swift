/// A JSON document, as whoever reads and writes it hands it over.
public enum TaggedJSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([TaggedJSON])
    case members([String: TaggedJSON])

    /// The member of that name, if it is an object that has one.
    public subscript(name: String) -> TaggedJSON? {
        guard case .members(let members) = self else { return nil }
        return members[name]
    }

    /// The text, if it is one.
    public var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }
}

extension TaggedJSON: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .bool(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let items = try? container.decode([TaggedJSON].self) {
            self = .list(items)
        } else {
            self = .members(try container.decode([String: TaggedJSON].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let flag): try container.encode(flag)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let items): try container.encode(items)
        case .members(let members): try container.encode(members)
        }
    }
}

extension Value {
    /// Reads `{"int": "123"}`, `{"list": [...]}`, `{"map": [[key, value]]}` and so on: the type stands as the only member's name.
    /// Nil where the document is of another shape.
    public init?(tagged: TaggedJSON) {
        guard case .members(let members) = tagged, members.count == 1, let (tag, content) = members.first,
            let value = Self.read(tag, content)
        else { return nil }
        self = value
    }

    private static func read(_ tag: String, _ content: TaggedJSON) -> Value? {
        switch (tag, content) {
        case ("null", _): .null
        case ("bool", .bool(let flag)): .bool(flag)
        case ("int", .text(let text)): Int64(text).map { .int($0) }
        case ("int", .number(let number)): Int64(exactly: number).map { .int($0) }
        case ("uint", .text(let text)): UInt64(text).map { .uint($0) }
        case ("uint", .number(let number)): UInt64(exactly: number).map { .uint($0) }
        case ("double", .number(let number)): .double(number)
        case ("double", .text(let text)): Double(text).map { .double($0) }
        case ("string", .text(let text)): .string(text)
        case ("bytes", .text(let text)): Base64.decode(text).map { .bytes($0) }
        case ("timestamp", .text(let text)): Timestamp(text: text).map { .timestamp($0) }
        case ("duration", .text(let text)): (try? Span(text: text)).map { .duration($0) }
        case ("type", .text(let text)): Kind(text: text).map { .type($0) }
        case ("list", .list(let items)): read(items).map { .list($0) }
        case ("map", .list(let entries)): read(entries: entries).map { .map($0) }
        case ("optional", .null): .optional(nil)
        case ("optional", let held): Value(tagged: held).map { .optional($0) }
        case ("object", let object): read(object: object)
        default: nil
        }
    }

    private static func read(_ items: [TaggedJSON]) -> [Value]? {
        let values = items.compactMap { Value(tagged: $0) }
        return values.count == items.count ? values : nil
    }

    private static func read(entries: [TaggedJSON]) -> [Value: Value]? {
        var map: [Value: Value] = [:]
        for entry in entries {
            guard case .list(let pair) = entry, let values = read(pair), values.count == 2 else { return nil }
            map[values[0]] = values[1]
        }
        return map
    }

    private static func read(object: TaggedJSON) -> Value? {
        guard let kind = object["kind"]?.text, let id = object["id"]?.text else { return nil }
        return .object(Reference(kind: kind, id: id))
    }

    /// The value with its type, as `init(tagged:)` reads it; numbers that are not finite are text.
    public var tagged: TaggedJSON {
        let (tag, content): (String, TaggedJSON) =
            switch self {
            case .null: ("null", .bool(true))
            case .bool(let flag): ("bool", .bool(flag))
            case .int(let number): ("int", .text(String(number)))
            case .uint(let number): ("uint", .text(String(number)))
            case .double(let number): ("double", number.isFinite ? .number(number) : .text(Formatter.text(of: number)))
            case .string(let text): ("string", .text(text))
            case .bytes(let bytes): ("bytes", .text(Base64.encode(bytes)))
            case .list(let items): ("list", .list(items.map(\.tagged)))
            case .map(let map):
                ("map", .list(Comparison.sortedKeys(map).map { .list([$0.tagged, map[$0]?.tagged ?? .null]) }))
            case .timestamp(let moment): ("timestamp", .text(moment.text))
            case .duration(let span): ("duration", .text(span.text))
            case .type(let kind): ("type", .text(kind.typeName))
            case .optional(let held): ("optional", held?.tagged ?? .null)
            case .object(let reference):
                ("object", .members(["kind": .text(reference.kind), "id": .text(reference.id)]))
            }
        return .members([tag: content])
    }
}
