/// Reads numbers of fixed length and single letters.
struct DigitReader {
    private var rest: ArraySlice<UInt8>

    init(_ text: String) { rest = Array(text.utf8)[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ letter: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: letter) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number(_ count: Int) -> Int64? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy(isDigit) else { return nil }
        rest = rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    mutating func digits() -> String {
        let digits = rest.prefix(while: isDigit)
        rest = rest.dropFirst(digits.count)
        return String(decoding: digits, as: UTF8.self)
    }

    /// Nanoseconds from the digits after a point; beyond the ninth they do not count.
    mutating func fraction() -> Int64? {
        let digits = digits().prefix(9)
        guard !digits.isEmpty else { return nil }
        return Int64(digits + String(repeating: "0", count: 9 - digits.count))
    }

    /// Seconds ahead of UTC: `Z`, `+01:00`; the sign may be missing where `isLenient`.
    mutating func offset(isLenient: Bool = false) -> Int64? {
        if take("Z") { return 0 }
        let isWest = take("-")
        guard isWest || take("+") || isLenient, let hours = number(2), take(":"), let minutes = number(2), hours < 24,
            minutes < 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
    }

    /// Nanoseconds of a unit of time.
    mutating func unit() -> Int64? {
        let letters = rest.prefix { !isDigit($0) && $0 != ascii(".") }
        rest = rest.dropFirst(letters.count)
        switch String(decoding: letters, as: UTF8.self) {
        case "h": return 3_600_000_000_000
        case "m": return 60_000_000_000
        case "s": return 1_000_000_000
        case "ms": return 1_000_000
        case "us", "µs", "μs": return 1000
        case "ns": return 1
        default: return nil
        }
    }
}
