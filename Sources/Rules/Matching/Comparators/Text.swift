/// One value's text as the comparators see it: borrowed UTF-8, never empty of meaning. Valid only while its owner lives.
struct Text {
    let start: UnsafePointer<UInt8>
    let count: Int
    /// Whether every byte is below 128, so that bytes are Unicode scalars.
    let isASCII: Bool

    init(start: UnsafePointer<UInt8>, count: Int, isASCII: Bool) {
        self.start = start
        self.count = count
        self.isASCII = isASCII
    }

    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }
}
