/// How many pairs have which levels together.
struct PatternTable: Sendable {
    /// The levels of each pattern, comparison after comparison, pattern after pattern.
    let levels: [Int16]
    /// The pairs of each pattern.
    let counts: [Double]
    let comparisons: Int

    /// The table of numbered patterns, in the order of their numbers.
    init(_ counted: [Int: Int], _ comparisons: [Scorer.Compared]) {
        let numbers = counted.keys.sorted()
        counts = numbers.map { Double(counted[$0] ?? 0) }
        levels = numbers.flatMap { number in
            comparisons.map { Int16(number / $0.stride % Int($0.count)) }
        }
        self.comparisons = comparisons.count
    }

    var patterns: Int { counts.count }
    var pairs: Double { counts.reduce(0, +) }

    func level(_ pattern: Int, _ comparison: Int) -> Int {
        Int(levels[pattern * comparisons + comparison])
    }

    /// The pairs at each level of a comparison.
    func marginal(of comparison: Int, levels count: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: count)
        for pattern in 0..<patterns { sums[level(pattern, comparison)] += counts[pattern] }
        return sums
    }
}
