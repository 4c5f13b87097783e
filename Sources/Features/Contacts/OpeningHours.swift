import Foundation
import Values
import Web

/// When a queue takes contacts: hours by weekday in its time zone, less bank holidays and closures.
package struct OpeningHours: Equatable, Sendable {
    /// One stretch of a weekday, in minutes after midnight by the wall clock there.
    package struct Stretch: Equatable, Sendable {
        let weekday: Int
        let opens: Int
        let closes: Int
    }

    /// A time when it is closed although the hours say otherwise.
    package struct Closure: Equatable, Sendable {
        let from: Moment
        let until: Moment
        let reason: Reason
    }

    /// Why it is closed, in words of this language.
    package struct Reason: Encodable, Equatable, Sendable {
        package let words, language: String
    }

    let zone: TimeZone
    let stretches: [Stretch]
    let holidays: [Day: String]
    let closures: [Closure]

    /// What a customer is told who comes at this moment.
    package enum Answer: Equatable, Sendable {
        case open
        /// Closed, with the reason if there is one, and the next opening if there is one within three weeks.
        case closed(because: Reason?, until: Moment?)
    }

    package func answer(at now: Moment) -> Answer {
        if let closure = closures.first(where: { $0.from <= now && now < $0.until }) {
            let opens = closure.until < Closing.endless ? nextOpening(after: closure.until) : nil
            return .closed(because: closure.reason, until: opens)
        }
        let (day, minute) = zone.wallClock(at: now)
        if let holiday = holidays[day] {
            let reason = Reason(words: "Closed today: \(holiday).", language: Language.usual)
            return .closed(because: reason, until: nextOpening(after: now))
        }
        if stretches(on: day).contains(where: { $0.opens <= minute && minute < $0.closes }) { return .open }
        return .closed(because: nil, until: nextOpening(after: now))
    }

    private func nextOpening(after moment: Moment) -> Moment? {
        let today = zone.wallClock(at: moment).day
        for day in (0...21).map({ today + $0 }) where holidays[day] == nil {
            for stretch in stretches(on: day) {
                let from = max(zone.moment(on: day, minute: stretch.opens), moment)
                guard from < zone.moment(on: day, minute: stretch.closes) else { continue }
                // A closure may cover the opening; then it opens when the closure ends, if that is still in the stretch.
                let closure = closures.filter { $0.from <= from && from < $0.until }.map(\.until).max()
                let opens = closure ?? from
                if opens < zone.moment(on: day, minute: stretch.closes) { return opens }
            }
        }
        return nil
    }

    private func stretches(on day: Day) -> [Stretch] {
        stretches.filter { $0.weekday == day.weekday }.sorted { $0.opens < $1.opens }
    }
}

extension OpeningHours {
    /// The hours as people read them: days that are alike together.
    package var worded: [(days: String, times: String)] {
        let times = (1...7).map { weekday -> String in
            let stretches = stretches.filter { $0.weekday == weekday }.sorted { $0.opens < $1.opens }
            if stretches.isEmpty { return "closed" }
            return stretches.map { "\(Self.clock($0.opens)) to \(Self.clock($0.closes))" }.joined(separator: ", ")
        }
        var lines: [(days: String, times: String)] = []
        var first = 0
        while first < 7 {
            var last = first
            while last < 6, times[last + 1] == times[first] { last += 1 }
            let days = Wording.weekdays[first] + (last > first ? " to \(Wording.weekdays[last])" : "")
            lines.append((days, times[first]))
            first = last + 1
        }
        return lines
    }

    static func clock(_ minutes: Int) -> String {
        let text = String(minutes / 60 * 100 + minutes % 60)
        let padded = String(repeating: "0", count: max(0, 4 - text.count)) + text
        return "\(padded.prefix(2)):\(padded.suffix(2))"
    }
}
