extension YAMLReader {
    /// What training learned of each rule's pairs, of a model whose rules and comparisons are read.
    mutating func strata(_ table: FileReading.Table, of model: Model) -> Strata? {
        guard let value = table["strata"], let strata = reading.table(value, at: "strata") else { return nil }
        reading.check(strata, knows: ["given", "rules", "rest"])
        let names = model.comparisons.map(\.name)
        var parents = [Int?](repeating: nil, count: names.count)
        if let value = strata["given"], let given = reading.table(value, at: "strata.given") {
            for entry in given.entries {
                let place = given.place(of: entry.key)
                let parent = reading.text(entry.value, at: place).flatMap { comparison($0, names, at: place) }
                if let child = comparison(entry.key, names, at: place) { parents[child] = parent }
            }
        }
        guard let value = strata["rules"], let items = reading.list(value, at: "strata.rules") else {
            if strata["rules"] == nil { reading.fault(at: "strata", "the key \"rules\" is missing.") }
            return nil
        }
        var read = Strata(parents: parents, rules: [])
        let rules = model.blocking.map { BlockingRule.plainText(of: $0.kind, in: model.dialect) }
        read.rules = items.enumerated().compactMap {
            stratum($1, at: "strata.rules[\($0)]", parents, model.comparisons, rule: $0 < rules.count ? rules[$0] : nil)
        }
        read.rest = strata["rest"].flatMap { stratum($0, at: "strata.rest", parents, model.comparisons) }
        guard reading.faults.isEmpty else { return nil }
        var whole = model
        whole.strata = read
        do { try whole.checkStrata() } catch { reading.fault(at: error.place, error.reason) }
        return read
    }

    private mutating func comparison(_ name: String, _ names: [String], at place: String) -> Int? {
        if let number = names.firstIndex(of: name) { return number }
        let hint = nearest(name, among: names).map { "did you mean \(quoted($0))?" }
        reading.fault(at: place, "there is no comparison \(quoted(name)); \(hint ?? "name one of the model's.")")
        return nil
    }

    private mutating func stratum(
        _ value: FileValue, at place: String, _ parents: [Int?], _ comparisons: [Comparison], rule: String? = nil
    ) -> Stratum? {
        guard let table = reading.table(value, at: place) else { return nil }
        reading.check(table, knows: ["rule", "prior", "chance", "weights"])
        if let value = table["rule"], let trained = reading.text(value, at: table.place(of: "rule")), trained != rule {
            let now = rule.map { ", and the blocking rule in its place is now \(quoted($0))" } ?? ""
            reading.fault(
                at: place, "this was learned of the rule \(quoted(trained))\(now). Train again, or restore the rules.")
        }
        guard let prior = reading.probability("prior", of: table, mayBeOne: false) else {
            if table["prior"] == nil { reading.fault(at: place, "the key \"prior\" is missing.") }
            return nil
        }
        guard let value = table["weights"], let weights = reading.table(value, at: table.place(of: "weights")) else {
            if table["weights"] == nil { reading.fault(at: place, "the key \"weights\" is missing.") }
            return nil
        }
        reading.check(weights, knows: comparisons.map(\.name))
        var stratum = Stratum(prior: prior, weights: [], chance: chance(table))
        for number in comparisons.indices {
            let parent = parents[number].map { comparisons[$0].levels }
            stratum.weights.append(rows(weights, of: comparisons[number], given: parent))
        }
        return stratum
    }

    /// The share of the rule's other pairs that agree by chance: all, unless it is said.
    private mutating func chance(_ table: FileReading.Table) -> Double {
        guard let chance = reading.number("chance", of: table) else { return 1 }
        if !(0...1).contains(chance) {
            reading.fault(at: table.place(of: "chance"), "\(chance) is not a share from 0 to 1.")
        }
        return chance
    }

    /// A row for each level of the parent; no row at all when there is a fault.
    private mutating func rows(
        _ table: FileReading.Table, of comparison: Comparison, given parent: [Level]?
    ) -> [[Double]] {
        let place = table.place(of: comparison.name)
        guard let value = table[comparison.name] else {
            reading.fault(at: table.place, "the weights of \(quoted(comparison.name)) are missing.")
            return []
        }
        guard let parent else { return [row(value, of: comparison, at: place)] }
        guard let items = reading.list(value, at: place) else { return [] }
        let missing = parent.contains(where: \.isNull) ? 1 : 0
        let needed = missing + parent.count { !$0.isNull }
        guard items.count == needed else {
            reading.fault(at: place, "there are \(items.count) rows of weights, and \(needed) are needed.")
            return []
        }
        let rows = items.enumerated().map { row($1, of: comparison, at: "\(place)[\($0)]") }
        var next = missing
        return parent.map { level in
            if level.isNull { return rows[0] }
            next += 1
            return rows[next - 1]
        }
    }

    private mutating func weight(_ value: FileValue, at place: String) -> Double {
        guard let weight = reading.number(value, at: place) else { return 0 }
        if abs(weight) > Stratum.mostWeight {
            reading.fault(
                at: place,
                """
                \(weight) is no weight: that is log2 of how much more often matches show the level, from \
                -\(Int(Stratum.mostWeight)) to \(Int(Stratum.mostWeight)).
                """)
        }
        return weight
    }

    private mutating func row(_ value: FileValue, of comparison: Comparison, at place: String) -> [Double] {
        guard let items = reading.list(value, at: place) else { return [] }
        let needed = comparison.levels.count { !$0.isNull }
        guard items.count == needed else {
            let reason = "there are \(items.count) weights, and \(needed) levels besides the missing one."
            reading.fault(at: place, reason)
            return []
        }
        var next = 0
        return comparison.levels.map { level in
            guard !level.isNull else { return 0 }
            next += 1
            return weight(items[next - 1], at: "\(place)[\(next - 1)]")
        }
    }
}
