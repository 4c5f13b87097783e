/// The mean of what was seen lately: each new value counts a fiftieth, the first fifty all the same.
struct MovingMean: Sendable {
    /// In milliseconds.
    private(set) var value: Double
    private var count = 0.0

    /// With this value until the first is seen.
    init(_ start: Duration) {
        value = Double(max(1, start.bounded))
    }

    mutating func note(_ milliseconds: Int64) {
        count = min(count + 1, 50)
        value += (Double(milliseconds) - value) / count
    }
}

/// How soon those who wait give up: of all waiting time lately, how many gave up in it.
struct Patience: Sendable {
    private var waited = 0.0
    private var gaveUp = 0.0

    mutating func note(wait milliseconds: Int64, gaveUp hasGivenUp: Bool) {
        waited = waited * 0.998 + Double(milliseconds)
        gaveUp = gaveUp * 0.998 + (hasGivenUp ? 1 : 0)
    }

    /// Per contact and millisecond; none while too few were seen.
    var rate: Double { gaveUp >= 3 && waited > 0 ? gaveUp / waited : 0 }
}
