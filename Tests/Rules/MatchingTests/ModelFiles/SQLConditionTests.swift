import Testing

@testable import Matching

/// Conditions as the peer's libraries write them, in both dialects, and by hand along those lines.
struct SQLConditionTests {
    static let a = Operand.left("a")
    static let b = Operand.right("a")

    private static func both(_ make: (Expression) -> Expression) -> (Operand, Operand) {
        (Operand(.left, make(.column("a"))), Operand(.right, make(.column("a"))))
    }

    private static func same(_ make: (Expression) -> Expression) -> Condition {
        let (left, right) = both(make)
        return .equal(left, right)
    }

    private static func measured(_ measure: Measure, _ sense: Bound.Sense, _ limit: Double) -> Condition {
        .measured(measure, a, b, Bound(sense, limit))
    }

    static let duckdb: [(String, Condition)] = [
        (#""a_l" = "a_r""#, .equal(a, b)), (" else ", .otherwise), ("a_l <> a_r", .not(.equal(a, b))),
        (#""a_l" IS NULL OR "a_r" IS NULL"#, .any([.isMissing(a), .isMissing(b)])),
        ("a_l is not null and not a_r is null", .all([.not(.isMissing(a)), .not(.isMissing(b))])),
        (#"levenshtein("a_l", "a_r") <= 1"#, measured(.levenshtein, .atMost, 1)),
        ("2 > damerau_levenshtein(a_l, a_r)", measured(.damerauLevenshtein, .below, 2)),
        (#"jaro_winkler_similarity("a_l", "a_r") >= 0.9"#, measured(.jaroWinkler, .atLeast, 0.9)),
        ("jaro_similarity(a_l, a_r) > .5", measured(.jaro, .above, 0.5)),
        ("jaccard(a_l, a_r) >= 0.7", measured(.jaccard, .atLeast, 0.7)),
        ("array_cosine_similarity(a_l, a_r) >= 0.8", measured(.cosine, .atLeast, 0.8)),
        ("array_length(list_intersect(a_l, a_r)) >= 2", measured(.commonElements, .atLeast, 2)),
        ("list_has_any(a_l, a_r)", measured(.commonElements, .atLeast, 1)),
        ("ABS(a_l - a_r) <= 10", measured(.difference, .atMost, 10)),
        (
            "(ABS(a_l - a_r) / (CASE WHEN a_r > a_l THEN a_r ELSE a_l END)) < 0.1",
            measured(.relativeDifference, .below, 0.1)
        ),
        (
            "ABS(EPOCH(try_strptime(a_l, '%d/%m/%Y')) - EPOCH(try_strptime(a_r, '%d/%m/%Y'))) <= 2629800.0",
            measured(.days(format: "%d/%m/%Y"), .atMost, 30.4375)
        ),
        ("ABS(EPOCH(a_l) - EPOCH(a_r)) <= 86400", measured(.days(format: "%Y-%m-%d"), .atMost, 1)),
        ("abs(datediff('day', a_l, a_r)) <= 30", measured(.days(format: "%Y-%m-%d"), .atMost, 30)),
        ("abs(a_l::date - CAST(a_r AS DATE)) <= 7", measured(.days(format: "%Y-%m-%d"), .atMost, 7)),
        ("LOWER(a_l) = lower(a_r)", same { .lowercased($0) }),
        ("substr(a_l,1,3) = SUBSTRING(a_r, 1, 3)", same { .substring($0, from: 1, count: 3) }),
        ("left(a_l, 3) = a_r[1:3]", same { .substring($0, from: 1, count: 3) }),
        ("right(a_l, 2) = right(a_r, 2)", same { .substring($0, from: -2, count: 2) }),
        ("a_l::VARCHAR = CAST(a_r AS TEXT)", .equal(a, b)),
        ("a_l[1] = a_r[1]", same { .element($0, 1) }), ("a_l[-1] = a_r[-1]", same { .element($0, -1) }),
        ("NULLIF(a_l, 'it''s') = NULLIF(a_r, 'it''s')", same { .nullIf($0, "it's") }),
        (
            "NULLIF(regexp_extract(a_l, '^[^@]+', 0), '') = NULLIF(regexp_extract(a_r, '^[^@]+', 0), '')",
            same { .extract($0, pattern: "^[^@]+", group: 0) }
        ),
        ("a_l || ' ' || c_l = a_r || ' ' || c_r", same { .joined([$0, .text(" "), .column("c")]) }),
        (
            "coalesce(a_l, replace(c_l, ' ', '')) = coalesce(a_r, replace(c_r, ' ', ''))",
            same { .firstOf([$0, .replaced(.column("c"), " ", with: "")]) }
        ),
        (
            "year(a_l) IN (year(a_r))",
            .measured(
                .difference, both { .substring(.date($0, format: "%Y-%m-%d"), from: 1, count: 4) }.0,
                both { .substring(.date($0, format: "%Y-%m-%d"), from: 1, count: 4) }.1, Bound(.atMost, 0))
        ),
        (
            "a_l = 'x' AND a_r IN ('x', 'y')",
            .all([
                .equal(a, Operand(.left, .text("x"))),
                .any([.equal(b, Operand(.left, .text("x"))), .equal(b, Operand(.left, .text("y")))]),
            ])
        ),
        ("a_l = CAST(3 AS INT)", .measured(.difference, a, Operand(.left, .text("3")), Bound(.atMost, 0))),
        ("a_l IS NOT DISTINCT FROM a_r", .any([.equal(a, b), .all([.isMissing(a), .isMissing(b)])])),
        (
            "length(a_l) > 2",
            .not(
                .equal(
                    Operand(.left, .substring(.column("a"), from: 3, count: 1)), Operand(.left, .text(""))))
        ),
        (
            #""first name_l" = "source_dataset_r" -- swapped"#,
            .equal(.left("first name"), .right("source_dataset"))
        ),
    ]

    static let spark: [(String, Condition)] = [
        ("`a_l` = `a_r`", .equal(a, b)), ("a_l <=> a_r", .any([.equal(a, b), .all([.isMissing(a), .isMissing(b)])])),
        ("jaro_winkler(`a_l`, `a_r`) >= 0.9", measured(.jaroWinkler, .atLeast, 0.9)),
        ("jaro_sim(`a_l`, `a_r`) >= 0.9", measured(.jaro, .atLeast, 0.9)),
        ("SIZE(ARRAY_INTERSECT(`a_l`, `a_r`)) >= 1", measured(.commonElements, .atLeast, 1)),
        ("`a_l`[0] = `a_r`[0]", same { .element($0, 1) }),
        ("element_at(`a_l`, -1) = element_at(`a_r`, -1)", same { .element($0, -1) }),
        (
            "abs(datediff(date(try_to_timestamp(a_l, 'yyyy-MM-dd')), date(try_to_timestamp(a_r, 'yyyy-MM-dd')))) "
                + "<= floor(2629800.0 / 86400)",
            measured(.days(format: "%Y-%m-%d"), .atMost, 30)
        ),
        (
            #"try_to_timestamp(a_l, 'yyyy-MM-dd\'T\'HH:mm:ss') = try_to_timestamp(a_r, 'yyyy-MM-dd\'T\'HH:mm:ss')"#,
            same { .date($0, format: "%Y-%m-%dT%H:%M:%S") }
        ),
        (
            SQLIdioms.sparkCosine.replacing("_a", with: "a_l").replacing("_b", with: "a_r") + " >= 0.8",
            measured(.cosine, .atLeast, 0.8)
        ),
        (#"concat(a_l, "\\d") = concat(a_r, '\\d')"#, same { .joined([$0, .text(#"\d"#)]) }),
    ]

    @Test(arguments: duckdb) func `DuckDB's conditions mean what they say`(sql: String, means: Condition) throws {
        #expect(try Condition(sql: sql, allowsOwn: false) == means)
    }

    @Test(arguments: spark) func `Spark's conditions mean what they say`(sql: String, means: Condition) throws {
        #expect(try Condition(sql: sql, dialect: .spark, allowsOwn: false) == means)
    }

    @Test(arguments: SQLDialect.allCases) func `what is written means what was meant`(dialect: SQLDialect) throws {
        for (_, condition) in Self.duckdb + Self.spark {
            let own = try condition.sql(in: dialect)
            #expect(try Condition(sql: own, dialect: dialect) == condition, "\(own)")
            let peers = try condition.sql(in: dialect, allowsOwn: false)
            #expect(try Condition(sql: peers, dialect: dialect, allowsOwn: false) == condition, "\(peers)")
        }
    }

    @Test(arguments: SQLDialect.allCases) func `the peer's long formulas are found and written`(
        dialect: SQLDialect
    ) throws {
        func place(_ side: Operand.Side) -> Operand {
            Operand(side, .joined([.column("lat"), .text(","), .column("long")]))
        }
        let far = Condition.measured(.kilometres, place(.left), place(.right), Bound(.atMost, 10))
        let closest: [Measure] = [.closestLevenshtein, .closestDamerauLevenshtein, .closestJaro, .closestJaroWinkler]
        for condition in [far] + closest.map({ Self.measured($0, .atMost, 0.5) }) {
            let sql = try condition.sql(in: dialect, allowsOwn: false)
            #expect(sql.contains("acos") || sql.contains("ACOS") || sql.contains("flatten"))
            #expect(try Condition(sql: sql, dialect: dialect, allowsOwn: false) == condition)
        }
    }

    @Test(arguments: [
        (
            "levenstein(a_l, a_r) <= 1",
            "character 1: there is no function \"levenstein\" here; did you mean \"levenshtein\"?"
        ),
        ("a_l = b", "character 7: \"b\" is of no side; write b_l or b_r."),
        ("a_l = a_r AND", "character 14: the condition ends too early."),
        ("a_l LIKE 'x%'", "character 5: patterns (LIKE and its kin) are not understood."),
        (
            "list_max(list_transform(a_l, x -> x)) > 1",
            "character 1: there is no function \"list_max\" here; docs/examples/conditions.md lists those there are."
        ),
        ("a_l || b_r = 'x'", "character 8: one value is made of both records; it can be of one only."),
        (
            "regexp_extract(a_l, 'x') = regexp_extract(a_r, 'x')",
            "character 16: regexp_extract gives an empty text when nothing is found, and two of them are equal; write NULLIF(regexp_extract(…), '')."
        ),
        ("a_l > a_r", "character 1: which of two values is larger is not understood; only ABS(a - b) of them is."),
        ("'x", "character 1: a quote is opened and not closed."), ("", "character 1: the condition is empty."),
        ("a_l = a_r; DROP TABLE x", "character 10: the character \";\" is not understood."),
        ("a_l", "character 1: this is a value, not a condition."),
        (
            "token_cosine(a_l, a_r) > 1",
            "character 1: \"token_cosine\" is a function of this engine only; write the model as YAML to use it."
        ),
        (
            "abs(datediff('month', a_l, a_r)) <= 1",
            "character 14: datediff counts the months that begin in between; only days are understood."
        ),
    ]) func `what is not understood is refused by name and place`(sql: String, sentence: String) {
        #expect { try Condition(sql: sql, allowsOwn: false) } throws: { error in
            (error as? ModelFault)?.sentence == sentence
        }
    }

    @Test func `equalities of a rule are its keys and the rest must hold too`() throws {
        let sql = "(l.a = r.a) AND (substr(r.b, 1, 1) = substr(l.c, 1, 1) AND levenshtein(l.d, r.d) < 3)"
        let rules = try BlockingRule.rules(sql: sql)

        func first(_ column: String) -> Expression { .substring(.column(column), from: 1, count: 1) }
        let distance = Condition.measured(.levenshtein, .left("d"), .right("d"), Bound(.below, 3))
        let keys = [BlockingRule.KeyPair(.column("a")), BlockingRule.KeyPair(first("c"), first("b"))]
        #expect(rules.map(\.kind) == [.equal(keys, also: distance)])
        #expect(rules.map(\.text) == [sql])
    }

    @Test func `a rule that is only an OR becomes several`() throws {
        let rules = try BlockingRule.rules(sql: "(l.a = r.a) OR (l.b = r.b AND l.c = r.c) OR l.d = r.e")

        #expect(rules.map(\.text) == ["l.a = r.a", "l.b = r.b AND l.c = r.c", "l.d = r.e"])
        #expect(rules[2].kind == .equal([.init(.column("d"), .column("e"))], also: nil))
    }

    @Test(arguments: ["l.a <> r.a", "1=1", "l.a = 'x'", "NOT (l.a = r.a)", "l.a = r.a OR l.b <> r.b", "l.a = l.b"])
    func `a rule that would look at every pair is refused`(sql: String) {
        #expect { try BlockingRule.rules(sql: sql) } throws: { error in
            (error as? ModelFault)?.reason.contains("every pair") == true
        }
    }

    @Test func `both ways of writing a function's own function are read`() throws {
        let arrows = try Condition.measured(.closestJaro, Self.a, Self.b, Bound(.atLeast, 0.9)).sql(allowsOwn: false)
        let lambdas = arrows.replacing("x ->", with: "lambda x:").replacing("y ->", with: "lambda y:")
            .replacing("pair ->", with: "lambda pair:")
        #expect(lambdas != arrows)
        #expect(try Condition(sql: lambdas, allowsOwn: false) == Condition(sql: arrows, allowsOwn: false))
    }

    @Test func `many casts of one value are read in time`() throws {
        let sql = "a_l\(String(repeating: "::text", count: 300)) = a_r"
        #expect(try Condition(sql: sql) == .equal(Self.a, .right("a")))
    }

    @Test func `nesting is bounded, not the stack`() {
        for text in ["(", "NOT (", "lower(", "a_l = -", "a_l||", "a_l::text", "CASE WHEN "] {
            #expect(throws: ModelFault.self) { try Condition(sql: String(repeating: text, count: 500)) }
        }
    }
}
