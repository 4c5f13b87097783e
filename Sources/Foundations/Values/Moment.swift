/// A point in time, to the millisecond, in UTC.
///
/// Whole milliseconds compare and store exactly, which a floating-point date does not. The written form
/// has one fixed width (`2026-11-22T09:30:00.000Z`), so text sorts as time does, on both databases.
public struct Moment: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public static let earliest = Moment(milliseconds: 0)

    public static func < (left: Self, right: Self) -> Bool {
        left.milliseconds < right.milliseconds
    }

    public static func + (moment: Self, duration: Duration) -> Self {
        Moment(milliseconds: moment.milliseconds + duration.milliseconds)
    }

    public static func - (moment: Self, duration: Duration) -> Self {
        Moment(milliseconds: moment.milliseconds - duration.milliseconds)
    }

    public static func - (later: Self, earlier: Self) -> Duration {
        .milliseconds(later.milliseconds - earlier.milliseconds)
    }
}

extension Duration {
    /// The whole milliseconds of this duration, rounded towards zero.
    public var milliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }

    /// Seconds with their fraction, for arithmetic and for display.
    public var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }

    public static func minutes(_ minutes: Int64) -> Duration { .seconds(minutes * 60) }
    public static func hours(_ hours: Int64) -> Duration { .seconds(hours * 3_600) }
    public static func days(_ days: Int64) -> Duration { .seconds(days * 86_400) }
}

// MARK: - The written form

extension Moment: LosslessStringConvertible {
    /// `2026-11-22T09:30:00.000Z`: always 24 characters between the years 0 and 9999.
    public var description: String {
        let day = Day(daysSinceEpoch: Int(milliseconds.flooredQuotient(86_400_000)))
        let rest = Int(milliseconds - Int64(day.daysSinceEpoch) * 86_400_000)
        let date = day.civil
        return String(unsafeUninitializedCapacity: 24) { bytes in
            write(date.year, digits: 4, at: 0, to: bytes)
            bytes[4] = UInt8(ascii: "-")
            write(date.month, digits: 2, at: 5, to: bytes)
            bytes[7] = UInt8(ascii: "-")
            write(date.day, digits: 2, at: 8, to: bytes)
            bytes[10] = UInt8(ascii: "T")
            write(rest / 3_600_000, digits: 2, at: 11, to: bytes)
            bytes[13] = UInt8(ascii: ":")
            write(rest / 60_000 % 60, digits: 2, at: 14, to: bytes)
            bytes[16] = UInt8(ascii: ":")
            write(rest / 1_000 % 60, digits: 2, at: 17, to: bytes)
            bytes[19] = UInt8(ascii: ".")
            write(rest % 1_000, digits: 3, at: 20, to: bytes)
            bytes[23] = UInt8(ascii: "Z")
            return 24
        }
    }

    /// Reads exactly what `description` writes. A shorter fraction or none is understood too: `2026-11-22T09:30:00Z`.
    public init?(_ description: String) {
        var description = description
        let read = description.withUTF8 { Moment(utf8: $0) }
        guard let read else { return nil }
        self = read
    }

    private init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"), bytes[10] == UInt8(ascii: "T"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let day = Day(utf8: bytes[0..<10]),
            let hour = number(bytes[11..<13]), hour < 24,
            let minute = number(bytes[14..<16]), minute < 60,
            let second = number(bytes[17..<19]), second < 60
        else { return nil }
        var fraction = 0
        if bytes.count > 20 {
            guard bytes[19] == UInt8(ascii: "."), (22...24).contains(bytes.count),
                let digits = number(bytes[20..<(bytes.count - 1)])
            else { return nil }
            fraction = digits * [100, 10, 1][bytes.count - 22]
        }
        let seconds = Int64(day.daysSinceEpoch) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
        self.init(milliseconds: seconds * 1_000 + Int64(fraction))
    }
}

extension Moment: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let moment = Moment(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\"\(text)\" is no moment; write 2026-11-22T09:30:00Z.")
        }
        self = moment
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

private func write(_ value: Int, digits: Int, at start: Int, to bytes: UnsafeMutableBufferPointer<UInt8>) {
    var rest = value
    for index in (start..<start + digits).reversed() {
        bytes[index] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
    }
}

/// The number that these ASCII digits write, or nil when one of them is no digit.
func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    guard !digits.isEmpty, digits.count <= 9 else { return nil }
    var value = 0
    for digit in digits {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
        value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
}

extension BinaryInteger {
    /// Division that rounds towards minus infinity, so that moments before 1970 fall on the right day.
    func flooredQuotient(_ divisor: Self) -> Self {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
