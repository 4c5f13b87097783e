/// Whether of the pairs given a probability that share matches: the scored pairs in bins by probability.
public struct Reliability: Equatable, Sendable {
    /// From the lowest probabilities up; bins without pairs are left out.
    public var bins: [Bin]

    public init(bins: [Bin]) {
        self.bins = bins
    }

    /// How the bins are cut.
    public enum Cut: Hashable, Sendable {
        /// Each as wide as the others on the scale of probability.
        case equalWidth
        /// Each with about as many pairs as the others; pairs of one weight stay together.
        case equalCount
    }

    /// Pairs of like probability.
    public struct Bin: Equatable, Sendable {
        /// From this probability to that: the bin's bounds, or for equal counts those of its pairs.
        public var from, to: Double
        public var pairs: Int
        public var matches: Int
        public var meanProbability: Double

        public init(from: Double, to: Double, pairs: Int, matches: Int, meanProbability: Double) {
            self.from = from
            self.to = to
            self.pairs = pairs
            self.matches = matches
            self.meanProbability = meanProbability
        }

        /// The share that matches.
        public var share: Double { Double(matches) / Double(pairs) }
        /// Where the share would lie in 95 of 100 samples.
        public var interval: ClosedRange<Double> { Reliability.wilson(matches, of: pairs) }
    }

    /// How many pairs the bins hold.
    public var pairs: Int { bins.reduce(0) { $0 + $1.pairs } }

    /// The mean distance of a bin's share from its mean probability, by pairs: the expected calibration error
    /// (Naeini, Cooper, Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", 2015).
    public var expectedError: Double {
        let sum = bins.reduce(0.0) { $0 + Double($1.pairs) * ($1.share - $1.meanProbability).magnitude }
        return pairs == 0 ? 0 : sum / Double(pairs)
    }

    /// The 95 % score interval of a share (Wilson, "Probable inference", 1927); all of 0…1 for none.
    public static func wilson(_ part: Int, of whole: Int) -> ClosedRange<Double> {
        guard whole > 0 else { return 0...1 }
        let z = 1.959_963_984_540_054
        let n = Double(whole)
        let share = Double(part) / n
        let centre = (share + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        let low = part == 0 ? 0 : max(0, centre - half)
        return low...(part == whole ? 1 : min(1, centre + half))
    }
}

extension JudgedLinks {
    /// The scored pairs in so many bins by probability.
    public func reliability(_ cut: Reliability.Cut, bins count: Int = 10) -> Reliability {
        precondition(count > 0, "Reliability needs a bin.")
        var bins: [Reliability.Bin] = []
        var current: Reliability.Bin?
        var (sum, seen) = (0.0, 0)
        let close = {
            guard var bin = current else { return }
            bin.meanProbability = sum / Double(bin.pairs)
            bins.append(bin)
            current = nil
            sum = 0
        }
        weights { weight, matches, pairs in
            let probability = LogOdds.probability(weight)
            let index = min(Int(probability * Double(count)), count - 1)
            if cut == .equalWidth, let bin = current, bin.from != Double(index) / Double(count) { close() }
            var bin = current ?? Self.opened(cut, at: probability, index: index, of: count)
            bin.pairs += pairs
            bin.matches += matches
            if cut == .equalCount { bin.to = probability }
            sum += probability * Double(pairs)
            current = bin
            seen += pairs
            // Cut where the running total passes the next multiple of an equal share.
            if cut == .equalCount, seen * count >= (bins.count + 1) * scored { close() }
        }
        close()
        return Reliability(bins: bins)
    }

    private static func opened(
        _ cut: Reliability.Cut, at probability: Double, index: Int, of count: Int
    ) -> Reliability.Bin {
        switch cut {
        case .equalCount: .init(from: probability, to: probability, pairs: 0, matches: 0, meanProbability: 0)
        case .equalWidth:
            .init(
                from: Double(index) / Double(count), to: Double(index + 1) / Double(count), pairs: 0, matches: 0,
                meanProbability: 0)
        }
    }

    /// Each weight that occurs, from the lowest up, with its matches and all its pairs.
    @inline(__always) func weights(_ body: (_ weight: Double, _ matches: Int, _ pairs: Int) -> Void) {
        matches.withUnsafeBufferPointer { matches in
            others.withUnsafeBufferPointer { others in
                var (match, other) = (0, 0)
                while match < matches.count || other < others.count {
                    let weight = min(
                        match < matches.count ? matches[match] : .infinity,
                        other < others.count ? others[other] : .infinity)
                    let (firstMatch, firstOther) = (match, other)
                    while match < matches.count, matches[match] == weight { match += 1 }
                    while other < others.count, others[other] == weight { other += 1 }
                    body(weight, match - firstMatch, match - firstMatch + other - firstOther)
                }
            }
        }
    }
}
