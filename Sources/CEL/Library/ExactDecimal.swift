/// All decimal digits of a double, so that rounding it is exact.
struct ExactDecimal {
    private let isNegative: Bool
    /// Without noughts before them; empty for zero.
    private var digits: [UInt8]
    /// How many of the digits stand after the point.
    private let scale: Int

    init(_ number: Double) {
        isNegative = number.sign == .minus
        let bits = number.magnitude.bitPattern
        let exponent = Int(bits >> 52)
        let mantissa = bits & (1 << 52 - 1) | (exponent > 0 ? 1 << 52 : 0)
        let power = max(exponent, 1) - 1075
        // m · 2^-k is m · 5^k with k digits after the point.
        scale = max(0, -power)
        digits = Self.digits(mantissa, times: power < 0 ? 5 : 2, power: abs(power))
    }

    private static func digits(_ number: UInt64, times factor: UInt64, power: Int) -> [UInt8] {
        let base: UInt64 = 1_000_000_000
        var limbs = [number % base, number / base % base, number / base / base]
        for _ in 0..<power {
            var carry: UInt64 = 0
            for index in limbs.indices {
                let product = limbs[index] * factor + carry
                (limbs[index], carry) = (product % base, product / base)
            }
            if carry > 0 { limbs.append(carry) }
        }
        var digits: [UInt8] = []
        for limb in limbs.reversed() {
            let text = String(limb)
            digits += [UInt8](repeating: 0x30, count: 9 - text.utf8.count) + Array(text.utf8)
        }
        return Array(digits.drop { $0 == 0x30 })
    }

    /// The first `count` digits, the rest rounded to the nearest, a half to the even; one more where a nought was put before them.
    private func rounded(to count: Int) -> [UInt8] {
        guard count >= 0 else { return [] }
        guard count < digits.count else { return digits + [UInt8](repeating: 0x30, count: count - digits.count) }
        var kept = Array(digits[..<count])
        let next = digits[count]
        let isHalf = next == 0x35 && digits[(count + 1)...].allSatisfy { $0 == 0x30 }
        guard isHalf ? (kept.last ?? 0x30) % 2 == 1 : next >= 0x35 else { return kept }
        var index = count - 1
        while index >= 0, kept[index] == 0x39 {
            kept[index] = 0x30
            index -= 1
        }
        if index >= 0 { kept[index] += 1 } else { kept.insert(0x31, at: 0) }
        return kept
    }

    /// With `places` digits after the point.
    func fixed(_ places: Int) -> String {
        var kept = rounded(to: digits.count - scale + places)
        if kept.count <= places { kept.insert(contentsOf: [UInt8](repeating: 0x30, count: places + 1 - kept.count), at: 0) }
        let text = String(decoding: kept, as: UTF8.self)
        let whole = text.prefix(kept.count - places)
        return (isNegative ? "-" : "") + whole + (places > 0 ? "." + text.suffix(places) : "")
    }

    /// One digit before the point, `places` after it, and an exponent of two digits or more.
    func scientific(_ places: Int) -> String {
        var exponent = digits.isEmpty ? 0 : digits.count - scale - 1
        var kept = rounded(to: places + 1)
        if kept.count > places + 1 {
            kept.removeLast()
            exponent += 1
        }
        let text = String(decoding: kept, as: UTF8.self)
        let size = abs(exponent) < 10 ? "0\(abs(exponent))" : "\(abs(exponent))"
        return (isNegative ? "-" : "") + text.prefix(1) + (places > 0 ? "." + text.dropFirst() : "")
            + "e\(exponent < 0 ? "-" : "+")\(size)"
    }
}
