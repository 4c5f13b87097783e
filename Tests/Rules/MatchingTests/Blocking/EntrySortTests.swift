import Testing
import Values

@testable import Matching

/// How entries of blocks are sorted.
struct EntrySortTests {
    @Test(arguments: [1, 2, 47, 48, 500, 3000], [UInt64(0), 5, 8, 11, 14])
    func `entries are sorted by their upper halves, whatever highest bits they share`(count: Int, bits: UInt64) {
        var chance = SeededChance(seed: UInt64(count) + bits)
        let shared = bits == 0 ? 0 : UInt64.max << (64 - bits)
        let entries = (0..<count).map { row in
            // Few different keys, so that several entries have the same.
            let key = UInt64(chance.below(max(2, count / 3))) &* 0x9e37_79b9_7f4a_7c15
            return (key | shared) & 0xffff_ffff_0000_0000 | UInt64(row)
        }
        var sorted = entries

        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { spare in
            sorted.withUnsafeMutableBufferPointer { $0.sortByUpperHalf(spare, sharing: bits) }
        }

        #expect(sorted == entries.sorted())
    }
}
