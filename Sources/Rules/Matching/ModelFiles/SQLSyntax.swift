/// A piece of SQL as it is written, before anyone asks what it means.
///
/// Two pieces are the same when they say the same, wherever they stand.
indirect enum SQLSyntax: Hashable, Sendable {
    /// A column, maybe with what stands before its dot: the table `l` or `r`.
    case column(table: String?, name: String)
    case number(Double)
    case text(String)
    case null
    case truth(Bool)
    /// A function's name in small letters, and its arguments.
    case call(String, [Placed])
    /// Two values and what stands between them: `= <> < <= > >= + - * / % ||`.
    case binary(String, Placed, Placed)
    case negative(Placed)
    case not(Placed)
    /// At least two, joined by AND.
    case all([Placed])
    /// At least two, joined by OR.
    case any([Placed])
    case isNull(Placed)
    /// Equal, where two missing values are equal too.
    case same(Placed, Placed)
    case isOneOf(Placed, [Placed])
    /// A type's name in small letters, without its length.
    case cast(Placed, String)
    case element(Placed, Placed)
    case slice(Placed, from: Placed?, to: Placed?)
    case list([Placed])
    case choice([Branch], otherwise: Placed?)
    case function([String], Placed)

    struct Branch: Hashable, Sendable {
        var when, then: Placed
    }

    /// A piece and the characters it stands on; the place says nothing about what it is.
    struct Placed: Hashable, Sendable {
        var syntax: SQLSyntax
        var start, end: Int

        static func == (one: Self, other: Self) -> Bool { one.syntax == other.syntax }

        func hash(into hasher: inout Hasher) {
            hasher.combine(syntax)
        }
    }
}
