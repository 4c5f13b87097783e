import Matching

/// How like found clusters are to the true ones.
struct ClusterSummary: Encodable {
    let records, found, inTruth, exact, mixed, split: Int
    let pairPrecision, pairRecall, bCubedPrecision, bCubedRecall: Double?
    let pairF1: Double
    let bCubedF1: Double?
    let adjustedRand: Double

    init(_ comparison: ClusterComparison) {
        records = comparison.records
        found = comparison.foundClusters
        inTruth = comparison.trueClusters
        exact = comparison.exact
        mixed = comparison.mixed
        split = comparison.split
        pairPrecision = comparison.pairwise.precision
        pairRecall = comparison.pairwise.recall
        pairF1 = comparison.pairwise.f1
        bCubedPrecision = comparison.bCubedPrecision
        bCubedRecall = comparison.bCubedRecall
        bCubedF1 = comparison.bCubedF1
        adjustedRand = comparison.adjustedRand
    }

    var lines: [String] {
        func four(_ value: Double?) -> String { value.map(\.inFour) ?? "-" }
        return [
            """
            \(found.grouped) clusters of \(records.grouped) records; \(inTruth.grouped) in truth, \(exact.grouped) of them \
            found exactly, \(split.grouped) torn apart; \(mixed.grouped) of those found are mixed
            """,
            "pairs in clusters: precision \(four(pairPrecision)), recall \(four(pairRecall)), F1 \(four(pairF1))",
            """
            B-cubed: precision \(four(bCubedPrecision)), recall \(four(bCubedRecall)), F1 \(four(bCubedF1)); \
            adjusted Rand index \(four(adjustedRand))
            """,
        ]
    }
}
