/// Distinct texts, each with a code from 1 in the order in which they came; 0 stands for a missing value.
///
/// Bytes lie one after the other; a table of hashes finds a text's code. One vocabulary holds at most 4 GiB of text.
struct Vocabulary: Sendable {
    private var bytes: [UInt8] = []
    /// Where the text of each code ends; that of code 0 ends at 0.
    private var ends: [UInt32] = [0]
    /// Open addressing: the upper half of a text's hash, and its code; 0 is an empty place.
    private var slots: [UInt64] = Array(repeating: 0, count: 16)
    /// A bit for each code whose text is not ASCII; as long as needed.
    private var wide: [UInt64] = []

    /// The number of texts.
    var count: Int { ends.count - 1 }

    /// The memory used, in bytes.
    var footprint: Int { bytes.capacity + ends.capacity * 4 + slots.capacity * 8 + wide.capacity * 8 }

    /// The text's code, a new one if it has none yet; nil when there is no more room.
    mutating func code(of text: Text) -> UInt32? {
        let hash = text.hash
        var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while true {
            let slot = slots[place]
            if slot == 0 { break }
            if slot >> 32 == hash >> 32, isEqual(UInt32(truncatingIfNeeded: slot), text) {
                return UInt32(truncatingIfNeeded: slot)
            }
            place = (place + 1) & (slots.count - 1)
        }
        return insert(text, hash: hash, at: place)
    }

    /// The text's code, if it has one.
    func found(_ text: Text) -> UInt32? {
        let hash = text.hash
        var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while true {
            let slot = slots[place]
            if slot == 0 { return nil }
            if slot >> 32 == hash >> 32, isEqual(UInt32(truncatingIfNeeded: slot), text) {
                return UInt32(truncatingIfNeeded: slot)
            }
            place = (place + 1) & (slots.count - 1)
        }
    }

    private mutating func insert(_ text: Text, hash: UInt64, at place: Int) -> UInt32? {
        guard bytes.count + text.count <= UInt32.max, ends.count < UInt32.max else { return nil }
        let code = UInt32(ends.count)
        bytes.append(contentsOf: text.bytes)
        ends.append(UInt32(bytes.count))
        if !text.isASCII { markWide(code) }
        slots[place] = hash & 0xffff_ffff_0000_0000 | UInt64(code)
        if ends.count * 10 > slots.count * 7 { grow() }
        return code
    }

    private mutating func markWide(_ code: UInt32) {
        let word = Int(code >> 6)
        if word >= wide.count { wide += Array(repeating: 0, count: word + 1 - wide.count) }
        wide[word] |= 1 << UInt64(code & 63)
    }

    private func isEqual(_ code: UInt32, _ text: Text) -> Bool {
        let start = Int(ends[Int(code) - 1])
        guard Int(ends[Int(code)]) - start == text.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            for offset in 0..<text.count where bytes[start + offset] != text.start[offset] { return false }
            return true
        }
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        fill()
    }

    /// Enters every text into the empty table.
    private mutating func fill() {
        let mask = slots.count - 1
        withTexts { texts, slots in
            for code in 1..<UInt32(texts.count) {
                let hash = texts[code].hash
                var place = Int(truncatingIfNeeded: hash) & mask
                while slots[place] != 0 { place = (place + 1) & mask }
                slots[place] = hash & 0xffff_ffff_0000_0000 | UInt64(code)
            }
        }
    }

    private mutating func withTexts(_ body: (Texts, inout [UInt64]) -> Void) {
        var taken = slots
        slots = []
        withTexts { body($0, &taken) }
        slots = taken
    }

    /// Lends the texts by code, for as long as the body runs.
    func withTexts<Result, Fault: Error>(_ body: (Texts) throws(Fault) -> Result) throws(Fault) -> Result {
        // One byte at least, so that there is an address even without any text.
        let bytes = bytes.isEmpty ? [0] : bytes
        let wide = wide
        return try bytes.withUnsafeBufferPointer { bytes throws(Fault) in
            try ends.withUnsafeBufferPointer { ends throws(Fault) in
                try wide.withUnsafeBufferPointer { wide throws(Fault) in
                    guard let start = bytes.baseAddress, let end = ends.baseAddress else {
                        preconditionFailure("Empty.")
                    }
                    return try body(Texts(start: start, ends: end, count: ends.count, wide: wide))
                }
            }
        }
    }

    /// The text of a code; nil for 0.
    func string(_ code: UInt32) -> String? {
        code == 0 ? nil : withTexts { String(decoding: $0[code].bytes, as: UTF8.self) }
    }

    /// The same with what finding needs, after it was given back.
    func opened() -> Self {
        var places = 16
        while places * 7 < ends.count * 10 { places *= 2 }
        var vocabulary = self
        vocabulary.slots = Array(repeating: 0, count: places)
        vocabulary.fill()
        return vocabulary
    }

    /// Gives back what only adding and finding need.
    mutating func close() {
        slots = [0]
    }
}

/// The texts of a vocabulary by code, borrowed.
struct Texts {
    fileprivate let start: UnsafePointer<UInt8>
    fileprivate let ends: UnsafePointer<UInt32>
    /// One more than the highest code.
    let count: Int
    fileprivate let wide: UnsafeBufferPointer<UInt64>

    /// The text of a code from 1 to below the count.
    subscript(code: UInt32) -> Text {
        let first = ends[Int(code) - 1]
        let word = Int(code >> 6)
        let isWide = word < wide.count && wide[word] >> UInt64(code & 63) & 1 == 1
        return Text(start: start + Int(first), count: Int(ends[Int(code)] - first), isASCII: !isWide)
    }
}

extension Text {
    /// 64 well-mixed bits of the bytes: multiply and fold, eight bytes at a time.
    var hash: UInt64 {
        var state: UInt64 = 0x9e37_79b9_7f4a_7c15 ^ UInt64(truncatingIfNeeded: count)
        var left = count
        var at = UnsafeRawPointer(start)
        while left >= 8 {
            state = Text.folded(state ^ at.loadUnaligned(as: UInt64.self), 0xa076_1d64_78bd_642f)
            at += 8
            left -= 8
        }
        var rest: UInt64 = 0
        for offset in 0..<left { rest |= UInt64(at.load(fromByteOffset: offset, as: UInt8.self)) << UInt64(offset * 8) }
        return Text.folded(Text.folded(state ^ rest, 0xe703_7ed1_a0b4_28db), 0x8ebc_6af0_9c88_c6e3)
    }

    private static func folded(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
