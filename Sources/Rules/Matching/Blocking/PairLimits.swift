/// How much work and memory pairs may take before it is better to ask.
public struct PairLimits: Equatable, Sendable {
    /// A rule with a block that alone makes more pairs is refused; neighbours have no blocks.
    public var pairsOfBlock = 50_000_000
    /// What becomes of such a block.
    public var hugeBlocks = HugeBlocks.refuse
    /// Rules that bring more pairs together, each rule's counted by itself, are refused; nil for any number.
    public var pairs: Int?
    /// About how many bytes the blocks may take at a time; nil for as many as they take. With fewer than that, each
    /// rule's keys take turns, in at most 4,096 shares, and the same links come in another order.
    public var bytes: Int?
    /// About how many pairs a portion has.
    var pairsOfPortion = 1 << 16

    public init(pairsOfBlock: Int = 50_000_000, pairs: Int? = nil, bytes: Int? = nil) {
        self.pairsOfBlock = pairsOfBlock
        self.pairs = pairs
        self.bytes = bytes
    }

    /// What becomes of blocks that make more pairs than allowed.
    public enum HugeBlocks: String, Sendable, CaseIterable {
        /// Nothing is compared.
        case refuse
        /// Of their pairs those are compared that agree in one thing more.
        case split
        /// Their pairs are left out, unless another rule brings them.
        case skip
    }

    /// About how many bytes the codes of rows may take that are copied from files for the portions at hand and the next.
    var bytesNear: Int { bytes ?? 1 << 30 }

    /// Into how many shares a rule's keys are cut.
    func shares(of rule: Rules.Rule, rows: Int) -> Int {
        guard let bytes else { return 1 }
        // Eight bytes per key; the next turn's blocks are made while this one's are used. Of the elements of arrays, four
        // to a record are assumed.
        let keys = rows * (rule.hasSameKeys ? 1 : 2) * (rule.exploded.isEmpty ? 1 : 4)
        let (all, most) = (keys * 16, max(bytes, 1))
        return min(1 << 12, max(1, (all + most - 1) / most))
    }
}
