import Storage
import TestKit
import Testing
import Values

@Suite struct PortableSQLTests {
    /// Expects what the statement answers about the notes Amina, amina, Zoë, bram, 50%, 50x, numbered from 0.
    private func expect(_ sql: SQL, _ expected: [String], on engine: Engine) async throws {
        try await withStore(on: engine, migrations: tables) { store in
            let answers = try await store.write { transaction in
                let texts = ["Amina", "amina", "Zoë", "bram", "50%", "50x"]
                try transaction.insert(texts.enumerated(), into: "note (text, n)") { "\($0.element), \($0.offset)" }
                return try transaction.rows(sql).map { try $0.value("answer", as: String.self) }
            }
            #expect(answers == expected)
        }
    }

    @Test(arguments: Engine.available)
    func `texts sort by their bytes`(engine: Engine) async throws {
        let sorted = ["50%", "50x", "Amina", "Zoë", "amina", "bram"]
        try await expect("SELECT text AS answer FROM note ORDER BY text", sorted, on: engine)
        try await expect("SELECT text AS answer FROM note ORDER BY text \(.binary) LIMIT \(1)", ["50%"], on: engine)
    }

    @Test(
        arguments: Engine.available,
        [
            ("SELECT text AS answer FROM note WHERE text \(startingWith: "AM") ORDER BY id", ["Amina", "amina"]),
            ("SELECT text AS answer FROM note WHERE text \(containing: "0%")", ["50%"]),
            ("SELECT text AS answer FROM note WHERE text \(containing: "\\")", []),
        ] as [(SQL, [String])])
    func `a search knows no case and no wildcard`(engine: Engine, search: (SQL, [String])) async throws {
        try await expect(search.0, search.1, on: engine)
    }

    @Test(
        arguments: Engine.available,
        [
            ("SELECT \(.joined)(text, ', ') AS answer FROM note WHERE n < 1", "Amina"),
            ("SELECT text AS answer FROM note WHERE \(.greatest)(n, 4) = 5", "50x"),
            ("SELECT text AS answer FROM note WHERE \(.least)(n, 1) = 0", "Amina"),
        ] as [(SQL, String)])
    func `what the databases write differently does the same`(engine: Engine, statement: (SQL, String)) async throws {
        try await expect(statement.0, [statement.1], on: engine)
    }

    @Test(arguments: Engine.available)
    func `numbers keep their kind`(engine: Engine) async throws {
        try await withStore(on: engine, migrations: tables) { store in
            let row = try await store.write { transaction in
                try transaction.insert([5, 6], into: "note (text, n)") { "'', \($0)" }
                return try transaction.row(
                    """
                    SELECT sum(n) AS sum, avg(n) AS average, max(n) / 4 AS quotient, CAST(\(7) AS BIGINT) AS bound,
                        count(*) FILTER (WHERE n > \(5)) AS more, n > 5 AS is_more, CAST(\(Int?.none) AS BIGINT) AS missing
                    FROM note GROUP BY n > 5, 4 + \(0) ORDER BY 1 DESC
                    """)
            }
            #expect(try row?.value("sum", as: Int.self) == 6)
            #expect(try row?.value("average", as: Double.self) == 6)
            #expect(try row?.value("quotient", as: Int.self) == 1)
            #expect(try row?.value("bound", as: Int.self) == 7)
            #expect(try row?.value("more", as: Int.self) == 1)
            #expect(try row?.value("is_more", as: Bool.self) == true)
            #expect(try row?.optional("missing", as: Int.self) == nil)
        }
    }

    @Test(arguments: Engine.available)
    func `an upsert adds to what is there`(engine: Engine) async throws {
        try await withStore(on: engine, migrations: tables) { store in
            for _ in 0..<3 {
                try await store.write {
                    try $0.run(
                        """
                        INSERT INTO counter (name, n) VALUES ('calls', \(2))
                        ON CONFLICT (name) DO UPDATE SET n = counter.n + excluded.n
                        """)
                }
            }
            let n = try await store.answer("SELECT n AS answer FROM counter")
            #expect(n == 6)
        }
    }

    @Test(arguments: Engine.available)
    func `the count is of the rows changed by this statement alone`(engine: Engine) async throws {
        try await withStore(on: engine, migrations: tables) { store in
            try await store.write { transaction in
                let statements: [(SQL, Int)] = [
                    ("INSERT INTO note (text) VALUES ('a'), ('b')", 2), ("UPDATE note SET n = 1 WHERE text = 'c'", 0),
                    ("INSERT INTO note (text) VALUES ('a'), ('b')", 2), ("CREATE TABLE other (n BIGINT)", 0),
                    ("DELETE FROM note", 4), ("SELECT 1 AS n", 0),
                ]
                for (statement, expected) in statements {
                    let changed = try transaction.run(statement)
                    #expect(changed == expected, "\(statement)")
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a broken rule of the schema is told by its kind`(engine: Engine) async throws {
        let rules = Migration(
            "2026-11-22 tests: rules",
            """
            CREATE TABLE parent (id BIGINT PRIMARY KEY);
            CREATE TABLE child (id BIGINT NOT NULL UNIQUE, parent_id BIGINT REFERENCES parent (id), CHECK (id > 0));
            INSERT INTO child (id) VALUES (1);
            """)
        let breaches: [(SQL, StorageFault.Constraint)] = [
            ("INSERT INTO child (id) VALUES (1)", .unique), ("INSERT INTO child (id) VALUES (0)", .check),
            ("INSERT INTO child (id, parent_id) VALUES (2, 9)", .foreignKey),
            ("INSERT INTO child (parent_id) VALUES (NULL)", .notNull),
        ]
        try await withStore(on: engine, migrations: [rules]) { store in
            for (sql, kind) in breaches {
                let fault = await #expect(throws: StorageFault.self) { try await store.write { try $0.run(sql) } }
                guard case .constraint(kind, _) = fault else {
                    Issue.record("\(sql) broke \(kind), but was told as \(String(describing: fault))")
                    continue
                }
            }
            await #expect(throws: StorageFault.self) { try await store.write { try $0.run("SELEKT 1") } }
            await #expect(throws: StorageFault.self) {
                try await store.read { try $0.run("INSERT INTO parent (id) VALUES (1)") }
            }
            let inserted = try await store.write { try $0.run("INSERT INTO parent (id) VALUES (1)") }
            #expect(inserted == 1)
        }
    }
}
