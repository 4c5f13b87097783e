import Foundation
import Storage
import Synchronization

/// The databases that tests run on.
package enum Engine: String, CaseIterable, Sendable {
    case sqlite, postgresql

    /// SQLite always; PostgreSQL when `TOUCHDOWN_TEST_POSTGRESQL` holds the address of a server where databases can
    /// be made (`bin/lib/postgresql.sh` starts one).
    package static let available: [Engine] = server == nil ? [.sqlite] : [.sqlite, .postgresql]

    fileprivate static let server = ProcessInfo.processInfo.environment["TOUCHDOWN_TEST_POSTGRESQL"]
}

/// Runs the body with an empty database of its own, which is gone afterwards: in memory for SQLite.
@discardableResult
package func withStore<Result>(
    on engine: Engine, migrations: [Migration] = [], _ body: (Store) async throws -> Result
) async throws -> Result {
    switch engine {
    case .sqlite: try await open(.memory, migrations, body)
    case .postgresql: try await withLocation(on: engine) { try await open($0, migrations, body) }
    }
}

/// Runs the body with a place for a database that several stores can open, one after the other or at once.
@discardableResult
package func withLocation<Result>(
    on engine: Engine, _ body: (Store.Location) async throws -> Result
) async throws -> Result {
    switch engine {
    case .sqlite:
        try await withFolder { try await body(.sqlite(path: $0 + "/touchdown.sqlite")) }
    case .postgresql:
        try await withDatabase(body)
    }
}

/// Runs the body with an empty folder of its own, which is gone afterwards.
@discardableResult
package func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.path + "/touchdown-test-\(getpid())-\(Count.next())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}

private func withDatabase<Result>(_ body: (Store.Location) async throws -> Result) async throws -> Result {
    guard let address = Engine.server else {
        preconditionFailure("This test runs on PostgreSQL: pass Engine.available as its arguments.")
    }
    let server = try PostgreSQLServer(at: address)
    let name = "touchdown_test_\(getpid())_\(Count.next())"
    let database = try server.create(name)
    do {
        let result = try await body(.postgresql(database))
        try server.drop(name)
        return result
    } catch {
        try server.drop(name)
        throw error
    }
}

private func open<Result>(
    _ location: Store.Location, _ migrations: [Migration], _ body: (Store) async throws -> Result
) async throws -> Result {
    let store = try await Store.open(location, migrations: migrations)
    do {
        let result = try await body(store)
        try await store.close()
        return result
    } catch {
        try await store.close()
        throw error
    }
}

/// Tells the databases and folders of one test run apart.
private enum Count {
    private static let last = Mutex(0)

    static func next() -> Int {
        last.withLock { last in
            last += 1
            return last
        }
    }
}
