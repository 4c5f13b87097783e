/// Which comparison's level each comparison's weights should be given by: the strongest dependences within strata, as
/// a forest. C. Chow, C. Liu, "Approximating discrete probability distributions with dependence trees" (1968).
struct DependenceTree: Equatable, Sendable {
    /// For each comparison its parent; nil for none.
    let parents: [Int?]

    private struct Edge {
        let one, other: Int
        let information: Double
    }

    /// - Parameter classes: the expected matches of each pattern, and the expected others.
    init(_ patterns: TrainingPatterns, strata: Int, classes: [[Double]], without held: Set<Int>) {
        var edges: [Edge] = []
        for one in patterns.sizes.indices where !held.contains(one) {
            for other in one + 1..<patterns.sizes.count where !held.contains(other) {
                let found = classes.compactMap { Self.information(one, other, patterns, strata, $0) }
                if !found.isEmpty { edges.append(Edge(one: one, other: other, information: found.reduce(0, +))) }
            }
        }
        edges.sort { ($1.information, $1.one, $1.other) < ($0.information, $0.one, $0.other) }
        var sets = ConnectedComponents(count: patterns.sizes.count)
        var neighbours = [[Int]](repeating: [], count: patterns.sizes.count)
        for edge in edges where sets.label(of: UInt32(edge.one)) != sets.label(of: UInt32(edge.other)) {
            _ = sets.join(UInt32(edge.one), UInt32(edge.other))
            neighbours[edge.one].append(edge.other)
            neighbours[edge.other].append(edge.one)
        }
        parents = Self.hung(neighbours)
    }

    /// The mutual information of two comparisons within strata, in bits; nil when there is too little of it to count,
    /// or no more than the number of pairs makes likely (G. Schwarz, 1978).
    private static func information(
        _ one: Int, _ other: Int, _ patterns: TrainingPatterns, _ strata: Int, _ weights: [Double]
    ) -> Double? {
        let (rows, columns) = (patterns.sizes[one], patterns.sizes[other])
        var joint = [Double](repeating: 0, count: strata * rows * columns)
        var total = 0.0
        let (ones, others) = (patterns.levels[one], patterns.levels[other])
        for pattern in 0..<patterns.count where ones[pattern] >= 0 && others[pattern] >= 0 {
            joint[(patterns.strata[pattern] * rows + ones[pattern]) * columns + others[pattern]] += weights[pattern]
            total += weights[pattern]
        }
        guard total >= 200 else { return nil }
        var sum = 0.0
        for stratum in 0..<strata {
            let start = stratum * rows * columns
            let cells = joint[start..<start + rows * columns]
            sum += information(Array(cells), columns: columns)
        }
        let mean = sum / total
        let freedom = Double((rows - 1) * (columns - 1))
        let isLikely = 2 * sum * LogOdds.naturalBit > freedom * LogOdds.bits(total) * LogOdds.naturalBit
        return mean > 0.01 && isLikely ? mean : nil
    }

    /// Times the sum of the cells.
    private static func information(_ cells: [Double], columns: Int) -> Double {
        let rowSums = stride(from: 0, to: cells.count, by: columns).map { cells[$0..<$0 + columns].reduce(0, +) }
        let columnSums = (0..<columns).map { column in
            stride(from: column, to: cells.count, by: columns).reduce(0) { $0 + cells[$1] }
        }
        let all = rowSums.reduce(0, +)
        guard all > 0 else { return 0 }
        return cells.indices.reduce(0) { sum, place in
            let cell = cells[place]
            guard cell > 1e-30 else { return sum }
            return sum + cell * LogOdds.bits(cell * all / (rowSums[place / columns] * columnSums[place % columns]))
        }
    }

    /// Each tree hung up by its first comparison.
    private static func hung(_ neighbours: [[Int]]) -> [Int?] {
        var parents = [Int?](repeating: nil, count: neighbours.count)
        var seen: Set<Int> = []
        for root in neighbours.indices where seen.insert(root).inserted {
            var waiting = [root]
            while let next = waiting.popLast() {
                for child in neighbours[next] where seen.insert(child).inserted {
                    parents[child] = next
                    waiting.append(child)
                }
            }
        }
        return parents
    }
}
