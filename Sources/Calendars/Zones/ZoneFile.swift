/// The parts of a TZif file, version 1 to 4, checked (RFC 9636, section 3).
struct ZoneFile {
    struct Transition {
        var at: Int64
        var period: Zone.Period
    }

    /// What holds before the first transition.
    var first: Zone.Period
    var transitions: [Transition]
    /// The footer's rule for what comes after the last transition; nil where the file has none.
    var rule: ZoneRule?

    init(bytes: [UInt8]) throws(ZoneFailure) {
        var reader = ByteReader(bytes: bytes)
        var header = try Header(&reader)
        let isLong = header.version >= UInt8(ascii: "2")
        if isLong {
            try reader.skip(header.length(timeBytes: 4))
            header = try Header(&reader)
        }
        (first, transitions) = try Self.block(header, timeBytes: isLong ? 8 : 4, &reader)
        rule = isLong ? try Self.footer(&reader) : nil
    }

    /// The six counts that stand before each block.
    private struct Header {
        var version: UInt8
        var isUTCount, isStandardCount, leapCount, timeCount, typeCount, letterCount: Int

        init(_ reader: inout ByteReader) throws(ZoneFailure) {
            guard try reader.number(4) == 0x545A_6966 else { throw .notTZif }
            version = UInt8(truncatingIfNeeded: try reader.number(1))
            try reader.skip(15)
            isUTCount = try reader.count()
            isStandardCount = try reader.count()
            leapCount = try reader.count()
            timeCount = try reader.count()
            typeCount = try reader.count()
            letterCount = try reader.count()
        }

        func length(timeBytes: Int) -> Int {
            timeCount * (timeBytes + 1) + typeCount * 6 + letterCount + leapCount * (timeBytes + 4) + isStandardCount
                + isUTCount
        }
    }

    private static func block(
        _ header: Header, timeBytes: Int, _ reader: inout ByteReader
    ) throws(ZoneFailure) -> (Zone.Period, [Transition]) {
        guard header.leapCount == 0 else { throw .leapSeconds }
        guard header.typeCount > 0 else { throw .broken("it has no kinds of local time") }
        let end = reader.offset + header.length(timeBytes: timeBytes)
        guard end <= reader.bytes.count else { throw .cutOff(at: reader.bytes.count) }
        var times: [Int64] = []
        for _ in 0..<header.timeCount { times.append(try reader.number(timeBytes)) }
        guard zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .broken("its transitions are not in order") }
        guard times.allSatisfy(Self.times.contains) else {
            throw .broken("a transition is before the world began, or after its end")
        }
        var kinds: [Int] = []
        for _ in 0..<header.timeCount { kinds.append(Int(try reader.number(1) & 0xFF)) }
        let periods = try kindsOfTime(header, &reader)
        guard kinds.allSatisfy({ $0 < periods.count }) else { throw .broken("a transition leads to no kind of local time") }
        reader.offset = end
        return (periods[0], zip(times, kinds).map { Transition(at: $0, period: periods[$1]) })
    }

    /// No transition is earlier than -2^59 (RFC 9636, section 3.2), nor of use later than the other end.
    private static let times: ClosedRange<Int64> = (-1 << 59)...(1 << 59)

    private static func kindsOfTime(_ header: Header, _ reader: inout ByteReader) throws(ZoneFailure) -> [Zone.Period] {
        let letters = reader.offset + header.typeCount * 6
        var periods: [Zone.Period] = []
        for _ in 0..<header.typeCount {
            let offset = Int(try reader.number(4))
            let isDaylightSaving = try reader.number(1) != 0
            let place = Int(try reader.number(1) & 0xFF)
            guard ZoneRule.offsets.contains(offset) else { throw .broken("an offset of \(offset) seconds is too large") }
            guard place < header.letterCount else { throw .broken("a kind of local time has no letters") }
            let name = reader.bytes[(letters + place)..<(letters + header.letterCount)].prefix { $0 != 0 }
            periods.append(
                Zone.Period(
                    offset: offset, isDaylightSaving: isDaylightSaving, abbreviation: String(decoding: name, as: UTF8.self)))
        }
        return periods
    }

    private static func footer(_ reader: inout ByteReader) throws(ZoneFailure) -> ZoneRule? {
        guard try reader.number(1) == 10 else { throw .broken("its footer does not begin with a new line") }
        let rest = reader.bytes[reader.offset...]
        guard let end = rest.firstIndex(of: 10) else { throw .cutOff(at: reader.bytes.count) }
        guard end > reader.offset else { return nil }
        return try ZoneRule(String(decoding: rest[..<end], as: UTF8.self))
    }
}

/// Big-endian numbers from bytes, never past their end.
private struct ByteReader {
    let bytes: [UInt8]
    var offset = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// A signed number of so many bytes.
    mutating func number(_ width: Int) throws(ZoneFailure) -> Int64 {
        guard offset + width <= bytes.count else { throw .cutOff(at: bytes.count) }
        var value: Int64 = width == 0 ? 0 : Int64(Int8(bitPattern: bytes[offset]))
        for byte in bytes[(offset + 1)..<(offset + width)] { value = value << 8 | Int64(byte) }
        offset += width
        return value
    }

    /// A count of four bytes, unsigned and no more than the file could hold.
    mutating func count() throws(ZoneFailure) -> Int {
        let value = Int(try number(4))
        guard (0...bytes.count).contains(value) else { throw .cutOff(at: bytes.count) }
        return value
    }

    mutating func skip(_ count: Int) throws(ZoneFailure) {
        guard offset + count <= bytes.count else { throw .cutOff(at: bytes.count) }
        offset += count
    }
}
