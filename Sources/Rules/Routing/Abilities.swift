/// Which demands each desk meets: a row of bits a desk, one bit a demand, by their indices.
struct Abilities: Sendable {
    /// How many words of 64 demands a row has.
    private(set) var width = 1
    private var words: [UInt64] = []

    subscript(desk: Int, word: Int) -> UInt64 { words[desk * width + word] }

    func has(_ desk: Int, _ demand: Int) -> Bool {
        words[desk * width + demand >> 6] & 1 << UInt64(demand & 63) != 0
    }

    mutating func add(_ desk: Int, _ demand: Int) {
        words[desk * width + demand >> 6] |= 1 << UInt64(demand & 63)
    }

    /// Calls `body` with each demand that she meets, in order.
    @inline(__always)
    func each(of desk: Int, _ body: (Int) -> Void) {
        for word in 0..<width {
            var rest = self[desk, word]
            while rest != 0 {
                body(word * 64 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }

    /// She meets nothing any more, or not yet.
    mutating func clear(_ desk: Int) {
        while words.count < (desk + 1) * width { words.append(0) }
        for word in 0..<width { words[desk * width + word] = 0 }
    }

    /// Nobody meets the demand any more.
    mutating func drop(_ demand: Int) {
        for place in stride(from: demand >> 6, to: words.count, by: width) {
            words[place] &= ~(1 << UInt64(demand & 63))
        }
    }

    /// Makes room for so many demands.
    mutating func widen(to demands: Int) {
        while width * 64 < demands {
            var wider: [UInt64] = []
            wider.reserveCapacity(words.count / width * (width + 1))
            for start in stride(from: 0, to: words.count, by: width) {
                wider += words[start..<start + width]
                wider.append(0)
            }
            words = wider
            width += 1
        }
    }
}
