/// A calibration fitted to judged pairs, and how far it can be trusted.
///
/// Logistic regression of match or not on the weight, by Newton's method (Platt, "Probabilistic outputs for support
/// vector machines", 1999). A ridge pulls the slope towards 1 and the offset towards 0, as if that many pairs had said
/// so, which keeps the line finite where a threshold would separate the pairs perfectly.
public struct CalibrationFit: Equatable, Sendable {
    public let calibration: Calibration
    /// How many pairs of each kind it was fitted to.
    public let matches, others: Int
    /// The losses over these pairs without and with it. On pairs it has not seen they are a little higher.
    public let before, after: Losses
    public let warnings: [Warning]

    /// Why the line may not hold for other pairs.
    public enum Warning: Equatable, Sendable {
        /// Fewer than `CalibrationFit.enough` pairs of a kind.
        case fewLabels(matches: Int, others: Int)
        /// Some weight separates the pairs perfectly, so the slope is the ridge's choice.
        case separated
        /// Heavier pairs match more seldom: the labels or the model are wrong, and the weights were left as they are.
        case reversed(slope: Double)
        /// Newton's method did not come to rest; the weights were left as they are.
        case unsettled

        public var sentence: String {
            switch self {
            case .fewLabels(let matches, let others):
                "Only \(matches) matches and \(others) other pairs are labelled; label \(CalibrationFit.enough) of each."
            case .separated:
                "The labels are all on the right side of one weight, so they do not say how steep the line is."
            case .reversed:
                "Among the labels heavier pairs match more seldom. Look at the labels and at the model; nothing was fitted."
            case .unsettled:
                "The labels fit no line. Look for weights that are far from all others; nothing was fitted."
            }
        }
    }

    /// As many pairs of each kind as a slope needs (Vergouwe and others, "Substantial effective sample sizes were
    /// required for external validation studies of predictive logistic regression models", 2005).
    public static let enough = 100

    /// Fits the line. Throws when there is no match or no other pair among the labels, for then nothing can be said.
    public init(to links: JudgedLinks, ridge: Double = 1) throws(ModelFault) {
        guard !links.matches.isEmpty, !links.others.isEmpty, let before = links.losses else {
            let kind = links.matches.isEmpty ? "match" : "pair of two different things"
            throw ModelFault(at: "labels", "No scored pair is labelled as a \(kind). Calibrating needs both kinds.")
        }
        var warnings: [Warning] = []
        if min(links.matches.count, links.others.count) < Self.enough {
            warnings.append(.fewLabels(matches: links.matches.count, others: links.others.count))
        }
        if links.matches[0] > links.others[links.others.count - 1] { warnings.append(.separated) }
        var line = LogisticLine(groups: links.weightGroups(within: links.scored > 100_000 ? 0.01 : 0), ridge: ridge)
        let hasSettled = line.settle()
        if !hasSettled { warnings.append(.unsettled) }
        if hasSettled, line.slope <= 0 { warnings.append(.reversed(slope: line.slope)) }
        let isUsable = hasSettled && line.slope > 0
        calibration =
            isUsable ? Calibration(slope: line.slope, offset: line.offset) : Calibration(slope: 1, offset: 0)
        matches = links.matches.count
        others = links.others.count
        self.before = before
        after = isUsable ? links.calibrated(by: calibration).losses ?? before : before
        self.warnings = warnings
    }
}

/// Pairs of nearly one weight.
struct WeightGroup {
    var weight: Double
    var matches: Double
    var pairs: Double
}

extension JudgedLinks {
    /// The pairs in groups of weights that are so many bits apart at most, whose mean stands for them. The error is
    /// of second order: within a hundredth of a bit the line moves by less than 1e-4, and the work no longer grows
    /// with the pairs.
    func weightGroups(within width: Double) -> [WeightGroup] {
        var groups: [WeightGroup] = []
        var start = -Double.infinity
        weights { weight, matches, pairs in
            let weight = min(max(weight, -LogOdds.most), LogOdds.most)
            if !groups.isEmpty, weight - start <= width {
                groups[groups.count - 1].weight += weight * Double(pairs)
                groups[groups.count - 1].matches += Double(matches)
                groups[groups.count - 1].pairs += Double(pairs)
            } else {
                start = weight
                let sum = weight * Double(pairs)
                groups.append(WeightGroup(weight: sum, matches: Double(matches), pairs: Double(pairs)))
            }
        }
        for index in groups.indices { groups[index].weight /= groups[index].pairs }
        return groups
    }
}

/// The line that Newton's method looks for: log-odds in bits = slope * weight + offset.
struct LogisticLine {
    let groups: [WeightGroup]
    let ridge: Double
    var slope = 1.0
    var offset = 0.0

    init(groups: [WeightGroup], ridge: Double) {
        self.groups = groups
        self.ridge = ridge
    }

    /// Goes down to the least loss, halving a step that would go up. Says whether it came to rest.
    mutating func settle() -> Bool {
        var current = loss
        for _ in 0..<100 {
            var (stepSlope, stepOffset) = step()
            guard stepSlope.isFinite, stepOffset.isFinite else { return false }
            let from = (slope, offset)
            var halvings = 0
            while true {
                (slope, offset) = (from.0 - stepSlope, from.1 - stepOffset)
                let next = loss
                if next <= current || halvings == 50 {
                    current = min(next, current)
                    break
                }
                (stepSlope, stepOffset, halvings) = (stepSlope / 2, stepOffset / 2, halvings + 1)
            }
            if max(stepSlope.magnitude, stepOffset.magnitude) < 1e-9 { return true }
        }
        return false
    }

    /// The loss in nats, with the ridge.
    private var loss: Double {
        var sum = ridge / 2 * ((slope - 1) * (slope - 1) + offset * offset)
        for group in groups {
            let weight = slope * group.weight + offset
            sum += group.matches * LogOdds.loss(weight) + (group.pairs - group.matches) * LogOdds.loss(-weight)
        }
        return sum
    }

    /// Newton's step: the inverse of the second derivatives, on the first.
    private func step() -> (slope: Double, offset: Double) {
        let bit = LogOdds.naturalBit
        var (slopeFirst, offsetFirst) = (ridge * (slope - 1), ridge * offset)
        var (slopeSecond, both, offsetSecond) = (ridge, 0.0, ridge)
        for group in groups {
            let probability = LogOdds.probability(slope * group.weight + offset)
            let excess = bit * (group.pairs * probability - group.matches)
            slopeFirst += excess * group.weight
            offsetFirst += excess
            let spread = bit * bit * group.pairs * probability * (1 - probability)
            slopeSecond += spread * group.weight * group.weight
            both += spread * group.weight
            offsetSecond += spread
        }
        let determinant = slopeSecond * offsetSecond - both * both
        return (
            (offsetSecond * slopeFirst - both * offsetFirst) / determinant,
            (slopeSecond * offsetFirst - both * slopeFirst) / determinant
        )
    }
}
