extension SQLMeaning {
    /// A value of one record, or a fixed one.
    func value(_ piece: Placed) throws(SQLFault) -> Sided {
        try value(of: try meaning(piece), at: piece)
    }

    /// The value that was meant, if it is one.
    private func value(of meaning: Meaning, at piece: Placed) throws(SQLFault) -> Sided {
        switch meaning {
        case .value(let sided): return sided
        case .constant(let number): return Sided(side: nil, expression: .text(SQLWriter.number(number)))
        case .quantity, .length:
            throw SQLFault(at: piece.start, reason: "this is a number about values, not a value of one record")
        }
    }

    func meaning(_ piece: Placed) throws(SQLFault) -> Meaning {
        if let quantity = try idiom(piece) { return quantity }
        switch piece.syntax {
        case .column(let table, let name): return .value(try column(table, name, at: piece))
        case .number(let number): return .constant(number)
        case .text(let text): return .value(Sided(side: nil, expression: .text(text)))
        case .negative(let inner):
            guard case .constant(let number) = try meaning(inner) else { break }
            return .constant(-number)
        case .binary("||", let left, let right):
            return .value(try joined([left, right], flattens: true) { .joined($0) })
        case .binary(let symbol, let left, let right): return try arithmetic(symbol, left, right, piece)
        case .cast(let inner, let type): return try cast(inner, to: type, piece)
        case .element(let array, let index): return .value(try element(array, index))
        case .slice(let text, let from, let to): return .value(try slice(text, from, to, piece))
        case .call(let name, let arguments): return try call(name, arguments, piece)
        default: break
        }
        throw SQLFault(at: piece.start, reason: notUnderstood(piece.syntax))
    }

    private func notUnderstood(_ syntax: SQLSyntax) -> String {
        switch syntax {
        case .choice: "this CASE is not one of the forms that are understood"
        case .null: "NULL is not a value here; ask with IS NULL"
        case .function: "a function of one's own (->) is not understood here"
        case .list: "a list of values is not understood here"
        case .truth, .all, .any, .not, .isNull, .same, .isOneOf: "this is a condition, not a value"
        default: "this is not understood"
        }
    }

    private func column(_ table: String?, _ name: String, at piece: Placed) throws(SQLFault) -> Sided {
        func fault(_ reason: String) -> SQLFault { SQLFault(at: piece.start, reason: reason) }
        switch naming {
        case .bare:
            guard table == nil else { throw fault("here a column has its plain name, without \(quoted(table ?? ""))") }
            return Sided(side: nil, expression: .column(name))
        case .prefixed:
            switch table?.lowercased() {
            case "l": return Sided(side: .left, expression: .column(name))
            case "r": return Sided(side: .right, expression: .column(name))
            default: throw fault("write l.\(name) or r.\(name), so that it is clear which record is meant")
            }
        case .suffixed:
            guard table == nil else {
                throw fault("write \(name)_l or \(name)_r, so that it is clear which record is meant")
            }
            guard name.count > 2 else { throw fault("\(quoted(name)) is of no side; write \(name)_l or \(name)_r") }
            let base = String(name.dropLast(2))
            switch name.suffix(2).lowercased() {
            case "_l": return Sided(side: .left, expression: .column(base))
            case "_r": return Sided(side: .right, expression: .column(base))
            default:
                throw fault("\(quoted(name)) is of no side; write \(name)_l or \(name)_r")
            }
        }
    }

    /// One value made of several of the same record.
    func joined(
        _ pieces: [Placed], flattens: Bool = false, into make: ([Expression]) -> Expression
    ) throws(SQLFault) -> Sided {
        var side: Operand.Side?
        var parts: [Expression] = []
        for piece in pieces {
            let part = try value(piece)
            if let one = side, let other = part.side, one != other {
                throw SQLFault(at: piece.start, reason: "one value is made of both records; it can be of one only")
            }
            side = side ?? part.side
            if flattens, case .joined(let inner) = part.expression {
                parts.append(contentsOf: inner)
            } else {
                parts.append(part.expression)
            }
        }
        return Sided(side: side, expression: make(parts))
    }

    /// Numbers are worked out; a measure may be stretched by a number.
    private func arithmetic(
        _ symbol: String, _ left: Placed, _ right: Placed, _ piece: Placed
    ) throws(SQLFault) -> Meaning {
        switch (try meaning(left), symbol, try meaning(right)) {
        case (.constant(let one), _, .constant(let other)):
            let result: Double =
                switch symbol {
                case "+": one + other
                case "-": one - other
                case "*": one * other
                case "/": one / other
                default: one.truncatingRemainder(dividingBy: other)
                }
            guard result.isFinite else { throw SQLFault(at: piece.start, reason: "this divides by zero") }
            return .constant(result)
        case (.quantity(let measure, let one, let other, let units), "*", .constant(let factor)) where factor > 0:
            return .quantity(measure, one, other, units: units * factor)
        case (.quantity(let measure, let one, let other, let units), "/", .constant(let factor)) where factor > 0:
            return .quantity(measure, one, other, units: units / factor)
        default:
            throw SQLFault(at: piece.start, reason: "the sum of these is not understood; only ABS(a - b) is")
        }
    }

    private func cast(_ inner: Placed, to type: String, _ piece: Placed) throws(SQLFault) -> Meaning {
        let meaning = try meaning(inner)
        switch type {
        case "varchar", "text", "string", "char", "bpchar": return .value(try value(of: meaning, at: inner))
        case "int", "integer", "bigint", "smallint", "tinyint", "hugeint", "int4", "int8", "long", "double", "float",
            "real", "decimal", "numeric", "float8", "float4":
            guard case .value(var sided) = meaning else { return meaning }
            sided.isNumber = true
            return .value(sided)
        case "date": return .value(dateOnly(try value(of: meaning, at: inner)))
        case "timestamp", "datetime":
            guard case .value(let sided) = meaning, case .date = sided.expression else { break }
            return meaning
        default: break
        }
        throw SQLFault(at: piece.start, reason: "the type \(quoted(type)) is not understood")
    }

    private func element(_ array: Placed, _ index: Placed) throws(SQLFault) -> Sided {
        guard case .constant(let number) = try meaning(index), var place = Int(exactly: number), abs(place) < 1_000_000
        else { throw SQLFault(at: index.start, reason: "the number of an element must be a fixed whole number") }
        if dialect == .spark {
            guard place >= 0 else { throw SQLFault(at: index.start, reason: "use element_at to count from the end") }
            place += 1
        }
        guard place != 0 else {
            throw SQLFault(
                at: index.start, reason: "DuckDB counts elements from 1, so that element 0 is always missing")
        }
        var sided = try value(array)
        sided.expression = .element(sided.expression, place)
        return sided
    }

    private func slice(
        _ text: Placed, _ from: Placed?, _ to: Placed?, _ piece: Placed
    ) throws(SQLFault) -> Sided {
        func place(_ piece: Placed?, else plain: Int) throws(SQLFault) -> Int {
            guard let piece else { return plain }
            return try whole(piece, from: 1)
        }
        let first = try place(from, else: 1)
        var sided = try value(text)
        guard to != nil else {
            sided.expression = .substring(sided.expression, from: first, count: nil)
            return sided
        }
        let last = try place(to, else: 1)
        guard last >= first else { throw SQLFault(at: piece.start, reason: "this slice is always empty") }
        sided.expression = .substring(sided.expression, from: first, count: last - first + 1)
        return sided
    }

    /// A fixed whole number.
    func whole(_ piece: Placed, from least: Int = -1_000_000) throws(SQLFault) -> Int {
        guard case .constant(let number) = try meaning(piece), let whole = Int(exactly: number), whole >= least,
            whole <= 1_000_000
        else {
            throw SQLFault(
                at: piece.start, reason: "a fixed whole number\(least > 0 ? " from \(least)" : "") is needed")
        }
        return whole
    }

    /// A fixed text.
    func text(_ piece: Placed) throws(SQLFault) -> String {
        guard case .text(let text) = piece.syntax else {
            throw SQLFault(at: piece.start, reason: "a fixed text in quotes is needed here")
        }
        return text
    }

    func two(_ arguments: [Placed], of piece: Placed) throws(SQLFault) -> (Placed, Placed) {
        guard arguments.count == 2 else {
            throw SQLFault(at: piece.start, reason: "two values are needed, and \(arguments.count) are given")
        }
        return (arguments[0], arguments[1])
    }
}
