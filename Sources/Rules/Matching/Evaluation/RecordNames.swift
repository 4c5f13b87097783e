/// Record names as numbers from 0, in the order they are first met, so that whatever counts works on integers.
///
/// Two names are one when their bytes are. A name holds its source too where several sources number alike: join
/// them by a character that neither has. Takes about 30 bytes a name and the names' own bytes.
public struct RecordNames: Sendable {
    private var bytes: [UInt8] = []
    /// Where each name ends in `bytes`.
    private var ends: [Int] = []
    /// Open addressing: a name's number plus one with the upper half of its hash before it, or 0.
    private var slots: [UInt64]

    public init(expecting count: Int = 0) {
        slots = Array(repeating: 0, count: Self.size(for: count))
        ends.reserveCapacity(count)
    }

    /// How many different names there are.
    public var count: Int { ends.count }

    /// The name's number; a new one when it was never met.
    public mutating func number(of name: String) -> UInt32 {
        var name = name
        return name.withUTF8 { number(ofUTF8: $0) }
    }

    /// The same, for a name that stands in a buffer as UTF-8.
    public mutating func number(ofUTF8 name: UnsafeBufferPointer<UInt8>) -> UInt32 {
        if (count + 1) * 3 > slots.count * 2 { grow() }
        let hash = Self.hash(name)
        let slot = find(name, hash)
        if slots[slot] != 0 { return UInt32(truncatingIfNeeded: slots[slot]) - 1 }
        precondition(count < Int(UInt32.max) - 1, "There are more records than 32 bits can number.")
        bytes.append(contentsOf: name)
        ends.append(bytes.count)
        slots[slot] = Self.entry(count - 1, hash)
        return UInt32(count - 1)
    }

    /// The name's number, or nil when it was never met.
    public func number(ofKnown name: String) -> UInt32? {
        var name = name
        return name.withUTF8 { number(ofKnownUTF8: $0) }
    }

    /// The same, for a name that stands in a buffer as UTF-8.
    public func number(ofKnownUTF8 name: UnsafeBufferPointer<UInt8>) -> UInt32? {
        let entry = slots[find(name, Self.hash(name))]
        return entry == 0 ? nil : UInt32(truncatingIfNeeded: entry) - 1
    }

    /// The name that has this number, which must be below `count`.
    public func name(of number: UInt32) -> String {
        String(decoding: bytes[range(of: Int(number))], as: UTF8.self)
    }

    private func range(of number: Int) -> Range<Int> {
        (number == 0 ? 0 : ends[number - 1])..<ends[number]
    }

    /// The slot that holds the name, or the empty one where it belongs.
    private func find(_ name: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int {
        let mask = slots.count - 1
        return slots.withUnsafeBufferPointer { slots in
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 {
                let isSameHash = slots[slot] >> 32 == hash >> 32
                if isSameHash, holds(name, UInt32(truncatingIfNeeded: slots[slot]) - 1) { return slot }
                slot = (slot + 1) & mask
            }
            return slot
        }
    }

    private func holds(_ name: UnsafeBufferPointer<UInt8>, _ number: UInt32) -> Bool {
        let range = range(of: Int(number))
        guard range.count == name.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            for index in 0..<name.count where bytes[range.lowerBound + index] != name[index] { return false }
            return true
        }
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        bytes.withUnsafeBufferPointer { bytes in
            let mask = slots.count - 1
            for number in 0..<ends.count {
                let hash = Self.hash(UnsafeBufferPointer(rebasing: bytes[range(of: number)]))
                var slot = Int(truncatingIfNeeded: hash) & mask
                while slots[slot] != 0 { slot = (slot + 1) & mask }
                slots[slot] = Self.entry(number, hash)
            }
        }
    }

    private static func size(for count: Int) -> Int {
        var size = 16
        while size * 2 < (count + 1) * 3 { size *= 2 }
        return size
    }

    private static func entry(_ number: Int, _ hash: UInt64) -> UInt64 {
        hash & 0xffff_ffff_0000_0000 | UInt64(number + 1)
    }

    /// FNV-1a over the bytes (Fowler, Noll, Vo), mixed once more because a table takes its lowest bits.
    private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return (hash ^ (hash >> 29)) &* 0x9e37_79b9_7f4a_7c15
    }
}
