import Foundation
import Staffing
import Testing
import Values

/// Contacts of an invented helpline, open on weekdays from 8 to 18 and on Saturdays till 12 by London's clock, of which the truth is
/// known: how many are expected at each moment.
struct Invented {
    static let london = TimeZone(identifier: "Europe/London") ?? .gmt

    var start = Moment.earliest
    var days = 70
    var minutes = 30
    /// Contacts expected in an interval at the busiest time.
    var size = 100.0
    /// What the day's size is multiplied with, day by day from the first.
    var level: (Int) -> Double = { _ in 1 }
    /// Days that are left out of the history.
    var missing: Set<Int> = []
    /// Seeds chance; nil gives the truth itself.
    var seed: UInt64?
    /// Seconds a contact; nil leaves them out.
    var handling: Double?

    init(from day: String) throws {
        let day = try #require(Day(day))
        start = Self.london.moment(on: day, minute: 0)
    }

    var firstDay: Day { Self.london.wallClock(at: start).day }

    /// How many are expected in the interval that begins then.
    func truth(at moment: Moment) -> Double {
        let wall = Self.london.wallClock(at: moment)
        let close = wall.day.weekday == 7 ? 0 : wall.day.weekday == 6 ? 720 : 1_080
        guard wall.minute >= 480, wall.minute < close else { return 0 }
        let weekday = [1.3, 1.1, 1, 0.95, 0.9, 0.5, 0][wall.day.weekday - 1]
        let hour = 0.5 + 0.5 * sin(Double(wall.minute - 480) / 600 * .pi)
        return size * weekday * hour * level(wall.day - firstDay)
    }

    func history() throws -> ContactHistory {
        try ContactHistory(intervals(), in: Self.london)
    }

    func intervals() -> [ContactHistory.Interval] {
        var chance = SeededChance(seed: seed ?? 0)
        let end = Self.london.moment(on: firstDay + days, minute: 0)
        let moments = sequence(first: start) { $0 + .minutes(Int64(minutes)) }.prefix { $0 < end }
        return moments.compactMap { moment in
            let truth = truth(at: moment)
            let count = seed == nil ? truth : Self.poisson(truth, &chance)
            guard !missing.contains(Self.london.wallClock(at: moment).day - firstDay) else { return nil }
            let handled = handling.map { Duration.seconds($0 * count) }
            return ContactHistory.Interval(start: moment, count: count, work: handled)
        }
    }

    /// A count at random; by the normal law where it is large.
    static func poisson(_ mean: Double, _ chance: inout SeededChance) -> Double {
        guard mean > 0 else { return 0 }
        guard mean < 200 else { return max(0, (mean + mean.squareRoot() * normal(&chance)).rounded()) }
        var (count, product) = (0.0, Double.random(in: 0..<1, using: &chance))
        while product > exp(-mean) {
            count += 1
            product *= Double.random(in: 0..<1, using: &chance)
        }
        return count
    }

    static func normal(_ chance: inout SeededChance) -> Double {
        let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &chance))).squareRoot()
        return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &chance))
    }

    /// A level that wanders from day to day, and stays near 1.
    static func wandering(seed: UInt64, days: Int, by step: Double, keeping: Double = 0.98) -> [Double] {
        var chance = SeededChance(seed: seed)
        var log = 0.0
        return (0..<days).map { _ in
            log = keeping * log + step * normal(&chance)
            return exp(log)
        }
    }
}

extension Forecast {
    /// All distances from the truth over all that is true.
    func error(from truth: (Moment) -> Double) -> Double {
        let all = intervals.reduce(0) { $0 + truth($1.start) }
        return intervals.reduce(0) { $0 + abs($1.expected - truth($1.start)) } / all
    }
}
