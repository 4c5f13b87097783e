/// What can be said about how well one cluster hangs together.
public struct ClusterFigures: Equatable, Sendable {
    /// The smallest row of the cluster.
    public var cluster: UInt32
    public var records: Int
    /// Pairs inside that are linked at or above the threshold.
    public var links = 0
    /// The weight of the weakest of these links, in bits; nil when there is none.
    public var weakest: Double?
    /// Links without which the cluster would fall in two.
    public var bridges = 0
    /// Those bridges that have at least two records on each side.
    public var dividingBridges = 0
    /// Pairs inside that were compared and found below the threshold.
    public var pairsBelow = 0
    /// The most links on a shortest way between two of its records; nil above 64 records, or when there is none.
    public var diameter: Int?

    public init(cluster: UInt32, records: Int) {
        self.cluster = cluster
        self.records = records
    }

    /// How many pairs its records make.
    public var pairs: Int { records * (records - 1) / 2 }
    /// The share of its pairs that are linked, from 0 to 1.
    public var density: Double { pairs == 0 ? 1 : Double(links) / Double(pairs) }
    /// Pairs inside that were never compared.
    public var pairsUnseen: Int { pairs - links - pairsBelow }
    /// Pairs that are together by way of others only: transitivity claims what no link does.
    public var violations: Int { pairs - links }
}

/// From when on a cluster is worth a look by a person.
public struct SuspicionRule: Equatable, Sendable {
    /// More records than these are many.
    public var usualRecords = 20
    /// A lower density is low, in clusters of at least four records.
    public var leastDensity = 0.5

    public init() {}

    /// Why the cluster looks wrong; empty when it does not.
    public func reasons(against figures: ClusterFigures) -> [SuspiciousCluster.Reason] {
        var reasons: [SuspiciousCluster.Reason] = []
        if figures.records > usualRecords { reasons.append(.large) }
        if figures.records >= 4 && figures.density < leastDensity { reasons.append(.sparse) }
        if figures.dividingBridges > 0 { reasons.append(.dividingBridge) }
        if figures.pairsBelow > figures.links { reasons.append(.contradicted) }
        return reasons
    }
}

/// A cluster that a person should look at, and why.
public struct SuspiciousCluster: Equatable, Sendable {
    public enum Reason: String, Equatable, Sendable {
        /// More records than usual.
        case large
        /// Few of its pairs are linked.
        case sparse
        /// One link joins two groups of records.
        case dividingBridge = "dividing-bridge"
        /// More of its pairs were found below the threshold than above.
        case contradicted
    }

    public var figures: ClusterFigures
    public var reasons: [Reason]
}

/// All clusters in a few numbers.
public struct ClusterReport: Equatable, Sendable {
    /// All records, those alone too.
    public var records = 0
    /// Clusters of at least two records.
    public var clusters = 0
    /// Records in these.
    public var recordsInClusters = 0
    public var largest = 0
    /// How many clusters there are of each size from 2 on, by size.
    public var sizes: [SizeCount] = []
    public var links = 0
    public var bridges = 0
    public var pairsBelow = 0
    public var pairsUnseen = 0
    public var suspiciousClusters = 0
    /// The worst of them: those with the most violations, then with the smallest rows, first.
    public var suspicious: [SuspiciousCluster] = []

    public struct SizeCount: Equatable, Sendable {
        public var records, clusters: Int

        public init(records: Int, clusters: Int) {
            self.records = records
            self.clusters = clusters
        }
    }

    /// The share of records that are in a cluster with others, from 0 to 1.
    public var shareInClusters: Double { records == 0 ? 0 : Double(recordsInClusters) / Double(records) }
}
