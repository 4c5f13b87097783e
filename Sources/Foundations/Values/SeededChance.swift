/// Chance that is the same again for the same seed, on every machine: for what is simulated, invented or tried at
/// random and must be repeatable. Never for secrets.
///
/// SplitMix64: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators" (2014).
public struct SeededChance: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A whole number from 0 to just under the count. Its bias is below the count's share of 2⁶⁴.
    public mutating func below(_ count: Int) -> Int {
        Int(next() % UInt64(max(1, count)))
    }
}
