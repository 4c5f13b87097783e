import Foundation
import Values
import Web

/// A stretch of time: from its start up to, but not at, its end.
struct Span: Hashable, Sendable {
    let start: Moment
    let end: Moment
}

extension Span {
    /// A whole day of the body, whatever a queue's own hours are: 23 or 25 hours long when the clocks change.
    init(of day: Day) {
        self.init(start: TimeZone.staff.moment(on: day, minute: 0), end: TimeZone.staff.moment(on: day + 1, minute: 0))
    }

    /// The quarters of an hour in it: 96 on most days, 92 and 100 when the clocks change.
    var quarters: [Span] {
        stride(from: start.milliseconds, to: end.milliseconds, by: Int(Span.quarter)).map {
            Span(start: Moment(milliseconds: $0), end: Moment(milliseconds: $0 + Span.quarter))
        }
    }

    /// This stretch in parts, cut at every midnight. Backwards or empty it has none.
    var days: [Span] {
        var parts: [Span] = []
        var from = start
        while from < end {
            let midnight = Span(of: Day(from)).end
            parts.append(Span(start: from, end: min(midnight, end)))
            from = midnight
        }
        return parts
    }

    /// This stretch in parts, cut at those of these moments that lie in it.
    func cut(at moments: [Moment]) -> [Span] {
        let cuts = Set(moments.filter { start < $0 && $0 < end }).sorted()
        return zip([start] + cuts, cuts + [end]).map { Span(start: $0, end: $1) }
    }

    /// `01:15` by the clock on the wall; with the name of the hour, `01:15 BST`, where it strikes twice that day.
    var clock: String {
        let minute = TimeZone.staff.wallClock(at: start).minute
        let time = "\(Span.padded(minute / 60)):\(Span.padded(minute % 60))"
        let twin = [Int64(-60), 60].contains { start.isAtSameWall(as: start + .minutes($0)) }
        return twin ? "\(time) \(TimeZone.staff.isDaylightSavingTime(for: Date(start)) ? "BST" : "GMT")" : time
    }

    /// The start of the quarter of an hour in which a moment falls. The zone is whole hours from UTC, so they agree.
    static func quarterStart(of moment: Moment) -> Moment {
        Moment(milliseconds: moment.milliseconds - moment.milliseconds % quarter)
    }

    private static let quarter = Int64(15 * 60_000)

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension Moment {
    fileprivate func isAtSameWall(as other: Moment) -> Bool {
        TimeZone.staff.wallClock(at: self) == TimeZone.staff.wallClock(at: other)
    }
}
