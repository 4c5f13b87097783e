/// Sorting weights, and what sorted weights answer quickly.
enum SortedWeights {
    /// The same weights from the lowest up. Radix sort by 11 bits of the order-preserving pattern: six passes, of
    /// which those are left out where all weights are alike.
    static func sorted(_ weights: [Double]) -> [Double] {
        guard weights.count > 2_000 else { return weights.sorted() }
        var keys = weights.map(key)
        var other = keys
        keys.withUnsafeMutableBufferPointer { keys in
            other.withUnsafeMutableBufferPointer { other in
                var from = keys
                var to = other
                for shift in stride(from: 0, to: 64, by: 11) where scatter(from, into: to, by: shift) {
                    swap(&from, &to)
                }
                if from.baseAddress != keys.baseAddress { _ = keys.update(from: from) }
            }
        }
        return keys.map(weight)
    }

    /// Orders the keys by eleven of their bits; says whether that changed anything.
    private static func scatter(
        _ from: UnsafeMutableBufferPointer<UInt64>, into to: UnsafeMutableBufferPointer<UInt64>, by shift: Int
    ) -> Bool {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 2048) { places in
            places.initialize(repeating: 0)
            for key in from { places[Int(truncatingIfNeeded: key >> UInt64(shift)) & 2047] += 1 }
            if places[Int(truncatingIfNeeded: from[0] >> UInt64(shift)) & 2047] == from.count { return false }
            var place = 0
            for digit in 0..<2048 {
                let count = places[digit]
                places[digit] = place
                place += count
            }
            for key in from {
                let digit = Int(truncatingIfNeeded: key >> UInt64(shift)) & 2047
                to[places[digit]] = key
                places[digit] += 1
            }
            return true
        }
    }

    /// A number that stands in the same order as the weight does. Minus zero becomes zero, so that the two tie.
    private static func key(_ weight: Double) -> UInt64 {
        let bits = (weight + 0).bitPattern
        return bits >> 63 == 1 ? ~bits : bits | 1 << 63
    }

    private static func weight(_ key: UInt64) -> Double {
        Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
    }

    /// How many of the sorted weights are below the bound.
    static func count(_ weights: [Double], below bound: Double) -> Int {
        var low = 0
        var high = weights.count
        while low < high {
            let middle = (low + high) / 2
            if weights[middle] < bound { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
