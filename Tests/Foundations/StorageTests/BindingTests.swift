import Storage
import TestKit
import Testing
import Values

@Suite struct BindingTests {
    static let texts = [
        "", " ", "Amina", "'; DROP TABLE note; --", "\" OR 1=1", "$1 ? :name @p", "\\", "%_", "Zoë 👩🏽‍💻 🏴󠁧󠁢󠁷󠁬󠁳󠁿 日本語", "e\u{301}",
        "\u{FFFF}\u{10FFFF}",
        "line\nline\r\n\ttab\u{1}", "{}", "{\"a\": [1]}", "\\x00", String(repeating: "long 👍 ", count: 200_000),
    ]

    @Test(arguments: Engine.available)
    func `every text comes back as it was bound`(engine: Engine) async throws {
        try await withStore(on: engine, migrations: tables) { store in
            for text in BindingTests.texts {
                let (id, back) = try await store.write { transaction in
                    let id: Identifier<Note> = try transaction.insert(
                        "INSERT INTO note (text) VALUES (\(text)) RETURNING id")
                    return (id, try transaction.row("SELECT text FROM note WHERE text = \(text) AND id = \(id)"))
                }
                #expect(id.number > 0)
                #expect(
                    try back?.value("text", as: String.self).unicodeScalars.elementsEqual(text.unicodeScalars) == true)
            }
            let count = try await store.read { try $0.row("SELECT count(*) AS n FROM note")?.value("n", as: Int.self) }
            #expect(count == BindingTests.texts.count)
        }
    }

    @Test(arguments: Engine.available)
    func `numbers, truths, bytes, times and nulls come back as they were bound`(engine: Engine) async throws {
        let integers: [Int64] = [0, 1, -1, 2_147_483_648, .max, .min]
        let reals: [Double] = [
            0, -0.5, 1.0 / 3, 1e300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity,
        ]
        let blobs: [[UInt8]] = [[], [0], Array(0...255), [UInt8](repeating: 7, count: 1 << 20)]
        let moment = Moment(milliseconds: 1_795_339_800_123)
        try await withStore(on: engine, migrations: tables) { store in
            try await store.write { transaction in
                for integer in integers {
                    let row = try transaction.row("INSERT INTO note (text, n) VALUES ('', \(integer)) RETURNING n")
                    #expect(try row?.value("n", as: Int64.self) == integer)
                }
                for real in reals {
                    let row = try transaction.row("INSERT INTO note (text, share) VALUES ('', \(real)) RETURNING share")
                    #expect(try row?.value("share", as: Double.self) == real)
                }
                for blob in blobs {
                    let row = try transaction.row("INSERT INTO note (text, data) VALUES ('', \(blob)) RETURNING data")
                    #expect(try row?.value("data", as: [UInt8].self) == blob)
                }
                for truth in [true, false] {
                    let row = try transaction.row(
                        "INSERT INTO note (text, is_open) VALUES ('', \(truth)) RETURNING is_open, NOT is_open AS shut")
                    #expect(try row?.value("is_open", as: Bool.self) == truth)
                    #expect(try row?.value("shut", as: Bool.self) == !truth)
                }
                let row = try transaction.row(
                    """
                    INSERT INTO note (text, at, n) VALUES (\(Day(moment.description.prefix(10).description)), \(moment),
                    \(Int?.none)) RETURNING text, at, n, data, is_open
                    """)
                #expect(try row?.value("at", as: Moment.self) == moment)
                #expect(try row?.value("text", as: Day.self).description == "2026-11-22")
                #expect(try row?.optional("n", as: Int.self) == nil)
                #expect(try row?.optional("data", as: [UInt8].self) == nil)
                #expect(try row?.value("is_open", as: Bool.self) == false)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a text with NUL and a number that is none are refused and the store goes on`(engine: Engine) async throws {
        try await withStore(on: engine, migrations: tables) { store in
            await #expect(throws: Unstorable()) {
                try await store.write { try $0.run("INSERT INTO note (text) VALUES (\("a\0b"))") }
            }
            await #expect(throws: Unstorable()) {
                try await store.write { try $0.run("INSERT INTO note (text, share) VALUES ('', \(Double.nan))") }
            }
            let inserted = try await store.write { try $0.run("INSERT INTO note (text) VALUES ('b')") }
            #expect(inserted == 1)
        }
    }

    @Test(arguments: Engine.available)
    func `a wrong column, a wrong type and no row are told as such`(engine: Engine) async throws {
        try await withStore(on: engine, migrations: tables) { store in
            await #expect(throws: StorageFault.unknownColumn("nothing")) {
                try await store.read { try $0.row("SELECT count(*) AS n FROM note")?.value("nothing", as: Int.self) }
            }
            await #expect(throws: StorageFault.self) {
                try await store.read { try $0.row("SELECT count(*) AS n FROM note")?.value("n", as: String.self) }
            }
            await #expect(throws: StorageFault.nothingReturned) {
                try await store.write { transaction -> Identifier<Note> in
                    try transaction.insert("INSERT INTO note (text) SELECT 'a' WHERE 1 = 0 RETURNING id")
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func `many rows go in by few statements whatever their number`(engine: Engine) async throws {
        for count in [0, 1, 999, 1_000, 1_001, 25_000] {
            try await withStore(on: engine, migrations: tables) { store in
                let (inserted, sum) = try await store.write { transaction in
                    let inserted = try transaction.insert(0..<count, into: "note (text, n, is_open, at)") {
                        "\("note \($0)"), \($0), \($0 % 2 == 0), \(Moment?.none)"
                    }
                    return (
                        inserted, try transaction.row("SELECT sum(n) AS sum FROM note WHERE is_open OR NOT is_open")
                    )
                }
                #expect(inserted == count)
                #expect(try sum?.optional("sum", as: Int.self) ?? 0 == count * (count - 1) / 2)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `what goes in with many is what went in`(engine: Engine) async throws {
        let texts = ["", "\\N", "\\.", "a\tb\nc\rd\\e", "Zoë 🦩", "'; --", "{1,2}", "\u{1}\u{7f}"]
        let notes = texts.enumerated().map { (text: $0.element, n: $0.offset - 3, share: Double($0.offset) / 7) }
        let data: [UInt8] = Array(0...255)
        try await withStore(on: engine, migrations: tables) { store in
            try await store.write { transaction in
                try transaction.insert(notes, into: "note (text, n, share, at, is_open, data)") {
                    "\($0.text), \($0.n), \($0.share), \(Moment?.none), \($0.n > 0), \(data)"
                }
            }
            let rows = try await store.read { transaction in
                try transaction.rows("SELECT text, n, share, at, is_open, data FROM note ORDER BY n")
            }
            #expect(try rows.map { try $0.value("text") } == texts)
            for (row, note) in zip(rows, notes) {
                #expect(try row.value("n") == note.n)
                #expect(try row.value("share") == note.share)
                #expect(try row.optional("at", as: Moment.self) == nil)
                #expect(try row.value("is_open") == (note.n > 0))
                #expect(try row.value("data") == data)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `many rows of which one is refused leave nothing and a usable connection`(engine: Engine) async throws {
        try await withStore(on: engine, migrations: tables) { store in
            for wrong in [("a", 1), ("b", -1)] {
                await #expect(throws: StorageFault.self) {
                    try await store.write { transaction in
                        let rows = (0..<1_500).map { ("name \($0)", $0) } + [wrong, ("a", 2)]
                        try transaction.insert(rows, into: "counter (name, n)") { "\($0.0), \($0.1)" }
                    }
                }
            }
            await #expect(throws: (any Error).self) {
                try await store.write { try $0.insert(["a\0b"], into: "counter (name, n)") { "\($0), 1" } }
            }
            let count = try await store.answer("SELECT count(*) AS answer FROM counter", as: Int.self)
            #expect(count == 0)
        }
    }

    /// PostgreSQL may still be storing them when the write goes on.
    @Test(arguments: Engine.available)
    func `rows of which one is refused fail the write that gave them, whatever it does next`(
        engine: Engine
    ) async throws {
        @Sendable func insertTwice(_ name: String, _ transaction: Transaction) throws {
            try transaction.insert([name, name], into: "counter (name, n)") { "\($0), \(1)" }
        }
        try await withStore(on: engine, migrations: tables) { store in
            let next: [@Sendable (Transaction) throws -> Void] = [
                { _ in }, { try $0.run("INSERT INTO note (text) VALUES ('next')") }, { _ = try $0.rows("SELECT 1") },
                { try $0.insert(["b"], into: "counter (name, n)") { "\($0), \(2)" } },
            ]
            for next in next {
                await #expect(throws: StorageFault.self) {
                    try await store.write {
                        try insertTwice("a", $0)
                        try next($0)
                    }
                }
                // In company, the others are committed.
                async let kept = store.write { try $0.run("INSERT INTO note (text) VALUES ('kept')") }
                await #expect(throws: StorageFault.self) {
                    try await store.write {
                        try insertTwice("a", $0)
                        try next($0)
                    }
                }
                let count = try await kept
                #expect(count == 1)
                // What it threw itself it is told, and the session can be used again.
                await #expect(throws: CancellationError.self) {
                    try await store.write {
                        try? insertTwice("a", $0)
                        throw CancellationError()
                    }
                }
                try await store.write { transaction in
                    #expect(throws: StorageFault.self) {
                        try transaction.attempt {
                            try insertTwice("a", transaction)
                            try next(transaction)
                        }
                    }
                    #expect(throws: CancellationError.self) {
                        try transaction.attempt {
                            try? insertTwice("c", transaction)
                            throw CancellationError()
                        }
                    }
                    try transaction.run("INSERT INTO note (text) VALUES ('kept')")
                }
            }
            #expect(try await store.answer("SELECT count(*) AS answer FROM counter") == 0)
            #expect(try await store.answer("SELECT count(*) AS answer FROM note WHERE text = 'next'") == 0)
            #expect(try await store.answer("SELECT count(*) AS answer FROM note WHERE text = 'kept'") == 8)
        }
    }

    @Test(arguments: Engine.available)
    func `lists of any length find what is in them`(engine: Engine) async throws {
        try await withStore(on: engine, migrations: tables) { store in
            try await store.write { transaction in
                try transaction.insert(0..<300, into: "note (text, n)") { "'', \($0)" }
                for length in [0, 1, 2, 3, 5, 127, 128, 129, 300] {
                    let row = try transaction.row(
                        "SELECT count(*) AS n FROM note WHERE n IN \(anyOf: Array(0..<length))")
                    #expect(try row?.value("n", as: Int.self) == length)
                }
            }
        }
    }
}
