extension YAMLReader {
    // MARK: - Levels in full

    mutating func level(_ value: FileValue, at place: String) -> Level? {
        guard let table = reading.table(value, at: place) else { return nil }
        reading.check(table, knows: ["when", "label", "m", "u", "fixed", "missing", "frequencies"])
        let m = reading.probability("m", of: table)
        let u = reading.probability("u", of: table)
        guard let sql = reading.text("when", of: table) else {
            if table["when"] == nil { reading.fault(at: place, "the key \"when\" is missing.") }
            return nil
        }
        let condition: Condition
        do {
            condition = try Condition(sql: sql, dialect: dialect)
        } catch {
            reading.fault(error, in: table.place(of: "when"))
            return nil
        }
        let isNull = reading.truth("missing", of: table) ?? false
        let label = reading.text("label", of: table) ?? ""
        var level = Level(condition, label: label, m: m, u: u, isNull: isNull)
        level.text = sql
        let fixed = fixed(table)
        level.isMFixed = fixed.m
        level.isUFixed = fixed.u
        let columns = Set(condition.columns)
        level.frequency = frequency(table, column: columns.count == 1 ? columns.first : nil)
        return level
    }

    /// `true`, a column, or a table.
    mutating func frequency(_ table: FileReading.Table, column: String?) -> FrequencyAdjustment? {
        let place = table.place(of: "frequencies")
        switch table["frequencies"] {
        case nil, .truth(false): return nil
        case .text(let name): return FrequencyAdjustment(column: name)
        case .truth(true):
            if let column { return FrequencyAdjustment(column: column) }
            reading.fault(at: place, "name the column whose frequencies count.")
            return nil
        case let value?:
            guard let table = reading.table(value, at: place) else { return nil }
            reading.check(table, knows: ["column", "weight", "least", "own", "also"])
            guard let name = reading.text("column", of: table) ?? column else {
                reading.fault(at: place, "name the column whose frequencies count.")
                return nil
            }
            var frequency = FrequencyAdjustment(column: name)
            frequency.weight = reading.number("weight", of: table) ?? 1
            if frequency.weight < 0 { reading.fault(at: table.place(of: "weight"), "it must not be below 0.") }
            frequency.leastU = reading.probability("least", of: table)
            frequency.usesOwnU = reading.truth("own", of: table) ?? false
            frequency.also = reading.texts("also", of: table) ?? []
            return frequency
        }
    }

    // MARK: - Plans

    mutating func readPlans(_ table: FileReading.Table, into model: inout Model) {
        if let value = table["training"], let plan = reading.table(value, at: "training") {
            model.training = training(plan)
        }
        if let value = table["clusters"], let plan = reading.table(value, at: "clusters") {
            model.clustering = clustering(plan)
        }
        guard let value = table["calibration"], let line = reading.table(value, at: "calibration") else { return }
        reading.check(line, knows: ["slope", "offset"])
        let slope = reading.number("slope", of: line)
        let offset = reading.number("offset", of: line)
        if slope == nil, line["slope"] == nil { reading.fault(at: "calibration", "the key \"slope\" is missing.") }
        if let slope, slope <= 0 { reading.fault(at: "calibration.slope", "it must be above 0.") }
        model.calibration = Calibration(slope: slope ?? 1, offset: offset ?? 0)
    }

    private mutating func training(_ table: FileReading.Table) -> TrainingPlan {
        reading.check(
            table, knows: ["deterministic", "recall", "runs", "iterations", "convergence", "pairs", "seed", "rest"])
        var plan = TrainingPlan()
        plan.deterministic = table["deterministic"].map { rules($0, at: table.place(of: "deterministic")) } ?? []
        plan.runs = table["runs"].map { rules($0, at: table.place(of: "runs")) } ?? []
        plan.recall = reading.probability("recall", of: table) ?? plan.recall
        plan.maxIterations = reading.whole("iterations", of: table, in: 1...1_000_000) ?? plan.maxIterations
        plan.convergence = reading.number("convergence", of: table) ?? plan.convergence
        if plan.convergence <= 0 { reading.fault(at: table.place(of: "convergence"), "it must be above 0.") }
        plan.randomPairs = reading.whole("pairs", of: table, in: 1...1_000_000_000_000) ?? plan.randomPairs
        plan.comparesRest = reading.truth("rest", of: table) ?? true
        if case .number(_, let written)? = table["seed"], let seed = UInt64(written) {
            plan.seed = seed
        } else if table["seed"] != nil {
            reading.fault(at: table.place(of: "seed"), "a whole number from 0 is needed here.")
        }
        return plan
    }

    private mutating func clustering(_ table: FileReading.Table) -> ClusteringPlan {
        reading.check(table, knows: ["method", "threshold", "most-records"])
        var plan = ClusteringPlan()
        plan.method = choice("method", of: table) ?? plan.method
        if let threshold = reading.number("threshold", of: table) {
            plan.threshold = threshold
            if threshold < 0 || threshold > 1 {
                reading.fault(at: table.place(of: "threshold"), "\(threshold) is not a probability from 0 to 1.")
            }
        }
        plan.mostRecords = reading.whole("most-records", of: table, in: 2...1_000_000_000)
        return plan
    }
}
