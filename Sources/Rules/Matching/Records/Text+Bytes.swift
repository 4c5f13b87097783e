extension Text {
    /// Borrows bytes; nil when there is no address, which only an empty buffer may lack.
    @inline(__always)
    init?(of bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return nil }
        self.init(start: start, count: bytes.count, isASCII: UnsafeRawPointer(start).isASCII(count: bytes.count))
    }

    /// The text without any bytes; its address is never read.
    static var empty: Text {
        guard let nowhere = UnsafePointer<UInt8>(bitPattern: 64) else { preconditionFailure("64 is an address.") }
        return Text(start: nowhere, count: 0, isASCII: true)
    }

    /// 64 well-mixed bits of the bytes: multiply and fold, eight bytes at a time. The same on every machine that is
    /// little-endian, as all are that Swift runs on.
    var hash: UInt64 {
        var state: UInt64 = 0x9e37_79b9_7f4a_7c15 ^ UInt64(truncatingIfNeeded: count)
        var left = count
        var at = UnsafeRawPointer(start)
        while left >= 8 {
            state = Text.folded(state ^ at.loadUnaligned(as: UInt64.self), 0xa076_1d64_78bd_642f)
            at += 8
            left -= 8
        }
        let rest = at.word(count: left)
        return Text.folded(Text.folded(state ^ rest, 0xe703_7ed1_a0b4_28db), 0x8ebc_6af0_9c88_c6e3)
    }

    @inline(__always)
    private static func folded(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}

extension UnsafeRawPointer {
    /// Up to seven bytes as one number, the first lowest.
    @inline(__always)
    fileprivate func word(count: Int) -> UInt64 {
        var word: UInt64 = 0
        var place = 0
        if count & 4 != 0 {
            word = UInt64(loadUnaligned(as: UInt32.self))
            place = 4
        }
        if count & 2 != 0 {
            word |= UInt64(loadUnaligned(fromByteOffset: place, as: UInt16.self)) << UInt64(place * 8)
            place += 2
        }
        if count & 1 != 0 { word |= UInt64(load(fromByteOffset: place, as: UInt8.self)) << UInt64(place * 8) }
        return word
    }

    @inline(__always)
    fileprivate func isASCII(count: Int) -> Bool {
        var all: UInt64 = 0
        var place = 0
        while place + 8 <= count {
            all |= loadUnaligned(fromByteOffset: place, as: UInt64.self)
            place += 8
        }
        all |= (self + place).word(count: count - place)
        return all & 0x8080_8080_8080_8080 == 0
    }

    @inline(__always)
    func isEqual(to other: UnsafeRawPointer, count: Int) -> Bool {
        var place = 0
        while place + 8 <= count {
            if loadUnaligned(fromByteOffset: place, as: UInt64.self)
                != other.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            {
                return false
            }
            place += 8
        }
        return (self + place).word(count: count - place) == (other + place).word(count: count - place)
    }
}
