extension SQLWriter {
    /// A measure of two values, and how many of its units in the SQL make one here.
    func quantity(_ measure: Measure, _ left: Operand, _ right: Operand) throws(Fault) -> (String, units: Double) {
        let (one, other) = (try value(left), try value(right))
        let isSpark = dialect == .spark
        if allowsOwn, let name = ownName(measure) { return (own(name, measure, one, other), 1) }
        switch measure {
        case .levenshtein: return ("levenshtein(\(one), \(other))", 1)
        case .damerauLevenshtein: return ("damerau_levenshtein(\(one), \(other))", 1)
        case .jaro: return ("\(isSpark ? "jaro_sim" : "jaro_similarity")(\(one), \(other))", 1)
        case .jaroWinkler: return ("\(isSpark ? "jaro_winkler" : "jaro_winkler_similarity")(\(one), \(other))", 1)
        case .jaccard: return ("jaccard(\(one), \(other))", 1)
        case .cosine:
            guard isSpark else { return ("array_cosine_similarity(\(one), \(other))", 1) }
            return (fill(SQLIdioms.sparkCosine, one, other), 1)
        case .difference: return ("ABS(\(one) - \(other))", 1)
        case .relativeDifference: return (fill("(\(SQLIdioms.relativeDifference))", one, other), 1)
        case .commonElements:
            let common = isSpark ? "SIZE(ARRAY_INTERSECT" : "array_length(list_intersect"
            return ("\(common)(\(one), \(other)))", 1)
        case .closestLevenshtein, .closestDamerauLevenshtein, .closestJaro, .closestJaroWinkler:
            guard let shape = SQLIdioms.closest(dialect).first(where: { $0.1 == measure }) else { break }
            return (fill(shape.0, one, other), 1)
        case .days(let format): return (try epochs(left, right, format), 86_400)
        case .months(let format): return (try epochs(left, right, format), 86_400 * 30.4375)
        case .years(let format): return (try epochs(left, right, format), 86_400 * 365.25)
        case .kilometres: return (try kilometres(left, right), 1)
        case .tokenJaccard: throw Fault(reason: "the share of common words")
        case .tokenCosine: throw Fault(reason: "the cosine of weighted words")
        case .nickname: throw Fault(reason: "the table of nicknames")
        }
        throw Fault(reason: "this measure")
    }

    /// The short name in our own files of what the peer says by a long formula, or not at all.
    private func ownName(_ measure: Measure) -> String? {
        switch measure {
        case .days: "days"
        case .months: "months"
        case .years: "years"
        case .levenshtein, .damerauLevenshtein, .jaro, .jaroWinkler, .jaccard: nil
        default: SQLMeaning.ownMeasures.first { $0.value == measure }?.key
        }
    }

    private func own(_ name: String, _ measure: Measure, _ one: String, _ other: String) -> String {
        switch measure {
        case .days(let format), .months(let format), .years(let format): period(name, one, other, format)
        default: "\(name)(\(one), \(other))"
        }
    }

    private func period(_ name: String, _ one: String, _ other: String, _ format: String) -> String {
        guard format != SQLMeaning.isoDate else { return "\(name)(\(one), \(other))" }
        return "\(name)(\(one), \(other), \(literal(format)))"
    }

    /// Seconds between two dates.
    private func epochs(_ left: Operand, _ right: Operand, _ format: String) throws(Fault) -> String {
        let one = try value(Operand(left.side, .date(left.expression, format: format)))
        let other = try value(Operand(right.side, .date(right.expression, format: format)))
        let seconds = dialect == .spark ? "UNIX_TIMESTAMP" : "EPOCH"
        return "ABS(\(seconds)(\(one)) - \(seconds)(\(other)))"
    }

    private func kilometres(_ left: Operand, _ right: Operand) throws(Fault) -> String {
        guard case .joined(let one) = left.expression, one.count == 3, one[1] == .text(","),
            case .joined(let other) = right.expression, other.count == 3, other[1] == .text(",")
        else { throw Fault(reason: "kilometres between places that are not two columns") }
        let shape = fill(
            SQLIdioms.kilometres, try value(one[0], left.side), try value(other[0], right.side),
            try value(one[2], left.side), try value(other[2], right.side))
        return "CAST(\(shape) AS FLOAT)"
    }

    /// A formula with values in the places of its names.
    private func fill(_ shape: String, _ a: String, _ b: String, _ c: String = "", _ d: String = "") -> String {
        // Cut at the names first: a value may itself hold one of them.
        var filled = ""
        var rest = Substring(shape)
        let values = ["_a": a, "_b": b, "_c": c, "_d": d]
        while let place = rest.firstIndex(of: "_") {
            let name = rest[place...].prefix(2)
            let before = place > rest.startIndex ? rest[rest.index(before: place)] : " "
            let isName = values[String(name)] != nil && !before.isLetter && !isLetter(rest[place...].dropFirst(2).first)
            filled += rest[..<place] + (isName ? values[String(name)] ?? "" : String(name))
            rest = rest[place...].dropFirst(2)
        }
        return filled + rest
    }

    private func isLetter(_ character: Character?) -> Bool {
        character.map { $0.isLetter || $0 == "_" } ?? false
    }
}
