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
