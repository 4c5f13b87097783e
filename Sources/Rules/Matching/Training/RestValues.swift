/// What is known of the pairs that no rule brings, where all of them are compared.
///
/// The prior and m come from the matches that the rules brought; u is learned from these pairs. Neither prior nor m is
/// learned here: with so few matches, expectation maximisation would soon take something else for them.
struct RestValues: Sendable {
    private static let weightOfIndependence = 20.0

    let prior: Double
    /// By comparison, log2(m / u) for each level of the parent (the first for a missing one), and level.
    private(set) var bits: [[Double]] = []

    init(_ mixture: Mixture, _ rest: TrainingPatterns) {
        let evidence = mixture.evidence
        let matches = mixture.matches
        let m = rest.sizes.indices.map { evidence.m(of: $0, matches) }
        prior = mixture.prior
        let lifts = rest.sizes.indices.map { comparison in
            mixture.parents[comparison].map { parent in
                zip(
                    Self.lift(mixture.patterns, parent, comparison, matches),
                    Self.lift(rest, parent, comparison, rest.pairs)
                ).map { $0 - $1 }
            }
        }
        var u = rest.sizes.indices.map { comparison in
            Shares.of(
                rest.sums(comparison, of: rest.pairs).map { $0 + 0.5 }, held: evidence.heldU[comparison])
        }
        var expected = prior * rest.total
        for round in 0..<100 {
            let posterior = posterior(rest, m, u, lifts, mixture.parents)
            let others = zip(rest.pairs, posterior).map { $0 * (1 - $1) }
            for comparison in u.indices {
                u[comparison] = Shares.of(
                    rest.sums(comparison, of: others).map { $0 + 0.5 }, held: evidence.heldU[comparison])
            }
            let found = zip(rest.pairs, posterior).reduce(0) { $0 + $1.0 * $1.1 }
            if round > 2, abs(found - expected) <= 1e-4 * expected { break }
            expected = found
        }
        let isMet = evidence.isMet
        bits = rest.sizes.indices.map { comparison in
            let plain = zip(Shares.bits(m[comparison], u[comparison]), isMet[comparison]).map { $1 ? $0 : 0 }
            guard let lift = lifts[comparison] else { return plain }
            return plain + lift.indices.map { plain[$0 % plain.count] + lift[$0] }
        }
    }

    private func posterior(
        _ rest: TrainingPatterns, _ m: [[Double]], _ u: [[Double]], _ lifts: [[Double]?], _ parents: [Int?]
    ) -> [Double] {
        let start = LogOdds.bits(prior / (1 - prior))
        var weights = rest.terms.map { $0 + start }
        for comparison in rest.sizes.indices {
            rest.add(Shares.bits(m[comparison], u[comparison]), of: comparison, to: &weights)
            guard let parent = parents[comparison], let lift = lifts[comparison] else { continue }
            let (rows, columns) = (rest.levels[parent], rest.levels[comparison])
            for pattern in 0..<rest.count where rows[pattern] >= 0 && columns[pattern] >= 0 {
                weights[pattern] += lift[rows[pattern] * rest.sizes[comparison] + columns[pattern]]
            }
        }
        return weights.map(LogOdds.probability)
    }

    /// log2 of how much more often two levels are met together than if they were independent.
    private static func lift(
        _ patterns: TrainingPatterns, _ parent: Int, _ comparison: Int, _ weights: [Double]
    ) -> [Double] {
        let columns = patterns.sizes[comparison]
        var cells = patterns.sums(parent, comparison, of: weights)
        func margins() -> (rows: [Double], columns: [Double]) {
            var (rows, sums) = (
                [Double](repeating: 0, count: cells.count / columns), [Double](repeating: 0, count: columns)
            )
            for place in cells.indices {
                rows[place / columns] += cells[place]
                sums[place % columns] += cells[place]
            }
            return (rows, sums)
        }
        let total = max(1, cells.reduce(0, +))
        var sums = margins()
        for place in cells.indices {
            cells[place] +=
                weightOfIndependence * sums.rows[place / columns] * sums.columns[place % columns] / total / total
                + 1e-9
        }
        sums = margins()
        let all = cells.reduce(0, +)
        return cells.indices.map { place in
            LogOdds.bits(cells[place] * all / (sums.rows[place / columns] * sums.columns[place % columns]))
        }
    }
}
