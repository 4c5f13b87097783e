/// What is known before training on the blocking rules' pairs begins.
struct Evidence: Sendable {
    let patterns: TrainingPatterns
    /// How many pairs that no rule brings have each level, by comparison.
    let others: [[Double]]
    /// How many pairs there may be.
    let possible: Double
    let records: Double
    /// By comparison, the patterns from which its m is learned; nil for all.
    let usable: [[Bool]?]
    let coverage: Coverage
    /// By comparison and level, the probabilities that stay.
    let heldM: [[Double?]]
    let heldU: [[Double?]]
    /// What labels say: by comparison, m of each level, and how many matches there are in all; nil where they do not.
    var labelledM: [[Double]?] = []
    var labelledMatches: Double?

    /// By comparison and level, whether any pair has it.
    var isMet: [[Bool]] {
        patterns.sizes.indices.map { comparison in
            zip(patterns.sums(comparison, of: patterns.pairs), others[comparison]).map { $0 + $1 > 0 }
        }
    }

    /// Where m begins: each level half as often as the one before it, and no last one below a tenth.
    ///
    /// So two comparisons that disagree are less likely for a match than one that does, before anything is learned.
    var firstM: [[Double]] {
        patterns.sizes.indices.map { comparison in
            if let labelled = labelled(comparison) { return labelled }
            let count = patterns.sizes[comparison]
            let shares = (0..<count).map { max(LogOdds.power(-Double($0)), $0 == count - 1 ? 0.1 : 0) }
            return Shares.of(Shares.of(shares), held: heldM[comparison])
        }
    }

    /// The m of a comparison's levels, from the expected matches of each pattern.
    func m(of comparison: Int, _ matches: [Double]) -> [Double] {
        if let labelled = labelled(comparison) { return labelled }
        let sums = patterns.sums(comparison, of: matches, where: usable[comparison])
        let least = 1 / Double(max(1, sums.count))
        return Shares.of(sums.map { $0 + least }, held: heldM[comparison])
    }

    /// The u of a comparison's levels among all pairs, from the expected others of each pattern.
    func u(of comparison: Int, _ others: [Double]) -> [Double] {
        let sums = zip(patterns.sums(comparison, of: others), self.others[comparison])
        return Shares.of(sums.map { $0 + $1 + 0.5 }, held: heldU[comparison])
    }

    private func labelled(_ comparison: Int) -> [Double]? {
        labelledM.indices.contains(comparison) ? labelledM[comparison] : nil
    }
}
