extension YAMLReader {
    // MARK: - Blocking rules

    mutating func rules(_ value: FileValue, at place: String) -> [BlockingRule] {
        guard let items = reading.list(value, at: place) else { return [] }
        guard items.count <= FileLimit.rules else {
            reading.fault(at: place, "there are \(items.count) rules; at most \(FileLimit.rules) are read.")
            return []
        }
        return items.enumerated().flatMap { rule($1, at: "\(place)[\($0)]") }
    }

    private mutating func rule(_ value: FileValue, at place: String) -> [BlockingRule] {
        switch value {
        case .text, .list: return equal(value, at: place).map { [$0] } ?? []
        default: break
        }
        guard let table = reading.table(value, at: place) else { return [] }
        let kinds = ["equal", "sql", "neighbours", "similar"]
        reading.check(table, knows: kinds + ["explode", "salting"])
        let chosen = kinds.filter { table[$0] != nil }
        guard chosen.count == 1, let value = table[chosen[0]] else {
            reading.fault(at: place, "a rule is one of \(kinds.joined(separator: ", ")).")
            return []
        }
        var rules: [BlockingRule] =
            switch chosen[0] {
            case "sql": sql(value, at: table.place(of: "sql"))
            case "equal": [equal(value, at: table.place(of: "equal"))].compactMap(\.self)
            case "neighbours": [neighbours(value, at: table.place(of: "neighbours"))].compactMap(\.self)
            default: [similar(value, at: table.place(of: "similar"))].compactMap(\.self)
            }
        let explodes = reading.texts("explode", of: table) ?? []
        let parts = reading.whole("salting", of: table, in: 1...1_000_000)
        for index in rules.indices {
            rules[index].explodes = explodes
            rules[index].saltingPartitions = parts
        }
        return rules
    }

    private mutating func sql(_ value: FileValue, at place: String) -> [BlockingRule] {
        guard let sql = reading.text(value, at: place) else { return [] }
        do {
            return try BlockingRule.rules(sql: sql, dialect: dialect)
        } catch {
            reading.fault(error, in: place)
            return []
        }
    }

    /// A value, or a list of values, that must be the same on both sides.
    private mutating func equal(_ value: FileValue, at place: String) -> BlockingRule? {
        let keys = expressions(value, at: place)
        return keys.isEmpty ? nil : named(.equal(keys.map { BlockingRule.KeyPair($0) }, also: nil))
    }

    private mutating func neighbours(_ value: FileValue, at place: String) -> BlockingRule? {
        guard let table = reading.table(value, at: place) else { return nil }
        reading.check(table, knows: ["by", "within"])
        guard let by = table["by"] else {
            reading.fault(at: place, "the key \"by\" is missing: the columns to sort by.")
            return nil
        }
        let keys = expressions(by, at: table.place(of: "by"))
        let within = reading.whole("within", of: table, in: 1...10_000) ?? 5
        return keys.isEmpty ? nil : named(.neighbours(by: keys, within: within))
    }

    private mutating func similar(_ value: FileValue, at place: String) -> BlockingRule? {
        guard let table = reading.table(value, at: place) else { return nil }
        reading.check(table, knows: ["column", "grams", "bands", "rows"])
        guard let column = table["column"] else {
            reading.fault(at: place, "the key \"column\" is missing.")
            return nil
        }
        let grams = reading.whole("grams", of: table, in: 1...16) ?? 3
        let bands = reading.whole("bands", of: table, in: 1...256) ?? 8
        let rows = reading.whole("rows", of: table, in: 1...64) ?? 3
        guard let expression = expression(column, at: table.place(of: "column")) else { return nil }
        return named(.similar(expression, grams: grams, bands: bands, rows: rows))
    }

    private func named(_ kind: BlockingRule.Kind) -> BlockingRule {
        BlockingRule(kind, text: BlockingRule.plainText(of: kind, in: dialect))
    }

    // MARK: - Values

    /// A value, or a list of values.
    mutating func expressions(_ value: FileValue, at place: String) -> [Expression] {
        guard case .list(let items) = value else { return [expression(value, at: place)].compactMap(\.self) }
        if items.isEmpty { reading.fault(at: place, "the list is empty.") }
        return items.enumerated().compactMap { expression($1, at: "\(place)[\($0)]") }
    }

    mutating func expression(_ value: FileValue, at place: String) -> Expression? {
        guard let sql = reading.text(value, at: place) else { return nil }
        do {
            let expression = try Expression(sql: sql, dialect: dialect)
            if expression.hasColumn { return expression }
            reading.fault(at: place, "\(quoted(sql)) names no column.")
        } catch {
            reading.fault(error, in: place)
        }
        return nil
    }
}

extension BlockingRule {
    /// How a rule reads when nobody has written it as SQL.
    static func plainText(of kind: Kind, in dialect: SQLDialect) -> String {
        func words(_ expressions: [Expression]) -> String {
            expressions.map { (try? $0.sql(in: dialect)) ?? "" }.joined(separator: ", ")
        }
        return switch kind {
        case .equal: (try? BlockingRule(kind).sql(in: dialect)) ?? ""
        case .neighbours(let by, let within): "neighbours by \(words(by)) within \(within)"
        case .similar(let value, _, _, _): "similar \(words([value]))"
        }
    }
}
