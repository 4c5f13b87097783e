/// The Unicode scalars of a text, one after the other. A byte that is no UTF-8 counts as a scalar of its own
/// (U+DC00 and the byte, which no true text has), so that nothing is read beyond the end and nothing is lost.
struct Scalars {
    private let bytes: UnsafePointer<UInt8>
    private let end: Int
    private(set) var place = 0

    init(_ text: Text) {
        bytes = text.start
        end = text.count
    }

    @inline(__always)
    mutating func next() -> UInt32? {
        guard place < end else { return nil }
        let first = bytes[place]
        if first < 0x80 {
            place += 1
            return UInt32(first)
        }
        return long(first)
    }

    private mutating func long(_ first: UInt8) -> UInt32 {
        let length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
        guard first >= 0xc2, first < 0xf5, place + length <= end else { return stray(first) }
        var scalar = UInt32(first) & (0x7f >> UInt32(length))
        for offset in 1..<length {
            let byte = bytes[place + offset]
            guard byte & 0xc0 == 0x80 else { return stray(first) }
            scalar = scalar << 6 | UInt32(byte & 0x3f)
        }
        place += length
        return scalar
    }

    private mutating func stray(_ byte: UInt8) -> UInt32 {
        place += 1
        return 0xdc00 + UInt32(byte)
    }

    /// The small letter of a capital: ASCII, Latin with its accents (to U+017F), Greek and Cyrillic. Others stay.
    static func lowercased(_ scalar: UInt32) -> UInt32 {
        switch scalar {
        case 0x41...0x5a, 0xc0...0xd6, 0xd8...0xde, 0x391...0x3a9, 0x410...0x42f: scalar + 32
        case 0..<0xc0: scalar
        case 0x400...0x40f: scalar + 80
        case 0x178: 0xff
        case 0x100...0x137, 0x14a...0x177: scalar | 1
        case 0x139...0x148, 0x179...0x17e: scalar + (scalar & 1)
        default: scalar
        }
    }

    /// Whether it is part of a word: all but ASCII's and Unicode's general punctuation and blanks.
    static func isOfWord(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        case 0..<0xc0, 0xd7, 0xf7, 0x2000...0x206f, 0x3000...0x3002: false
        default: true
        }
    }
}
