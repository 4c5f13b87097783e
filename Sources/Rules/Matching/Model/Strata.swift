/// What was learned of the pairs of each blocking rule by itself, where comparisons depend on each other too.
///
/// A pair belongs to the first rule that brings it. Pairs that share a name, say, have alike e-mail addresses more
/// often than others, match or not: each rule's pairs therefore have a prior and weights of their own.
public struct Strata: Equatable, Sendable {
    /// For each comparison the one whose level its weights are given by; nil for none. There is no circle.
    public var parents: [Int?]
    /// One for each blocking rule, in order.
    public var rules: [Stratum]
    /// The pairs that no rule brings; nil where those are not compared.
    public var rest: Stratum?

    public init(parents: [Int?], rules: [Stratum], rest: Stratum? = nil) {
        self.parents = parents
        self.rules = rules
        self.rest = rest
    }
}

/// The pairs of one rule: how many of them match, and what their agreements are worth.
public struct Stratum: Equatable, Sendable {
    /// The share of its pairs that match, between 0 and 1.
    public var prior: Double
    /// log2(m / u) by comparison, by level of its parent (one row where it has none), and by level.
    ///
    /// Levels of missing values have 0. Rows are in the order of the parent's levels.
    public var weights: [[[Double]]]

    public init(prior: Double, weights: [[[Double]]]) {
        self.prior = prior
        self.weights = weights
    }
}

/// How often a value is taken to occur where its rarity changes a weight.
public enum FrequencyCounting: String, Hashable, Sendable, CaseIterable {
    /// In every record that has it, as the peer counts; set against the u of the exact agreement.
    case all
    /// In the other records, and no value is rarer than the pair at hand makes it; set against the mean of the same.
    case others
}
