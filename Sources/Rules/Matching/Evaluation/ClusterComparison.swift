/// How like two clusterings of the same records are: the one found, and the true one.
///
/// Linear in the records. Records whose true cluster is not known are left out; records that the found clusters do
/// not have are each alone.
public struct ClusterComparison: Equatable, Sendable {
    /// How many records were compared.
    public let records: Int
    /// How many clusters they are in.
    public let foundClusters, trueClusters: Int
    /// True clusters found exactly.
    public let exact: Int
    /// Found clusters that hold records of several true ones: linked too much.
    public let mixed: Int
    /// True clusters whose records are found in several: linked too little.
    public let split: Int
    /// Pairs of records that are in one cluster; the weight says nothing and is 0.
    public let pairwise: Outcome
    /// Over records, the mean share of its found cluster that is truly with it (Bagga, Baldwin, "Entity-based
    /// cross-document coreferencing", 1998: B-cubed); nil when there are no records.
    public let bCubedPrecision: Double?
    /// Over records, the mean share of its true cluster that is found with it.
    public let bCubedRecall: Double?
    /// Agreement over pairs beyond what chance would give: 1 for the same clusters, about 0 for chance (Hubert,
    /// Arabie, "Comparing partitions", 1985). 1 where chance could not give anything else.
    public let adjustedRand: Double

    /// Compares the cluster of each record, by record number. The scope is for the pairwise figures only.
    public init(found: [UInt32], truth: [UInt32], within scope: PairScope = .all) {
        let known = truth.indices.filter { truth[$0] != Truth.notKnown }
        let found = Partition(Self.alone(known.map { $0 < found.count ? found[$0] : Truth.notKnown }))
        let truth = Partition(known.map { truth[$0] })
        let both = truth.joined(with: found)
        let cells = Cells(both, found: found, truth: truth)
        records = known.count
        foundClusters = found.count
        trueClusters = truth.count
        exact = cells.exact
        mixed = cells.partsOfFound.count { $0 > 1 }
        split = cells.partsOfTruth.count { $0 > 1 }
        bCubedPrecision = records == 0 ? nil : cells.precision / Double(records)
        bCubedRecall = records == 0 ? nil : cells.recall / Double(records)
        adjustedRand = Self.adjustedRand(both.pairs, found.pairs, truth.pairs, records: records)
        pairwise = Self.pairwise(both, found: found, truth: truth, scope, known)
    }

    /// The harmonic mean of the B-cubed figures.
    public var bCubedF1: Double? {
        guard let bCubedPrecision, let bCubedRecall else { return nil }
        return 2 * bCubedPrecision * bCubedRecall / (bCubedPrecision + bCubedRecall)
    }

    /// Gives records without a cluster one each, above the numbers in use.
    private static func alone(_ clusters: [UInt32]) -> [UInt32] {
        guard clusters.contains(Truth.notKnown) else { return clusters }
        let dense = Partition(clusters)
        var next = UInt32(dense.sizes.count)
        return dense.groups.map { group in
            guard group == Truth.notKnown else { return group }
            defer { next += 1 }
            return next
        }
    }

    private static func pairwise(
        _ both: Partition, found: Partition, truth: Partition, _ scope: PairScope, _ records: [Int]
    ) -> Outcome {
        var (right, taken, all) = (both.pairs, found.pairs, truth.pairs)
        if case .acrossSources(let sources) = scope {
            // A record of no known source shares one with nobody, so its pairs do not count: they are in no cell.
            let source = Partition(records.map { $0 < sources.count ? sources[$0] : Truth.notKnown })
            let hasSource = Partition(source.groups.map { $0 == Truth.notKnown ? $0 : 0 })
            let across = { (whole: Partition) in
                whole.joined(with: hasSource).pairs - whole.joined(with: source).pairs
            }
            (right, taken, all) = (across(both), across(found), across(truth))
        }
        return Outcome(weight: 0, right: right, wrong: taken - right, missed: all - right)
    }

    private static func adjustedRand(_ both: Int, _ found: Int, _ truth: Int, records: Int) -> Double {
        let all = Double(records) * Double(records - 1) / 2
        let expected = all == 0 ? 0 : Double(found) / all * Double(truth)
        let most = (Double(found) + Double(truth)) / 2
        return most == expected ? 1 : (Double(both) - expected) / (most - expected)
    }
}

/// Sums over the filled cells of the contingency table of found and true clusters.
private struct Cells {
    var precision = 0.0
    var recall = 0.0
    var exact = 0
    var partsOfFound: [Int]
    var partsOfTruth: [Int]

    init(_ both: Partition, found: Partition, truth: Partition) {
        partsOfFound = Array(repeating: 0, count: found.sizes.count)
        partsOfTruth = Array(repeating: 0, count: truth.sizes.count)
        var isSeen = Array(repeating: false, count: both.sizes.count)
        for record in both.groups.indices {
            let cell = Int(both.groups[record])
            if isSeen[cell] { continue }
            isSeen[cell] = true
            let (column, row) = (Int(found.groups[record]), Int(truth.groups[record]))
            let size = both.sizes[cell]
            precision += Double(size) / Double(found.sizes[column]) * Double(size)
            recall += Double(size) / Double(truth.sizes[row]) * Double(size)
            if size == found.sizes[column], size == truth.sizes[row] { exact += 1 }
            partsOfFound[column] += 1
            partsOfTruth[row] += 1
        }
    }
}
