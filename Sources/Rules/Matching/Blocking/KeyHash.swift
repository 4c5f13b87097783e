/// Mixes the codes of a key into 64 bits, one after the other.
///
/// Rows with the same upper half form a block; of 100 million rows some two in a hundred blocks mix keys, so the keys
/// themselves have the last word. The lower half says in which of several passes a key has its turn.
struct KeyHash {
    private var state: UInt64 = 0x243f_6a88_85a3_08d3

    @inline(__always)
    mutating func add(_ code: UInt32) {
        let product = (state ^ UInt64(code)) &* 0x9e37_79b9_7f4a_7c15
        state = product ^ product >> 29
    }

    @inline(__always)
    var value: UInt64 {
        let product = state &* 0xbf58_476d_1ce4_e5b9
        return product ^ product >> 32
    }
}

/// One of equal shares of all keys: pairs can be found share by share, so that only a share's rows need memory at a time.
struct KeyShare: Equatable, Sendable {
    let number: Int
    let count: Int

    static let all = KeyShare(number: 0, count: 1)

    @inline(__always)
    func holds(_ hash: UInt64) -> Bool {
        // The brackets matter: without them `>>` comes first, and the first share holds every key.
        Int(truncatingIfNeeded: ((hash & 0xffff_ffff) &* UInt64(truncatingIfNeeded: count)) >> 32) == number
    }
}
