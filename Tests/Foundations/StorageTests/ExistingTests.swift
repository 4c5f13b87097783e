import Foundation
import Storage
import TestKit
import Testing

/// Looking at a database that is there, as it is.
@Suite struct ExistingTests {
    private static let later = Migration("2026-11-23 tests: later", "ALTER TABLE counter ADD COLUMN text TEXT")

    @Test(arguments: Engine.available)
    func `a database is opened as it is and its schema stays so`(engine: Engine) async throws {
        try await withLocation(on: engine) { location in
            try await withStore(at: location) {
                try await $0.write { try $0.run("INSERT INTO note (text, n) VALUES ('a', 7)") }
            }
            let store = try await Store.open(existing: location)
            #expect(try await store.answer("SELECT n AS answer FROM note") == 7)
            let expected = MigrationState(applied: tables.map(\.name), pending: [Self.later.name])
            #expect(try await store.migrationState(tables + [Self.later]) == expected)
            try await store.close()
            #expect(try await Store.migrationState(of: location, migrations: tables + [Self.later]) == expected)
        }
    }

    @Test(arguments: Engine.available)
    func `an empty database is refused in a sentence and stays empty`(engine: Engine) async throws {
        try await withLocation(on: engine) { location in
            if case .sqlite(let path) = location { try Data().write(to: URL(filePath: path)) }
            let fault = await #expect(throws: StorageFault.self) { try await Store.open(existing: location) }
            #expect(fault?.description.contains("holds nothing of Touchdown's. Check database.url") == true)
            let state = try await Store.migrationState(of: location, migrations: tables)
            #expect(state.applied.isEmpty)
        }
    }

    @Test func `a file that is not there is refused in a sentence and not made`() async throws {
        try await withFolder { folder in
            for path in [folder + "/missing.sqlite", folder + "/missing/a.sqlite"] {
                let fault = await #expect(throws: StorageFault.self) {
                    try await Store.open(existing: .sqlite(path: path))
                }
                #expect(fault?.description.contains("\(path) cannot be used: there is no such file") == true)
            }
            let made = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(made.isEmpty)
        }
    }
}
