/// Randomness, handed in from outside like the clock: names of commands and claims, and how long a retry waits.
public struct Chance: Sendable {
    private let draw: @Sendable () -> UInt64

    public init(_ draw: @escaping @Sendable () -> UInt64) { self.draw = draw }

    public static let system = Chance { UInt64.random(in: .min ... .max) }

    /// 32 hexadecimal digits that nobody has drawn before.
    public func token() -> String { hexadecimal(draw()) + hexadecimal(draw()) }

    /// A number from 0 up to, not including, 1.
    public func fraction() -> Double { Double(draw() >> 11) / Double(UInt64(1) << 53) }

    private func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
