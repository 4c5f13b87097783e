/// Which pairs are wanted, where not all are: those of fresh records with any, and those within a group.
///
/// So new records are compared with all and with each other, and the old ones not with each other again.
public struct PairChoice: Sendable {
    /// By row: `rest`, `fresh`, or the number of a group from 2.
    private let kinds: [UInt32]
    /// How many rows are not at rest.
    let wanted: Int

    private static let rest: UInt32 = 0
    private static let fresh: UInt32 = 1

    /// - Parameters:
    ///   - count: how many records there are.
    ///   - fresh: the rows of which every pair is wanted.
    ///   - groups: rows whose pairs with each other are wanted, each row in one group at most. A fresh one stays fresh.
    public init(count: Int, fresh: some Sequence<UInt32>, groups: [[UInt32]] = []) {
        var kinds = [UInt32](repeating: Self.rest, count: count)
        for (number, group) in groups.enumerated() {
            for row in group { kinds[Int(row)] = UInt32(number) + 2 }
        }
        for row in fresh { kinds[Int(row)] = Self.fresh }
        self.kinds = kinds
        wanted = kinds.count { $0 != Self.rest }
    }

    @inline(__always)
    func isWanted(_ row: UInt32) -> Bool { kinds[Int(row)] != Self.rest }

    @inline(__always)
    func isFresh(_ row: UInt32) -> Bool { kinds[Int(row)] == Self.fresh }

    /// Whether the pair is wanted.
    @inline(__always)
    func holds(_ one: UInt32, _ other: UInt32) -> Bool {
        let (first, second) = (kinds[Int(one)], kinds[Int(other)])
        return first == Self.fresh || second == Self.fresh || first != Self.rest && first == second
    }
}

/// The keys that wanted rows have, as far as a few bits of their hashes say: others need no blocks.
struct WantedKeys: Sendable {
    private var words: [UInt64]
    private let shift: UInt64

    /// Walks over the keys once.
    init(_ choice: PairChoice, _ readers: [KeyReader]) {
        // Some 64 bits for each key, so that hardly any other row's key is taken for wanted.
        let bits = min(28, max(12, Int.bitWidth - choice.wanted.leadingZeroBitCount + 6))
        var words = [UInt64](repeating: 0, count: 1 << (bits - 6))
        let shift = UInt64(64 - bits)
        for reader in readers {
            reader.each { hash, row in
                guard choice.isWanted(row) else { return }
                let place = hash >> shift
                words[Int(place >> 6)] |= 1 << (place & 63)
            }
        }
        (self.words, self.shift) = (words, shift)
    }

    @inline(__always)
    func mayHold(_ hash: UInt64) -> Bool {
        let place = hash >> shift
        return words[Int(place >> 6)] >> (place & 63) & 1 == 1
    }
}
