/// How a model's numbers are found.
///
/// Without runs and deterministic rules, m, u and priors are all learned from the pairs of the blocking rules, each
/// rule's by themselves. With them, the prior comes from the deterministic rules, u from random pairs, m from the runs.
public struct TrainingPlan: Equatable, Sendable {
    /// Rules that nearly always mean a match; with their recall they give the prior.
    public var deterministic: [BlockingRule] = []
    /// Which share of the true matches the deterministic rules find, between 0 and 1.
    public var recall: Double = 0.8
    /// For each run of expectation maximisation, the rule whose pairs it looks at.
    public var runs: [BlockingRule] = []
    public var maxIterations = 25
    /// EM stops when no probability changes by more.
    public var convergence = 0.0001
    /// At most so many random pairs for u.
    public var randomPairs = 2_000_000
    public var seed: UInt64 = 1
    /// Whether few records are also compared where no rule brings them together.
    public var comparesRest = true

    public init() {}
}

/// How links become clusters.
public struct ClusteringPlan: Equatable, Sendable {
    public var method: Method = .connected
    /// Links below this probability are not used.
    public var threshold = 0.95
    /// Clusters larger than this are broken at their weakest links.
    public var mostRecords: Int?

    public init() {}

    public enum Method: String, Equatable, Sendable, CaseIterable {
        /// Everything that is connected by links.
        case connected
        /// Connected, but bridges between dense parts that are weak are cut.
        case bridges
        /// Each record keeps its single best link only.
        case bestLink = "best-link"
        /// At most one record of each source in a cluster.
        case oneToOne = "one-to-one"
    }
}
