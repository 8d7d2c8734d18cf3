/// Chance from a seed (SplitMix64): the same seed gives the same throws, on any machine.
final class Dice: @unchecked Sendable {  // One simulated year uses it, on one thread.
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    func throwOnce() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 up to, not including, `limit`.
    func below(_ limit: Int) -> Int { Int(throwOnce() % UInt64(limit)) }

    /// True so often in ten thousand throws.
    func happens(_ perTenThousand: Int) -> Bool { below(10_000) < perTenThousand }

    func one<Thing>(of things: [Thing]) -> Thing { things[below(things.count)] }
}
