extension Linker {
    /// Why two of the records have their weight.
    public func explanation(of left: Int, and right: Int) -> Explanation {
        var (left, right) = (left, right)
        if (source(left), records.name(of: left)) > (source(right), records.name(of: right)) { swap(&left, &right) }
        return explanation(rows: UInt32(left), UInt32(right), strangers: [])
    }

    private func source(_ row: Int) -> String {
        records.sources.first { $0.rows.contains(row) }?.name ?? ""
    }

    /// Why two records have their weight, given by their values by column. Frequencies are those of the linker's
    /// records; a value that none of them has gets no adjustment.
    public func explanation(of left: [String: String], and right: [String: String]) throws(ModelFault) -> Explanation {
        let rules = try Rules([], for: records, program: scorer.program)
        var strangers = Strangers(records, rules)
        let pair = [strangers.stranger(left), strangers.stranger(right)]
        defer { for stranger in pair { stranger.deallocate() } }
        return explanation(rows: Stranger.firstRow, Stranger.firstRow + 1, strangers: pair, rules, [left, right])
    }

    private func explanation(rows left: UInt32, _ right: UInt32, strangers: [Stranger]) -> Explanation {
        guard let rules = try? Rules([], for: records, program: scorer.program) else {
            preconditionFailure("No rules cannot be wrong.")
        }
        return explanation(rows: left, right, strangers: strangers, rules, [])
    }

    private func explanation(
        rows left: UInt32, _ right: UInt32, strangers: [Stranger], _ rules: Rules, _ given: [[String: String]]
    ) -> Explanation {
        let parts = records.lend(rules, scorer) { lent in
            var bench = Workbench(scorer, rules, lent: lent, strangers: strangers)
            bench.begin(2)
            bench.set(0, row: left)
            bench.set(1, row: right)
            bench.gather()
            _ = bench.pattern(0, 1)
            return model.comparisons.indices.map { number in
                part(number, level: Int(bench.levels[number]), bench, values(number, left, right, given))
            }
        }
        return Explanation(
            left: strangers.isEmpty ? records.name(of: Int(left)) : "left",
            right: strangers.isEmpty ? records.name(of: Int(right)) : "right", prior: scorer.prior, parts: parts)
    }

    private func part(
        _ number: Int, level: Int, _ bench: borrowing Workbench, _ values: (left: [String?], right: [String?])
    ) -> Explanation.Part {
        let place = Int(scorer.comparisons[number].base) + level
        return Explanation.Part(
            comparison: model.comparisons[number].name, level: model.comparisons[number].levels[level].label,
            left: values.left, right: values.right, weight: scorer.weights[place],
            frequencyWeight: bench.adjustment(place, 0, 1))
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
