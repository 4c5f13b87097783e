/// A number as it stands in a text: blanks around it, a sign, digits with a point, an exponent.
enum Number {
    /// Nil when there is anything else; infinity and "nan" are no numbers either.
    static func read(_ text: Text) -> Double? {
        var (start, end) = (0, text.count)
        while start < end, isBlank(text.start[start]) { start += 1 }
        while end > start, isBlank(text.start[end - 1]) { end -= 1 }
        let (bytes, first) = (text.start, start)
        var isNegative = false
        if start < end, bytes[start] == minus || bytes[start] == plus {
            isNegative = bytes[start] == minus
            start += 1
        }
        var digits = Digits()
        while start < end, digits.add(bytes[start]) { start += 1 }
        if start < end, bytes[start] == point {
            start += 1
            let whole = start
            while start < end, digits.add(bytes[start]) { start += 1 }
            digits.exponent -= start - whole
        }
        guard digits.count > 0 else { return nil }
        if start < end, bytes[start] | 0x20 == e {
            guard let exponent = exponent(bytes, start + 1, end) else { return nil }
            digits.exponent += exponent
            start = end
        }
        guard start == end else { return nil }
        guard let exact = digits.exact else { return long(bytes + first, end - first) }
        return isNegative ? -exact : exact
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0d) }

    private static let plus = UInt8(ascii: "+")
    private static let minus = UInt8(ascii: "-")
    private static let point = UInt8(ascii: ".")
    private static let e = UInt8(ascii: "e")

    private static func exponent(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
        var place = start
        var isNegative = false
        if place < end, bytes[place] == minus || bytes[place] == plus {
            isNegative = bytes[place] == minus
            place += 1
        }
        guard place < end else { return nil }
        var value = 0
        while place < end {
            let digit = bytes[place] &- 0x30
            guard digit < 10 else { return nil }
            // Beyond this all is 0 or infinite anyhow.
            value = min(value * 10 + Int(digit), 100_000)
            place += 1
        }
        return isNegative ? -value : value
    }

    /// The library's own way, for numbers that do not fit the fast one.
    @inline(never)
    private static func long(_ start: UnsafePointer<UInt8>, _ count: Int) -> Double? {
        let written = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
        guard let number = Double(written), number.isFinite else { return nil }
        return number
    }
}

/// The digits of a number, as a whole number and a power of ten.
private struct Digits {
    private var value: UInt64 = 0
    var count = 0
    var exponent = 0

    @inline(__always)
    mutating func add(_ byte: UInt8) -> Bool {
        let digit = byte &- 0x30
        guard digit < 10 else { return false }
        // From 18 digits on the value is no longer used.
        if count < 18 { value = value * 10 + UInt64(digit) }
        count += 1
        return true
    }

    /// Exact when both parts are exact as floating-point numbers: then one product or quotient rounds once.
    var exact: Double? {
        guard count < 18, value <= 1 << 53, exponent >= -22, exponent <= 22 else { return nil }
        if exponent == 0 { return Double(value) }
        return exponent < 0 ? Double(value) / Self.power(-exponent) : Double(value) * Self.power(exponent)
    }

    private static func power(_ exponent: Int) -> Double {
        var power = 1.0
        for _ in 0..<exponent { power *= 10 }
        return power
    }
}
