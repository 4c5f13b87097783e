/// Reads SQL conditions into their syntax, by recursive descent.
struct SQLParser {
    typealias Placed = SQLSyntax.Placed

    var tokens: [SQLToken]
    var at = 0
    private var depth = 0
    private var links = 0

    /// Deep enough for what people write, shallow enough for any thread's stack.
    private static let deepest = 60
    private static let mostLinks = 400
    private static let longest = 65_536

    /// Reads a whole condition or value.
    static func read(_ text: String, dialect: SQLDialect) throws(SQLFault) -> Placed {
        let scalars = Array(text.unicodeScalars.prefix(longest + 1))
        guard scalars.count <= longest else {
            throw SQLFault(at: longest, reason: "the condition is longer than \(longest) characters")
        }
        var parser = SQLParser(tokens: try SQLTokens.read(scalars, dialect: dialect))
        guard parser.token.kind != .end else { throw SQLFault(at: 0, reason: "the condition is empty") }
        let syntax = try parser.condition()
        guard parser.token.kind == .end else { throw parser.unexpected() }
        return syntax
    }

    private init(tokens: [SQLToken]) {
        self.tokens = tokens
    }

    // MARK: - Looking at the next token

    var token: SQLToken { tokens[at] }

    func unexpected() -> SQLFault {
        let what =
            switch token.kind {
            case .end: "the condition ends too early"
            case .word(let word, _): "\(quoted(word)) is not expected here"
            case .text(let text): "the text \(quoted(text)) is not expected here"
            case .number: "a number is not expected here"
            case .symbol(let symbol): "\(quoted(symbol)) is not expected here"
            }
        return SQLFault(at: token.start, reason: what)
    }

    mutating func takes(_ symbol: String) -> Bool {
        guard token.kind == .symbol(symbol) else { return false }
        at += 1
        return true
    }

    func isKeyword(_ keyword: String, ahead: Int = 0) -> Bool {
        guard at + ahead < tokens.count, case .word(let word, isQuoted: false) = tokens[at + ahead].kind else {
            return false
        }
        return word.lowercased() == keyword
    }

    mutating func takes(keyword: String) -> Bool {
        guard isKeyword(keyword) else { return false }
        at += 1
        return true
    }

    mutating func need(_ symbol: String) throws(SQLFault) {
        guard takes(symbol) else { throw unexpected() }
    }

    mutating func need(keyword: String) throws(SQLFault) {
        guard takes(keyword: keyword) else { throw unexpected() }
    }

    /// Counts what makes the tree deeper without nesting: operators in a row, casts, elements.
    mutating func deepen() throws(SQLFault) {
        links += 1
        guard links <= Self.mostLinks else {
            throw SQLFault(at: token.start, reason: "this has more than \(Self.mostLinks) operators")
        }
    }

    /// The syntax, placed from where it starts to the last token taken.
    ///
    /// Mutating only so that it looks at the tokens after its argument has taken its own.
    mutating func placed(_ syntax: SQLSyntax, from start: Int) -> Placed {
        Placed(syntax: syntax, start: start, end: at > 0 ? tokens[at - 1].end : 0)
    }

    // MARK: - Conditions

    /// `a OR b OR c`
    mutating func condition() throws(SQLFault) -> Placed {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else {
            throw SQLFault(at: token.start, reason: "the condition is nested more than \(Self.deepest) deep")
        }
        let start = token.start
        var parts = [try conjunction()]
        while takes(keyword: "or") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : placed(.any(parts), from: start)
    }

    private mutating func conjunction() throws(SQLFault) -> Placed {
        let start = token.start
        var parts = [try negation()]
        while takes(keyword: "and") { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : placed(.all(parts), from: start)
    }

    private mutating func negation() throws(SQLFault) -> Placed {
        let start = token.start
        var negations = 0
        while takes(keyword: "not") { negations += 1 }
        let inner = try comparison()
        return negations % 2 == 0 ? inner : placed(.not(inner), from: start)
    }

    private mutating func comparison() throws(SQLFault) -> Placed {
        let start = token.start
        let left = try sum()
        if case .symbol(let symbol) = token.kind {
            let symbols = ["=": "=", "==": "=", "<>": "<>", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="]
            if let comparison = symbols[symbol] {
                at += 1
                return placed(.binary(comparison, left, try sum()), from: start)
            }
            if takes("<=>") { return placed(.same(left, try sum()), from: start) }
        }
        if takes(keyword: "is") { return try afterIs(left, from: start) }
        let isNegated = isKeyword("not")
        at += isNegated ? 1 : 0
        guard let inner = try membership(of: left, from: start) else {
            if isNegated { throw unexpected() }
            return left
        }
        return isNegated ? placed(.not(inner), from: start) : inner
    }

    /// `x IS [NOT] NULL`, `x IS [NOT] DISTINCT FROM y`
    private mutating func afterIs(_ left: Placed, from start: Int) throws(SQLFault) -> Placed {
        let isNegated = takes(keyword: "not")
        if takes(keyword: "null") {
            let inner = placed(.isNull(left), from: start)
            return isNegated ? placed(.not(inner), from: start) : inner
        }
        try need(keyword: "distinct")
        try need(keyword: "from")
        let inner = placed(.same(left, try sum()), from: start)
        return isNegated ? inner : placed(.not(inner), from: start)
    }

    /// `x IN (…)`, `x BETWEEN a AND b`
    private mutating func membership(of left: Placed, from start: Int) throws(SQLFault) -> Placed? {
        if takes(keyword: "in") {
            try need("(")
            let items = try list(until: ")")
            return placed(.isOneOf(left, items), from: start)
        }
        if takes(keyword: "between") {
            let low = try sum()
            try need(keyword: "and")
            let high = try sum()
            let both = [placed(.binary(">=", left, low), from: start), placed(.binary("<=", left, high), from: start)]
            return placed(.all(both), from: start)
        }
        guard !isKeyword("like"), !isKeyword("ilike"), !isKeyword("similar"), !isKeyword("rlike") else {
            throw SQLFault(at: token.start, reason: "patterns (LIKE and its kin) are not understood")
        }
        return nil
    }
}
