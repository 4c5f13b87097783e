/// What each blocking rule brings, before anything is scored.
public struct BlockingReport: Equatable, Sendable {
    public var rules: [Rule]
    /// How many different pairs all rules bring together.
    public var total: Int

    public init(rules: [Rule], total: Int) {
        self.rules = rules
        self.total = total
    }

    /// One rule's share.
    public struct Rule: Equatable, Sendable {
        /// The rule as written.
        public var text: String
        /// How many pairs it brings.
        public var pairs: Int
        /// How many of them no earlier rule brings.
        public var gain: Int
        /// How many of them no other rule brings, when that was counted.
        public var only: Int?
        public var largest: Block?
        /// Whether pairs, gain and only were estimated from a sample of the pairs, because there are so many.
        public var isEstimated = false
        /// What it took to find the pairs, when it was measured.
        public var seconds: Double?

        public init(
            text: String, pairs: Int, gain: Int, only: Int? = nil, largest: Block? = nil, seconds: Double? = nil
        ) {
            self.text = text
            self.pairs = pairs
            self.gain = gain
            self.only = only
            self.largest = largest
            self.seconds = seconds
        }
    }

    /// Records that share a key.
    public struct Block: Equatable, Sendable {
        /// The values they share, one for each part of the key.
        public var key: [String]
        public var records: Int
        public var pairs: Int

        public init(key: [String], records: Int, pairs: Int) {
            self.key = key
            self.records = records
            self.pairs = pairs
        }
    }
}
