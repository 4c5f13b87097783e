/// Says what a piece of SQL means here, or by name what of it means nothing here.
struct SQLMeaning {
    /// How columns are named where the SQL stands.
    enum Naming: Equatable {
        /// `surname_l` and `surname_r`, as in levels.
        case suffixed
        /// `l.surname` and `r.surname`, as in blocking rules.
        case prefixed
        /// `surname`, as in a key that is the same on both sides.
        case bare
    }

    var dialect: SQLDialect
    var naming: Naming
    /// Whether the functions that only this engine has are known: in our own files, not in the peer's.
    var allowsOwn: Bool

    typealias Placed = SQLSyntax.Placed

    /// What a value turns out to be.
    enum Meaning {
        case constant(Double)
        case value(Sided)
        /// A measure of two values, in units of which so many make one of the measure's own.
        case quantity(Measure, Operand, Operand, units: Double)
        /// How many characters a value has.
        case length(Sided)
    }

    /// A value of one record; of either when it names no column.
    struct Sided {
        var side: Operand.Side?
        var expression: Expression
        /// Whether it is compared as a number.
        var isNumber = false

        var operand: Operand { Operand(side ?? .left, expression) }
    }

    // MARK: - Conditions

    func condition(_ piece: Placed) throws(SQLFault) -> Condition {
        switch piece.syntax {
        case .all(let parts): .all(try conditions(parts))
        case .any(let parts): .any(try conditions(parts))
        case .not(let inner): .not(try condition(inner))
        case .truth(let truth): truth ? .all([]) : .any([])
        case .isNull(let inner): .isMissing(try value(inner).operand)
        case .binary(let symbol, let left, let right) where ["=", "<>", "<", "<=", ">", ">="].contains(symbol):
            try comparison(symbol, left, right)
        case .same(let left, let right): try same(left, right)
        case .isOneOf(let left, let items): try membership(of: left, among: items)
        case .call(let name, let arguments) where ["list_has_any", "array_has_any", "arrays_overlap"].contains(name):
            try measured(.commonElements, arguments, piece, Bound(.atLeast, 1))
        case .call("nickname", let arguments) where allowsOwn:
            try measured(.nickname, arguments, piece, Bound(.atLeast, 1))
        default: throw SQLFault(at: piece.start, reason: "this is a value, not a condition")
        }
    }

    private func conditions(_ parts: [Placed]) throws(SQLFault) -> [Condition] {
        var conditions: [Condition] = []
        for part in parts { conditions.append(try condition(part)) }
        return conditions
    }

    private func measured(
        _ measure: Measure, _ arguments: [Placed], _ piece: Placed, _ bound: Bound
    ) throws(SQLFault) -> Condition {
        let (left, right) = try two(arguments, of: piece)
        return .measured(measure, try value(left).operand, try value(right).operand, bound)
    }

    private func same(_ left: Placed, _ right: Placed) throws(SQLFault) -> Condition {
        let one = try value(left).operand
        let other = try value(right).operand
        return .any([.equal(one, other), .all([.isMissing(one), .isMissing(other)])])
    }

    private func membership(of left: Placed, among items: [Placed]) throws(SQLFault) -> Condition {
        guard items.count <= 1000 else {
            throw SQLFault(at: left.start, reason: "IN has \(items.count) values; at most 1000 are read")
        }
        let one = try meaning(left)
        var equalities: [Condition] = []
        for item in items { equalities.append(try comparison("=", one, try meaning(item), at: left)) }
        return equalities.count == 1 ? equalities[0] : .any(equalities)
    }

    private func comparison(_ symbol: String, _ left: Placed, _ right: Placed) throws(SQLFault) -> Condition {
        try comparison(symbol, try meaning(left), try meaning(right), at: left)
    }

    private func comparison(
        _ symbol: String, _ left: Meaning, _ right: Meaning, at place: Placed
    ) throws(SQLFault) -> Condition {
        switch (left, right) {
        case (.quantity(let measure, let one, let other, let units), .constant(let limit)):
            return bounded(symbol, limit / units) { .measured(measure, one, other, $0) }
        case (.constant, .quantity), (.constant, .length), (.constant, .value):
            return try comparison(Self.turned[symbol] ?? symbol, right, left, at: place)
        case (.value(let one), .value(let other)):
            return try equality(symbol, one, other, at: place)
        case (.value(let one), .constant(let number)):
            let other = Sided(side: nil, expression: .text(SQLWriter.number(number)), isNumber: true)
            return try equality(symbol, one, other, at: place)
        case (.length(let sided), .constant(let limit)):
            return try length(of: sided.operand, symbol, limit, at: place)
        case (.constant(let one), .constant(let other)):
            return holds(symbol, one, other) ? .all([]) : .any([])
        default:
            throw SQLFault(at: place.start, reason: "a measure can only be compared with a fixed number")
        }
    }

    private static let turned = ["<": ">", "<=": ">=", ">": "<", ">=": "<="]

    private func equality(
        _ symbol: String, _ one: Sided, _ other: Sided, at place: Placed
    ) throws(SQLFault) -> Condition {
        guard symbol == "=" || symbol == "<>" else {
            let reason = "which of two values is larger is not understood; only ABS(a - b) of them is"
            throw SQLFault(at: place.start, reason: reason)
        }
        let equal: Condition =
            one.isNumber || other.isNumber
            ? .measured(.difference, one.operand, other.operand, Bound(.atMost, 0))
            : .equal(one.operand, other.operand)
        return symbol == "=" ? equal : .not(equal)
    }

    private func bounded(_ symbol: String, _ limit: Double, _ make: (Bound) -> Condition) -> Condition {
        switch symbol {
        case "<": make(Bound(.below, limit))
        case "<=": make(Bound(.atMost, limit))
        case ">": make(Bound(.above, limit))
        case ">=": make(Bound(.atLeast, limit))
        case "=": .all([make(Bound(.atLeast, limit)), make(Bound(.atMost, limit))])
        default: .not(.all([make(Bound(.atLeast, limit)), make(Bound(.atMost, limit))]))
        }
    }

    private func holds(_ symbol: String, _ one: Double, _ other: Double) -> Bool {
        switch symbol {
        case "<": one < other
        case "<=": one <= other
        case ">": one > other
        case ">=": one >= other
        case "=": one == other
        default: one != other
        }
    }

    /// A text has at least so many characters when its character at that place is not empty.
    private func length(
        of operand: Operand, _ symbol: String, _ limit: Double, at place: Placed
    ) throws(SQLFault) -> Condition {
        let least = symbol == "<" || symbol == ">=" ? limit.rounded(.up) : limit.rounded(.down) + 1
        let isInequality = symbol != "=" && symbol != "<>"
        guard least >= 1, least < 1_000_000, isInequality || limit == limit.rounded() && limit >= 1 else {
            throw SQLFault(at: place.start, reason: "a length is compared with a number that says nothing")
        }
        func isShorter(than count: Int) -> Condition {
            let character = Expression.substring(operand.expression, from: count, count: 1)
            return .equal(Operand(operand.side, character), Operand(operand.side, .text("")))
        }
        switch symbol {
        case "<", "<=": return isShorter(than: Int(least))
        case ">", ">=": return .not(isShorter(than: Int(least)))
        default:
            let exactly = Condition.all([.not(isShorter(than: Int(least) - 1)), isShorter(than: Int(least))])
            return symbol == "=" ? exactly : .not(exactly)
        }
    }
}
