/// Why two records have the weight they have: the parts add up to it.
public struct Explanation: Equatable, Sendable {
    /// The names of the two records.
    public var left, right: String
    /// Log2 of the prior's odds.
    public var prior: Double
    /// What the prior is of, such as `found by rule 1: l.dob = r.dob`; nil where it is of any two records.
    public var found: String?
    public var parts: [Part]

    public init(left: String, right: String, prior: Double, found: String? = nil, parts: [Part]) {
        self.left = left
        self.right = right
        self.prior = prior
        self.found = found
        self.parts = parts
    }

    /// Log2 of the odds that the two are the same.
    public var weight: Double { parts.reduce(prior) { $0 + $1.weight + $1.frequencyWeight } }

    /// What one comparison says.
    public struct Part: Equatable, Sendable {
        public var comparison: String
        /// The level that held.
        public var level: String
        /// The other comparison and its level by which the weight is given, such as `given town: town the same`.
        public var given: String?
        /// The compared values, as far as there are some: one for each column.
        public var left, right: [String?]
        /// log2(m / u) of the level.
        public var weight: Double
        /// What the rarity of the value adds or takes.
        public var frequencyWeight: Double

        public init(
            comparison: String, level: String, given: String? = nil, left: [String?], right: [String?],
            weight: Double, frequencyWeight: Double
        ) {
            self.comparison = comparison
            self.level = level
            self.given = given
            self.left = left
            self.right = right
            self.weight = weight
            self.frequencyWeight = frequencyWeight
        }
    }
}
