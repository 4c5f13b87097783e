/// How often a level is met among pairs that match, and among pairs that do not.
public struct LevelProbabilities: Hashable, Sendable {
    public var m, u: Double

    public init(m: Double, u: Double) {
        self.m = m
        self.u = u
    }
}

extension Comparison {
    /// What each level's probabilities are taken to be until they are trained; nil for levels that say nothing.
    ///
    /// As the peer assumes it: the strictest level has m 0.95, and the others share the rest. The match weights go
    /// from -5 at the loosest in equal steps to 3 at the second, the strictest has 10, and u is m / 2^weight.
    /// A comparison of a single level says nothing: m and u are 1.
    public var startingProbabilities: [LevelProbabilities?] {
        let count = levels.count { !$0.isNull }
        guard count > 1 else { return levels.map { $0.isNull ? nil : LevelProbabilities(m: 1, u: 1) } }
        var place = count
        return levels.map { level in
            guard !level.isNull else { return nil }
            place -= 1
            guard place < count - 1 else { return .init(m: 0.95, u: 0.95 / 1024) }
            let m = (1 - 0.95) / Double(count - 1)
            let step = count > 2 ? 8 / Double(count - 2) : 0
            return .init(m: m, u: m / LogOdds.power(-5 + Double(place) * step))
        }
    }

    /// The probabilities that count: the level's own, and where one is not trained what is taken until then.
    public var probabilities: [LevelProbabilities?] {
        zip(levels, startingProbabilities).map { level, start in
            start.map { LevelProbabilities(m: level.m ?? $0.m, u: level.u ?? $0.u) }
        }
    }
}

extension Model {
    /// Whether no m or u was ever trained or given.
    public var isUntrained: Bool {
        comparisons.allSatisfy { $0.levels.allSatisfy { $0.m == nil && $0.u == nil } }
    }
}
