/// Changes to the text at the end of an output. Each gives where the new text starts; the old one may remain before it.
extension [UInt8] {
    /// Changes the case of every character by Unicode's simple mapping: one character stays one, `ß` has no upper case.
    mutating func changeCase(from start: Int, isUpper: Bool, isASCII: Bool) -> Int {
        if isASCII || self[start...].allSatisfy({ $0 < 0x80 }) {
            withUnsafeMutableBufferPointer { bytes in
                let low = UInt8(ascii: isUpper ? "a" : "A")
                for index in start..<bytes.count where bytes[index] &- low < 26 { bytes[index] ^= 0x20 }
            }
            return start
        }
        let end = count
        var index = start
        while index < end {
            let (scalar, length) = scalar(at: index)
            index += length
            let changed = isUpper ? scalar.simpleUppercase : scalar.simpleLowercase
            for byte in UTF8.encode(changed) ?? UTF8.encodedReplacementCharacter { append(byte) }
        }
        return end
    }

    /// Replaces every occurrence, from the left, without looking into what was put in.
    mutating func replace(_ old: ArraySlice<UInt8>, with new: ArraySlice<UInt8>, from start: Int) -> Int {
        let end = count
        var index = start
        while index < end {
            if end - index >= old.count, self[index..<(index + old.count)] == old {
                append(contentsOf: new)
                index += old.count
            } else {
                append(self[index])
                index += 1
            }
        }
        return end
    }

    /// The character whose first byte is here, and how many bytes it has; the replacement character where UTF-8 is
    /// broken.
    private func scalar(at index: Int) -> (Unicode.Scalar, Int) {
        let first = self[index]
        guard first >= 0xc2 else { return (first < 0x80 ? Unicode.Scalar(first) : "\u{fffd}", 1) }
        let length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
        guard index + length <= count else { return ("\u{fffd}", 1) }
        var value = UInt32(first) & (0xff >> UInt32(length + 1))
        for byte in self[(index + 1)..<(index + length)] { value = value << 6 | UInt32(byte & 0x3f) }
        return (Unicode.Scalar(value) ?? "\u{fffd}", length)
    }
}

extension Unicode.Scalar {
    /// Its upper case when that is a single character, by Unicode's simple mapping.
    var simpleUppercase: Unicode.Scalar {
        switch value {
        case 0x61...0x7a, 0xe0...0xf6, 0xf8...0xfe: return moved(by: -0x20)
        case 0..<0x80: return self
        // Greek with iota below has two characters in full, and one of its own in the simple mapping.
        case 0x1f80...0x1f87, 0x1f90...0x1f97, 0x1fa0...0x1fa7: return moved(by: 8)
        case 0x1fb3, 0x1fc3, 0x1ff3: return moved(by: 9)
        default: return single(properties.uppercaseMapping)
        }
    }

    /// Its lower case when that is a single character, by Unicode's simple mapping.
    var simpleLowercase: Unicode.Scalar {
        switch value {
        case 0x41...0x5a, 0xc0...0xd6, 0xd8...0xde: moved(by: 0x20)
        case 0..<0x80: self
        case 0x130: "i"
        default: single(properties.lowercaseMapping)
        }
    }

    private func moved(by distance: Int) -> Unicode.Scalar { Unicode.Scalar(UInt32(Int(value) + distance)) ?? self }

    private func single(_ mapping: String) -> Unicode.Scalar {
        let scalars = mapping.unicodeScalars
        guard let first = scalars.first, scalars.count == 1 else { return self }
        return first
    }
}
