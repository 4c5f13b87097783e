/// What must hold of every model, whichever file it came from.
extension FileReading {
    /// Refuses comparisons whose levels make no sense together.
    ///
    /// - Parameter levelsKey: what the file calls the levels, for the place.
    mutating func check(_ comparisons: [Comparison], levelsKey: String) {
        if comparisons.isEmpty {
            fault(at: "comparisons", "there are no comparisons, so that nothing tells matches from others.")
        }
        var names: [String: Int] = [:]
        for (index, comparison) in comparisons.enumerated() {
            let place = "comparisons[\(index)] \(quoted(comparison.name))"
            if let first = names[comparison.name] {
                fault(at: place, "comparisons[\(first)] has the same name.")
            }
            names[comparison.name] = names[comparison.name] ?? index
            check(comparison, at: place, levelsKey: levelsKey)
        }
    }

    private mutating func check(_ comparison: Comparison, at place: String, levelsKey: String) {
        let levels = comparison.levels
        guard !levels.isEmpty else {
            fault(at: place, "there are no levels.")
            return
        }
        func levelPlace(_ level: Int) -> String { "\(place).\(levelsKey)[\(level)]" }
        let last = levels.filter { $0.condition == .otherwise }.count
        if last == 0 {
            fault(at: place, "the last level must be ELSE, for the pairs that no other level takes.")
        }
        if last > 1 { fault(at: place, "there are \(last) ELSE levels; only the last level can be ELSE.") }
        var isPastNull = false
        for (index, level) in levels.enumerated() {
            if level.condition == .otherwise, index < levels.count - 1, last == 1 {
                fault(at: levelPlace(index), "no pair can reach the levels after ELSE; it must be the last.")
            }
            if level.isNull, isPastNull {
                fault(at: levelPlace(index), "the level for missing values must come before the others.")
            }
            if level.isNull, level.condition == .otherwise {
                fault(at: levelPlace(index), "ELSE cannot be the level for missing values.")
            }
            isPastNull = isPastNull || !level.isNull
            checkFrequency(of: level, in: levels, at: levelPlace(index))
        }
        for (name, sum) in comparison.sums where sum > Comparison.mostOfSums {
            fault(
                at: place,
                "its \(name) sum to \(ModelDoubt.rounded(sum)), and all levels together are met once: they sum to 1.")
        }
    }

    /// Frequencies are set against the u of the level where the column agrees exactly, so that there must be one.
    private mutating func checkFrequency(of level: Level, in levels: [Level], at place: String) {
        guard let frequency = level.frequency, !frequency.usesOwnU, !level.isNull, level.condition != .otherwise,
            frequency.weight != 0
        else { return }
        let column = frequency.column.lowercased()
        let hasExact = levels.contains { level in
            if case .equal(let one, let other) = level.condition, one.side != other.side,
                case .column(let name) = one.expression, one.expression == other.expression
            {
                return name.lowercased() == column
            }
            return false
        }
        if !hasExact {
            let reason =
                "frequencies of \(quoted(frequency.column)) need a level where it agrees exactly, or the level's own u."
            fault(at: place, reason)
        }
    }
}
