import Foundation
import Staffing
import Values

/// A helpline of which the truth is known, open on weekdays from 8 to 18 and on Saturdays till 12 by London's clock: half-hours,
/// busiest at noon, with chance of their own beside what moves whole days.
struct InventedLine {
    /// What moves the level from day to day.
    enum Course: String, CaseIterable {
        case steady = "steady"
        case uneven = "days differ by 10 %"
        case wandering = "wanders, 3 % a day"
        case restless = "wanders, 10 % a day"
        case shift = "shifts by 40 % once"
        case walk = "wanders off, 10 % a day"
        case schemes = "schemes double it now and then"
        case clocks = "clocks change, wanders 3 %"
    }

    static let london = TimeZone(identifier: "Europe/London") ?? .gmt

    let course: Course
    /// Days of the history; so many more are the truth to come.
    let days, ahead: Int
    /// Contacts expected in a half-hour at the busiest time of a level of 1.
    let size: Double
    private let first: Day
    private let level: [Double]
    private var chance: SeededChance

    init(_ course: Course, days: Int, ahead: Int, size: Double, seed: UInt64) {
        (self.course, self.days, self.ahead, self.size) = (course, days, ahead, size)
        var chance = SeededChance(seed: seed &* 7_919 &+ UInt64(course.rawValue.utf8.count))
        level = Self.level(course, days: days, ahead: ahead, &chance)
        self.chance = chance
        // 2026-03-23: clocks go forward on the Sunday after, within the days to come.
        let last = course == .clocks ? Day(daysSinceEpoch: 20_535) : Day(daysSinceEpoch: 20_700 + Int(seed % 7))
        first = last + -days
    }

    /// The history, and the intervals that come after it.
    mutating func drawn() throws -> (history: ContactHistory, truth: [(start: Moment, count: Double, day: Int)]) {
        var intervals: [ContactHistory.Interval] = []
        var truth: [(start: Moment, count: Double, day: Int)] = []
        let end = Self.london.moment(on: first + days + ahead, minute: 0)
        let starts = sequence(first: Self.london.moment(on: first, minute: 0)) { $0 + .minutes(30) }
        for start in starts.prefix(while: { $0 < end }) {
            let wall = Self.london.wallClock(at: start)
            let day = wall.day - first
            let mean = Self.usual(wall.day.weekday, wall.minute) * level[day] * size
            let count = Self.poisson(mean, &chance)
            if day < days {
                intervals.append(.init(start: start, count: count))
            } else if mean > 0 {
                truth.append((start, count, day - days + 1))
            }
        }
        return (try ContactHistory(intervals, in: Self.london), truth)
    }

    private static func usual(_ weekday: Int, _ minute: Int) -> Double {
        let close = weekday == 7 ? 0 : weekday == 6 ? 720 : 1_080
        guard minute >= 480, minute < close else { return 0 }
        return [1.3, 1.1, 1, 0.95, 0.9, 0.5, 0][weekday - 1] * (0.5 + 0.5 * sin(Double(minute - 480) / 600 * .pi))
    }

    private static func level(_ course: Course, days: Int, ahead: Int, _ chance: inout SeededChance) -> [Double] {
        var logs = [Double](repeating: 0, count: days + ahead)
        func wander(by step: Double, keeping: Double) {
            for day in 1..<logs.count { logs[day] = keeping * logs[day - 1] + step * normal(&chance) }
        }
        switch course {
        case .steady: break
        case .uneven: for day in logs.indices { logs[day] = 0.1 * normal(&chance) }
        case .wandering, .clocks: wander(by: 0.03, keeping: 1)
        case .restless: wander(by: 0.1, keeping: 0.98)
        case .walk: wander(by: 0.1, keeping: 1)
        case .shift:
            let size = chance.below(2) == 0 ? log(1.4) : -log(1.4)
            let from = days - 1 - chance.below(min(56, days))
            for day in from..<logs.count { logs[day] = size }
        case .schemes:
            var extra = 0.0
            for day in logs.indices {
                extra *= exp(-0.2)
                if chance.below(40) == 0 { extra += 1 }
                logs[day] = log(1 + extra)
            }
        }
        return logs.map(exp)
    }

    /// A count at random; by the normal law where it is large.
    private static func poisson(_ mean: Double, _ chance: inout SeededChance) -> Double {
        guard mean > 0 else { return 0 }
        guard mean < 200 else { return max(0, (mean + mean.squareRoot() * normal(&chance)).rounded()) }
        var (count, product) = (0.0, Double.random(in: 0..<1, using: &chance))
        while product > exp(-mean) {
            count += 1
            product *= Double.random(in: 0..<1, using: &chance)
        }
        return count
    }

    private static func normal(_ chance: inout SeededChance) -> Double {
        let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &chance))).squareRoot()
        return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &chance))
    }
}
