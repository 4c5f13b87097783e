import Foundation
import Values

/// How times and durations are worded for reading, in British English.
package enum Wording {
    /// `Monday 23 November at 8am`; with its year when that is far from now.
    package static func dayAndTime(_ moment: Moment, in zone: TimeZone, seenAt now: Moment) -> String {
        let isFar = abs((moment - now).inSeconds) > Duration.days(300).inSeconds
        let year = isFar ? " \(zone.wallClock(at: moment).day.civil.year)" : ""
        return "\(day(moment, in: zone))\(year) at \(clock(moment, in: zone))"
    }

    /// `Monday 23 November`
    package static func day(_ moment: Moment, in zone: TimeZone) -> String {
        let local = zone.wallClock(at: moment)
        let date = local.day.civil
        return "\(weekdays[local.day.weekday - 1]) \(date.day) \(months[date.month - 1])"
    }

    /// `8am`, `4:30pm`, `midday`
    package static func clock(_ moment: Moment, in zone: TimeZone) -> String {
        let minute = zone.wallClock(at: moment).minute
        if minute == 0 { return "midnight" }
        if minute == 720 { return "midday" }
        let hour = minute / 60 % 12 == 0 ? 12 : minute / 60 % 12
        let rest = minute % 60 == 0 ? "" : ":" + (minute % 60 < 10 ? "0" : "") + String(minute % 60)
        return "\(hour)\(rest)\(minute < 720 ? "am" : "pm")"
    }

    /// `22 Nov 2026`, as in a table.
    package static func date(_ day: Day) -> String {
        let date = day.civil
        return "\(date.day) \(months[date.month - 1].prefix(3)) \(date.year)"
    }

    /// `09:30`, as in a list of messages.
    package static func time(_ moment: Moment, in zone: TimeZone) -> String {
        let shifted = moment + .seconds(zone.secondsFromGMT(for: Date(moment)))
        return String(shifted.description.dropFirst(11).prefix(5))
    }

    /// `22 Nov 2026, 09:30:05`
    package static func stamp(_ moment: Moment, in zone: TimeZone) -> String {
        let shifted = moment + .seconds(zone.secondsFromGMT(for: Date(moment)))
        let time = shifted.description.dropFirst(11).prefix(8)
        return "\(date(zone.wallClock(at: moment).day)), \(time)"
    }

    /// `2 min 5 s`, `45 s`, `1 h 5 min`
    package static func length(_ duration: Duration) -> String {
        let seconds = Int(duration.inSeconds.rounded())
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3_600 {
            return seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds / 60) min \(seconds % 60) s"
        }
        return "\(seconds / 3_600) h \(seconds / 60 % 60) min"
    }

    /// `less than a minute`, `4 minutes`, `an hour`: an estimate, so no false precision.
    package static func about(_ duration: Duration) -> String {
        let minutes = Int((duration.inSeconds / 60).rounded())
        switch minutes {
        case ..<1: return "a minute or less"
        case 1: return "1 minute"
        case 2..<55: return "\(minutes) minutes"
        case 55..<90: return "an hour"
        default: return "\((minutes + 30) / 60) hours"
        }
    }

    /// `12 months`, `30 days`
    package static func days(_ days: Int) -> String {
        if days % 365 == 0 { return days == 365 ? "12 months" : "\(days / 365) years" }
        return days == 1 ? "1 day" : "\(days) days"
    }

    package static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}
