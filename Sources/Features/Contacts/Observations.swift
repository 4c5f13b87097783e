import People
import Storage
import Values

/// How contacts, advisers and their lines were in some days, in the terms in which a plan describes another day.
package struct Observations: Equatable, Sendable {
    /// Some times: how many, their mean, and their standard deviation over the mean.
    package struct Times: Equatable, Sendable {
        package let count: Int
        package let mean: Duration
        package let variation: Double
    }

    /// What came to one queue.
    package struct OfQueue: Equatable, Sendable {
        package let name: String
        package let channels: [Channel]
        /// Conversations, each with one adviser; nil when there was none.
        package var handling: Times?
        package var wrapUp: Times?
        /// How many left unanswered, and how long everybody waited, answered or not.
        package var hungUp = 0
        package var waited = Duration.zero

        /// How long people wait before they hang up, on average, if nobody answers; nil when nobody hung up.
        ///
        /// The maximum likelihood estimate for patience without memory, of which the answered show only that it was longer.
        package var patience: Duration? {
            hungUp > 0 && waited > .zero ? waited / hungUp : nil
        }
    }

    /// Advisers who worked at one kind of place.
    package struct OfPlace: Equatable, Sendable {
        package let place: Place
        package var offers = 0
        package var missed = 0
        package var refused = 0
        /// From the offer to the answer; of the latest.
        package var answering: Times?
        /// How long who missed an offer was away.
        package var missedPause: Times?
        /// Signed in, with a line.
        package var present = Duration.zero
        /// How long lines were lost for those who came back within an hour.
        package var drops: Times?
        /// Lines lost for longer: mostly somebody who went without signing out.
        package var goneForGood = 0

        /// How long somebody is signed in, on average, until her line drops; nil when none dropped.
        package var dropsEvery: Duration? {
            drops.flatMap { present > .zero ? present / $0.count : nil }
        }
    }

    /// By name; only those to which somebody came.
    package let queues: [OfQueue]
    /// Only where somebody was signed in.
    package let places: [OfPlace]
}

extension Observations.Times {
    /// - Parameters:
    ///   - sum: In milliseconds.
    ///   - squares: The sum of their squares.
    init?(count: Int, sum: Double, squares: Double) {
        guard count > 0 else { return nil }
        let mean = sum / Double(count)
        self.count = count
        self.mean = .milliseconds(Int64(mean.rounded()))
        variation = mean > 0 ? max(0, squares / Double(count) - mean * mean).squareRoot() / mean : 0
    }

    init?(_ times: [Int64]) {
        self.init(
            count: times.count, sum: times.reduce(0) { $0 + Double($1) },
            squares: times.reduce(0) { $0 + Double($1) * Double($1) })
    }
}
