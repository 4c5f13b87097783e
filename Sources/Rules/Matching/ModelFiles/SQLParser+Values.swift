extension SQLParser {
    // MARK: - Values, from what binds loosest to what binds tightest

    /// `a + b - c || d`
    mutating func sum() throws(SQLFault) -> Placed {
        try chain(of: ["+", "-", "||"]) { (parser) throws(SQLFault) in
            try parser.chain(of: ["*", "/", "%"]) { (parser) throws(SQLFault) in try parser.signed() }
        }
    }

    /// Operands of one rank from left to right.
    private mutating func chain(
        of symbols: [String], operand: (inout SQLParser) throws(SQLFault) -> Placed
    ) throws(SQLFault) -> Placed {
        let start = token.start
        var left = try operand(&self)
        while case .symbol(let symbol) = token.kind, symbols.contains(symbol) {
            try deepen()
            at += 1
            left = placed(.binary(symbol, left, try operand(&self)), from: start)
        }
        return left
    }

    private mutating func signed() throws(SQLFault) -> Placed {
        let start = token.start
        var negations = 0
        while true {
            if takes("-") { negations += 1 } else if !takes("+") { break }
        }
        let inner = try suffixed()
        guard negations % 2 == 1 else { return inner }
        if case .number(let number) = inner.syntax { return placed(.number(-number), from: start) }
        return placed(.negative(inner), from: start)
    }

    /// A value and what follows it directly: `::type`, `[1]`, `[1:3]`.
    private mutating func suffixed() throws(SQLFault) -> Placed {
        let start = token.start
        var value = try primary()
        while true {
            if takes("::") {
                value = placed(.cast(value, try type()), from: start)
            } else if takes("[") {
                value = try subscripted(value, from: start)
            } else {
                return value
            }
            try deepen()
        }
    }

    private mutating func subscripted(_ value: Placed, from start: Int) throws(SQLFault) -> Placed {
        let first: Placed? = token.kind == .symbol(":") ? nil : try condition()
        guard takes(":") else {
            try need("]")
            guard let first else { throw unexpected() }
            return placed(.element(value, first), from: start)
        }
        let last: Placed? = token.kind == .symbol("]") ? nil : try condition()
        try need("]")
        return placed(.slice(value, from: first, to: last), from: start)
    }

    private mutating func primary() throws(SQLFault) -> Placed {
        let start = token.start
        switch token.kind {
        case .number(let number):
            at += 1
            return placed(.number(number), from: start)
        case .text(let text):
            at += 1
            return placed(.text(text), from: start)
        case .symbol("("): return try parenthesised()
        case .symbol("["):
            at += 1
            return placed(.list(try list(until: "]")), from: start)
        case .word(let word, let isQuoted): return try named(word, isQuoted: isQuoted)
        case .symbol, .end: throw unexpected()
        }
    }

    /// `(a)`, or the names of a function's arguments: `(a, b) -> …`
    private mutating func parenthesised() throws(SQLFault) -> Placed {
        let start = token.start
        at += 1
        let items = try list(until: ")")
        if token.kind == .symbol("->") { return try function(of: items, from: start) }
        guard items.count == 1 else { throw unexpected() }
        return items[0]
    }

    /// What follows names that are about to become a function's arguments.
    private mutating func function(of items: [Placed], from start: Int) throws(SQLFault) -> Placed {
        var names: [String] = []
        for item in items {
            guard case .column(table: nil, let name) = item.syntax else { throw unexpected() }
            names.append(name)
        }
        try need("->")
        return placed(.function(names, try condition()), from: start)
    }

    /// Items between commas, with the closing symbol.
    mutating func list(until closing: String) throws(SQLFault) -> [Placed] {
        var items: [Placed] = []
        if takes(closing) { return items }
        repeat { items.append(try condition()) } while takes(",")
        try need(closing)
        return items
    }

    private mutating func named(_ word: String, isQuoted: Bool) throws(SQLFault) -> Placed {
        let start = token.start
        at += 1
        if !isQuoted, let special = try keyword(word.lowercased(), from: start) { return special }
        if !isQuoted, takes("(") {
            let arguments = try list(until: ")")
            return placed(.call(word.lowercased(), arguments), from: start)
        }
        let name = placed(.column(table: nil, name: word), from: start)
        if token.kind == .symbol("->") { return try function(of: [name], from: start) }
        guard takes(".") else { return name }
        guard case .word(let column, _) = token.kind else { throw unexpected() }
        at += 1
        guard token.kind != .symbol(".") else {
            throw SQLFault(at: token.start, reason: "a column inside a column (a struct) is not understood")
        }
        return placed(.column(table: word, name: column), from: start)
    }

    /// What starts with a word that is no name.
    private mutating func keyword(_ word: String, from start: Int) throws(SQLFault) -> Placed? {
        switch word {
        case "null": return placed(.null, from: start)
        case "true", "false": return placed(.truth(word == "true"), from: start)
        case "case": return try choice(from: start)
        case "cast", "try_cast":
            try need("(")
            let value = try condition()
            try need(keyword: "as")
            let type = try type()
            try need(")")
            return placed(.cast(value, type), from: start)
        case "lambda" where isName: return try lambda(from: start)
        case "extract" where token.kind == .symbol("("):
            at += 1
            guard case .word(let part, _) = token.kind else { throw unexpected() }
            at += 1
            try need(keyword: "from")
            let value = try condition()
            try need(")")
            return placed(.call(part.lowercased(), [value]), from: start)
        case "select", "from", "where", "exists", "over", "when", "then", "else", "end", "and", "or", "not", "is", "in":
            throw SQLFault(at: start, reason: "\(quoted(word)) is not expected here")
        default: return nil
        }
    }

    private var isName: Bool {
        if case .word = token.kind { true } else { false }
    }

    /// `lambda x, y: …`, DuckDB's newer way of writing `(x, y) -> …`
    private mutating func lambda(from start: Int) throws(SQLFault) -> Placed {
        var names: [String] = []
        repeat {
            guard case .word(let name, _) = token.kind else { throw unexpected() }
            at += 1
            names.append(name)
        } while takes(",")
        try need(":")
        return placed(.function(names, try condition()), from: start)
    }

    private mutating func choice(from start: Int) throws(SQLFault) -> Placed {
        var branches: [SQLSyntax.Branch] = []
        while takes(keyword: "when") {
            let when = try condition()
            try need(keyword: "then")
            branches.append(SQLSyntax.Branch(when: when, then: try condition()))
        }
        guard !branches.isEmpty else { throw unexpected() }
        let otherwise: Placed? = takes(keyword: "else") ? try condition() : nil
        try need(keyword: "end")
        return placed(.choice(branches, otherwise: otherwise), from: start)
    }

    /// A type's name, its length dropped.
    private mutating func type() throws(SQLFault) -> String {
        guard case .word(let word, _) = token.kind else { throw unexpected() }
        at += 1
        if takes("(") { _ = try list(until: ")") }
        return word.lowercased()
    }
}
