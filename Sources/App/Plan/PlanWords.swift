import ArgumentParser
import Foundation
import Values

/// Reads what stands behind an option of `plan`, or says what is wrong with it and how to write it.
enum PlanWords {
    /// A time such as `240s`, `30m`, `1h30m`, `1.5 hours`, `14d`; over 0, and no more than a hundred years.
    static func duration(_ text: String, of option: String) throws -> Duration {
        guard let duration = duration(text) else {
            throw ValidationError(
                "\(option) is a time with its unit, such as 240s, 30m, 1h30m or 14d; \"\(text)\" is not.")
        }
        guard duration > .zero else {
            throw ValidationError("\(option) must be longer than nothing; \"\(text)\" is not.")
        }
        guard duration <= longest else {
            throw ValidationError("\(option) is at most a hundred years; \"\(text)\" is more.")
        }
        return duration
    }

    /// A number written in decimals: what is not, such as 0x10, is a slip or means something else.
    static func decimal(_ text: String) -> Double? {
        text.utf8.contains { $0 | 0x20 == UInt8(ascii: "x") } ? nil : Double(text)
    }

    /// A number, 0 or more.
    static func count(_ text: String, of option: String) throws -> Double {
        guard let number = decimal(text.trimmed), number.isFinite else {
            throw ValidationError("\(option) is a number, such as 1000; \"\(text)\" is not.")
        }
        guard number >= 0 else { throw ValidationError("\(option) cannot be negative, as \(text) is.") }
        return number
    }

    /// A whole number in a range.
    static func whole(_ text: String, in range: ClosedRange<Int>, of option: String) throws -> Int {
        guard let number = Int(text.trimmed), range.contains(number) else {
            throw ValidationError(
                "\(option) is a whole number from \(range.lowerBound) to \(range.upperBound); \"\(text)\" is not.")
        }
        return number
    }

    /// A day of the years that the product knows; `example` is one that makes sense there.
    static func day(_ text: String, of option: String, as example: String) throws -> Day {
        guard let day = Day(text), Day.usual.contains(day) else {
            throw ValidationError("\(option) is a day, such as \(example); \"\(text)\" is not.")
        }
        return day
    }

    /// A time zone; that of the staff where none is named.
    static func zone(_ name: String?) throws -> TimeZone {
        guard let name else { return .staff }
        guard let zone = TimeZone(identifier: name) else {
            throw ValidationError("--zone is the name of a time zone, such as Europe/London; \"\(name)\" is not.")
        }
        return zone
    }

    /// A share, written 0.8 or 80%; over 0 and under 1, and 0 itself where it may be.
    static func share(_ text: String, mayBeZero: Bool = false, of option: String) throws -> Double {
        let isPercent = text.trimmed.hasSuffix("%")
        let number = decimal((isPercent ? String(text.trimmed.dropLast()) : text).trimmed)
        guard let number, number.isFinite else {
            throw ValidationError("\(option) is a share, such as 0.8 or 80%; \"\(text)\" is not.")
        }
        let share = isPercent ? number / 100 : number
        guard share > 0 || mayBeZero && share == 0, share < 1 else {
            let hint =
                !isPercent && number > 1 && number < 100
                ? " For \(text) per cent write \(text)% or \(number / 100)." : ""
            throw ValidationError(
                "\(option) is a share \(mayBeZero ? "from 0 to" : "over 0 and") under 1; \"\(text)\" is not.\(hint)")
        }
        return share
    }

    /// The time that a text says, also nothing and negative ones; nil when it says none.
    static func duration(_ text: String) -> Duration? {
        var rest = text.trimmed.lowercased()[...]
        let isNegative = rest.hasPrefix("-")
        if isNegative { rest.removeFirst() }
        var seconds = 0.0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest[digits.endIndex...].drop { $0 == " " }
            let name = rest.prefix { $0.isLetter }
            rest = rest[name.endIndex...].drop { $0 == " " }
            guard let number = Double(digits), let unit = unit(String(name)) else { return nil }
            seconds += number * unit
        }
        guard seconds < 1e15 else { return .seconds(1_000_000_000_000_000) }
        return .seconds(isNegative ? -seconds : seconds)
    }

    /// As a scenario has it: `4.2s`, `11m2s`, `61h30m`.
    static func written(_ duration: Duration) -> String {
        let seconds = max(0, duration.inSeconds)
        if seconds < 60 { return "\((seconds * 10).rounded() / 10)s" }
        if seconds < 7_200 {
            let whole = Int(seconds.rounded())
            return whole % 60 == 0 ? "\(whole / 60)m" : "\(whole / 60)m\(whole % 60)s"
        }
        let minutes = Int((seconds / 60).rounded())
        return minutes % 60 == 0 ? "\(minutes / 60)h" : "\(minutes / 60)h\(minutes % 60)m"
    }

    private static func unit(_ name: String) -> Double? {
        switch name {
        case "ms": 0.001
        case "s", "sec", "secs", "second", "seconds": 1
        case "m", "min", "mins", "minute", "minutes": 60
        case "h", "hr", "hrs", "hour", "hours": 3_600
        case "d", "day", "days": 86_400
        case "w", "week", "weeks": 604_800
        default: nil
        }
    }

    private static let longest = Duration.days(36_525)
}

extension String {
    /// Without blanks before and after.
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
