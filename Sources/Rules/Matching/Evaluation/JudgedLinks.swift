/// Scored pairs sorted into those that are matches in truth and those that are not: what all figures are made of.
///
/// A pair that stands twice counts once, with its highest weight. Pairs of which the truth says nothing, pairs of a
/// record with itself and pairs outside the scope are left out. Memory: 8 bytes a pair, and 12 more while it is made.
public struct JudgedLinks: Equatable, Sendable {
    /// The weights (log2 of odds) of the scored pairs that are matches, lowest first.
    public let matches: [Double]
    /// The weights of the scored pairs that are not, lowest first.
    public let others: [Double]
    /// How many matches there are in truth, scored or not.
    public let truePairs: Int
    /// How many pairs were left out.
    public let ignored: Int
    /// How many were left out because the same pair stands there already.
    public let repeated: Int

    /// Judges links by the truth. A link's weight is the log2 of the odds given out, so for calibrated links that of
    /// the calibrated probability (`LogOdds.weight`). Throws for weights that are no numbers and scores outside 0…1.
    public init(_ links: [Link], by truth: Truth, within scope: PairScope = .all) throws(ModelFault) {
        if let index = links.firstIndex(where: { $0.weight.isNaN }) {
            throw ModelFault(
                at: "links[\(index)]", "The weight is not a number. Score this pair again or leave it out.")
        }
        let once = OncePerPair(links)
        switch truth {
        case .pairs(let labels, let unlisted):
            let labels = try Labels(labels, within: scope)
            let sorted = Sorted(once.links, within: scope) { labels.verdict($0, unlisted) }
            self.init(sorted, truePairs: labels.matches, once)
        case .clusters(let clusters):
            let truePairs = Self.truePairs(in: clusters, within: scope)
            let sorted = clusters.withUnsafeBufferPointer { clusters in
                Sorted(once.links, within: scope) { link in
                    guard max(link.left, link.right) < clusters.count else { return .unknown }
                    let (left, right) = (clusters[Int(link.left)], clusters[Int(link.right)])
                    if left == Truth.notKnown || right == Truth.notKnown { return .unknown }
                    return left == right ? .match : .different
                }
            }
            self.init(sorted, truePairs: truePairs, once)
        }
    }

    /// From weights that were judged elsewhere, in any order. There cannot be fewer true pairs than matches.
    public init(matches: [Double], others: [Double], truePairs: Int? = nil) {
        precondition(truePairs ?? .max >= matches.count, "Scored matches are true pairs too.")
        precondition(!matches.contains(where: \.isNaN) && !others.contains(where: \.isNaN), "Weights are numbers.")
        self.matches = SortedWeights.sorted(matches)
        self.others = SortedWeights.sorted(others)
        self.truePairs = truePairs ?? matches.count
        ignored = 0
        repeated = 0
    }

    private init(_ sorted: Sorted, truePairs: Int, _ once: OncePerPair) {
        matches = SortedWeights.sorted(sorted.matches)
        others = SortedWeights.sorted(sorted.others)
        self.truePairs = truePairs
        ignored = sorted.ignored
        repeated = once.repeated
    }

    /// How many pairs were scored and judged.
    public var scored: Int { matches.count + others.count }

    /// The share of all true pairs that were scored at all, whatever their weight; nil when there is no true pair.
    public var blockingRecall: Double? {
        truePairs == 0 ? nil : Double(matches.count) / Double(truePairs)
    }

    /// The same pairs with the weights of the calibrated probabilities.
    public func calibrated(by calibration: Calibration) -> Self {
        let line = { (weight: Double) in calibration.slope * weight + calibration.offset }
        return Self(matches: matches.map(line), others: others.map(line), truePairs: truePairs)
    }

    private static func truePairs(in clusters: [UInt32], within scope: PairScope) -> Int {
        switch scope {
        case .all: return Partition(clusters).pairs
        case .acrossSources(let sources):
            let known = clusters.indices.filter { clusters[$0] != Truth.notKnown && $0 < sources.count }
            let truth = Partition(known.map { clusters[$0] })
            return truth.pairs - truth.joined(with: Partition(known.map { sources[$0] })).pairs
        }
    }
}

/// What the truth says of a pair.
private enum Verdict {
    case match, different, unknown
}

/// Links with their repetitions taken out, each keeping the highest weight.
private struct OncePerPair {
    var links: [Link]
    var repeated = 0

    init(_ links: [Link]) {
        self.links = links
        let again = links.withUnsafeBufferPointer(Self.repetitions)
        guard !again.isEmpty else { return }
        var isDropped = Array(repeating: false, count: links.count)
        for (first, later) in again {
            self.links[first].weight = max(self.links[first].weight, links[later].weight)
            isDropped[later] = true
        }
        self.links = self.links.indices.filter { !isDropped[$0] }.map { self.links[$0] }
        repeated = again.count
    }

    private static func repetitions(_ links: UnsafeBufferPointer<Link>) -> [(first: Int, later: Int)] {
        var table = PairTable(expecting: links.count)
        var again: [(first: Int, later: Int)] = []
        for index in 0..<links.count {
            let key = PairTable.key(links[index].left, links[index].right)
            let first = table.place(key, at: index) { PairTable.key(links[$0].left, links[$0].right) }
            if let first { again.append((first, index)) }
        }
        return again
    }
}

/// The weights by verdict, in no order.
private struct Sorted {
    var matches: [Double] = []
    var others: [Double] = []
    var ignored = 0

    @inline(__always) init(_ links: [Link], within scope: PairScope, verdict: (Link) -> Verdict) {
        let sources: [UInt32]? = if case .acrossSources(let sources) = scope { sources } else { nil }
        for link in links {
            guard link.left != link.right, sources?.areDifferent(link.left, link.right) ?? true else {
                ignored += 1
                continue
            }
            switch verdict(link) {
            case .match: matches.append(link.weight)
            case .different: others.append(link.weight)
            case .unknown: ignored += 1
            }
        }
    }
}

extension [UInt32] {
    /// Whether both records are known to be of different sources.
    fileprivate func areDifferent(_ left: UInt32, _ right: UInt32) -> Bool {
        Swift.max(left, right) < count && self[Int(left)] != self[Int(right)]
    }
}

/// Judged pairs by their records. A pair that was judged several times has the mean of its scores.
private struct Labels {
    private var keys: [UInt64] = []
    private var means: [(sum: Double, count: Double)] = []
    private var table: PairTable

    init(_ labels: [LabelledPair], within scope: PairScope) throws(ModelFault) {
        table = PairTable(expecting: labels.count)
        for (index, label) in labels.enumerated() {
            guard (0...1).contains(label.score) else {
                throw ModelFault(at: "labels[\(index)]", "The score \(label.score) is not between 0 and 1.")
            }
            guard label.left != label.right else { continue }
            if case .acrossSources(let sources) = scope, !sources.areDifferent(label.left, label.right) { continue }
            let key = PairTable.key(label.left, label.right)
            if let known = table.place(key, at: keys.count, keyAt: { keys[$0] }) {
                means[known].sum += label.score
                means[known].count += 1
            } else {
                keys.append(key)
                means.append((label.score, 1))
            }
        }
    }

    var matches: Int { means.indices.count(where: isMatch) }

    private func isMatch(_ index: Int) -> Bool { means[index].sum >= LabelledPair.match * means[index].count }

    @inline(__always) func verdict(_ link: Link, _ unlisted: Truth.Unlisted) -> Verdict {
        guard let index = table.index(of: PairTable.key(link.left, link.right), keyAt: { keys[$0] }) else {
            return unlisted == .different ? .different : .unknown
        }
        return isMatch(index) ? .match : .different
    }
}
