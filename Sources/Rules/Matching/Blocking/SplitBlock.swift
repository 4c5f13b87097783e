/// A block that was too large, and what became of it.
public struct SplitBlock: Equatable, Sendable {
    /// The number of the model's rule, from 0.
    public var rule: Int
    /// The values that its records share, one for each part of the key.
    public var key: [String]
    public var records: Int
    /// How many pairs it has, and how many of them the rule still brings together.
    public var pairs: Int
    public var kept: Int
    /// What a pair of the block must agree on besides, one of these, as it is written in rules; none where the block is
    /// skipped.
    public var also: [String]

    public init(rule: Int, key: [String], records: Int, pairs: Int, kept: Int, also: [String]) {
        self.rule = rule
        self.key = key
        self.records = records
        self.pairs = pairs
        self.kept = kept
        self.also = also
    }

    /// What became of it, in words.
    public var sentence: String {
        let values = key.map { "\"\($0)\"" }.joined(separator: ", ")
        let what = "Blocking rule \(rule + 1): \(records) records share \(values), which makes \(pairs) pairs."
        guard !also.isEmpty else { return "\(what) They were left out; other rules may bring some of them." }
        let keys = also.joined(separator: ", or ")
        return
            "\(what) It brings together those that agree in one thing more (\(keys)), \(kept) pairs; \(pairs - kept) are left out."
    }
}

/// Keys of a rule whose blocks are too large: a ready rule has them alone, or all others.
struct KeyGate: Equatable, Sendable {
    /// The hashes of these keys, rising.
    let hashes: [UInt64]
    /// How many of the ready rule's keys they are hashes of, counted from the first.
    let keys: Int
    /// Whether the rule has these keys alone.
    let isInside: Bool

    @inline(__always)
    func lets(_ hash: UInt64) -> Bool {
        hashes.withUnsafeBufferPointer { KeyGate.holds(hash, $0) } == isInside
    }

    static func holds(_ hash: UInt64, _ hashes: UnsafeBufferPointer<UInt64>) -> Bool {
        var (low, high) = (0, hashes.count)
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low < hashes.count && hashes[low] == hash
    }
}
