/// What must hold for a level, or for a pair to be looked at, of a left and a right record.
///
/// Three-valued as in SQL: what compares a missing value is neither true nor false, and only true counts.
public indirect enum Condition: Hashable, Sendable {
    /// Whatever no level before this one took.
    case otherwise
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case isMissing(Operand)
    case equal(Operand, Operand)
    /// How alike or how far apart two values are, against a bound.
    case measured(Measure, Operand, Operand, Bound)
}

extension Condition {
    /// All that is looked at, in the order in which it is met.
    var operands: [Operand] {
        switch self {
        case .otherwise: []
        case .all(let parts), .any(let parts): parts.flatMap(\.operands)
        case .not(let part): part.operands
        case .isMissing(let operand): [operand]
        case .equal(let one, let other), .measured(_, let one, let other, _): [one, other]
        }
    }
}

/// A value of the left or of the right record.
public struct Operand: Hashable, Sendable {
    public enum Side: Hashable, Sendable {
        case left, right
    }

    public var side: Side
    public var expression: Expression

    public init(_ side: Side, _ expression: Expression) {
        self.side = side
        self.expression = expression
    }

    public static func left(_ column: String) -> Self { Self(.left, .column(column)) }
    public static func right(_ column: String) -> Self { Self(.right, .column(column)) }
}

/// Which numbers are good enough.
public struct Bound: Hashable, Sendable {
    public enum Sense: Hashable, Sendable {
        case atLeast, above, atMost, below
    }

    public var sense: Sense
    public var limit: Double

    public init(_ sense: Sense, _ limit: Double) {
        self.sense = sense
        self.limit = limit
    }

    @inlinable
    public func holds(_ value: Double) -> Bool {
        switch sense {
        case .atLeast: value >= limit
        case .above: value > limit
        case .atMost: value <= limit
        case .below: value < limit
        }
    }
}

/// A value made of a record's columns. A missing part makes the whole missing.
public indirect enum Expression: Hashable, Sendable {
    case column(String)
    case text(String)
    /// Characters from a place (the first is 1; from the end when negative), at most so many.
    case substring(Expression, from: Int, count: Int?)
    /// What a regular expression's group finds; missing when it finds nothing, or nothing but the empty text.
    case extract(Expression, pattern: String, group: Int)
    case lowercased(Expression)
    case uppercased(Expression)
    case trimmed(Expression)
    /// Every occurrence of a text replaced by another.
    case replaced(Expression, String, with: String)
    /// Missing when it equals the text.
    case nullIf(Expression, String)
    case joined([Expression])
    /// The first that is not missing.
    case firstOf([Expression])
    case soundex(Expression)
    case doubleMetaphone(Expression)
    /// One element of an array column, the first being 1 and the last -1; missing when there is none.
    case element(Expression, Int)
    /// A date or a time in a format of `strptime`, as `yyyy-mm-dd` and, where the format has a time of day,
    /// `yyyy-mm-ddThh:mm:ss`; missing when the text is not one.
    case date(Expression, format: String)
}

/// How alike, or how far apart, two values are.
public enum Measure: Hashable, Sendable {
    case levenshtein
    case damerauLevenshtein
    case jaro
    case jaroWinkler
    /// Share of common characters among all that occur in either.
    case jaccard
    /// Share of common words among all that occur in either.
    case tokenJaccard
    /// Cosine of the words, each weighted by how rare it is in its column.
    case tokenCosine
    /// Cosine of two arrays of numbers.
    case cosine
    /// Days between two dates in a format of `strptime`; part days where the format has a time of day.
    case days(format: String)
    /// Months between two dates, as whole and part months of 30.4375 days.
    case months(format: String)
    /// Years between two dates, as whole and part years of 365.25 days.
    case years(format: String)
    /// |a - b|
    case difference
    /// |a - b| as a share of the larger.
    case relativeDifference
    /// How many elements two arrays share.
    case commonElements
    /// The smallest Levenshtein distance, or the highest Jaro-Winkler similarity, of any two elements.
    case closestLevenshtein, closestDamerauLevenshtein, closestJaro, closestJaroWinkler
    /// Kilometres on the earth between two places, each "latitude,longitude".
    case kilometres
    /// 1 when the two are forms of one forename, else 0.
    case nickname
}
