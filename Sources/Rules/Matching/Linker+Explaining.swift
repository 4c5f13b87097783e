extension Linker {
    /// Why two of the records have their weight.
    public func explanation(of left: Int, and right: Int) -> Explanation {
        var (left, right) = (left, right)
        if !stands(left, before: right) { swap(&left, &right) }
        return explanation(rows: UInt32(left), UInt32(right), strangers: nil)
    }

    /// Whether the first of two records is the left one of their pair: by the names of their sources, then by their own.
    func stands(_ row: Int, before other: Int) -> Bool {
        let (first, second) = (records.source(of: row), records.source(of: other))
        guard first == second else { return records.sources[first].name < records.sources[second].name }
        let start = records.sources[first].rows.lowerBound
        return records.names[first].withTexts { $0[UInt32(row - start + 1)].precedes($0[UInt32(other - start + 1)]) }
    }

    /// Why two records have their weight, given by their values by column. Frequencies are those of the linker's
    /// records; a value that none of them has gets no adjustment.
    public func explanation(of left: [String: String], and right: [String: String]) throws(ModelFault) -> Explanation {
        let rules = try weighingRules()
        let strangers = Strangers(records, rules, most: 2)
        strangers.begin(left)
        strangers.take(1, right)
        return explanation(rows: Stranger.firstRow, Stranger.firstRow + 1, strangers: strangers, rules, [left, right])
    }

    private func explanation(rows left: UInt32, _ right: UInt32, strangers: Strangers?) -> Explanation {
        guard let rules = try? weighingRules() else {
            preconditionFailure("Rules that are wrong were refused with the model.")
        }
        return explanation(rows: left, right, strangers: strangers, rules, [])
    }

    private func explanation(
        rows left: UInt32, _ right: UInt32, strangers: Strangers?, _ rules: Rules, _ given: [[String: String]]
    ) -> Explanation {
        let (parts, prior, found) = records.lend(rules, scorer) { lent in
            strangers?.borrow(lent)
            var bench = Workbench(scorer, rules, lent: lent, strangers: strangers)
            bench.begin(2)
            bench.set(0, row: left)
            bench.set(1, row: right)
            bench.gather()
            let rule = rules.firstRule(on: &bench, strangers)
            bench.enter(stratum: rule ?? model.blocking.count)
            _ = bench.pattern(0, 1)
            let scale = Rarity.scale(ofShared: bench.adjustment(0, 1), bench.chance)
            let parts = model.comparisons.indices.map { number in
                part(number, &bench, values(number, left, right, given), scale)
            }
            return (parts, bench.prior, rule)
        }
        return Explanation(
            left: strangers == nil ? records.name(of: Int(left)) : "left",
            right: strangers == nil ? records.name(of: Int(right)) : "right", prior: prior,
            found: words(of: found), parts: parts)
    }

    /// The rules that matter to a weight: which brings a pair says something only where each has weights of its own.
    func weighingRules() throws(ModelFault) -> Rules {
        try split(over: model.strata == nil ? [] : model.blocking, within: limits).sweep.rules
    }

    private func words(of rule: Int?) -> String? {
        guard model.strata != nil else { return nil }
        guard let rule else { return "found by no rule" }
        let text = model.blocking[rule].text
        return "found by rule \(rule + 1)" + (text.isEmpty ? "" : ": \(text)")
    }

    private func part(
        _ number: Int, _ bench: inout Workbench, _ values: (left: [String?], right: [String?]), _ scale: Double
    ) -> Explanation.Part {
        let level = bench.levels[number]
        let place = Int(scorer.comparisons[number].base + level)
        let given = model.strata?.parents[number].map { parent in
            let label = model.comparisons[parent].levels[Int(bench.levels[parent])].label
            return "given \(model.comparisons[parent].name): \(label)"
        }
        return Explanation.Part(
            comparison: model.comparisons[number].name, level: model.comparisons[number].levels[Int(level)].label,
            given: given, left: values.left, right: values.right,
            weight: bench.weights[bench.weightPlace(number, level: level)],
            frequencyWeight: bench.adjustment(place, 0, 1) * scale)
    }

    /// The values of a comparison's columns in both records.
    private func values(
        _ number: Int, _ left: UInt32, _ right: UInt32, _ given: [[String: String]]
    ) -> (left: [String?], right: [String?]) {
        let columns = Set(model.comparisons[number].levels.flatMap(\.condition.columns)).sorted()
        if given.count == 2 { return (columns.map { given[0][$0] }, columns.map { given[1][$0] }) }
        func values(of row: UInt32) -> [String?] {
            columns.map { name in
                let slot = records.layout.slot(of: name)
                let code = records.codes[Int(row) * records.layout.columns.count + slot]
                return records.vocabularies[records.layout.columns[slot].domain].string(code)
            }
        }
        return (values(of: left), values(of: right))
    }
}
