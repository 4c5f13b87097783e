import Foundation
import Values

/// When customers came in the past, by the clock on the wall: most on Mondays before noon, few at weekends, hardly anybody
/// at night.
struct PastCalendar: Sendable {
    /// Shares of a week's days from Monday on, and of a day's hours from midnight on; only how they compare counts.
    private static let days = [1.25, 1.1, 1.0, 0.95, 0.85, 0.3, 0.2]
    private static let hours = [
        0.03, 0.02, 0.02, 0.02, 0.02, 0.03, 0.06, 0.2, 0.7, 1.1, 1.25, 1.15, 0.95, 0.9, 1.0, 1.05, 0.95, 0.75, 0.5,
        0.35,
        0.25, 0.15, 0.08, 0.05,
    ]

    private let start: Moment
    /// How much has come by the end of each hour since the start.
    private let sums: [Double]

    init(_ span: Span) {
        start = span.start
        var sums: [Double] = []
        for hour in 0..<max(1, (span.end - span.start).milliseconds / 3_600_000) {
            let wall = TimeZone.staff.wallClock(at: span.start + .hours(hour))
            let rate = Self.days[wall.day.weekday - 1] * Self.hours[wall.minute / 60] * Self.mood(of: wall.day)
            sums.append((sums.last ?? 0) + rate)
        }
        self.sums = sums
    }

    /// No two Mondays are alike: from 0.85 to 1.15, mostly near 1.
    private static func mood(of day: Day) -> Double {
        var chance = SeededChance(seed: UInt64(bitPattern: Int64(day.daysSinceEpoch)))
        return 0.85 + 0.3 * (0..<3).reduce(0) { sum, _ in sum + Double.random(in: 0..<1, using: &chance) } / 3
    }

    /// When this share of all, from 0 to 1, had come.
    func moment(of share: Double) -> Moment {
        let wanted = share * (sums.last ?? 0)
        var (low, high) = (0, sums.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        let before = low > 0 ? sums[low - 1] : 0
        let part = min(1, max(0, (wanted - before) / (sums[low] - before)))
        return start + .hours(Int64(low)) + .milliseconds(Int64(part * 3_600_000))
    }
}
