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

    /// Whether at most so many edits, 0 to 2, turn one into the other, in closed form: no step depends on where the texts
    /// differ. What is alike at the beginning may be left alike (Ukkonen 1985), so the first edit is where they first
    /// differ, and the second where they next do.
    @inline(__always)
    func isWithin(_ most: Int) -> Bool {
        let isFirstLonger = symbols.a.count >= symbols.b.count
        let (long, short) = isFirstLonger ? (a, b) : (b, a)
        let count = isFirstLonger ? symbols.b.count : symbols.a.count
        switch abs(symbols.a.count - symbols.b.count) {
        case 0: return Self.areWithin(most, long, short)
        case 1: return most > 0 && Self.isWithin(most, long, short, count)
        case 2: return most > 1 && Self.isTwoMore(long, short, count)
        default: return false
        }
    }

    /// Of texts of one length: replaced, or all between the first and the last difference moved by one place.
    @inline(__always)
    private static func areWithin(_ most: Int, _ a: UInt128, _ b: UInt128) -> Bool {
        let differing = marks(a ^ b)
        if differing.nonzeroBitCount <= most { return true }
        guard most > 1 else { return false }
        let first = differing.trailingZeroBitCount / 8
        let length = 15 - differing.leadingZeroBitCount / 8 - first
        let (x, y) = (shifted(a, first), shifted(b, first))
        return ((shifted(x, 1) ^ y) & low(length)) == 0 || ((shifted(y, 1) ^ x) & low(length)) == 0
    }

    /// One left out of the longer, and with two edits one more replaced, before or after.
    @inline(__always)
    private static func isWithin(_ most: Int, _ long: UInt128, _ short: UInt128, _ count: Int) -> Bool {
        let differing = marks((long ^ short) & low(count))
        guard differing != 0 else { return true }
        let first = differing.trailingZeroBitCount / 8
        let rest = marks((shifted(long, first + 1) ^ shifted(short, first)) & low(count - first))
        if rest.nonzeroBitCount < most { return true }
        guard most > 1 else { return false }
        let later = differing & (differing &- 1)
        guard later != 0 else { return true }
        let next = later.trailingZeroBitCount / 8
        return ((shifted(long, next + 1) ^ shifted(short, next)) & low(count - next)) == 0
    }

    /// Two left out of the longer.
    @inline(__always)
    private static func isTwoMore(_ long: UInt128, _ short: UInt128, _ count: Int) -> Bool {
        let differing = marks((long ^ short) & low(count))
        guard differing != 0 else { return true }
        let first = differing.trailingZeroBitCount / 8
        let rest = marks((shifted(long, first + 1) ^ shifted(short, first)) & low(count - first))
        guard rest != 0 else { return true }
        let next = first + rest.trailingZeroBitCount / 8
        return ((shifted(long, next + 2) ^ shifted(short, next)) & low(count - next)) == 0
    }

    /// The highest bit of every byte that is not 0; all are below 128, so no sum runs over.
    @inline(__always)
    private static func marks(_ bytes: UInt128) -> UInt128 {
        let sevens = UInt128(0x7f7f_7f7f_7f7f_7f7f as UInt64) &* (1 &<< 64 | 1)
        return (bytes &+ sevens) & ~sevens
    }

    /// Without the first bytes, at most 15 of them.
    @inline(__always)
    private static func shifted(_ bytes: UInt128, _ count: Int) -> UInt128 {
        bytes &>> UInt128(truncatingIfNeeded: 8 * count)
    }

    /// The first bytes alone, at most 15 of them.
    @inline(__always)
    private static func low(_ count: Int) -> UInt128 { (1 &<< UInt128(truncatingIfNeeded: 8 * count)) &- 1 }

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
