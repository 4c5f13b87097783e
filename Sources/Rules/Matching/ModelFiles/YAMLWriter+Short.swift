extension YAMLWriter {
    /// The comparison in one line, when there is one that says exactly this.
    func short(_ comparison: Comparison) -> FileValue? {
        guard let first = comparison.levels.first, first.isNull,
            let short = ShortComparison.Kind.allCases.lazy.flatMap({ candidates($0, comparison) }).first(where: {
                isSame($0, comparison.levels)
            })
        else { return nil }
        let counted = comparison.levels.dropFirst()
        guard counted.allSatisfy({ $0.isMFixed == counted.first?.isMFixed && $0.isUFixed == counted.first?.isUFixed })
        else { return nil }
        var entries: [FileValue.Entry] = []
        func add(_ key: String, _ value: FileValue) { entries.append(FileValue.Entry(key: key, value: value)) }
        if !comparison.about.isEmpty { add("about", .text(comparison.about)) }
        if short.kind != .exact || short.columns == [.column(comparison.name)] {
            add("compare", .text(short.kind.rawValue))
        }
        let columns = short.columns.map { FileValue.text((try? $0.sql(in: model.dialect)) ?? "") }
        if short.columns.count == 2 { add("columns", .list(columns)) }
        if short.columns.count == 1, short.columns != [.column(comparison.name)] { add("column", columns[0]) }
        if !short.limits.isEmpty { add("at", .list(short.limits.map { .number($0, SQLWriter.number($0)) })) }
        if !short.periods.isEmpty { add("within", .list(short.periods.map { .text($0.words) })) }
        if short.format != SQLMeaning.isoDate { add("format", .text(short.format)) }
        if short.isRich { add("rich", .truth(true)) }
        if short.isRich, short.kind == .names {
            if counted.contains(where: { $0.frequency != nil }) { add("frequencies", .truth(true)) }
        } else if let frequency = counted.compactMap(\.frequency).first {
            let column: String? = if case .column(let name) = short.columns[0] { name } else { nil }
            add("frequencies", self.frequency(frequency, of: column))
        }
        if counted.contains(where: { $0.m != nil }) { add("m", numbers(counted.map(\.m))) }
        if counted.contains(where: { $0.u != nil }) { add("u", numbers(counted.map(\.u))) }
        if let fixed = counted.first.flatMap(fixed) { add("fixed", fixed) }
        let isPlain = entries.count == 1 && entries[0].key == "compare"
        if isPlain, short.kind == .exact { return .text(comparison.name) }
        let value = isPlain ? entries[0].value : .table(entries)
        return .table([.init(key: comparison.name, value: value)])
    }

    private func numbers(_ numbers: [Double?]) -> FileValue {
        .list(numbers.map { $0.map { .number($0) } ?? .nothing })
    }

    /// Short forms of a kind that might say what the levels say: their columns and limits taken from the levels.
    private func candidates(_ kind: ShortComparison.Kind, _ comparison: Comparison) -> [ShortComparison] {
        if let rich = rich(kind, comparison) { return [rich] }
        guard let columns = columns(of: kind, comparison.levels[0].condition) else { return [] }
        var short = ShortComparison(kind: kind, columns: columns)
        var limits: [Double] = []
        for level in comparison.levels {
            switch level.condition {
            case .measured(.damerauLevenshtein, _, _, _) where kind == .date: break
            case .measured(.days(let format), _, _, let bound):
                short.format = format
                short.periods.append(.init(bound.limit, .day))
            case .measured(.months(let format), _, _, let bound):
                short.format = format
                short.periods.append(.init(bound.limit, .month))
            case .measured(.years(let format), _, _, let bound):
                short.format = format
                short.periods.append(.init(bound.limit, .year))
            case .measured(let measure, _, _, let bound) where measure == short.measure?.measure:
                limits.append(bound.limit)
            case .all(let parts) where kind == .names:
                if case .measured(_, _, _, let bound)? = parts.first { limits.append(bound.limit) }
            default: break
            }
        }
        if kind == .email { limits = limits.enumerated().filter { $0.offset % 2 == 0 }.map(\.element) }
        short.limits = limits == short.measure?.limits ? [] : limits
        if short.periods == ShortComparison.usualPeriods { short.periods = [] }
        return [short]
    }

    /// The rich form of a kind, with the columns and format that the levels have; nil where there is none like it.
    private func rich(_ kind: ShortComparison.Kind, _ comparison: Comparison) -> ShortComparison? {
        guard kind == .names || kind == .date else { return nil }
        var columns: [Expression] = []
        var format: String?
        for level in comparison.levels {
            for column in level.condition.columns where !columns.contains(.column(column)) {
                columns.append(.column(column))
            }
            level.condition.visitMeasures { measure, _ in
                if case .days(let found) = measure { format = format ?? found }
            }
        }
        var short = ShortComparison(kind: kind, columns: columns)
        short.isRich = true
        short.format = format ?? short.format
        return columns.count == short.columnCount && short.levels(in: model.dialect).count == comparison.levels.count
            ? short : nil
    }

    /// The columns whose absence the first level looks for.
    private func columns(of kind: ShortComparison.Kind, _ missing: Condition) -> [Expression]? {
        func column(_ condition: Condition) -> Expression? {
            guard case .any(let parts) = condition, case .isMissing(let operand)? = parts.first else { return nil }
            guard kind == .date else { return operand.expression }
            if case .date(let inner, _) = operand.expression { return inner }
            return nil
        }
        switch (kind, missing) {
        case (.names, .all(let parts)), (.place, .any(let parts)):
            let columns = parts.compactMap(column)
            return columns.count == 2 ? columns : nil
        case (.names, _), (.place, _): return nil
        default: return column(missing).map { [$0] }
        }
    }

    /// Whether the short form gives these levels, but for their numbers.
    private func isSame(_ short: ShortComparison, _ levels: [Level]) -> Bool {
        let made = short.levels(in: model.dialect)
        guard made.count == levels.count, levels[0].m == nil, levels[0].u == nil, levels[0].frequency == nil,
            !levels[0].isMFixed, !levels[0].isUFixed
        else { return false }
        if short.isRich, short.kind == .names {
            let given = levels.map(\.frequency)
            guard given == short.richNameFrequencies || given.allSatisfy({ $0 == nil }) else { return false }
            return zip(made, levels).allSatisfy { one, other in
                one.condition == other.condition && one.label == other.label && one.isNull == other.isNull
                    && (other.text.isEmpty || one.text == other.text)
            }
        }
        let exact = made.firstIndex(where: \.isExact)
        return zip(made.indices, zip(made, levels)).allSatisfy { index, pair in
            let (one, other) = pair
            return one.condition == other.condition && one.label == other.label && one.isNull == other.isNull
                && (other.text.isEmpty || one.text == other.text) && (other.frequency == nil || index == exact)
        }
    }
}
