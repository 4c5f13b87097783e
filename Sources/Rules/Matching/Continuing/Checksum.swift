/// 64 bits of many bytes, by which bytes that were changed, or never written, are noticed.
struct Checksum: Sendable {
    private static let portion = 1 << 20
    private(set) var value: UInt64 = 0x6a09_e667_f3bc_c908

    /// Adds bytes. The same bytes in other pieces give another value.
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var place = 0
        while place < bytes.count {
            let end = min(place + Self.portion, bytes.count)
            let part = UnsafeRawBufferPointer(rebasing: bytes[place..<end]).assumingMemoryBound(to: UInt8.self)
            if let start = part.baseAddress { mix(Text(start: start, count: part.count, isASCII: true).hash) }
            place = end
        }
        mix(UInt64(bytes.count))
    }

    /// The checksum of some bytes alone.
    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var sum = Checksum()
        sum.add(bytes)
        return sum.value
    }

    private mutating func mix(_ word: UInt64) {
        let product = (value ^ word).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
        value = product.high ^ product.low &+ 0x3c6e_f372_fe94_f82b
    }
}
