extension Model {
    /// The model as the peer's model file, JSON of versions 4 and 5.
    ///
    /// Conditions that came from a file and still mean the same keep their text; others are written in the model's
    /// dialect. How the model was trained, how links become clusters, the calibration and the names of frequency
    /// files are not part of the peer's file; ``leftOutOfSplink`` names those that are set. Of a model that was trained
    /// for each blocking rule, the m, u and prior common to all are written.
    ///
    /// - Throws: what changes pairs or weights and the peer cannot say, by name and place.
    public func splinkJSON(file: String = "model") throws(ModelFaults) -> String {
        var writer = SplinkWriter(model: self, file: file)
        let value = writer.value()
        try writer.reading.refuse()
        return value.json() + "\n"
    }

    /// What of this model the peer's file leaves out, in words. Where weights change by it, the words say so.
    public var leftOutOfSplink: [String] {
        var left: [String] = []
        if calibration != nil { left.append("the calibration of probabilities") }
        if clustering != ClusteringPlan() { left.append("how links become clusters") }
        var plain = TrainingPlan()
        plain.maxIterations = training.maxIterations
        plain.convergence = training.convergence
        plain.comparesRest = training.comparesRest
        if training != plain { left.append("how the model is trained") }
        if !frequencies.isEmpty { left.append("the files with frequencies") }
        let adjustments = comparisons.flatMap(\.levels).compactMap(\.frequency)
        if strata != nil { left.append("what each blocking rule's pairs are like, so that weights are others") }
        if frequencyCounting == .others, !adjustments.isEmpty {
            left.append("that a record's own value does not count in frequencies, so that weights are others")
        }
        if adjustments.contains(where: { !$0.also.isEmpty }) {
            left.append("the rarity of a level's second column, so that weights are others")
        }
        return left
    }
}

/// Writes a model as the peer's file.
struct SplinkWriter {
    let model: Model
    var reading: FileReading

    init(model: Model, file: String) {
        self.model = model
        reading = FileReading(file: file)
    }

    mutating func value() -> FileValue {
        for source in model.sources where !source.columns.isEmpty {
            reading.fault(
                at: "sources.\(source.name)", "the peer's file cannot say that a source names columns otherwise.")
        }
        var entries: [FileValue.Entry] = [entry("link_type", linkType())]
        entries.append(entry("probability_two_random_records_match", .number(model.prior)))
        entries += kept(SplinkReader.keptKeys.prefix(3))
        entries.append(entry("sql_dialect", .text(model.dialect.rawValue)))
        entries += kept(["linker_uid"])
        entries.append(entry("em_convergence", .number(model.training.convergence)))
        entries.append(entry("max_iterations", .number(model.training.maxIterations)))
        entries += kept(SplinkReader.keptKeys.dropFirst(4))
        entries.append(entry("unique_id_column_name", .text(model.identifier)))
        entries.append(entry("source_dataset_column_name", .text(model.sourceColumn)))
        let rules = model.blocking.enumerated().map { rule($1, at: $0) }
        entries.append(entry("blocking_rules_to_generate_predictions", .list(rules)))
        let comparisons = model.comparisons.enumerated().map { comparison($1, at: $0) }
        entries.append(entry("comparisons", .list(comparisons)))
        return .table(entries)
    }

    private func entry(_ key: String, _ value: FileValue) -> FileValue.Entry {
        FileValue.Entry(key: key, value: value)
    }

    private func kept(_ keys: some Sequence<String>) -> [FileValue.Entry] {
        keys.compactMap { key in
            guard let text = model.peer?.keys[key], let value = try? JSONText.read(Array(text.utf8)) else { return nil }
            return entry(key, value)
        }
    }

    private mutating func linkType() -> FileValue {
        switch model.links {
        case .dedupe: return .text("dedupe_only")
        case .link: return .text("link_only")
        case .linkAndDedupe: return .text("link_and_dedupe")
        case .only:
            reading.fault(at: "links", "the peer's file cannot say which sources are linked with which.")
            return .nothing
        }
    }

    private mutating func rule(_ rule: BlockingRule, at index: Int) -> FileValue {
        let place = "blocking[\(index)]"
        var entries: [FileValue.Entry] = []
        if isUnchanged(rule) {
            entries.append(entry("blocking_rule", .text(rule.text)))
        } else {
            do {
                entries.append(entry("blocking_rule", .text(try rule.sql(in: model.dialect, allowsOwn: false))))
            } catch {
                reading.fault(at: place, "the peer's file cannot say \(error.reason).")
            }
        }
        entries.append(entry("sql_dialect", .text(model.dialect.rawValue)))
        if let parts = rule.saltingPartitions { entries.append(entry("salting_partitions", .number(parts))) }
        if !rule.explodes.isEmpty {
            entries.append(entry("arrays_to_explode", .list(rule.explodes.map { .text($0) })))
        }
        return .table(entries)
    }

    private func isUnchanged(_ rule: BlockingRule) -> Bool {
        guard !rule.text.isEmpty,
            let read = try? BlockingRule.rules(sql: rule.text, dialect: model.dialect, allowsOwn: false)
        else { return false }
        return read.count == 1 && read[0].kind == rule.kind
    }

    private mutating func comparison(_ comparison: Comparison, at index: Int) -> FileValue {
        let place = "comparisons[\(index)] \(quoted(comparison.name))"
        var entries = [entry("output_column_name", .text(comparison.name))]
        let levels = comparison.levels.enumerated().map { level($1, at: "\(place).levels[\($0)]") }
        entries.append(entry("comparison_levels", .list(levels)))
        if !comparison.about.isEmpty { entries.append(entry("comparison_description", .text(comparison.about))) }
        return .table(entries)
    }

    private mutating func level(_ level: Level, at place: String) -> FileValue {
        var entries: [FileValue.Entry] = []
        if let sql = condition(of: level, at: place) { entries.append(entry("sql_condition", .text(sql))) }
        if !level.label.isEmpty { entries.append(entry("label_for_charts", .text(level.label))) }
        if let m = level.m { entries.append(entry("m_probability", .number(m))) }
        if let u = level.u { entries.append(entry("u_probability", .number(u))) }
        entries.append(entry("fix_m_probability", .truth(level.isMFixed)))
        entries.append(entry("fix_u_probability", .truth(level.isUFixed)))
        if let frequency = level.frequency {
            entries.append(entry("tf_adjustment_column", .text(frequency.column)))
            if let least = frequency.leastU { entries.append(entry("tf_minimum_u_value", .number(least))) }
            entries.append(entry("tf_adjustment_weight", .number(frequency.weight)))
        }
        if level.isNull { entries.append(entry("is_null_level", .truth(true))) }
        if level.frequency?.usesOwnU == true { entries.append(entry("disable_tf_exact_match_detection", .truth(true))) }
        return .table(entries)
    }

    private mutating func condition(of level: Level, at place: String) -> String? {
        if !level.text.isEmpty,
            let read = try? Condition(sql: level.text, dialect: model.dialect, allowsOwn: false),
            read == level.condition
        {
            return level.text
        }
        do {
            return try level.condition.sql(in: model.dialect, allowsOwn: false)
        } catch {
            reading.fault(at: place, "the peer's file cannot say \(error.reason).")
            return nil
        }
    }
}
