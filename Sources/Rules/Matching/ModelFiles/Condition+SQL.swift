extension Condition {
    /// What a level's SQL means, such as `levenshtein("dob_l", "dob_r") <= 1`; `ELSE` is ``otherwise``.
    ///
    /// - Parameter allowsOwn: whether the functions that only this engine has are known, as in our own files.
    /// - Throws: a fault whose place is the character, counted from 1, when any of it is not understood.
    public init(sql: String, dialect: SQLDialect = .duckdb, allowsOwn: Bool = true) throws(ModelFault) {
        if sql.split(whereSeparator: \.isWhitespace).map({ $0.uppercased() }) == ["ELSE"] {
            self = .otherwise
            return
        }
        let meaning = SQLMeaning(dialect: dialect, naming: .suffixed, allowsOwn: allowsOwn)
        self = try ModelFault.reading { () throws(SQLFault) in
            try meaning.condition(try SQLParser.read(sql, dialect: dialect))
        }
    }

    /// The SQL of a level that means this.
    ///
    /// - Throws: a fault without a place that names what the dialect's database cannot say.
    public func sql(in dialect: SQLDialect = .duckdb, allowsOwn: Bool = true) throws(ModelFault) -> String {
        let writer = SQLWriter(dialect: dialect, naming: .suffixed, allowsOwn: allowsOwn)
        return try ModelFault.writing { () throws(SQLWriter.Fault) in try writer.condition(self) }
    }
}

extension Expression {
    /// What a value's SQL means, such as `substr(surname, 1, 3)`, its columns by their plain names.
    ///
    /// - Throws: a fault whose place is the character, counted from 1, when any of it is not understood.
    public init(sql: String, dialect: SQLDialect = .duckdb) throws(ModelFault) {
        let meaning = SQLMeaning(dialect: dialect, naming: .bare, allowsOwn: true)
        self = try ModelFault.reading { () throws(SQLFault) in
            try meaning.value(try SQLParser.read(sql, dialect: dialect)).expression
        }
    }

    /// The SQL of a value that means this.
    public func sql(in dialect: SQLDialect = .duckdb) throws(ModelFault) -> String {
        let writer = SQLWriter(dialect: dialect, naming: .bare, allowsOwn: true)
        return try ModelFault.writing { () throws(SQLWriter.Fault) in try writer.value(self, .left) }
    }
}

extension BlockingRule {
    /// What a rule's SQL means, such as `l.surname = r.surname AND l.dob = r.dob`.
    ///
    /// Equalities of a left with a right value are keys; what else is joined by AND must hold too. A rule that is
    /// only an OR of such rules becomes several, which bring the same pairs together.
    ///
    /// - Throws: a fault whose place is the character, counted from 1, when any of it is not understood or when
    ///   there is no equality, so that every pair would have to be looked at.
    public static func rules(
        sql: String, dialect: SQLDialect = .duckdb, allowsOwn: Bool = true
    ) throws(ModelFault) -> [BlockingRule] {
        let meaning = SQLMeaning(dialect: dialect, naming: .prefixed, allowsOwn: allowsOwn)
        return try ModelFault.reading { () throws(SQLFault) in
            let scalars = Array(sql.unicodeScalars)
            var rules: [BlockingRule] = []
            for branch in meaning.branches(of: try SQLParser.read(sql, dialect: dialect)) {
                let isWhole = rules.isEmpty && branch.start == 0 && branch.end == scalars.count
                let text = String(String.UnicodeScalarView(scalars[branch.start..<branch.end]))
                rules.append(BlockingRule(try meaning.kind(of: branch), text: isWhole ? sql : text))
            }
            if rules.count == 1 { rules[0].text = sql }
            return rules
        }
    }

    /// The SQL of a rule that means this.
    ///
    /// - Throws: a fault without a place that names what the dialect's database cannot say.
    public func sql(in dialect: SQLDialect = .duckdb, allowsOwn: Bool = true) throws(ModelFault) -> String {
        let writer = SQLWriter(dialect: dialect, naming: .prefixed, allowsOwn: allowsOwn)
        return try ModelFault.writing { () throws(SQLWriter.Fault) in
            switch kind {
            case .equal(let keys, let also):
                var parts: [String] = []
                for key in keys {
                    parts.append("\(try writer.value(key.left, .left)) = \(try writer.value(key.right, .right))")
                }
                if let also { parts.append("(\(try writer.condition(also)))") }
                return parts.joined(separator: " AND ")
            case .neighbours: throw SQLWriter.Fault(reason: "neighbours in a sorted list")
            case .similar: throw SQLWriter.Fault(reason: "values that share letter groups")
            }
        }
    }
}

extension SQLMeaning {
    /// The parts of a rule that is only an OR; else the rule.
    func branches(of piece: Placed) -> [Placed] {
        guard case .any(let parts) = piece.syntax else { return [piece] }
        return parts.flatMap(branches)
    }

    func kind(of piece: Placed) throws(SQLFault) -> BlockingRule.Kind {
        var keys: [BlockingRule.KeyPair] = []
        var rest: [Condition] = []
        for part in parts(of: piece) {
            let condition = try condition(part)
            if case .equal(let one, let other) = condition, one.expression.hasColumn, other.expression.hasColumn,
                one.side != other.side
            {
                let (left, right) = one.side == .left ? (one, other) : (other, one)
                keys.append(BlockingRule.KeyPair(left.expression, right.expression))
            } else {
                rest.append(condition)
            }
        }
        guard !keys.isEmpty else {
            let reason = "no value of l must equal a value of r here, so that every pair would be looked at"
            throw SQLFault(at: piece.start, reason: reason)
        }
        return .equal(keys, also: rest.isEmpty ? nil : rest.count == 1 ? rest[0] : .all(rest))
    }

    private func parts(of piece: Placed) -> [Placed] {
        guard case .all(let parts) = piece.syntax else { return [piece] }
        return parts.flatMap(self.parts)
    }
}

extension ModelFault {
    static func reading<Value>(_ read: () throws(SQLFault) -> Value) throws(ModelFault) -> Value {
        do {
            return try read()
        } catch {
            let end = error.reason.hasSuffix("?") ? "" : "."
            throw ModelFault(at: "character \(error.at + 1)", error.reason + end)
        }
    }

    static func writing<Value>(_ write: () throws(SQLWriter.Fault) -> Value) throws(ModelFault) -> Value {
        do { return try write() } catch { throw ModelFault(at: "", error.reason) }
    }
}
