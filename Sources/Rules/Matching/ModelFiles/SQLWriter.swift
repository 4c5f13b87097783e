/// Writes conditions as SQL that ``SQLMeaning`` reads as the same.
struct SQLWriter {
    var dialect: SQLDialect
    var naming: SQLMeaning.Naming
    /// Whether functions that only this engine has may be used: in our own files, not in the peer's.
    var allowsOwn: Bool

    /// What cannot be said, as part of a sentence.
    struct Fault: Error, Equatable {
        var reason: String
    }

    func condition(_ condition: Condition) throws(Fault) -> String {
        switch condition {
        case .otherwise: return "ELSE"
        case .all(let parts): return try joined(parts, by: " AND ", none: "TRUE")
        case .any(let parts): return try joined(parts, by: " OR ", none: "FALSE")
        case .not(let inner): return "NOT (\(try self.condition(inner)))"
        case .isMissing(let operand): return "\(try value(operand)) IS NULL"
        case .equal(let left, let right): return "\(try value(left)) = \(try value(right))"
        case .measured(let measure, let left, let right, let bound):
            let (quantity, units) = try quantity(measure, left, right)
            return "\(quantity) \(sign(bound.sense)) \(limit(bound.limit, units: units))"
        }
    }

    private func joined(_ parts: [Condition], by word: String, none: String) throws(Fault) -> String {
        var written: [String] = []
        for part in parts {
            let isPlain =
                switch part {
                case .all(let inner), .any(let inner): inner.isEmpty
                case .otherwise: throw Fault(reason: "ELSE inside another condition")
                default: true
                }
            let text = try condition(part)
            written.append(isPlain ? text : "(\(text))")
        }
        return written.isEmpty ? none : written.joined(separator: word)
    }

    private func sign(_ sense: Bound.Sense) -> String {
        switch sense {
        case .atLeast: ">="
        case .above: ">"
        case .atMost: "<="
        case .below: "<"
        }
    }

    /// A limit in the units of the SQL, which divided again give the very same limit.
    private func limit(_ limit: Double, units: Double) -> String {
        let scaled = limit * units
        let candidates = [scaled, scaled.nextUp, scaled.nextDown]
        return Self.number(candidates.first { $0 / units == limit } ?? scaled)
    }

    /// A number without needless digits.
    static func number(_ number: Double) -> String {
        guard let whole = Int64(exactly: number), abs(whole) < 1_000_000_000_000_000 else { return "\(number)" }
        return "\(whole)"
    }

    // MARK: - Values

    func value(_ operand: Operand) throws(Fault) -> String {
        try value(operand.expression, operand.side)
    }

    func value(_ expression: Expression, _ side: Operand.Side) throws(Fault) -> String {
        func inner(_ expression: Expression) throws(Fault) -> String { try text(expression, side) }
        switch expression {
        case .column(let name): return column(name, side)
        case .text(let text): return literal(text)
        case .substring(let whole, let from, let count):
            return "SUBSTRING(\(try inner(whole)), \(from)\(count.map { ", \($0)" } ?? ""))"
        case .extract(let whole, let pattern, let group):
            return "NULLIF(regexp_extract(\(try inner(whole)), \(literal(pattern)), \(group)), '')"
        case .lowercased(let text): return "LOWER(\(try inner(text)))"
        case .uppercased(let text): return "UPPER(\(try inner(text)))"
        case .trimmed(let text): return "TRIM(\(try inner(text)))"
        case .replaced(let text, let old, let new):
            return "REPLACE(\(try inner(text)), \(literal(old)), \(literal(new)))"
        case .nullIf(let text, let value): return "NULLIF(\(try inner(text)), \(literal(value)))"
        case .joined(let parts): return "(\(try list(parts, side).joined(separator: " || ")))"
        case .firstOf(let parts): return "COALESCE(\(try list(parts, side).joined(separator: ", ")))"
        case .soundex(let text):
            guard allowsOwn || dialect == .spark else { throw Fault(reason: "Soundex, which DuckDB does not have") }
            return "SOUNDEX(\(try inner(text)))"
        case .doubleMetaphone(let text):
            guard allowsOwn || dialect == .spark else {
                throw Fault(reason: "double metaphone, which DuckDB does not have")
            }
            return "\(allowsOwn ? "double_metaphone" : "Dmetaphone")(\(try inner(text)))"
        case .element(let array, let place): return element(try inner(array), place)
        case .date(let text, let format): return try date(try inner(text), format)
        }
    }

    /// A value that a function takes as text: the databases' dates must be made one.
    private func text(_ expression: Expression, _ side: Operand.Side) throws(Fault) -> String {
        let written = try value(expression, side)
        guard case .date = expression, !allowsOwn else { return written }
        return "CAST(\(written) AS \(dialect == .spark ? "STRING" : "TEXT"))"
    }

    private func list(_ expressions: [Expression], _ side: Operand.Side) throws(Fault) -> [String] {
        var written: [String] = []
        for expression in expressions { written.append(try text(expression, side)) }
        return written
    }

    private func column(_ name: String, _ side: Operand.Side) -> String {
        switch naming {
        case .suffixed: identifier(name + (side == .left ? "_l" : "_r"))
        case .prefixed: (side == .left ? "l." : "r.") + identifier(name)
        case .bare: isPlainName(name) ? name : identifier(name)
        }
    }

    private func identifier(_ name: String) -> String {
        let quote = dialect == .spark ? "`" : "\""
        return quote + name.replacing(quote, with: quote + quote) + quote
    }

    private func isPlainName(_ name: String) -> Bool {
        guard let syntax = try? SQLParser.read(name, dialect: dialect).syntax else { return false }
        return syntax == .column(table: nil, name: name)
    }

    func literal(_ text: String) -> String {
        let escaped = dialect == .spark ? text.replacing("\\", with: "\\\\") : text
        return "'\(escaped.replacing("'", with: dialect == .spark ? "\\'" : "''"))'"
    }

    private func element(_ array: String, _ place: Int) -> String {
        guard dialect == .spark else { return "\(array)[\(place)]" }
        return place > 0 ? "\(array)[\(place - 1)]" : "element_at(\(array), \(place))"
    }

    private func date(_ text: String, _ format: String) throws(Fault) -> String {
        if allowsOwn { return "date(\(text), \(literal(format)))" }
        guard dialect == .spark else { return "try_strptime(\(text), \(literal(format)))" }
        let whole = "try_to_timestamp(\(text), \(literal(try sparkFormat(format))))"
        return DatePattern.hasTime(format) ? whole : "date(\(whole))"
    }

    private func sparkFormat(_ format: String) throws(Fault) -> String {
        guard let pattern = DatePattern.spark(strptime: format) else {
            throw Fault(reason: "the date format \(quoted(format)), which Spark cannot read")
        }
        return pattern
    }
}
