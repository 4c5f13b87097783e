import Storage
import Synchronization
import TestKit

/// The tables these tests write to.
let tables = [
    Migration(
        "2026-11-22 tests: create note",
        """
        CREATE TABLE note (
            id \(.identity), text TEXT NOT NULL, at TEXT, n BIGINT, share DOUBLE PRECISION,
            is_open BOOLEAN NOT NULL DEFAULT FALSE, data \(.bytes)
        );
        CREATE TABLE counter (name TEXT PRIMARY KEY, n BIGINT NOT NULL CHECK (n >= 0));
        """)
]

/// Names a kind of thing for identifiers.
enum Note {}

/// Opens a store at the place, and closes it whatever happens.
@discardableResult
func withStore<Result>(
    at location: Store.Location, migrations: [Migration] = tables, _ body: (Store) async throws -> Result
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

/// A value that several tasks of a test see.
final class Shared<Value: Sendable>: Sendable {
    private let guarded: Mutex<Value>

    init(_ value: Value) {
        guarded = Mutex(value)
    }

    var value: Value {
        guarded.withLock { $0 }
    }

    @discardableResult
    func change<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        guarded.withLock { value in body(&value) }
    }
}

extension Store {
    /// The only value of the only row that a query answers.
    func answer<Value: SQLConvertible>(_ sql: SQL, as: Value.Type = Int.self) async throws -> Value? {
        try await read { try $0.row(sql)?.value("answer", as: Value.self) }
    }
}
