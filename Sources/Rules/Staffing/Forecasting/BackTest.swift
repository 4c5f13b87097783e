import Values

/// How far from the truth forecasts would have been, made again and again in the past with only what was known then (rolling
/// origin). Errors are of single intervals.
public struct BackTest: Equatable, Sendable {
    /// One model's errors over some days ahead.
    public struct Score: Equatable, Sendable {
        /// Whose.
        public let model: ForecastModel
        /// The mean distance from the truth, in contacts or seconds; seconds are a mean of contacts.
        public let meanAbsoluteError: Double
        /// All distances over all that came: a share. Nil where nothing came.
        public let weightedError: Double?
        /// The root of the mean square of the distances: large ones count for more.
        public let rootMeanSquareError: Double
        /// The mean of forecast minus truth: over 0 is too much.
        public let bias: Double
    }

    /// Some days ahead, and who forecasts them best.
    public struct Band: Equatable, Sendable {
        /// Which days after the origin; the first is 1.
        public let days: ClosedRange<Int>
        /// How many intervals were compared.
        public let compared: Int
        /// Every model's errors, the baseline's first.
        public let scores: [Score]
        /// The model that is used for these days: of those whose mean error is smaller than the baseline's by one per cent or more, and
        /// whose root mean square error is larger by no more than one per cent, the one with the smallest mean error; else the
        /// baseline. So none that is used was worse than the seasonal moving average on average, and none was much worse at times.
        public let best: ForecastModel
        /// The share of intervals that held the truth: bounds from the earlier two thirds of the origins, tried on the
        /// last third. Nil where there were too few, and of handling times, which have no bounds.
        public let coverage: Double?

        /// The errors of the model that is used.
        public var score: Score? { scores.first { $0.model == best } }
    }

    /// The days ahead, near ones first; empty when the history is too short to try anything.
    public let bands: [Band]
    /// How many times a forecast was made.
    public let origins: Int

    /// How many times the baseline's root mean square error a model that is better on average may have: else a few errors from before
    /// a change of level would keep those days on the old level, between others that are on the new one.
    static let tolerance = 1.01

    /// The days ahead that are looked at apart.
    static let bands = [1...1, 2...7, 8...14, 15...28, 29...730]
}
