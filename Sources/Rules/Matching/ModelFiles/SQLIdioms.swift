/// The long formulas by which the peer says short things, found by their shape.
enum SQLIdioms {
    /// A formula, in which names that begin with an underscore stand for any value, and the measure it means.
    struct Idiom: Sendable {
        var shape: SQLSyntax.Placed
        var measure: Measure

        /// The two sides of the measure, from what the names stand for.
        func operands(_ found: [String: SQLSyntax.Placed]) -> (left: [SQLSyntax.Placed], right: [SQLSyntax.Placed]) {
            let left = ["_a", "_c"].compactMap { found[$0] }
            let right = ["_b", "_d"].compactMap { found[$0] }
            return (left, right)
        }
    }

    /// By dialect, because elements are counted from 1 in one and from 0 in the other.
    static let duckdb = read(.duckdb)
    static let spark = read(.spark)

    private static func read(_ dialect: SQLDialect) -> [Idiom] {
        let shapes = [(relativeDifference, Measure.relativeDifference), (kilometres, .kilometres)] + closest(dialect)
        return (shapes + (dialect == .spark ? [(sparkCosine, .cosine)] : [])).compactMap { shape, measure in
            guard let shape = try? SQLParser.read(shape, dialect: dialect) else { return nil }
            return Idiom(shape: shape, measure: measure)
        }
    }

    static let relativeDifference = "ABS(_a - _b) / (CASE WHEN _b > _a THEN _b ELSE _a END)"

    /// The great circle by the law of cosines on a sphere of 6371 km; latitudes `_a` and `_b`, longitudes `_c`, `_d`.
    static let kilometres = """
        ACOS(CASE WHEN (\(cosine)) > 1 THEN 1 WHEN (\(cosine)) < -1 THEN -1 ELSE (\(cosine)) END) * 6371
        """
    private static let cosine = """
        SIN(RADIANS(_a)) * SIN(RADIANS(_b)) + COS(RADIANS(_a)) * COS(RADIANS(_b)) * COS(RADIANS(_d - _c))
        """

    static let sparkCosine = """
        (aggregate(zip_with(_a, _b, (x, y) -> x * y), CAST(0.0 AS DOUBLE), (acc, x) -> acc + x)) / (nullif(
        (sqrt(aggregate(transform(_a, x -> x * x), CAST(0.0 AS DOUBLE), (acc, x) -> acc + x))) *
        (sqrt(aggregate(transform(_b, x -> x * x), CAST(0.0 AS DOUBLE), (acc, x) -> acc + x))), 0.0))
        """

    /// The best of every element of one array with every element of the other.
    static func closest(_ dialect: SQLDialect) -> [(String, Measure)] {
        let isSpark = dialect == .spark
        let first = isSpark ? 0 : 1
        let names: [(String, String, Measure)] = [
            ("min", "levenshtein", .closestLevenshtein),
            ("min", "damerau_levenshtein", .closestDamerauLevenshtein),
            ("max", isSpark ? "jaro_sim" : "jaro_similarity", .closestJaro),
            ("max", isSpark ? "jaro_winkler" : "jaro_winkler_similarity", .closestJaroWinkler),
        ]
        let each = isSpark ? "transform" : "list_transform"
        return names.map { extreme, distance, measure in
            let best = isSpark ? "array_\(extreme)" : "list_\(extreme)"
            let pairs = "flatten(\(each)(_a, x -> \(each)(_b, y -> [x, y])))"
            return ("\(best)(\(each)(\(pairs), pair -> \(distance)(pair[\(first)], pair[\(first + 1)])))", measure)
        }
    }
}

extension SQLMeaning {
    /// What a formula of the peer's means, when it is one.
    func idiom(_ piece: Placed) throws(SQLFault) -> Meaning? {
        switch piece.syntax {
        case .call(let name, _) where ["list_min", "list_max", "array_min", "array_max"].contains(name): break
        case .binary("*", _, _), .binary("/", _, _): break
        default: return nil
        }
        for idiom in dialect == .spark ? SQLIdioms.spark : SQLIdioms.duckdb {
            var found: [String: Placed] = [:]
            guard Self.fits(piece, idiom.shape, &found) else { continue }
            let (left, right) = idiom.operands(found)
            return .quantity(idiom.measure, try place(left), try place(right), units: 1)
        }
        return nil
    }

    /// One value as it is; latitude and longitude as one text.
    private func place(_ pieces: [Placed]) throws(SQLFault) -> Operand {
        guard pieces.count == 2 else { return try value(pieces[0]).operand }
        return try joined(pieces) { .joined([$0[0], .text(","), $0[1]]) }.operand
    }

    /// Whether a piece has a shape, and what the shape's names stand for in it.
    static func fits(_ piece: Placed, _ shape: Placed, _ found: inout [String: Placed]) -> Bool {
        func all(_ pieces: [Placed], _ shapes: [Placed]) -> Bool {
            pieces.count == shapes.count && zip(pieces, shapes).allSatisfy { fits($0, $1, &found) }
        }
        switch (piece.syntax, shape.syntax) {
        case (_, .column(table: nil, let name)) where name.hasPrefix("_"):
            if let before = found[name] { return before == piece }
            found[name] = piece
            return true
        case (.call(let one, let pieces), .call(let other, let shapes)): return one == other && all(pieces, shapes)
        case (.binary(let one, let left, let right), .binary(let other, let leftShape, let rightShape)):
            return one == other && all([left, right], [leftShape, rightShape])
        case (.cast(let inner, let one), .cast(let innerShape, let other)):
            return one == other && fits(inner, innerShape, &found)
        case (.element(let array, let index), .element(let arrayShape, let indexShape)):
            return all([array, index], [arrayShape, indexShape])
        case (.list(let pieces), .list(let shapes)): return all(pieces, shapes)
        case (.function(let names, let body), .function(let otherNames, let bodyShape)):
            return names == otherNames && fits(body, bodyShape, &found)
        case (.choice(let branches, let otherwise), .choice(let branchShapes, let otherwiseShape)):
            return all(branches.map(\.when), branchShapes.map(\.when))
                && all(branches.map(\.then), branchShapes.map(\.then))
                && all([otherwise].compactMap(\.self), [otherwiseShape].compactMap(\.self))
        default: return piece == shape
        }
    }
}
