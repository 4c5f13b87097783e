public import Foundation

extension TimeZone {
    /// The body's clock: its days begin at midnight here, and by it staff read times.
    public static let staff = TimeZone(identifier: "Europe/London") ?? .gmt
}

extension Day {
    /// The body's day in which this moment falls: `Day(now)` is today, wherever somebody joins, leaves or is counted.
    public init(_ moment: Moment) {
        self = TimeZone.staff.wallClock(at: moment).day
    }
}

extension TimeZone {
    /// What the clock on the wall shows in this zone: the day, and whole minutes after midnight.
    public func wallClock(at moment: Moment) -> (day: Day, minute: Int) {
        let shifted = moment + .seconds(secondsFromGMT(for: Date(moment)))
        let day = Day(inUTC: shifted)
        return (day, Int((shifted - day.startInUTC).milliseconds / 60_000))
    }

    /// The moment at which the clock on the wall shows this. Where clocks go forward, a minute that is skipped counts
    /// as that long after the hour before; where they go back, the first of the two is meant.
    public func moment(on day: Day, minute: Int) -> Moment {
        let wall = day.startInUTC + .minutes(Int64(minute))
        let guess = wall - .seconds(secondsFromGMT(for: Date(wall)))
        let earlier = wall - .seconds(secondsFromGMT(for: Date(guess - .hours(3))))
        // Before a change the earlier offset holds if it leads back to the same wall clock.
        if wallClock(at: earlier) == (day, minute) { return earlier }
        return wall - .seconds(secondsFromGMT(for: Date(guess)))
    }
}

extension Date {
    /// The same point in time, as Foundation has it.
    public init(_ moment: Moment) {
        self.init(timeIntervalSince1970: Double(moment.milliseconds) / 1_000)
    }
}
