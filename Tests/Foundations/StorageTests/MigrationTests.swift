import Storage
import TestKit
import Testing

@Suite struct MigrationTests {
    private static let first = Migration("2026-11-22 tests: first", "CREATE TABLE first (id \(.identity), n BIGINT)")
    private static let second = Migration("2026-11-23 tests: second", "ALTER TABLE first ADD COLUMN text TEXT")
    private static let wrong = Migration(
        "2026-11-24 tests: wrong", "CREATE TABLE third (id BIGINT); CREATE TABLE third (id BIGINT)")

    @Test(arguments: Engine.available)
    func `the schema comes up to date and stays so`(engine: Engine) async throws {
        try await withLocation(on: engine) { location in
            try await withStore(at: location, migrations: [Self.first]) { store in
                try await store.write { try $0.run("INSERT INTO first (n) VALUES (1)") }
            }
            for _ in 0..<2 {
                try await withStore(at: location, migrations: [Self.first, Self.second]) { store in
                    try await store.write { try $0.run("INSERT INTO first (n, text) VALUES (1, 'a')") }
                }
            }
            let state = try await Store.migrationState(of: location, migrations: [Self.first, Self.second, Self.wrong])
            #expect(state == MigrationState(applied: [Self.first.name, Self.second.name], pending: [Self.wrong.name]))
        }
    }

    @Test(arguments: Engine.available)
    func `looking at the state changes nothing`(engine: Engine) async throws {
        try await withLocation(on: engine) { location in
            for _ in 0..<2 {
                let state = try await Store.migrationState(of: location, migrations: [Self.first])
                #expect(state == MigrationState(applied: [], pending: [Self.first.name]))
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a database of a newer program is refused`(engine: Engine) async throws {
        try await withLocation(on: engine) { location in
            try await withStore(at: location, migrations: [Self.first, Self.second]) { _ in }
            await #expect(throws: StorageFault.newer(migration: Self.second.name)) {
                try await Store.open(location, migrations: [Self.first])
            }
            await #expect(throws: StorageFault.newer(migration: Self.first.name)) {
                try await Store.open(location, migrations: [])
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a migration that was altered after it was applied is refused, white space aside`(engine: Engine) async throws
    {
        let spaced = Migration(Self.first.name, "CREATE  TABLE first (id \(.identity),\n n BIGINT)")
        let altered = Migration(Self.first.name, "CREATE TABLE first (id \(.identity), m BIGINT)")
        try await withLocation(on: engine) { location in
            try await withStore(at: location, migrations: [Self.first]) { _ in }
            try await withStore(at: location, migrations: [spaced]) { _ in }
            await #expect(throws: StorageFault.altered(migration: Self.first.name)) {
                try await Store.open(location, migrations: [altered])
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a migration that fails leaves nothing behind`(engine: Engine) async throws {
        try await withLocation(on: engine) { location in
            await #expect(throws: StorageFault.self) {
                try await Store.open(location, migrations: [Self.first, Self.second, Self.wrong])
            }
            let state = try await Store.migrationState(of: location, migrations: [Self.first])
            #expect(state.applied.isEmpty)
            try await withStore(at: location, migrations: [Self.first]) { store in
                let schema = try await store.schema()
                #expect(!schema.contains("third"))
            }
        }
    }

    @Test(arguments: Engine.available)
    func `servers that start at once migrate once`(engine: Engine) async throws {
        try await withLocation(on: engine) { location in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 {
                    group.addTask { try await withStore(at: location, migrations: [Self.first, Self.second]) { _ in } }
                }
                try await group.waitForAll()
            }
            try await withStore(at: location, migrations: [Self.first, Self.second]) { store in
                let rows = try await store.read { try $0.rows("SELECT name FROM migration") }
                #expect(rows.count == 2)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `the schema reads the same each time`(engine: Engine) async throws {
        var schemas: [String] = []
        for _ in 0..<2 {
            schemas.append(try await withStore(on: engine, migrations: tables) { try await $0.schema() })
        }
        #expect(schemas[0] == schemas[1])
        #expect(schemas[0].contains("CREATE TABLE note (") && schemas[0].contains("CREATE TABLE counter ("))
        #expect(!schemas[0].contains("sqlite_"))
    }
}
