extension Linker {
    /// As `links(from:_:)`, within limits: what would be too much is refused before anything is scored.
    ///
    /// - Parameter choice: Which pairs are wanted, where not all are.
    /// - Throws: `ModelFault` that names the rule, the values and the number; whatever `receive` throws.
    public func links(
        from floor: Double, within limits: PairLimits, among choice: PairChoice? = nil,
        _ receive: @escaping @Sendable ([Link], Progress) throws -> Void
    ) async throws -> (pairs: Int, links: Int) {
        try checkRules()
        var sweep = try sweep(over: model.blocking, withRest: comparesRest, within: limits)
        sweep.choice = choice
        let rules = sweep.rules.rules.count
        let counted = Counted()
        try await sweep.links(from: floor) { rule, result, share in
            let (pairs, links) = counted.add(result)
            try receive(result.links, Progress(rule: rule, rules: rules, share: share, pairs: pairs, links: links))
        }
        return counted.sums
    }

    /// How many pairs would be scored, without scoring any.
    public func pairs(within limits: PairLimits? = nil, among choice: PairChoice? = nil) async throws -> Int {
        try checkRules()
        var sweep = try sweep(over: model.blocking, withRest: comparesRest, within: limits)
        sweep.choice = choice
        let counted = Counted()
        try await sweep.pairs { _, result, _ in _ = counted.add(result) }
        return counted.sums.pairs
    }

    /// The blocks that are too large, and what becomes of them where they are not refused.
    public func splitBlocks() throws(ModelFault) -> [SplitBlock] {
        try split(over: model.blocking, within: limits).blocks
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
