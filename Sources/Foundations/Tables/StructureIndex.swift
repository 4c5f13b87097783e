/// Why a text cannot be used from one byte on.
enum TextFlaw: Hashable {
    case zeroByte
    case notUTF8(UInt8)
}

/// Where the quotation marks and the separators (delimiter, LF, CR) of a chunk are: one bit for each byte.
///
/// Made eight bytes at a time in a machine word ("SWAR": H. Warren, Hacker's Delight, 6-1), as looking at each byte by
/// itself costs four times as much. Behind the last word stands one of ones, so that no search needs to look for the end.
struct StructureIndex: ~Copyable {
    private(set) var quotes: UnsafeMutablePointer<UInt64>
    private(set) var separators: UnsafeMutablePointer<UInt64>
    private var capacity = 64

    init() {
        quotes = .allocate(capacity: capacity)
        separators = .allocate(capacity: capacity)
    }

    deinit {
        quotes.deallocate()
        separators.deallocate()
    }

    /// The first bit at a position or behind it; at the chunk's end or behind it when there is none.
    @inline(__always) static func next(in masks: UnsafeMutablePointer<UInt64>, from position: Int) -> Int {
        var word = position &>> 6
        var bits = masks[word] & (~0 &<< UInt64(truncatingIfNeeded: position & 63))
        while bits == 0 {
            word &+= 1
            bits = masks[word]
        }
        return word &<< 6 &+ bits.trailingZeroBitCount
    }

    /// Looks through a chunk that begins with the beginning of a character.
    /// - Parameter isLast: Whether nothing comes behind the chunk, so that it may not end inside a character.
    /// - Returns: How far the text is good, and what is wrong there.
    mutating func build(
        over bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8, isLast: Bool
    ) -> (good: Int, flaw: TextFlaw?) {
        guard let start = bytes.baseAddress else { return (0, nil) }
        let words = (bytes.count + 63) / 64
        reserve(words + 2)
        var check = UTF8Check(bytes)
        var zeroAt = Int.max
        let patterns = Patterns(delimiter: delimiter)
        for word in 0..<words {
            let offset = word * 64
            let traits =
                if offset + 64 <= bytes.count {
                    scan(UnsafeRawPointer(start + offset), into: word, for: patterns)
                } else {
                    scanTail(bytes, from: offset, into: word, for: patterns)
                }
            if traits.hasZero, zeroAt == .max {
                zeroAt = bytes[offset...].firstIndex(of: 0) ?? .max
            }
            if traits.hasHigh, check.flawAt == nil { check.look(from: offset, to: min(offset + 64, bytes.count)) }
        }
        for sentinel in words..<words + 2 {
            quotes[sentinel] = ~0
            separators[sentinel] = ~0
        }
        let badAt = check.flawAt ?? (isLast ? check.openAt : nil) ?? .max
        if zeroAt < badAt { return (zeroAt, .zeroByte) }
        return badAt < .max ? (badAt, .notUTF8(bytes[badAt])) : (bytes.count, nil)
    }

    // MARK: - 64 bytes

    /// What is looked for, eight times in a word.
    private struct Patterns {
        let delimiter: UInt64
        let quote = Word.all(UInt8(ascii: "\""))
        let lineFeed = Word.all(UInt8(ascii: "\n"))
        let carriageReturn = Word.all(UInt8(ascii: "\r"))

        init(delimiter: UInt8) { self.delimiter = Word.all(delimiter) }
    }

    private struct Traits {
        let hasHigh, hasZero: Bool
    }

    @inline(__always)
    private func scan(_ block: UnsafeRawPointer, into word: Int, for patterns: Patterns) -> Traits {
        var quoteBits: UInt64 = 0
        var separatorBits: UInt64 = 0
        var high: UInt64 = 0
        var zero: UInt64 = 0
        for step in 0..<8 {
            let eight = UInt64(littleEndian: block.loadUnaligned(fromByteOffset: step &* 8, as: UInt64.self))
            let separator =
                Word.nonZero(eight ^ patterns.delimiter) & Word.nonZero(eight ^ patterns.lineFeed)
                & Word.nonZero(eight ^ patterns.carriageReturn)
            let shift = UInt64(truncatingIfNeeded: step &* 8)
            quoteBits |= Word.gathered(~Word.nonZero(eight ^ patterns.quote)) &<< shift
            separatorBits |= Word.gathered(~separator) &<< shift
            high |= eight
            zero |= ~Word.nonZero(eight)
        }
        quotes[word] = quoteBits
        separators[word] = separatorBits
        return Traits(hasHigh: high & Word.highs != 0, hasZero: zero & Word.highs != 0)
    }

    /// The last bytes, filled up with spaces.
    private func scanTail(
        _ bytes: UnsafeBufferPointer<UInt8>, from offset: Int, into word: Int, for patterns: Patterns
    ) -> Traits {
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 8) { block in
            block.copyMemory(from: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[offset...])))
            for index in bytes.count - offset..<64 { block[index] = UInt8(ascii: " ") }
            return block.baseAddress.map { scan(UnsafeRawPointer($0), into: word, for: patterns) }
                ?? Traits(hasHigh: false, hasZero: false)
        }
    }

    private mutating func reserve(_ words: Int) {
        guard words > capacity else { return }
        quotes.deallocate()
        separators.deallocate()
        capacity = words
        quotes = .allocate(capacity: words)
        separators = .allocate(capacity: words)
    }
}

/// Eight bytes at once.
enum Word {
    static let highs: UInt64 = 0x8080_8080_8080_8080
    private static let lows: UInt64 = 0x7f7f_7f7f_7f7f_7f7f

    static func all(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

    /// The high bit of each byte that is not zero; the other bits mean nothing.
    @inline(__always) static func nonZero(_ word: UInt64) -> UInt64 { ((word & lows) &+ lows) | word }

    /// The eight high bits, side by side.
    @inline(__always) static func gathered(_ word: UInt64) -> UInt64 {
        (((word & highs) &>> 7) &* 0x0102_0408_1020_4080) &>> 56
    }
}
