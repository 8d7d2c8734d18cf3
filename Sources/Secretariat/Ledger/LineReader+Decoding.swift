/// What a value decodes itself from: the reader, at the place where the value stands.
struct LineDecoder: Decoder {
    let reader: LineReader
    let place: Int

    // Where a value stands is told by nobody who reads; what cannot be read is told by the number of its entry.
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard reader.pieces[place].kind == .object else { throw reader.mismatch([String: Any].self, place) }
        return KeyedDecodingContainer(ReadObject(reader: reader, place: place))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard reader.pieces[place].kind == .list else { throw reader.mismatch([Any].self, place) }
        return ReadList(reader: reader, place: place)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }
}

extension LineDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { reader.isNull(place) }
    func decode(_: Bool.Type) throws -> Bool { try reader.flag(place) }
    func decode(_: String.Type) throws -> String { try reader.text(place) }
    func decode(_: Double.Type) throws -> Double { try reader.fraction(place) }
    func decode(_: Float.Type) throws -> Float { Float(try reader.fraction(place)) }
    func decode(_: Int.Type) throws -> Int { try reader.number(place) }
    func decode(_: Int8.Type) throws -> Int8 { try reader.number(place) }
    func decode(_: Int16.Type) throws -> Int16 { try reader.number(place) }
    func decode(_: Int32.Type) throws -> Int32 { try reader.number(place) }
    func decode(_: Int64.Type) throws -> Int64 { try reader.number(place) }
    func decode(_: UInt.Type) throws -> UInt { try reader.number(place) }
    func decode(_: UInt8.Type) throws -> UInt8 { try reader.number(place) }
    func decode(_: UInt16.Type) throws -> UInt16 { try reader.number(place) }
    func decode(_: UInt32.Type) throws -> UInt32 { try reader.number(place) }
    func decode(_: UInt64.Type) throws -> UInt64 { try reader.number(place) }
    func decode<Value: Decodable>(_: Value.Type) throws -> Value { try Value(from: self) }
}

/// An object that is being read.
private struct ReadObject<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let reader: LineReader
    let place: Int

    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { reader.keys(of: place).compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { reader.member(key.stringValue, of: place) != nil }

    private func member(_ key: any CodingKey) throws -> LineDecoder {
        guard let found = reader.member(key.stringValue, of: place) else { throw reader.missing(key) }
        return LineDecoder(reader: reader, place: found)
    }

    /// The value under a key; nil where there is none, or null.
    private func known(_ key: Key) -> LineDecoder? {
        guard let found = reader.member(key.stringValue, of: place), !reader.isNull(found) else { return nil }
        return LineDecoder(reader: reader, place: found)
    }

    func decodeNil(forKey key: Key) throws -> Bool { try member(key).decodeNil() }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try member(key).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try member(key).decode(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try member(key).decode(type) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try member(key).decode(type) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try member(key).decode(type) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try member(key).decode(type) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try member(key).decode(type) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try member(key).decode(type) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try member(key).decode(type) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try member(key).decode(type) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try member(key).decode(type) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try member(key).decode(type) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try member(key).decode(type) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try member(key).decode(type) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try Value(from: try member(key)) }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try known(key)?.decode(type) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try known(key)?.decode(type) }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try known(key).map { try Value(from: $0) }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try member(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try member(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        guard let found = reader.member("super", of: place) else { return LineDecoder(reader: reader, place: place) }
        return LineDecoder(reader: reader, place: found)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }
}

/// A list that is being read.
private struct ReadList: UnkeyedDecodingContainer {
    let reader: LineReader
    private let elements: Int
    private var place: Int
    private(set) var currentIndex = 0

    init(reader: LineReader, place: Int) {
        self.reader = reader
        elements = Int(reader.pieces[place].count)
        self.place = place + 1
    }

    var codingPath: [any CodingKey] { [] }
    var count: Int? { elements }
    var isAtEnd: Bool { currentIndex >= elements }

    /// The next element, which is passed only once it was read.
    private func element(_ type: any Any.Type) throws -> LineDecoder {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(type, .init(codingPath: [], debugDescription: "the list is at its end"))
        }
        return LineDecoder(reader: reader, place: place)
    }

    private mutating func pass() {
        place = Int(reader.pieces[place].next)
        currentIndex += 1
    }

    mutating func decodeNil() throws -> Bool {
        guard try element(Never.self).decodeNil() else { return false }
        pass()
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let value = try Value(from: try element(type))
        pass()
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
        let nested = try element([String: Any].self).container(keyedBy: type)
        pass()
        return nested
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let nested = try element([Any].self).unkeyedContainer()
        pass()
        return nested
    }

    mutating func superDecoder() throws -> any Decoder {
        let element = try element(Never.self)
        pass()
        return element
    }
}
