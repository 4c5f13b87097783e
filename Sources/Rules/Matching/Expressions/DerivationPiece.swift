/// A text on its way: a part of a column's value, or of what was written behind the output so far.
struct DerivationPiece {
    /// The value's bytes; nil when it lies in the output.
    private let base: UnsafePointer<UInt8>?
    /// Where it starts, counted from `base` or from the start of the output.
    let start: Int
    let count: Int
    /// Whether every byte is surely below 128.
    let isASCII: Bool

    init(_ text: Text) {
        (base, start, count, isASCII) = (text.start, 0, text.count, text.isASCII)
    }

    /// All that stands in the output from a place on.
    init(output: borrowing [UInt8], from start: Int, isASCII: Bool) {
        (base, self.start, count, self.isASCII) = (nil, start, output.count - start, isASCII)
    }

    private init(base: UnsafePointer<UInt8>?, start: Int, count: Int, isASCII: Bool) {
        (self.base, self.start, self.count, self.isASCII) = (base, start, count, isASCII)
    }

    /// From one place to before another of its own.
    @inline(__always)
    func part(_ range: (start: Int, end: Int)) -> Self {
        Self(base: base, start: start + range.start, count: range.end - range.start, isASCII: isASCII)
    }

    @inline(__always)
    func withBytes<Result>(in output: borrowing [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        guard let base else {
            return output.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start..<(start + count)])) }
        }
        return body(UnsafeBufferPointer(start: base + start, count: count))
    }

    /// Makes the output end with this piece, from the place on, and nothing else.
    @inline(__always)
    func settle(at mark: Int, in output: inout [UInt8]) {
        if let base {
            if output.count > mark { output.removeLast(output.count - mark) }
            output.append(contentsOf: UnsafeBufferPointer(start: base + start, count: count))
            return
        }
        if start > mark {
            output.withUnsafeMutableBufferPointer { bytes in
                for index in 0..<count { bytes[mark + index] = bytes[start + index] }
            }
        }
        output.removeLast(output.count - mark - count)
    }
}
