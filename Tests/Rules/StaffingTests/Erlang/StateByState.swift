import Foundation

/// The waiting system worked out state by state, with logarithms of weights: slow, and apart from the library's integrals,
/// against which it is held.
struct StateByState {
    /// Shares: those who wait, hang up, are answered within T, hang up within T.
    var waiting = 0.0
    var abandoned = 0.0
    var answeredInTime = 0.0
    var abandonedInTime = 0.0
    /// Seconds that the answered wait, shared among all.
    var secondsOfAnswered = 0.0

    /// - Parameter pace: How many contacts are ended a second with so many in service; places are what there is room for.
    init(arrivals: Double, places: Int, leaving: Double, within time: Double, pace: (Int) -> Double) {
        let full = pace(places)
        var logs = [0.0]
        while true {
            let state = logs.count
            let deaths = state <= places ? pace(state) : full + Double(state - places) * leaving
            logs.append(logs[state - 1] + log(arrivals / deaths))
            if state > places, logs[state] < (logs.max() ?? 0) - 60 { break }
        }
        let top = logs.max() ?? 0
        let weights = logs.map { exp($0 - top) }
        let sum = weights.reduce(0, +)
        waiting = weights[places...].reduce(0, +) / sum
        answeredInTime = 1 - waiting
        // Whoever finds j waiting is behind j + 1 departures at the rates full + i·leaving, i = j … 0, and leaves, too.
        // The walk is uniformised: at each tick of a clock of the rate `clock`, a step with probability rate / clock.
        let waits = Array(weights[places...].map { $0 / sum })
        for (ahead, weight) in waits.enumerated() {
            abandoned += weight * Double(ahead + 1) * leaving / (full + Double(ahead + 1) * leaving)
        }
        let clock = full + Double(waits.count + 1) * leaving
        var positions = waits
        var tick = 0
        // Poisson weights as logarithms: e^-x underflows where x is over 745.
        let mean = clock * time
        while positions.reduce(0, +) > 1e-16 {
            // Somebody who is served at tick `tick + 1` is in time if that tick falls within T.
            let inTime = Self.poissonAtLeast(tick + 1, mean)
            answeredInTime += (positions.first ?? 0) * full / clock * inTime
            abandonedInTime += positions.reduce(0, +) * leaving / clock * inTime
            secondsOfAnswered += (positions.first ?? 0) * full / clock * Double(tick + 1) / clock
            var next = [Double](repeating: 0, count: positions.count)
            for (ahead, here) in positions.enumerated() where here > 0 {
                let forward = (full + Double(ahead) * leaving) / clock
                if ahead > 0 { next[ahead - 1] += here * forward }
                next[ahead] += here * (1 - forward - leaving / clock)
            }
            positions = next
            tick += 1
        }
    }

    /// The probability that a Poisson count is at least this.
    private static func poissonAtLeast(_ count: Int, _ mean: Double) -> Double {
        guard count > 0 else { return 1 }
        guard mean > 0 else { return 0 }
        // The shorter tail is summed.
        func weight(_ k: Int) -> Double { exp(Double(k) * log(mean) - mean - lgamma(Double(k) + 1)) }
        var (sum, term) = (0.0, 0.0)
        if Double(count) > mean {
            var k = count
            term = weight(k)
            while term > 1e-20 {
                sum += term
                k += 1
                term *= mean / Double(k)
            }
            return sum
        }
        var k = count - 1
        term = weight(k)
        while term > 1e-20 || Double(k) > mean, k >= 0 {
            sum += term
            term *= Double(k) / mean
            k -= 1
        }
        return max(0, 1 - sum)
    }
}
