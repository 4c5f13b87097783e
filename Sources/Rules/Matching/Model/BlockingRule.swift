/// Which pairs are worth comparing.
public struct BlockingRule: Equatable, Sendable {
    public var kind: Kind
    /// The array columns whose elements each make a key.
    public var explodes: [String] = []
    /// How it is written in the file it came from, for messages and for writing it again.
    public var text: String
    /// Into how many parts the peer cuts this rule's work; means nothing here.
    public var saltingPartitions: Int?

    public init(_ kind: Kind, text: String = "") {
        self.kind = kind
        self.text = text
    }

    public enum Kind: Equatable, Sendable {
        /// Pairs whose keys are equal, and for which the rest holds too.
        case equal([KeyPair], also: Condition?)
        /// Pairs that stand at most so many places apart when sorted by these.
        case neighbours(by: [Expression], within: Int)
        /// Pairs that probably share many of their letter groups: so many bands of so many hashes each.
        case similar(Expression, grams: Int, bands: Int, rows: Int)
    }

    /// What must be equal: an expression of the left record and one of the right.
    public struct KeyPair: Hashable, Sendable {
        public var left, right: Expression

        public init(_ left: Expression, _ right: Expression) {
            self.left = left
            self.right = right
        }

        /// The same on both sides.
        public init(_ both: Expression) {
            self.init(both, both)
        }
    }
}
