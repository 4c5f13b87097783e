/// All figures of scored pairs against the truth.
///
/// Recall counts every true pair, those that blocking never brought together among them. Losses and reliability are
/// over the scored pairs of which the truth says something.
public struct Evaluation: Equatable, Sendable {
    /// Scored pairs that were judged, and those of them that are matches.
    public let scored, scoredMatches: Int
    /// All matches in truth, within the scope.
    public let truePairs: Int
    /// Links left out because the truth does not say, they are outside the scope or a record's with itself.
    public let ignored: Int
    /// Links left out because they stand there twice.
    public let repeated: Int
    /// The share of the true pairs that were scored at all.
    public let blockingRecall: Double?
    /// What comes of each threshold that was asked for, in that order.
    public let thresholds: [Outcome]
    /// The threshold with the highest F1.
    public let best: Outcome?
    public let losses: Losses?
    public let equalWidth, equalCount: Reliability
    /// At most 500 points of precision and recall, from the highest weight down.
    public let curve: [Outcome]

    public static let usualThresholds = [0.5, 0.8, 0.9, 0.95, 0.99, 0.999]

    /// Works out everything, at these probabilities and with so many bins of reliability.
    public init(of links: JudgedLinks, at probabilities: [Double] = Self.usualThresholds, bins: Int = 10) {
        scored = links.scored
        scoredMatches = links.matches.count
        truePairs = links.truePairs
        ignored = links.ignored
        repeated = links.repeated
        blockingRecall = links.blockingRecall
        thresholds = probabilities.map(links.outcome(fromProbability:))
        best = links.best
        losses = links.losses
        equalWidth = links.reliability(.equalWidth, bins: bins)
        equalCount = links.reliability(.equalCount, bins: bins)
        curve = links.curve()
    }
}
