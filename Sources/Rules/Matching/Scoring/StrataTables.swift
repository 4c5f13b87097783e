/// The weights of every stratum, laid out so that one look-up gives a level's weight.
///
/// A comparison's weights are rows, one for each level of its parent and one more for when that is not known yet, with
/// the most that any row has; without a parent there is one row.
struct StrataTables: Sendable {
    private(set) var weights: [Double] = []
    /// For each weight, the most that its level or any after it can bring, frequencies included.
    private(set) var bestFrom: [Double] = []
    /// log2 of the odds of each stratum's prior. The last is that of the pairs which no rule brings.
    private(set) var priors: [Double] = []
    /// By stratum, the share of its other pairs that agree by chance.
    private(set) var chances: [Double] = []
    /// The weights of one stratum.
    private(set) var size = 0

    init() {}

    /// - Parameters:
    ///   - base: log2(m / u) of each level, comparison after comparison.
    ///   - adjustments: The most that frequencies can add to each level.
    ///   - comparisons: Are told where their weights are.
    init(
        of model: Model, base: [Double], adjustments: [Double], _ comparisons: inout [Scorer.Compared]
    ) throws(ModelFault) {
        try model.checkStrata()
        for number in comparisons.indices {
            comparisons[number].table = Int32(size)
            var rows = 1
            if let parent = model.strata?.parents[number] {
                comparisons[number].parent = Int32(parent)
                comparisons[number].unknownRow = comparisons[parent].count
                rows = Int(comparisons[parent].count) + 1
            }
            size += rows * Int(comparisons[number].count)
        }
        guard let strata = model.strata else {
            add(prior: model.prior, comparisons, adjustments) { number, _ in
                Array(base[Self.levels(of: comparisons[number])])
            }
            return
        }
        for stratum in strata.rules {
            add(prior: stratum.prior, chance: stratum.chance, comparisons, adjustments) { stratum.weights[$0][$1] }
        }
        let rest = (prior: strata.rest?.prior ?? model.prior, chance: strata.rest?.chance ?? 1)
        add(prior: rest.prior, chance: rest.chance, comparisons, adjustments) { number, row in
            strata.rest.map { $0.weights[number][row] } ?? Array(base[Self.levels(of: comparisons[number])])
        }
    }

    private static func levels(of compared: Scorer.Compared) -> Range<Int> {
        Int(compared.base)..<Int(compared.base + compared.count)
    }

    private mutating func add(
        prior: Double, chance: Double = 1, _ comparisons: [Scorer.Compared], _ adjustments: [Double],
        _ row: (_ comparison: Int, _ row: Int) -> [Double]
    ) {
        priors.append(LogOdds.bits(prior / (1 - prior)))
        chances.append(chance)
        for (number, compared) in comparisons.enumerated() {
            let rows = (0..<max(1, Int(compared.unknownRow))).map { row(number, $0) }
            let most = adjustments[Self.levels(of: compared)].map { $0 * chance }
            let best = rows.map { Self.bestFrom($0, most) }
            weights += rows.joined()
            bestFrom += best.joined()
            guard compared.parent >= 0 else { continue }
            weights += Self.highest(rows)
            bestFrom += Self.highest(best)
        }
    }

    private static func bestFrom(_ weights: [Double], _ adjustments: [Double]) -> [Double] {
        var best = -Double.infinity
        var found = weights
        for level in weights.indices.reversed() {
            best = max(best, weights[level] + adjustments[level])
            found[level] = best
        }
        return found
    }

    private static func highest(_ rows: [[Double]]) -> [Double] {
        rows.dropFirst().reduce(rows[0]) { zip($0, $1).map { max($0, $1) } }
    }
}

extension Model {
    /// Refuses strata that do not fit the rules and comparisons.
    func checkStrata() throws(ModelFault) {
        guard let strata else { return }
        guard strata.rules.count == blocking.count, strata.parents.count == comparisons.count else {
            throw ModelFault(
                at: "strata", "They were trained for other blocking rules or comparisons than these. Train again.")
        }
        for number in comparisons.indices {
            var (seen, next) = (0, strata.parents[number])
            while let parent = next, seen <= comparisons.count {
                guard comparisons.indices.contains(parent) else {
                    throw ModelFault(at: "strata", "There is no comparison number \(parent + 1).")
                }
                (seen, next) = (seen + 1, strata.parents[parent])
            }
            guard seen <= comparisons.count else {
                throw ModelFault(at: "strata", "The weights of \(comparisons[number].name) are given by themselves.")
            }
        }
        for (place, stratum) in (strata.rules + [strata.rest].compactMap(\.self)).enumerated() {
            guard isFitting(stratum, strata.parents) else {
                throw ModelFault(
                    at: "strata \(place + 1)",
                    "The weights do not fit the comparisons' levels, or are no numbers. Train again.")
            }
        }
    }

    private func isFitting(_ stratum: Stratum, _ parents: [Int?]) -> Bool {
        guard stratum.prior > 0, stratum.prior < 1, (0...1).contains(stratum.chance),
            stratum.weights.count == comparisons.count
        else { return false }
        return comparisons.indices.allSatisfy { number in
            let rows = stratum.weights[number]
            return rows.count == (parents[number].map { comparisons[$0].levels.count } ?? 1)
                && rows.allSatisfy {
                    $0.count == comparisons[number].levels.count && $0.allSatisfy { abs($0) <= Stratum.mostWeight }
                }
        }
    }
}
