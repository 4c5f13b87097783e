public import Values

/// What will come, interval by interval, and how far such forecasts have been from the truth.
public struct Forecast: Equatable, Sendable {
    /// One interval to come.
    public struct Interval: Equatable, Sendable {
        /// When it begins.
        public let start: Moment
        /// How many contacts are expected.
        public let expected: Double
        /// Between which numbers the count will fall with the share of certainty that was asked for.
        public let low, high: Double
        /// How long a contact will keep an adviser, on average; nil where the history does not say.
        public let handling: Duration?
    }

    /// The intervals, one after the other.
    public let intervals: [Interval]
    /// Of contacts.
    public let backTest: BackTest
    /// Of handling times; nil where the history does not say them.
    public let handlingBackTest: BackTest?
    /// What whoever uses it should know: a history too short to try models on, special days without an earlier one.
    public let notes: [String]
}

extension Forecast {
    /// Forecasts from a history.
    ///
    /// For each span of days ahead the model is used that was best in the back-test, and never one that was worse than the
    /// seasonal moving average. Where nobody has come at a time of the week, nobody is expected.
    /// - Parameters:
    ///   - horizon: How far; from one interval to 730 days. Whole days are days of the calendar, of 23 or 25 hours when the clocks change.
    ///   - coverage: The share of truths that shall fall between low and high, from 0.001 to 0.9999.
    ///   - special: Days in the past that nothing is learnt from, and days to come that are forecast by them.
    public init(
        after history: ContactHistory, horizon: Duration, covering coverage: Double = 0.9, special: [SpecialDay] = []
    ) throws(ForecastRefusal) {
        guard horizon >= history.interval, horizon <= .days(730) else { throw .horizon(horizon) }
        guard ForecastSpread.shares.contains(coverage) else { throw .coverage(coverage) }
        let starts = history.starts(for: horizon)
        let slots = starts.map { history.slot(at: $0) }
        let origin = history.known
        let days = max(0, (slots.max() ?? origin) - origin) / history.counts.slotsPerDay + 1
        let marked = Set(special.map(\.day))
        let all = history.counts.begun()
        let usual = all.without(marked)
        var counts = SeriesForecast(usual, .counts, end: origin, days: days, covering: coverage)
        var notes = all.gaps(before: origin, forecasting: origin..<origin + days * usual.slotsPerDay) {
            counts.value(at: $0)
        }
        notes += counts.setSpecial(SpecialDays(days: special, grid: all, usual: usual))
        let handling = history.handling.map {
            SeriesForecast($0.without(marked), .means, end: origin, days: days, covering: coverage)
        }
        intervals = zip(starts, slots).map { start, slot in
            let range = counts.range(at: slot)
            let time = handling?.value(at: slot) ?? 0
            return Interval(
                start: start, expected: counts.value(at: slot), low: range.lowerBound, high: range.upperBound,
                handling: time > 0 ? .seconds(time) : nil)
        }
        backTest = counts.backTest
        handlingBackTest = handling?.backTest
        self.notes = notes + counts.notes
    }
}

extension ContactHistory {
    /// The starts of the intervals after the end, as the clock on the wall has them: an hour that is passed twice is there
    /// twice, one that is skipped is not.
    func starts(for horizon: Duration) -> [Moment] {
        let count = Int(horizon.milliseconds / interval.milliseconds)
        // What is longer than the change of clocks steps by them; what is not longer comes out even.
        guard interval > .hours(1) else {
            let days = Int(horizon.milliseconds / 86_400_000)
            let isWholeDays = horizon == .days(Int64(days))
            let wall = zone.wallClock(at: end)
            let last = isWholeDays ? zone.moment(on: wall.day + days, minute: wall.minute) : end + horizon
            return sequence(first: end) { $0 + interval }.prefix { $0 + interval <= last }.map(\.self)
        }
        let minutes = 1_440 / counts.slotsPerDay
        return (known..<known + count).map { slot in
            zone.moment(on: counts.day(of: slot), minute: slot % counts.slotsPerDay * minutes)
        }
    }
}
