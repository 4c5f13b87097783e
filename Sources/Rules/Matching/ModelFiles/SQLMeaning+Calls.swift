extension SQLMeaning {
    /// Measures by the names that DuckDB, Spark and the peer's helpers give them.
    static let measures: [String: Measure] = [
        "levenshtein": .levenshtein, "editdist3": .levenshtein, "damerau_levenshtein": .damerauLevenshtein,
        "jaro_similarity": .jaro, "jaro_sim": .jaro, "jaro_winkler_similarity": .jaroWinkler,
        "jaro_winkler": .jaroWinkler, "jaccard": .jaccard, "array_cosine_similarity": .cosine,
        "list_cosine_similarity": .cosine,
    ]

    /// Measures that only this engine has, by the names that our own files give them.
    static let ownMeasures: [String: Measure] = [
        "token_jaccard": .tokenJaccard, "token_cosine": .tokenCosine, "cosine": .cosine, "difference": .difference,
        "relative_difference": .relativeDifference, "common_elements": .commonElements,
        "closest_levenshtein": .closestLevenshtein, "closest_damerau_levenshtein": .closestDamerauLevenshtein,
        "closest_jaro": .closestJaro, "closest_jaro_winkler": .closestJaroWinkler, "kilometres": .kilometres,
        "nickname": .nickname,
    ]

    static let valueNames = [
        "abs", "array_length", "cardinality", "ceil", "coalesce", "concat", "date", "date_diff", "datediff", "day",
        "dayofmonth", "dmetaphone", "element_at", "epoch", "floor", "ifnull", "lcase", "left",
        "len", "length", "list_element", "list_extract", "list_intersect", "lower", "month", "nullif", "nvl",
        "regexp_extract", "replace", "right", "round", "size", "soundex", "strptime", "substr", "substring",
        "to_date", "to_timestamp", "trim", "try_strptime", "try_to_date", "try_to_timestamp", "ucase",
        "unix_timestamp", "upper", "year",
    ]

    func call(_ name: String, _ arguments: [Placed], _ piece: Placed) throws(SQLFault) -> Meaning {
        if let measure = Self.measures[name] ?? (allowsOwn ? Self.ownMeasures[name] : nil) {
            let (left, right) = try two(arguments, of: piece)
            return .quantity(measure, try value(left).operand, try value(right).operand, units: 1)
        }
        if allowsOwn, let period = try ownPeriod(name, arguments, piece) { return period }
        switch (name, arguments.count) {
        case ("abs", 1): return try distance(arguments[0], piece)
        case ("floor", 1), ("ceil", 1), ("round", 1):
            guard case .constant(let number) = try meaning(arguments[0]) else { break }
            return .constant(number.rounded(name == "floor" ? .down : name == "ceil" ? .up : .toNearestOrAwayFromZero))
        case ("array_length", 1), ("len", 1), ("length", 1), ("size", 1), ("cardinality", 1), ("char_length", 1):
            return try size(arguments[0])
        default: break
        }
        if let sided = try textCall(name, arguments) { return .value(sided) }
        if let sided = try dateCall(name, arguments, piece) { return .value(sided) }
        throw unknown(name, arguments.count, piece)
    }

    private func unknown(_ name: String, _ count: Int, _ piece: Placed) -> SQLFault {
        let known = Self.valueNames + Self.measures.keys + (allowsOwn ? Array(Self.ownMeasures.keys) : [])
        if known.contains(name) {
            return SQLFault(
                at: piece.start, reason: "\(quoted(name)) is not understood with \(count) values in this way")
        }
        if Self.ownMeasures[name] != nil {
            let reason = "\(quoted(name)) is a function of this engine only; write the model as YAML to use it"
            return SQLFault(at: piece.start, reason: reason)
        }
        let hint = nearest(name, among: known.sorted()).map { "; did you mean \(quoted($0))?" }
        let reason =
            "there is no function \(quoted(name)) here"
            + (hint ?? "; docs/examples/conditions.md lists those there are")
        return SQLFault(at: piece.start, reason: reason)
    }

    /// `length(x)`, or how many elements two arrays share.
    private func size(_ piece: Placed) throws(SQLFault) -> Meaning {
        if case .call(let name, let arguments) = piece.syntax, ["list_intersect", "array_intersect"].contains(name) {
            let (left, right) = try two(arguments, of: piece)
            return .quantity(.commonElements, try value(left).operand, try value(right).operand, units: 1)
        }
        return .length(try value(piece))
    }

    private func textCall(_ name: String, _ arguments: [Placed]) throws(SQLFault) -> Sided? {
        func made(_ make: (Expression) throws(SQLFault) -> Expression) throws(SQLFault) -> Sided {
            var sided = try value(arguments[0])
            sided.expression = try make(sided.expression)
            return sided
        }
        switch (name, arguments.count) {
        case ("lower", 1), ("lcase", 1): return try made { .lowercased($0) }
        case ("upper", 1), ("ucase", 1): return try made { .uppercased($0) }
        case ("trim", 1): return try made { .trimmed($0) }
        case ("soundex", 1): return try made { .soundex($0) }
        case ("dmetaphone", 1): return try made { .doubleMetaphone($0) }
        case ("double_metaphone", 1) where allowsOwn: return try made { .doubleMetaphone($0) }
        case ("substr", 2), ("substring", 2), ("substr", 3), ("substring", 3):
            let first = try whole(arguments[1])
            guard first != 0 else { throw SQLFault(at: arguments[1].start, reason: "characters are counted from 1") }
            let count: Int? = arguments.count == 3 ? try whole(arguments[2], from: 1) : nil
            return try made { .substring($0, from: first, count: count) }
        case ("left", 2):
            let count = try whole(arguments[1], from: 1)
            return try made { .substring($0, from: 1, count: count) }
        case ("right", 2):
            let count = try whole(arguments[1], from: 1)
            return try made { .substring($0, from: -count, count: count) }
        case ("replace", 3):
            let (old, new) = (try text(arguments[1]), try text(arguments[2]))
            return try made { .replaced($0, old, with: new) }
        case ("nullif", 2): return try nullIf(arguments)
        case ("coalesce", 1...), ("ifnull", 2), ("nvl", 2): return try joined(arguments) { .firstOf($0) }
        case ("concat", 1...): return try concatenated(arguments)
        case ("element_at", 2), ("list_extract", 2), ("list_element", 2), ("array_extract", 2):
            let place = try whole(arguments[1])
            guard place != 0 else { throw SQLFault(at: arguments[1].start, reason: "elements are counted from 1") }
            return try made { .element($0, place) }
        case ("regexp_extract", 2...3):
            let reason = "regexp_extract gives an empty text when nothing is found, and two of them are equal; "
            throw SQLFault(at: arguments[0].start, reason: reason + "write NULLIF(regexp_extract(…), '')")
        default: return nil
        }
    }

    /// `NULLIF(x, 'text')`; around a `regexp_extract` with an empty text it is what the pattern finds.
    private func nullIf(_ arguments: [Placed]) throws(SQLFault) -> Sided {
        let text = try text(arguments[1])
        if text.isEmpty, case .call("regexp_extract", let parts) = arguments[0].syntax, (2...3).contains(parts.count) {
            var sided = try value(parts[0])
            let group = try parts.count == 3 ? whole(parts[2], from: 0) : dialect == .spark ? 1 : 0
            sided.expression = .extract(sided.expression, pattern: try pattern(parts[1], group: group), group: group)
            return sided
        }
        var sided = try value(arguments[0])
        sided.expression = .nullIf(sided.expression, text)
        return sided
    }

    /// A regular expression that can be run: what is wrong in it is said here, where its place in the file is known.
    private func pattern(_ piece: Placed, group: Int) throws(SQLFault) -> String {
        let text = try text(piece)
        do {
            _ = try Pattern(text, group: group)
        } catch {
            let reason = error.reason.hasSuffix(".") ? String(error.reason.dropLast()) : error.reason
            throw SQLFault(at: piece.start, reason: "\(error.place): \(reason)")
        }
        return text
    }

    /// DuckDB's `concat` takes a missing part for an empty one; Spark's makes the whole missing.
    private func concatenated(_ arguments: [Placed]) throws(SQLFault) -> Sided {
        guard dialect == .duckdb else { return try joined(arguments) { .joined($0) } }
        return try joined(arguments) { parts in
            .joined(
                parts.map { part in
                    if case .text = part { return part }
                    return .firstOf([part, .text("")])
                })
        }
    }
}
