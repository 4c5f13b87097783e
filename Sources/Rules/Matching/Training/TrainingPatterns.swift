/// The pairs of the blocking rules, counted by what they have in common: what training looks at, in a fixed order.
struct TrainingPatterns: Sendable {
    /// For each comparison, the model's levels that are not about missing values, strictest first.
    let levelsOf: [[Int]]
    /// By comparison, the level of each pattern, counted within `levelsOf`; -1 where a value is missing.
    let levels: [[Int]]
    let pairs: [Double]
    /// The mean of what the rarity of values adds.
    let terms: [Double]
    /// The number of the first rule that brings the pairs.
    let strata: [Int]
    /// The pieces of rules that hold.
    let pieces: [UInt32]
    let total: Double

    init(_ rows: [PatternRow], _ compared: [Scorer.Compared], _ comparisons: [Comparison]) {
        let levelsOf = comparisons.map { comparison in
            comparison.levels.indices.filter { !comparison.levels[$0].isNull }
        }
        self.levelsOf = levelsOf
        levels = comparisons.indices.map { number in
            var places = [Int](repeating: -1, count: comparisons[number].levels.count)
            for (place, level) in levelsOf[number].enumerated() { places[level] = place }
            let (stride, count) = (compared[number].stride, Int(compared[number].count))
            return rows.map { places[Int($0.levels) / stride % count] }
        }
        pairs = rows.map { Double($0.pairs) }
        terms = rows.map { Double($0.terms) / PatternRow.unit / Double($0.pairs) }
        let marks = rows.map { PatternMarks($0.marks) }
        strata = marks.map(\.stratum)
        pieces = marks.map(\.pieces)
        total = pairs.reduce(0, +)
    }

    var count: Int { pairs.count }

    /// The number of levels of each comparison.
    var sizes: [Int] { levelsOf.map(\.count) }

    /// The sums of weights at each level of a comparison.
    func sums(_ comparison: Int, of weights: [Double], where isCounted: [Bool]? = nil) -> [Double] {
        var sums = [Double](repeating: 0, count: levelsOf[comparison].count)
        let levels = levels[comparison]
        for pattern in 0..<count where levels[pattern] >= 0 && isCounted?[pattern] ?? true {
            sums[levels[pattern]] += weights[pattern]
        }
        return sums
    }

    /// The sums of weights at each pair of levels of two comparisons, the first's levels in rows.
    func sums(_ one: Int, _ other: Int, of weights: [Double]) -> [Double] {
        let width = levelsOf[other].count
        var sums = [Double](repeating: 0, count: levelsOf[one].count * width)
        let (rows, columns) = (levels[one], levels[other])
        for pattern in 0..<count where rows[pattern] >= 0 && columns[pattern] >= 0 {
            sums[rows[pattern] * width + columns[pattern]] += weights[pattern]
        }
        return sums
    }

    /// Adds to each pattern's weight what a comparison's levels bring.
    func add(_ bits: [Double], of comparison: Int, to weights: inout [Double]) {
        let levels = levels[comparison]
        for pattern in 0..<count where levels[pattern] >= 0 { weights[pattern] += bits[levels[pattern]] }
    }
}

/// Small sums that training needs again and again.
enum Shares {
    /// Divided by their sum; all 0 stays so.
    static func of(_ counts: [Double]) -> [Double] {
        let sum = counts.reduce(0, +)
        return sum > 0 ? counts.map { $0 / sum } : counts
    }

    /// Shares of counts in which some are held at a value and the others have what is left.
    static func of(_ counts: [Double], held: [Double?]) -> [Double] {
        guard held.contains(where: { $0 != nil }) else { return of(counts) }
        let room = max(1e-12, 1 - held.reduce(0) { $0 + ($1 ?? 0) })
        let sum = zip(counts, held).reduce(0) { $0 + ($1.1 == nil ? $1.0 : 0) }
        return zip(counts, held).map { count, value in value ?? (sum > 0 ? room * count / sum : 0) }
    }

    /// log2(m / u) of each level.
    static func bits(_ m: [Double], _ u: [Double]) -> [Double] {
        zip(m, u).map { LogOdds.bits(max($0, 1e-300)) - LogOdds.bits(max($1, 1e-300)) }
    }
}
