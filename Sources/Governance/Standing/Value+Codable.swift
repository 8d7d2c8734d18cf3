import CEL

/// In the journal a value is a map with one key that names its type: `{"int": 3}`, `{"object": ["person", "p7"]}`.
extension Value: Codable {
    private enum CodingKeys: String, CodingKey {
        case null, bool, int, uint, double, string, bytes, list, map, timestamp, duration, object, optional, type
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        guard let key = values.allKeys.first, values.allKeys.count == 1 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a value has exactly one type"))
        }
        switch key {
        case .null: self = .null
        case .bool: self = .bool(try values.decode(Bool.self, forKey: key))
        case .int: self = .int(try values.decode(Int64.self, forKey: key))
        case .uint: self = .uint(try values.decode(UInt64.self, forKey: key))
        case .double: self = .double(try values.decode(Double.self, forKey: key))
        case .string: self = .string(try values.decode(String.self, forKey: key))
        case .bytes: self = .bytes(try values.decode([UInt8].self, forKey: key))
        case .list: self = .list(try values.decode([Value].self, forKey: key))
        case .map:
            let pairs = try values.decode([[Value]].self, forKey: key)
            self = .map(Dictionary(pairs.filter { $0.count == 2 }.map { ($0[0], $0[1]) }) { first, _ in first })
        case .timestamp:
            let parts = try values.decode([Int64].self, forKey: key)
            self = .timestamp(Timestamp(seconds: parts.first ?? 0, nanoseconds: Int32(parts.dropFirst().first ?? 0)))
        case .duration:
            let parts = try values.decode([Int64].self, forKey: key)
            self = .duration(Span(seconds: parts.first ?? 0, nanoseconds: Int32(parts.dropFirst().first ?? 0)))
        case .object:
            let parts = try values.decode([String].self, forKey: key)
            self = .object(Reference(kind: parts.first ?? "", id: parts.dropFirst().first ?? ""))
        case .optional: self = .optional(try values.decode([Value].self, forKey: key).first)
        case .type:
            throw DecodingError.dataCorruptedError(forKey: key, in: values, debugDescription: "types are not kept")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .null: try values.encode(true, forKey: .null)
        case .bool(let it): try values.encode(it, forKey: .bool)
        case .int(let it): try values.encode(it, forKey: .int)
        case .uint(let it): try values.encode(it, forKey: .uint)
        case .double(let it): try values.encode(it, forKey: .double)
        case .string(let it): try values.encode(it, forKey: .string)
        case .bytes(let it): try values.encode(it, forKey: .bytes)
        case .list(let it): try values.encode(it, forKey: .list)
        case .map(let it):
            let ordered = it.sorted { String(describing: $0.key) < String(describing: $1.key) }
            try values.encode(ordered.map { [$0.key, $0.value] }, forKey: .map)
        case .timestamp(let it): try values.encode([it.seconds, Int64(it.nanoseconds)], forKey: .timestamp)
        case .duration(let it): try values.encode([it.seconds, Int64(it.nanoseconds)], forKey: .duration)
        case .object(let it): try values.encode([it.kind, it.id], forKey: .object)
        case .optional(let it): try values.encode(it.map { [$0] } ?? [], forKey: .optional)
        case .type: try values.encode("type", forKey: .type)
        }
    }
}
