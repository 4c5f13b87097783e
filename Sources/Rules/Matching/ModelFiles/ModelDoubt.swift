/// What looks wrong in a model but can be reckoned with.
///
/// The peer writes the median of several training runs level by level, so that its m may sum to a little more or less
/// than 1: a hundredth is let pass, up to half as much again is told, more is refused with the file.
enum ModelDoubt {
    static let tolerance = 0.01

    /// In ten-thousandths.
    static func rounded(_ sum: Double) -> Double { (sum * 10_000).rounded() / 10_000 }
}

extension Model {
    /// What looks wrong, by place: numbers that should sum to 1 and do not, rules that keep apart what a comparison would see as the same.
    public var doubts: [ModelFault] { sumDoubts + ruleDoubts }

    /// Rules by a column as it is written, where a comparison reads it in several ways.
    private var ruleDoubts: [ModelFault] {
        comparisons.flatMap { comparison -> [ModelFault] in
            let read = comparison.levels.flatMap(\.condition.operands).compactMap { operand in
                operand.expression.dates.flatMap { $0.formats.count > 1 ? operand.expression : nil }
            }
            guard let value = read.first(where: { if case .firstOf = $0 { true } else { false } }),
                let dates = value.dates, let sql = try? value.sql(in: dialect)
            else { return [] }
            return blocking.enumerated().compactMap { index, rule in
                guard case .equal(let keys, _) = rule.kind,
                    keys.contains(where: { $0.left == dates.column || $0.right == dates.column })
                else { return nil }
                return ModelFault(
                    at: "blocking[\(index)]",
                    """
                    it takes \(dates.column.columns.joined()) as it is written, and comparison \(quoted(comparison.name)) reads it in \
                    \(dates.formats.count) formats: one day that is written in two ways does not meet. Write \(quoted(sql)).
                    """)
            }
        }
    }

    private var sumDoubts: [ModelFault] {
        comparisons.enumerated().flatMap { index, comparison in
            comparison.sums.compactMap { name, sum in
                let isShort = comparison.isWhole(name) && sum < 1 - ModelDoubt.tolerance
                guard isShort || sum > 1 + ModelDoubt.tolerance else { return nil }
                return ModelFault(
                    at: "comparisons[\(index)] \(quoted(comparison.name))",
                    """
                    its \(name) sum to \(ModelDoubt.rounded(sum)) where they should sum to 1, so its weights are too \
                    \(isShort == (name == "m") ? "low" : "high"). Train again, or correct them.
                    """)
            }
        }
    }
}

extension Comparison {
    /// More than this no training gives.
    static let mostOfSums = 1.5

    /// The sums of m and of u over the levels that are not about missing values, as far as they are given.
    var sums: [(name: String, sum: Double)] {
        [("m", levels(\.m).reduce(0, +)), ("u", levels(\.u).reduce(0, +))]
    }

    /// Whether each such level has a number, so that they must sum to 1.
    func isWhole(_ name: String) -> Bool {
        levels(name == "m" ? \.m : \.u).count == levels.count { !$0.isNull }
    }

    private func levels(_ value: KeyPath<Level, Double?>) -> [Double] {
        levels.filter { !$0.isNull }.compactMap { $0[keyPath: value] }
    }
}
