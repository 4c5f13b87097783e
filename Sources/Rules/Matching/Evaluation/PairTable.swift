/// Unordered pairs of records, found by their numbers: open addressing without a byte per pair but an index.
struct PairTable {
    /// The index of a pair plus one, or 0.
    private var slots: [UInt32]

    init(expecting count: Int) {
        var size = 16
        while size * 2 < (count + 1) * 3 { size *= 2 }
        slots = Array(repeating: 0, count: size)
    }

    /// The two records as one number, the same either way round.
    @inline(__always) static func key(_ one: UInt32, _ other: UInt32) -> UInt64 {
        UInt64(min(one, other)) << 32 | UInt64(max(one, other))
    }

    /// The index under which the key was put before; else puts it under this one. `keyAt` gives the key of an index.
    @inline(__always) mutating func place(_ key: UInt64, at index: Int, keyAt: (Int) -> UInt64) -> Int? {
        slots.withUnsafeMutableBufferPointer { slots in
            let slot = Self.slot(of: key, in: UnsafeBufferPointer(slots), keyAt: keyAt)
            if slots[slot] != 0 { return Int(slots[slot]) - 1 }
            slots[slot] = UInt32(index + 1)
            return nil
        }
    }

    /// The index under which the key was put.
    @inline(__always) func index(of key: UInt64, keyAt: (Int) -> UInt64) -> Int? {
        slots.withUnsafeBufferPointer { slots in
            let slot = Self.slot(of: key, in: slots, keyAt: keyAt)
            return slots[slot] == 0 ? nil : Int(slots[slot]) - 1
        }
    }

    @inline(__always) private static func slot(
        of key: UInt64, in slots: UnsafeBufferPointer<UInt32>, keyAt: (Int) -> UInt64
    ) -> Int {
        let mask = slots.count - 1
        let mixed = key &* 0x9e37_79b9_7f4a_7c15
        var slot = Int(truncatingIfNeeded: mixed ^ (mixed >> 32)) & mask
        while slots[slot] != 0, keyAt(Int(slots[slot]) - 1) != key { slot = (slot + 1) & mask }
        return slot
    }
}
