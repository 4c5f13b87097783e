import Synchronization

/// A model and the records it links: scores pairs, explains them, trains the model.
///
/// A value: nothing here changes once made, and the same records and model always give the same links, whatever the
/// number of cores.
public struct Linker: Sendable {
    public let model: Model
    public let records: Records
    let scorer: Scorer
    let outside: [String: [String: Double]]
    /// How many workers go through pairs at the same time.
    public var workers: Int
    /// How much work is done without asking, unless a call says otherwise: in training, too.
    public var limits = PairLimits()

    /// Makes a model ready for records. `frequencies` has, by column, the share of each value, for columns whose
    /// frequencies come from outside.
    ///
    /// - Throws: `ModelFault` for what the model asks and cannot be done.
    public init(
        _ model: Model, _ records: Records, frequencies: [String: [String: Double]] = [:], workers: Int = 2
    ) throws(ModelFault) {
        self.model = model
        self.records = records
        self.workers = workers
        outside = frequencies
        try model.links.check(records.sources.map(\.name))
        scorer = try Scorer(model, for: records, outside: frequencies)
    }

    /// The same records made ready for another model.
    func linker(by model: Model) throws(ModelFault) -> Linker {
        var linker = try Linker(model, records, frequencies: outside, workers: workers)
        linker.limits = limits
        return linker
    }

    /// What is told while pairs are scored.
    public struct Progress: Sendable {
        /// The number of the blocking rule at hand, from 0, of how many.
        public let rule, rules: Int
        /// How much of that rule is done, from 0 to 1.
        public let share: Double
        /// How many pairs and links there were since the call.
        public let pairs: Int
        public let links: Int
        /// The portion that these links are of.
        public let place: LinkPlace
    }

    /// Scores every pair that the blocking rules bring together, each once, and hands over the links whose weight
    /// reaches the floor, in portions and always in the same order.
    ///
    /// - Parameters:
    ///   - floor: The least weight, in log2 odds; `LogOdds.weight` makes one of a probability.
    ///   - receive: Called with some links and the progress; never twice at a time. What it throws ends the scoring.
    /// - Returns: The numbers of pairs and of links.
    public func links(
        from floor: Double, _ receive: @escaping @Sendable ([Link], Progress) throws -> Void
    ) async throws -> (pairs: Int, links: Int) {
        try await links(from: floor, within: limits, receive)
    }

    /// Whether pairs are scored that no rule brings together, or would be once the model is trained as it asks.
    public var willCompareRest: Bool {
        let plan = model.training
        let isStratified = plan.runs.isEmpty && plan.deterministic.isEmpty && plan.comparesRest
        return isSmall && (model.strata?.rest != nil || model.isUntrained && isStratified)
    }

    /// Whether pairs are scored that no rule brings together.
    var comparesRest: Bool { model.strata?.rest != nil && isSmall }

    /// Whether there are so few records that all pairs can be compared.
    var isSmall: Bool { records.count <= 5000 || possiblePairs <= 25_000_000 }

    /// How many pairs of records may be linked at all.
    public var possiblePairs: Double {
        let sources = SourcePairs(model.links, records.sources)
        let sizes = records.sources.map { Double($0.rows.count) }
        var pairs = 0.0
        for one in sizes.indices where sizes[one] > 0 {
            for other in one..<sizes.count where sizes[other] > 0 {
                guard sources.allow(records.sources[one].rows.lowerBound, records.sources[other].rows.lowerBound)
                else { continue }
                pairs += one == other ? sizes[one] * (sizes[one] - 1) / 2 : sizes[one] * sizes[other]
            }
        }
        return pairs
    }

    /// Refuses to score by a model without rules: nothing would be compared, and nobody told.
    func checkRules() throws(ModelFault) {
        guard model.blocking.isEmpty, !comparesRest else { return }
        throw ModelFault(
            at: "blocking",
            "There are no blocking rules, so no pair would be compared. Add some, or train: that finds some.")
    }

    /// All pairs that some rules bring together; with the rest, all others after them.
    func sweep(
        over rules: [BlockingRule], withRest: Bool = false, within limits: PairLimits? = nil
    ) throws(ModelFault) -> Sweep {
        var sweep = try split(over: rules, within: limits ?? self.limits).sweep
        if withRest { sweep.rules.addRest(number: rules.count) }
        let isSymmetric = scorer.comparisons.allSatisfy(\.isSymmetric) && sweep.rules.rules.allSatisfy(\.isSymmetric)
        if !isSymmetric { sweep.ranks = records.ranks() }
        return sweep
    }

    /// The ready rules, not yet to be swept over, and what became of blocks that are too large where these are not refused.
    func split(
        over rules: [BlockingRule], within limits: PairLimits
    ) throws(ModelFault) -> (sweep: Sweep, blocks: [SplitBlock]) {
        var sweep = Sweep(
            records: records, scorer: scorer, rules: try Rules(rules, for: records, program: scorer.program),
            sources: SourcePairs(model.links, records.sources), ranks: nil, workers: workers)
        sweep.limits = limits
        let blocks = try sweep.splitHugeBlocks(model)
        return (sweep, blocks)
    }
}

/// Sums of pairs and links.
final class Counted: Sendable {
    private let state = Mutex((pairs: 0, links: 0))

    var sums: (pairs: Int, links: Int) { state.withLock { $0 } }

    func add(_ result: Sweep.Result) -> (pairs: Int, links: Int) {
        state.withLock { sums in
            sums.pairs += result.pairs
            sums.links += result.links.count
            return sums
        }
    }
}

extension Records {
    /// The place of each row when sorted by source and name: the lower is the left record of a pair, as with the peer.
    func ranks() -> [UInt32] {
        let order = sources.indices.sorted { sources[$0].name < sources[$1].name }
        var ranks = [UInt32](repeating: 0, count: count)
        var next: UInt32 = 0
        for number in order {
            let rows = sources[number].rows
            let sorted = names[number].withTexts { texts in
                (0..<UInt32(rows.count)).sorted { texts[$0 + 1].precedes(texts[$1 + 1]) }
            }
            for row in sorted {
                ranks[rows.lowerBound + Int(row)] = next
                next += 1
            }
        }
        return ranks
    }
}

extension Linker {
    /// The model with its numbers found in the records, and what to know about them.
    ///
    /// Whatever the order of the records and the number of workers, the numbers are the same to the last bit. A plan
    /// with runs or deterministic rules is followed; without, every blocking rule's pairs are learned from.
    public func trained() async throws -> (model: Model, notes: [TrainingNote]) {
        try await trained(by: LabelledMatches?.none)
    }

    func trained(by labels: LabelledMatches?) async throws -> (model: Model, notes: [TrainingNote]) {
        guard !model.training.runs.isEmpty || !model.training.deterministic.isEmpty else {
            return try await StrataTrainer(self, labels: labels).trained()
        }
        var trainer = Trainer(self)
        try await trainer.findPrior()
        try trainer.findU()
        if let labels { trainer.take(labels) }
        try await trainer.findM()
        trainer.takeMatchesOutOfU()
        return (trainer.model, trainer.notes)
    }
}
