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

/// The pairs of one rule: the odds that they match, and what their agreements are worth.
public struct Stratum: Equatable, Sendable {
    /// What its pairs start from before anything is compared, between 0 and 1. With weights of a tied m it is the number
    /// of all matches over that and the rule's other pairs, not the share of the rule's pairs that match.
    public var prior: Double
    /// log2(m / u) by comparison, by level of its parent (one row where it has none), and by level.
    ///
    /// Levels of missing values have 0. Rows are in the order of the parent's levels.
    public var weights: [[[Double]]]
    /// Which share of the pairs that do not match agree by chance, between 0 and 1. How rare a value is speaks for a
    /// match only as far as that: relatives share a rare surname as easily as a common one.
    public var chance: Double

    /// No ratio of two probabilities has more bits.
    public static let mostWeight = 1_100.0

    public init(prior: Double, weights: [[[Double]]], chance: Double = 1) {
        self.prior = prior
        self.weights = weights
        self.chance = chance
    }
}

/// How often a value is taken to occur where its rarity changes a weight.
public enum FrequencyCounting: String, Hashable, Sendable, CaseIterable {
    /// In every record that has it, as the peer counts; set against the u of the exact agreement.
    case all
    /// In the other records, and no value is rarer than the pair at hand makes it; set against the mean of the same.
    case others
}
