import Values

/// How often levels are met among pairs drawn at random, nearly none of which match: u.
///
/// Records are drawn in handfuls of which all pairs are compared: a pair costs less so, and the means are the same.
struct RandomPairs: Sendable {
    static let handful = 48

    /// The pairs counted at each level, by comparison.
    private(set) var counts: [[Double]]
    private(set) var pairs = 0.0

    init(_ scorer: Scorer) {
        counts = scorer.comparisons.map { [Double](repeating: 0, count: Int($0.count)) }
    }

    /// Draws until every level's share is known to two parts in a hundred, or at most so many pairs.
    mutating func draw(from linker: Linker, _ rules: Rules, most: Int, seed: UInt64) {
        let records = linker.records
        guard records.count > 1 else { return }
        let sources = SourcePairs(linker.model.links, records.sources)
        var chance = SeededChance(seed: seed)
        var sums = counts
        var found = 0.0
        records.lend(rules, linker.scorer) { lent in
            var bench = Workbench(linker.scorer, rules, lent: lent)
            var rounds = 0
            while found < Double(most), rounds < most {
                rounds += 1
                let rows = (0..<Self.handful).map { _ in UInt32(chance.below(records.count)) }
                bench.begin(rows.count)
                for (place, row) in rows.enumerated() { bench.set(place, row: row) }
                bench.gather()
                for left in rows.indices {
                    for right in left + 1..<rows.count where rows[left] != rows[right] {
                        guard sources.allowsAll || sources.allow(Int(rows[left]), Int(rows[right])) else { continue }
                        _ = bench.pattern(left, right)
                        found += 1
                        for comparison in sums.indices { sums[comparison][Int(bench.levels[comparison])] += 1 }
                    }
                }
                if rounds % 64 == 0, Self.isSettled(sums) { break }
            }
        }
        counts = sums
        pairs = found
    }

    /// Whether every level that was met at all was met often enough: the error of a share is one over the root of its hits.
    private static func isSettled(_ sums: [[Double]]) -> Bool {
        sums.allSatisfy { levels in levels.allSatisfy { $0 == 0 || $0 >= 2500 } && !levels.contains(0) }
    }
}

extension Records {
    /// The probability that two different records, both with a value, have the same one in a field.
    func agreement(in field: Field) -> Double? {
        let counts = counts(of: field)
        let total = Double(counts.total)
        guard total > 1 else { return nil }
        let pairs = counts.byCode.reduce(0.0) { $0 + Double($1) * Double(max(1, $1) - 1) }
        return pairs / (total * (total - 1))
    }
}
