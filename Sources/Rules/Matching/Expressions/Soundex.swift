/// American Soundex: the first letter and three digits for the consonants after it, so that names that sound alike in
/// English look alike. R. Russell's index of 1918, with the rule of the National Archives that H and W do not part
/// two letters of one digit.
///
/// As Spark computes it: any other character parts letters as a vowel does, and a text that does not start with a
/// letter from A to Z has no code and stays as it is.
struct Soundex {
    private var code: (UInt8, UInt8, UInt8, UInt8)

    /// The digit of each letter from A; 0 parts two letters of one digit, 7 does not.
    private static let digits: StaticString = "01230127022455012623017202"

    init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard let first = text.first, let index = Self.letter(first) else { return nil }
        let zero = UInt8(ascii: "0")
        code = (UInt8(ascii: "A") + index, zero, zero, zero)
        var last = Self.digit(index)
        var length = 1
        for byte in text.dropFirst() {
            let digit = Self.letter(byte).map(Self.digit) ?? zero
            guard digit != UInt8(ascii: "7") else { continue }
            if digit != zero, digit != last {
                switch length {
                case 1: code.1 = digit
                case 2: code.2 = digit
                default: code.3 = digit
                }
                length += 1
                if length == 4 { return }
            }
            last = digit
        }
    }

    func append(to output: inout [UInt8]) {
        output.append(code.0)
        output.append(code.1)
        output.append(code.2)
        output.append(code.3)
    }

    private static func letter(_ byte: UInt8) -> UInt8? {
        let index = (byte | 0x20) &- UInt8(ascii: "a")
        return index < 26 ? index : nil
    }

    private static func digit(_ letter: UInt8) -> UInt8 { digits.utf8Start[Int(letter)] }
}
