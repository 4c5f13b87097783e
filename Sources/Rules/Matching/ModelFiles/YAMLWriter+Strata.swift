extension YAMLWriter {
    /// What training learned of each rule's pairs.
    func strata(_ strata: Strata) -> FileValue {
        var entries: [FileValue.Entry] = []
        let given = model.comparisons.indices.compactMap { number in
            strata.parents[number].map { parent in
                FileValue.Entry(key: model.comparisons[number].name, value: .text(model.comparisons[parent].name))
            }
        }
        if !given.isEmpty { entries.append(.init(key: "given", value: .table(given))) }
        entries.append(
            .init(
                key: "rules",
                value: .list(zip(strata.rules, model.blocking).map { stratum($0, strata.parents, of: $1) })))
        if let rest = strata.rest { entries.append(.init(key: "rest", value: stratum(rest, strata.parents))) }
        return .table(entries)
    }

    /// One stratum. It says which rule it is of, so that rules that were changed since are found out.
    private func stratum(_ stratum: Stratum, _ parents: [Int?], of rule: BlockingRule? = nil) -> FileValue {
        let name = rule.map { rule in
            [FileValue.Entry(key: "rule", value: .text(BlockingRule.plainText(of: rule.kind, in: model.dialect)))]
        }
        let entries = model.comparisons.indices.map { number in
            FileValue.Entry(
                key: model.comparisons[number].name, value: weights(stratum.weights[number], number, parents[number]))
        }
        let chance = stratum.chance < 1 ? [FileValue.Entry(key: "chance", value: .number(stratum.chance))] : []
        return .table(
            (name ?? []) + [.init(key: "prior", value: .number(stratum.prior))] + chance
                + [.init(key: "weights", value: .table(entries))])
    }

    /// The weights of the levels that say something: one row, or one for the parent's missing values and one for each
    /// of its other levels.
    private func weights(_ rows: [[Double]], _ number: Int, _ parent: Int?) -> FileValue {
        func row(_ weights: [Double]) -> FileValue {
            let levels = model.comparisons[number].levels
            return .list(zip(weights, levels).filter { !$0.1.isNull }.map { .number($0.0) })
        }
        guard let parent else { return row(rows[0]) }
        let levels = model.comparisons[parent].levels
        let missing = levels.firstIndex(where: \.isNull).map { [row(rows[$0])] } ?? []
        return .list(missing + zip(rows, levels).filter { !$0.1.isNull }.map { row($0.0) })
    }
}
