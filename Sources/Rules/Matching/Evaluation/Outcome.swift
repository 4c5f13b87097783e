/// What comes of taking every pair from a weight on as a match.
public struct Outcome: Equatable, Sendable {
    /// The lowest weight that is taken, as log2 of the odds.
    public var weight: Double
    /// Taken, and matches in truth.
    public var right: Int
    /// Taken, and not matches.
    public var wrong: Int
    /// Matches in truth that were not taken, those that were never scored among them.
    public var missed: Int

    public init(weight: Double, right: Int, wrong: Int, missed: Int) {
        self.weight = weight
        self.right = right
        self.wrong = wrong
        self.missed = missed
    }

    /// The probability that belongs to the weight.
    public var probability: Double { LogOdds.probability(weight) }
    /// The share of the taken that are right; nil when none is taken.
    public var precision: Double? { Self.share(right, of: right + wrong) }
    /// The share of all matches that are taken; nil when there are none.
    public var recall: Double? { Self.share(right, of: right + missed) }
    /// The harmonic mean of the two; 0 when nothing is right.
    public var f1: Double { Self.share(2 * right, of: 2 * right + wrong + missed) ?? 0 }

    static func share(_ part: Int, of whole: Int) -> Double? {
        whole == 0 ? nil : Double(part) / Double(whole)
    }
}

extension JudgedLinks {
    /// What comes of taking all pairs of at least this weight.
    public func outcome(fromWeight weight: Double) -> Outcome {
        let right = matches.count - SortedWeights.count(matches, below: weight)
        let wrong = others.count - SortedWeights.count(others, below: weight)
        return Outcome(weight: weight, right: right, wrong: wrong, missed: truePairs - right)
    }

    /// What comes of taking all pairs of at least this probability.
    public func outcome(fromProbability probability: Double) -> Outcome {
        outcome(fromWeight: LogOdds.weight(probability))
    }

    /// The outcome with the highest F1; of equals the one that takes fewest pairs; nil when nothing was scored.
    public var best: Outcome? {
        var best: Outcome?
        var bestShare = -1.0
        outcomes { outcome in
            let share = Double(2 * outcome.right) / Double(outcome.right + outcome.wrong + truePairs)
            if share > bestShare {
                bestShare = share
                best = outcome
            }
        }
        return best
    }

    /// Precision and recall from the highest weight down, one point for each weight that occurs, at most so many:
    /// then those are kept that lie furthest along the curve from the last, and always the first, the last and the
    /// best.
    public func curve(atMost most: Int = 500) -> [Outcome] {
        precondition(most >= 8, "A curve needs some points.")
        let best = best
        var count = 0
        var length = 0.0
        var last: Outcome?
        outcomes { outcome in
            count += 1
            length += last.map { Self.distance($0, outcome) } ?? 0
            last = outcome
        }
        let step = count <= most ? 0 : length / Double(most - 4)
        var points: [Outcome] = []
        outcomes { outcome in
            let isFar = points.last.map { Self.distance($0, outcome) >= step } ?? true
            if isFar || outcome == best || outcome == last { points.append(outcome) }
        }
        return points
    }

    private static func distance(_ one: Outcome, _ other: Outcome) -> Double {
        let precision = (one.precision ?? 1) - (other.precision ?? 1)
        return precision.magnitude + ((one.recall ?? 0) - (other.recall ?? 0)).magnitude
    }

    /// The outcome of each weight that occurs, from the highest down.
    @inline(__always) private func outcomes(_ body: (Outcome) -> Void) {
        matches.withUnsafeBufferPointer { matches in
            others.withUnsafeBufferPointer { others in
                var (match, other) = (matches.count, others.count)
                while match > 0 || other > 0 {
                    let weight = max(
                        match > 0 ? matches[match - 1] : -.infinity, other > 0 ? others[other - 1] : -.infinity)
                    while match > 0, matches[match - 1] == weight { match -= 1 }
                    while other > 0, others[other - 1] == weight { other -= 1 }
                    let right = matches.count - match
                    body(
                        Outcome(
                            weight: weight, right: right, wrong: others.count - other, missed: truePairs - right))
                }
            }
        }
    }
}
