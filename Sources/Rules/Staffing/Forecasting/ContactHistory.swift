public import Foundation
public import Values

/// What came in the past, in regular intervals such as quarter-hours.
public struct ContactHistory: Equatable, Sendable {
    /// One interval.
    public struct Interval: Equatable, Sendable {
        /// When it began.
        public let start: Moment
        /// How many contacts came; 0 or more. What is measured in hundredths may have a fraction.
        public let count: Double
        /// How long advisers were at work on them in all, where that is known.
        public let work: Duration?
        /// How many of them advisers handled: fewer than came where people hang up.
        public let handled: Double

        /// An interval; everybody was handled unless it says otherwise.
        public init(start: Moment, count: Double, work: Duration? = nil, handled: Double? = nil) {
            self.start = start
            self.count = count
            self.work = work
            self.handled = handled ?? count
        }
    }

    /// How long each interval is.
    public let interval: Duration
    /// By whose clock days and weeks repeat.
    public let zone: TimeZone
    /// When the last interval ends.
    public let end: Moment

    let counts: SlotGrid
    /// Mean seconds a contact, where something was handled; nil where nothing says so.
    let handling: SlotGrid?

    /// The most days that a history may span: a century.
    public static let mostDays = 36_525

    /// Orders the intervals and finds how long they are. Gaps are gaps: what is not there is not known, and is no zero.
    ///
    /// Refuses fewer than two intervals, negative counts, two of one start, lengths that do not divide a day, and starts that
    /// do not fall on the clock's slots.
    public init(_ intervals: [Interval], in zone: TimeZone) throws(ForecastRefusal) {
        guard intervals.count > 1 else { throw .tooShort }
        let ordered = intervals.sorted { $0.start < $1.start }
        let interval = try Self.interval(of: ordered)
        let minutes = Int(interval.milliseconds / 60_000)
        let slotsPerDay = 1_440 / minutes
        let walls = ordered.map { zone.wallClock(at: $0.start) }
        let (firstDay, lastDay) = (walls[0].day, walls[walls.count - 1].day)
        guard lastDay - firstDay < Self.mostDays else { throw .tooLong }
        let count = (lastDay - firstDay + 1) * slotsPerDay
        var (sums, weights, seconds, handled) = (
            [Double](repeating: 0, count: count), [Double](repeating: 0, count: count),
            [Double](repeating: 0, count: count), [Double](repeating: 0, count: count)
        )
        for (one, wall) in zip(ordered, walls) {
            guard one.count >= 0, one.count.isFinite, one.work ?? .zero >= .zero, one.handled >= 0, one.handled.isFinite
            else {
                throw .negative(one.start)
            }
            guard wall.minute % minutes == 0, one.start.milliseconds % 60_000 == 0 else {
                throw .offBeat(one.start, interval)
            }
            let slot = (wall.day - firstDay) * slotsPerDay + wall.minute / minutes
            sums[slot] += one.count
            weights[slot] += 1
            guard let work = one.work, one.handled > 0 else { continue }
            seconds[slot] += work.inSeconds
            handled[slot] += one.handled
        }
        self.interval = interval
        self.zone = zone
        // A day is over at midnight, however long it was.
        end =
            interval < .days(1) ? ordered[ordered.count - 1].start + interval : zone.moment(on: lastDay + 1, minute: 0)
        counts = SlotGrid(
            firstDay: firstDay, slotsPerDay: slotsPerDay, values: zip(sums, weights).map { $1 > 0 ? $0 / $1 : .nan })
        let means = zip(seconds, handled).map { $1 > 0 ? $0 / $1 : Double.nan }
        handling =
            handled.contains { $0 > 0 }
            ? SlotGrid(firstDay: firstDay, slotsPerDay: slotsPerDay, values: means, weights: handled) : nil
    }

    /// The commonest distance of neighbours, of which all others must be multiples.
    private static func interval(of ordered: [Interval]) throws(ForecastRefusal) -> Duration {
        var times: [Int64: Int] = [:]
        for (one, next) in zip(ordered, ordered.dropFirst()) {
            let distance = next.start.milliseconds - one.start.milliseconds
            guard distance > 0 else { throw .twice(one.start) }
            times[distance, default: 0] += 1
        }
        let commonest = times.max { ($0.value, $1.key) < ($1.value, $0.key) }
        guard let length = commonest?.key, length >= 60_000, 86_400_000 % length == 0, length % 60_000 == 0 else {
            throw .interval(.milliseconds(commonest?.key ?? 0))
        }
        return .milliseconds(length)
    }

    /// When the first interval of the slots began.
    var firstDay: Day { counts.firstDay }

    /// The place of a moment among the slots.
    func slot(at moment: Moment) -> Int {
        let wall = zone.wallClock(at: moment)
        return counts.index(of: wall.day, slot: wall.minute / (1_440 / counts.slotsPerDay))
    }

    /// How many slots there are up to the last that is known.
    var known: Int { (counts.values.lastIndex { !$0.isNaN } ?? -1) + 1 }
}
