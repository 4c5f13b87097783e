/// One word of SQL, and which characters of the text it stands on.
struct SQLToken: Equatable {
    enum Kind: Equatable {
        /// A name or a keyword; names in quotes are never keywords.
        case word(String, isQuoted: Bool)
        case text(String)
        case number(Double)
        case symbol(String)
        case end
    }

    var kind: Kind
    /// The first character, from 0, and the one after the last, in Unicode scalars.
    var start, end: Int
}

/// What is wrong with a piece of SQL, and where in it, in Unicode scalars from 0.
struct SQLFault: Error, Equatable {
    var at: Int
    var reason: String
}

/// Cuts SQL into words as DuckDB or Spark does.
struct SQLTokens {
    private let text: [Unicode.Scalar]
    private let dialect: SQLDialect
    private var at = 0

    static func read(_ text: [Unicode.Scalar], dialect: SQLDialect) throws(SQLFault) -> [SQLToken] {
        var reading = SQLTokens(text: text, dialect: dialect)
        var tokens: [SQLToken] = []
        repeat { tokens.append(try reading.next()) } while tokens.last?.kind != .end
        return tokens
    }

    private init(text: [Unicode.Scalar], dialect: SQLDialect) {
        self.text = text
        self.dialect = dialect
    }

    private mutating func next() throws(SQLFault) -> SQLToken {
        try skipSpace()
        let start = at
        guard at < text.count else { return SQLToken(kind: .end, start: at, end: at) }
        let kind = try kind()
        return SQLToken(kind: kind, start: start, end: at)
    }

    private mutating func kind() throws(SQLFault) -> SQLToken.Kind {
        let scalar = text[at]
        switch scalar {
        case "'": return .text(try quoted(by: "'"))
        case "\"":
            // Spark takes double quotes for texts, all others for names.
            let inside = try quoted(by: "\"")
            return dialect == .spark ? .text(inside) : .word(inside, isQuoted: true)
        case "`": return .word(try quoted(by: "`"), isQuoted: true)
        case "0"..."9": return try number()
        case "." where at + 1 < text.count && ("0"..."9").contains(text[at + 1]): return try number()
        default:
            if scalar == "_" || scalar.properties.isAlphabetic { return word() }
            return try symbol()
        }
    }

    private mutating func skipSpace() throws(SQLFault) {
        while at < text.count {
            if text[at].properties.isWhitespace {
                at += 1
            } else if follows("--") {
                while at < text.count, text[at] != "\n" { at += 1 }
            } else if follows("/*") {
                let start = at
                at += 2
                while at < text.count, !follows("*/") { at += 1 }
                guard at < text.count else { throw SQLFault(at: start, reason: "a comment does not end") }
                at += 2
            } else {
                return
            }
        }
    }

    private func follows(_ symbol: String) -> Bool {
        at + symbol.unicodeScalars.count <= text.count
            && zip(symbol.unicodeScalars, text[at...]).allSatisfy { $0 == $1 }
    }

    private mutating func word() -> SQLToken.Kind {
        let start = at
        while at < text.count, text[at] == "_" || text[at].properties.isAlphabetic || ("0"..."9").contains(text[at]) {
            at += 1
        }
        return .word(string(start..<at), isQuoted: false)
    }

    private mutating func number() throws(SQLFault) -> SQLToken.Kind {
        let start = at
        while at < text.count, ("0"..."9").contains(text[at]) || text[at] == "." { at += 1 }
        if at < text.count, text[at] == "e" || text[at] == "E" {
            at += 1
            if at < text.count, text[at] == "+" || text[at] == "-" { at += 1 }
            while at < text.count, ("0"..."9").contains(text[at]) { at += 1 }
        }
        let written = string(start..<at)
        guard let number = plainNumber(written), number.isFinite else {
            throw SQLFault(at: start, reason: "\(Matching.quoted(written)) is not a number")
        }
        return .number(number)
    }

    private mutating func symbol() throws(SQLFault) -> SQLToken.Kind {
        let symbols = ["<=>", "<=", ">=", "<>", "!=", "==", "||", "::", "->"] + "=<>+-*/%(),.[]:".map(String.init)
        guard let symbol = symbols.first(where: follows) else {
            throw SQLFault(at: at, reason: "the character \(Matching.quoted(String(text[at]))) is not understood")
        }
        at += symbol.unicodeScalars.count
        return .symbol(symbol)
    }

    /// What stands between quotes, where a doubled quote is one quote; Spark's texts have backslashes, too.
    private mutating func quoted(by quote: Unicode.Scalar) throws(SQLFault) -> String {
        let start = at
        var inside = String.UnicodeScalarView()
        at += 1
        while at < text.count {
            if text[at] == quote {
                guard at + 1 < text.count, text[at + 1] == quote else {
                    at += 1
                    return String(inside)
                }
                at += 1
            } else if text[at] == "\\", dialect == .spark, quote != "`", at + 1 < text.count {
                at += 1
                inside.append(contentsOf: unescaped(text[at]))
                at += 1
                continue
            }
            inside.append(text[at])
            at += 1
        }
        throw SQLFault(at: start, reason: "a quote is opened and not closed")
    }

    private func unescaped(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        switch scalar {
        case "n": ["\n"]
        case "t": ["\t"]
        case "r": ["\r"]
        case "%", "_": ["\\", scalar]
        default: [scalar]
        }
    }

    private func string(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(text[range]))
    }
}
