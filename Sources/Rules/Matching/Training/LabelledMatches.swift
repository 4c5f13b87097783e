/// What labels say of matches: how often they show each level, and how many there are.
struct LabelledMatches: Sendable {
    /// More records than this are not one person, but a filler in the column of clusters.
    static let mostInCluster = 10_000
    /// A level with fewer labelled matches than this is said to be rough.
    static let few = 5.0

    /// How many labelled matches have each of the model's levels, by comparison.
    private(set) var counts: [[Double]]
    private(set) var pairs = 0.0
    /// How many matches there are in all; nil where labels are a sample.
    private(set) var all: Double?

    /// - Parameter truth: Its records are numbered by their rows.
    init(_ truth: Truth, in linker: Linker) throws(ModelFault) {
        counts = linker.scorer.comparisons.map { [Double](repeating: 0, count: Int($0.count)) }
        let sweep = try linker.sweep(over: [])
        switch truth {
        case .clusters(let clusters):
            count(try Self.clusters(clusters), sweep)
            let known = clusters.prefix(linker.records.count).count { $0 != Truth.notKnown }
            // Where a record's cluster is not known its matches are not either; a few such are no harm.
            if Double(known) >= 0.95 * Double(linker.records.count) { all = max(1, pairs) }
        case .pairs(let labels, _):
            count(try Self.matches(labels, of: linker.records.count), sweep)
        }
        guard pairs > 0 else {
            throw ModelFault(
                at: "truth",
                "No two of the records are said to be the same, so there is nothing to learn from. Give some matches.")
        }
    }

    /// m of a comparison's levels, those that are not about missing values: the share of the labelled matches with
    /// values, a level that none of them has counted as half of one. Nil where none has values.
    func m(of comparison: Int, _ levels: [Int]) -> [Double]? {
        let sums = levels.map { counts[comparison][$0] }
        guard sums.contains(where: { $0 > 0 }) else { return nil }
        return Shares.of(sums.map { $0 > 0 ? $0 : 0.5 })
    }

    // MARK: - Which pairs

    private static func clusters(_ clusters: [UInt32]) throws(ModelFault) -> [[UInt32]] {
        var members: [UInt32: [UInt32]] = [:]
        for (row, cluster) in clusters.enumerated() where cluster != Truth.notKnown {
            members[cluster, default: []].append(UInt32(row))
        }
        let several = members.values.filter { $0.count > 1 }
        if let largest = several.map(\.count).max(), largest > mostInCluster {
            throw ModelFault(
                at: "truth",
                """
                \(largest) records are said to be one, more than \(mostInCluster). Leave the cluster of records empty \
                where it is not known.
                """)
        }
        return several
    }

    /// Each pair that is judged to match, once.
    private static func matches(_ labels: [LabelledPair], of count: Int) throws(ModelFault) -> [[UInt32]] {
        var scores: [UInt64: (sum: Double, count: Double)] = [:]
        for (number, label) in labels.enumerated() where label.left != label.right {
            guard Int(max(label.left, label.right)) < count, (0...1).contains(label.score) else {
                throw ModelFault(at: "labels[\(number)]", "It names no records, or its score is not from 0 to 1.")
            }
            let known = scores[PairTable.key(label.left, label.right)] ?? (0, 0)
            scores[PairTable.key(label.left, label.right)] = (known.sum + label.score, known.count + 1)
        }
        return scores.filter { $0.value.sum >= LabelledPair.match * $0.value.count }
            .map { [UInt32($0.key >> 32), UInt32(truncatingIfNeeded: $0.key)] }
    }

    /// Counts all pairs within groups of rows that may be linked at all. The order of groups is nothing: counts are whole.
    private mutating func count(_ groups: [[UInt32]], _ sweep: Sweep) {
        var (counts, pairs) = (counts, pairs)
        sweep.records.lend(sweep.rules, sweep.scorer) { lent in
            var bench = Workbench(sweep.scorer, sweep.rules, lent: lent)
            for rows in groups {
                bench.begin(rows.count)
                for (place, row) in rows.enumerated() { bench.set(place, row: row) }
                bench.gather()
                for one in rows.indices {
                    for other in one + 1..<rows.count {
                        guard let (left, right) = sweep.order(one, other, on: &bench) else { continue }
                        _ = bench.pattern(left, right)
                        pairs += 1
                        for comparison in counts.indices { counts[comparison][Int(bench.levels[comparison])] += 1 }
                    }
                }
            }
        }
        (self.counts, self.pairs) = (counts, pairs)
    }
}

extension LabelledMatches {
    /// Which comparisons labels are too few for, and where.
    func notes(on comparisons: [Comparison]) -> [TrainingNote] {
        comparisons.enumerated().compactMap { number, comparison in
            let levels = comparison.levels.indices.filter { !comparison.levels[$0].isNull }
            guard m(of: number, levels) != nil else { return .notLabelled(comparison.name) }
            let few = levels.filter { counts[number][$0] < Self.few && !comparison.levels[$0].isMFixed }
                .map { TrainingNote.LevelMatches(level: comparison.levels[$0].label, matches: counts[number][$0]) }
            return few.isEmpty ? nil : .fewLabels(comparison.name, levels: few)
        }
    }
}

extension Linker {
    /// The model with its m learned from labelled matches, and its prior too where the labels name the cluster of nearly
    /// every record; u and all else are found in the records as `trained()` does.
    ///
    /// Fixed levels stay. A comparison that no labelled match has values of is learned without labels.
    ///
    /// - Parameter truth: Its records are numbered by their rows (`Records.row(named:in:)`). Of pairs, those with a mean
    ///   score of at least `LabelledPair.match` count.
    /// - Throws: `ModelFault` where no two records are labelled to match, or more than 10,000 are said to be one.
    public func trained(by truth: Truth) async throws -> (model: Model, notes: [TrainingNote]) {
        let labels = try LabelledMatches(truth, in: self)
        let found = try await trained(by: labels)
        return (found.model, labels.notes(on: model.comparisons) + found.notes)
    }
}
