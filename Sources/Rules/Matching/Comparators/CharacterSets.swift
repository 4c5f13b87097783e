/// The share of the characters common to two texts among all that occur in either: Jaccard's index of their sets of
/// Unicode scalars, from 0 to 1. Nil when a text is empty, where DuckDB refuses. DuckDB takes sets of bytes.
enum CharacterSets {
    static func jaccard(_ a: Text, _ b: Text) -> Double? {
        guard a.count > 0, b.count > 0 else { return nil }
        if a.isASCII, b.isASCII {
            let (left, right) = (set(a), set(b))
            return share((left & right).nonzeroBitCount, of: (left | right).nonzeroBitCount)
        }
        return SymbolPair.decoded(a, b) { jaccard($0) }
    }

    @inline(__always)
    private static func share(_ common: Int, of all: Int) -> Double { Double(common) / Double(all) }

    /// One bit for each ASCII character, in two words.
    @inline(__always)
    private static func set(_ text: Text) -> SIMD2<UInt64> {
        var (low, high): (UInt64, UInt64) = (0, 0)
        for byte in text.bytes {
            let bit: UInt64 = 1 &<< UInt64(byte)
            low |= byte < 64 ? bit : 0
            high |= byte < 64 ? 0 : bit
        }
        return SIMD2(low, high)
    }

    private static func jaccard(_ pair: SymbolPair<UInt32>) -> Double {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: pair.alphabet) { owners in
            owners.initialize(repeating: 0)
            for place in 0..<pair.a.count { owners[Int(pair.a[place])] |= 1 }
            for place in 0..<pair.b.count { owners[Int(pair.b[place])] |= 2 }
            var (common, all) = (0, 0)
            for owner in owners {
                common += owner == 3 ? 1 : 0
                all += owner == 0 ? 0 : 1
            }
            return share(common, of: all)
        }
    }
}

extension SIMD2<UInt64> {
    fileprivate var nonzeroBitCount: Int { x.nonzeroBitCount + y.nonzeroBitCount }
}
