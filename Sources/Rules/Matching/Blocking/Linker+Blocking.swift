extension Linker {
    /// As `links(from:_:)`, within limits: what would be too much is refused before anything is scored.
    ///
    /// - Parameters:
    ///   - choice: Which pairs are wanted, where not all are.
    ///   - place: The portion after which to begin, from the progress of a run that was stopped. The same records, model,
    ///     limits, choice and floor then give the links that were left, in the same order. Counts are of these alone.
    /// - Throws: `ModelFault` that names the rule, the values and the number; whatever `receive` throws.
    public func links(
        from floor: Double, within limits: PairLimits, among choice: PairChoice? = nil, after place: LinkPlace? = nil,
        _ receive: @escaping @Sendable ([Link], Progress) throws -> Void
    ) async throws -> (pairs: Int, links: Int) {
        try checkRules()
        var sweep = try sweep(over: model.blocking, withRest: comparesRest, within: limits)
        sweep.choice = choice
        let rules = sweep.rules.rules.count
        let counted = Counted()
        try await sweep.links(from: floor, after: place) { rule, result, share, place in
            let (pairs, links) = counted.add(result)
            let progress = Progress(rule: rule, rules: rules, share: share, pairs: pairs, links: links, place: place)
            try receive(result.links, progress)
        }
        return counted.sums
    }

    /// How many pairs would be scored, without scoring any.
    public func pairs(within limits: PairLimits? = nil, among choice: PairChoice? = nil) async throws -> Int {
        try checkRules()
        var sweep = try sweep(over: model.blocking, withRest: comparesRest, within: limits)
        sweep.choice = choice
        let counted = Counted()
        try await sweep.pairs { _, result, _, _ in _ = counted.add(result) }
        return counted.sums.pairs
    }

    /// The blocks that are too large, and what becomes of them where they are not refused.
    public func splitBlocks() throws(ModelFault) -> [SplitBlock] {
        try split(over: model.blocking, within: limits).blocks
    }

    /// About how many bytes scoring and clustering take in memory, columns and names included that are not in files: the
    /// blocks of the rule at hand and of the next, copies of the rows in them where columns are in files, how rare values
    /// are, before training and after, and at the end four numbers for each record. Clusters that need their links take
    /// 16 bytes more for each.
    public var memoryNeeded: Int {
        let sides = model.blocking.contains { !$0.hasSameSides } ? 2 : 1
        let blocks = min(records.count * 8 * 2 * sides, limits.bytes ?? .max)
        let frequencies = scorer.frequencies.reduce(0) { $0 + $1.logs.count * 8 } * 2
        let near = records.codes.isInFile ? min(records.count * NearRows.bytesOfRow(of: records), limits.bytesNear) : 0
        return records.footprint + blocks + near + frequencies + records.count * 16
    }

    /// What each blocking rule brings, without scoring anything.
    ///
    /// Exact while the rules' blocks make at most `exactBelow` pairs together; beyond that a rule's gain is estimated
    /// from portions of its pairs drawn by the model's seed, and its entry says so.
    public func blockingReport(exactBelow: Int = 50_000_000) async throws -> BlockingReport {
        try await blockingReport(exactBelow: exactBelow, sampling: 2_000_000)
    }

    /// The same, with about so many pairs of a rule in a sample.
    func blockingReport(exactBelow: Int, sampling: Int) async throws -> BlockingReport {
        try await sweep(over: model.blocking).report(
            model.blocking, exactBelow: exactBelow, sampling: sampling, seed: model.training.seed)
    }
}

extension BlockingRule {
    /// Whether left and right records have the same key.
    fileprivate var hasSameSides: Bool {
        guard case .equal(let pairs, _) = kind else { return true }
        return pairs.allSatisfy { $0.left == $0.right }
    }
}
