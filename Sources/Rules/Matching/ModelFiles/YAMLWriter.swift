extension Model {
    /// The model as our own file, YAML, from which ``init(yaml:file:)`` reads an equal model.
    ///
    /// Everything that is the same by default is left out. Comparisons that have a short form are written in it.
    public func yaml() -> String {
        FileValue.table(YAMLWriter(model: self).entries()).yaml().dropFirst() + "\n"
    }
}

/// Writes a model as our own file.
struct YAMLWriter {
    let model: Model

    func entries() -> [FileValue.Entry] {
        var entries: [FileValue.Entry] = []
        let plain = Model()
        func add(_ key: String, _ value: FileValue, unless isPlain: Bool) {
            if !isPlain { entries.append(entry(key, value)) }
        }
        entries.append(entry("links", links))
        add("sources", sources, unless: model.sources.isEmpty)
        add("identifier", .text(model.identifier), unless: model.identifier == plain.identifier)
        add("source-column", .text(model.sourceColumn), unless: model.sourceColumn == plain.sourceColumn)
        add("prior", .number(model.prior), unless: model.prior == plain.prior)
        add("dialect", .text(model.dialect.rawValue), unless: model.dialect == plain.dialect)
        add("blocking", .list(model.blocking.map(rule)), unless: model.blocking.isEmpty)
        entries.append(entry("comparisons", .list(model.comparisons.map(comparison))))
        let training = training
        add("training", .table(training), unless: training.isEmpty)
        add("frequencies", texts(model.frequencies), unless: model.frequencies.isEmpty)
        let counting = model.frequencyCounting
        add("frequency-counting", .text(counting.rawValue), unless: counting == plain.frequencyCounting)
        let clusters = clusters
        add("clusters", .table(clusters), unless: clusters.isEmpty)
        if let strata = model.strata { entries.append(entry("strata", self.strata(strata))) }
        if let line = model.calibration {
            let table = [entry("slope", .number(line.slope)), entry("offset", .number(line.offset))]
            entries.append(entry("calibration", .table(table)))
        }
        if let peer = model.peer {
            let kept = SplinkReader.keptKeys.compactMap { key in
                peer.keys[key].flatMap { try? JSONText.read(Array($0.utf8)) }.map { entry(key, $0) }
            }
            entries.append(entry("peer", .table(kept)))
        }
        return entries
    }

    private func entry(_ key: String, _ value: FileValue) -> FileValue.Entry {
        FileValue.Entry(key: key, value: value)
    }

    private func texts(_ texts: [String: String]) -> FileValue {
        .table(texts.sorted { $0.key < $1.key }.map { entry($0.key, .text($0.value)) })
    }

    private var links: FileValue {
        switch model.links {
        case .dedupe: .text("dedupe")
        case .link: .text("link")
        case .linkAndDedupe: .text("link-and-dedupe")
        case .only(let pairs): .list(pairs.map { .list([.text($0.left), .text($0.right)]) })
        }
    }

    private var sources: FileValue {
        .table(
            model.sources.map { source in
                let columns = source.columns.isEmpty ? [] : [entry("columns", texts(source.columns))]
                return entry(source.name, .table(columns))
            })
    }

    // MARK: - Rules

    private func rule(_ rule: BlockingRule) -> FileValue {
        var entries: [FileValue.Entry] = []
        switch rule.kind {
        case .equal(let keys, let also):
            let isPlain = also == nil && keys.allSatisfy { $0.left == $0.right }
            let text = BlockingRule.plainText(of: rule.kind, in: model.dialect)
            if isPlain, rule.text.isEmpty || rule.text == text {
                entries.append(entry("equal", values(keys.map(\.left))))
            } else {
                let read = try? BlockingRule.rules(sql: rule.text, dialect: model.dialect)
                let isTrue = read?.count == 1 && read?[0].kind == rule.kind
                entries.append(entry("sql", .text(isTrue ? rule.text : text)))
            }
        case .neighbours(let by, let within):
            let table = [entry("by", values(by)), entry("within", .number(within))]
            entries.append(entry("neighbours", .table(table)))
        case .similar(let value, let grams, let bands, let rows):
            let table = [
                entry("column", .text(sql(value))), entry("grams", .number(grams)), entry("bands", .number(bands)),
                entry("rows", .number(rows)),
            ]
            entries.append(entry("similar", .table(table)))
        }
        if !rule.explodes.isEmpty { entries.append(entry("explode", .list(rule.explodes.map { .text($0) }))) }
        if let parts = rule.saltingPartitions { entries.append(entry("salting", .number(parts))) }
        if entries.count == 1, entries[0].key == "equal" {
            if case .list(let items) = entries[0].value, items.count == 1 { return items[0] }
            return entries[0].value
        }
        return .table(entries)
    }

    private func values(_ expressions: [Expression]) -> FileValue {
        .list(expressions.map { .text(sql($0)) })
    }

    private func sql(_ expression: Expression) -> String {
        (try? expression.sql(in: model.dialect)) ?? ""
    }

    // MARK: - Comparisons

    private func comparison(_ comparison: Comparison) -> FileValue {
        if let short = short(comparison) { return short }
        var table: [FileValue.Entry] = []
        if !comparison.about.isEmpty { table.append(entry("about", .text(comparison.about))) }
        table.append(entry("levels", .list(comparison.levels.map { .table(level($0)) })))
        return .table([entry(comparison.name, .table(table))])
    }

    private func level(_ level: Level) -> [FileValue.Entry] {
        let read = try? Condition(sql: level.text, dialect: model.dialect)
        let text = read == level.condition ? level.text : (try? level.condition.sql(in: model.dialect)) ?? ""
        var entries = [entry("when", .text(text))]
        if level.isNull { entries.append(entry("missing", .truth(true))) }
        if !level.label.isEmpty { entries.append(entry("label", .text(level.label))) }
        if let m = level.m { entries.append(entry("m", .number(m))) }
        if let u = level.u { entries.append(entry("u", .number(u))) }
        if let fixed = fixed(level) { entries.append(entry("fixed", fixed)) }
        if let frequency = level.frequency {
            let columns = Set(level.condition.columns)
            let only = columns.count == 1 ? columns.first : nil
            entries.append(entry("frequencies", self.frequency(frequency, of: only)))
        }
        return entries
    }

    func fixed(_ level: Level) -> FileValue? {
        switch (level.isMFixed, level.isUFixed) {
        case (true, true): .truth(true)
        case (true, false): .text("m")
        case (false, true): .text("u")
        case (false, false): nil
        }
    }

    /// - Parameter column: the column that is meant when none is named.
    func frequency(_ frequency: FrequencyAdjustment, of column: String?) -> FileValue {
        guard frequency != FrequencyAdjustment(column: frequency.column) else {
            return frequency.column == column ? .truth(true) : .text(frequency.column)
        }
        var entries = [entry("column", .text(frequency.column))]
        if frequency.weight != 1 { entries.append(entry("weight", .number(frequency.weight))) }
        if let least = frequency.leastU { entries.append(entry("least", .number(least))) }
        if frequency.usesOwnU { entries.append(entry("own", .truth(true))) }
        if !frequency.also.isEmpty { entries.append(entry("also", .list(frequency.also.map { .text($0) }))) }
        return .table(entries)
    }

    // MARK: - Plans

    private var training: [FileValue.Entry] {
        let plan = model.training
        let plain = TrainingPlan()
        var entries: [FileValue.Entry] = []
        if !plan.deterministic.isEmpty { entries.append(entry("deterministic", .list(plan.deterministic.map(rule)))) }
        if plan.recall != plain.recall { entries.append(entry("recall", .number(plan.recall))) }
        if !plan.runs.isEmpty { entries.append(entry("runs", .list(plan.runs.map(rule)))) }
        if plan.maxIterations != plain.maxIterations {
            entries.append(entry("iterations", .number(plan.maxIterations)))
        }
        if plan.convergence != plain.convergence { entries.append(entry("convergence", .number(plan.convergence))) }
        if plan.randomPairs != plain.randomPairs { entries.append(entry("pairs", .number(plan.randomPairs))) }
        if !plan.comparesRest { entries.append(entry("rest", .truth(false))) }
        if plan.seed != plain.seed { entries.append(entry("seed", .number(Double(plan.seed), "\(plan.seed)"))) }
        return entries
    }

    private var clusters: [FileValue.Entry] {
        let plan = model.clustering
        let plain = ClusteringPlan()
        var entries: [FileValue.Entry] = []
        if plan.method != plain.method { entries.append(entry("method", .text(plan.method.rawValue))) }
        if plan.threshold != plain.threshold { entries.append(entry("threshold", .number(plan.threshold))) }
        if let most = plan.mostRecords { entries.append(entry("most-records", .number(most))) }
        return entries
    }
}
