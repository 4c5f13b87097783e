/// How often levels are met among pairs that no rule brings, of a sample of the records.
///
/// Records are drawn by their names, not their rows, so that their order does not matter; in handfuls of which all
/// pairs are compared.
struct SampledPairs: Sendable {
    /// Pairs enough for shares of a ten-thousandth.
    static let enough = 400_000
    private static let handful = 48

    /// The pairs counted at each of the model's levels, by comparison.
    private(set) var counts: [[Double]]
    private(set) var pairs = 0.0

    init(_ linker: Linker, _ sweep: Sweep, most: Int, seed: UInt64) {
        counts = linker.scorer.comparisons.map { [Double](repeating: 0, count: Int($0.count)) }
        let count = linker.records.count
        guard count > 1 else { return }
        let isWhole = count * (count - 1) / 2 <= most
        let size = isWhole ? count : Self.handful
        var round: UInt64 = 0
        var drawn = 0.0
        while round < 64, drawn < Double(most), !isWhole || round == 0 {
            let missing = (most - Int(drawn)) / (size * (size - 1) / 2) + 1
            let rows = Self.draw(linker.records, most: missing * size, seed: seed &+ round)
            drawn += compare(rows, size, linker, sweep)
            round += 1
        }
    }

    /// Compares the pairs within each handful of rows, and says how many may be linked at all.
    private mutating func compare(_ rows: [UInt32], _ size: Int, _ linker: Linker, _ sweep: Sweep) -> Double {
        var (counts, pairs, drawn) = (counts, pairs, 0.0)
        linker.records.lend(sweep.rules, linker.scorer) { lent in
            var bench = Workbench(linker.scorer, sweep.rules, lent: lent)
            for start in stride(from: 0, to: rows.count, by: size) {
                let handful = rows[start..<min(start + size, rows.count)]
                bench.begin(handful.count)
                for (place, row) in handful.enumerated() { bench.set(place, row: row) }
                bench.gather()
                for one in 0..<handful.count {
                    for other in one + 1..<handful.count {
                        guard let (left, right) = sweep.order(one, other, on: &bench) else { continue }
                        drawn += 1
                        guard !sweep.rules.rules.indices.contains(where: { bench.isPaired(by: $0, left, right) })
                        else { continue }
                        _ = bench.pattern(left, right)
                        pairs += 1
                        for comparison in counts.indices { counts[comparison][Int(bench.levels[comparison])] += 1 }
                    }
                }
            }
        }
        (self.counts, self.pairs) = (counts, pairs)
        return drawn
    }

    /// About so many rows, or all, in an order that chance and the records' names decide.
    private static func draw(_ records: Records, most: Int, seed: UInt64) -> [UInt32] {
        // A tenth more, as hashes fall where they may.
        let share = min(1, Double(most) * 1.1 / Double(records.count))
        let bound = share >= 1 ? UInt64.max : UInt64(share * 0x1p64)
        var drawn: [(hash: UInt64, row: UInt32)] = []
        // By their order, not by what they are called: a file that is given another name gives the same model.
        let order = records.sources.map(\.name).sorted()
        for (number, source) in records.sources.enumerated() {
            var name = "source \(order.firstIndex(of: source.name) ?? number)"
            let start = name.withUTF8 { Text(of: $0)?.hash ?? 0 } ^ seed &* 0x9e37_79b9_7f4a_7c15
            records.names[number].withTexts { texts in
                for place in 0..<UInt32(source.rows.count) {
                    let product = (texts[place + 1].hash ^ start).multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
                    let hash = (product.high ^ product.low) &* 0x9e37_79b9_7f4a_7c15
                    if hash <= bound { drawn.append((hash, UInt32(source.rows.lowerBound) + place)) }
                }
            }
        }
        return drawn.sorted { ($0.hash, $0.row) < ($1.hash, $1.row) }.prefix(most).map(\.row)
    }
}

extension Sweep {
    /// The places of a pair's left and right record; nil when the two may not be linked.
    func order(_ one: Int, _ other: Int, on bench: inout Workbench) -> (left: Int, right: Int)? {
        let (first, second) = (Int(bench.row(one)), Int(bench.row(other)))
        guard sources.allowsAll || sources.allow(first, second) else { return nil }
        let isInOrder = ranks.map { $0[first] < $0[second] } ?? (first < second)
        return isInOrder ? (one, other) : (other, one)
    }
}
