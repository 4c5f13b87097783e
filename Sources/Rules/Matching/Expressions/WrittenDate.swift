/// A date as it is written for comparing: `yyyy-mm-dd`, with `Thh:mm:ss` where its format has a time of day.
struct WrittenDate {
    private let seconds: Int
    private let hasTime: Bool

    init(seconds: Int, hasTime: Bool) {
        self.seconds = seconds
        self.hasTime = hasTime
    }

    func append(to output: inout [UInt8]) {
        let day = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
        let date = Self.date(day)
        append(date.year, digits: 4, to: &output)
        for part in [date.month, date.day] {
            output.append(UInt8(ascii: "-"))
            append(part, digits: 2, to: &output)
        }
        guard hasTime else { return }
        let time = seconds - day * 86_400
        for (mark, part) in zip("T::".utf8, [time / 3600, time / 60 % 60, time % 60]) {
            output.append(mark)
            append(part, digits: 2, to: &output)
        }
    }

    private func append(_ number: Int, digits: Int, to output: inout [UInt8]) {
        var scale = 1
        for _ in 1..<digits { scale *= 10 }
        while scale > 0 {
            output.append(UInt8(ascii: "0") + UInt8(number / scale % 10))
            scale /= 10
        }
    }

    /// The Gregorian date of a day since 1 January 1970: counted in years that begin in March, 400 at a time.
    private static func date(_ day: Int) -> (year: Int, month: Int, day: Int) {
        let sinceMarch = day + 719_468
        let era = (sinceMarch >= 0 ? sinceMarch : sinceMarch - 146_096) / 146_097
        let ofEra = sinceMarch - era * 146_097
        let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let march = (5 * ofYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        return (era * 400 + year + (month <= 2 ? 1 : 0), month, ofYear - (153 * march + 2) / 5 + 1)
    }
}

extension DateFormat {
    /// The date of a text in this format; nil when it is none.
    func date(_ bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool) -> WrittenDate? {
        guard let start = bytes.baseAddress,
            let seconds = seconds(Text(start: start, count: bytes.count, isASCII: isASCII))
        else { return nil }
        return WrittenDate(seconds: seconds, hasTime: hasTime)
    }
}
