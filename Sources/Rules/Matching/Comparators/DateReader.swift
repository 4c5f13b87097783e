/// Reads a date's parts from a text, one step of its format after the other.
struct DateReader {
    private(set) var date = DateParts()
    private let text: Text
    private var place = 0

    init(_ text: Text) {
        self.text = text
    }

    var isAtEnd: Bool { place == text.count }

    mutating func skipBlanks() {
        while place < text.count, Number.isBlank(text.start[place]) { place += 1 }
    }

    /// Reads what the step asks for; false when it does not stand there.
    mutating func take(_ step: UInt8) -> Bool {
        switch Unicode.Scalar(step & 0x7f) {
        case _ where step < 0x80: return takeLiteral(step)
        case "Y": return number(digits: 4, in: 0...9999) { $0.year = $1 }
        case "y": return number(digits: 2, in: 0...99) { $0.year = $1 + ($1 < 69 ? 2000 : 1900) }
        case "m": return number(digits: 2, in: 1...12) { $0.month = $1 }
        case "d": return number(digits: 2, in: 1...31) { $0.day = $1 }
        case "H": return number(digits: 2, in: 0...23) { $0.hour = $1 }
        case "M": return number(digits: 2, in: 0...59) { $0.minute = $1 }
        case "S": return number(digits: 2, in: 0...59) { $0.second = $1 }
        case "b": return month(named: Self.months, upTo: 3)
        default: return month(named: Self.months, upTo: 9)
        }
    }

    private mutating func takeLiteral(_ byte: UInt8) -> Bool {
        guard place < text.count else { return false }
        if Number.isBlank(byte), Number.isBlank(text.start[place]) {
            skipBlanks()
            return true
        }
        guard text.start[place] == byte else { return false }
        place += 1
        return true
    }

    @inline(__always)
    private mutating func number(
        digits: Int, in range: ClosedRange<Int>, _ set: (inout DateParts, Int) -> Void
    ) -> Bool {
        let start = place
        var value = 0
        while place < text.count, place - start < digits {
            let digit = text.start[place] &- 0x30
            guard digit < 10 else { break }
            value = value * 10 + Int(digit)
            place += 1
        }
        guard place > start, range.contains(value) else { return false }
        set(&date, value)
        return true
    }

    private static let months: StaticString =
        "january  february march    april    may      june     july     august   septemberoctober  november december "

    /// Nine letters for each month, blanks filling them up.
    private mutating func month(named names: StaticString, upTo most: Int) -> Bool {
        for month in 0..<12 {
            let name = names.utf8Start + 9 * month
            var length = 0
            while length < most, name[length] != 0x20 { length += 1 }
            guard place + length <= text.count else { continue }
            var letter = 0
            while letter < length, text.start[place + letter] | 0x20 == name[letter] { letter += 1 }
            guard letter == length else { continue }
            place += length
            date.month = month + 1
            return true
        }
        return false
    }
}
