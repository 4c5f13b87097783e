/// Which bytes write the characters of a range: a row of byte ranges for each length and prefix.
///
/// Ranges of characters become few rows because all continuations of a byte are taken together where they can be.
struct UTF8Sequences {
    private(set) var rows: [[ClosedRange<UInt8>]] = []

    init(_ set: ScalarSet) {
        for range in set.ranges { add(range.lowerBound, range.upperBound) }
    }

    private mutating func add(_ low: UInt32, _ high: UInt32) {
        guard low <= high else { return }
        if low <= 0xdfff, high >= 0xd800 {  // surrogates are no characters
            if low < 0xd800 { add(low, 0xd7ff) }
            if high > 0xdfff { add(0xe000, high) }
            return
        }
        for end in [0x7f, 0x7ff, 0xffff] as [UInt32] where low <= end && end < high {
            add(low, end)
            add(end + 1, high)
            return
        }
        guard high > 0x7f else { return rows.append([UInt8(low)...UInt8(high)]) }
        for shift in [6, 12, 18] as [UInt32] {
            let mask: UInt32 = (1 << shift) - 1
            guard low & ~mask != high & ~mask else { continue }
            if low & mask != 0 {
                add(low, low | mask)
                return add((low | mask) + 1, high)
            }
            if high & mask != mask {
                add(low, (high & ~mask) - 1)
                return add(high & ~mask, high)
            }
        }
        rows.append(zip(Self.bytes(low), Self.bytes(high)).map { $0...$1 })
    }

    private static func bytes(_ value: UInt32) -> [UInt8] {
        guard let scalar = Unicode.Scalar(value) else { return [] }
        return Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
}
