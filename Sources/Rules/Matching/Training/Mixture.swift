/// Matches and others among the pairs of the blocking rules, learned together by expectation maximisation as in
/// A. Dempster, N. Laird, D. Rubin (1977), with levels per class as in W. Winkler (1988).
///
/// Matches are one class: how many there are and how often they show each level is the same whichever rule brought
/// them. What else a rule brings is a class of its own, with its own number, u and share of chance: namesakes here,
/// relatives there. So a rule that brings families cannot make them matches: as matches they would have to show among
/// the pairs of every other rule too.
struct Mixture: Sendable {
    /// As many pairs as this do the common values weigh that a rule's others are drawn towards. With 50, what two rules
    /// share was taken for others among a few thousand records; with 1,500, relatives for matches.
    static let weightOfCommon = 300.0
    /// The same for the values given by another comparison's level.
    static let weightOfWhole = 50.0
    /// The share of chance that a rule without pairs is taken to have.
    private static let firstChance = 0.9
    private static let roundsAlone = 15
    private static let roundsOfTrees = [10, 20, 40, 300]

    let evidence: Evidence
    let strata: Int
    private let seen: [[Bool]]
    private let held: Set<Int>
    private let heldU: Set<Int>
    /// By comparison and level, among matches; and among all other pairs, those that no rule brings included.
    private(set) var m: [[Double]]
    private(set) var u: [[Double]]
    /// How many matches there are, those that no rule brings included, and which share the rules bring.
    private(set) var number: Double
    private(set) var coverage = 1.0
    /// By stratum, how many pairs do not match, and which share of them agrees by chance.
    private(set) var others: [Double] = []
    private(set) var chances: [Double]
    private(set) var parents: [Int?]
    /// For each pattern, the probability that its pairs match.
    private(set) var posterior: [Double]
    /// By comparison, log2(m / u) for each stratum, level of the parent (the first for a missing one), and level.
    private(set) var bits: [[Double]] = []
    /// The matches that were expected before dependences were looked for.
    private(set) var independent = 0.0
    private(set) var change = Double.infinity
    private(set) var isSettled = false
    private var round = 0
    private let start: Start

    /// Where each rule's others begin: at what its own pairs show, matches and all, or at what pairs show that are drawn at random.
    enum Start: Sendable { case own, common }

    init(_ evidence: Evidence, strata: Int, start: Start) {
        self.evidence = evidence
        self.start = start
        self.strata = strata
        let patterns = evidence.patterns
        m = evidence.firstM
        u = patterns.sizes.indices.map { evidence.u(of: $0, patterns.pairs) }
        number = evidence.labelledMatches ?? max(2, evidence.records)
        chances = [Double](repeating: Self.firstChance, count: strata)
        parents = patterns.sizes.map { _ in nil }
        posterior = [Double](repeating: 0, count: patterns.count)
        func held(_ values: [[Double?]]) -> Set<Int> {
            Set(values.indices.filter { values[$0].contains { $0 != nil } })
        }
        heldU = held(evidence.heldU)
        self.held = held(evidence.heldM).union(heldU)
        seen = patterns.sizes.indices.map { comparison in
            var seen = [Bool](repeating: false, count: strata * patterns.sizes[comparison])
            let levels = patterns.levels[comparison]
            for pattern in 0..<patterns.count where levels[pattern] >= 0 {
                seen[patterns.strata[pattern] * patterns.sizes[comparison] + levels[pattern]] = true
            }
            return seen
        }
    }

    var patterns: TrainingPatterns { evidence.patterns }

    /// First for a while without dependences, then with those that show, looked for anew four times.
    mutating func run() {
        iterate(Self.roundsAlone)
        independent = expected
        for rounds in Self.roundsOfTrees {
            parents =
                DependenceTree(
                    patterns, strata: strata, classes: [matches, notMatching], without: held
                ).parents
            iterate(rounds)
        }
        muteUnmet()
        setBits(matches, notMatching)
    }

    /// The expected matches of each pattern, and the expected others.
    var matches: [Double] { zip(patterns.pairs, posterior).map { $0 * $1 } }
    var notMatching: [Double] { zip(patterns.pairs, posterior).map { $0 * (1 - $1) } }

    /// The sum of the probabilities that pairs match.
    var expected: Double { matches.reduce(0, +) }

    /// The probability that two records drawn at random match.
    var prior: Double { min(max(number, 1) / evidence.possible, 0.5) }

    /// What a rule's pairs start from: all matches over them and the rule's others.
    func prior(of stratum: Int) -> Double {
        min(max(number / (number + others[stratum]), 1e-12), 1 - 1e-9)
    }

    private mutating func iterate(_ rounds: Int) {
        isSettled = false
        for _ in 0..<rounds where !isSettled {
            change = step()
            isSettled = round > 8 && change < 1e-5
        }
    }

    private mutating func step() -> Double {
        let notMatching = notMatching
        setOthers(notMatching)
        setBits(matches, notMatching)
        let starts = others.map { LogOdds.bits(number / $0) }
        let withTerms = round > 5
        var weights = (0..<patterns.count).map { pattern in
            let stratum = patterns.strata[pattern]
            return starts[stratum] + (withTerms ? Rarity.worth(patterns.terms[pattern], chances[stratum]) : 0)
        }
        for comparison in patterns.sizes.indices { add(comparison, to: &weights) }
        posterior = weights.map(LogOdds.probability)
        round += 1
        return update()
    }

    /// How many pairs of each rule do not match, and what share of those agrees by chance: from the rarity of what they
    /// share, as a mixture of its own.
    private mutating func setOthers(_ weights: [Double]) {
        var (sums, byChance) = ([Double](repeating: 0, count: strata), [Double](repeating: 0, count: strata))
        for pattern in 0..<patterns.count {
            let stratum = patterns.strata[pattern]
            sums[stratum] += weights[pattern]
            byChance[stratum] += weights[pattern] * Rarity.chance(given: patterns.terms[pattern], chances[stratum])
        }
        others = sums.map { max($0, 0.5) }
        chances = zip(byChance, sums).map { ($0 + Self.weightOfWhole * Self.firstChance) / ($1 + Self.weightOfWhole) }
    }

    private mutating func update() -> Double {
        let (matches, notMatching) = (matches, notMatching)
        var change = 0.0
        for comparison in m.indices {
            let found = evidence.m(of: comparison, matches)
            for (old, new) in zip(m[comparison], found) { change = max(change, abs(new - old)) }
            m[comparison] = found
            u[comparison] = evidence.u(of: comparison, notMatching)
        }
        coverage = evidence.coverage.share(of: matches)
        let found = evidence.labelledMatches ?? max(1, matches.reduce(0, +) / coverage)
        change = max(change, abs(LogOdds.bits(found / number)) * LogOdds.naturalBit * 0.1)
        number = found
        return change
    }

    /// Lets a level that no pair has say nothing. What stands in for counts of 0 would make much of it: u has more pairs
    /// than m to share them with, so that other records' disagreement on what is the same here would speak for a match.
    private mutating func muteUnmet() {
        for (comparison, levels) in evidence.isMet.enumerated() {
            for level in levels.indices where !levels[level] && evidence.heldU[comparison][level] == nil {
                u[comparison][level] = m[comparison][level]
            }
        }
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
}

// MARK: - The tables of the classes

extension Mixture {
    private mutating func setBits(_ matches: [Double], _ notMatching: [Double]) {
        bits = patterns.sizes.indices.map { comparison in
            let m = tableOfMatches(comparison, matches)
            let u = tableOfOthers(comparison, notMatching)
            let usual = Shares.bits(self.m[comparison], self.u[comparison])
            return u.indices.map { place in
                let common = m[place % m.count]
                // A level that no pair of the stratum has.
                guard common > 0, u[place] > 0 else { return usual[place % usual.count] }
                return LogOdds.bits(common / u[place])
            }
        }
    }

    /// How often matches have each level, by the parent's level: one table for all strata.
    func tableOfMatches(_ comparison: Int, _ matches: [Double]) -> [Double] {
        let usual = m[comparison]
        guard parents[comparison] != nil else { return usual }
        let (size, rows) = (patterns.sizes[comparison], rows(comparison))
        let counts = counts(comparison, matches, strata: 1, where: evidence.usable[comparison])
        return usual
            + (1..<rows).flatMap { row in
                Shares.of((0..<size).map { counts[row * size + $0] + Self.weightOfWhole * usual[$0] })
            }
    }

    /// How often the others of each stratum have each level, and by the parent's level.
    func tableOfOthers(_ comparison: Int, _ weights: [Double]) -> [Double] {
        let (size, rows, usual) = (patterns.sizes[comparison], rows(comparison), u[comparison])
        let counts = counts(comparison, weights, strata: strata)
        let whole = (0..<strata).map { stratum -> [Double] in
            if heldU.contains(comparison) { return usual }
            var sums = restricted(usual, comparison, stratum).map { $0 * Self.weightOfCommon }
            if start == .common, round < Self.roundsAlone { return Shares.of(sums) }
            for place in 0..<rows * size { sums[place % size] += counts[stratum * rows * size + place] }
            return Shares.of(sums)
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
            let shares = Shares.of((0..<size).map { pooled[row * size + $0] + Self.weightOfWhole * margin[$0] })
            return (0..<size).map { shares[$0] / max(margin[$0], 1e-300) }
        }
        var table: [Double] = []
        for stratum in 0..<strata {
            table += whole[stratum]
            for row in 1..<rows {
                let target = Shares.of(zip(whole[stratum], lifts[row]).map { $0 * $1 })
                let start = (stratum * rows + row) * size
                table += Shares.of((0..<size).map { counts[start + $0] + Self.weightOfWhole * target[$0] })
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

    /// The sums of weights by stratum, level of the parent and level; all in one stratum where there is but one.
    private func counts(
        _ comparison: Int, _ weights: [Double], strata: Int, where isCounted: [Bool]? = nil
    ) -> [Double] {
        let (size, rows) = (patterns.sizes[comparison], rows(comparison))
        var counts = [Double](repeating: 0, count: strata * rows * size)
        let levels = patterns.levels[comparison]
        let given = parents[comparison].map { patterns.levels[$0] }
        for pattern in 0..<patterns.count where levels[pattern] >= 0 && isCounted?[pattern] ?? true {
            let stratum = strata > 1 ? patterns.strata[pattern] : 0
            let row = stratum * rows + (given.map { $0[pattern] + 1 } ?? 0)
            counts[row * size + levels[pattern]] += weights[pattern]
        }
        return counts
    }
}
