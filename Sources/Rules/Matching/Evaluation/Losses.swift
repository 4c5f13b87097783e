/// How far the probabilities are from the truth, pair by pair. Lower is better, 0 is perfect.
public struct Losses: Equatable, Sendable {
    /// The scored pairs that were judged: those that the means are over.
    public var pairs: Int
    /// True pairs that were never scored.
    public var missed: Int
    /// The mean over the scored pairs of (probability - truth)²: Brier, "Verification of forecasts" (1950).
    public var brier: Double
    /// The same with every missed pair as one more, of probability 0: each adds 1.
    public var brierWithMissed: Double
    /// The mean over the scored pairs of -ln(probability of what is true), in nats, each at most 53 ln 2 = 36.7.
    public var logLoss: Double
}

extension JudgedLinks {
    /// The losses of the probabilities; nil when nothing was scored.
    public var losses: Losses? {
        guard scored > 0 else { return nil }
        var (squares, logs) = (0.0, 0.0)
        for weight in matches {
            // 1 - p is the probability of the opposite weight: exact where p itself is near 1.
            let doubt = LogOdds.probability(-weight)
            squares += doubt * doubt
            logs += LogOdds.loss(weight)
        }
        for weight in others {
            let probability = LogOdds.probability(weight)
            squares += probability * probability
            logs += LogOdds.loss(-weight)
        }
        let missed = truePairs - matches.count
        return Losses(
            pairs: scored, missed: missed, brier: squares / Double(scored),
            brierWithMissed: (squares + Double(missed)) / Double(scored + missed), logLoss: logs / Double(scored))
    }
}
