extension YAMLReader {
    mutating func comparisons(_ table: FileReading.Table) -> [Comparison] {
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
        let comparisons = items.enumerated().compactMap { comparison($1, at: "comparisons[\($0)]") }
        if reading.faults.count == before { reading.check(comparisons, levelsKey: "levels") }
        return comparisons
    }

    /// `town`, `postcode: postcode`, or a name with a table.
    private mutating func comparison(_ value: FileValue, at place: String) -> Comparison? {
        if case .text(let column) = value {
            return comparison(column, FileReading.Table(place: place, entries: []), kind: .exact)
        }
        guard let outer = reading.table(value, at: place) else { return nil }
        guard outer.entries.count == 1, let entry = outer.entries.first else {
            let reason =
                "a comparison is a column, or one name and what to do, such as surname: {compare: jaro-winkler}."
            reading.fault(at: place, reason)
            return nil
        }
        let inner = "\(place) \(quoted(entry.key))"
        switch entry.value {
        case .nothing: return comparison(entry.key, .init(place: inner, entries: []), kind: .exact)
        case .text:
            let table = FileReading.Table(place: inner, entries: [.init(key: "compare", value: entry.value)])
            return comparison(entry.key, table, kind: nil)
        default:
            guard let table = reading.table(entry.value, at: inner) else { return nil }
            return comparison(entry.key, table, kind: nil)
        }
    }

    private mutating func comparison(
        _ name: String, _ table: FileReading.Table, kind: ShortComparison.Kind?
    ) -> Comparison? {
        let about = reading.text("about", of: table) ?? ""
        if let levels = table["levels"] {
            reading.check(table, knows: ["about", "levels"])
            let place = table.place(of: "levels")
            guard let items = reading.list(levels, at: place) else { return nil }
            guard items.count <= FileLimit.levels else {
                reading.fault(at: place, "there are \(items.count) levels; at most \(FileLimit.levels) are read.")
                return nil
            }
            let read = items.enumerated().compactMap { level($1, at: "\(place)[\($0)]") }
            return Comparison(name: name, about: about, levels: read)
        }
        guard let short = short(name, table, kind: kind) else { return nil }
        var levels = short.levels(in: dialect)
        readNumbers(table, into: &levels)
        addFrequencies(table, of: short, to: &levels)
        return Comparison(name: name, about: about, levels: levels)
    }

    // MARK: - In one line

    private mutating func short(
        _ name: String, _ table: FileReading.Table, kind: ShortComparison.Kind?
    ) -> ShortComparison? {
        let keys = [
            "compare", "column", "columns", "at", "within", "format", "frequencies", "about", "levels", "m", "u",
            "fixed", "rich",
        ]
        reading.check(table, knows: keys)
        let chosen: ShortComparison.Kind? = choice("compare", of: table)
        guard let kind = chosen ?? (table["compare"] == nil ? kind ?? .exact : nil) else { return nil }
        var columns: [Expression] = []
        if let value = table["columns"] ?? table["column"] {
            columns = expressions(value, at: table.place(of: table["columns"] == nil ? "column" : "columns"))
            guard !columns.isEmpty else { return nil }
        } else {
            columns = [.column(name)]
        }
        var short = ShortComparison(kind: kind, columns: columns)
        short.isRich = reading.truth("rich", of: table) ?? false
        if short.isRich, kind != .names, kind != .date {
            reading.fault(at: table.place(of: "rich"), "only the comparisons names and date have a rich form.")
        }
        guard columns.count == short.columnCount else {
            let needed = short.columnCount == 2 ? "two columns: columns: [a, b]" : "one column"
            reading.fault(at: table.place, "the comparison \(kind.rawValue) needs \(needed).")
            return nil
        }
        readFormat(table, into: &short)
        readLimits(table, into: &short)
        return short
    }

    /// How dates are written. Where they are written in several ways, the first that fits counts, and what is compared is
    /// what is made of it: `yyyy-mm-dd`.
    private mutating func readFormat(_ table: FileReading.Table, into short: inout ShortComparison) {
        guard let formats = reading.texts("format", of: table) else { return }
        let place = table.place(of: "format")
        guard short.kind == .date else {
            reading.fault(at: place, "only the comparison date has a format.")
            return
        }
        if formats.isEmpty { reading.fault(at: place, "the list is empty.") }
        for format in formats where !Measure.reads(format: format) {
            reading.fault(at: place, "\(quoted(format)) is no format of dates; write %Y-%m-%d or %d/%m/%Y.")
        }
        if formats.count == 1 { short.format = formats[0] }
        guard formats.count > 1 else { return }
        short.columns = short.columns.map { column in .firstOf(formats.map { .date(column, format: $0) }) }
    }

    private mutating func readLimits(_ table: FileReading.Table, into short: inout ShortComparison) {
        if let value = table["at"] {
            let place = table.place(of: "at")
            guard let measure = short.measure else {
                reading.fault(at: place, "the comparison \(short.kind.rawValue) has no limits.")
                return
            }
            let items: [FileValue] = if case .list(let items) = value { items } else { [value] }
            short.limits = items.enumerated().compactMap { reading.number($1, at: "\(place)[\($0)]") }
            let sorted = measure.moreIsBetter ? short.limits.sorted(by: >) : short.limits.sorted()
            if sorted != short.limits || Set(sorted).count < sorted.count {
                reading.fault(at: place, "the limits must go from the strictest to the loosest.")
            }
            if short.limits.isEmpty { reading.fault(at: place, "the list is empty.") }
            let isShare = measure.moreIsBetter && measure.measure != .commonElements
            for limit in short.limits where limit < 0 || isShare && limit > 1 {
                let range = isShare ? "from 0 to 1" : "0 or more"
                reading.fault(
                    at: place,
                    "\(SQLWriter.number(limit)) is no limit of \(short.kind.rawValue): its limits are \(range).")
            }
        }
        guard let words = reading.texts("within", of: table) else { return }
        let place = table.place(of: "within")
        guard short.kind == .date, !short.isRich else {
            reading.fault(at: place, "only the comparison date has periods, where it is not rich.")
            return
        }
        for (index, word) in words.enumerated() {
            if let period = ShortComparison.Period(words: word) {
                short.periods.append(period)
            } else {
                let reason = "\(quoted(word)) is no period; write 1 day, 3 months or 10 years."
                reading.fault(at: "\(place)[\(index)]", reason)
            }
        }
    }

    /// The probabilities of the levels but the one for missing values.
    private mutating func readNumbers(_ table: FileReading.Table, into levels: inout [Level]) {
        let m = probabilities("m", of: table, count: levels.count - 1)
        let u = probabilities("u", of: table, count: levels.count - 1)
        let fixed = fixed(table)
        for index in 1..<levels.count {
            levels[index].m = m?[index - 1]
            levels[index].u = u?[index - 1]
            levels[index].isMFixed = fixed.m
            levels[index].isUFixed = fixed.u
        }
    }

    private mutating func probabilities(_ key: String, of table: FileReading.Table, count: Int) -> [Double?]? {
        guard let value = table[key], let items = reading.list(value, at: table.place(of: key)) else { return nil }
        guard items.count == count else {
            let reason =
                "\(items.count) probabilities are given, and there are \(count) levels besides the missing one."
            reading.fault(at: table.place(of: key), reason)
            return nil
        }
        return items.enumerated().map { index, item in
            item == .nothing ? nil : reading.probability(item, at: "\(table.place(of: key))[\(index)]")
        }
    }

    mutating func fixed(_ table: FileReading.Table) -> (m: Bool, u: Bool) {
        if case .truth(let truth)? = table["fixed"] { return (truth, truth) }
        let words = reading.texts("fixed", of: table) ?? []
        for word in words where word != "m" && word != "u" {
            reading.fault(at: table.place(of: "fixed"), "fixed are m, u or both, not \(quoted(word)).")
        }
        return (words.contains("m"), words.contains("u"))
    }

    private mutating func addFrequencies(
        _ table: FileReading.Table, of short: ShortComparison, to levels: inout [Level]
    ) {
        let column: String? =
            if short.columns.count == 1, case .column(let name) = short.columns[0] { name } else { nil }
        if short.isRich, short.kind == .names, table["frequencies"] == .truth(true) {
            for (level, frequency) in short.richNameFrequencies.enumerated() { levels[level].frequency = frequency }
            return
        }
        guard let frequency = frequency(table, column: column) else { return }
        guard let exact = levels.firstIndex(where: \.isExact) else {
            let reason = "the comparison \(short.kind.rawValue) has no level of exact agreement to adjust."
            reading.fault(at: table.place(of: "frequencies"), reason)
            return
        }
        levels[exact].frequency = frequency
    }
}

extension Level {
    /// Whether one column must be the same on both sides, and nothing else.
    var isExact: Bool {
        if case .equal(let one, let other) = condition, one.side != other.side, case .column = one.expression {
            return one.expression == other.expression
        }
        return false
    }
}
