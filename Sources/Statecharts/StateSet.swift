/// A set of state numbers as an instance keeps it: charts of up to 128 states need no memory of their own for it.
public struct StateSet: Sendable, Hashable {
    var low: UInt64 = 0
    var high: UInt64 = 0
    /// The words from state 128 on; empty in smaller charts.
    var rest: [UInt64] = []

    init() {}

    public func contains(_ state: Int) -> Bool {
        switch state {
        case 0..<64: low & (1 << UInt64(state)) != 0
        case 64..<128: high & (1 << UInt64(state - 64)) != 0
        default: state >= 128 && (state / 64 - 2) < rest.count && rest[state / 64 - 2] & (1 << UInt64(state % 64)) != 0
        }
    }

    /// Ascending, which is document order.
    public var numbers: [Int] {
        var numbers: [Int] = []
        for (index, word) in ([low, high] + rest).enumerated() {
            var word = word
            while word != 0 {
                numbers.append(index * 64 + word.trailingZeroBitCount)
                word &= word - 1
            }
        }
        return numbers
    }
}

/// A set of state numbers as the engine computes with it. Three sizes fit: one word, two words, and a list of words for charts of
/// more than 128 states; the engine is made for each, so that the common sizes cost a few machine instructions.
protocol StateBits: Sendable, Hashable {
    /// The empty set, with room for so many states.
    init(room: Int)
    init(_ set: StateSet)
    func store(in set: inout StateSet)
    var isEmpty: Bool { get }
    var count: Int { get }
    /// The least and the greatest member.
    var first: Int? { get }
    var last: Int? { get }
    func contains(_ state: Int) -> Bool
    func intersects(_ other: Self) -> Bool
    func subtracting(_ other: Self) -> Self
    mutating func insert(_ state: Int)
    mutating func remove(_ state: Int)
    static func & (left: Self, right: Self) -> Self
    static func | (left: Self, right: Self) -> Self
}

extension StateBits {
    var set: StateSet {
        var set = StateSet()
        store(in: &set)
        return set
    }

    /// Takes the least member out: ascending order is the order in which states are entered.
    mutating func popFirst() -> Int? {
        guard let state = first else { return nil }
        remove(state)
        return state
    }

    /// Takes the greatest member out: descending order is the order in which states are left.
    mutating func popLast() -> Int? {
        guard let state = last else { return nil }
        remove(state)
        return state
    }

    var descending: [Int] {
        var left = self
        var states: [Int] = []
        states.reserveCapacity(count)
        while let state = left.popLast() { states.append(state) }
        return states
    }

    var ascending: [Int] {
        var left = self
        var states: [Int] = []
        states.reserveCapacity(count)
        while let state = left.popFirst() { states.append(state) }
        return states
    }
}

extension StateBits where Self: FixedWidthInteger & UnsignedInteger {
    init(room: Int) { self = 0 }
    var isEmpty: Bool { self == 0 }
    var count: Int { nonzeroBitCount }
    var first: Int? { self == 0 ? nil : trailingZeroBitCount }
    var last: Int? { self == 0 ? nil : Self.bitWidth - 1 - leadingZeroBitCount }
    func contains(_ state: Int) -> Bool { self & (1 &<< Self(truncatingIfNeeded: state)) != 0 }
    func intersects(_ other: Self) -> Bool { self & other != 0 }
    func subtracting(_ other: Self) -> Self { self & ~other }
    mutating func insert(_ state: Int) { self |= 1 &<< Self(truncatingIfNeeded: state) }
    mutating func remove(_ state: Int) { self &= ~(1 &<< Self(truncatingIfNeeded: state)) }
}

extension UInt64: StateBits {
    init(_ set: StateSet) { self = set.low }

    func store(in set: inout StateSet) { set.low = self }
}

extension UInt128: StateBits {
    init(_ set: StateSet) { self = UInt128(set.high) << 64 | UInt128(set.low) }

    func store(in set: inout StateSet) {
        set.low = UInt64(truncatingIfNeeded: self)
        set.high = UInt64(truncatingIfNeeded: self >> 64)
    }
}

/// The set for charts of any size.
struct WordList: StateBits {
    private var words: [UInt64]

    init(room: Int) { words = Array(repeating: 0, count: max(2, (room + 63) / 64)) }
    init(_ set: StateSet) { words = [set.low, set.high] + set.rest }

    func store(in set: inout StateSet) {
        set.low = words[0]
        set.high = words[1]
        set.rest = Array(words.dropFirst(2))
    }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }
    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    var first: Int? {
        words.firstIndex { $0 != 0 }.map { $0 * 64 + words[$0].trailingZeroBitCount }
    }

    var last: Int? {
        words.lastIndex { $0 != 0 }.map { $0 * 64 + 63 - words[$0].leadingZeroBitCount }
    }

    func contains(_ state: Int) -> Bool { words[state / 64] & (1 << UInt64(state % 64)) != 0 }
    func intersects(_ other: WordList) -> Bool { zip(words, other.words).contains { $0 & $1 != 0 } }
    func subtracting(_ other: WordList) -> WordList { combining(other) { $0 & ~$1 } }
    mutating func insert(_ state: Int) { words[state / 64] |= 1 << UInt64(state % 64) }
    mutating func remove(_ state: Int) { words[state / 64] &= ~(1 << UInt64(state % 64)) }
    static func & (left: WordList, right: WordList) -> WordList { left.combining(right, by: &) }
    static func | (left: WordList, right: WordList) -> WordList { left.combining(right, by: |) }

    private func combining(_ other: WordList, by combine: (UInt64, UInt64) -> UInt64) -> WordList {
        var result = self
        for index in words.indices { result.words[index] = combine(words[index], other.words[index]) }
        return result
    }
}
