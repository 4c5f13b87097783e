/// Whether bytes are UTF-8 (Unicode 16, table 3-7), looked at only where some are not ASCII.
struct UTF8Check {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0

    /// Where the first character is that is none.
    private(set) var flawAt: Int?

    /// Where a character begins that the last bytes leave unfinished.
    private(set) var openAt: Int?

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// Looks at the characters that begin in a range. What lies before it and was not looked at must be ASCII.
    mutating func look(from start: Int, to end: Int) {
        at = max(at, start)
        while at < end {
            if bytes[at] < 0x80 {
                at += 1
                continue
            }
            switch length(at: at) {
            case 0:
                flawAt = at
                return
            case let length where at + length > bytes.count:
                openAt = at
                at = bytes.count
            case let length: at += length
            }
        }
    }

    /// How many bytes the character has; 0 when it is none. Only what is there is looked at.
    private func length(at offset: Int) -> Int {
        let (length, second) = Self.form(bytes[offset])
        guard length > 0 else { return 0 }
        for index in 1..<length where offset + index < bytes.count {
            let byte = bytes[offset + index]
            guard index == 1 ? second.contains(byte) : (0x80...0xBF).contains(byte) else { return 0 }
        }
        return length
    }

    /// What a first byte promises: how many there are, and which may come second.
    private static func form(_ first: UInt8) -> (length: Int, second: ClosedRange<UInt8>) {
        switch first {
        case 0xC2...0xDF: (2, 0x80...0xBF)
        case 0xE0: (3, 0xA0...0xBF)
        case 0xED: (3, 0x80...0x9F)
        case 0xE1...0xEF: (3, 0x80...0xBF)
        case 0xF0: (4, 0x90...0xBF)
        case 0xF1...0xF3: (4, 0x80...0xBF)
        case 0xF4: (4, 0x80...0x8F)
        default: (0, 0...0)
        }
    }
}
