/// The m, u and prior common to all pairs, learned together from the pairs of the rules and a sample of the others.
///
/// Expectation maximisation in which u gives up what the matches among the pairs have, and m of a comparison is learned
/// only from pairs that a rule brings which does not look at the comparison's columns.
struct CommonValues: Sendable {
    private(set) var m: [[Double]]
    private(set) var u: [[Double]]
    private(set) var prior: Double
    /// By comparison and level, whether any pair has it.
    let isMet: [[Bool]]
    /// The share of all matches that some rule brings.
    private(set) var coverage = 1.0
    /// For each pattern, the probability that its pairs match.
    private(set) var posterior: [Double] = []
    private(set) var isSettled = false
    private(set) var change = Double.infinity
    let evidence: Evidence

    /// What is known before training begins.
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
    }

    init(_ evidence: Evidence) {
        self.evidence = evidence
        let patterns = evidence.patterns
        m = evidence.patterns.sizes.map { count in
            Shares.of((0..<count).map { max(LogOdds.power(-Double($0)), $0 == count - 1 ? 0.1 : 0) })
        }
        u = patterns.sizes.indices.map { comparison in
            let sums = patterns.sums(comparison, of: patterns.pairs)
            return Shares.of(zip(sums, evidence.others[comparison]).map { max($0 + $1, 0.5) })
        }
        for comparison in m.indices {
            m[comparison] = Shares.of(m[comparison], held: evidence.heldM[comparison])
            u[comparison] = Shares.of(u[comparison], held: evidence.heldU[comparison])
        }
        prior = 1 / max(2, evidence.records)
        isMet = patterns.sizes.indices.map { comparison in
            let sums = patterns.sums(comparison, of: patterns.pairs)
            return zip(sums, evidence.others[comparison]).map { $0 + $1 > 0 }
        }
        run()
        muteUnmet()
    }

    /// Lets a level that no pair has say nothing. What stands in for counts of 0 would make much of it: u has more pairs
    /// than m to share them with, so that other records' disagreement on what is the same here would speak for a match.
    private mutating func muteUnmet() {
        for (comparison, levels) in isMet.enumerated() {
            for level in levels.indices where !levels[level] && evidence.heldU[comparison][level] == nil {
                u[comparison][level] = m[comparison][level]
            }
        }
    }

    private mutating func run() {
        var round = 0
        while round < 300, !isSettled {
            change = step(withTerms: round > 5)
            isSettled = round > 8 && change < 1e-5
            round += 1
        }
    }

    private mutating func step(withTerms: Bool) -> Double {
        let patterns = evidence.patterns
        var weights = [Double](repeating: LogOdds.bits(prior / (1 - prior)), count: patterns.count)
        for comparison in m.indices {
            patterns.add(Shares.bits(m[comparison], u[comparison]), of: comparison, to: &weights)
        }
        if withTerms { for pattern in weights.indices { weights[pattern] += patterns.terms[pattern] } }
        posterior = weights.map(LogOdds.probability)
        let matches = zip(patterns.pairs, posterior).map { $0 * $1 }
        let others = zip(patterns.pairs, posterior).map { $0 * (1 - $1) }
        var change = 0.0
        for comparison in m.indices {
            let newM = evidence.m(of: comparison, matches)
            for (old, new) in zip(m[comparison], newM) { change = max(change, abs(new - old)) }
            m[comparison] = newM
            let sums = zip(patterns.sums(comparison, of: others), evidence.others[comparison])
            u[comparison] = Shares.of(sums.map { $0 + $1 + 0.5 }, held: evidence.heldU[comparison])
        }
        coverage = evidence.coverage.share(of: matches)
        let found = matches.reduce(0, +) / (evidence.possible * coverage)
        change = max(change, abs(LogOdds.bits(max(found, 1e-300) / prior)) * LogOdds.naturalBit * 0.1)
        prior = min(max(found, 1 / evidence.possible), 0.5)
        return change
    }

    /// The sum of the probabilities that pairs match.
    var expected: Double { zip(evidence.patterns.pairs, posterior).reduce(0) { $0 + $1.0 * $1.1 } }
}

extension CommonValues.Evidence {
    /// The m of a comparison's levels, from the expected matches of each pattern.
    func m(of comparison: Int, _ matches: [Double]) -> [Double] {
        let sums = patterns.sums(comparison, of: matches, where: usable[comparison])
        let least = 1 / Double(max(1, sums.count))
        return Shares.of(sums.map { $0 + least }, held: heldM[comparison])
    }
}

/// Which share of all matches the rules bring, from how often the matches of other rules have each piece of a rule;
/// pieces of different columns are taken as independent.
struct Coverage: Sendable {
    /// By piece, the patterns that a rule brings which does not look at the piece's columns.
    private let isFair: [[Bool]]
    private let holds: [[Bool]]
    private let needs: [UInt32]
    private let hits: [Bool]

    init(_ patterns: TrainingPatterns, _ pieces: RulePieces) {
        let rules = pieces.needs.indices
        isFair = pieces.pieces.indices.map { piece in
            let free = rules.filter { pieces.ruleColumns[$0].isDisjoint(with: pieces.columns[piece]) }
            return (0..<patterns.count).map { pattern in
                free.contains { pieces.holds($0, patterns.pieces[pattern], stratum: patterns.strata[pattern]) }
            }
        }
        holds = pieces.pieces.indices.map { piece in patterns.pieces.map { $0 >> UInt32(piece) & 1 == 1 } }
        let needs = pieces.needs.compactMap(\.self)
        self.needs = needs
        hits =
            pieces.pieces.count > 14
            ? [] : (0..<UInt32(1) << UInt32(pieces.pieces.count)).map { set in needs.contains { set & $0 == $0 } }
    }

    /// The share, at least 0.3, given the expected matches of each pattern.
    func share(of matches: [Double]) -> Double {
        let shares = isFair.indices.map { piece in
            var (all, having) = (0.0, 0.0)
            for pattern in matches.indices where isFair[piece][pattern] {
                all += matches[pattern]
                if holds[piece][pattern] { having += matches[pattern] }
            }
            return having / max(all, 1e-9)
        }
        return min(1, max(0.3, hits.isEmpty ? ofManyPieces(shares) : ofFewPieces(shares)))
    }

    private func ofFewPieces(_ shares: [Double]) -> Double {
        var probabilities = [1.0]
        for share in shares {
            probabilities = probabilities.map { $0 * (1 - share) } + probabilities.map { $0 * share }
        }
        return zip(probabilities, hits).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
    }

    private func ofManyPieces(_ shares: [Double]) -> Double {
        1
            - needs.reduce(1.0) { missed, bits in
                let all = shares.indices.filter { bits >> UInt32($0) & 1 == 1 }.reduce(1.0) { $0 * shares[$1] }
                return missed * (1 - all)
            }
    }
}
