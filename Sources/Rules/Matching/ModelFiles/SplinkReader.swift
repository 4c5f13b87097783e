extension Model {
    /// Reads the peer's model file (Splink settings, versions 4 and 5).
    ///
    /// Keys that mean nothing here are kept in ``peer``; conditions keep their text. What the peer would not take
    /// and what is not understood here is refused with its place: all of it, up to ``ModelFaults/most``.
    ///
    /// - Parameters:
    ///   - bytes: the whole file, JSON in UTF-8, at most 16 MB.
    ///   - file: its name, for messages.
    public init(splink bytes: [UInt8], file: String) throws(ModelFaults) {
        var reader = SplinkReader(file: file)
        let model = reader.model(bytes)
        try reader.reading.refuse()
        self = model
    }

    /// The same from a text.
    public init(splink text: String, file: String) throws(ModelFaults) {
        try self.init(splink: Array(text.utf8), file: file)
    }
}

/// Reads the peer's model file.
struct SplinkReader {
    var reading: FileReading
    private var dialect = SQLDialect.duckdb

    init(file: String) {
        reading = FileReading(file: file)
    }

    /// Keys that are kept as they are, in the order in which the peer writes them.
    static let keptKeys = [
        "retain_matching_columns", "retain_intermediate_calculation_columns", "additional_columns_to_retain",
        "linker_uid", "match_weight_column_prefix", "bayes_factor_column_prefix",
        "term_frequency_adjustment_column_prefix", "comparison_vector_value_column_prefix",
    ]
    static let readKeys = [
        "link_type", "probability_two_random_records_match", "sql_dialect", "em_convergence", "max_iterations",
        "unique_id_column_name", "source_dataset_column_name", "blocking_rules_to_generate_predictions", "comparisons",
    ]

    mutating func model(_ bytes: [UInt8]) -> Model {
        var model = Model()
        model.frequencyCounting = .all
        guard bytes.count <= FileLimit.bytes else {
            reading.fault(at: "", "the file has \(bytes.count) bytes; a model has at most \(FileLimit.bytes).")
            return model
        }
        let value: FileValue
        do {
            value = try JSONText.read(bytes)
        } catch {
            reading.fault(error, in: "")
            return model
        }
        guard let table = reading.table(value, at: "") else { return model }
        reading.check(table, knows: Self.readKeys + Self.keptKeys)
        readDialect(table)
        model.dialect = dialect
        readPlainKeys(table, into: &model)
        model.blocking = rules(table)
        model.comparisons = comparisons(table)
        return model
    }

    private mutating func readDialect(_ table: FileReading.Table) {
        guard let name = reading.text("sql_dialect", of: table) else { return }
        guard let known = SQLDialect(rawValue: name) else {
            let reason = "the SQL of \(quoted(name)) is not read here, only that of duckdb and spark."
            reading.fault(at: "sql_dialect", reason)
            return
        }
        dialect = known
    }

    private mutating func readPlainKeys(_ table: FileReading.Table, into model: inout Model) {
        switch reading.text("link_type", of: table) {
        case "dedupe_only": model.links = .dedupe
        case "link_only": model.links = .link
        case "link_and_dedupe": model.links = .linkAndDedupe
        case nil where table["link_type"] == nil:
            reading.fault(at: "", "the key \"link_type\" is missing; it is dedupe_only, link_only or link_and_dedupe.")
        case nil: break
        case let other?:
            let reason = "\(quoted(other)) is no kind of link; it is dedupe_only, link_only or link_and_dedupe."
            reading.fault(at: "link_type", reason)
        }
        let prior = reading.probability("probability_two_random_records_match", of: table, mayBeOne: false)
        model.prior = prior ?? model.prior
        model.identifier = reading.text("unique_id_column_name", of: table) ?? model.identifier
        model.sourceColumn = reading.text("source_dataset_column_name", of: table) ?? model.sourceColumn
        let iterations = reading.whole("max_iterations", of: table, in: 1...1_000_000)
        model.training.maxIterations = iterations ?? model.training.maxIterations
        if let convergence = reading.number("em_convergence", of: table) {
            model.training.convergence = convergence
            if convergence <= 0 { reading.fault(at: "em_convergence", "it must be above 0.") }
        }
        var kept: [String: String] = [:]
        for entry in table.entries where Self.keptKeys.contains(entry.key) { kept[entry.key] = entry.value.json() }
        model.peer = PeerSettings(keys: kept)
    }

    // MARK: - Blocking

    private mutating func rules(_ table: FileReading.Table) -> [BlockingRule] {
        let key = "blocking_rules_to_generate_predictions"
        guard let value = table[key], let items = reading.list(value, at: key) else { return [] }
        guard items.count <= FileLimit.rules else {
            reading.fault(at: key, "there are \(items.count) rules; at most \(FileLimit.rules) are read.")
            return []
        }
        return items.enumerated().flatMap { rules($1, at: "\(key)[\($0)]") }
    }

    private mutating func rules(_ value: FileValue, at place: String) -> [BlockingRule] {
        if case .text(let sql) = value { return rules(sql, at: place) }
        guard let table = reading.table(value, at: place) else { return [] }
        reading.check(table, knows: ["blocking_rule", "sql_dialect", "arrays_to_explode", "salting_partitions"])
        checkDialect("sql_dialect", of: table)
        guard let sql = reading.text("blocking_rule", of: table) else {
            if table["blocking_rule"] == nil { reading.fault(at: place, "the key \"blocking_rule\" is missing.") }
            return []
        }
        let explodes = reading.texts("arrays_to_explode", of: table) ?? []
        let parts = reading.whole("salting_partitions", of: table, in: 1...1_000_000)
        var rules = rules(sql, at: table.place(of: "blocking_rule"))
        for index in rules.indices {
            rules[index].explodes = explodes
            rules[index].saltingPartitions = parts
        }
        return rules
    }

    private mutating func rules(_ sql: String, at place: String) -> [BlockingRule] {
        do {
            return try BlockingRule.rules(sql: sql, dialect: dialect, allowsOwn: false)
        } catch {
            reading.fault(error, in: place)
            return []
        }
    }

    private mutating func checkDialect(_ key: String, of table: FileReading.Table) {
        guard let name = reading.text(key, of: table), name != dialect.rawValue else { return }
        let reason = "this is SQL of \(quoted(name)), and the model's is that of \(dialect.rawValue)."
        reading.fault(at: table.place(of: key), reason)
    }

    // MARK: - Comparisons

    private mutating func comparisons(_ table: FileReading.Table) -> [Comparison] {
        guard let value = table["comparisons"] else {
            reading.fault(at: "", "the key \"comparisons\" is missing.")
            return []
        }
        guard let items = reading.list(value, at: "comparisons") else { return [] }
        guard items.count <= FileLimit.comparisons else {
            let reason = "there are \(items.count) comparisons; at most \(FileLimit.comparisons) are read."
            reading.fault(at: "comparisons", reason)
            return []
        }
        let before = reading.faults.count
        let comparisons = items.enumerated().compactMap { comparison($1, at: $0) }
        // Levels that could not be read would only be missed again.
        if reading.faults.count == before { reading.check(comparisons, levelsKey: "comparison_levels") }
        return comparisons
    }

    private mutating func comparison(_ value: FileValue, at index: Int) -> Comparison? {
        var place = "comparisons[\(index)]"
        guard var table = reading.table(value, at: place) else { return nil }
        let name = reading.text("output_column_name", of: table)
        if let name { place += " \(quoted(name))" }
        table.place = place
        reading.check(table, knows: ["output_column_name", "comparison_description", "comparison_levels"])
        let about = reading.text("comparison_description", of: table) ?? ""
        guard let levels = table["comparison_levels"] else {
            reading.fault(at: place, "the key \"comparison_levels\" is missing.")
            return nil
        }
        guard let items = reading.list(levels, at: table.place(of: "comparison_levels")) else { return nil }
        guard items.count <= FileLimit.levels else {
            let reason = "there are \(items.count) levels; at most \(FileLimit.levels) are read."
            reading.fault(at: table.place(of: "comparison_levels"), reason)
            return nil
        }
        let read = items.enumerated().compactMap { level($1, at: "\(place).comparison_levels[\($0)]") }
        let first = read.lazy.flatMap(\.condition.columns).first
        return Comparison(name: name ?? first ?? "comparison \(index + 1)", about: about, levels: read)
    }

    private static let levelKeys = [
        "sql_condition", "label_for_charts", "is_null_level", "m_probability", "u_probability", "fix_m_probability",
        "fix_u_probability", "tf_adjustment_column", "tf_adjustment_weight", "tf_minimum_u_value",
        "disable_tf_exact_match_detection", "base_dialect_str",
    ]

    private mutating func level(_ value: FileValue, at place: String) -> Level? {
        guard let table = reading.table(value, at: place) else { return nil }
        reading.check(table, knows: Self.levelKeys)
        checkDialect("base_dialect_str", of: table)
        let m = reading.probability("m_probability", of: table)
        let u = reading.probability("u_probability", of: table)
        guard let sql = reading.text("sql_condition", of: table) else {
            if table["sql_condition"] == nil { reading.fault(at: place, "the key \"sql_condition\" is missing.") }
            return nil
        }
        let condition: Condition
        do {
            condition = try Condition(sql: sql, dialect: dialect, allowsOwn: false)
        } catch {
            reading.fault(error, in: table.place(of: "sql_condition"))
            return nil
        }
        let label = reading.text("label_for_charts", of: table) ?? ""
        let isNull = reading.truth("is_null_level", of: table) ?? false
        var level = Level(condition, label: label, m: m, u: u, isNull: isNull)
        level.text = sql
        level.isMFixed = reading.truth("fix_m_probability", of: table) ?? false
        level.isUFixed = reading.truth("fix_u_probability", of: table) ?? false
        level.frequency = frequency(table)
        return level
    }

    private mutating func frequency(_ table: FileReading.Table) -> FrequencyAdjustment? {
        guard let column = reading.text("tf_adjustment_column", of: table) else { return nil }
        var frequency = FrequencyAdjustment(column: column)
        if let weight = reading.number("tf_adjustment_weight", of: table) {
            frequency.weight = weight
            if weight < 0 { reading.fault(at: table.place(of: "tf_adjustment_weight"), "it must not be below 0.") }
        }
        if let least = reading.number("tf_minimum_u_value", of: table), least != 0 {
            frequency.leastU = least
            if least < 0 || least > 1 {
                reading.fault(at: table.place(of: "tf_minimum_u_value"), "it must be from 0 to 1.")
            }
        }
        frequency.usesOwnU = reading.truth("disable_tf_exact_match_detection", of: table) ?? false
        return frequency
    }
}
