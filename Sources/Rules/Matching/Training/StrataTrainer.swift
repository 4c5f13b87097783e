/// Finds a model's numbers in the pairs of its blocking rules: values common to all, each rule's own, and where
/// comparisons depend on each other. docs/matching.md tells why.
struct StrataTrainer {
    private var model: Model
    private var linker: Linker
    private var notes: [TrainingNote] = []
    private let labels: LabelledMatches?

    init(_ linker: Linker, labels: LabelledMatches? = nil) throws(ModelFault) {
        self.labels = labels
        var model = linker.model
        model.strata = nil
        model.frequencyCounting = .others
        if model.blocking.isEmpty {
            model.blocking = linker.madeRules()
            notes.append(.madeRules(model.blocking.map(\.text)))
        }
        self.model = model
        self.linker = try linker.linker(by: model)
    }

    consuming func trained() async throws -> (model: Model, notes: [TrainingNote]) {
        let hasRest = model.training.comparesRest && linker.isSmall
        let sweep = try linker.sweep(over: model.blocking, withRest: hasRest)
        let pieces = RulePieces(model.blocking, sweep.rules, linker.records.layout)
        let rows = try await sweep.patterns(by: pieces)
        let compared = linker.scorer.comparisons
        let isRest = { (row: PatternRow) in PatternMarks(row.marks).stratum >= pieces.needs.count }
        let blocked = TrainingPatterns(rows.filter { !isRest($0) }, compared, model.comparisons)
        let rest = TrainingPatterns(rows.filter(isRest), compared, model.comparisons)
        guard blocked.total > 0 else { return (model, notes + [.noBlockedPairs]) }
        let others = try hasRest ? rest.sizes.indices.map { rest.sums($0, of: rest.pairs) } : sampled(blocked)
        let mixture = await mixture(of: evidence(blocked, pieces, others), pieces)
        write(mixture)
        model.strata = Strata(
            parents: mixture.parents, rules: (0..<model.blocking.count).map { stratum($0, of: mixture) },
            rest: hasRest ? stratum(of: RestValues(mixture, rest), mixture) : nil)
        note(mixture)
        return (model, notes)
    }

    /// Learned from two beginnings; the second is kept where it finds matches that the first has missed, and explains the pairs about as
    /// well.
    ///
    /// Where most of a rule's pairs match, its others begin as a mean of both, and what parts its pairs first is whatever hangs together
    /// most: whoever has moved differs in street, town and postcode at once, and is taken for another person in every rule. Begun
    /// from what pairs at random show these are matches, but where there are few others so are relatives. Those who
    /// moved are still found by two rules that share no column, such as name with birthday and telephone; relatives by one.
    private func mixture(of evidence: Evidence, _ pieces: RulePieces) async -> Mixture {
        let strata = model.blocking.count
        @Sendable func learned(_ start: Mixture.Start) -> Mixture {
            var mixture = Mixture(evidence, strata: strata, start: start)
            mixture.run()
            return mixture
        }
        async let beside = learned(.own)
        let common = learned(.common)
        let own = await beside
        let patterns = evidence.patterns
        let more = zip(common.matches, own.matches).map { max(0, $0 - $1) }
        let twice = patterns.pieces.indices.reduce(0) { sum, pattern in
            sum + (pieces.isFoundTwice(patterns.pieces[pattern], stratum: patterns.strata[pattern]) ? more[pattern] : 0)
        }
        let isAsGood = common.likelihood >= own.likelihood - Self.nearlyAsGood * patterns.total
        return isAsGood && twice > Self.foundTwice * more.reduce(0, +) ? common : own
    }

    /// In bits a pair. On invented people who move, the right explanation was worse by up to .043 and better by up to .048; on a
    /// thousand records, of which it made matches of nearly all, the wrong one was worse by .8.
    private static let nearlyAsGood = 0.1
    /// Of invented people who moved, 44 to 48 in a hundred were found twice; of relatives at most 17, and of those with one telephone and
    /// e-mail 34, which explain the pairs much worse. Twins of one address are 61: they are taken for one person more often than by `own` alone.
    private static let foundTwice = 0.4

    /// How many of the pairs that no rule brings have each level, as a sample says.
    private func sampled(_ blocked: TrainingPatterns) throws(ModelFault) -> [[Double]] {
        let plan = model.training
        let sample = SampledPairs(
            linker, try linker.sweep(over: model.blocking), most: min(plan.randomPairs, SampledPairs.enough),
            seed: plan.seed)
        let weight = max(0, linker.possiblePairs - blocked.total) / max(1, sample.pairs)
        return blocked.levelsOf.indices.map { number in
            blocked.levelsOf[number].map { sample.counts[number][$0] * weight }
        }
    }

    private mutating func evidence(
        _ patterns: TrainingPatterns, _ pieces: RulePieces, _ others: [[Double]]
    ) -> Evidence {
        let usable = model.comparisons.map { comparison -> [Bool]? in
            let columns = Set(comparison.levels.flatMap(\.condition.columns))
            let free = pieces.needs.indices.filter { pieces.ruleColumns[$0].isDisjoint(with: columns) }
            guard !free.isEmpty else {
                notes.append(.blockedOn(comparison.name))
                return nil
            }
            return (0..<patterns.count).map { pattern in
                free.contains { pieces.holds($0, patterns.pieces[pattern], stratum: patterns.strata[pattern]) }
            }
        }
        func held(_ value: (Level) -> Double?) -> [[Double?]] {
            model.comparisons.indices.map { number in
                patterns.levelsOf[number].map { value(model.comparisons[number].levels[$0]) }
            }
        }
        return Evidence(
            patterns: patterns, others: others, possible: max(1, linker.possiblePairs),
            records: Double(linker.records.count), usable: usable, coverage: Coverage(patterns, pieces),
            heldM: held { $0.isMFixed ? $0.m : nil }, heldU: held { $0.isUFixed ? $0.u : nil },
            labelledM: labelled(patterns), labelledMatches: labels?.all)
    }

    /// m as the labels say, but for what is fixed.
    private func labelled(_ patterns: TrainingPatterns) -> [[Double]?] {
        guard let labels else { return [] }
        return model.comparisons.indices.map { number in
            let levels = patterns.levelsOf[number]
            let fixed = levels.map { model.comparisons[number].levels[$0] }.map { $0.isMFixed ? $0.m : nil }
            return labels.m(of: number, levels).map { Shares.of($0, held: fixed) }
        }
    }

    // MARK: - Into the model

    private mutating func write(_ mixture: Mixture) {
        model.prior = mixture.prior
        for (number, levels) in mixture.patterns.levelsOf.enumerated() {
            for (place, level) in levels.enumerated() {
                model.comparisons[number].levels[level].m = max(mixture.m[number][place], 1e-12)
                model.comparisons[number].levels[level].u = max(mixture.u[number][place], 1e-12)
            }
        }
    }

    private func stratum(_ stratum: Int, of mixture: Mixture) -> Stratum {
        Stratum(
            prior: mixture.prior(of: stratum),
            weights: table(mixture) { comparison, row, level in
                let size = mixture.patterns.sizes[comparison]
                return mixture.bits[comparison][(stratum * mixture.rows(comparison) + row) * size + level]
            },
            chance: (mixture.chances[stratum] * 1e6).rounded() / 1e6)
    }

    private func stratum(of rest: RestValues, _ mixture: Mixture) -> Stratum {
        Stratum(
            prior: rest.prior,
            weights: table(mixture) { comparison, row, level in
                rest.bits[comparison][row * mixture.patterns.sizes[comparison] + level]
            })
    }

    /// A stratum's weights by the model's own levels, to a millionth of a bit.
    private func table(_ mixture: Mixture, _ bits: (Int, Int, Int) -> Double) -> [[[Double]]] {
        model.comparisons.indices.map { number in
            let rows = mixture.parents[number].map { parent in
                model.comparisons[parent].levels.indices.map { level in
                    mixture.patterns.levelsOf[parent].firstIndex(of: level).map { $0 + 1 } ?? 0
                }
            }
            return (rows ?? [0]).map { row in
                model.comparisons[number].levels.indices.map { level in
                    guard let place = mixture.patterns.levelsOf[number].firstIndex(of: level) else { return 0 }
                    return (bits(number, row, place) * 1e6).rounded() / 1e6
                }
            }
        }
    }

    // MARK: - What to tell

    private mutating func note(_ mixture: Mixture) {
        let (matches, patterns) = (mixture.matches, mixture.patterns)
        let expected = matches.reduce(0, +)
        if expected < 10 { notes.append(.fewMatches(expected)) }
        noteStrata(mixture, matches, expected)
        for number in model.comparisons.indices {
            let sums = patterns.sums(number, of: matches, where: mixture.evidence.usable[number])
            let few = sums.indices.filter { sums[$0] < 5 }.map { place in
                TrainingNote.LevelMatches(
                    level: model.comparisons[number].levels[patterns.levelsOf[number][place]].label,
                    matches: sums[place])
            }
            let all = sums.reduce(0, +)
            let last = patterns.levelsOf[number].firstIndex {
                model.comparisons[number].levels[$0].condition == .otherwise
            }
            if let last, all >= 10, sums[last] > 0.4 * all {
                notes.append(.mostlyOther(model.comparisons[number].name, share: sums[last] / all))
            }
            if !few.isEmpty { notes.append(.hardlyTrained(model.comparisons[number].name, levels: few)) }
        }
        if mixture.independent > 2 * expected, expected >= 10 {
            notes.append(.dependent(expected: expected, independent: mixture.independent))
        }
        if !mixture.isSettled { notes.append(.notSettled(change: mixture.change)) }
    }

    private mutating func noteStrata(_ mixture: Mixture, _ matches: [Double], _ expected: Double) {
        var (found, pairs) = (
            [Double](repeating: 0, count: mixture.strata), [Double](repeating: 0, count: mixture.strata)
        )
        for pattern in matches.indices {
            found[mixture.patterns.strata[pattern]] += matches[pattern]
            pairs[mixture.patterns.strata[pattern]] += mixture.patterns.pairs[pattern]
        }
        let total = mixture.patterns.total
        if expected > 0.8 * total || !zip(pairs, found).contains(where: { $0 - $1 > 200 }) {
            notes.append(.fewOthers(matches: expected, pairs: total))
        }
        for rule in model.blocking.indices where pairs[rule] < 50 || found[rule] < 1 {
            notes.append(
                .commonValues(
                    rule: rule, model.blocking[rule].text, pairs: Int(pairs[rule]), matches: found[rule]))
        }
    }
}

extension Linker {
    /// Rules for a model without any: few records are brought together by each compared column whose values tell
    /// records apart, many by two of them or by one that hardly two records share.
    func madeRules() -> [BlockingRule] {
        var columns: [(Expression, share: Double)] = []
        for level in model.comparisons.flatMap(\.levels) {
            guard let column = level.condition.equalOnBothSides, case .column = column,
                !columns.contains(where: { $0.0 == column }),
                let share = records.agreement(in: records.layout.fields[records.layout.field(column)]), share < 0.01
            else { continue }
            columns.append((column, share))
        }
        var keys: [[Expression]] = []
        if records.count <= 5000 {
            keys = columns.map { [$0.0] }
        } else {
            keys = columns.filter { $0.share < 0.0001 }.map { [$0.0] }
            for one in columns.indices {
                for other in columns[(one + 1)...] where max(columns[one].share, other.share) >= 0.0001 {
                    keys.append([columns[one].0, other.0])
                }
            }
        }
        return keys.map { key in
            let kind = BlockingRule.Kind.equal(key.map { BlockingRule.KeyPair($0) }, also: nil)
            return BlockingRule(kind, text: BlockingRule.plainText(of: kind, in: model.dialect))
        }
    }
}
