/// Why two records have the weight they have: the parts add up to it.
public struct Explanation: Equatable, Sendable {
    /// The names of the two records.
    public var left, right: String
    /// Log2 of the prior's odds.
    public var prior: Double
    public var parts: [Part]

    public init(left: String, right: String, prior: Double, parts: [Part]) {
        self.left = left
        self.right = right
        self.prior = prior
        self.parts = parts
    }

    /// Log2 of the odds that the two are the same.
    public var weight: Double { parts.reduce(prior) { $0 + $1.weight + $1.frequencyWeight } }

    /// What one comparison says.
    public struct Part: Equatable, Sendable {
        public var comparison: String
        /// The level that held.
        public var level: String
        /// The compared values, as far as there are some: one for each column.
        public var left, right: [String?]
        /// log2(m / u) of the level.
        public var weight: Double
        /// What the rarity of the value adds or takes.
        public var frequencyWeight: Double

        public init(
            comparison: String, level: String, left: [String?], right: [String?], weight: Double,
            frequencyWeight: Double
        ) {
            self.comparison = comparison
            self.level = level
            self.left = left
            self.right = right
            self.weight = weight
            self.frequencyWeight = frequencyWeight
        }
    }
}
