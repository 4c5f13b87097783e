import Matching

/// A block that was too large, and what became of it, as JSON.
struct SplitSummary: Encodable {
    let rule: Int
    let key: [String]
    let records, pairs, comparedPairs: Int
    let also: [String]

    init(_ block: SplitBlock) {
        rule = block.rule + 1
        key = block.key
        records = block.records
        pairs = block.pairs
        comparedPairs = block.kept
        also = block.also
    }
}

extension [SplitBlock] {
    /// What became of the largest, in words, and how many more there are.
    var sentences: [String] {
        let told = sorted { ($1.pairs, $0.rule) < ($0.pairs, $1.rule) }.prefix(10).map(\.sentence)
        return count > told.count ? told + ["\(count - told.count) smaller blocks were treated alike."] : told
    }
}
