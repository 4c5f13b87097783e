/// A text as numbers that are equal where its characters are: bytes for ASCII, else numbers given to Unicode scalars.
/// Borrowed, and without a reference in it, so that loops over it cost nothing but the loop.
struct Symbols<Code: FixedWidthInteger & UnsignedInteger> {
    let start: UnsafePointer<Code>
    let count: Int

    subscript(place: Int) -> Code { start[place] }

    /// How many symbols from these places on are the same in both.
    @inline(__always)
    static func shared(_ a: Self, from i: Int, _ b: Self, from j: Int) -> Int {
        let most = min(a.count - i, b.count - j)
        let atOnce = 64 / Code.bitWidth
        var length = 0
        while length + atOnce <= most {
            let left = UnsafeRawPointer(a.start + i + length).loadUnaligned(as: UInt64.self).littleEndian
            let right = UnsafeRawPointer(b.start + j + length).loadUnaligned(as: UInt64.self).littleEndian
            if left != right { return length + (left ^ right).trailingZeroBitCount / Code.bitWidth }
            length += atOnce
        }
        while length < most, a[i + length] == b[j + length] { length += 1 }
        return length
    }
}

/// Two texts in the same numbers, all of which are below the size of the alphabet.
struct SymbolPair<Code: FixedWidthInteger & UnsignedInteger> {
    let a, b: Symbols<Code>
    let alphabet: Int

    var longer: Symbols<Code> { a.count < b.count ? b : a }
    var shorter: Symbols<Code> { a.count < b.count ? a : b }
}

extension SymbolPair<UInt8> {
    /// The bytes of two texts that are both ASCII.
    @inline(__always)
    init(_ a: Text, _ b: Text) {
        self.init(
            a: Symbols(start: a.start, count: a.count), b: Symbols(start: b.start, count: b.count), alphabet: 128)
    }
}

extension SymbolPair<UInt32> {
    /// Two texts by their Unicode scalars. Those above ASCII are numbered by their place in a small hash table, so that
    /// the alphabet stays small enough for tables on the stack.
    @inline(never)
    static func decoded<Result>(_ a: Text, _ b: Text, _ use: (Self) -> Result) -> Result {
        let slots = slots(for: a, b)
        return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: a.count + b.count + slots + 1) { buffer in
            buffer.initialize(repeating: 0)
            guard let start = buffer.baseAddress else { preconditionFailure("A buffer of some size has a place.") }
            let known = start + a.count + b.count
            let left = number(a, into: start, known: known, slots: slots)
            let right = number(b, into: start + a.count, known: known, slots: slots)
            return use(
                Self(
                    a: Symbols(start: start, count: left), b: Symbols(start: start + a.count, count: right),
                    alphabet: 128 + slots))
        }
    }

    /// A power of two, at least twice as many as there can be different scalars above ASCII.
    private static func slots(for texts: Text...) -> Int {
        var most = 1
        for text in texts {
            for byte in text.bytes where byte >= 0x80 { most += 1 }
        }
        return 1 << (Int.bitWidth - most.leadingZeroBitCount)
    }

    private static func number(
        _ text: Text, into symbols: UnsafeMutablePointer<UInt32>, known: UnsafeMutablePointer<UInt32>, slots: Int
    ) -> Int {
        var scalars = Scalars(text)
        var count = 0
        while let scalar = scalars.next() {
            var symbol = scalar
            if scalar >= 0x80 {
                var slot = Int(truncatingIfNeeded: (scalar &* 0x9e37_79b1) >> 8) & (slots - 1)
                while known[slot] != 0, known[slot] != scalar { slot = (slot + 1) & (slots - 1) }
                known[slot] = scalar
                symbol = UInt32(128 + slot)
            }
            symbols[count] = symbol
            count += 1
        }
        return count
    }
}
