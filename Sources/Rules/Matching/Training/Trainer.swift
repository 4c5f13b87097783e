/// Finds a model's numbers in the records themselves: the prior by deterministic rules, u by frequencies and random
/// pairs, m by expectation maximisation over the pairs of each run.
struct Trainer {
    private(set) var model: Model
    private var linker: Linker
    private(set) var notes: [TrainingNote] = []
    /// The comparisons whose m labels gave.
    private var labelled: Set<Int> = []

    init(_ linker: Linker) {
        self.linker = linker
        model = linker.model
        model.strata = nil
    }

    /// The prior: the pairs that deterministic rules find, over the share of all matches that they are thought to find.
    mutating func findPrior() async throws {
        guard !model.training.deterministic.isEmpty else { return }
        let sweep = try linker.sweep(over: model.training.deterministic)
        let found = try await sweep.count()
        let prior = Double(found) / model.training.recall / max(1, linker.possiblePairs)
        guard found > 0 else {
            notes.append(.noDeterministicPairs)
            return
        }
        model.prior = min(max(prior, 1e-15), 0.5)
    }

    /// u of every level that is not fixed.
    mutating func findU() throws(ModelFault) {
        let rules = try Rules([], for: linker.records, program: linker.scorer.program)
        var random = RandomPairs(linker.scorer)
        random.draw(from: linker, rules, most: model.training.randomPairs, seed: model.training.seed)
        for number in model.comparisons.indices {
            setU(of: number, random.counts[number])
        }
    }

    private mutating func setU(of number: Int, _ counts: [Double]) {
        let levels = model.comparisons[number].levels
        let real = levels.indices.filter { !levels[$0].isNull }
        let total = real.reduce(0) { $0 + counts[$1] }
        guard total > 0 else {
            notes.append(.noValues(model.comparisons[number].name))
            return
        }
        let exact = exactShares(of: number)
        for level in real where !levels[level].isUFixed {
            // Never 0: what was not met once in so many pairs may still be met half a time.
            let sampled = max(counts[level], 0.5) / total
            model.comparisons[number].levels[level].u = exact[level].map { max($0, 1e-12) } ?? sampled
            if exact[level] == nil, counts[level] < 20 {
                notes.append(.rareAtRandom(model.comparisons[number].name, level: levels[level].label))
            }
        }
    }

    /// The shares of levels that hold a field equal, from its frequencies: each without what the one before already took,
    /// as with ever shorter parts of a postcode.
    private func exactShares(of number: Int) -> [Int: Double] {
        let records = linker.records
        var shares: [Int: Double] = [:]
        var before = 0.0
        for (place, level) in model.comparisons[number].levels.enumerated() where !level.isNull {
            guard let expression = level.condition.equalOnBothSides,
                let share = records.agreement(in: records.layout.fields[records.layout.field(expression)]),
                share >= before
            else { break }
            shares[place] = share - before
            before = share
        }
        return shares
    }

    /// Random pairs hold their share of matches, and so does what was counted at each level: prior times m is taken
    /// out of u. Without it, no weight could exceed that of the prior.
    mutating func takeMatchesOutOfU() {
        let least = 0.5 / max(1, linker.possiblePairs)
        for comparison in model.comparisons.indices {
            for level in model.comparisons[comparison].levels.indices {
                let known = model.comparisons[comparison].levels[level]
                guard let u = known.u, let m = known.m, !known.isUFixed, !known.isNull else { continue }
                let others = (u - model.prior * m) / (1 - model.prior)
                // Where prior or m are too high, next to nothing might be left, and of the other levels more than all: a hundredth
                // always is, and never more than one.
                model.comparisons[comparison].levels[level].u = min(1, max(others, u / 100, min(u, least)))
            }
        }
    }

    /// m of every level that is not fixed, from each run's pairs; several runs are averaged by their weights' median.
    mutating func findM() async throws {
        var found: [[[Double]]] = model.comparisons.map { _ in [] }
        guard labelled.count < model.comparisons.count else { return }
        for (number, run) in model.training.runs.enumerated() {
            linker = try linker.linker(by: model)
            let table = PatternTable(try await linker.sweep(over: [run]).patterns(), linker.scorer.comparisons)
            guard table.pairs > 0 else {
                notes.append(.noPairs(run: number, run.text))
                continue
            }
            let silent = silentComparisons(in: run)
            var expectation = expectation(silent: silent, table)
            let outcome = expectation.run(
                table, iterations: model.training.maxIterations, tolerance: model.training.convergence)
            if outcome.change > model.training.convergence {
                notes.append(.notConverged(run: number, change: outcome.change))
            }
            for comparison in model.comparisons.indices where !silent.contains(comparison) {
                found[comparison].append(expectation.m[comparison])
            }
        }
        for comparison in model.comparisons.indices where !labelled.contains(comparison) {
            setM(of: comparison, found[comparison])
        }
    }

    /// Takes m, and where all matches are known the prior, from labels. What is labelled is learned from no run.
    mutating func take(_ labels: LabelledMatches) {
        if let all = labels.all { model.prior = min(all / max(1, linker.possiblePairs), 0.5) }
        for number in model.comparisons.indices {
            let known = model.comparisons[number].levels
            let levels = known.indices.filter { !known[$0].isNull }
            let fixed = levels.map { known[$0].isMFixed ? known[$0].m : nil }
            guard let m = labels.m(of: number, levels) else { continue }
            for (level, value) in zip(levels, Shares.of(m, held: fixed)) {
                model.comparisons[number].levels[level].m = value
            }
            labelled.insert(number)
        }
    }

    private mutating func setM(of number: Int, _ runs: [[Double]]) {
        guard !runs.isEmpty else {
            if !model.training.runs.isEmpty { notes.append(.notTrained(model.comparisons[number].name)) }
            return
        }
        for level in model.comparisons[number].levels.indices {
            let known = model.comparisons[number].levels[level]
            guard !known.isNull, !known.isMFixed else { continue }
            let values = runs.map { $0[level] }.sorted()
            let middle = values.count / 2
            let median = values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
            model.comparisons[number].levels[level].m = max(median, 1e-9)
        }
    }

    /// The comparisons that say nothing about pairs that were chosen by a rule's columns.
    private func silentComparisons(in run: BlockingRule) -> Set<Int> {
        guard case .equal(let pairs, _) = run.kind else { return [] }
        let columns = Set(pairs.flatMap { $0.left.columns + $0.right.columns })
        return Set(
            model.comparisons.indices.filter { number in
                model.comparisons[number].levels.contains { !columns.isDisjoint(with: $0.condition.columns) }
            })
    }

    /// Where expectation maximisation begins: with the prior, raised by what the run's columns agree on.
    private func expectation(silent: Set<Int>, _ table: PatternTable) -> Expectation {
        var odds = model.prior / (1 - model.prior)
        var nulls: Set<Expectation.LevelPlace> = []
        var fixed: Set<Expectation.LevelPlace> = []
        for (number, comparison) in model.comparisons.enumerated() {
            let probabilities = comparison.probabilities
            if silent.contains(number), let exact = comparison.levels.firstIndex(where: { !$0.isNull }) {
                odds *= probabilities[exact].map { $0.m / $0.u } ?? 1
            }
            for (place, level) in comparison.levels.enumerated() {
                if level.isNull { nulls.insert(.init(comparison: number, level: place)) }
                if level.isMFixed || labelled.contains(number) { fixed.insert(.init(comparison: number, level: place)) }
            }
        }
        let probabilities = model.comparisons.map(\.probabilities)
        return Expectation(
            m: probabilities.map { $0.map { $0?.m ?? 1 } }, u: probabilities.map { $0.map { $0?.u ?? 1 } },
            share: min(max(odds / (1 + odds), 1e-6), 0.95), silent: silent, fixed: fixed, nulls: nulls)
    }
}

extension Sweep {
    /// How many pairs the rules bring together.
    func count() async throws -> Int {
        let counted = Counted()
        try await pairs { _, result, _, _ in _ = counted.add(result) }
        return counted.sums.pairs
    }
}
