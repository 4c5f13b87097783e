/// Remembers how the values of two codes compared, for as long as it pays.
///
/// A direct-mapped table per comparison, small enough to stay near the core. Where values hardly ever meet again, as
/// with e-mail addresses, it notices and stays out of the way.
struct ComparisonMemory: ~Copyable {
    private static let places = 1 << 13
    private let keys: UnsafeMutablePointer<UInt64>
    private let levels: UnsafeMutablePointer<Int8>
    private let tries: UnsafeMutablePointer<Int32>
    private let hits: UnsafeMutablePointer<Int32>
    private let isUsed: Bool

    /// Room for so many comparisons; for none, nothing is ever remembered.
    init(comparisons: Int) {
        isUsed = comparisons > 0
        keys = .allocate(capacity: comparisons * Self.places)
        keys.initialize(repeating: 0, count: comparisons * Self.places)
        levels = .allocate(capacity: comparisons * Self.places)
        levels.initialize(repeating: 0, count: comparisons * Self.places)
        tries = .allocate(capacity: comparisons)
        tries.initialize(repeating: 0, count: comparisons)
        hits = .allocate(capacity: comparisons)
        hits.initialize(repeating: 0, count: comparisons)
    }

    deinit {
        keys.deallocate()
        levels.deallocate()
        tries.deallocate()
        hits.deallocate()
    }

    /// Whether it still pays to ask for this comparison: at least one in six of the first tries were hits.
    func pays(_ comparison: Int) -> Bool {
        isUsed && (tries[comparison] < 20_000 || hits[comparison] > tries[comparison] / 6)
    }

    /// The remembered level, or -1. Both codes are above 0.
    func level(_ comparison: Int, _ left: UInt32, _ right: UInt32) -> Int32 {
        if tries[comparison] < 1_000_000 { tries[comparison] += 1 }
        let key = UInt64(left) << 32 | UInt64(right)
        let place = Self.place(comparison, key)
        guard keys[place] == key else { return -1 }
        if hits[comparison] < 1_000_000 { hits[comparison] += 1 }
        return Int32(levels[place])
    }

    func remember(_ comparison: Int, _ left: UInt32, _ right: UInt32, level: Int32) {
        guard level < 128 else { return }
        let key = UInt64(left) << 32 | UInt64(right)
        let place = Self.place(comparison, key)
        keys[place] = key
        levels[place] = Int8(level)
    }

    private static func place(_ comparison: Int, _ key: UInt64) -> Int {
        comparison * places + Int((key &* 0x9e37_79b9_7f4a_7c15) >> 51)
    }
}
