/// What a value encodes itself into: the writer, at the level where the value stands.
struct LineEncoder: Encoder {
    let writer: LineWriter
    let level: Int

    // Where a value stands is told by nobody who writes.
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        writer.open(at: level, isObject: true)
        return KeyedEncodingContainer(LineObject(writer: writer, level: level))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        writer.open(at: level, isObject: false)
        return LineList(writer: writer, level: level)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension LineEncoder: SingleValueEncodingContainer {
    func encodeNil() { writer.writeNull() }
    func encode(_ value: Bool) { writer.write(value) }
    func encode(_ value: String) { writer.write(value) }
    func encode(_ value: Double) throws { try writer.write(value) }
    func encode(_ value: Float) throws { try writer.write(Double(value.description) ?? Double(value)) }
    func encode(_ value: Int) { writer.write(value) }
    func encode(_ value: Int8) { writer.write(value) }
    func encode(_ value: Int16) { writer.write(value) }
    func encode(_ value: Int32) { writer.write(value) }
    func encode(_ value: Int64) { writer.write(value) }
    func encode(_ value: UInt) { writer.write(value) }
    func encode(_ value: UInt8) { writer.write(value) }
    func encode(_ value: UInt16) { writer.write(value) }
    func encode(_ value: UInt32) { writer.write(value) }
    func encode(_ value: UInt64) { writer.write(value) }
    func encode(_ value: some Encodable) throws { try writer.encode(value) }
}

/// An object that is being written.
private struct LineObject<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: LineWriter
    let level: Int

    var codingPath: [any CodingKey] { [] }

    private func begin(_ key: any CodingKey) -> LineWriter {
        writer.begin(key: key.stringValue, at: level)
        return writer
    }

    func encodeNil(forKey key: Key) { begin(key).writeNull() }
    func encode(_ value: Bool, forKey key: Key) { begin(key).write(value) }
    func encode(_ value: String, forKey key: Key) { begin(key).write(value) }
    func encode(_ value: Double, forKey key: Key) throws { try begin(key).write(value) }
    func encode(_ value: Float, forKey key: Key) throws { try begin(key).write(Double(value.description) ?? Double(value)) }
    func encode(_ value: Int, forKey key: Key) { begin(key).write(value) }
    func encode(_ value: Int8, forKey key: Key) { begin(key).write(value) }
    func encode(_ value: Int16, forKey key: Key) { begin(key).write(value) }
    func encode(_ value: Int32, forKey key: Key) { begin(key).write(value) }
    func encode(_ value: Int64, forKey key: Key) { begin(key).write(value) }
    func encode(_ value: UInt, forKey key: Key) { begin(key).write(value) }
    func encode(_ value: UInt8, forKey key: Key) { begin(key).write(value) }
    func encode(_ value: UInt16, forKey key: Key) { begin(key).write(value) }
    func encode(_ value: UInt32, forKey key: Key) { begin(key).write(value) }
    func encode(_ value: UInt64, forKey key: Key) { begin(key).write(value) }
    func encode(_ value: some Encodable, forKey key: Key) throws { try begin(key).encode(value) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        LineEncoder(writer: begin(key), level: level + 1).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        LineEncoder(writer: begin(key), level: level + 1).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        writer.begin(key: "super", at: level)
        return LineEncoder(writer: writer, level: level + 1)
    }

    func superEncoder(forKey key: Key) -> any Encoder { LineEncoder(writer: begin(key), level: level + 1) }
}

/// A list that is being written.
private struct LineList: UnkeyedEncodingContainer {
    let writer: LineWriter
    let level: Int

    var codingPath: [any CodingKey] { [] }
    var count: Int { writer.frames[level].count }

    private func begin() -> LineWriter {
        writer.beginElement(at: level)
        return writer
    }

    func encodeNil() { begin().writeNull() }
    func encode(_ value: Bool) { begin().write(value) }
    func encode(_ value: String) { begin().write(value) }
    func encode(_ value: Double) throws { try begin().write(value) }
    func encode(_ value: Float) throws { try begin().write(Double(value.description) ?? Double(value)) }
    func encode(_ value: Int) { begin().write(value) }
    func encode(_ value: Int8) { begin().write(value) }
    func encode(_ value: Int16) { begin().write(value) }
    func encode(_ value: Int32) { begin().write(value) }
    func encode(_ value: Int64) { begin().write(value) }
    func encode(_ value: UInt) { begin().write(value) }
    func encode(_ value: UInt8) { begin().write(value) }
    func encode(_ value: UInt16) { begin().write(value) }
    func encode(_ value: UInt32) { begin().write(value) }
    func encode(_ value: UInt64) { begin().write(value) }
    func encode(_ value: some Encodable) throws { try begin().encode(value) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        LineEncoder(writer: begin(), level: level + 1).container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        LineEncoder(writer: begin(), level: level + 1).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { LineEncoder(writer: begin(), level: level + 1) }
}
