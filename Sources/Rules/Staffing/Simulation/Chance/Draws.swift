internal import Values

/// Chance with an address: a tree of keys, each with as many uniform draws as are asked for, in any order.
///
/// What is drawn for a customer hangs from her key alone: which queue, which stretch of arrivals, the how manieth of it.
/// So two plans meet the same customers in whatever order things happen (common random numbers), and
/// replications share nothing. A draw is the output of SplitMix64 (Steele, Lea, Flood 2014; `SeededChance`) that stands
/// at its place in the sequence of the key; a child's key is such an output too, mixed with its number. Of 10⁹ keys
/// with 20 draws each, two overlap anywhere with a probability of about one.
struct Draws: Hashable, Sendable {
    let key: UInt64

    init(seed: UInt64) {
        key = Self.mixed(seed)
    }

    private init(key: UInt64) {
        self.key = key
    }

    /// The branch with that number.
    func branch(_ number: UInt64) -> Draws {
        Draws(key: Self.mixed(Self.mixed(key) ^ (number &* Self.odd)))
    }

    func branch(_ number: Int64) -> Draws { branch(UInt64(bitPattern: number)) }

    /// The branch with that name: the same, whatever else there is.
    func branch(_ name: String) -> Draws {
        // FNV-1a, 64 bits (Fowler, Noll, Vo).
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return branch(hash)
    }

    /// A number between 0 and 1, neither of them, with 52 random bits: always the same at the same place.
    func uniform(_ place: UInt64) -> Double {
        // With one bit more the half would be rounded away, and the largest number be 1.
        (Double(Self.mixed(key &+ place &* Self.step) >> 12) + 0.5) * 0x1p-52
    }

    private static func mixed(_ state: UInt64) -> UInt64 {
        var chance = SeededChance(seed: state)
        return chance.next()
    }

    /// SplitMix64's own step from one state to the next.
    private static let step: UInt64 = 0x9e37_79b9_7f4a_7c15
    private static let odd: UInt64 = 0xd6e8_feb8_6659_fd93
}
