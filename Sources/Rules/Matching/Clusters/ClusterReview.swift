/// Looks at each cluster with all pairs that were scored, those below the threshold too, which stream by in any order.
///
/// Holds 16 bytes for each of these pairs that lies inside a cluster, for a moment twice, and 8 bytes for each record.
public struct ClusterReview: Sendable {
    private let clustering: Clustering
    private let leastWeight: Double
    private var links: [Link] = []

    /// - Parameter leastWeight: the weight, in bits, from which on a pair counts as linked; see
    ///   ``ClusteringPlan/leastWeight(calibrated:)``.
    public init(of clustering: Clustering, leastWeight: Double) {
        self.clustering = clustering
        self.leastWeight = leastWeight
    }

    /// Notes a scored pair. Of a pair that comes twice the heavier counts.
    public mutating func add(_ link: Link) {
        precondition(
            Int(max(link.left, link.right)) < clustering.count, "Both rows of a link must be among the records.")
        guard link.left != link.right, !link.weight.isNaN,
            clustering.labels[Int(link.left)] == clustering.labels[Int(link.right)]
        else { return }
        links.append(link.upright)
    }

    public mutating func add(contentsOf links: some Sequence<Link>) {
        for link in links { add(link) }
    }

    /// The summary.
    ///
    /// - Parameters:
    ///   - listing: at most so many suspicious clusters are listed.
    ///   - each: is shown every cluster of two and more records, those of which no pair was scored first, else in
    ///     order of their smallest rows.
    public consuming func report(
        rule: SuspicionRule = SuspicionRule(), listing: Int = 100, each: (ClusterFigures) -> Void = { _ in }
    ) -> ClusterReport {
        var sizes = clustering.sizes()
        var tally = Tally(rule: rule, listing: listing)
        var bare = sizes.map { $0 > 1 }
        for link in links { bare[Int(clustering.labels[Int(link.left)])] = false }
        for row in bare.indices where bare[row] {
            let figures = ClusterFigures(cluster: UInt32(row), records: Int(sizes[row]))
            tally.count(figures)
            each(figures)
        }
        let taken = links
        links = []
        var groups = LinksByCluster(taken, labels: clustering.labels) { _ in true }
        var component = ComponentGraph()
        var walk = GraphWalk()
        let leastWeight = leastWeight
        groups.forEach { label, links in
            component.load(links)
            let records = Int(sizes[Int(label)])
            let figures = walk.figures(of: component, cluster: label, records: records, leastWeight: leastWeight)
            tally.count(figures)
            each(figures)
        }
        sizes = []
        return tally.report(records: clustering.count)
    }
}

/// The summary while it grows.
private struct Tally {
    let rule: SuspicionRule
    let listing: Int
    private var report = ClusterReport()
    private var sizes: [Int: Int] = [:]

    init(rule: SuspicionRule, listing: Int) {
        self.rule = rule
        self.listing = listing
    }

    mutating func count(_ figures: ClusterFigures) {
        report.clusters += 1
        report.recordsInClusters += figures.records
        report.largest = max(report.largest, figures.records)
        report.links += figures.links
        report.bridges += figures.bridges
        report.pairsBelow += figures.pairsBelow
        report.pairsUnseen += figures.pairsUnseen
        sizes[figures.records, default: 0] += 1
        let reasons = rule.reasons(against: figures)
        guard !reasons.isEmpty else { return }
        report.suspiciousClusters += 1
        report.suspicious.append(SuspiciousCluster(figures: figures, reasons: reasons))
        if report.suspicious.count >= 2 * listing + 1000 { keepWorst() }
    }

    consuming func report(records: Int) -> ClusterReport {
        keepWorst()
        report.records = records
        report.sizes = sizes.sorted { $0.key < $1.key }.map { .init(records: $0.key, clusters: $0.value) }
        return report
    }

    private mutating func keepWorst() {
        report.suspicious.sort { one, other in
            one.figures.violations != other.figures.violations
                ? one.figures.violations > other.figures.violations
                : one.figures.cluster < other.figures.cluster
        }
        report.suspicious.removeLast(max(0, report.suspicious.count - listing))
    }
}
