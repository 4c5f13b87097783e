/// How dates are written, in the words of `strptime`: %d %m %Y %y %b %B %H %M %S, %T for %H:%M:%S, %% and any other
/// text as it is. A hyphen after the per cent sign (%-d) changes nothing.
///
/// Read as DuckDB does: numbers may lack leading zeros (%Y takes up to four digits, the others two), a blank stands
/// for one or more, and blanks around the whole are skipped; names of months are English, in small or
/// capital letters; %y is 1969 to 2068; what is not written is 1 January 1900, 00:00:00. The calendar is the Gregorian one
/// throughout, leap seconds and dates that do not exist are refused.
struct DateFormat: Sendable {
    /// A letter of `strptime` with the highest bit set, or a byte that must stand there.
    private var steps = SIMD64<UInt8>()
    private var count = 0
    /// Year, month and day with hyphens: nearly all dates, read without the steps.
    private var isPlain = false
    /// Whether it asks for hours, minutes or seconds.
    var hasTime: Bool {
        (0..<count).contains { place in "HMS".utf8.contains { steps[place] == $0 | 0x80 } }
    }

    /// Nil when it is empty, longer than 64 characters, or asks for anything else.
    init?(_ format: String) {
        var bytes = Array(format.utf8)[...]
        while let byte = bytes.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                guard byte < 0x80, append(byte) else { return nil }
                continue
            }
            if bytes.first == UInt8(ascii: "-") { bytes.removeFirst() }
            guard let letter = bytes.popFirst(), append(letter: letter) else { return nil }
        }
        guard count > 0 else { return nil }
        isPlain = format == "%Y-%m-%d"
    }

    private mutating func append(_ step: UInt8) -> Bool {
        guard count < 64 else { return false }
        steps[count] = step
        count += 1
        return true
    }

    private mutating func append(letter: UInt8) -> Bool {
        switch Unicode.Scalar(letter) {
        case "d", "m", "Y", "y", "b", "B", "H", "M", "S": append(letter | 0x80)
        case "%": append(letter)
        case "T": "H:M:S".utf8.allSatisfy { append($0 == UInt8(ascii: ":") ? $0 : $0 | 0x80) }
        default: false
        }
    }

    /// Seconds since 1 January 1970, 00:00; nil when it is no such date.
    func seconds(_ text: Text) -> Int? {
        if isPlain, let day = PlainDate.day(text) { return day * 86_400 }
        var reader = DateReader(text)
        reader.skipBlanks()
        for place in 0..<count {
            guard reader.take(steps[place]) else { return nil }
        }
        reader.skipBlanks()
        return reader.isAtEnd ? reader.date.seconds : nil
    }
}

/// A date as it is being read.
struct DateParts {
    var year = 1900
    var (month, day) = (1, 1)
    var (hour, minute, second) = (0, 0, 0)

    /// Seconds since 1 January 1970; nil when there is no such day.
    var seconds: Int? {
        guard let day = Self.day(year, month, day) else { return nil }
        return day * 86_400 + hour * 3_600 + minute * 60 + second
    }

    /// Days since 1 January 1970; nil when there is no such day. Years begin in March here, so that the leap day is
    /// their last, and the months before a month add up to (153 m + 2) / 5 days.
    @inline(__always)
    static func day(_ year: Int, _ month: Int, _ day: Int) -> Int? {
        guard month >= 1, month <= 12, day >= 1, day <= 31 else { return nil }
        if day > 28, day > length(of: month, in: year) { return nil }
        let (marchYear, sinceMarch) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
        // 400 years more keep the division from meeting numbers below 0.
        let years = marchYear + 400
        let leapDays = years / 4 - years / 100 + years / 400
        return years * 365 + leapDays + (153 * sinceMarch + 2) / 5 + day - 1 - 865_565
    }

    private static func length(of month: Int, in year: Int) -> Int {
        if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
        return 30 + (month + month / 8) % 2
    }
}

/// Ten bytes such as 1984-02-29.
private enum PlainDate {
    @inline(__always)
    static func day(_ text: Text) -> Int? {
        guard text.count == 10 else { return nil }
        let bytes = text.start
        let hyphen = UInt8(ascii: "-")
        guard bytes[4] == hyphen, bytes[7] == hyphen else { return nil }
        var wrong: UInt8 = 0
        func digit(_ place: Int) -> Int {
            let digit = bytes[place] &- 0x30
            wrong |= digit > 9 ? 1 : 0
            return Int(digit)
        }
        let year = (digit(0) * 10 + digit(1)) * 100 + digit(2) * 10 + digit(3)
        let (month, day) = (digit(5) * 10 + digit(6), digit(8) * 10 + digit(9))
        return wrong == 0 ? DateParts.day(year, month, day) : nil
    }
}
