/// How many pairs have which levels together.
struct PatternTable: Sendable {
    /// The levels of each pattern, comparison after comparison, pattern after pattern.
    let levels: [Int16]
    /// The pairs of each pattern.
    let counts: [Double]
    let comparisons: Int

    /// The table of counted patterns, in the order of their numbers.
    init(_ rows: [PatternRow], _ comparisons: [Scorer.Compared]) {
        counts = rows.map { Double($0.pairs) }
        levels = rows.flatMap { row in
            comparisons.map { Int16(Int(row.levels) / $0.stride % Int($0.count)) }
        }
        self.comparisons = comparisons.count
    }

    var patterns: Int { counts.count }
    var pairs: Double { counts.reduce(0, +) }

    func level(_ pattern: Int, _ comparison: Int) -> Int {
        Int(levels[pattern * comparisons + comparison])
    }
}
