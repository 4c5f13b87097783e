extension SQLMeaning {
    static let isoDate = "%Y-%m-%d"

    /// Functions that read or cut dates.
    func dateCall(_ name: String, _ arguments: [Placed], _ piece: Placed) throws(SQLFault) -> Sided? {
        switch (name, arguments.count) {
        case ("try_strptime", 2), ("strptime", 2): return try dated(arguments[0], format: try text(arguments[1]))
        case ("try_to_timestamp", 2), ("to_timestamp", 2), ("try_to_date", 2), ("to_date", 2):
            let pattern = try text(arguments[1])
            guard dialect == .spark else { return nil }
            switch DatePattern.strptime(spark: pattern) {
            case .success(let format): return try dated(arguments[0], format: format)
            case .failure(let fault): throw SQLFault(at: arguments[1].start, reason: fault.reason)
            }
        case ("date", 2) where allowsOwn: return try dated(arguments[0], format: try text(arguments[1]))
        case ("date", 1), ("to_date", 1), ("try_to_date", 1): return dateOnly(try value(arguments[0]))
        case ("year", 1): return part(of: try value(arguments[0]), from: 1, count: 4)
        case ("month", 1): return part(of: try value(arguments[0]), from: 6, count: 2)
        case ("day", 1), ("dayofmonth", 1): return part(of: try value(arguments[0]), from: 9, count: 2)
        default: return nil
        }
    }

    private func dated(_ piece: Placed, format: String) throws(SQLFault) -> Sided {
        var sided = try value(piece)
        sided.expression = .date(sided.expression, format: format)
        return sided
    }

    /// The day of a value: of a time its first ten characters, of a text its reading as a date.
    func dateOnly(_ sided: Sided) -> Sided {
        var sided = sided
        switch sided.expression {
        case .text: break
        case .date(_, let format) where DatePattern.hasTime(format):
            sided.expression = .substring(sided.expression, from: 1, count: 10)
        case .date: break
        default: sided.expression = .date(sided.expression, format: Self.isoDate)
        }
        return sided
    }

    private func part(of sided: Sided, from first: Int, count: Int) -> Sided {
        var sided = sided
        if case .date = sided.expression {
            // Already in the order of year, month and day.
        } else {
            sided.expression = .date(sided.expression, format: Self.isoDate)
        }
        sided.expression = .substring(sided.expression, from: first, count: count)
        sided.isNumber = true
        return sided
    }

    // MARK: - Distances

    /// `ABS(…)` of the difference of two numbers, dates or times.
    func distance(_ piece: Placed, _ whole: Placed) throws(SQLFault) -> Meaning {
        switch piece.syntax {
        case .binary("-", let left, let right):
            if let one = seconds(left), let other = seconds(right) {
                return try days(between: one, and: other, units: 86_400)
            }
            let (one, other) = (try value(left), try value(right))
            if case .date = one.expression, case .date = other.expression {
                return try days(between: left, and: right, units: 1)
            }
            return .quantity(.difference, one.operand, other.operand, units: 1)
        case .call(let name, let arguments) where name == "datediff" || name == "date_diff":
            return try dayCount(arguments, piece)
        default:
            if case .constant(let number) = try meaning(piece) { return .constant(abs(number)) }
            throw SQLFault(at: whole.start, reason: "ABS is understood of a - b and of datediff only")
        }
    }

    /// What stands inside `EPOCH(…)` and the like.
    private func seconds(_ piece: Placed) -> Placed? {
        guard case .call(let name, let arguments) = piece.syntax, name == "epoch" || name == "unix_timestamp",
            arguments.count == 1
        else { return nil }
        return arguments[0]
    }

    private func dayCount(_ arguments: [Placed], _ piece: Placed) throws(SQLFault) -> Meaning {
        switch arguments.count {
        case 2 where dialect == .spark: return try days(between: arguments[0], and: arguments[1], units: 1)
        case 3:
            let unit: String =
                switch arguments[0].syntax {
                case .text(let unit): unit.lowercased()
                case .column(table: nil, let unit): unit.lowercased()
                default: ""
                }
            guard unit == "day" else {
                let reason = "datediff counts the \(unit)s that begin in between; only days are understood"
                throw SQLFault(at: arguments[0].start, reason: reason)
            }
            return try days(between: arguments[1], and: arguments[2], units: 1)
        default: throw SQLFault(at: piece.start, reason: "datediff is not understood with \(arguments.count) values")
        }
    }

    private func days(between left: Placed, and right: Placed, units: Double) throws(SQLFault) -> Meaning {
        let (one, other) = (try value(left), try value(right))
        if case .date(let inner, let format) = one.expression, case .date(let otherInner, format) = other.expression {
            let measure = Measure.days(format: format)
            let (left, right) = (Operand(one.operand.side, inner), Operand(other.operand.side, otherInner))
            return .quantity(measure, left, right, units: units)
        }
        // Whatever is no date yet is taken for one in the usual order, and so is what has been read as one.
        return .quantity(.days(format: Self.isoDate), one.operand, other.operand, units: units)
    }

    /// `days(a, b, '%d/%m/%Y')` of our own files; the format is the usual one when it is left out.
    func ownPeriod(_ name: String, _ arguments: [Placed], _ piece: Placed) throws(SQLFault) -> Meaning? {
        guard ["days", "months", "years"].contains(name), (2...3).contains(arguments.count) else { return nil }
        let format = arguments.count == 3 ? try text(arguments[2]) : Self.isoDate
        let measure: Measure =
            name == "days" ? .days(format: format) : name == "months" ? .months(format: format) : .years(format: format)
        return .quantity(measure, try value(arguments[0]).operand, try value(arguments[1]).operand, units: 1)
    }
}
