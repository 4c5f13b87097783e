/// A model made ready for scoring: flat tables without references, to be read by the inner loops.
struct Scorer: Sendable {
    private(set) var program = Program()
    /// The comparisons in the model's order.
    private(set) var comparisons: [Compared] = []
    /// Node where each level's condition begins, comparison after comparison.
    private(set) var roots: [Int32] = []
    /// LogOdds.bits(m / u) of each level.
    private(set) var weights: [Double] = []
    /// For each level, the frequency adjustment, or -1.
    private(set) var adjustments: [Int32] = []
    /// For each level, the most that it or any level after it can bring.
    private(set) var bestFrom: [Double] = []
    private(set) var frequencies: [Frequencies] = []
    /// log2 of the prior's odds.
    let prior: Double
    /// Comparisons whose strings are costly come last.
    private(set) var order: [Int32] = []

    /// One comparison. Numbers of levels count from its own first.
    struct Compared: Sendable {
        /// Where its levels begin in the tables.
        var base: Int32 = 0
        var count: Int32 = 0
        /// The field of which level `nullLevel` says that one side is missing; -1 for none.
        var nullField: Int32 = -1
        var nullLevel: Int32 = 0
        /// The field which level `exactLevel` holds equal; -1 for none.
        var exactField: Int32 = -1
        var exactLevel: Int32 = 0
        /// The first level that is not decided by the above.
        var firstOther: Int32 = 0
        /// The first level from there that needs more than codes.
        var firstCostly: Int32 = 0
        /// The column on whose values alone it depends; -1 when there are several.
        var slot: Int32 = -1
        var isSymmetric = true
        /// What one more level counts in the number of a pattern.
        var stride = 0
    }

    /// How rare the values of a column are.
    struct Frequencies: Sendable {
        let field: Int
        /// log2 of the larger of the value's frequency and the least u, by code; infinite where it is not known.
        let logs: [Double]
        let weight: Double
        /// log2 of the u with which frequencies are compared.
        let logU: Double
        /// The adjustment of the rarest value.
        let best: Double
    }

    init(_ model: Model, for records: Records, outside: [String: [String: Double]] = [:]) throws(ModelFault) {
        prior = LogOdds.bits(model.prior / (1 - model.prior))
        var words: [Expression: WordWeights] = [:]
        for comparison in model.comparisons {
            for level in comparison.levels { records.learnWords(of: level.condition, into: &words) }
        }
        var stride = 1
        for comparison in model.comparisons {
            var compared = add(comparison, records: records, words: words, outside: outside)
            compared.stride = stride
            let (next, overflow) = stride.multipliedReportingOverflow(by: Int(compared.count))
            guard !overflow, next < 1 << 62 else {
                throw ModelFault(at: "comparisons", "There are too many levels to count how they agree together.")
            }
            stride = next
            comparisons.append(compared)
        }
        patterns = stride
        order = Self.cheapestFirst(comparisons, records)
    }

    /// The number of patterns of levels there can be.
    private(set) var patterns = 1

    private mutating func add(
        _ comparison: Comparison, records: Records, words: [Expression: WordWeights],
        outside: [String: [String: Double]]
    ) -> Compared {
        let layout = records.layout
        var compared = Compared()
        compared.base = Int32(weights.count)
        compared.count = Int32(comparison.levels.count)
        let probabilities = comparison.probabilities
        for (number, level) in comparison.levels.enumerated() {
            roots.append(program.add(level.condition, in: layout) { words[$0] })
            weights.append(probabilities[number].map { LogOdds.bits($0.m / $0.u) } ?? 0)
            let adjustment = comparison.adjustment(of: number, probabilities, records, outside)
            adjustments.append(adjustment == nil ? -1 : Int32(frequencies.count))
            if let adjustment { frequencies.append(adjustment) }
        }
        bestFrom += Array(repeating: 0, count: comparison.levels.count)
        var best = -Double.infinity
        for number in comparison.levels.indices.reversed() {
            let place = Int(compared.base) + number
            let adjustment = adjustments[place] < 0 ? 0 : max(0, frequencies[Int(adjustments[place])].best)
            best = max(best, weights[place] + adjustment)
            bestFrom[place] = best
        }
        comparison.describe(&compared, in: layout)
        return compared
    }

    /// Few distinct values are soon remembered; many must be computed.
    private static func cheapestFirst(_ comparisons: [Compared], _ records: Records) -> [Int32] {
        let cost = comparisons.map { compared in
            compared.slot < 0
                ? Int.max : records.vocabularies[records.layout.columns[Int(compared.slot)].domain].count
        }
        return comparisons.indices.sorted { (cost[$0], $0) < (cost[$1], $1) }.map(Int32.init)
    }
}

extension Comparison {
    /// Finds what can be decided without the program.
    fileprivate func describe(_ compared: inout Scorer.Compared, in layout: Layout) {
        var next = 0
        if let first = levels.first, let expression = first.condition.missingOnEitherSide {
            compared.nullField = Int32(layout.field(expression))
            next = 1
        }
        if next < levels.count, let expression = levels[next].condition.equalOnBothSides {
            compared.exactField = Int32(layout.field(expression))
            compared.exactLevel = Int32(next)
            next += 1
        }
        compared.firstOther = Int32(next)
        while next < levels.count, levels[next].condition.isCheap { next += 1 }
        compared.firstCostly = Int32(next)
        compared.isSymmetric = levels.allSatisfy(\.condition.isSymmetric)
        let columns = Set(levels.flatMap(\.condition.columns))
        // What is remembered is found by the codes of the column itself.
        let isPlain = compared.nullField >= 0 && layout.fields[Int(compared.nullField)].map == nil
        if columns.count == 1, isPlain, let column = columns.first {
            compared.slot = Int32(layout.slot(of: column))
        }
    }

    /// The adjustment of a level by the frequencies of its column.
    fileprivate func adjustment(
        of number: Int, _ probabilities: [LevelProbabilities?], _ records: Records,
        _ outside: [String: [String: Double]]
    ) -> Scorer.Frequencies? {
        guard let frequency = levels[number].frequency, frequency.weight != 0 else { return nil }
        let column = Expression.column(frequency.column)
        let exact = levels.firstIndex { $0.condition.equalOnBothSides == column }
        guard let u = probabilities[frequency.usesOwnU ? number : exact ?? number]?.u else { return nil }
        let field = records.layout.field(column)
        let floor = frequency.leastU ?? 0
        let logs = records.frequencies(of: records.layout.fields[field], outside[frequency.column]).map {
            $0 > 0 ? LogOdds.bits(max($0, floor)) : Double.infinity
        }
        let rarest = logs.min() ?? .infinity
        return Scorer.Frequencies(
            field: field, logs: logs, weight: frequency.weight, logU: LogOdds.bits(u),
            best: rarest.isFinite ? max(0, frequency.weight * (LogOdds.bits(u) - rarest)) : 0)
    }
}

extension Records {
    /// The share of each code among a field's values, or the share given from outside; 0 where it is not known.
    func frequencies(of field: Field, _ outside: [String: Double]?) -> [Double] {
        guard let outside else {
            let counts = counts(of: field)
            return counts.byCode.map { counts.total == 0 ? 0 : Double($0) / Double(counts.total) }
        }
        var shares = [Double](repeating: 0, count: vocabularies[field.domain].count + 1)
        for code in 1..<UInt32(max(1, shares.count)) {
            guard let value = vocabularies[field.domain].string(code) else { continue }
            shares[Int(code)] = outside[value] ?? 0
        }
        return shares
    }

    /// Learns how rare words are where a condition measures them.
    func learnWords(of condition: Condition, into weights: inout [Expression: WordWeights]) {
        switch condition {
        case .all(let parts), .any(let parts): for part in parts { learnWords(of: part, into: &weights) }
        case .not(let part): learnWords(of: part, into: &weights)
        case .measured(.tokenCosine, let one, _, _) where weights[one.expression] == nil:
            let field = layout.fields[layout.field(one.expression)]
            let occurrences = counts(of: field).byCode
            weights[one.expression] = vocabularies[field.domain].withTexts { texts in
                var counts = WordCounts()
                for code in 1..<UInt32(max(1, texts.count)) where occurrences[Int(code)] > 0 {
                    counts.add(texts[code], times: Int(occurrences[Int(code)]))
                }
                return counts.weights
            }
        default: break
        }
    }
}
