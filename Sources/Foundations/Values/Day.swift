/// A calendar day, with no time and no zone: `2026-11-22`.
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; earlier days are negative.
    public let daysSinceEpoch: Int

    public init(daysSinceEpoch: Int) {
        self.daysSinceEpoch = daysSinceEpoch
    }

    /// The day with this year, month and day of the month in the Gregorian calendar, or nil when there is none.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), (1...31).contains(day), (0...9999).contains(year) else { return nil }
        self.init(daysSinceEpoch: Day.count(year: year, month: month, day: day))
        guard civil == (year, month, day) else { return nil }
    }

    public static func < (left: Self, right: Self) -> Bool {
        left.daysSinceEpoch < right.daysSinceEpoch
    }

    public static func + (day: Self, days: Int) -> Self {
        Day(daysSinceEpoch: day.daysSinceEpoch + days)
    }

    public static func - (later: Self, earlier: Self) -> Int {
        later.daysSinceEpoch - earlier.daysSinceEpoch
    }

    /// Monday is 1, Sunday is 7 (ISO 8601).
    public var weekday: Int {
        let sinceMonday = (daysSinceEpoch + 3) % 7
        return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1
    }

    /// The days that somebody can mean: far enough for every plan, and near enough for every sum.
    public static let usual = Day(daysSinceEpoch: 0)...Day(daysSinceEpoch: 84_005)

    /// Midnight at the start of this day in UTC.
    public var startInUTC: Moment {
        Moment(milliseconds: Int64(daysSinceEpoch) * 86_400_000)
    }
}

// MARK: - The calendar
// Both ways by the method of H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013):
// years begin in March, so the leap day is the last of its year.

extension Day {
    /// Year, month (1-12) and day of the month (1-31).
    public var civil: (year: Int, month: Int, day: Int) {
        let shifted = daysSinceEpoch + 719_468
        let era = shifted.flooredQuotient(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func count(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear.flooredQuotient(400)
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

// MARK: - The written form

extension Day: LosslessStringConvertible {
    public var description: String {
        String(startInUTC.description.prefix(10))
    }

    public init?(_ description: String) {
        var description = description
        let read = description.withUTF8 { Day(utf8: $0[...]) }
        guard let read else { return nil }
        self = read
    }

    init?(utf8 slice: Slice<UnsafeBufferPointer<UInt8>>) {
        let bytes = UnsafeBufferPointer(rebasing: slice)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

extension Day: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = Day(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\"\(text)\" is no day; write 2026-11-22.")
        }
        self = day
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Day {
    /// The day in UTC on which this moment falls: for reckoning with clocks only. What staff call a day is `Day(moment)`.
    init(inUTC moment: Moment) {
        self.init(daysSinceEpoch: Int(moment.milliseconds.flooredQuotient(86_400_000)))
    }
}
