/// Matches and others among the pairs of every rule, learned together: a prior, m and u for each rule's pairs, drawn
/// towards the common values, and given by other comparisons where they depend on each other.
///
/// Expectation maximisation as in A. Dempster, N. Laird, D. Rubin (1977), with levels per class as in W. Winkler (1988);
/// the dependences are a forest (`DependenceTree`).
struct Mixture: Sendable {
    /// As many pairs as this does what is drawn towards weigh.
    static let weightOfCommon = 50.0

    let patterns: TrainingPatterns
    let common: CommonValues
    let strata: Int
    private let seen: [[Bool]]
    private let heldM: Set<Int>
    private let heldU: Set<Int>
    private(set) var parents: [Int?]
    /// For each pattern, the probability that its pairs match.
    private(set) var posterior: [Double]
    /// The share of each stratum's pairs that match.
    private(set) var priors: [Double] = []
    /// By comparison, log2(m / u) for each stratum, level of the parent (the first for a missing one), and level.
    private(set) var bits: [[Double]] = []
    private(set) var change = Double.infinity
    private(set) var isSettled = true

    init(_ common: CommonValues, strata: Int) {
        self.common = common
        self.strata = strata
        let patterns = common.evidence.patterns
        self.patterns = patterns
        parents = patterns.sizes.map { _ in nil }
        posterior = common.posterior
        func held(_ values: [[Double?]]) -> Set<Int> {
            Set(values.indices.filter { values[$0].contains { $0 != nil } })
        }
        heldM = held(common.evidence.heldM)
        heldU = held(common.evidence.heldU)
        seen = patterns.sizes.indices.map { comparison in
            var seen = [Bool](repeating: false, count: strata * patterns.sizes[comparison])
            let levels = patterns.levels[comparison]
            for pattern in 0..<patterns.count where levels[pattern] >= 0 {
                seen[patterns.strata[pattern] * patterns.sizes[comparison] + levels[pattern]] = true
            }
            return seen
        }
    }

    /// First without dependences, then at most four times with those that show.
    mutating func run() {
        iterate()
        var tried: [[Int?]] = []
        for _ in 0..<4 {
            let tree = DependenceTree(
                patterns, strata: strata, classes: [matches, others], without: heldM.union(heldU))
            guard tree.parents.contains(where: { $0 != nil }), !tried.contains(tree.parents) else { return }
            tried.append(tree.parents)
            parents = tree.parents
            iterate()
        }
    }

    /// The expected matches of each pattern, and the expected others.
    var matches: [Double] { zip(patterns.pairs, posterior).map { $0 * $1 } }
    var others: [Double] { zip(patterns.pairs, posterior).map { $0 * (1 - $1) } }

    private mutating func iterate() {
        isSettled = false
        for _ in 0..<200 where !isSettled {
            change = step()
            isSettled = change < 1e-4
        }
    }

    private mutating func step() -> Double {
        let (matches, others) = (matches, others)
        bits = patterns.sizes.indices.map { comparison in
            let m = table(comparison, matches, common.m[comparison], isHeld: heldM.contains(comparison))
            let u = table(comparison, others, common.u[comparison], isHeld: heldU.contains(comparison))
            return ratios(m, u, comparison)
        }
        setPriors(matches)
        let starts = priors.map { LogOdds.bits($0 / (1 - $0)) }
        var weights = (0..<patterns.count).map { patterns.terms[$0] + starts[patterns.strata[$0]] }
        for comparison in patterns.sizes.indices { add(comparison, to: &weights) }
        let found = weights.map(LogOdds.probability)
        var moved = 0.0
        for pattern in found.indices { moved += patterns.pairs[pattern] * abs(found[pattern] - posterior[pattern]) }
        posterior = found
        return moved / max(1, matches.reduce(0, +))
    }

    private mutating func setPriors(_ matches: [Double]) {
        var found = [Double](repeating: 0, count: strata)
        var pairs = found
        for pattern in 0..<patterns.count {
            found[patterns.strata[pattern]] += matches[pattern]
            pairs[patterns.strata[pattern]] += patterns.pairs[pattern]
        }
        let mean = found.reduce(0, +) / max(1, patterns.total)
        priors = zip(found, pairs).map { min(max(($0 + 2 * mean) / ($1 + 2), 1e-12), 1 - 1e-9) }
    }

    private func add(_ comparison: Int, to weights: inout [Double]) {
        let levels = patterns.levels[comparison]
        let (rows, size) = (rows(comparison), patterns.sizes[comparison])
        let given = parents[comparison].map { patterns.levels[$0] }
        for pattern in 0..<patterns.count where levels[pattern] >= 0 {
            let row = patterns.strata[pattern] * rows + (given.map { $0[pattern] + 1 } ?? 0)
            weights[pattern] += bits[comparison][row * size + levels[pattern]]
        }
    }

    /// The rows of a stratum: one, or one for each level of the parent and one for a missing value there.
    func rows(_ comparison: Int) -> Int {
        parents[comparison].map { patterns.sizes[$0] + 1 } ?? 1
    }

    private func ratios(_ m: [Double], _ u: [Double], _ comparison: Int) -> [Double] {
        let usual = Shares.bits(common.m[comparison], common.u[comparison])
        return m.indices.map { place in
            // A level that no pair of the stratum has.
            guard m[place] > 0, u[place] > 0 else { return usual[place % usual.count] }
            return LogOdds.bits(m[place] / u[place])
        }
    }
}

// MARK: - The tables of one class

extension Mixture {
    /// How often each level is met in each stratum, and by the parent's level, among pairs of these weights.
    private func table(_ comparison: Int, _ weights: [Double], _ usual: [Double], isHeld: Bool) -> [Double] {
        let (size, rows) = (patterns.sizes[comparison], rows(comparison))
        let counts = counts(comparison, weights)
        var whole: [[Double]] = []
        for stratum in 0..<strata {
            let restricted = restricted(usual, comparison, stratum)
            var sums = restricted.map { $0 * (isHeld ? 1 : Self.weightOfCommon) }
            for place in 0..<(isHeld ? 0 : rows * size) { sums[place % size] += counts[stratum * rows * size + place] }
            whole.append(isHeld ? usual : Shares.of(sums))
        }
        return parents[comparison] == nil ? Array(whole.joined()) : given(comparison, counts, whole, usual)
    }

    private func given(
        _ comparison: Int, _ counts: [Double], _ whole: [[Double]], _ usual: [Double]
    ) -> [Double] {
        let (size, rows) = (patterns.sizes[comparison], rows(comparison))
        var pooled = [Double](repeating: 0, count: rows * size)
        for place in counts.indices { pooled[place % (rows * size)] += counts[place] }
        var margin = usual
        for place in pooled.indices { margin[place % size] += pooled[place] }
        margin = Shares.of(margin)
        let lifts = (0..<rows).map { row in
            let shares = Shares.of((0..<size).map { pooled[row * size + $0] + Self.weightOfCommon * margin[$0] })
            return (0..<size).map { shares[$0] / max(margin[$0], 1e-300) }
        }
        var table: [Double] = []
        for stratum in 0..<strata {
            table += whole[stratum]
            for row in 1..<rows {
                let target = Shares.of(zip(whole[stratum], lifts[row]).map { $0 * $1 })
                let start = (stratum * rows + row) * size
                table += Shares.of((0..<size).map { counts[start + $0] + Self.weightOfCommon * target[$0] })
            }
        }
        return table
    }

    /// The common values of those levels that pairs of the stratum have at all.
    ///
    /// Pairs of a later rule cannot agree on what an earlier rule asks for; without this, they would be taken to.
    private func restricted(_ usual: [Double], _ comparison: Int, _ stratum: Int) -> [Double] {
        let kept = usual.indices.map { seen[comparison][stratum * usual.count + $0] ? usual[$0] : 0 }
        return kept.contains { $0 > 0 } ? Shares.of(kept) : usual
    }

    private func counts(_ comparison: Int, _ weights: [Double]) -> [Double] {
        let (size, rows) = (patterns.sizes[comparison], rows(comparison))
        var counts = [Double](repeating: 0, count: strata * rows * size)
        let levels = patterns.levels[comparison]
        let given = parents[comparison].map { patterns.levels[$0] }
        for pattern in 0..<patterns.count where levels[pattern] >= 0 {
            let row = patterns.strata[pattern] * rows + (given.map { $0[pattern] + 1 } ?? 0)
            counts[row * size + levels[pattern]] += weights[pattern]
        }
        return counts
    }
}
