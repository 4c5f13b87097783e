/// For each symbol of an alphabet, where it stands in a text, as bits: the heart of the bit-parallel measures.
enum PlaceTable {
    /// The table of a text of at most as many symbols as the word has bits. It lives on the stack: 128 numbers of 4
    /// or 8 bytes for ASCII, which are cleared in a few nanoseconds.
    @inline(__always)
    static func with<Code, Word: FixedWidthInteger & UnsignedInteger, Result>(
        _ text: Symbols<Code>, alphabet: Int, as word: Word.Type, _ use: (UnsafeMutablePointer<Word>) -> Result
    ) -> Result {
        // A size known when compiled makes the allocation a mere move of the stack pointer.
        if Code.self == UInt8.self {
            return withUnsafeTemporaryAllocation(of: Word.self, capacity: 128) { fill($0, with: text, use) }
        }
        return withUnsafeTemporaryAllocation(of: Word.self, capacity: alphabet) { fill($0, with: text, use) }
    }

    @inline(__always)
    private static func fill<Code, Word: FixedWidthInteger & UnsignedInteger, Result>(
        _ table: UnsafeMutableBufferPointer<Word>, with text: Symbols<Code>,
        _ use: (UnsafeMutablePointer<Word>) -> Result
    ) -> Result {
        table.initialize(repeating: 0)
        guard let start = table.baseAddress else { preconditionFailure("An alphabet has symbols.") }
        var place = 0
        while place < text.count {
            start[Int(truncatingIfNeeded: text[place])] |= 1 &<< Word(truncatingIfNeeded: place)
            place += 1
        }
        return use(start)
    }
}
