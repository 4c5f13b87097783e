extension Mixture {
    /// How well the classes explain the pairs of each rule: log2 of the likelihood of what their comparisons show, given the rule and
    /// which values are missing, of all pairs together.
    var likelihood: Double {
        let (matches, notMatching) = (matches, notMatching)
        let m = patterns.sizes.indices.map { tableOfMatches($0, matches) }
        let u = patterns.sizes.indices.map { tableOfOthers($0, notMatching) }
        var groups: [Group: Group.Sums] = [:]
        let shown = (0..<patterns.count).map { pattern in
            let shown = probabilities(of: pattern, m, u)
            var sums = groups[shown.group] ?? Group.Sums()
            sums.byMatches += shown.byMatches
            sums.byOthers += shown.byOthers
            sums.matches += matches[pattern]
            sums.pairs += patterns.pairs[pattern]
            groups[shown.group] = sums
            return shown
        }
        return zip(shown, patterns.pairs).reduce(0) { sum, next in
            let (shown, pairs) = next
            guard let group = groups[shown.group], group.pairs > 0 else { return sum }
            let share = group.matches / group.pairs
            let likely =
                share * shown.byMatches / max(group.byMatches, 1e-300)
                + (1 - share) * shown.byOthers / max(group.byOthers, 1e-300)
            return sum + pairs * LogOdds.bits(max(likely, 1e-300))
        }
    }

    /// Patterns of one rule with the same values missing: among them the classes' probabilities add up to one.
    private struct Group: Hashable {
        let stratum: Int
        let missing: Set<Int>

        struct Sums {
            var (byMatches, byOthers) = (0.0, 0.0)
            var (matches, pairs) = (0.0, 0.0)
        }
    }

    /// How likely each class shows a pattern, up to what its group has in common.
    private func probabilities(
        of pattern: Int, _ m: [[Double]], _ u: [[Double]]
    ) -> (group: Group, byMatches: Double, byOthers: Double) {
        var (byMatches, byOthers, missing) = (1.0, 1.0, Set<Int>())
        for comparison in patterns.sizes.indices {
            let level = patterns.levels[comparison][pattern]
            guard level >= 0 else {
                missing.insert(comparison)
                continue
            }
            let row = parents[comparison].map { patterns.levels[$0][pattern] + 1 } ?? 0
            let size = patterns.sizes[comparison]
            byMatches *= m[comparison][row * size + level]
            byOthers *= u[comparison][(patterns.strata[pattern] * rows(comparison) + row) * size + level]
        }
        return (Group(stratum: patterns.strata[pattern], missing: missing), byMatches, byOthers)
    }
}
