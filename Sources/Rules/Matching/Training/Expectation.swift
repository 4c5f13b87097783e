/// Expectation maximisation over counted patterns: what share of the pairs match, and how often each level is met
/// among those that do. A. Dempster, N. Laird, D. Rubin (1977); for linkage W. Winkler (1988).
///
/// u stays as it is: nearly all pairs do not match, so it is known better from random pairs.
struct Expectation: Sendable {
    /// By comparison and level.
    var m: [[Double]]
    let u: [[Double]]
    /// The share of the pairs at hand that match.
    var share: Double
    /// Comparisons that say nothing here, such as those of the columns that the pairs were chosen by.
    let silent: Set<Int>
    /// Levels whose m stays.
    let fixed: Set<LevelPlace>
    let nulls: Set<LevelPlace>

    struct LevelPlace: Hashable, Sendable {
        let comparison: Int
        let level: Int
    }

    struct Outcome: Sendable {
        let iterations: Int
        /// The largest change in the last iteration.
        let change: Double
        /// The expected matches at each level, by comparison.
        let matches: [[Double]]
    }

    /// Iterates until no probability changes by more than the tolerance, or as often as allowed.
    mutating func run(_ table: PatternTable, iterations: Int, tolerance: Double) -> Outcome {
        var change = Double.infinity
        var rounds = 0
        var matches = m
        while rounds < iterations, change > tolerance {
            matches = expected(table)
            change = maximise(matches, pairs: table.pairs)
            rounds += 1
        }
        return Outcome(iterations: rounds, change: change, matches: matches)
    }

    /// The expected matches at each level.
    private func expected(_ table: PatternTable) -> [[Double]] {
        var sums = m.map { [Double](repeating: 0, count: $0.count) }
        for pattern in 0..<table.patterns {
            let matches = table.counts[pattern] * posterior(table, pattern)
            for comparison in m.indices { sums[comparison][table.level(pattern, comparison)] += matches }
        }
        return sums
    }

    /// The probability that a pair of a pattern matches.
    private func posterior(_ table: PatternTable, _ pattern: Int) -> Double {
        var odds = share / (1 - share)
        for comparison in m.indices where !silent.contains(comparison) {
            let level = table.level(pattern, comparison)
            guard !nulls.contains(LevelPlace(comparison: comparison, level: level)) else { continue }
            odds *= m[comparison][level] / u[comparison][level]
        }
        return odds.isInfinite ? 1 : odds / (1 + odds)
    }

    private mutating func maximise(_ matches: [[Double]], pairs: Double) -> Double {
        var change = 0.0
        let total = matches.first.map { $0.reduce(0, +) } ?? 0
        let newShare = min(max(total / max(pairs, 1), 1e-12), 1 - 1e-12)
        change = max(change, abs(newShare - share))
        share = newShare
        for comparison in m.indices where !silent.contains(comparison) {
            let open = m[comparison].indices.filter {
                let place = LevelPlace(comparison: comparison, level: $0)
                return !nulls.contains(place) && !fixed.contains(place)
            }
            let kept = m[comparison].indices.filter {
                fixed.contains(LevelPlace(comparison: comparison, level: $0))
            }
            let room = max(0, 1 - kept.reduce(0) { $0 + m[comparison][$1] })
            let sum = open.reduce(0) { $0 + matches[comparison][$1] }
            guard sum > 0 else { continue }
            for level in open {
                let value = room * matches[comparison][level] / sum
                change = max(change, abs(value - m[comparison][level]))
                m[comparison][level] = value
            }
        }
        return change
    }
}
