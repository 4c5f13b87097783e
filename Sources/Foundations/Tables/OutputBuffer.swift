/// Lines of CSV on their way out.
struct OutputBuffer: ~Copyable {
    /// When it is time to write.
    private static let enough = 128 << 10
    /// Those of a number, and its sign.
    private static let mostDigits = 20

    private var bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 256 << 10)
    private var capacity = 256 << 10
    private var count = 0

    deinit { bytes.deallocate() }

    var isFull: Bool { count >= Self.enough }

    func withBytes<Failure: Error>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
        try body(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    mutating func removeAll() { count = 0 }

    mutating func append(_ byte: UInt8) {
        reserve(1)
        bytes[count] = byte
        count &+= 1
    }

    /// Adds a value; in quotation marks when it is empty or has something in it that would be taken for an end.
    mutating func append(_ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8, alwaysQuoted: Bool = false) {
        // Each byte may be a quotation mark, to be doubled.
        reserve(text.count &* 2 &+ 2)
        guard let start = text.baseAddress, !text.isEmpty, !alwaysQuoted, Self.isPlain(text, delimiter) else {
            appendQuoted(text)
            return
        }
        (bytes + count).update(from: start, count: text.count)
        count &+= text.count
    }

    /// Adds a number in digits, which need no marks.
    mutating func append(_ number: Int) {
        reserve(Self.mostDigits)
        if number < 0 { append(UInt8(ascii: "-")) }
        let start = count
        var rest = number.magnitude
        repeat {
            bytes[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            count &+= 1
            rest /= 10
        } while rest > 0
        var digits = UnsafeMutableBufferPointer(start: bytes + start, count: count - start)
        digits.reverse()
    }

    private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
        append(UInt8(ascii: "\""))
        for byte in text {
            if byte == UInt8(ascii: "\"") { append(byte) }
            append(byte)
        }
        append(UInt8(ascii: "\""))
    }

    private static func isPlain(_ text: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8) -> Bool {
        for byte in text {
            let ends = byte == delimiter || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
            if ends || byte == UInt8(ascii: "\"") { return false }
        }
        return true
    }

    private mutating func reserve(_ more: Int) {
        guard count + more > capacity else { return }
        capacity = max(capacity * 2, count + more)
        let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        grown.update(from: bytes, count: count)
        bytes.deallocate()
        bytes = grown
    }
}
