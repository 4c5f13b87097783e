/// A figure with its 95 % interval over replications.
public struct Estimate: Hashable, Sendable {
    /// Nil where there was nothing to measure: no contact came, nobody was there.
    public let value: Double?
    /// Nil with a single replication, which says nothing about chance.
    public let low: Double?
    public let high: Double?

    /// Of pairs, one a replication: the sum of the first over the sum of the second, such as all that were answered in
    /// time over all that came.
    ///
    /// The interval is the classical one of a ratio of means: with r the ratio and e = y - r x, the variance of e over n and the
    /// squared mean of x, by Student's t with n - 1 degrees of freedom (A. Law, "Simulation modeling and
    /// analysis", 2015). The ratio's own bias falls with 1 / n; a mean of daily ratios would give quiet days the weight of busy ones.
    init(_ pairs: [Pair], within bounds: ClosedRange<Double> = 0...Double.infinity) {
        let ratio = Self.ratio(pairs)
        let half = ratio.flatMap { ratio in Self.half(pairs.map { $0.residual(from: ratio) }) }
        value = ratio
        low = ratio.flatMap { ratio in half.map { max(bounds.lowerBound, ratio - $0) } }
        high = ratio.flatMap { ratio in half.map { min(bounds.upperBound, ratio + $0) } }
    }

    /// The difference of two ratios that were measured on the same days: second less first.
    init(of first: [Pair], against second: [Pair]) {
        guard first.count == second.count, let one = Self.ratio(first), let other = Self.ratio(second) else {
            (value, low, high) = (nil, nil, nil)
            return
        }
        let (oneMean, otherMean) = (Self.base(first), Self.base(second))
        let half = Self.half(
            zip(first, second).map { ($1.residual(from: other).0 / otherMean - $0.residual(from: one).0 / oneMean, 1) })
        value = other - one
        low = half.map { other - one - $0 }
        high = half.map { other - one + $0 }
    }

    struct Pair: Hashable, Sendable {
        var above: Double
        var below: Double

        /// How far off the ratio it is, and what it weighs.
        fileprivate func residual(from ratio: Double) -> (Double, Double) { (above - ratio * below, below) }
    }

    private static func ratio(_ pairs: [Pair]) -> Double? {
        let below = pairs.reduce(0) { $0 + $1.below }
        return below > 0 ? pairs.reduce(0) { $0 + $1.above } / below : nil
    }

    private static func base(_ pairs: [Pair]) -> Double {
        pairs.reduce(0) { $0 + $1.below } / Double(pairs.count)
    }

    private static func half(_ residuals: [(value: Double, weight: Double)]) -> Double? {
        let count = Double(residuals.count)
        guard let bound = StudentT.bound(degrees: residuals.count - 1) else { return nil }
        let mean = residuals.reduce(0) { $0 + $1.value } / count
        let squares = residuals.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) }
        let weight = residuals.reduce(0) { $0 + $1.weight } / count
        return bound * (squares / (count - 1) / count).squareRoot() / weight
    }
}
