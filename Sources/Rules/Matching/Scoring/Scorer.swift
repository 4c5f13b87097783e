/// A model made ready for scoring: flat tables without references, to be read by the inner loops.
struct Scorer: Sendable {
    private(set) var program = Program()
    /// The comparisons in the model's order.
    private(set) var comparisons: [Compared] = []
    /// Node where each level's condition begins, comparison after comparison.
    private(set) var roots: [Int32] = []
    /// log2(m / u) of each level, which every stratum without weights of its own takes.
    private(set) var base: [Double] = []
    /// The tables of weights by stratum: those of the blocking rules, then that of the pairs which no rule brings.
    private(set) var strata = StrataTables()
    /// For each level, the frequency adjustment, or -1.
    private(set) var adjustments: [Int32] = []
    private(set) var frequencies: [Frequencies] = []
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
        /// Whether some levels ask for codes and measures together.
        var isMixed = false
        /// What one more level counts in the number of a pattern.
        var stride = 0
        /// Where its weights begin in the table of each stratum.
        var table: Int32 = 0
        /// The comparison whose level chooses the row of weights; -1 for none.
        var parent: Int32 = -1
        /// The row to be taken while the parent's level is not known; 0 where there is no parent.
        var unknownRow: Int32 = 0
    }

    /// How rare the values of a column are.
    struct Frequencies: Sendable {
        let field: Int
        /// log2 of the larger of the value's frequency and the least u, by code; infinite where it is not known.
        let logs: [Double]
        let weight: Double
        /// log2 of the u with which frequencies are compared.
        let logU: Double
        /// The adjustment of the rarest value, and of those that follow.
        var best: Double
        /// The adjustment that is added to this one; -1 for none.
        var next: Int32 = -1
    }

    init(_ model: Model, for records: Records, outside: [String: [String: Double]] = [:]) throws(ModelFault) {
        var words: [Expression: WordWeights] = [:]
        for (number, comparison) in model.comparisons.enumerated()
        where comparison.levels.last?.condition != .otherwise {
            throw ModelFault(
                at: "comparisons[\(number)] \"\(comparison.name)\"", "Its last level must be ELSE, for all other pairs."
            )
        }
        for comparison in model.comparisons {
            for level in comparison.levels { records.learnWords(of: level.condition, into: &words) }
        }
        var stride = 1
        for comparison in model.comparisons {
            var compared = add(
                comparison, records: records, words: words, outside: outside, counting: model.frequencyCounting)
            compared.stride = stride
            let (next, overflow) = stride.multipliedReportingOverflow(by: Int(compared.count))
            guard !overflow, next < 1 << 62 else {
                throw ModelFault(at: "comparisons", "There are too many levels to count how they agree together.")
            }
            stride = next
            comparisons.append(compared)
        }
        patterns = stride
        let best = adjustments.map { $0 < 0 ? 0 : max(0, frequencies[Int($0)].best) }
        strata = try StrataTables(of: model, base: base, adjustments: best, &comparisons)
        order = Self.cheapestFirst(comparisons, records)
    }

    /// The number of patterns of levels there can be.
    private(set) var patterns = 1

    private mutating func add(
        _ comparison: Comparison, records: Records, words: [Expression: WordWeights],
        outside: [String: [String: Double]], counting: FrequencyCounting
    ) -> Compared {
        let layout = records.layout
        var compared = Compared()
        compared.base = Int32(base.count)
        compared.count = Int32(comparison.levels.count)
        let probabilities = comparison.probabilities
        for (number, level) in comparison.levels.enumerated() {
            roots.append(program.add(level.condition, in: layout) { words[$0] })
            base.append(probabilities[number].map { LogOdds.bits($0.m / $0.u) } ?? 0)
            var last: Int32 = -1
            for column in level.frequency.map({ ($0.also + [$0.column]) }) ?? [] {
                guard
                    var adjustment = comparison.adjustment(
                        of: number, by: column, probabilities, records, outside, counting)
                else { continue }
                adjustment.next = last
                if last >= 0 { adjustment.best += frequencies[Int(last)].best }
                last = Int32(frequencies.count)
                frequencies.append(adjustment)
            }
            adjustments.append(last)
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
        compared.isMixed = levels[next...].contains { level in
            switch level.condition {
            case .all, .any, .not: !level.condition.isCheap
            default: false
            }
        }
        compared.isSymmetric = levels.allSatisfy(\.condition.isSymmetric)
        let columns = Set(levels.flatMap(\.condition.columns))
        // What is remembered is found by the codes of the column itself.
        let isPlain = compared.nullField >= 0 && layout.fields[Int(compared.nullField)].map == nil
        if columns.count == 1, isPlain, let column = columns.first {
            compared.slot = Int32(layout.slot(of: column))
        }
    }

    /// The adjustment of a level by the frequencies of a column.
    fileprivate func adjustment(
        of number: Int, by name: String, _ probabilities: [LevelProbabilities?], _ records: Records,
        _ outside: [String: [String: Double]], _ counting: FrequencyCounting
    ) -> Scorer.Frequencies? {
        guard let frequency = levels[number].frequency, frequency.weight != 0 else { return nil }
        let column = Expression.column(name)
        let field = records.layout.field(column)
        let shares = records.frequencies(of: records.layout.fields[field], outside[name], counting)
        let exact = levels.firstIndex { $0.condition.equalOnBothSides == column }
        let isOwn = frequency.usesOwnU || counting == .all
        let own = probabilities[frequency.usesOwnU ? number : exact ?? number]?.u
        guard let u = isOwn ? own : shares.mean, u > 0 else { return nil }
        let floor = frequency.leastU ?? 0
        let logs = shares.byCode.map { $0 > 0 ? LogOdds.bits(max($0, floor)) : Double.infinity }
        let rarest = logs.min() ?? .infinity
        return Scorer.Frequencies(
            field: field, logs: logs, weight: frequency.weight, logU: LogOdds.bits(u),
            best: rarest.isFinite ? max(0, frequency.weight * (LogOdds.bits(u) - rarest)) : 0)
    }
}

extension Records {
    /// The share of each code among a field's values, or the share given from outside, 0 where it is not known; and
    /// the mean share that a record's value has. The mean does not depend on the order of the records.
    func frequencies(
        of field: Field, _ outside: [String: Double]?, _ counting: FrequencyCounting
    ) -> (byCode: [Double], mean: Double?) {
        let counts = counts(of: field)
        let total = Double(max(1, counts.total))
        guard let outside else {
            // A pair that agrees on a value is two records that have it: no value is rarer than that makes it.
            func others(_ count: UInt32) -> Double {
                count == 0 ? 0 : counting == .all ? Double(count) : Double(max(Int(count) - 1, 2))
            }
            let sum = counts.byCode.reduce(0.0) { $0 + Double($1) * others($1) }
            return (counts.byCode.map { others($0) / total }, sum > 0 ? sum / total / total : nil)
        }
        var shares = [Double](repeating: 0, count: counts.byCode.count)
        var parts: [Double] = []
        for code in 1..<UInt32(max(1, shares.count)) {
            guard let value = vocabularies[field.domain].string(code) else { continue }
            shares[Int(code)] = outside[value] ?? 0
            parts.append(shares[Int(code)] * Double(counts.byCode[Int(code)]))
        }
        let sum = parts.sorted().reduce(0, +)
        return (shares, sum > 0 ? sum / total : nil)
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
