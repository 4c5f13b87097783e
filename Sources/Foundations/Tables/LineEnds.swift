/// Counts lines as editors do: LF, CR LF and CR alone end one.
enum LineEnds {
    /// How many lines end in these bytes. They do not end between CR and LF.
    static func count(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let start = bytes.baseAddress else { return 0 }
        // Eight at a time, each looked at with the byte behind it.
        let words = (bytes.count - 1) / 8
        var ends = 0
        for first in stride(from: 0, to: words, by: 255) {
            // Each lane counts for itself, which goes well 255 times.
            var lanes: UInt64 = 0
            for word in first..<min(first + 255, words) {
                lanes &+= lineEnds(at: UnsafeRawPointer(start + word &* 8))
            }
            ends += sum(of: lanes)
        }
        for index in words * 8..<bytes.count {
            let isPair = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n")
            if bytes[index] == UInt8(ascii: "\n") || bytes[index] == UInt8(ascii: "\r") && !isPair { ends += 1 }
        }
        return ends
    }

    /// A one for each of eight bytes that ends a line.
    @inline(__always) private static func lineEnds(at bytes: UnsafeRawPointer) -> UInt64 {
        let feeds = Word.all(UInt8(ascii: "\n"))
        let here = bytes.loadUnaligned(as: UInt64.self)
        let behind = bytes.loadUnaligned(fromByteOffset: 1, as: UInt64.self)
        let isFeed = ~Word.nonZero(here ^ feeds)
        let isReturn = ~Word.nonZero(here ^ Word.all(UInt8(ascii: "\r")))
        return ((isFeed | isReturn & Word.nonZero(behind ^ feeds)) & Word.highs) &>> 7
    }

    private static func sum(of lanes: UInt64) -> Int {
        (0..<8).reduce(0) { $0 + Int(UInt8(truncatingIfNeeded: lanes &>> UInt64($1 * 8))) }
    }
}
