/// A statement as it is written in the code. Interpolating a value binds it; nothing is ever pasted into the text.
///
///     try transaction.rows("SELECT id FROM booking WHERE place_id = \(place)")
package struct SQL: Sendable {
    enum Piece: Sendable {
        case text(String)
        case value(SQLValue)
        case fragment(Fragment)
    }

    let pieces: [Piece]
}

extension SQL: ExpressibleByStringInterpolation {
    package init(stringLiteral text: String) {
        pieces = [.text(text)]
    }

    package init(stringInterpolation: Interpolation) {
        pieces = stringInterpolation.pieces
    }

    package struct Interpolation: StringInterpolationProtocol {
        var pieces: [Piece] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(interpolationCount * 2 + 1)
        }

        package mutating func appendLiteral(_ text: String) {
            if !text.isEmpty { pieces.append(.text(text)) }
        }

        package mutating func appendInterpolation(_ value: some SQLConvertible) {
            pieces.append(.value(value.sqlValue))
        }

        package mutating func appendInterpolation(_ value: (some SQLConvertible)?) {
            pieces.append(.value(value?.sqlValue ?? .null))
        }

        /// What the two databases write differently, by name.
        package mutating func appendInterpolation(_ fragment: Fragment) {
            pieces.append(.fragment(fragment))
        }

        /// Part of a statement, with the values it binds.
        package mutating func appendInterpolation(_ part: SQL) {
            pieces += part.pieces
        }

        /// `(?, ?, ?)`: a list to look in. An empty one contains nothing.
        ///
        /// A short list is filled up to a power of two with its last value: lists of many lengths then share a few
        /// texts, and the connections' prepared statements stay few.
        package mutating func appendInterpolation(anyOf values: [some SQLConvertible]) {
            guard let last = values.last else { return pieces.append(.text(emptyList(like: values))) }
            var length = values.count
            while length < 128, length.nonzeroBitCount != 1 { length += 1 }
            for index in 0..<length {
                pieces.append(.text(index == 0 ? "(" : ", "))
                pieces.append(.value(index < values.count ? values[index].sqlValue : last.sqlValue))
            }
            pieces.append(.text(")"))
        }

        private func emptyList<Value: SQLConvertible>(like values: [Value]) -> String {
            "(SELECT CAST(NULL AS \(Value.sqlType)) WHERE 1 = 0)"
        }

        /// `name \(containing: "50%")`: whether the column holds these characters, ASCII letters in either case.
        package mutating func appendInterpolation(containing text: String) {
            appendPattern("%\(escaped(text))%")
        }

        /// `name \(startingWith: "am")`: whether the column begins so, ASCII letters in either case.
        package mutating func appendInterpolation(startingWith text: String) {
            appendPattern("\(escaped(text))%")
        }

        private mutating func appendPattern(_ pattern: String) {
            pieces += [.fragment(.like), .text(" "), .value(.text(pattern)), .text(" ESCAPE '\\'")]
        }

        private func escaped(_ text: String) -> String {
            String(text.flatMap { "%_\\".contains($0) ? ["\\", $0] : [$0] })
        }
    }
}

extension SQL {
    package static func + (left: SQL, right: SQL) -> SQL {
        SQL(pieces: left.pieces + right.pieces)
    }

    /// `(1, 2), (3, 4)`: rows for one INSERT of many. There must be at least one.
    package static func list(_ parts: [SQL], separator: String = ", ") -> SQL {
        var pieces: [Piece] = []
        for (index, part) in parts.enumerated() {
            if index > 0 { pieces.append(.text(separator)) }
            pieces += part.pieces
        }
        return SQL(pieces: pieces)
    }

    /// The text for one database, with its placeholders, and the values to bind in order.
    func rendered(for dialect: Dialect) -> (text: String, values: [SQLValue]) {
        var text = ""
        var values: [SQLValue] = []
        for piece in pieces {
            switch piece {
            case .text(let literal): text += literal
            case .fragment(let fragment): text += fragment.text(in: dialect)
            case .value(let value):
                values.append(value)
                text += dialect.placeholder(values.count)
            }
        }
        return (text, values)
    }

    /// The rendered statement, if both databases can hold its values: PostgreSQL no NUL, SQLite no NaN.
    func checked(for dialect: Dialect) throws -> (text: String, values: [SQLValue]) {
        let rendered = rendered(for: dialect)
        guard rendered.values.allSatisfy(\.isStorable) else { throw Unstorable() }
        return rendered
    }

    var isEmpty: Bool {
        pieces.allSatisfy { if case .text("") = $0 { true } else { false } }
    }

    /// The values of `\(a), \(b)`, or nil if anything but values and commas stands there.
    var bareValues: [SQLValue]? {
        var values: [SQLValue] = []
        values.reserveCapacity(pieces.count / 2 + 1)
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .value(let value) where index.isMultiple(of: 2): values.append(value)
            case .text(let text) where !index.isMultiple(of: 2) && text.isComma: continue
            default: return nil
            }
        }
        return values
    }

    var valueCount: Int {
        pieces.count { if case .value = $0 { true } else { false } }
    }
}

extension String {
    /// A comma and nothing else but blanks and new lines.
    fileprivate var isComma: Bool {
        utf8.first == UInt8(ascii: ",")
            && utf8.dropFirst().allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
    }
}
