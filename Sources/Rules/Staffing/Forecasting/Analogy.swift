public import Values

/// A forecast for a new scheme, of which there is no history: in time like an earlier one, in size by how many people it is
/// for and how often each of them makes contact.
///
/// Day after day from the launch it takes the earlier scheme's shares of all its contacts: a rush hangs from the days since the launch.
/// Where the launches fall on different weekdays, each day is as much larger or smaller as its weekday was beside the other
/// (`LaunchDays`), at the times of day of the nearest one of its own weekday, and all are scaled so that the whole is right. The bounds come from
/// the range of contact rates and from chance; that the new scheme may be unlike the earlier one no bound can say.
public struct Analogy: Equatable, Sendable {
    /// Contacts in all, in the days that are forecast, for the middle, the low and the high rate.
    public let contacts: (expected: Double, low: Double, high: Double)
    /// The intervals from the launch on.
    public let intervals: [Forecast.Interval]

    public static func == (left: Self, right: Self) -> Bool { left.intervals == right.intervals }

    /// Whether the earlier scheme was known for too short a time to tell its weekdays apart.
    public let isShort: Bool

    /// By how many contacts each person makes.
    /// - Parameters:
    ///   - earlier: The earlier scheme's contacts, from its launch on.
    ///   - earlierLaunch, launch: The days on which they began and will begin.
    ///   - days: How many days from the launch are forecast; at most as many as the earlier history has. A day that it lacks is between its
    ///     neighbours, at the times of the weekday before and after.
    ///   - population: How many people the new scheme is for; over 0.
    ///   - rate: Contacts that each of them makes over those days, low to high; over 0.
    ///   - coverage: The share of counts that chance shall let fall between low and high, if the rate is within its range; over 0 and under 1.
    public init(
        like earlier: ContactHistory, launchedOn earlierLaunch: Day, launch: Day, days: Int, population: Double,
        rate: ClosedRange<Double>, covering coverage: Double = 0.9
    ) throws(ForecastRefusal) {
        guard rate.lowerBound > 0, rate.upperBound.isFinite else { throw .size(rate.lowerBound) }
        try self.init(earlier, earlierLaunch, launch, days, population, coverage) { _ in rate }
    }

    /// By how many contacts each person made of those whom the earlier scheme was for, on the days of the week that are forecast.
    /// - Parameter earlierPopulation: How many these were; over 0.
    public init(
        like earlier: ContactHistory, launchedOn earlierLaunch: Day, launch: Day, days: Int, population: Double,
        earlierPopulation: Double, covering coverage: Double = 0.9
    ) throws(ForecastRefusal) {
        guard earlierPopulation > 0, earlierPopulation.isFinite else { throw .size(earlierPopulation) }
        try self.init(earlier, earlierLaunch, launch, days, population, coverage) { whole in
            whole / earlierPopulation...whole / earlierPopulation
        }
    }

    private init(
        _ earlier: ContactHistory, _ earlierLaunch: Day, _ launch: Day, _ days: Int, _ population: Double,
        _ coverage: Double, _ rate: (_ whole: Double) -> ClosedRange<Double>
    ) throws(ForecastRefusal) {
        guard population > 0, population.isFinite else { throw .size(population) }
        guard ForecastSpread.shares.contains(coverage) else { throw .coverage(coverage) }
        let grid = earlier.counts
        let first = earlierLaunch - grid.firstDay
        let known = grid.values.count / grid.slotsPerDay - first
        // Rows of closed days may be missing, also of the first.
        guard first > -7, known > 0 else { throw .noEarlier(earlierLaunch) }
        guard days <= known else { throw .shortEarlier(known, days) }
        let course = LaunchDays(grid, filled: grid.filled(from: earlierLaunch), from: first, count: known)
        let slots = course.slots(of: days, later: launch - earlierLaunch)
        isShort = course.isShort && (launch - earlierLaunch) % 7 != 0
        let places = earlier.starts(on: launch, days: days)
        // Of an hour that is passed twice both are there, and one that is skipped is not.
        let whole = places.reduce(0) { $0 + slots[$1.slot] }
        guard whole > 0 else { throw .noEarlier(earlierLaunch) }
        let rate = rate(slots.reduce(0, +))
        guard population * rate.upperBound < 1e15 else { throw .size(population * rate.upperBound) }
        let middle = (rate.lowerBound + rate.upperBound) / 2
        contacts = (population * middle, population * rate.lowerBound, population * rate.upperBound)
        let (expected, low, high) = contacts
        let handling = earlier.handling.flatMap { $0.mean(before: $0.values.count, 8) }.map { Duration.seconds($0) }
        let chance = ForecastSpread(byChance: coverage)
        intervals = places.map { start, slot in
            let part = slots[slot] / whole
            return Forecast.Interval(
                start: start, expected: part * expected, low: chance.range(around: part * low, day: 1).lowerBound,
                high: part > 0 ? chance.range(around: part * high, day: 1).upperBound : 0, handling: handling)
        }
    }
}

extension ContactHistory {
    /// The starts of the intervals of some days, each with its slot from the first day on: an hour that is passed twice is there twice,
    /// one that is skipped is not.
    fileprivate func starts(on first: Day, days: Int) -> [(start: Moment, slot: Int)] {
        let minutes = 1_440 / counts.slotsPerDay
        guard minutes < 1_440 else { return (0..<days).map { (zone.moment(on: first + $0, minute: 0), $0) } }
        let end = zone.moment(on: first + days, minute: 0)
        return sequence(first: zone.moment(on: first, minute: 0)) { $0 + interval }.prefix { $0 < end }.map { start in
            let wall = zone.wallClock(at: start)
            return (start, (wall.day - first) * counts.slotsPerDay + wall.minute / minutes)
        }
    }
}

extension SlotGrid {
    /// The same from a day on with nothing missing: the mean of the same slot a week before and after, as near as they are known; 0 where
    /// none is.
    fileprivate func filled(from day: Day) -> SlotGrid {
        var filled = self
        let start = max(0, index(of: day, slot: 0))
        for slot in values.indices where values[slot].isNaN {
            let before = stride(from: slot - slotsPerWeek, through: start, by: -slotsPerWeek).first {
                !values[$0].isNaN
            }
            let after = stride(from: slot + slotsPerWeek, to: values.count, by: slotsPerWeek).first {
                !values[$0].isNaN
            }
            let near = [before, after].compactMap { $0.map { values[$0] } }
            filled.values[slot] = near.isEmpty ? 0 : near.reduce(0, +) / Double(near.count)
        }
        return filled
    }
}
