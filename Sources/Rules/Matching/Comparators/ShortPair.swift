/// What the frontier of edits asks of two texts.
protocol FrontierPair {
    associatedtype Code: FixedWidthInteger & UnsignedInteger
    var symbols: SymbolPair<Code> { get }

    /// How many symbols from these places on are the same in both.
    func shared(from i: Int, _ j: Int) -> Int
}

extension SymbolPair: FrontierPair {
    var symbols: Self { self }

    @inline(__always)
    func shared(from i: Int, _ j: Int) -> Int { Symbols.shared(a, from: i, b, from: j) }
}

/// Two ASCII texts of at most 16 bytes, each held in one wide number: dates, postcodes and most names. How far they
/// run alike is then a few instructions without a branch to guess wrong.
struct ShortPair: FrontierPair {
    static let most = 16

    let symbols: SymbolPair<UInt8>
    private let a, b: UInt128

    @inline(__always)
    init(_ symbols: SymbolPair<UInt8>) {
        self.symbols = symbols
        a = Self.load(symbols.a)
        b = Self.load(symbols.b)
    }

    @inline(__always)
    func shared(from i: Int, _ j: Int) -> Int {
        // Shifted by 128 nothing changes, but then no symbol is left and the smallest of the three is 0.
        let difference = (a &>> UInt128(truncatingIfNeeded: 8 * i)) ^ (b &>> UInt128(truncatingIfNeeded: 8 * j))
        return min(difference.trailingZeroBitCount / 8, symbols.a.count - i, symbols.b.count - j)
    }

    /// The bytes, the first lowest, zeros above. Two loads that overlap, so that nothing beyond the text is read.
    @inline(__always)
    private static func load(_ text: Symbols<UInt8>) -> UInt128 {
        let (start, count) = (UnsafeRawPointer(text.start), text.count)
        if count >= 8 {
            let low = start.loadUnaligned(as: UInt64.self).littleEndian
            let high = (start + (count - 8)).loadUnaligned(as: UInt64.self).littleEndian
            return UInt128(low) | UInt128(high) &<< UInt128(truncatingIfNeeded: 8 * (count - 8))
        }
        if count >= 4 {
            let low = start.loadUnaligned(as: UInt32.self).littleEndian
            let high = (start + (count - 4)).loadUnaligned(as: UInt32.self).littleEndian
            return UInt128(UInt64(low) | UInt64(high) &<< UInt64(truncatingIfNeeded: 8 * (count - 4)))
        }
        var value: UInt64 = 0
        for place in 0..<count { value |= UInt64(text[place]) &<< UInt64(8 * place) }
        return UInt128(value)
    }
}
